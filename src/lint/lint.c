#include "lint/lint.h"

#include "dns/map.h"
#include "lint/allow.h"
#include "lint/bound.h"
#include "lint/order.h"
#include "lint/owners.h"
#include "lint/run.h"

#include <stdlib.h>

/* What $GENERATE makes has no bytes of its own to change. */
static bool touches_made(const struct zm_fix *fix)
{
	for (size_t i = 0; i < fix->count; i++) {
		const struct zm_record *record = fix->op[i].record;
		if (record != NULL && record->source->made_by != NULL) {
			return true;
		}
	}
	return false;
}

static void withhold_impossible_fixes(struct zm_findings *findings, size_t before)
{
	for (size_t i = before; i < findings->count; i++) {
		if (touches_made(&findings->item[i]->fix)) {
			findings->item[i]->fix = (struct zm_fix){.safety = ZM_FIX_NONE};
		}
	}
}

/* What $GENERATE makes a thousand times is said once: neighbours that look the same. */
static void drop_twins(struct zm_findings *findings)
{
	size_t kept = 0;
	for (size_t i = 0; i < findings->count; i++) {
		const struct zm_finding *last = kept == 0 ? NULL : findings->item[kept - 1];
		struct zm_finding *item = findings->item[i];
		bool is_twin = last != NULL && zm_finding_compare(&last, &item) == 0 &&
			       zm_str_eq(last->message, item->message);
		if (!is_twin) {
			findings->item[kept++] = item;
		}
	}
	findings->count = kept;
}

/* ---- Owners, some after another, by several threads ---- */

enum {
	CHUNK = 4096, /* kept records: enough to be worth a thread's while */
	WAVE = 4,     /* chunks a thread, between which what they found is joined */
};

/* All records of one owner that are kept. */
struct owner_records {
	const struct zm_record **record;
	size_t count;
};

/* Records of names that may have others elsewhere. */
struct stretch {
	size_t first;
	size_t end;
};

/* Some of the kept records, and what one thread finds there. */
struct chunk {
	size_t first;
	size_t end;
	struct zm_findings findings;
	struct zm_hidden *hidden;
	size_t max; /* findings that are kept */
	struct stretch *apart;
	size_t aparts;
	size_t capacity;
};

struct work {
	struct zm_lint *lint;
	struct zm_own_arena *own; /* one a thread; NULL: there is but one, and it has lint->arena */
	struct zm_owners owners;
	struct chunk *chunk;
	size_t count;
	size_t first; /* chunk of the wave */
	bool is_bounded;
	size_t max;  /* findings of owners that may be kept */
	size_t kept; /* of them */
	struct zm_hidden *hidden;
};

static struct zm_arena *arena_of(const struct work *work)
{
	return work->own == NULL ? work->lint->arena : &work->own[zm_pool_worker()].arena;
}

static struct zm_run start_run(const struct work *work, struct zm_arena *arena,
			       struct zm_findings *findings)
{
	struct zm_run run = {.lint = *work->lint};
	run.lint.arena = arena;
	run.lint.findings = findings;
	return run;
}

/* Where an owner began: what one needed of whom no finding is kept is given back. */
struct start {
	struct zm_arena_mark mark;
	struct zm_finding **item; /* the list as it was */
	size_t count;
	size_t capacity;
};

static struct start start_owner(const struct zm_run *run)
{
	const struct zm_findings *findings = run->lint.findings;
	return (struct start){zm_arena_mark(run->lint.arena), findings->item, findings->count,
			      findings->capacity};
}

/* The records were made since the start. */
static void lint_owner(struct zm_run *run, const struct zm_owners *owners, struct zm_bound *bound,
		       const struct owner_records *own, const struct start *start)
{
	struct zm_lint_owner owner;
	struct zm_findings *findings = run->lint.findings;
	if (zm_owner_look(&owner, run->lint.arena, owners, own->record, own->count)) {
		zm_run_owner_rules(run, &owner);
		withhold_impossible_fixes(findings, start->count);
		zm_bound_owner(bound, findings, start->count);
	}
	if (findings->count == start->count) {
		findings->item = start->item; /* it may have grown meanwhile */
		findings->capacity = start->capacity;
		zm_arena_rewind(run->lint.arena, start->mark);
	}
	run->lint.owner = NULL;
}

/* Records [first, end) have owners of one hash; returns the number after the last of the first
 * owner's. */
