/*
 * A zone and the files that it includes: whatever their bytes, reading ends, within its bounds;
 * every place lies inside of its file; a second reading finds the same; and the records that are
 * kept are those that a walk meets. The input is cut at lines that begin with `%`: the zone first,
 * then the files a, b and c.
 */
#include "zone/load.h"
#include "zone/walk.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILES = 3, INPUT_MAX = 4096 };

static char folder[64];

static void require(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void remove_folder(void)
{
	for (int i = 0; i < FILES; i++) {
		char path[80];
		snprintf(path, sizeof(path), "%s/%c", folder, 'a' + i);
		unlink(path);
	}
	rmdir(folder);
}

static void make_folder(void)
{
	if (folder[0] == '\0') {
		const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
		snprintf(folder, sizeof(folder), "%s/zonemend-fuzz-%ld", base, (long)getpid());
		require(mkdir(folder, 0700) == 0);
		atexit(remove_folder);
	}
}

static void write_file(int number, struct zm_str bytes)
{
	char path[80];
	snprintf(path, sizeof(path), "%s/%c", folder, 'a' + number);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	require(fd >= 0 && write(fd, bytes.data, bytes.len) == (ssize_t)bytes.len);
	close(fd);
}

/* Up to the next line that begins with `%`, which goes. */
static struct zm_str next_part(struct zm_str *rest)
{
	size_t cut = zm_str_find(*rest, ZM_STR("\n%"), 0);
	if (cut == SIZE_MAX) {
		struct zm_str all = *rest;
		*rest = zm_str_sub(*rest, rest->len, rest->len);
		return all;
	}
	struct zm_str part = zm_str_sub(*rest, 0, cut + 1);
	size_t end = zm_str_find(*rest, ZM_STR("\n"), cut + 1);
	*rest = zm_str_sub(*rest, end == SIZE_MAX ? rest->len : end + 1, rest->len);
	return part;
}

static void check_places(struct zm_arena *arena, const struct zm_zone *zone)
{
	for (size_t i = 0; i < zone->fault_count; i++) {
		const struct zm_fault *fault = &zone->fault[i];
		require(fault->at.start <= fault->at.end &&
			fault->at.end <= fault->source->bytes.len && fault->message.len > 0);
	}
	for (size_t i = 0; i < zone->record_count; i++) {
		const struct zm_record *record = zm_zone_record(zone, arena, i);
		require(record->at.end <= record->source->bytes.len);
		require(zm_name_is_below(record->owner, zone->origin));
	}
	require(zone->source_count <= ZM_INCLUDES_MAX + 1);
}

/* A walk, which skips nothing, sees what a load saw. */
static void check_walk(const struct zm_zone *loaded, struct zm_source *source,
		       const struct zm_load_options *options)
{
	struct zm_arena arena = {0};
	struct zm_walk *walk = zm_walk_start(&arena, source, options);
	struct zm_record record;
	size_t next = 0;
	while (zm_walk_next(walk, &record)) {
		require(next < loaded->record_count);
		const struct zm_record *kept = zm_zone_record(loaded, &arena, next++);
		require(kept->at.start == record.at.start);
		require(kept->type == record.type && kept->ttl == record.ttl);
		require(zm_name_eq(kept->owner, record.owner));
	}
	require(next == loaded->record_count);
	require(zm_walk_zone(walk)->records_seen == loaded->records_seen);
	zm_walk_end(walk);
	zm_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_str rest = {(const char *)data, size};
	/* an $INCLUDE of itself is found at once, but a $GENERATE takes its time */
	if (size > INPUT_MAX || zm_str_find(rest, ZM_STR("GEN"), 0) != SIZE_MAX) {
		return 0;
	}
	make_folder();
	struct zm_arena arena = {0};
	struct zm_str zone_text = next_part(&rest);
	for (int i = 0; i < FILES; i++) {
		write_file(i, next_part(&rest));
	}
	char name[80];
	snprintf(name, sizeof(name), "%s/example.com", folder);
	struct zm_source source = {.name = name, .bytes = zone_text};
	const struct zm_load_options options = {.keep = UINT64_MAX, .root = folder};
	const struct zm_zone *zone = zm_zone_load(&arena, &source, &options);
	check_places(&arena, zone);
	if (zm_name_is_set(zone->origin)) {
		check_walk(zone, &source, &options);
	}
	zm_arena_release(&arena);
	return 0;
}
