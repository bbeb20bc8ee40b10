#include "cli/unfinished.h"

#include "base/path.h"
#include "base/plan/plan.h"
#include "cli/message.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct zm_str folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	if (slash == NULL) {
		return ZM_STR(".");
	}
	return (struct zm_str){path, slash == path ? 1 : (size_t)(slash - path)};
}

static void say_completed(const struct zm_plan_left *left)
{
	zm_say("%s: completed an earlier fix of several files, which was cut short", left->folder);
	for (size_t i = 0; i < left->files; i++) {
		zm_say("%s: is in its place now", left->file[i]);
	}
}

static void complete(struct zm_session *session, const char *folder, struct zm_result *whole)
{
	struct zm_plan_left left = {.folder = folder, .root = session->options->root};
	struct zm_error err;
	switch (zm_plan_finish(&left, &session->arena, &err)) {
	case ZM_PLAN_COMPLETED:
		say_completed(&left);
		break;
	case ZM_PLAN_UNDONE:
		zm_say("%s: an earlier fix of several files was cut short before it changed any, "
		       "and cleared away",
		       folder);
		break;
	case ZM_PLAN_REFUSED:
		zm_say("%s", err.text);
		whole->refused = true;
		break;
	default:
		break;
	}
}

/* True when there is something, or that cannot be told. */
static bool tell(const char *folder)
{
	struct zm_error err;
	enum zm_plan_sight sight = zm_plan_look(folder, &err);
	if (sight == ZM_PLAN_LEFT) {
		zm_say("%s: an earlier fix of several files was cut short here; run zonemend fix, "
		       "which completes it or says what to do",
		       folder);
	} else if (sight == ZM_PLAN_UNKNOWN) {
		zm_say("%s", err.text);
	}
	return sight != ZM_PLAN_NOT_THERE;
}

static void look(struct zm_session *session, const char *folder, struct zm_result *whole)
{
	bool writes = !session->asks && session->task == ZM_REPORT_FIX;
	if (writes) {
		complete(session, folder, whole);
		zm_file_tidy(folder);
	} else {
		whole->unreadable |= tell(folder);
	}
}

/* ---- Folders ---- */

/* Folders of the inputs, as many come from one: the last one that was looked into. */
struct looking {
	struct zm_session *session;
	struct zm_result *whole;
	struct zm_str given; /* of paths as they were given */
	struct zm_str real;  /* of those behind links */
};

static void look_once(struct looking *l, struct zm_str *last, struct zm_str folder)
{
	if (!zm_str_eq(folder, *last)) {
		*last = zm_arena_copy(&l->session->arena, folder);
		look(l->session, last->data, l->whole);
	}
}

static bool is_link(const struct zm_input *input)
{
	struct stat stat;
	bool is_known = input->folder != SIZE_MAX;
	return is_known ? input->is_link : lstat(input->path, &stat) == 0 && S_ISLNK(stat.st_mode);
}

/* Of the file behind the links, in `target` of PATH_MAX bytes; NULL: reading it will tell. */
static const char *folder_behind(const char *path, char *target)
{
	if (realpath(path, target) == NULL) {
		return NULL;
	}
	target[folder_of(target).len] = '\0';
	return target;
}

/* A fix by another path may have put its plan beside the file that the link leads to. */
static void look_behind(struct looking *l, const struct zm_input *input)
{
	char target[PATH_MAX];
	const char *folder = folder_behind(input->path, target);
	if (folder != NULL && !zm_path_is_same(folder, l->given.data)) {
		look_once(l, &l->real, zm_str_from(folder));
	}
}

bool zm_unfinished_is_near(const char *path)
{
	char target[PATH_MAX];
	const char *folder = folder_behind(path, target);
	return folder != NULL && tell(folder);
}

void zm_unfinished_find(struct zm_session *session, struct zm_result *whole)
{
	struct looking l = {.session = session, .whole = whole};
	for (size_t i = 0; i < session->inputs.count; i++) {
		const struct zm_input *input = &session->inputs.item[i];
		const char *stands_for = session->options->stdin_filename;
		if (input->is_stdin && stands_for != NULL) {
			whole->unreadable |= zm_unfinished_is_near(stands_for);
		}
		if (input->is_stdin || input->failed) {
			continue;
		}
		look_once(&l, &l.given, folder_of(input->path));
		if (is_link(input)) {
			look_behind(&l, input);
		}
	}
}
