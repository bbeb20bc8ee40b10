#include "cli/settle.h"

#include "cli/aliases.h"
#include "cli/message.h"

#include <stdlib.h>

/* ---- Parts of zones ---- */

/* A file that some zone includes. */
struct part {
	dev_t device;
	ino_t inode;
	const struct zm_job *zone;
};

struct parts {
	struct part *item; /* by device and inode; of one file in the order of the jobs */
	size_t count;
	size_t capacity;
};

static int compare(const void *a, const void *b)
{
	const struct part *x = a;
	const struct part *y = b;
	if (x->inode != y->inode) {
		return x->inode < y->inode ? -1 : 1;
	}
	if (x->device != y->device) {
		return x->device < y->device ? -1 : 1;
	}
	return x->zone < y->zone ? -1 : x->zone > y->zone;
}

static void collect_of(struct parts *parts, struct zm_arena *arena, const struct zm_job *job)
{
	for (size_t i = 1; i < job->zone->source_count; i++) {
		const struct stat *seen = job->zone->sources[i]->stat;
		if (seen != NULL) {
			parts->item = zm_arena_grow(arena, parts->item, parts->count,
						    &parts->capacity, sizeof(*parts->item));
			parts->item[parts->count++] =
				(struct part){seen->st_dev, seen->st_ino, job};
		}
	}
}

static void collect(struct parts *parts, struct zm_arena *arena, const struct zm_session *session)
{
	for (size_t i = 0; i < session->count; i++) {
		if (session->job[i].zone != NULL) {
			collect_of(parts, arena, &session->job[i]);
		}
	}
	if (parts->count > 1) {
		qsort(parts->item, parts->count, sizeof(*parts->item), compare);
	}
}

static bool is_file_of(const struct part *part, const struct zm_job *job)
{
	return part->inode == job->file.stat.st_ino && part->device == job->file.stat.st_dev;
}

/* The number of the first part that is the job's own file; parts->count: none. */
static size_t find(const struct parts *parts, const struct zm_job *job)
{
	size_t low = 0;
	struct part wanted = {job->file.stat.st_dev, job->file.stat.st_ino, NULL};
	bool was_read = S_ISREG(job->file.stat.st_mode) && !job->input.is_stdin;
	for (size_t high = was_read ? parts->count : 0; low < high;) {
		size_t middle = low + (high - low) / 2;
		if (compare(&parts->item[middle], &wanted) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	bool found = was_read && low < parts->count && is_file_of(&parts->item[low], job);
	return found ? low : parts->count;
}

/* A zone may include another one whole, as that of a view does. A part of zones has no name of its
 * own: what its file's name seems to say is none. */
static bool is_zone_beside(const struct zm_job *job, const struct zm_job *includer)
{
	const struct zm_zone *zone = job->zone;
	if (job->input.configured != NULL) {
		return true;
	}
	if (zone == NULL || zone->soa == NULL || zone->soa->source != zone->source ||
	    !zone->has_servers) {
		return false;
	}
	return zone->origin_from != ZM_ORIGIN_FILE_NAME ||
	       zm_name_eq(zone->origin, includer->zone->origin);
}

/* The zone that the job's file is a part of, or NULL. Of two that include each other neither is. */
static const struct zm_job *whole_of(const struct parts *parts, const struct zm_job *job)
{
	for (size_t i = find(parts, job); i < parts->count; i++) {
		const struct part *part = &parts->item[i];
		if (!is_file_of(part, job)) {
			break;
		}
		bool is_whole = find(parts, part->zone) == parts->count;
		if (is_whole && !is_zone_beside(job, part->zone)) {
			return part->zone;
		}
	}
	return NULL;
}

static void take_away(struct zm_session *session, size_t i, struct zm_str note)
{
	struct zm_job *job = &session->job[i];
	struct zm_arena old = job->arena;
	job->arena = (struct zm_arena){0};
	job->zone = NULL;
	job->findings = (struct zm_findings){0};
	job->note = zm_arena_copy(&job->arena, note).data;
	session->result[i] = (struct zm_result){0};
	zm_arena_release(&old);
}

/* All are found before the first is taken away: they are known by the zones that include them. */
static void take_parts_away(struct zm_session *session)
{
	struct parts parts = {0};
	collect(&parts, &session->arena, session);
	if (parts.count == 0) {
		return;
	}
	const struct zm_job **whole =
		zm_arena_array(&session->arena, session->count, sizeof(*whole));
	for (size_t i = 0; i < session->count; i++) {
		whole[i] = whole_of(&parts, &session->job[i]);
	}
	for (size_t i = 0; i < session->count; i++) {
		if (whole[i] != NULL) {
			struct zm_arena *arena = &session->job[i].arena;
			session->job[i].is_of_another = true;
			take_away(session, i,
				  zm_arena_printf(arena, "a part of %s, which includes it",
						  whole[i]->input.path));
		}
	}
}

static void take_aliases_away(struct zm_session *session)
{
	const struct zm_job **original = zm_aliases_find(session);
	for (size_t i = 0; original != NULL && i < session->count; i++) {
		if (original[i] != NULL) {
			struct zm_arena *arena = &session->job[i].arena;
			session->job[i].is_of_another = true;
			take_away(session, i,
				  zm_arena_printf(arena, "the same file as %s, and the same zone",
						  original[i]->input.path));
		}
	}
}

/* ---- All together ---- */

static void say_note(const struct zm_session *session, size_t i)
{
	const struct zm_job *job = &session->job[i];
	const struct zm_result *result = &session->result[i];
	bool is_named = job->input.folder == SIZE_MAX && !job->input.is_listed;
	if (result->unreadable && job->input.is_listed) {
		const struct zm_conf_place *at = &job->input.configured->zone->at;
		zm_say("%s:%zu:%zu: %s", at->file, at->line, at->column, job->note);
	} else if (result->unreadable || result->misused) {
		zm_say("%s", job->note);
	} else if ((is_named || session->options->verbose) && !session->options->quiet) {
		zm_say("%s: skipped: %s", job->input.path, job->note);
	}
}

void zm_settle(struct zm_session *session)
{
	take_aliases_away(session);
	take_parts_away(session);
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_job *job = &session->job[i];
		if (job->zone != NULL && !job->is_linted) {
			zm_set_add(&session->set, job->zone);
		} else if (job->zone == NULL && job->note != NULL) {
			say_note(session, i);
		}
	}
}
