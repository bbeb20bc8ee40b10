#include "cli/weigh.h"

#include "cli/planning.h"
#include "lint/lookups.h"
#include "lint/reach.h"

/* A name whose record asks for more itself. */
struct grown {
	struct zm_job *job;
	size_t other; /* the same name in another job, or SIZE_MAX */
};

/* A record that leads to another one of the run. */
struct edge {
	struct zm_job *job;
	size_t number; /* of the record in its zone */
	struct zm_name from;
	struct zm_name to;
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
	struct zm_map reaching; /* names that lead to one of the grown */
	bool refused;
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
	w->item[w->count] = (struct grown){job, *number};
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
		const struct zm_spf_term *term = &spf.term[i];
		struct zm_name_buf to;
		const char *why;
		bool leads = term->kind == ZM_SPF_INCLUDE || term->kind == ZM_SPF_REDIRECT;
		if (leads && term->problem == ZM_SPF_GOOD && !term->has_macro &&
		    zm_name_from_domain(&to, zm_spf_domain(term), &why)) {
			add_edge(w, (struct edge){job, number, record->owner, zm_name_of(&to)},
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

static bool leads_on(const struct weighing *w, struct zm_name name)
{
	return zm_map_get(&w->grown, name) != SIZE_MAX ||
	       zm_map_get(&w->reaching, name) != SIZE_MAX;
}

/* Each pass goes one include further up. */
static void follow_up(struct weighing *w)
{
	bool any = true;
	while (any) {
		any = false;
		for (size_t i = 0; i < w->edges; i++) {
			const struct edge *edge = &w->edge[i];
			if (zm_map_get(&w->reaching, edge->from) == SIZE_MAX &&
			    leads_on(w, edge->to)) {
				*zm_map_put(&w->reaching, edge->from) = i;
				any = true;
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

static size_t lookups_of(const struct zm_lint *lint, const struct zm_record *record)
{
	const struct zm_lint_record own = {.record = record, .text = record->text->bytes};
	return zm_lookups_of(lint, &own, own.text);
}

static bool was_over(struct weighing *w, const struct edge *edge, size_t limit)
{
	const struct zm_record *record;
	if (zm_set_spf(&w->before, &w->arena, edge->job->zone, edge->from, &record) != ZM_SET_ONE) {
		return true; /* it did not work before either */
	}
	const struct zm_lint lint = looking(edge->job, edge->job->zone, &w->before, record);
	return lookups_of(&lint, record) > limit;
}

static void keep_out(struct weighing *w, struct zm_name grown, struct zm_str why)
{
	for (size_t i = zm_map_get(&w->grown, grown); i != SIZE_MAX; i = w->item[i].other) {
		if (zm_job_is_planned(w->item[i].job)) {
			zm_planning_keep_out(w->session, w->item[i].job, why);
			w->refused = true;
		}
	}
}

/* All files whose changes the record is made of. */
static void refuse_parts(struct weighing *w, const struct zm_lint *lint,
			 const struct zm_record *record, struct zm_str why)
{
	struct zm_lint_record own = {.record = record, .text = record->text->bytes};
	struct zm_lint from_here = *lint;
	struct zm_reach reach;
	from_here.current = &own;
	zm_spf_parse(&own.spf, &w->arena, own.text);
	zm_reach_find(&reach, &w->arena, &from_here);
	for (size_t i = 0; i < reach.count; i++) {
		keep_out(w, reach.step[i].record->owner, why);
	}
}

static void weigh_one(struct weighing *w, const struct edge *edge)
{
	const struct zm_zone *zone = planned_zone(edge->job);
	const struct zm_record *record = zm_zone_record(zone, &w->arena, edge->number);
	const struct zm_lint lint = looking(edge->job, zone, &w->session->set, record);
	size_t lookups = lookups_of(&lint, record);
	size_t limit = zm_lookups_limit(&lint);
	if (lookups <= limit || was_over(w, edge, limit)) {
		return;
	}
	struct zm_str name = zm_name_text(&w->arena, edge->from);
	refuse_parts(w, &lint, record,
		     zm_arena_printf(&w->session->arena,
				     "it would make the SPF record of %.*s, which leads to one "
				     "that changes, need %zu DNS lookups, the limit is %zu: mend "
				     "it by hand",
				     ZM_STR_ARG(name), lookups, limit));
}

bool zm_weigh(struct zm_session *session)
{
	struct weighing w = {.session = session};
	w.grown.arena = &w.arena;
	w.reaching.arena = &w.arena;
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
	for (size_t i = 0; i < w.edges && !w.refused; i++) {
		if (zm_map_get(&w.reaching, w.edge[i].from) == i) {
			weigh_one(&w, &w.edge[i]);
		}
	}
	zm_arena_release(&w.arena);
	return w.refused;
}
