#include "cli/aliases.h"

#include <stdlib.h>

static bool is_found(const struct zm_job *job)
{
	return job->input.folder != SIZE_MAX && job->input.configured == NULL;
}

/* Jobs of one file and one zone are equal. */
static int compare_zones(const struct zm_job *x, const struct zm_job *y)
{
	const struct stat *p = &x->file.stat;
	const struct stat *q = &y->file.stat;
	if (p->st_ino != q->st_ino) {
		return p->st_ino < q->st_ino ? -1 : 1;
	}
	if (p->st_dev != q->st_dev) {
		return p->st_dev < q->st_dev ? -1 : 1;
	}
	return zm_name_compare(x->zone->origin, y->zone->origin);
}

/* Of equal ones those that were named come first, then files before links. */
static int compare(const void *a, const void *b)
{
	const struct zm_job *x = *(const struct zm_job *const *)a;
	const struct zm_job *y = *(const struct zm_job *const *)b;
	int order = compare_zones(x, y);
	if (order == 0) {
		order = is_found(x) - is_found(y);
	}
	if (order == 0) {
		order = x->input.is_link - y->input.is_link;
	}
	return order != 0 ? order : (x < y ? -1 : x > y);
}

static bool was_read(const struct zm_job *job)
{
	return job->zone != NULL && !job->input.is_stdin;
}

/* Else no file that was found has a second name. What was named may be a link, too. */
static bool is_any_linked(const struct zm_session *session)
{
	for (size_t i = 0; i < session->count && session->inputs.folders > 0; i++) {
		const struct zm_job *job = &session->job[i];
		bool may_be = !is_found(job) || job->input.is_link || job->file.stat.st_nlink > 1;
		if (was_read(job) && may_be) {
			return true;
		}
	}
	return false;
}

const struct zm_job **zm_aliases_find(struct zm_session *session)
{
	if (!is_any_linked(session)) {
		return NULL;
	}
	struct zm_job **sorted = zm_arena_array(&session->arena, session->count, sizeof(*sorted));
	const struct zm_job **original =
		zm_arena_array(&session->arena, session->count, sizeof(*original));
	size_t count = 0;
	for (size_t i = 0; i < session->count; i++) {
		if (was_read(&session->job[i])) {
			sorted[count++] = &session->job[i];
		}
	}
	qsort(sorted, count, sizeof(*sorted), compare);
	for (size_t i = 1, first = 0; i < count; i++) {
		first = compare_zones(sorted[first], sorted[i]) == 0 ? first : i;
		if (first != i && is_found(sorted[i])) {
			original[sorted[i] - session->job] = sorted[first];
		}
	}
	return original;
}
