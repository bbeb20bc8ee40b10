/* files: which files the patterns of a policy name. */
#include "base/path.h"
#include "policy/layer.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A path as patterns see it: absolute, links of its folder followed, its own name as given. */
struct path {
	char text[PATH_MAX + NAME_MAX + 2];
};

static bool resolve(struct path *out, const char *path)
{
	char folder[PATH_MAX];
	char real[PATH_MAX];
	const char *slash = strrchr(path, '/');
	size_t len = slash == NULL ? 0 : (size_t)(slash - path);
	const char *name = slash == NULL ? path : slash + 1;
	if (len >= sizeof(folder)) {
		return false;
	}
	snprintf(folder, sizeof(folder), "%.*s", slash == NULL ? 1 : (int)(len == 0 ? 1 : len),
		 slash == NULL ? "." : path);
	/* Of a folder that is not there only a name can be told: --stdin-filename. */
	if (realpath(folder, real) == NULL) {
		real[0] = '\0';
	}
	int size = snprintf(out->text, sizeof(out->text), "%s/%s",
			    strcmp(real, "/") == 0 ? "" : real, name);
	return size > 0 && (size_t)size < sizeof(out->text);
}

/* The part below the folder of the pattern, or NULL. */
static const char *below(const struct path *path, const char *folder)
{
	size_t len = strcmp(folder, "/") == 0 ? 0 : strlen(folder);
	bool is_below = strncmp(path->text, folder, len) == 0 && path->text[len] == '/';
	return folder[0] != '\0' && is_below ? path->text + len + 1 : NULL;
}

static const struct zm_policy_glob *find(const struct zm_policy_globs *globs,
					 const struct path *path)
{
	for (size_t i = 0; i < globs->count; i++) {
		const char *rest = below(path, globs->item[i].folder);
		if (rest != NULL && zm_path_matches(zm_str_from(rest), globs->item[i].text)) {
			return &globs->item[i];
		}
	}
	return NULL;
}

static const struct zm_policy_glob *find_by_path(const struct zm_policy_globs *globs,
						 const char *path)
{
	struct path resolved;
	return globs->count > 0 && resolve(&resolved, path) ? find(globs, &resolved) : NULL;
}

const struct zm_policy_glob *zm_policy_excludes(const struct zm_policy *policy, const char *path)
{
	return find_by_path(&policy->exclude, path);
}

const struct zm_policy_glob *zm_policy_generates(const struct zm_policy *policy, const char *path)
{
	return find_by_path(&policy->generated, path);
}

const struct zm_policy *zm_policy_for_file(struct zm_arena *arena, const struct zm_policy *policy,
					   const char *path)
{
	size_t count;
	const struct zm_policy_entry *entry = zm_policy_zones_entry(policy->zones, &count);
	struct path resolved;
	bool known = false; /* of most policies none need be */
	bool *under = NULL;
	for (size_t i = 0; i < count; i++) {
		if (entry[i].file.count == 0) {
			continue;
		}
		known = known || resolve(&resolved, path);
		if (!known || find(&entry[i].file, &resolved) == NULL) {
			continue;
		}
		under = under == NULL ? zm_arena_array(arena, count, sizeof(*under)) : under;
		under[i] = true;
	}
	if (under == NULL) {
		return policy;
	}
	struct zm_policy *mine = zm_arena_alloc(arena, sizeof(*mine));
	*mine = *policy;
	mine->under = under;
	return mine;
}

bool zm_policy_origin(const struct zm_policy *policy, struct zm_name_buf *origin)
{
	size_t count;
	const struct zm_policy_entry *entry = zm_policy_zones_entry(policy->zones, &count);
	const char *why;
	for (size_t i = count; policy->under != NULL && i > 0; i--) {
		if (policy->under[i - 1] && entry[i - 1].origin.text.data != NULL) {
			return zm_name_from_domain(origin, entry[i - 1].origin.text, &why);
		}
	}
	return false;
}
