#include "zone/discover.h"

#include "zone/head.h"
#include "zone/zone.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SOA_NAMES = 2, SOA_WORDS = 7, SOA_NUMBERS_MIN = 3 }; /* RFC 1035 3.3.13 */

/* ---- Content ---- */

/* Most files that are no zones are told here, without reading them as one. */
static bool names_soa(struct zm_str bytes)
{
	for (size_t i = 0; i + 2 < bytes.len; i++) {
		if (zm_lower(bytes.data[i + 1]) == 'o' && zm_lower(bytes.data[i]) == 's' &&
		    zm_lower(bytes.data[i + 2]) == 'a') {
			return true;
		}
	}
	return false;
}

/* Seven words after the type, and among the five that are numbers (a serial may be misspelt, a time
 * may be `1h`) three that begin like one: prose may speak of an SOA too. */
static bool is_soa_data(const struct zm_entry *entry, size_t type, struct zm_str bytes)
{
	size_t words = 0;
	size_t numbers = 0;
	size_t i = zm_entry_word(entry, type + 1);
	for (; i != SIZE_MAX && words < SOA_WORDS; i = zm_entry_word(entry, i + 1)) {
		words++;
		numbers += words > SOA_NAMES && zm_is_digit(bytes.data[entry->token[i].start]);
	}
	return words == SOA_WORDS && numbers >= SOA_NUMBERS_MIN;
}

bool zm_looks_like_zone(struct zm_str bytes)
{
	if (!names_soa(bytes)) {
		return false;
	}
	struct zm_scan scan = zm_scan_start(bytes);
	struct zm_entry entry;
	size_t good = 0;
	size_t bad = 0;
	bool found = false;
	while (!found && zm_scan_next(&scan, &entry)) {
		struct zm_head head = {.kind = ZM_ENTRY_BROKEN};
		if (entry.fault == ZM_SCAN_GOOD) {
			zm_head_read(&head, &entry, bytes);
		}
		good += head.kind == ZM_ENTRY_RECORD || head.kind == ZM_ENTRY_DIRECTIVE;
		bad += head.kind == ZM_ENTRY_BROKEN;
		found = head.kind == ZM_ENTRY_RECORD && head.type == ZM_TYPE_SOA &&
			is_soa_data(&entry, head.type_token, bytes);
	}
	zm_scan_release(&scan);
	return found && good > bad;
}

/* ---- Folders ---- */

/* A folder or file that is still to be looked at. */
struct pending {
	const char *path;
	size_t depth;
};

struct walk {
	struct zm_arena *arena;
	struct zm_paths *paths;
	struct pending *pending; /* a stack: the next one is the last */
	size_t count;
	size_t capacity;
	struct zm_error *err;
	bool good;
};

static void blame(struct walk *walk, const char *path, const char *what)
{
	if (walk->good) {
		walk->good = zm_error_sys(walk->err, path, what);
	}
}

static void push(struct walk *walk, const char *path, size_t depth)
{
	walk->pending = zm_arena_grow(walk->arena, walk->pending, walk->count, &walk->capacity,
				      sizeof(*walk->pending));
	walk->pending[walk->count++] = (struct pending){path, depth};
}

static void add_file(struct walk *walk, const char *path)
{
	struct zm_paths *paths = walk->paths;
	paths->path = zm_arena_grow(walk->arena, paths->path, paths->count, &paths->capacity,
				    sizeof(*paths->path));
	paths->path[paths->count++] = path;
}

static const char *join(struct zm_arena *arena, const char *folder, const char *name)
{
	if (strcmp(folder, ".") == 0) {
		return zm_arena_copy(arena, zm_str_from(name)).data;
	}
	size_t len = strlen(folder);
	while (len > 0 && folder[len - 1] == '/') {
		len--;
	}
	return zm_arena_printf(arena, "%.*s/%s", (int)len, folder, name).data;
}

static int compare_backwards(const void *a, const void *b)
{
	return strcmp(((const struct pending *)b)->path, ((const struct pending *)a)->path);
}

static void open_folder(struct walk *walk, struct pending folder)
{
	if (folder.depth > ZM_WALK_DEPTH_MAX) {
		if (walk->good) {
			walk->good = zm_error_set(walk->err, "%s: more than %d folders deep",
						  folder.path, ZM_WALK_DEPTH_MAX);
		}
		return;
	}
	DIR *dir = opendir(folder.path);
	if (dir == NULL) {
		blame(walk, folder.path, "cannot read the folder");
		return;
	}
	size_t first = walk->count;
	for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		if (entry->d_name[0] != '.') {
			push(walk, join(walk->arena, folder.path, entry->d_name), folder.depth + 1);
		}
	}
	closedir(dir);
	if (walk->count > first) {
		qsort(walk->pending + first, walk->count - first, sizeof(*walk->pending),
		      compare_backwards);
	}
}

static void visit(struct walk *walk, struct pending item)
{
	struct stat st;
	if (lstat(item.path, &st) != 0) {
		blame(walk, item.path, "cannot read");
		return;
	}
	if (S_ISDIR(st.st_mode)) {
		open_folder(walk, item);
		return;
	}
	bool to_file = S_ISLNK(st.st_mode) && stat(item.path, &st) == 0;
	if (S_ISREG(st.st_mode) && (to_file || !S_ISLNK(st.st_mode))) {
		add_file(walk, item.path);
	}
}

bool zm_walk_folder(struct zm_paths *paths, struct zm_arena *arena, const char *folder,
		    struct zm_error *err)
{
	struct walk walk = {.arena = arena, .paths = paths, .err = err, .good = true};
	open_folder(&walk, (struct pending){folder, 0});
	while (walk.count > 0) {
		struct pending next = walk.pending[--walk.count];
		visit(&walk, next);
	}
	return walk.good;
}
