#include "cli/values.h"

#include "base/pool.h"

#include <string.h>

enum { CHOICES_MAX = 16 };

bool zm_set_flag(void *field, const char *value, struct zm_error *err)
{
	(void)value;
	(void)err;
	*(bool *)field = true;
	return true;
}

bool zm_set_text(void *field, const char *value, struct zm_error *err)
{
	if (value[0] == '\0') {
		return zm_error_set(err, "is empty");
	}
	*(const char **)field = value;
	return true;
}

struct zm_str zm_hint(struct zm_arena *arena, struct zm_str word, const char *const *name,
		      size_t count)
{
	const char *nearest = zm_str_nearest(word, name, count);
	if (nearest != NULL) {
		return zm_arena_printf(arena, "; did you mean %s?", nearest);
	}
	struct zm_buf known = {.max = ZM_ERROR_MAX};
	for (size_t i = 0; i < count && count <= CHOICES_MAX; i++) {
		zm_buf_printf(&known, "%s%s", i == 0 ? "; known: " : ", ", name[i]);
	}
	struct zm_str hint = zm_arena_copy(arena, zm_buf_str(&known));
	zm_buf_release(&known);
	return hint;
}

size_t zm_choose(const char *value, const char *const *name, size_t count, struct zm_error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(value, name[i]) == 0) {
			return i;
		}
	}
	struct zm_arena arena = {0};
	struct zm_str hint = zm_hint(&arena, zm_str_from(value), name, count);
	zm_error_set(err, "does not know %s%.*s", value, ZM_STR_ARG(hint));
	zm_arena_release(&arena);
	return count;
}

bool zm_set_format(void *field, const char *value, struct zm_error *err)
{
	const char *name[CHOICES_MAX];
	size_t count = 0;
	for (; zm_report_formats[count] != NULL; count++) {
		name[count] = zm_report_formats[count]->name;
	}
	size_t chosen = zm_choose(value, name, count, err);
	if (chosen == count) {
		return false;
	}
	*(const struct zm_report_format **)field = zm_report_formats[chosen];
	return true;
}

bool zm_set_severity(void *field, const char *value, struct zm_error *err)
{
	static const char *const name[] = {"never", "info", "warning", "error"};
	static const enum zm_severity severity[] = {ZM_OFF, ZM_INFO, ZM_WARNING, ZM_ERROR};
	size_t chosen = zm_choose(value, name, 4, err);
	if (chosen == 4) {
		return false;
	}
	*(enum zm_severity *)field = severity[chosen];
	return true;
}

static bool add_rule(struct zm_rule_choice *choice, struct zm_str name, struct zm_error *err)
{
	const struct zm_catalogue *known = &zm_rule_catalogue;
	for (size_t i = 0; i < known->count; i++) {
		if (zm_str_eq(name, zm_str_from(known->name[i]))) {
			choice->rule[i] = true;
			choice->given = true;
			return true;
		}
	}
	const char *nearest = zm_str_nearest(name, known->name, known->count);
	if (nearest != NULL) {
		return zm_error_set(err, "does not know the rule %.*s; did you mean %s?",
				    ZM_STR_ARG(name), nearest);
	}
	return zm_error_set(err, "does not know the rule %.*s; see: zonemend rules",
			    ZM_STR_ARG(name));
}

bool zm_set_rules(void *field, const char *value, struct zm_error *err)
{
	struct zm_str list = zm_str_from(value);
	for (size_t start = 0; start <= list.len;) {
		size_t comma = zm_str_find(list, ZM_STR(","), start);
		size_t end = comma == SIZE_MAX ? list.len : comma;
		if (!add_rule(field, zm_str_trim(zm_str_sub(list, start, end)), err)) {
			return false;
		}
		start = end + 1;
	}
	return true;
}

bool zm_set_jobs(void *field, const char *value, struct zm_error *err)
{
	uint64_t jobs;
	if (!zm_str_number(zm_str_from(value), ZM_POOL_MAX, &jobs) || jobs == 0) {
		return zm_error_set(err, "takes a number from 1 to %d, not %s", ZM_POOL_MAX, value);
	}
	*(size_t *)field = jobs;
	return true;
}

bool zm_set_count(void *field, const char *value, struct zm_error *err)
{
	uint64_t count;
	if (!zm_str_number(zm_str_from(value), ZM_COUNT_MAX, &count)) {
		return zm_error_set(err, "takes a number from 0 to %d, not %s", ZM_COUNT_MAX,
				    value);
	}
	*(size_t *)field = count;
	return true;
}

bool zm_set_color(void *field, const char *value, struct zm_error *err)
{
	static const char *const name[] = {"auto", "always", "never"};
	size_t chosen = zm_choose(value, name, 3, err);
	if (chosen == 3) {
		return false;
	}
	*(enum zm_color *)field = (enum zm_color)chosen;
	return true;
}

bool zm_set_serial(void *field, const char *value, struct zm_error *err)
{
	static const char *const name[] = {"auto", "date", "epoch", "increment", "keep"};
	struct zm_serial_choice *choice = field;
	choice->given = zm_serial_style_parse(&choice->style, zm_str_from(value));
	return choice->given || zm_choose(value, name, 5, err) < 5;
}

bool zm_set_server(void *field, const char *value, struct zm_error *err)
{
	const struct zm_nameserver **server = field;
	*server = zm_nameserver_find(zm_str_from(value));
	return *server != NULL ||
	       zm_choose(value, zm_nameserver_names, ZM_NAMESERVERS, err) < ZM_NAMESERVERS;
}

bool zm_set_now(void *field, const char *value, struct zm_error *err)
{
	struct zm_now *now = field;
	now->given = zm_time_parse(&now->seconds, zm_str_from(value));
	return now->given ||
	       zm_error_set(err,
			    "is no time: %s; write RFC 3339, 2026-11-23T12:00:00Z, or seconds "
			    "since 1970",
			    value);
}
