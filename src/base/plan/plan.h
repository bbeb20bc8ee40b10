/*
 * plan: several files replaced as one, all or none, also after a crash.
 *
 * The new files are written beside the old ones first. Then a plan, which says what shall come into
 * whose place, is put into each folder that has to do with it, and only then are the files
 * exchanged, one after the other; at last the plan goes. A run that is cut short in between leaves
 * the plan, and whoever comes next completes it:
 *
 *	enum zm_plan_end end = zm_plan_finish(&left, &arena, &err);      (before anything is read)
 *	...
 *	enum zm_replace_result result = zm_plan_replace(&order, &err);
 *
 * README.md beside this file has the states that a crash may leave, and what becomes of each.
 */
#ifndef ZM_BASE_PLAN_PLAN_H
#define ZM_BASE_PLAN_PLAN_H

#include "base/file.h"

#define ZM_PLAN_NAME ".zonemend-plan"

enum {
	ZM_PLAN_FILES_MAX = 100000,
	ZM_PLAN_FOLDERS_MAX = 4096,
	ZM_PLAN_BYTES_MAX = 1 << 26, /* of the plan itself */
};

/* One file: what zm_file_replace() takes, and the bytes that it has now. */
struct zm_plan_item {
	const char *path;
	const struct stat *seen;
	struct zm_str before;
	struct zm_str after;
};

struct zm_plan_order {
	const struct zm_plan_item *item; /* in the order in which they are put in place; no file
					    twice */
	size_t items;
	const char *const *reader; /* files that are read together with these: their folders get the
				      plan too, so that whoever reads them sees it */
	size_t readers;
};

/*
 * As zm_file_replace() for all of them; whatever the result, all are replaced or none is, with one
 * exception: where a file system can neither exchange files nor take back a rename, `err` says that
 * the next run completes it.
 */
enum zm_replace_result zm_plan_replace(const struct zm_plan_order *order, struct zm_error *err);

enum zm_plan_end {
	ZM_PLAN_NONE,
	ZM_PLAN_COMPLETED,
	ZM_PLAN_UNDONE,  /* nothing had come into its place yet: all is as before */
	ZM_PLAN_REFUSED, /* cannot be trusted, or not be completed: `err` says what to do */
};

struct zm_plan_left {
	const char *folder; /* where to look for a plan */
	const char *root;   /* all its files must lie below this folder; NULL: no bound */
	const char **file;  /* COMPLETED: the paths of those that have come into their place now */
	size_t files;
};

/* Completes the plan that lies in the folder. Waits while another run is at work on it. */
enum zm_plan_end zm_plan_finish(struct zm_plan_left *left, struct zm_arena *arena,
				struct zm_error *err);

enum zm_plan_sight {
	ZM_PLAN_NOT_THERE, /* or somebody is at work on it */
	ZM_PLAN_LEFT,
	ZM_PLAN_UNKNOWN, /* the system cannot tell: `err` */
};

/* Whether a plan was left in the folder; nothing is waited for or touched. */
enum zm_plan_sight zm_plan_look(const char *folder, struct zm_error *err);

#endif
