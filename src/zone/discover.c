#include "zone/discover.h"

#include "zone/head.h"
#include "zone/include.h"
#include "zone/origin.h"
#include "zone/zone.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	SOA_NAMES = 2,
	SOA_WORDS = 7,
	SOA_WORDS_MAX = 16,
	SOA_NUMBERS_MIN = 3
}; /* RFC 1035 3.3.13 */

enum { AHEAD_MAX = 1000 }; /* entries that are none, more than those that are: it is no zone */

/* ---- Content ---- */

/* Most files that are no zones are told here, without reading them as one. */
static bool holds(struct zm_str bytes, struct zm_str word)
{
	char last = word.data[word.len - 1];
	for (size_t i = word.len - 1; i < bytes.len; i++) {
		if (zm_lower(bytes.data[i]) == last &&
		    zm_str_starts_nocase(zm_str_sub(bytes, i + 1 - word.len, bytes.len), word)) {
			return true;
		}
	}
	return false;
}

/* Seven words after the type, or a few more where the serial is a placeholder, and among the five
 * that are numbers (a serial may be misspelt, a time may be `1h`) three that begin like one: prose
 * may speak of an SOA too. */
static bool is_soa_data(const struct zm_entry *entry, size_t type, struct zm_str bytes)
{
	size_t words = 0;
	size_t numbers = 0;
	size_t i = zm_entry_word(entry, type + 1);
	for (; i != SIZE_MAX && words < SOA_WORDS_MAX; i = zm_entry_word(entry, i + 1)) {
		words++;
		numbers += words > SOA_NAMES && zm_is_digit(bytes.data[entry->token[i].start]);
	}
	return words >= SOA_WORDS && numbers >= SOA_NUMBERS_MIN;
}

/* An editor's byte order mark breaks the first entry, which is to be told and not passed over. */
static struct zm_str without_byte_order_mark(struct zm_str bytes)
{
	static const struct zm_str mark = {"\xef\xbb\xbf", 3};
	return zm_str_starts(bytes, mark) ? zm_str_sub(bytes, mark.len, bytes.len) : bytes;
}

/* How the entries up to the SOA record are, one after the other. */
struct looking {
	struct zm_str bytes;
	struct zm_origin_search search;
	bool is_odd; /* an entry that the search may read otherwise */
	size_t good;
	size_t bad;
};

/* True for the SOA record. */
static bool look_at(struct looking *l, const struct zm_entry *entry)
{
	struct zm_head head = {.kind = ZM_ENTRY_BROKEN};
	if (entry->fault == ZM_SCAN_GOOD) {
		zm_head_read(&head, entry, l->bytes);
		zm_origin_search_on(&l->search, entry, &head);
	}
	l->is_odd = l->is_odd || entry->fault != ZM_SCAN_GOOD;
	l->good += head.kind == ZM_ENTRY_RECORD || head.kind == ZM_ENTRY_DIRECTIVE;
	l->bad += head.kind == ZM_ENTRY_BROKEN;
	return head.kind == ZM_ENTRY_RECORD && head.type == ZM_TYPE_SOA &&
	       is_soa_data(entry, head.type_token, l->bytes);
}

void zm_glance(struct zm_glance *glance, struct zm_str bytes)
{
	struct looking l = {.bytes = without_byte_order_mark(bytes)};
	struct zm_entry entry;
	bool found = false;
	*glance = (struct zm_glance){.is_zone = false};
	if (!holds(l.bytes, ZM_STR("soa"))) {
		return;
	}
	struct zm_scan scan = zm_scan_start(l.bytes);
	l.search.bytes = l.bytes;
	l.is_odd = l.bytes.len != bytes.len;
	while (!found && l.bad <= l.good + AHEAD_MAX && zm_scan_next(&scan, &entry)) {
		found = look_at(&l, &entry);
	}
	zm_scan_release(&scan);
	glance->is_zone = found && l.good > l.bad;
	glance->has_apex = !l.is_odd && zm_origin_search_end(&l.search, &glance->apex);
}

