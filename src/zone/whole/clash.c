#include "zone/whole/clash.h"

#include "zone/whole/again.h"
#include "zone/whole/names.h"
#include "zone/types.h"

#include <stdlib.h>
#include <string.h>

/* A record at a name where records seem to clash. */
struct suspect {
	struct zm_name owner;  /* this and the target are in the suspects' arena */
	struct zm_name target; /* of a CNAME or DNAME; unset when it is no name */
	uint16_t type;
	size_t number;         /* the order in which they were met */
	struct zm_fault fault; /* its place; the owner is set when it is reported */
};

struct suspects {
	struct zm_arena arena;
	struct suspect *item;
	size_t count;
	size_t capacity;
};

/* As many as can become faults, a few records each. */
enum { SUSPECTS_MAX = 10 * ZM_FAULTS_MAX };

static struct zm_name read_target(struct zm_arena *arena, const struct zm_record *record)
{
	struct zm_name_buf name;
	const char *why;
	for (size_t i = 0; i < record->rdata_count; i++) {
		const struct zm_token *token = &record->rdata[i];
		struct zm_str text = zm_str_sub(record->source->bytes, token->start, token->end);
		if (token->kind == ZM_WORD && zm_name_parse(&name, text, record->origin, &why)) {
			return zm_name_copy(arena, zm_name_of(&name));
		}
	}
	return (struct zm_name){0};
}

static void suspect(struct suspects *suspects, const struct zm_again *again,
		    const struct zm_record *record)
{
	struct zm_fault fault = zm_again_fault(again, record, ZM_FAULT_CNAME);
	size_t number = suspects->count;
	suspects->item = zm_arena_grow(&suspects->arena, suspects->item, suspects->count,
				       &suspects->capacity, sizeof(*suspects->item));
	suspects->count++;
	suspects->item[number] = (struct suspect){
		.owner = zm_name_copy(&suspects->arena, record->owner),
		.target = read_target(&suspects->arena, record),
		.type = record->type,
		.number = number,
		.fault = fault,
	};
}

static void find_suspects(struct suspects *suspects, struct zm_walk *walk)
{
	struct zm_wanted *wanted = zm_arena_alloc(&suspects->arena, sizeof(*wanted));
	zm_names_add_clashes(walk->zone->names, wanted);
	struct zm_again *again = zm_again_start(walk, wanted);
	struct zm_record record;
	while (suspects->count < SUSPECTS_MAX && zm_again_next(again, &record)) {
		if (zm_kinds_clash(zm_names_kinds(walk->zone->names, record.owner))) {
			suspect(suspects, again, &record);
		}
	}
	zm_again_end(again);
}

static int compare(const void *a, const void *b)
{
	const struct suspect *x = a;
	const struct suspect *y = b;
	int order = zm_name_compare(x->owner, y->owner);
	return order != 0 ? order : x->number < y->number ? -1 : x->number > y->number;
}

static const char *name_of(uint16_t type)
{
	const char *name = zm_type_name(type);
	return name == NULL ? "another" : name;
}

/* A copy of a record is dropped, by us as by servers. */
static bool repeats(const struct suspect *a, const struct suspect *b)
{
	return a->type == b->type && (a->type == ZM_TYPE_CNAME || a->type == ZM_TYPE_DNAME) &&
	       zm_name_is_set(a->target) && zm_name_is_set(b->target) &&
	       !zm_name_eq(a->target, b->target);
}

static bool may_not_be_beside(const struct suspect *cname, const struct suspect *other)
{
	return cname->type == ZM_TYPE_CNAME && other->type != ZM_TYPE_CNAME &&
	       zm_kind_of(other->type) != ZM_KIND_BESIDE;
}

/* Why the later record may not stand beside the earlier one, in the arena; NULL: it may. */
static const char *clash(struct zm_arena *arena, const struct suspect *earlier,
			 const struct suspect *later)
{
	struct zm_str owner = zm_name_text(arena, later->owner);
	if (repeats(earlier, later)) {
		return zm_arena_printf(arena, "second %s record of %.*s, a name has one at most",
				       name_of(later->type), ZM_STR_ARG(owner))
			.data;
	}
	if (!may_not_be_beside(earlier, later) && !may_not_be_beside(later, earlier)) {
		return NULL;
	}
	return zm_arena_printf(arena,
			       "%s record beside the %s record of %.*s: a CNAME stands alone",
			       name_of(later->type), name_of(earlier->type), ZM_STR_ARG(owner))
		.data;
}

/* The first clash among the records [from, to) of one owner. */
static void check_owner(struct zm_walk *walk, const struct suspect *from, const struct suspect *to)
{
	for (const struct suspect *later = from + 1; later < to; later++) {
		const struct suspect *earlier = from;
		const char *why = NULL;
		while (earlier < later && (why = clash(walk->arena, earlier, later)) == NULL) {
			earlier++;
		}
		if (why != NULL) {
			struct zm_fault fault = later->fault;
			fault.message = zm_str_from(why);
			fault.owner = zm_name_copy(walk->arena, later->owner);
			zm_walk_add_late_fault(walk, fault);
			return;
		}
	}
}

void zm_clash_check(struct zm_walk *walk)
{
	struct suspects suspects = {0};
	find_suspects(&suspects, walk);
	if (suspects.count > 0) {
		qsort(suspects.item, suspects.count, sizeof(*suspects.item), compare);
	}
	for (size_t from = 0; from < suspects.count;) {
		size_t to = from + 1;
		while (to < suspects.count &&
		       zm_name_eq(suspects.item[from].owner, suspects.item[to].owner)) {
			to++;
		}
		check_owner(walk, &suspects.item[from], &suspects.item[to]);
		from = to;
	}
	zm_arena_release(&suspects.arena);
}
