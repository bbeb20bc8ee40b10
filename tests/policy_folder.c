#include "policy_folder.h"

#include "policy_help.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void zm_policy_folder_enter(struct zm_policy_folder *folder)
{
	const char *home = getenv("HOME");
	snprintf(folder->home, sizeof(folder->home), "%s", home == NULL ? "/" : home);
	CU_ASSERT_PTR_NOT_NULL_FATAL(getcwd(folder->old, sizeof(folder->old)));
	zm_sandbox_open(&folder->box);
	CU_ASSERT_EQUAL_FATAL(chdir(folder->box.folder), 0);
}

void zm_policy_folder_leave(struct zm_policy_folder *folder)
{
	setenv("HOME", folder->home, 1);
	CU_ASSERT_EQUAL(chdir(folder->old), 0);
	zm_sandbox_close(&folder->box);
}

void zm_policy_folder_put(const char *path, const char *text)
{
	zm_sandbox_put(path, zm_str_from(text));
}

struct zm_policy *zm_policy_folder_load(struct zm_arena *arena, const char *name, const char *want)
{
	struct zm_error err = {0};
	struct zm_policy *policy = zm_test_load(arena, name, &err);
	zm_test_eq(zm_str_from(err.text), zm_str_from(want), name);
	return policy;
}
