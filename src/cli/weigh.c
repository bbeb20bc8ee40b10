#include "cli/weigh.h"

#include "cli/planning.h"
#include "lint/lookups.h"
#include "lint/reach.h"

/* A name whose record asks for more itself. */
struct grown {
	struct zm_job *job;
	struct zm_name name;
	size_t other; /* the same name in another job, or SIZE_MAX */
};

/* A record that leads to another one of the run. */
struct edge {
	struct zm_job *job;
	size_t number; /* of the record in its zone */
	struct zm_name from;
	struct zm_name to;
	size_t other;      /* one that leads to the same name, or SIZE_MAX */
	bool leads_to_one; /* of the grown, over others perhaps */
};

struct weighing {
	struct zm_session *session;
	struct zm_arena arena;
	struct zm_set before; /* the zones as they are */
	struct zm_map grown;  /* → its number */
	struct grown *item;
	size_t count;
	size_t capacity;
	struct edge *edge;
	size_t edges;
	size_t edge_capacity;
	struct zm_map target; /* name → the last edge that leads to it */
	bool changed;         /* some file is planned anew, or kept out */
};

static const struct zm_zone *planned_zone(const struct zm_job *job)
{
	return zm_job_is_planned(job) ? job->fixing->mend.zone : job->zone;
}

/* ---- What has grown ---- */

static size_t cost_of(struct zm_arena *arena, struct zm_str text)
{
	struct zm_spf_record spf;
	if (!zm_spf_is_record(text)) {
		return 0;
	}
	zm_spf_parse(&spf, arena, text);
	return zm_lookups_asked(&spf);
}

static bool has_grown(const struct zm_planned_change *change)
{
	struct zm_arena scratch = {0};
	bool is_text = change->kind == ZM_CHANGE_TEXT || change->kind == ZM_CHANGE_NEW;
	bool has = is_text && cost_of(&scratch, change->after) > cost_of(&scratch, change->before);
	zm_arena_release(&scratch);
	return has;
}

static void add_grown(struct weighing *w, struct zm_job *job, struct zm_name name)
{
	size_t *number = zm_map_put(&w->grown, name);
	w->item = zm_arena_grow(&w->arena, w->item, w->count, &w->capacity, sizeof(*w->item));
	w->item[w->count] = (struct grown){job, name, *number};
	*number = w->count++;
}

static void find_grown(struct weighing *w)
{
	for (size_t i = 0; i < w->session->count; i++) {
		struct zm_job *job = &w->session->job[i];
		size_t count = zm_job_is_planned(job) ? job->fixing->mend.changes.count : 0;
		for (size_t j = 0; j < count; j++) {
			const struct zm_planned_change *change = &job->fixing->mend.changes.item[j];
			if (has_grown(change)) {
				add_grown(w, job, change->owner);
			}
		}
	}
}

/* ---- What leads there ---- */

static void add_edge(struct weighing *w, struct edge edge, struct zm_arena *scratch)
{
	const struct zm_record *target;
	if (zm_set_spf(&w->session->set, scratch, edge.job->zone, edge.to, &target) != ZM_SET_ONE) {
		return;
	}
	edge.from = zm_name_copy(&w->arena, edge.from);
	edge.to = zm_name_copy(&w->arena, edge.to);
	size_t *last = zm_map_put(&w->target, edge.to);
	edge.other = *last;
	*last = w->edges;
	w->edge = zm_arena_grow(&w->arena, w->edge, w->edges, &w->edge_capacity, sizeof(*w->edge));
	w->edge[w->edges++] = edge;
}