bool zm_looks_like_zone(struct zm_str bytes)
{
	struct zm_glance glance;
	zm_glance(&glance, bytes);
	return glance.is_zone;
}

/* ---- Content of included files ---- */

struct soa_search {
	struct zm_arena arena;
	const struct zm_load_options *options;
	size_t opened;
	struct zm_name_buf *apex; /* NULL: nobody asks */
	bool has_apex;
};

static bool includes_zone(struct soa_search *search, const struct zm_source *source,
			  const struct zm_include *includer);

static bool leads_to_zone(struct soa_search *search, const struct zm_include_query *query)
{
	struct zm_error err;
	if (search->opened++ == ZM_INCLUDES_MAX) {
		return false;
	}
	const struct zm_include *include = zm_include_open(&search->arena, query, &err);
	if (include == NULL || !zm_looks_like_zone(include->source->bytes)) {
		return include != NULL && includes_zone(search, include->source, include);
	}
	search->has_apex = search->apex != NULL &&
			   zm_origin_from_content(search->apex, include->source->bytes);
	return true;
}

/* The file's name where the entry is an $INCLUDE, else the empty view. */
static struct zm_str included_name(const struct zm_entry *entry, struct zm_str bytes)
{
	struct zm_head head;
	if (entry->fault != ZM_SCAN_GOOD) {
		return ZM_STR("");
	}
	zm_head_read(&head, entry, bytes);
	if (head.kind != ZM_ENTRY_DIRECTIVE) {
		return ZM_STR("");
	}
	size_t argument = zm_entry_word(entry, head.first + 1);
	struct zm_str word = zm_entry_text(entry, head.first, bytes);
	if (argument == SIZE_MAX || !zm_str_eq_nocase(word, ZM_STR("$INCLUDE"))) {
		return ZM_STR("");
	}
	return zm_entry_text(entry, argument, bytes);
}

/* Calls itself for the files that it finds; zm_include_open() bounds how deep. */
static bool includes_zone(struct soa_search *search, const struct zm_source *source,
			  const struct zm_include *includer)
{
	if (!holds(source->bytes, ZM_STR("$include"))) {
		return false;
	}
	struct zm_scan scan = zm_scan_start(source->bytes);
	struct zm_entry entry;
	bool found = false;
	while (!found && zm_scan_next(&scan, &entry)) {
		struct zm_include_query query = {
			.name = included_name(&entry, source->bytes),
			.from = source,
			.includer = includer,
			.options = search->options,
		};
		found = query.name.len > 0 && leads_to_zone(search, &query);
	}
	zm_scan_release(&scan);
	return found;
}

bool zm_includes_zone(const struct zm_source *source, const struct zm_load_options *options)
{
	struct soa_search search = {.options = options};
	bool found = includes_zone(&search, source, NULL);
	zm_arena_release(&search.arena);
	return found;
}

bool zm_included_apex(struct zm_name_buf *out, const struct zm_source *source,
		      const struct zm_load_options *options)
{
	struct soa_search search = {.options = options, .apex = out};
	includes_zone(&search, source, NULL);
	zm_arena_release(&search.arena);
	return search.has_apex;
}

/* ---- Folders ---- */

/* A folder or file that is still to be looked at. */
struct pending {
	const char *path;
	size_t depth;
	unsigned char type; /* DT_*, as the folder tells; DT_UNKNOWN where it does not */
};

struct walk {
	struct zm_arena *arena;
	struct zm_paths *paths;
	struct pending *pending; /* a stack: the next one is the last */
	size_t count;
	size_t capacity;
};

static void push(struct walk *walk, struct pending item)
{
	walk->pending = zm_arena_grow(walk->arena, walk->pending, walk->count, &walk->capacity,
				      sizeof(*walk->pending));
	walk->pending[walk->count++] = item;
}

