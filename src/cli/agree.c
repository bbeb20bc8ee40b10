#include "cli/agree.h"

#include "cli/planning.h"
#include "cli/shared.h"

struct agreement {
	struct zm_session *session;
	const struct zm_uses *uses;
	bool changed; /* a plan was made anew, so that all are to be looked at again */
};

static struct zm_str other_text(void)
{
	return ZM_STR("asks for another text in it: mend it by hand, or let one policy be for "
		      "both");
}

/* ---- What is asked ---- */

/* The file's new bytes that the zone asks for by itself, or NULL. */
static const struct zm_rewrite *asked_by(const struct zm_job *job, const struct zm_source *source)
{
	bool asks = zm_job_is_planned(job) && !job->fixing->follows;
	return asks ? zm_rewrites_find(&job->fixing->mend.files, source) : NULL;
}

/* By the first zone that asks for any. */
static const struct zm_rewrite *asked_of(const struct agreement *a, size_t from)
{
	const struct zm_rewrite *asked = NULL;
	size_t end = zm_uses_end(a->uses, from);
	for (size_t i = from; i < end && asked == NULL; i++) {
		asked = asked_by(a->uses->item[i].job, a->uses->item[i].source);
	}
	return asked;
}

/* All that is asked for the files of a zone that asks for nothing itself. */
static struct zm_rewrites all_asked(struct agreement *a, struct zm_job *job)
{
	struct zm_rewrites files = {0};
	for (size_t i = 0; i < job->zone->source_count; i++) {
		const struct zm_source *source = job->zone->sources[i];
		size_t from = zm_uses_find(a->uses, source);
		const struct zm_rewrite *asked = from < a->uses->count ? asked_of(a, from) : NULL;
		if (asked != NULL && zm_rewrites_find(&files, source) == NULL) {
			zm_rewrites_add(&files, &job->arena,
					(struct zm_rewrite){source, asked->bytes});
		}
	}
	return files;
}

/* ---- What stands in the way ---- */

/* Why the zone is in the way of its file's new bytes, a phrase; empty: it is not. */
static struct zm_str objection(struct agreement *a, const struct zm_use *use,
			       const struct zm_rewrite *asked)
{
	struct zm_job *job = use->job;
	if (job->fixing->mend.outcome == ZM_MEND_NOTHING) {
		const struct zm_rewrites files = all_asked(a, job);
		zm_planning_follow(a->session, job, &files);
	}
	if (job->fixing->mend.outcome == ZM_MEND_REFUSED) {
		return zm_arena_printf(&a->session->arena, "cannot be fixed: %s", job->refused);
	}
	const struct zm_rewrite *own =
		zm_job_is_planned(job) ? zm_rewrites_find(&job->fixing->mend.files, use->source)
				       : NULL;
	if (own == NULL) {
		return ZM_STR("does not ask for this change: mend it by hand, or let one policy be "
			      "for both");
	}
	if (!zm_str_eq(own->bytes, asked->bytes)) {
		return other_text();
	}
	return ZM_STR("");
}

/* Zones of one file are named by that file, which says nothing: then by what to do. */
static struct zm_str name_objection(struct agreement *a, const struct zm_use *use,
				    struct zm_str why)
{
	struct zm_arena *arena = &a->session->arena;
	struct zm_str zone = zm_name_text(arena, use->job->zone->origin);
	return zm_arena_printf(arena, "it is also part of %.*s (%s), which %.*s", ZM_STR_ARG(zone),
			       use->job->input.path, ZM_STR_ARG(why));
}

/* The same of zones that all have the file for their own. */
static struct zm_str name_zone(struct agreement *a, const struct zm_use *use, struct zm_str why)
{
	struct zm_str zone = zm_name_text(&a->session->arena, use->job->zone->origin);
	if (zm_str_eq(why, other_text())) {
		return ZM_STR("the same file is another zone too, which asks for other bytes: "
			      "mend it by hand");
	}
	return zm_arena_printf(&a->session->arena, "the same file is also %.*s, which %.*s",
			       ZM_STR_ARG(zone), ZM_STR_ARG(why));
}

/* ---- Barring ---- */

