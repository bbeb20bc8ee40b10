#include "zone/whole/occlude.h"

#include "zone/whole/again.h"
#include "zone/whole/names.h"
#include "zone/state.h"

#include <stdlib.h>
#include <string.h>

enum { BYTES_BEFORE = 1024 }; /* how far before a record its delegation is looked for */

/* An SPF record and the name that seems to cut it off. */
struct suspect {
	const struct zm_record *record;
	size_t number;      /* the record's */
	struct zm_name cut; /* a view of the record's owner */
	bool is_dname;
	bool is_sure;
};

struct suspects {
	struct zm_arena arena;
	struct suspect *item;
	size_t count;
	size_t capacity;
};

static bool is_spf(const struct zm_record *record)
{
	return record->text != NULL && zm_str_starts_nocase(record->text->bytes, ZM_STR("v=spf1"));
}

static void find_suspects(struct suspects *suspects, const struct zm_zone *zone)
{
	for (size_t i = 0; i < zone->record_count && suspects->count < ZM_FAULTS_MAX; i++) {
		struct zm_arena_mark mark = zm_arena_mark(&suspects->arena);
		const struct zm_record *record = zm_zone_record(zone, &suspects->arena, i);
		struct zm_name cut = {0};
		if (is_spf(record)) {
			cut = zm_names_cut(zone->names, zone->origin, record->owner);
		}
		if (!zm_name_is_set(cut)) {
			zm_arena_rewind(&suspects->arena, mark);
			continue;
		}
		suspects->item = zm_arena_grow(&suspects->arena, suspects->item, suspects->count,
					       &suspects->capacity, sizeof(*suspects->item));
		bool is_beside = (record->beside & ZM_KIND_NS) != 0;
		suspects->item[suspects->count++] = (struct suspect){
			.record = record,
			.number = i,
			.cut = cut,
			.is_sure = is_beside && cut.len == record->owner.len,
		};
	}
}

static int compare(const void *a, const void *b)
{
	const struct suspect *x = a;
	const struct suspect *y = b;
	int order = zm_name_compare(x->cut, y->cut);
	return order != 0 ? order : x->number < y->number ? -1 : x->number > y->number;
}

/* The first suspect of that cut, or `count`. */
static size_t find(const struct suspects *suspects, struct zm_name cut)
{
	size_t low = 0;
	size_t high = suspects->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (zm_name_compare(suspects->item[middle].cut, cut) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

static void confirm(struct suspects *suspects, const struct zm_record *record)
{
	bool is_dname = record->type == ZM_TYPE_DNAME;
	for (size_t i = find(suspects, record->owner);
	     i < suspects->count && zm_name_eq(suspects->item[i].cut, record->owner); i++) {
		struct suspect *suspect = &suspects->item[i];
		bool is_at_cut = zm_name_eq(suspect->record->owner, suspect->cut);
		if (!is_dname || !is_at_cut) {
			suspect->is_dname = is_dname;
			suspect->is_sure = true;
		}
	}
}

static bool cuts_off(const struct zm_zone *zone, const struct zm_record *record)
{
	bool is_apex = zm_name_eq(record->owner, zone->origin);
	return (record->type == ZM_TYPE_NS && !is_apex) || record->type == ZM_TYPE_DNAME;
}

static void walk_again(struct suspects *suspects, struct zm_walk *walk)
{
	struct zm_wanted *wanted = zm_arena_alloc(&suspects->arena, sizeof(*wanted));
	for (size_t i = 0; i < suspects->count; i++) {
		zm_wanted_add(wanted, zm_names_hash(suspects->item[i].cut));
	}
	struct zm_again *again = zm_again_start(walk, wanted);
	struct zm_record record;
	while (zm_again_next(again, &record)) {
		if (cuts_off(walk->zone, &record)) {
			confirm(suspects, &record);
		}
	}
	zm_again_end(again);
}

/* The first start of a line at or after `at`. */
static size_t next_line(struct zm_str bytes, size_t at)
{
	while (at > 0 && at < bytes.len && bytes.data[at - 1] != '\n') {
		at++;
	}
	return at;
}

/* Delegations mostly stand just before what they hide. Where a line begins inside of an entry, what
 * is read there is not what it says; but a name that is cut off by all that is known, and an NS
 * record of that name in the same lines, are no accident. */
static void look_before(struct suspect *suspect, struct zm_walk *walk)
{
	const struct zm_record *record = suspect->record;
	struct suspects alone = {.item = suspect, .count = 1};
	struct zm_arena arena = {0};
	struct zm_record before;
	if (record->source != walk->zone->source) {
		return;
	}
	struct zm_walk *again = zm_walk_start(&arena, record->source, walk->options);
	size_t end = record->at.start;
	size_t start = end > BYTES_BEFORE ? end - BYTES_BEFORE : 0;
	zm_walk_file(again)->scan.at = next_line(record->source->bytes, start);
	zm_walk_file(again)->origin = record->origin;
	again->end = end;
	while (!suspect->is_sure && zm_walk_next(again, &before)) {
		if (cuts_off(walk->zone, &before)) {
			confirm(&alone, &before);
		}
	}
	zm_walk_end(again);
	zm_arena_release(&arena);
}

static void report(struct zm_walk *walk, const struct suspect *suspect)
{
	struct zm_fault fault = zm_fault_of(suspect->record, ZM_FAULT_OCCLUDED);
	struct zm_str owner = zm_name_text(walk->arena, suspect->record->owner);
	struct zm_str cut = zm_name_text(walk->arena, suspect->cut);
	bool is_at_cut = zm_name_eq(suspect->record->owner, suspect->cut);
	fault.message = zm_arena_printf(
		walk->arena, "SPF record of %.*s %s %.*s: no server shows it", ZM_STR_ARG(owner),
		suspect->is_dname ? "below the DNAME record of"
		: is_at_cut       ? "at the delegation of"
				  : "below the delegation of",
		ZM_STR_ARG(cut));
	fault.owner = zm_name_copy(walk->arena, fault.owner); /* the suspects go */
	zm_walk_add_late_fault(walk, fault);
}

static bool are_all_sure(const struct suspects *suspects)
{
	size_t i = 0;
	while (i < suspects->count && suspects->item[i].is_sure) {
		i++;
	}
	return i == suspects->count;
}

void zm_occlude_check(struct zm_walk *walk)
{
	struct suspects suspects = {0};
	const struct zm_names *names = walk->zone->names;
	/* Without servers of its own a zone has not said where it begins: what looks like a
	 * delegation may be its apex. */
	bool is_served = (zm_names_kinds(names, walk->zone->origin) & ZM_KIND_NS) != 0;
	if (!is_served || !zm_names_any_cut(names, walk->zone->origin)) {
		return;
	}
	find_suspects(&suspects, walk->zone);
	for (size_t i = 0; i < suspects.count; i++) {
		if (!suspects.item[i].is_sure) {
			look_before(&suspects.item[i], walk);
		}
	}
	if (!are_all_sure(&suspects)) {
		qsort(suspects.item, suspects.count, sizeof(*suspects.item), compare);
		walk_again(&suspects, walk);
	}
	for (size_t i = 0; i < suspects.count; i++) {
		if (suspects.item[i].is_sure) {
			report(walk, &suspects.item[i]);
		}
	}
	zm_arena_release(&suspects.arena);
}
