#include "cli/unfinished.h"

#include "base/plan/plan.h"
#include "cli/message.h"

#include <string.h>

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

static void look(struct zm_session *session, const char *folder, struct zm_result *whole)
{
	bool writes = !session->asks && session->task == ZM_REPORT_FIX;
	if (writes) {
		complete(session, folder, whole);
		zm_file_tidy(folder);
	} else if (zm_plan_is_left(folder)) {
		zm_say("%s: an earlier fix of several files was cut short here; run zonemend fix, "
		       "which completes it",
		       folder);
		whole->unreadable = true;
	}
}

void zm_unfinished_find(struct zm_session *session, struct zm_result *whole)
{
	struct zm_str last = {0};
	for (size_t i = 0; i < session->inputs.count; i++) {
		const struct zm_input *input = &session->inputs.item[i];
		struct zm_str folder = folder_of(input->path);
		if (input->is_stdin || input->failed || zm_str_eq(folder, last)) {
			continue;
		}
		look(session, zm_arena_copy(&session->arena, folder).data, whole);
		last = folder;
	}
}
