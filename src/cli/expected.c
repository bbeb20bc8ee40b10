#include "cli/expected.h"

#include "base/path.h"
#include "cli/message.h"
#include "dns/zones.h"
#include "lint/expect.h"

void zm_expected_keep(struct zm_session *session)
{
	bool asks = false;
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_policy *policy = session->job[i].policy;
		asks = asks || (policy != NULL && zm_policy_asks_zones(policy));
	}
	for (size_t i = 0; asks && i < session->count; i++) {
		session->job[i].load.keep = ZM_ZONES_KEEP;
	}
}

/* ---- Zones that no file holds ---- */

static bool has_zone(const struct zm_session *session, const struct zm_policy_expect *expect)
{
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_zone *zone = session->job[i].zone;
		if (zone != NULL && zm_expect_is_of(expect, zone)) {
			return true;
		}
	}
	return false;
}

/* Whether the files are all that the policy is about. */
static bool is_whole(const struct zm_session *session, const struct zm_policy_expect *expect)
{
	const struct zm_inputs *inputs = &session->inputs;
	bool whole = session->options->policy != NULL;
	for (size_t i = 0; i < inputs->folders && !whole; i++) {
		whole = zm_path_is_below(expect->place.file, inputs->folder[i]);
	}
	return whole;
}

static const char *nearest_zone(struct zm_session *session, struct zm_str zone)
{
	struct zm_arena *arena = &session->arena;
	const char **name = zm_arena_array(arena, session->count, sizeof(*name));
	size_t count = 0;
	for (size_t i = 0; i < session->count; i++) {
		if (session->job[i].zone != NULL) {
			name[count++] = zm_name_text(arena, session->job[i].zone->origin).data;
		}
	}
	return zm_str_nearest(zone, name, count);
}

static void blame(struct zm_session *session, const struct zm_policy_expect *expect)
{
	struct zm_policy_place place = expect->zone_place;
	if (!is_whole(session, expect)) {
		if (session->options->verbose) {
			zm_say("%s:%zu:%zu: not tried: no file holds the zone %.*s", place.file,
			       place.line, place.column, ZM_STR_ARG(expect->zone));
		}
		return;
	}
	const char *nearest = nearest_zone(session, expect->zone);
	zm_say("%s:%zu:%zu: expects something of the zone %.*s, which no file holds%s%s%s",
	       place.file, place.line, place.column, ZM_STR_ARG(expect->zone),
	       nearest == NULL ? "" : "; did you mean ", nearest == NULL ? "" : nearest,
	       nearest == NULL ? "" : "?");
	session->result[session->count].misused = true;
}

/* Whether an earlier file has the same policy: what it expects was looked at then. */
static bool is_repeated(const struct zm_session *session, size_t i)
{
	size_t first = 0;
	while (session->job[first].policy == NULL ||
	       session->job[first].policy->expect != session->job[i].policy->expect) {
		first++;
	}
	return first < i;
}

void zm_expected_blame(struct zm_session *session)
{
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_policy *policy = session->job[i].policy;
		if (policy == NULL || policy->expects == 0 || is_repeated(session, i)) {
			continue;
		}
		for (size_t j = 0; j < policy->expects; j++) {
			if (!has_zone(session, &policy->expect[j])) {
				blame(session, &policy->expect[j]);
			}
		}
	}
}

/* ---- Before and after ---- */

static size_t count_pairs(const struct zm_session *session)
{
	size_t count = 0;
	for (size_t i = 0; i < session->count; i++) {
		bool counts = session->job[i].zone != NULL && session->job[i].policy != NULL;
		count += counts ? session->job[i].policy->expects : 0;
	}
	return count;
}

/* The zone as the set has it now: mended where that was planned. */
static const struct zm_zone *zone_of(const struct zm_job *job)
{
	bool planned = zm_job_is_planned(job);
	return planned ? job->fixing->mend.zone : job->zone;
}

static bool is_met(const struct zm_session *session, const struct zm_job *job,
		   const struct zm_policy_expect *expect)
{
	struct zm_arena arena = {0};
	bool met = true;
	if (zm_expect_is_of(expect, job->zone)) {
		met = zm_expect_is_met(expect,
				       zm_expect_run(&arena, expect, zone_of(job), &session->set));
	}
	zm_arena_release(&arena);
	return met;
}

struct zm_expected zm_expected_look(struct zm_session *session)
{
	struct zm_expected now = {0};
	now.met = zm_arena_array(&session->arena, count_pairs(session), sizeof(*now.met));
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_job *job = &session->job[i];
		for (size_t j = 0; job->zone != NULL && j < job->policy->expects; j++) {
			now.met[now.count++] = is_met(session, job, &job->policy->expect[j]);
		}
	}
	return now;
}

const struct zm_policy_expect *zm_expected_broken(struct zm_session *session,
						  const struct zm_expected *then)
{
	struct zm_expected now = zm_expected_look(session);
	size_t pair = 0;
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_job *job = &session->job[i];
		for (size_t j = 0; job->zone != NULL && j < job->policy->expects; j++, pair++) {
			if (then->met[pair] && !now.met[pair]) {
				return &job->policy->expect[j];
			}
		}
	}
	return NULL;
}
