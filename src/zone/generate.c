#include "zone/generate.h"

enum { NUMBER_MAX = 0x7fffffff, WIDTH_MAX = 127 }; /* BIND's own bounds */

/* ---- The range ---- */

/* The decimal digits at `*at`, which moves behind them; false where there are none or too many. */
static bool read_number(struct zm_str text, size_t *at, uint32_t *number)
{
	uint64_t value;
	size_t start = *at;
	while (*at < text.len && zm_is_digit(text.data[*at])) {
		++*at;
	}
	if (!zm_str_number(zm_str_sub(text, start, *at), NUMBER_MAX, &value)) {
		return false;
	}
	*number = (uint32_t)value;
	return true;
}

static bool skip(struct zm_str text, size_t *at, char c)
{
	bool is_there = *at < text.len && text.data[*at] == c;
	*at += is_there;
	return is_there;
}

bool zm_generate_range_parse(struct zm_generate_range *range, struct zm_str text)
{
	size_t at = 0;
	range->step = 1;
	if (!read_number(text, &at, &range->start) || !skip(text, &at, '-') ||
	    !read_number(text, &at, &range->stop)) {
		return false;
	}
	if (skip(text, &at, '/') && !read_number(text, &at, &range->step)) {
		return false;
	}
	/* named reads no further than it understands: what follows the step is nothing to it. */
	return range->step > 0 && range->start <= range->stop;
}

uint32_t zm_generate_count(const struct zm_generate_range *range)
{
	return (range->stop - range->start) / range->step + 1;
}

/* ---- The patterns ---- */

/* `{OFFSET,WIDTH,MODE}`; the last two may be left out. */
struct modifier {
	int64_t offset;
	uint32_t width;
	char mode;
};

static bool read_offset(struct zm_str text, size_t *at, int64_t *offset)
{
	uint32_t number;
	bool negative = skip(text, at, '-');
	if (!negative) {
		skip(text, at, '+');
	}
	if (!read_number(text, at, &number)) {
		return false;
	}
	*offset = negative ? -(int64_t)number : number;
	return true;
}

static bool is_mode(char c)
{
	return zm_str_find(ZM_STR("doxXnN"), (struct zm_str){&c, 1}, 0) != SIZE_MAX;
}

/* At `{`; behind `}` afterwards. */
static bool read_modifier(struct zm_str text, size_t *at, struct modifier *modifier)
{
	++*at;
	if (!read_offset(text, at, &modifier->offset)) {
		return false;
	}
	if (skip(text, at, ',')) {
		if (!read_number(text, at, &modifier->width)) {
			return false;
		}
		if (skip(text, at, ',')) {
			if (*at >= text.len || !is_mode(text.data[*at])) {
				return false;
			}
			modifier->mode = text.data[(*at)++];
		}
	}
	return skip(text, at, '}');
}

/* The hex digits of the number from the last on, a dot after each; the width counts the dots. */
static void add_nibbles(struct zm_buf *out, uint32_t number, uint32_t width, bool upper)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	do {
		zm_buf_add_char(out, digits[number % 16]);
		number /= 16;
		width -= width > 0;
		if (width > 0 || number > 0) {
			zm_buf_add_char(out, '.');
			width -= width > 0;
		}
	} while (number > 0 || width > 0);
}

static void add_number(struct zm_buf *out, int32_t number, const struct modifier *modifier)
{
	int width = (int)modifier->width;
	switch (modifier->mode) {
	case 'n':
	case 'N':
		add_nibbles(out, (uint32_t)number, modifier->width, modifier->mode == 'N');
		break;
	case 'x':
		zm_buf_printf(out, "%0*x", width, (unsigned)number);
		break;
	case 'X':
		zm_buf_printf(out, "%0*X", width, (unsigned)number);
		break;
	case 'o':
		zm_buf_printf(out, "%0*o", width, (unsigned)number);
		break;
	default:
		zm_buf_printf(out, "%0*d", width, (int)number);
	}
}

/* Behind a `$`. */
static bool add_dollar(struct zm_buf *out, struct zm_str pattern, size_t *at, uint32_t number,
		       const char **why)
{
	struct modifier modifier = {.mode = 'd'};
	if (skip(pattern, at, '$')) {
		zm_buf_add_char(out, '$');
		return true;
	}
	if (*at < pattern.len && pattern.data[*at] == '{' &&
	    !read_modifier(pattern, at, &modifier)) {
		*why = "broken ${offset,width,radix}";
		return false;
	}
	int64_t value = (int64_t)number + modifier.offset;
	if (value > NUMBER_MAX || modifier.width > WIDTH_MAX) {
		*why = "$GENERATE makes too great a number, or too wide a one";
		return false;
	}
	add_number(out, (int32_t)value, &modifier);
	return true;
}

bool zm_generate_add(struct zm_buf *out, struct zm_str pattern, uint32_t number, const char **why)
{
	size_t at = 0;
	while (at < pattern.len) {
		char c = pattern.data[at++];
		if (c == '$') {
			if (!add_dollar(out, pattern, &at, number, why)) {
				return false;
			}
			continue;
		}
		zm_buf_add_char(out, c);
		if (c == '\\' && at < pattern.len) {
			zm_buf_add_char(out, pattern.data[at++]);
		}
	}
	return true;
}
