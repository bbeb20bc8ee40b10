#include "cli/repeats.h"

#include <stdlib.h>

/* A finding in an included file. */
struct place {
	const struct zm_finding *finding;
	const struct zm_job *job;
	struct zm_repeat *repeat;
};

static bool is_in_part(const struct zm_job *job, const struct zm_finding *finding)
{
	return finding->source != NULL && finding->source->stat != NULL &&
	       !zm_source_same_file(finding->source, job->zone->source);
}

static int compare_numbers(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/* 0: they say the same of the same bytes, for one zone or for two. */
static int compare_findings(const struct zm_finding *a, const struct zm_finding *b)
{
	const struct stat *p = a->source->stat;
	const struct stat *q = b->source->stat;
	const uint64_t x[] = {p->st_ino,   p->st_dev,     (uint64_t)p->st_ctim.tv_nsec,
			      a->rule,     a->at.start,   a->at.end,
			      a->severity, a->fix.safety, a->fix.title.len};
	const uint64_t y[] = {q->st_ino,   q->st_dev,     (uint64_t)q->st_ctim.tv_nsec,
			      b->rule,     b->at.start,   b->at.end,
			      b->severity, b->fix.safety, b->fix.title.len};
	int order = 0;
	for (size_t i = 0; i < sizeof(x) / sizeof(x[0]) && order == 0; i++) {
		order = compare_numbers(x[i], y[i]);
	}
	return order != 0 ? order : zm_str_compare(a->fix.title, b->fix.title);
}

static int compare(const void *a, const void *b)
{
	const struct place *x = a;
	const struct place *y = b;
	int order = compare_findings(x->finding, y->finding);
	if (order != 0 || x->job == y->job) {
		return order != 0 ? order : (x->repeat > y->repeat) - (x->repeat < y->repeat);
	}
	return x->job < y->job ? -1 : 1;
}

static size_t count_in_parts(const struct zm_job *job)
{
	size_t count = 0;
	for (size_t i = 0; job->zone != NULL && i < job->findings.count; i++) {
		count += is_in_part(job, job->findings.item[i]);
	}
	return count;
}

static size_t collect(struct place *place, struct zm_repeat *repeat, const struct zm_job *job)
{
	size_t count = 0;
	for (size_t i = 0; i < job->findings.count; i++) {
		if (is_in_part(job, job->findings.item[i])) {
			place[count++] = (struct place){job->findings.item[i], job, &repeat[i]};
		}
	}
	return count;
}

/* From the first to the last of one finding. Of one zone that includes the file twice all stay. */
static void unite(struct zm_arena *arena, const struct place *place, size_t count)
{
	struct zm_name *zone = zm_arena_array(arena, count, sizeof(*zone));
	size_t zones = 0;
	for (size_t i = 1; i < count; i++) {
		if (place[i].job == place[0].job) {
			continue;
		}
		place[i].repeat->is_later = true;
		if (place[i].job != place[i - 1].job) {
			zone[zones++] = place[i].job->zone->origin;
		}
	}
	*place[0].repeat = (struct zm_repeat){false, zone, zones};
}

const struct zm_repeat **zm_repeats_find(struct zm_session *session)
{
	struct zm_arena *arena = &session->arena;
	size_t total = 0;
	for (size_t i = 0; i < session->count; i++) {
		total += count_in_parts(&session->job[i]);
	}
	if (total == 0) {
		return NULL;
	}
	const struct zm_repeat **of_job =
		zm_arena_array(arena, session->count, sizeof(struct zm_repeat *));
	struct place *place = zm_arena_array(arena, total, sizeof(*place));
	size_t count = 0;
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_job *job = &session->job[i];
		if (count_in_parts(job) > 0) {
			struct zm_repeat *repeat =
				zm_arena_array(arena, job->findings.count, sizeof(*repeat));
			count += collect(&place[count], repeat, job);
			of_job[i] = repeat;
		}
	}
	qsort(place, count, sizeof(*place), compare);
	for (size_t from = 0, to; from < count; from = to) {
		to = from + 1;
		while (to < count &&
		       compare_findings(place[from].finding, place[to].finding) == 0) {
			to++;
		}
		unite(arena, &place[from], to - from);
	}
	return of_job;
}