static void look_at_record(struct weighing *w, struct zm_job *job, size_t number,
			   struct zm_arena *scratch)
{
	const struct zm_record *record = zm_zone_record(planned_zone(job), scratch, number);
	struct zm_spf_record spf;
	bool is_spf = record->type == ZM_TYPE_TXT && record->text != NULL &&
		      zm_spf_is_record(record->text->bytes);
	if (!is_spf) {
		return;
	}
	zm_spf_parse(&spf, scratch, record->text->bytes);
	for (size_t i = 0; i < spf.count; i++) {
		struct zm_name_buf to;
		if (zm_lookups_name(&to, &spf.term[i])) {
			add_edge(w,
				 (struct edge){.job = job,
					       .number = number,
					       .from = record->owner,
					       .to = zm_name_of(&to)},
				 scratch);
		}
	}
}

static void find_edges(struct weighing *w)
{
	struct zm_arena scratch = {0};
	for (size_t i = 0; i < w->session->count; i++) {
		struct zm_job *job = &w->session->job[i];
		size_t records = job->zone == NULL ? 0 : planned_zone(job)->record_count;
		for (size_t j = 0; j < records; j++) {
			struct zm_arena_mark mark = zm_arena_mark(&scratch);
			look_at_record(w, job, j, &scratch);
			zm_arena_rewind(&scratch, mark);
		}
	}
	zm_arena_release(&scratch);
}

/* All that leads to a name of the list does so too, and each comes onto the list once. */
static void follow_up(struct weighing *w)
{
	struct zm_map known = {.arena = &w->arena};
	struct zm_name *list = zm_arena_array(&w->arena, w->count + w->edges, sizeof(*list));
	size_t count = 0;
	for (size_t i = 0; i < w->count; i++) {
		size_t *number = zm_map_put(&known, w->item[i].name);
		if (*number == SIZE_MAX) {
			*number = count;
			list[count++] = w->item[i].name;
		}
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t e = zm_map_get(&w->target, list[i]); e != SIZE_MAX;
		     e = w->edge[e].other) {
			size_t *number = zm_map_put(&known, w->edge[e].from);
			w->edge[e].leads_to_one = true;
			if (*number == SIZE_MAX) {
				*number = count;
				list[count++] = w->edge[e].from;
			}
		}
	}
}

/* ---- What it comes to ---- */

/* As a rule would look at the record, in those zones. */
static struct zm_lint looking(const struct zm_job *job, const struct zm_zone *zone,
			      const struct zm_set *set, const struct zm_record *record)
{
	return (struct zm_lint){
		.zone = zone,
		.set = set,
		.policy = job->policy,
		.view = zm_policy_view(job->policy, zone->origin, record->owner),
	};
}

/* The record and all that it leads to in the run. */
static void find_reach(struct zm_reach *reach, struct zm_arena *arena, const struct zm_lint *lint,
		       const struct zm_record *record)
{
	struct zm_lint_record own = {.record = record, .text = record->text->bytes};
	struct zm_lint from_here = *lint;
	from_here.current = &own;
	zm_spf_parse(&own.spf, arena, own.text);
	zm_reach_find(reach, arena, &from_here);
}

/* Whether it was a permerror before, so that it cannot become one. */
static bool was_broken(struct weighing *w, const struct edge *edge, size_t limit)
{
	const struct zm_record *record;
	const struct zm_record *target;
	struct zm_reach reach;
	if (zm_set_spf(&w->before, &w->arena, edge->job->zone, edge->from, &record) != ZM_SET_ONE) {
		return true;
	}
	const struct zm_lint lint = looking(edge->job, edge->job->zone, &w->before, record);
	bool is = zm_lookups_of(&lint, record->text->bytes) > limit;
	find_reach(&reach, &w->arena, &lint, record);
	for (size_t i = 0; i < reach.count && !is; i++) {
		const struct zm_spf_record *spf = &reach.step[i].spf;
		is = !spf->valid;
		for (size_t j = 0; j < zm_reach_terms(spf); j++) {
			enum zm_set_answer answer =
				zm_lookups_target(&target, &lint, &w->arena, &spf->term[j]);
			is = is || answer == ZM_SET_SEVERAL || answer == ZM_SET_NONE;
		}
	}
	return is;
}

