#include "cli/writing.h"

#include "base/plan/plan.h"
#include "cli/editable.h"
#include "cli/message.h"
#include "cli/planning.h"
#include "fix/diff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Groups ---- */

/* A file that changes. */
struct changed {
	struct zm_job *leader; /* the first job of its group */
	const struct zm_use *use;
	struct zm_str after;
	bool has_soa;
};

struct groups {
	struct zm_session *session;
	struct zm_job **leader; /* of each job's group */
	struct zm_job **next;   /* in the same group, or NULL */
	struct zm_job **last;   /* of a leader's group */
	struct changed *item;   /* group by group */
	size_t count;
	struct zm_plan_item *order; /* as long as `item` */
};

static size_t number_of(const struct groups *g, const struct zm_job *job)
{
	return (size_t)(job - g->session->job);
}

static struct zm_job *leader_of(const struct groups *g, const struct zm_job *job)
{
	return g->leader[number_of(g, job)];
}

/* The shorter way round would be to move the smaller group, but the first job leads. */
static void join(struct groups *g, struct zm_job *a, struct zm_job *b)
{
	struct zm_job *first = leader_of(g, a);
	struct zm_job *second = leader_of(g, b);
	if (first == second) {
		return;
	}
	if (second < first) {
		struct zm_job *other = first;
		first = second;
		second = other;
	}
	g->next[number_of(g, g->last[number_of(g, first)])] = second;
	g->last[number_of(g, first)] = g->last[number_of(g, second)];
	for (struct zm_job *job = second; job != NULL; job = g->next[number_of(g, job)]) {
		g->leader[number_of(g, job)] = first;
	}
}

/* What becomes of the file whose uses begin at `from`; all that are planned agree on it. */
static bool find_change(struct changed *changed, const struct zm_uses *uses, size_t from)
{
	size_t end = zm_uses_end(uses, from);
	*changed = (struct changed){0};
	for (size_t i = from; i < end; i++) {
		const struct zm_use *use = &uses->item[i];
		const struct zm_job *job = use->job;
		const struct zm_rewrite *rewrite =
			zm_job_is_planned(job)
				? zm_rewrites_find(&job->fixing->mend.files, use->source)
				: NULL;
		const struct zm_record *soa = job->zone->soa;
		changed->has_soa |= soa != NULL && soa->source == use->source;
		if (rewrite != NULL && changed->use == NULL) {
			changed->use = use;
			changed->after = rewrite->bytes;
		}
	}
	return changed->use != NULL;
}

/* Of the newest item. */
static void join_users(struct groups *g, const struct zm_uses *uses, size_t from)
{
	size_t end = zm_uses_end(uses, from);
	for (size_t i = from; i < end; i++) {
		if (zm_job_is_planned(uses->item[i].job)) {
			join(g, g->item[g->count].use->job, uses->item[i].job);
		}
	}
}

static void collect(struct groups *g, const struct zm_uses *uses)
{
	for (size_t i = 0; i < uses->files; i++) {
		size_t from = uses->file[i];
		if (find_change(&g->item[g->count], uses, from)) {
			join_users(g, uses, from);
			g->count++;
		}
	}
}

/* Never by where things lie, on the disk or in memory. */
static int compare(const void *a, const void *b)
{
	const struct changed *x = a;
	const struct changed *y = b;
	if (x->leader != y->leader) {
		return x->leader < y->leader ? -1 : 1;
	}
	if (x->has_soa != y->has_soa) {
		return x->has_soa ? 1 : -1;
	}
	if (x->use->job != y->use->job) {
		return x->use->job < y->use->job ? -1 : 1;
	}
	return strcmp(x->use->source->name, y->use->source->name);
}

static void find_groups(struct groups *g, struct zm_session *session, const struct zm_uses *uses)
{
	struct zm_arena *arena = &session->arena;
	*g = (struct groups){.session = session};
	g->leader = zm_arena_array(arena, session->count, sizeof(struct zm_job *));
	g->next = zm_arena_array(arena, session->count, sizeof(struct zm_job *));
	g->last = zm_arena_array(arena, session->count, sizeof(struct zm_job *));
	g->item = zm_arena_array(arena, uses->count + 1, sizeof(*g->item));
	g->order = zm_arena_array(arena, uses->count, sizeof(*g->order));
	for (size_t i = 0; i < session->count; i++) {
		g->leader[i] = g->last[i] = &session->job[i];
	}
	collect(g, uses);
	for (size_t i = 0; i < g->count; i++) {
		g->item[i].leader = leader_of(g, g->item[i].use->job);
	}
	if (g->count > 1) {
		qsort(g->item, g->count, sizeof(*g->item), compare);
	}
}

/* How many of the items from `from` on are of its group. */
static size_t count_group(const struct groups *g, size_t from)
{
	size_t count = 0;
	while (from + count < g->count && g->item[from + count].leader == g->item[from].leader) {
		count++;
	}
	return count;
}

/* ---- Standard input and standard output ---- */

static void print_patch(const char *name, struct zm_str before, struct zm_str after)
{
	struct zm_buf patch = {0};
	zm_diff(&patch, name, before, after);
	fwrite(patch.data, 1, patch.len, stdout);
	zm_buf_release(&patch);
}

/* A filter gives back what it may not change, never nothing. */
static void print_one(struct zm_session *session, struct zm_job *job)
{
	struct zm_result *result = &session->result[job - session->job];
	bool shows = session->task == ZM_REPORT_DIFF;
	job->fixed = zm_job_is_planned(job);
	job->fixing->files_written = job->fixed;
	result->fixed = job->fixed && !shows;
	result->would_fix = job->fixed && shows;
	struct zm_str after = job->fixed ? job->fixing->mend.bytes : job->file.bytes;
	if (!shows) {
		fwrite(after.data, 1, after.len, stdout);
	} else if (job->fixed) {
		print_patch(job->input.path, job->file.bytes, after);
	}
}

