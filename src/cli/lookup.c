#include "cli/lookup.h"

#include "zone/fast/pieces.h"
#include "zone/rdata/soa.h"

/* More than includes nest: each round fetches at least one level. */
enum { ROUNDS_MAX = ZM_INCLUDE_DEPTH_MAX + 2 };

struct zm_name zm_lookup_origin(const struct zm_job *job)
{
	const struct zm_name unset = {0};
	return job->load.origin_from == ZM_ORIGIN_CONTENT ? unset : job->load.origin;
}

bool zm_lookup_fetch(struct zm_lookups *lookups, struct zm_git_entry *const *list, size_t count,
		     struct zm_error *err)
{
	bool good = true;
	for (size_t at = 0; good && at < count; at += ZM_GIT_FETCH_MAX) {
		size_t some = count - at < ZM_GIT_FETCH_MAX ? count - at : ZM_GIT_FETCH_MAX;
		good = zm_git_tree_fetch(&lookups->tree, &lookups->session->arena, list + at, some,
					 err);
	}
	return good;
}

/* ---- Without reading ---- */

/* The bytes are those of now, and so is all that they include. */
static bool has_same_parts(struct zm_lookup *lookup, struct zm_arena *scratch)
{
	const struct zm_zone *zone = lookup->job->zone;
	for (size_t i = 1; i < zone->source_count; i++) {
		struct zm_git_entry *entry;
		const struct zm_source *part = zone->sources[i];
		enum zm_git_found found =
			zm_past_find(lookup->past.tree, scratch, part->name, &entry);
		bool is_same = found == ZM_GIT_IS_THERE && entry->is_read &&
			       zm_str_eq(entry->bytes, part->bytes);
		if (!is_same && found != ZM_GIT_IS_OUTSIDE) {
			return false;
		}
		/* Another file may have been in front of it. */
		if (part->elsewhere != NULL &&
		    zm_past_find(lookup->past.tree, scratch, part->elsewhere, &entry) ==
			    ZM_GIT_IS_THERE) {
			return false;
		}
	}
	return true;
}

static bool is_same(struct zm_lookup *lookup)
{
	struct zm_arena scratch = {0};
	bool same = zm_str_eq(lookup->source.bytes, lookup->job->file.bytes) &&
		    has_same_parts(lookup, &scratch);
	zm_arena_release(&scratch);
	return same;
}

static void take_as_it_is(struct zm_lookup *lookup)
{
	lookup->earlier.has_same_parts = true;
	lookup->then.origin = lookup->job->zone->origin;
	lookup->is_known = zm_zone_serial(lookup->job->zone, &lookup->earlier.serial);
}

/* ---- Reading ---- */

/* Because of it records may be missing that were there. */
static const struct zm_fault *find_fault(const struct zm_zone *zone)
{
	bool has_serial = zone->soa == NULL || zone->soa->soa_data != NULL;
	for (size_t i = 0; i < zone->fault_count; i++) {
		enum zm_fault_kind kind = zone->fault[i].kind;
		if (kind == ZM_FAULT_SYNTAX || kind == ZM_FAULT_TOO_MANY ||
		    kind == ZM_FAULT_INCLUDE || (!has_serial && !zm_fault_is_harmless(kind))) {
			return &zone->fault[i];
		}
	}
	return NULL;
}

static void judge(struct zm_lookup *lookup, const struct zm_zone *zone)
{
	const struct zm_fault *fault = find_fault(zone);
	bool is_this =
		zm_name_is_set(zone->origin) && zm_name_eq(zone->origin, lookup->job->zone->origin);
	if (!is_this) {
		lookup->is_replaced = true;
		return;
	}
	if (fault != NULL) {
		struct zm_position at = zm_source_position(fault->source, fault->at.start);
		lookup->why =
			zm_arena_printf(&lookup->job->arena, "%s:%zu: %.*s", fault->source->name,
					at.line, ZM_STR_ARG(fault->message))
				.data;
	} else {
		lookup->is_known = zm_zone_serial(zone, &lookup->earlier.serial);
	}
}

/* What was read is not kept but for its serial: the records are compared where they may count. */
static void read_zone(struct zm_lookup *lookup, struct zm_pool *pool)
{
	struct zm_arena scratch = {0};
	struct zm_load_options load = lookup->then;
	load.pool = pool;
	lookup->past.count = 0;
	const struct zm_zone *zone = zm_zone_load(&scratch, &lookup->source, &load);
	if (lookup->past.count == 0) {
		judge(lookup, zone);
		lookup->then.origin = lookup->job->zone->origin;
	}
	zm_arena_release(&scratch);
}

struct round {
	struct zm_lookup **item; /* still to be read */
	size_t count;
};

static bool is_large(const struct zm_lookup *lookup)
{
	return lookup->source.bytes.len >= ZM_PIECES_MIN;
}

static void read_small(void *context, size_t i)
{
	const struct round *round = context;
	if (!is_large(round->item[i])) {
		read_zone(round->item[i], NULL);
	}
}

static void read_round(struct zm_lookups *lookups, struct round *round)
{
	struct zm_pool *pool = &lookups->session->pool;
	zm_pool_run(pool, round->count, read_small, round);
	for (size_t i = 0; i < round->count; i++) {
		if (is_large(round->item[i])) {
			read_zone(round->item[i], pool);
		}
	}
}

/* Those that lacked files are read again. */
static bool fetch_lacking(struct zm_lookups *lookups, struct round *round, struct zm_error *err)
{
	size_t left = 0;
	bool good = true;
	for (size_t i = 0; good && i < round->count; i++) {
		struct zm_past *past = &round->item[i]->past;
		if (past->count > 0) {
			round->item[left++] = round->item[i];
		}
	}
	struct zm_git_entry **list = NULL;
	size_t count = 0;
	size_t capacity = 0;
	for (size_t i = 0; i < left; i++) {
		const struct zm_past *past = &round->item[i]->past;
		for (size_t j = 0; j < past->count; j++) {
			list = zm_arena_grow(&lookups->session->arena, list, count, &capacity,
					     sizeof(struct zm_git_entry *));
			list[count++] = past->lacking[j];
		}
	}
	round->count = left;
	return zm_lookup_fetch(lookups, list, count, err);
}

bool zm_lookup_read(struct zm_lookups *lookups, struct zm_error *err)
{
	struct round round = {
		.item = zm_arena_array(&lookups->session->arena, lookups->count,
				       sizeof(struct zm_lookup *)),
	};
	for (size_t i = 0; i < lookups->count; i++) {
		struct zm_lookup *lookup = &lookups->item[i];
		if (lookup->entry == NULL || zm_lookup_is_settled(lookup)) {
			continue;
		}
		if (is_same(lookup)) {
			take_as_it_is(lookup);
		} else {
			round.item[round.count++] = lookup;
		}
	}
	bool good = true;
	for (size_t i = 0; good && round.count > 0 && i < ROUNDS_MAX; i++) {
		read_round(lookups, &round);
		good = fetch_lacking(lookups, &round, err);
	}
	return good;
}
