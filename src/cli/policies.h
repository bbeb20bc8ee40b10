/*
 * policies: which policy a file is under: --policy, else the one found from the file's folder
 * upwards, else the built-in `recommended`. Each is loaded once.
 */
#ifndef ZM_CLI_POLICIES_H
#define ZM_CLI_POLICIES_H

#include "cli/options.h"

struct zm_policies {
	struct zm_arena *arena;
	const struct zm_options *options;
	struct zm_known_policy *known;
	size_t count;
	size_t capacity;
	struct zm_known_folder *folder;
	size_t folders;
	size_t folder_capacity;
	int64_t now; /* by which allowances end */
	bool *muted; /* --select and --ignore: one a rule, true is off */
	bool said_built_in;
};

/* False: no time is told by what should, which was said. */
bool zm_policies_init(struct zm_policies *policies, struct zm_arena *arena,
		      const struct zm_options *options);

/* The policy of the file of that path. NULL: it is wrong or cannot be read, which was said once. */
const struct zm_policy *zm_policies_for(struct zm_policies *policies, const char *path);

/* The folder of a path, as text to look for a policy in. */
const char *zm_policies_folder(struct zm_arena *arena, const char *path);

/* Says each fault on a line of its own. */
void zm_policies_say(const struct zm_policy_faults *faults);

#endif