static size_t lint_run(struct zm_run *run, const struct zm_owners *owners, struct zm_bound *bound,
		       size_t first, size_t end)
{
	struct zm_arena *arena = run->lint.arena;
	const struct start start = start_owner(run);
	struct owner_records own = {zm_arena_array(arena, end - first, sizeof(*own.record)), 0};
	for (size_t i = first; i < end; i++) {
		const struct zm_record *record = zm_zone_record(owners->zone, arena, i);
		if (own.count > 0 && !zm_name_eq(record->owner, own.record[0]->owner)) {
			break;
		}
		own.record[own.count++] = record;
	}
	lint_owner(run, owners, bound, &own, &start);
	return first + own.count;
}

static void lint_chunk(void *context, size_t number)
{
	const struct work *work = context;
	const struct zm_zone *zone = work->owners.zone;
	struct zm_arena *arena = arena_of(work);
	struct chunk *chunk = &work->chunk[work->first + number];
	struct zm_bound bound = {work->is_bounded, chunk->max, chunk->hidden, {{0}}};
	struct zm_run run = start_run(work, arena, &chunk->findings);
	for (size_t i = chunk->first; i < chunk->end;) {
		size_t end = zm_owners_run(zone, i);
		if (!zm_owners_is_apart(&work->owners, i)) {
			i = lint_run(&run, &work->owners, &bound, i, end);
			continue;
		}
		chunk->apart = zm_arena_grow(arena, chunk->apart, chunk->aparts, &chunk->capacity,
					     sizeof(*chunk->apart));
		chunk->apart[chunk->aparts++] = (struct stretch){i, end};
		i = end;
	}
}

static void cut(struct work *work, struct zm_arena *arena)
{
	const struct zm_zone *zone = work->owners.zone;
	work->chunk = zm_arena_array(arena, zone->record_count / CHUNK + 1, sizeof(*work->chunk));
	for (size_t first = 0; first < zone->record_count;) {
		size_t end = first + CHUNK;
		end = end < zone->record_count ? zm_owners_run(zone, end - 1) : zone->record_count;
		work->chunk[work->count++] = (struct chunk){.first = first, .end = end};
		first = end;
	}
}

/* ---- Owners whose records stand apart ---- */

struct gathering {
	struct zm_map owner; /* → its number in `head` */
	size_t *head;        /* the first of its records; SIZE_MAX ends the lists */
	size_t *tail;
	size_t owners;
	size_t *next; /* of a record */
};

static void gather(struct gathering *g, struct zm_name owner, size_t i)
{
	size_t *number = zm_map_put(&g->owner, owner);
	if (*number == SIZE_MAX) {
		*number = g->owners++;
		g->head[*number] = i;
	} else {
		g->next[g->tail[*number]] = i;
	}
	g->next[i] = SIZE_MAX;
	g->tail[*number] = i;
}

static void gather_stretch(struct gathering *g, struct zm_arena *arena, const struct zm_zone *zone,
			   struct stretch stretch)
{
	for (size_t i = stretch.first; i < stretch.end; i++) {
		gather(g, zm_zone_record(zone, arena, i)->owner, i);
	}
}

static void lint_gathered(const struct work *work, const struct gathering *g)
{
	const struct zm_zone *zone = work->owners.zone;
	struct zm_findings *findings = work->lint->findings;
	struct zm_run run = start_run(work, work->lint->arena, findings);
	struct zm_bound bound = {
		.is_set = work->is_bounded,
		.max = findings->count + work->max - work->kept,
		.hidden = work->hidden,
	};
	for (size_t i = 0; i < g->owners; i++) {
		const struct start start = start_owner(&run);
		struct owner_records own = {NULL, 0};
		size_t capacity = 0;
		for (size_t j = g->head[i]; j != SIZE_MAX; j = g->next[j]) {
			own.record = zm_arena_grow(run.lint.arena, own.record, own.count, &capacity,
						   sizeof(*own.record));
			own.record[own.count++] = zm_zone_record(zone, run.lint.arena, j);
		}
		lint_owner(&run, &work->owners, &bound, &own, &start);
	}
}

