#include "policy/fault.h"

#include "base/buf.h"

#include <stdarg.h>

enum { QUOTED_BYTES_MAX = 60, KNOWN_SHOWN_MAX = 12 };

static bool is_told(const struct zm_policy_faults *faults, struct zm_str text)
{
	for (size_t i = 0; i < faults->count; i++) {
		if (zm_str_eq(zm_str_from(faults->text[i]), text)) {
			return true;
		}
	}
	return false;
}

bool zm_policy_fail(struct zm_policy_faults *faults, struct zm_policy_place place,
		    const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct zm_str text = zm_arena_vprintf(faults->arena, format, args);
	va_end(args);
	if (place.file != NULL) {
		text = zm_arena_printf(faults->arena, "%s:%zu:%zu: %.*s", place.file, place.line,
				       place.column, ZM_STR_ARG(text));
	}
	if (is_told(faults, text)) {
		return false;
	}
	if (faults->count == ZM_POLICY_FAULTS_MAX) {
		faults->untold++;
	} else {
		faults->text[faults->count++] = text.data;
	}
	return false;
}

const char *zm_policy_untold(const struct zm_policy_faults *faults)
{
	if (faults->untold == 0) {
		return NULL;
	}
	return zm_arena_printf(faults->arena, "and %zu more mistakes", faults->untold).data;
}

/* C0, DEL, and C1 in UTF-8 (C2 80 to C2 9F), which some terminals obey as well. */
static bool is_control(struct zm_str text, size_t i)
{
	unsigned char c = (unsigned char)text.data[i];
	unsigned char next = i + 1 < text.len ? (unsigned char)text.data[i + 1] : 0;
	unsigned char last = i > 0 ? (unsigned char)text.data[i - 1] : 0;
	bool is_c1_lead = c == 0xC2 && next >= 0x80 && next <= 0x9F;
	bool is_c1_tail = last == 0xC2 && c >= 0x80 && c <= 0x9F;
	return c < 0x20 || c == 0x7F || is_c1_lead || is_c1_tail;
}

/* Does not cut a UTF-8 character in two. */
static struct zm_str cut(struct zm_str text)
{
	if (text.len <= QUOTED_BYTES_MAX) {
		return text;
	}
	size_t end = QUOTED_BYTES_MAX;
	while (end > 0 && ((unsigned char)text.data[end] & 0xC0) == 0x80) {
		end--;
	}
	return zm_str_sub(text, 0, end);
}

const char *zm_policy_quote(struct zm_arena *arena, struct zm_str text)
{
	struct zm_buf buf = {0};
	struct zm_str shown = cut(text);
	zm_buf_add_char(&buf, '"');
	for (size_t i = 0; i < shown.len; i++) {
		if (is_control(shown, i)) {
			zm_buf_printf(&buf, "\\x%02x", (unsigned char)shown.data[i]);
		} else {
			zm_buf_add_char(&buf, shown.data[i]);
		}
	}
	zm_buf_add(&buf, shown.len < text.len ? ZM_STR("...\"") : ZM_STR("\""));
	const char *quoted = zm_arena_copy(arena, zm_buf_str(&buf)).data;
	zm_buf_release(&buf);
	return quoted;
}

static const char *list_known(struct zm_arena *arena, const char *const *name, size_t count)
{
	struct zm_buf buf = {0};
	zm_buf_printf(&buf, "; known %s ", count == 1 ? "is" : "are");
	for (size_t i = 0; i < count; i++) {
		zm_buf_printf(&buf, "%s%s", i == 0 ? "" : ", ", name[i]);
	}
	const char *text = zm_arena_copy(arena, zm_buf_str(&buf)).data;
	zm_buf_release(&buf);
	return text;
}

const char *zm_policy_suggest(struct zm_arena *arena, struct zm_str text, const char *const *name,
			      size_t count)
{
	const char *meant = zm_str_nearest(text, name, count);
	if (meant != NULL) {
		return zm_arena_printf(arena, "; did you mean \"%s\"?", meant).data;
	}
	if (count == 0 || count > KNOWN_SHOWN_MAX) {
		return "";
	}
	return list_known(arena, name, count);
}

const char *zm_policy_place_text(struct zm_arena *arena, struct zm_policy_place place)
{
	return zm_arena_printf(arena, "%s:%zu:%zu", place.file, place.line, place.column).data;
}
