#include "zone/rdata/loc.h"

/* Latitude or longitude. */
struct angle {
	const char *name;
	uint32_t most; /* degrees */
	struct zm_str direction;
	struct zm_str opposite;
};

static bool fail(struct zm_words *words, const char *name)
{
	return zm_words_fail(words, "LOC %s that is none", name);
}

static bool next(struct zm_words *words, const char *name)
{
	return zm_words_next(words) || zm_words_lack(words, "LOC", name);
}

static bool is_direction(const struct zm_words *words, const struct angle *angle)
{
	struct zm_str text = words->word.text;
	return zm_str_eq_nocase(text, angle->direction) || zm_str_eq_nocase(text, angle->opposite);
}

/* Digits with up to `places` after a point, times 10 to the power of `places`; either side of the
 * point may be empty. False where it is no such number or over `max`. */
static bool read_decimal(struct zm_str text, size_t places, uint64_t max, uint64_t *value)
{
	size_t point = zm_str_find(text, ZM_STR("."), 0);
	size_t whole = point == SIZE_MAX ? text.len : point;
	size_t digits = 0;
	*value = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (i == whole) {
			continue;
		}
		if (!zm_is_digit(text.data[i]) || *value > max) {
			return false;
		}
		*value = *value * 10 + (uint64_t)(text.data[i] - '0');
		digits++;
	}
	size_t decimals = point == SIZE_MAX ? 0 : text.len - point - 1;
	for (size_t i = decimals; i < places && *value <= max; i++) {
		*value *= 10;
	}
	return digits > 0 && decimals <= places && *value <= max;
}

/* `42 21 28.764 N`: minutes and seconds may be left out; at the greatest angle they are 0. */
static bool check_angle(struct zm_words *words, const struct angle *angle)
{
	enum { MINUTE_MAX = 59, SECOND_MAX = 59999 }; /* the latter in thousandths */
	uint64_t degrees;
	uint64_t value;
	if (!next(words, angle->name)) {
		return false;
	}
	if (!zm_str_number(words->word.text, angle->most, &degrees)) {
		return fail(words, angle->name);
	}
	bool is_most = degrees == angle->most;
	for (size_t part = 0; part < 2; part++) {
		if (!next(words, angle->name)) {
			return false;
		}
		if (is_direction(words, angle)) {
			return true;
		}
		bool good = part == 0 ? zm_str_number(words->word.text, MINUTE_MAX, &value)
				      : read_decimal(words->word.text, 3, SECOND_MAX, &value);
		if (!good || (is_most && value > 0)) {
			return fail(words, angle->name);
		}
	}
	return next(words, angle->name) && (is_direction(words, angle) || fail(words, angle->name));
}

static struct zm_str without_unit(struct zm_str text)
{
	return zm_str_ends(text, ZM_STR("m")) ? zm_str_sub(text, 0, text.len - 1) : text;
}

/* In metres with two decimals, as RFC 1876 2 encodes it. */
static bool check_altitude(struct zm_words *words)
{
	static const uint64_t lowest = 10000000;
	static const uint64_t highest = 4284967295;
	uint64_t value;
	if (!next(words, "altitude")) {
		return false;
	}
	struct zm_str text = without_unit(words->word.text);
	bool is_signed = zm_str_starts(text, ZM_STR("-")) || zm_str_starts(text, ZM_STR("+"));
	bool is_below = zm_str_starts(text, ZM_STR("-"));
	text = zm_str_sub(text, is_signed ? 1 : 0, text.len);
	return read_decimal(text, 2, is_below ? lowest : highest, &value) ||
	       fail(words, "altitude");
}

bool zm_loc_check(struct zm_words *words)
{
	static const struct angle latitude = {"latitude", 90, {"N", 1}, {"S", 1}};
	static const struct angle longitude = {"longitude", 180, {"E", 1}, {"W", 1}};
	static const uint64_t greatest = 9000000099; /* 90,000 km and what named rounds off */
	uint64_t value;
	if (!check_angle(words, &latitude) || !check_angle(words, &longitude) ||
	    !check_altitude(words)) {
		return false;
	}
	for (size_t i = 0; i < 3 && zm_words_next(words); i++) {
		if (!read_decimal(without_unit(words->word.text), 2, greatest, &value)) {
			return fail(words, "size");
		}
	}
	return zm_words_end(words, "LOC");
}