static void print_standard_input(struct zm_session *session)
{
	for (size_t i = 0; i < session->count; i++) {
		struct zm_job *job = &session->job[i];
		if (job->zone != NULL && job->input.is_stdin) {
			print_one(session, job);
		}
	}
}

/* ---- Writing ---- */

/* Two runs at once: the second reads again what the first one has written. True when that left
 * nothing to mend; of any other change nobody knows whether it is whole yet. */
static bool is_mended_by_another(struct zm_session *session, struct zm_job *job)
{
	struct zm_file file;
	struct zm_error err;
	struct zm_mend mend;
	if (!zm_file_read(&file, &job->arena, job->input.path, 0, &err)) {
		return false;
	}
	struct zm_source *source = zm_arena_alloc(&job->arena, sizeof(*source));
	*source = (struct zm_source){.name = job->input.path, .bytes = file.bytes};
	const struct zm_zone *zone = zm_zone_load(&job->arena, source, &job->load);
	const struct zm_mend_options options = zm_planning_options(session, job);
	zm_set_add(&session->set, zone);
	zm_mend_plan(&mend, &job->arena, zone, &options);
	if (mend.outcome != ZM_MEND_NOTHING) {
		return false;
	}
	job->file = file;
	job->zone = zone;
	job->fixing->mend = mend;
	job->findings = mend.left;
	return true;
}

static void note_fixed(const struct groups *g, size_t from, size_t count)
{
	struct zm_job *job = g->item[from].leader;
	job->fixing->files_written = count;
	for (; job != NULL; job = g->next[number_of(g, job)]) {
		struct zm_result *result = &g->session->result[number_of(g, job)];
		job->fixed = true;
		result->fixed = g->session->task == ZM_REPORT_FIX;
		result->would_fix = !result->fixed;
	}
}

static void note_not_fixed(const struct groups *g, struct zm_job *job,
			   enum zm_replace_result outcome, const struct zm_error *err)
{
	struct zm_str why = zm_without_path(zm_str_from(err->text), job->input.path);
	if (outcome == ZM_REPLACE_FAILED) {
		g->session->result[number_of(g, job)].unwritable = true;
		zm_planning_leave(g->session, job);
	} else if (outcome == ZM_REPLACE_CHANGED && is_mended_by_another(g->session, job)) {
		zm_say("%s: was mended by another run meanwhile", job->input.path);
	} else {
		zm_planning_refuse(g->session, job, why);
	}
}

static enum zm_replace_result write_one(const struct groups *g, size_t from, struct zm_error *err)
{
	const struct changed *changed = &g->item[from];
	const struct zm_source *source = changed->use->source;
	return g->session->options->in_place
		       ? zm_file_overwrite(source->name, source->stat, changed->after, err)
		       : zm_file_replace(source->name, source->stat, changed->after, err);
}

static enum zm_replace_result write_all(struct groups *g, size_t from, size_t count,
					struct zm_error *err)
{
	struct zm_arena arena = {0};
	const char **reader = zm_arena_array(&arena, g->session->count, sizeof(*reader));
	struct zm_plan_order order = {.item = g->order, .items = count, .reader = reader};
	for (size_t i = 0; i < count; i++) {
		const struct changed *changed = &g->item[from + i];
		const struct zm_source *source = changed->use->source;
		g->order[i] = (struct zm_plan_item){source->name, source->stat, source->bytes,
						    changed->after};
	}
	const struct zm_job *job = g->item[from].leader;
	for (; job != NULL; job = g->next[number_of(g, job)]) {
		reader[order.readers++] = job->input.path;
	}
	enum zm_replace_result outcome = zm_plan_replace(&order, err);
	zm_arena_release(&arena);
	return outcome;
}

static void write_group(struct groups *g, size_t from, size_t count)
{
	struct zm_error err;
	enum zm_replace_result outcome =
		count == 1 ? write_one(g, from, &err) : write_all(g, from, count, &err);
	if (outcome == ZM_REPLACED) {
		note_fixed(g, from, count);
		return;
	}
	if (outcome == ZM_REPLACE_FAILED) {
		zm_say("%s", err.text);
	}
	struct zm_job *job = g->item[from].leader;
	for (; job != NULL; job = g->next[number_of(g, job)]) {
		note_not_fixed(g, job, outcome, &err);
	}
}

/* ---- All of it ---- */

void zm_writing_run(struct zm_session *session, const struct zm_uses *uses)
{
	struct groups g;
	print_standard_input(session);
	find_groups(&g, session, uses);
	for (size_t from = 0; from < g.count; from += count_group(&g, from)) {
		write_group(&g, from, count_group(&g, from));
	}
}

/* A patch may be made of a file that nobody may write here: it is good elsewhere. */
static void warn_of_obstacle(const struct zm_session *session, const struct zm_source *source)
{
	struct zm_error err;
	enum zm_replace_result result =
		zm_file_may_replace(source->name, source->stat, session->options->in_place, &err);
	if (result != ZM_REPLACED && !session->options->quiet) {
		zm_say("fix would refuse %s", err.text);
	}
}

void zm_writing_show(struct zm_session *session, const struct zm_uses *uses)
{
	struct groups g;
	print_standard_input(session);
	find_groups(&g, session, uses);
	for (size_t i = 0; i < g.count; i++) {
		const struct zm_source *source = g.item[i].use->source;
		print_patch(source->name, source->bytes, g.item[i].after);
		warn_of_obstacle(session, source);
	}
	for (size_t from = 0; from < g.count; from += count_group(&g, from)) {
		note_fixed(&g, from, count_group(&g, from));
	}
}
