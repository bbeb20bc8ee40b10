#include "cli/uses.h"

#include <stdlib.h>
#include <string.h>

/* By the moment too: the number of a file that is gone may be given to a new one meanwhile. */
static int compare_files(const struct zm_source *a, const struct zm_source *b)
{
	const struct stat *p = a->stat;
	const struct stat *q = b->stat;
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
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct zm_use *x = a;
	const struct zm_use *y = b;
	int order = compare_files(x->source, y->source);
	if (order != 0 || x->job == y->job) {
		return order;
	}
	return x->job < y->job ? -1 : 1;
}

static void collect_of(struct zm_uses *uses, struct zm_session *session, struct zm_job *job)
{
	for (size_t i = 0; i < job->zone->source_count; i++) {
		const struct zm_source *source = job->zone->sources[i];
		if (source->stat != NULL) {
			uses->item = zm_arena_grow(&session->arena, uses->item, uses->count,
						   &uses->capacity, sizeof(*uses->item));
			uses->item[uses->count++] = (struct zm_use){job, source};
		}
	}
}

struct file {
	const struct zm_use *first;
	size_t from;
};

/* Never by where a file lies on the disk: what is said and done shall not depend on that. */
static int compare_first(const void *a, const void *b)
{
	const struct zm_use *x = ((const struct file *)a)->first;
	const struct zm_use *y = ((const struct file *)b)->first;
	if (x->job != y->job) {
		return x->job < y->job ? -1 : 1;
	}
	return strcmp(x->source->name, y->source->name);
}

static void list_files(struct zm_uses *uses, struct zm_arena *arena)
{
	struct file *file = zm_arena_array(arena, uses->count, sizeof(*file));
	uses->file = zm_arena_array(arena, uses->count, sizeof(*uses->file));
	for (size_t from = 0; from < uses->count; from = zm_uses_end(uses, from)) {
		file[uses->files++] = (struct file){&uses->item[from], from};
	}
	if (uses->files > 1) {
		qsort(file, uses->files, sizeof(*file), compare_first);
	}
	for (size_t i = 0; i < uses->files; i++) {
		uses->file[i] = file[i].from;
	}
}

void zm_uses_collect(struct zm_uses *uses, struct zm_session *session)
{
	*uses = (struct zm_uses){0};
	for (size_t i = 0; i < session->count; i++) {
		if (session->job[i].zone != NULL) {
			collect_of(uses, session, &session->job[i]);
		}
	}
	if (uses->count > 1) {
		qsort(uses->item, uses->count, sizeof(*uses->item), compare);
	}
	list_files(uses, &session->arena);
}

size_t zm_uses_end(const struct zm_uses *uses, size_t from)
{
	size_t end = from;
	while (end < uses->count &&
	       compare_files(uses->item[end].source, uses->item[from].source) == 0) {
		end++;
	}
	return end;
}

size_t zm_uses_find(const struct zm_uses *uses, const struct zm_source *source)
{
	size_t low = 0;
	for (size_t high = source->stat == NULL ? 0 : uses->count; low < high;) {
		size_t middle = low + (high - low) / 2;
		if (compare_files(uses->item[middle].source, source) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	bool found = source->stat != NULL && low < uses->count &&
		     compare_files(uses->item[low].source, source) == 0;
	return found ? low : uses->count;
}

bool zm_use_is_own(const struct zm_use *use)
{
	return use->source == use->job->zone->source;
}