static bool is_part(const struct zm_job *job, const struct zm_source *source)
{
	const struct zm_zone *zone = planned_zone(job);
	bool is = false;
	for (size_t i = 0; i < zone->source_count; i++) {
		is = is || zone->sources[i] == source;
	}
	return is;
}

/* The planned file whose grown record this is, or NULL. */
static struct zm_job *grower_of(const struct weighing *w, const struct zm_record *record)
{
	size_t i = zm_map_get(&w->grown, record->owner);
	while (i != SIZE_MAX && !is_part(w->item[i].job, record->source)) {
		i = w->item[i].other;
	}
	return i == SIZE_MAX ? NULL : w->item[i].job;
}

/* What it asked for may be there now by way of what it includes. */
static bool plan_anew(struct weighing *w, struct zm_job *job)
{
	if (job->fixing->was_weighed) {
		return false;
	}
	job->fixing->was_weighed = true;
	zm_planning_run(w->session, job);
	return true;
}

/* One of the files whose changes the record is made of: its own, if that helps, else the last. */
static void relieve(struct weighing *w, const struct zm_lint *lint, const struct zm_record *record,
		    struct zm_str why)
{
	struct zm_reach reach;
	struct zm_job *last = NULL;
	find_reach(&reach, &w->arena, lint, record);
	for (size_t i = 0; i < reach.count; i++) {
		struct zm_job *job = grower_of(w, reach.step[i].record);
		if (job != NULL && !zm_job_is_planned(job)) {
			return; /* it was kept out already, and this may be enough */
		}
		last = job == NULL ? last : job;
	}
	struct zm_job *own = grower_of(w, record);
	if (last != NULL && (own == NULL || !plan_anew(w, own))) {
		zm_planning_keep_out(w->session, last, why);
	}
	w->changed = w->changed || last != NULL;
}

static void weigh_one(struct weighing *w, const struct edge *edge)
{
	const struct zm_zone *zone = planned_zone(edge->job);
	if (edge->number >= zone->record_count) {
		return; /* planned anew meanwhile */
	}
	const struct zm_record *record = zm_zone_record(zone, &w->arena, edge->number);
	if (record->text == NULL || !zm_spf_is_record(record->text->bytes) ||
	    !zm_name_eq(record->owner, edge->from)) {
		return;
	}
	const struct zm_lint lint = looking(edge->job, zone, &w->session->set, record);
	size_t lookups = zm_lookups_of(&lint, record->text->bytes);
	size_t limit = zm_lookups_limit(&lint);
	if (lookups <= limit || was_broken(w, edge, limit)) {
		return;
	}
	struct zm_str name = zm_name_text(&w->arena, edge->from);
	relieve(w, &lint, record,
		zm_arena_printf(&w->session->arena,
				"it would make the SPF record of %.*s, which leads to one that "
				"changes, need %zu DNS lookups, the limit is %zu: mend it by hand",
				ZM_STR_ARG(name), lookups, limit));
}

/* Each record once, though it may lead to several. */
static bool is_first(const struct weighing *w, size_t i)
{
	return i == 0 || w->edge[i].job != w->edge[i - 1].job ||
	       w->edge[i].number != w->edge[i - 1].number || !w->edge[i - 1].leads_to_one;
}

bool zm_weigh(struct zm_session *session)
{
	struct weighing w = {.session = session};
	w.grown.arena = &w.arena;
	w.target.arena = &w.arena;
	find_grown(&w);
	if (w.count > 0) {
		zm_set_init(&w.before, &w.arena);
		for (size_t i = 0; i < session->count; i++) {
			if (session->job[i].zone != NULL) {
				zm_set_add(&w.before, session->job[i].zone);
			}
		}
		find_edges(&w);
		follow_up(&w);
	}
	for (size_t i = 0; i < w.edges; i++) {
		if (w.edge[i].leads_to_one && is_first(&w, i)) {
			weigh_one(&w, &w.edge[i]);
		}
	}
	zm_arena_release(&w.arena);
	return w.changed;
}