static void add(struct walk *walk, struct zm_found found)
{
	struct zm_paths *paths = walk->paths;
	paths->item = zm_arena_grow(walk->arena, paths->item, paths->count, &paths->capacity,
				    sizeof(*paths->item));
	paths->item[paths->count++] = found;
}

/* For the system's last error. */
static void add_failure(struct walk *walk, const char *path, const char *what)
{
	struct zm_error err;
	zm_error_sys(&err, path, what);
	add(walk, (struct zm_found){.path = path,
				    .why = zm_arena_copy(walk->arena, zm_str_from(err.text)).data,
				    .failed = true});
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
	size_t size = strlen(name) + 1;
	char *path = zm_arena_array(arena, len + 1 + size, 1);
	memcpy(path, folder, len);
	path[len] = '/';
	memcpy(path + len + 1, name, size);
	return path;
}

static int compare_backwards(const void *a, const void *b)
{
	return strcmp(((const struct pending *)b)->path, ((const struct pending *)a)->path);
}

static void open_folder(struct walk *walk, struct pending folder)
{
	if (folder.depth > ZM_WALK_DEPTH_MAX) {
		struct zm_str why = zm_arena_printf(walk->arena, "%s: more than %d folders deep",
						    folder.path, ZM_WALK_DEPTH_MAX);
		add(walk, (struct zm_found){.path = folder.path, .why = why.data, .failed = true});
		return;
	}
	DIR *dir = opendir(folder.path);
	if (dir == NULL) {
		add_failure(walk, folder.path, "cannot read the folder");
		return;
	}
	size_t first = walk->count;
	for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		if (entry->d_name[0] != '.') {
			const char *path = join(walk->arena, folder.path, entry->d_name);
			push(walk, (struct pending){path, folder.depth + 1, entry->d_type});
		}
	}
	closedir(dir);
	if (walk->count > first) {
		qsort(walk->pending + first, walk->count - first, sizeof(*walk->pending),
		      compare_backwards);
	}
}

/* What is no file to be read, as a phrase. */
static const char *why_not(const struct stat *stat, bool is_link)
{
	switch (stat->st_mode & S_IFMT) {
	case S_IFREG:
		return NULL;
	case S_IFDIR:
		return is_link ? "a link to a folder, which is not followed" : NULL;
	case S_IFIFO:
		return "a FIFO, not a file";
	case S_IFSOCK:
		return "a socket, not a file";
	default:
		return "a device, not a file";
	}
}

/* After stat() failed. */
static void add_broken_link(struct walk *walk, const char *path)
{
	if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP) {
		add(walk, (struct zm_found){.path = path, .why = "a link that leads nowhere"});
	} else {
		add_failure(walk, path, "cannot read");
	}
}

static void visit(struct walk *walk, struct pending item)
{
	struct stat st;
	if (item.type == DT_REG) {
		add(walk, (struct zm_found){.path = item.path});
		return;
	}
	if (item.type == DT_DIR) {
		open_folder(walk, item);
		return;
	}
	if (lstat(item.path, &st) != 0) {
		add_failure(walk, item.path, "cannot read");
		return;
	}
	bool is_link = S_ISLNK(st.st_mode);
	if (S_ISDIR(st.st_mode)) {
		open_folder(walk, item);
	} else if (is_link && stat(item.path, &st) != 0) {
		add_broken_link(walk, item.path);
	} else {
		add(walk, (struct zm_found){.path = item.path,
					    .why = why_not(&st, is_link),
					    .is_link = is_link});
	}
}

void zm_walk_folder(struct zm_paths *paths, struct zm_arena *arena, const char *folder)
{
	struct walk walk = {.arena = arena, .paths = paths};
	open_folder(&walk, (struct pending){folder, 0, DT_DIR});
	while (walk.count > 0) {
		struct pending next = walk.pending[--walk.count];
		visit(&walk, next);
	}
}
