/*
 * policies: which policy a file is under: --policy, else the one found from the file's folder
 * upwards, else the built-in `recommended`. Each is loaded once.
 */
#ifndef ZM_CLI_POLICIES_H
#define ZM_CLI_POLICIES_H

#include "cli/options.h"

#include <pthread.h>

struct zm_policies {
	struct zm_arena *arena;
	const struct zm_options *options;
	struct zm_known_policy *known;
	size_t count;
	size_t capacity;
	struct zm_known_folder *folder;
	size_t folders;
	size_t folder_capacity;
	struct zm_str asked; /* the folder that zm_policies_has_file() was last asked about */
	bool has_file;
	int64_t now; /* by which allowances end */
	bool *muted; /* --select and --ignore: one a rule, true is off */
	bool said_built_in;
	pthread_mutex_t lock; /* of zm_policies_only() */
};

/* False: no time is told by what should, which was said. */
bool zm_policies_init(struct zm_policies *policies, struct zm_arena *arena,
		      const struct zm_options *options);

/* The policy of the file of that path. NULL: it is wrong or cannot be read, which was said once. */
const struct zm_policy *zm_policies_for(struct zm_policies *policies, const char *path);

/* Whether a policy file holds for that path. Paths of one folder are best asked about together. */
bool zm_policies_has_file(struct zm_policies *policies, const char *path);

/* Where --policy is given, or no path has a policy file: the policy of all paths, as
 * zm_policies_for() gives it; any thread may ask. */
const struct zm_policy *zm_policies_only(struct zm_policies *policies);

/* Whether a policy was read from the file, or from one that it extends and has a rule's severity
 * from. */
bool zm_policies_are_of(const struct zm_policies *policies, const struct stat *file);

/* The folder of a path, as text to look for a policy in. */
const char *zm_policies_folder(struct zm_arena *arena, const char *path);

/* Says each fault on a line of its own. */
void zm_policies_say(const struct zm_policy_faults *faults);

#endif
