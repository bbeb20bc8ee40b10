/*
 * policy_folder: a folder of policies to work in, and the way back.
 *
 *	struct zm_policy_folder folder;
 *	zm_policy_folder_enter(&folder);
 *	zm_policy_folder_put("zonemend.yaml", "version: 1\n");
 *	zm_policy_folder_leave(&folder);
 */
#ifndef ZM_TESTS_POLICY_FOLDER_H
#define ZM_TESTS_POLICY_FOLDER_H

#include "policy/policy.h"
#include "sandbox.h"

#include <limits.h>

struct zm_policy_folder {
	struct zm_sandbox box;
	char old[PATH_MAX];
	char home[PATH_MAX];
};

void zm_policy_folder_enter(struct zm_policy_folder *folder);
void zm_policy_folder_leave(struct zm_policy_folder *folder); /* also puts back HOME */
void zm_policy_folder_put(const char *path, const char *text);

/* Loads the policy of that name, and fails where the message is another one than `want`, "" for
 * none. NULL where it is wrong. */
struct zm_policy *zm_policy_folder_load(struct zm_arena *arena, const char *name, const char *want);

#endif
