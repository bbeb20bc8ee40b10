/*
 * Any bytes as named.conf: either an error with a place, or zones that each have a name, a place in
 * the bytes, and a file where they are kept in one. What a second reading gives is the same.
 */
#include "conf/conf.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void claim(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void check_zone(const struct zm_conf_zone *zone, size_t lines)
{
	claim(zone->name.len >= 1 && zone->name.len <= ZM_NAME_MAX);
	claim(zm_conf_type_name(zone->type) != NULL);
	claim(zone->at.line >= 1 && zone->at.line <= lines && zone->at.column >= 1);
	bool has_file = zone->type == ZM_CONF_PRIMARY && !zone->is_elsewhere;
	claim(!has_file || zone->file != NULL);
	claim(zone->file == NULL || zone->file[0] != '\0');
}

static void check_same(const struct zm_conf *a, const struct zm_conf *b)
{
	claim(a->count == b->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct zm_conf_zone *x = &a->zone[i];
		const struct zm_conf_zone *y = &b->zone[i];
		claim(zm_name_eq(x->name, y->name) && x->type == y->type &&
		      x->takes_updates == y->takes_updates && x->at.column == y->at.column);
		claim((x->file == NULL) == (y->file == NULL));
		claim(x->file == NULL || strcmp(x->file, y->file) == 0);
	}
}

static size_t count_lines(struct zm_str bytes)
{
	size_t lines = 1;
	for (size_t i = 0; i < bytes.len; i++) {
		lines += bytes.data[i] == '\n';
	}
	return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_arena arena = {0};
	struct zm_error err = {0};
	struct zm_conf conf;
	struct zm_conf again;
	struct zm_source source = {.name = "named.conf", .bytes = {(const char *)data, size}};
	/* A root that is no folder: no include may open or list anything. */
	const char *root = "/nonexistent";
	if (zm_conf_parse(&conf, &arena, &source, root, &err)) {
		claim(zm_conf_parse(&again, &arena, &source, root, &err));
		check_same(&conf, &again);
		size_t lines = count_lines(source.bytes);
		for (size_t i = 0; i < conf.count; i++) {
			check_zone(&conf.zone[i], lines);
		}
	} else {
		claim(strncmp(err.text, "named.conf:", strlen("named.conf:")) == 0);
		claim(zm_is_digit(err.text[strlen("named.conf:")]));
	}
	zm_arena_release(&arena);
	return 0;
}
