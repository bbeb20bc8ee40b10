#include "cli/twins.h"

#include <stdlib.h>

/* By file; of one file in the order of the jobs. */
static int compare(const void *a, const void *b)
{
	const struct zm_job *x = *(const struct zm_job *const *)a;
	const struct zm_job *y = *(const struct zm_job *const *)b;
	const struct stat *p = &x->file.stat;
	const struct stat *q = &y->file.stat;
	if (p->st_ino != q->st_ino) {
		return p->st_ino < q->st_ino ? -1 : 1;
	}
	if (p->st_dev != q->st_dev) {
		return p->st_dev < q->st_dev ? -1 : 1;
	}
	if (p->st_ctim.tv_sec != q->st_ctim.tv_sec) {
		return p->st_ctim.tv_sec < q->st_ctim.tv_sec ? -1 : 1;
	}
	if (p->st_ctim.tv_nsec != q->st_ctim.tv_nsec) {
		return p->st_ctim.tv_nsec < q->st_ctim.tv_nsec ? -1 : 1;
	}
	return x < y ? -1 : x > y;
}

static bool is_file(const struct zm_job *job)
{
	return job->zone != NULL && !job->input.is_stdin;
}

void zm_twins_find(struct zm_session *session)
{
	struct zm_job **sorted = zm_arena_array(&session->arena, session->count, sizeof(*sorted));
	size_t count = 0;
	for (size_t i = 0; i < session->count; i++) {
		session->job[i].twin = &session->job[i];
		if (is_file(&session->job[i])) {
			sorted[count++] = &session->job[i];
		}
	}
	if (count > 1) {
		qsort(sorted, count, sizeof(*sorted), compare);
	}
	for (size_t i = 1; i < count; i++) {
		if (zm_file_is_same(&sorted[i]->file.stat, &sorted[i - 1]->file.stat)) {
			sorted[i]->twin = sorted[i - 1]->twin;
			sorted[i - 1]->next_twin = sorted[i];
		}
	}
}

static bool asks_for_the_same(const struct zm_job *a, const struct zm_job *b)
{
	return a->mend.outcome == b->mend.outcome &&
	       (a->mend.outcome != ZM_MEND_PLANNED || zm_str_eq(a->mend.bytes, b->mend.bytes));
}

bool zm_twins_differ(const struct zm_job *job)
{
	for (const struct zm_job *other = job->twin; other != NULL; other = other->next_twin) {
		if (!asks_for_the_same(job->twin, other)) {
			return true;
		}
	}
	return false;
}