static void lint_apart(const struct work *work)
{
	const struct zm_zone *zone = work->owners.zone;
	size_t records = 0;
	for (size_t i = 0; i < work->count; i++) {
		for (size_t j = 0; j < work->chunk[i].aparts; j++) {
			records += work->chunk[i].apart[j].end - work->chunk[i].apart[j].first;
		}
	}
	if (records == 0) {
		return;
	}
	struct zm_arena lists = {0};
	struct gathering g = {.owner = {.arena = &lists}};
	g.head = zm_arena_array(&lists, records, sizeof(*g.head));
	g.tail = zm_arena_array(&lists, records, sizeof(*g.tail));
	g.next = zm_arena_array(&lists, zone->record_count, sizeof(*g.next));
	for (size_t i = 0; i < work->count; i++) {
		for (size_t j = 0; j < work->chunk[i].aparts; j++) {
			gather_stretch(&g, &lists, zone, work->chunk[i].apart[j]);
		}
	}
	lint_gathered(work, &g);
	zm_arena_release(&lists);
}

/* ---- */

static void take_over(struct work *work, struct chunk *chunk)
{
	struct zm_lint *lint = work->lint;
	struct zm_findings *findings = lint->findings;
	if (work->is_bounded) {
		zm_bound_cut(&chunk->findings, work->max - work->kept, chunk->hidden);
		zm_hidden_add(work->hidden, chunk->hidden);
	}
	for (size_t i = 0; i < chunk->findings.count; i++) {
		findings->item = zm_arena_grow(lint->arena, findings->item, findings->count,
					       &findings->capacity, sizeof(struct zm_finding *));
		findings->item[findings->count++] = chunk->findings.item[i];
	}
	work->kept += chunk->findings.count;
}

/* A chunk keeps no more than may still be needed after the waves before it, so that memory is that
 * of one wave. What comes of it does not depend on how many chunks a wave has. */
static size_t lint_wave(struct work *work, struct zm_pool *pool)
{
	struct zm_arena lists = {0};
	size_t wave = work->is_bounded ? WAVE * zm_pool_jobs(pool) : work->count;
	size_t count = work->count - work->first < wave ? work->count - work->first : wave;
	struct zm_hidden *hidden = zm_arena_array(&lists, count, sizeof(*hidden));
	for (size_t i = 0; i < count; i++) {
		work->chunk[work->first + i].hidden = &hidden[i];
		work->chunk[work->first + i].max = work->max - work->kept;
	}
	zm_pool_run(pool, count, lint_chunk, work);
	for (size_t i = 0; i < count; i++) {
		take_over(work, &work->chunk[work->first + i]);
	}
	zm_arena_release(&lists);
	return count;
}

static void lint_owners(struct zm_lint *lint, struct zm_pool *pool, size_t max)
{
	struct zm_hidden hidden = {0};
	struct work work = {
		.lint = lint,
		.owners = zm_owners_of(lint->zone, lint->policy),
		.is_bounded = max > 0,
		.max = max,
		.hidden = &hidden,
	};
	size_t threads = zm_pool_jobs(pool);
	if (threads > 1) {
		work.own = zm_arena_array(lint->arena, threads, sizeof(*work.own));
	}
	cut(&work, lint->arena);
	while (work.first < work.count) {
		work.first += lint_wave(&work, pool);
	}
	lint_apart(&work);
	for (size_t i = 0; work.own != NULL && i < threads; i++) {
		zm_arena_adopt(lint->arena, &work.own[i].arena);
	}
	lint->findings->hidden = zm_hidden_keep(lint->arena, &hidden);
}

void zm_lint_zone_by(struct zm_findings *findings, struct zm_arena *arena,
		     const struct zm_lint_task *task, struct zm_pool *pool)
{
	const struct zm_zone *zone = task->zone;
	struct zm_lint lint = {
		.arena = arena,
		.zone = zone,
		.set = task->set,
		.policy = task->policy,
		.earlier = task->earlier,
		.is_garbled = zm_zone_is_garbled(zone),
		.view = zm_policy_view(task->policy, zone->origin, zone->origin),
		.findings = findings,
	};
	*findings = (struct zm_findings){0};
	zm_run_zone_rules(&lint);
	withhold_impossible_fixes(findings, 0);
	/* An allowance takes away findings, which must be there for it. */
	bool may_allow = zm_allow_may_apply(zone, pool);
	lint_owners(&lint, pool, may_allow ? 0 : task->max);
	if (may_allow) {
		zm_allow_apply(&lint);
	}
	if (findings->count > 1) {
		qsort(findings->item, findings->count, sizeof(*findings->item), zm_finding_compare);
		drop_twins(findings);
	}
}

void zm_lint_zone(struct zm_findings *findings, struct zm_arena *arena, const struct zm_zone *zone,
		  const struct zm_set *set, const struct zm_policy *policy)
{
	const struct zm_lint_task task = {zone, set, policy, 0, NULL};
	zm_lint_zone_by(findings, arena, &task, NULL);
}
