#include "fix/rewrite.h"

#include <assert.h>
#include <string.h>

/* ---- Edits of one source ---- */

/* How many of the settled edits from `from` on are of that edit's source. */
static size_t count_run(const struct zm_edits *edits, size_t from)
{
	size_t count = 0;
	while (from + count < edits->count &&
	       edits->item[from + count].source == edits->item[from].source) {
		count++;
	}
	return count;
}

/* Where the edits of the source begin; edits->count: there are none. */
static size_t find_run(const struct zm_edits *edits, const struct zm_source *source)
{
	size_t i = 0;
	while (i < edits->count && edits->item[i].source != source) {
		i += count_run(edits, i);
	}
	return i;
}

static struct zm_edits run_of(const struct zm_edits *edits, size_t from)
{
	size_t count = count_run(edits, from);
	return (struct zm_edits){&edits->item[from], count, count, count};
}

/* ---- Places ---- */

static bool says_the_same(const struct zm_edit *a, const struct zm_edit *b)
{
	return a->at.start == b->at.start && a->at.end == b->at.end && zm_str_eq(a->text, b->text);
}

static bool is_even(const struct zm_edits *edits, const struct zm_source *a,
		    const struct zm_source *b)
{
	size_t i = find_run(edits, a);
	size_t j = find_run(edits, b);
	struct zm_edits x = run_of(edits, i);
	struct zm_edits y = run_of(edits, j);
	bool even = x.count == y.count && zm_str_eq(a->bytes, b->bytes);
	for (size_t k = 0; even && k < x.count; k++) {
		even = says_the_same(&x.item[k], &y.item[k]);
	}
	return even;
}

static void drop_run(struct zm_edits *edits, const struct zm_source *source)
{
	size_t from = find_run(edits, source);
	size_t count = count_run(edits, from);
	for (size_t i = from; i + count < edits->count; i++) {
		edits->item[i] = edits->item[i + count];
	}
	edits->count -= count;
	edits->settled = edits->count;
}

/* The place where the zone opens the same file for the first time: itself mostly. */
static const struct zm_source *first_place(const struct zm_zone *zone, size_t i)
{
	size_t first = 0;
	while (!zm_source_same_file(zone->sources[first], zone->sources[i])) {
		first++;
	}
	return zone->sources[first];
}

static bool is_concerned(const struct zm_edits *edits, const struct zm_source *source)
{
	return find_run(edits, source) < edits->count;
}

const struct zm_source *zm_rewrites_unite(struct zm_edits *edits, const struct zm_zone *zone)
{
	bool all_in_own = edits->count == 0 || (count_run(edits, 0) == edits->count &&
						edits->item[0].source == zone->source);
	for (size_t i = 1; i < zone->source_count && !all_in_own; i++) {
		const struct zm_source *source = zone->sources[i];
		const struct zm_source *first = first_place(zone, i);
		if (first == source ||
		    (!is_concerned(edits, source) && !is_concerned(edits, first))) {
			continue;
		}
		if (!is_even(edits, first, source)) {
			return first;
		}
	}
	for (size_t i = zone->source_count; i-- > 1 && !all_in_own;) {
		if (first_place(zone, i) != zone->sources[i]) {
			drop_run(edits, zone->sources[i]);
		}
	}
	return NULL;
}

/* ---- New bytes ---- */

static struct zm_rewrite *find(const struct zm_rewrites *files, const struct zm_source *source)
{
	for (size_t i = 0; i < files->count; i++) {
		if (zm_source_same_file(files->item[i].source, source)) {
			return &files->item[i];
		}
	}
	return NULL;
}

const struct zm_rewrite *zm_rewrites_find(const struct zm_rewrites *files,
					  const struct zm_source *source)
{
	return find(files, source);
}

void zm_rewrites_add(struct zm_rewrites *files, struct zm_arena *arena, struct zm_rewrite file)
{
	files->item = zm_arena_grow(arena, files->item, files->count, &files->capacity,
				    sizeof(*files->item));
	files->item[files->count++] = file;
}

/* The source as it was read first, of one of a later round, which has the same name. */
static const struct zm_source *as_read(const struct zm_zone *first, const char *name)
{
	for (size_t i = 0; i < first->source_count; i++) {
		if (strcmp(first->sources[i]->name, name) == 0) {
			return first->sources[i];
		}
	}
	return NULL;
}

void zm_rewrites_apply(struct zm_rewrites *files, const struct zm_rewrites_target *target,
		       const struct zm_edits *edits)
{
	size_t before = files->count;
	bool *changed = zm_arena_array(target->bytes, before + edits->count, sizeof(*changed));
	for (size_t i = 0; i < edits->count; i += count_run(edits, i)) {
		const struct zm_edits run = run_of(edits, i);
		const struct zm_source *now = edits->item[i].source;
		const struct zm_source *source = as_read(target->first, now->name);
		assert(source != NULL); /* no round reads what the first one has not */
		if (find(files, source) == NULL) {
			zm_rewrites_add(files, target->list, (struct zm_rewrite){.source = source});
		}
		struct zm_rewrite *file = find(files, source);
		file->bytes = zm_edits_apply(&run, target->bytes, now->bytes);
		changed[file - files->item] = true;
	}
	for (size_t i = 0; i < before; i++) {
		if (!changed[i]) {
			files->item[i].bytes = zm_arena_copy(target->bytes, files->item[i].bytes);
		}
	}
}

/* ---- Reading again ---- */

struct given {
	struct zm_files files;
	struct zm_rewrites rewrites; /* as they are now */
	const struct zm_zone *first;
};

static void read_now(struct zm_source *source, const struct zm_rewrites *files,
		     const struct zm_source *first)
{
	const struct zm_rewrite *file = find(files, first);
	source->bytes = file == NULL ? first->bytes : file->bytes;
	source->stat = first->stat;
}

static bool read_given(void *context, struct zm_arena *arena, const char *path,
		       struct zm_source *source)
{
	const struct given *given = context;
	const struct zm_source *first = as_read(given->first, path);
	(void)arena;
	if (first != NULL) {
		read_now(source, &given->rewrites, first);
	}
	return first != NULL;
}

const struct zm_files *zm_rewrites_give(struct zm_arena *arena, const struct zm_rewrites *files,
					const struct zm_zone *first)
{
	struct given *given = zm_arena_alloc(arena, sizeof(*given));
	*given = (struct given){.files = {read_given, given}, .first = first};
	for (size_t i = 0; i < files->count; i++) {
		zm_rewrites_add(&given->rewrites, arena, files->item[i]);
	}
	return &given->files;
}

struct zm_source *zm_rewrites_own(struct zm_arena *arena, const struct zm_rewrites *files,
				  const struct zm_zone *first)
{
	struct zm_source *source = zm_arena_alloc(arena, sizeof(*source));
	source->name = first->source->name;
	read_now(source, files, first->source);
	return source;
}
