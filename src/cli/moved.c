#include "cli/lookup.h"

#include "dns/map.h"
#include "zone/discover.h"
#include "zone/origin.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* A zone file of the commit that is not there any more, or is that of another zone now. */
struct candidate {
	struct zm_git_entry *entry;
	size_t older;     /* another one of the same zone; SIZE_MAX: there is none */
	const char *path; /* that of the file it may have become; NULL: of none yet */
	bool is_disputed; /* several files claim it */
};

struct moving {
	struct zm_lookups *lookups;
	struct zm_arena arena;
	struct zm_map zone; /* → its last candidate */
	bool *is_left;      /* of each of the commit's files: its zone is another now */
	bool *is_used;      /* and: some zone is known to have been in it */
	struct candidate *item;
	size_t count;
	size_t capacity;
};

/* ---- Candidates ---- */

static bool is_gone(const struct zm_git *git, struct zm_arena *arena, struct zm_str path)
{
	struct zm_str name = zm_arena_printf(arena, "%s/%.*s", git->top, ZM_STR_ARG(path));
	return access(name.data, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

static const char *path_of(struct moving *m, const struct zm_git_entry *entry)
{
	return zm_arena_printf(&m->arena, "%s/%.*s", m->lookups->git.top, ZM_STR_ARG(entry->path))
		.data;
}

/* As its content or the file's name tells: who else told then is not known. */
static void add_candidate(struct moving *m, struct zm_git_entry *entry)
{
	struct zm_name_buf name;
	struct zm_past past;
	const struct zm_load_options load = {.files = &past.files};
	struct zm_source source = {.name = path_of(m, entry), .bytes = entry->bytes};
	zm_past_init(&past, &m->arena, &m->lookups->tree);
	if (!zm_looks_like_zone(entry->bytes) ||
	    zm_origin_find(&name, &source, &load) == ZM_ORIGIN_UNKNOWN) {
		return;
	}
	size_t *last = zm_map_put(&m->zone, zm_name_copy(&m->arena, zm_name_of(&name)));
	m->item = zm_arena_grow(&m->arena, m->item, m->count, &m->capacity, sizeof(*m->item));
	m->item[m->count] = (struct candidate){.entry = entry, .older = *last};
	*last = m->count++;
}

static bool look_at_some(struct moving *m, size_t *next, struct zm_error *err)
{
	struct zm_arena scratch = {0};
	struct zm_git_entry *list[ZM_GIT_FETCH_MAX] = {NULL};
	const struct zm_git_tree *tree = &m->lookups->tree;
	size_t count = 0;
	for (; *next < tree->count && count < ZM_GIT_FETCH_MAX; ++*next) {
		struct zm_git_entry *entry = &tree->entry[*next];
		bool is_free = entry->kind == ZM_GIT_FILE && !m->is_used[*next];
		if (is_free && (m->is_left[*next] || is_gone(tree->git, &scratch, entry->path))) {
			list[count++] = entry;
		}
	}
	bool good = zm_git_tree_fetch(tree, &scratch, list, count, err);
	for (size_t i = 0; i < count; i++) {
		if (good) {
			add_candidate(m, list[i]);
		}
		list[i]->is_read = false;
	}
	zm_arena_release(&scratch);
	return good;
}

/* ---- Which of them ---- */

/* How many bytes both end in, from a whole part of the path on. */
static size_t common_end(struct zm_str a, struct zm_str b)
{
	size_t same = 0;
	size_t parts = 0;
	while (same < a.len && same < b.len &&
	       a.data[a.len - same - 1] == b.data[b.len - same - 1]) {
		same++;
		bool a_ends = same == a.len || a.data[a.len - same - 1] == '/';
		bool b_ends = same == b.len || b.data[b.len - same - 1] == '/';
		parts = a_ends && b_ends ? same : parts;
	}
	return parts;
}

/* The best one, or NULL where two are as good. */
static struct candidate *choose(const struct moving *m, const struct zm_lookup *lookup)
{
	struct candidate *best = NULL;
	size_t length = 0;
	bool is_tie = false;
	struct zm_str path = zm_str_from(lookup->job->input.path);
	for (size_t i = zm_map_get(&m->zone, lookup->job->zone->origin); i != SIZE_MAX;
	     i = m->item[i].older) {
		size_t common = common_end(path, m->item[i].entry->path);
		is_tie = best != NULL && common == length;
		if (best == NULL || common > length) {
			best = &m->item[i];
			length = common;
		}
	}
	return is_tie ? NULL : best;
}

/* One file cannot have become two; one that several zones are made of can. */
static void claim(struct candidate *candidate, const char *path)
{
	if (candidate->path != NULL && strcmp(candidate->path, path) != 0) {
		candidate->is_disputed = true;
	}
	candidate->path = path;
}

static bool is_sought(const struct zm_lookup *lookup)
{
	return lookup->is_replaced || (lookup->found == ZM_GIT_IS_ABSENT && lookup->entry == NULL);
}

static void take(struct moving *m, struct zm_lookup *lookup, const struct candidate *candidate)
{
	struct zm_arena *arena = &lookup->job->arena;
	if (candidate == NULL || candidate->is_disputed) {
		return;
	}
	lookup->is_replaced = false;
	lookup->then.origin = zm_lookup_origin(lookup->job);
	lookup->entry = candidate->entry;
	lookup->source.name = zm_arena_printf(arena, "%s/%.*s", m->lookups->git.top,
					      ZM_STR_ARG(candidate->entry->path))
				      .data;
}

static void choose_all(struct moving *m)
{
	struct zm_lookups *lookups = m->lookups;
	struct candidate **choice = zm_arena_array(&m->arena, lookups->count, sizeof(*choice));
	for (size_t i = 0; i < lookups->count; i++) {
		if (is_sought(&lookups->item[i])) {
			choice[i] = choose(m, &lookups->item[i]);
		}
		if (choice[i] != NULL) {
			claim(choice[i], lookups->item[i].job->input.path);
		}
	}
	for (size_t i = 0; i < lookups->count; i++) {
		take(m, &lookups->item[i], choice[i]);
	}
}

static void start(struct moving *m, struct zm_lookups *lookups)
{
	const struct zm_git_tree *tree = &lookups->tree;
	*m = (struct moving){.lookups = lookups};
	m->zone.arena = &m->arena;
	m->is_left = zm_arena_array(&m->arena, tree->count, sizeof(*m->is_left));
	m->is_used = zm_arena_array(&m->arena, tree->count, sizeof(*m->is_used));
	for (size_t i = 0; i < lookups->count; i++) {
		const struct zm_lookup *lookup = &lookups->item[i];
		if (lookup->entry != NULL) {
			size_t number = (size_t)(lookup->entry - tree->entry);
			m->is_left[number] = m->is_left[number] || lookup->is_replaced;
			m->is_used[number] = m->is_used[number] || lookup->is_known;
		}
	}
}

bool zm_lookup_find_moved(struct zm_lookups *lookups, struct zm_error *err)
{
	struct moving m;
	bool any = false;
	bool good = true;
	start(&m, lookups);
	for (size_t i = 0; i < lookups->count; i++) {
		any = any || is_sought(&lookups->item[i]);
	}
	for (size_t next = 0; any && good && next < lookups->tree.count;) {
		good = look_at_some(&m, &next, err);
	}
	if (any && good) {
		choose_all(&m);
	}
	zm_arena_release(&m.arena);
	return good;
}