static void add_bar(struct zm_job *job, const struct zm_source *source, struct zm_str why)
{
	bool is_own = source == job->zone->source;
	struct zm_str text =
		is_own ? why
		       : zm_arena_printf(&job->arena, "the change belongs into %s, but %.*s",
					 source->name, ZM_STR_ARG(why));
	struct zm_fixing *fixing = job->fixing;
	fixing->bar = zm_arena_grow(&job->arena, fixing->bar, fixing->bars, &fixing->bar_capacity,
				    sizeof(*fixing->bar));
	fixing->bar[fixing->bars++] = (struct zm_mend_bar){source, text};
}

/* Why the file whose uses begin at `from` may not be changed. */
struct barring {
	size_t from;
	struct zm_str why;
	const struct zm_job *objector; /* or NULL */
	struct zm_str why_objector;    /* the same, as told to that one */
};

static void bar(struct agreement *a, const struct barring *barring)
{
	size_t end = zm_uses_end(a->uses, barring->from);
	for (size_t i = barring->from; i < end; i++) {
		const struct zm_use *use = &a->uses->item[i];
		bool objects = use->job == barring->objector;
		add_bar(use->job, use->source, objects ? barring->why_objector : barring->why);
	}
	for (size_t i = barring->from; i < end; i++) {
		const struct zm_use *use = &a->uses->item[i];
		if (asked_by(use->job, use->source) != NULL) {
			zm_planning_run(a->session, use->job);
		}
	}
	a->changed = true;
}

static const struct zm_use *find_use(const struct agreement *a, size_t from,
				     const struct zm_rewrite *asked)
{
	while (a->uses->item[from].source != asked->source) {
		from++;
	}
	return &a->uses->item[from];
}

/* True when some zone is in the way of the new bytes. */
static bool find_objection(struct agreement *a, struct barring *barring,
			   const struct zm_rewrite *asked, bool all_own)
{
	size_t end = zm_uses_end(a->uses, barring->from);
	for (size_t i = barring->from; i < end; i++) {
		const struct zm_use *use = &a->uses->item[i];
		struct zm_str why = objection(a, use, asked);
		if (why.len > 0) {
			const struct zm_use *asker = find_use(a, barring->from, asked);
			struct zm_str (*name)(struct agreement *, const struct zm_use *,
					      struct zm_str) = all_own ? name_zone : name_objection;
			barring->objector = use->job;
			barring->why = name(a, use, why);
			barring->why_objector = name(a, asker, other_text());
			return true;
		}
	}
	return false;
}

static const struct zm_use *find_included(const struct agreement *a, size_t from)
{
	size_t end = zm_uses_end(a->uses, from);
	for (size_t i = from; i < end; i++) {
		if (!zm_use_is_own(&a->uses->item[i])) {
			return &a->uses->item[i];
		}
	}
	return NULL;
}

static void agree_on(struct agreement *a, size_t from)
{
	size_t end = zm_uses_end(a->uses, from);
	const struct zm_rewrite *asked = asked_of(a, from);
	const struct zm_use *included = find_included(a, from);
	if (asked == NULL || (included == NULL && end - from == 1)) {
		return;
	}
	struct barring barring = {.from = from, .why = ZM_STR("")};
	if (included != NULL) {
		barring.why = zm_shared_obstacle(a->session, included->job, included->source,
						 &a->session->arena);
	}
	if (barring.why.len > 0 || find_objection(a, &barring, asked, included == NULL)) {
		bar(a, &barring);
	}
}

/* Whoever only followed goes back to having nothing to ask for. */
static void release_followers(struct agreement *a)
{
	for (size_t i = 0; i < a->session->count; i++) {
		struct zm_job *job = &a->session->job[i];
		if (job->fixing != NULL && job->fixing->follows) {
			job->fixing->follows = false;
			zm_planning_run(a->session, job);
		}
	}
}

void zm_agree(struct zm_session *session, const struct zm_uses *uses)
{
	struct agreement a = {.session = session, .uses = uses};
	do {
		a.changed = false;
		release_followers(&a);
		for (size_t i = 0; i < uses->files; i++) {
			agree_on(&a, uses->file[i]);
		}
	} while (a.changed);
}
