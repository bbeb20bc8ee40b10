#include "cli/policies.h"

#include "base/path.h"

#include "cli/message.h"
#include "cli/now.h"
#include "policy/fault.h"

#include <string.h>

static const char built_in[] = "recommended";

struct zm_known_policy {
	const char *name;
	struct zm_policy *policy; /* NULL: it is wrong */
};

struct zm_known_folder {
	struct zm_str folder;
	const struct zm_policy *policy;
};

bool zm_policies_init(struct zm_policies *policies, struct zm_arena *arena,
		      const struct zm_options *options)
{
	const struct zm_rule_choice *select = &options->select;
	*policies = (struct zm_policies){.arena = arena, .options = options};
	pthread_mutex_init(&policies->lock, NULL);
	policies->muted = zm_arena_array(arena, ZM_RULE_COUNT, sizeof(*policies->muted));
	for (size_t i = 0; i < ZM_RULE_COUNT; i++) {
		bool selected = !select->given || select->rule[i];
		policies->muted[i] = !selected || options->ignore.rule[i];
	}
	return zm_now(&policies->now, options);
}

void zm_policies_say(const struct zm_policy_faults *faults)
{
	for (size_t i = 0; i < faults->count; i++) {
		zm_say("%s", faults->text[i]);
	}
	if (faults->untold > 0) {
		zm_say("%s", zm_policy_untold(faults));
	}
}

static const struct zm_policy *load(struct zm_policies *p, const char *name)
{
	for (size_t i = 0; i < p->count; i++) {
		if (strcmp(p->known[i].name, name) == 0) {
			return p->known[i].policy;
		}
	}
	struct zm_policy_faults faults;
	struct zm_policy *policy = zm_policy_load(p->arena, &zm_rule_catalogue, name, &faults);
	if (policy == NULL) {
		zm_policies_say(&faults);
	} else {
		policy->muted = p->muted;
		policy->now = p->now;
	}
	p->known = zm_arena_grow(p->arena, p->known, p->count, &p->capacity, sizeof(*p->known));
	p->known[p->count++] = (struct zm_known_policy){name, policy};
	return policy;
}

static const struct zm_policy *load_built_in(struct zm_policies *p)
{
	if (!p->said_built_in && !p->options->quiet) {
		zm_say("no zonemend.yaml found, using the built-in policy %s", built_in);
	}
	p->said_built_in = true;
	return load(p, built_in);
}

static const struct zm_policy *discover(struct zm_policies *p, const char *folder)
{
	const char *found = zm_policy_discover(p->arena, folder);
	return found == NULL ? load_built_in(p) : load(p, found);
}

static struct zm_str folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	if (slash == NULL) {
		return ZM_STR(".");
	}
	return slash == path ? ZM_STR("/") : (struct zm_str){path, (size_t)(slash - path)};
}

const char *zm_policies_folder(struct zm_arena *arena, const char *path)
{
	return zm_arena_copy(arena, folder_of(path)).data;
}

bool zm_policies_has_file(struct zm_policies *p, const char *path)
{
	struct zm_str folder = folder_of(path);
	if (p->asked.data == NULL || !zm_str_eq(p->asked, folder)) {
		p->asked = zm_arena_copy(p->arena, folder);
		p->has_file = zm_policy_discover(p->arena, p->asked.data) != NULL;
	}
	return p->has_file;
}

const struct zm_policy *zm_policies_only(struct zm_policies *p)
{
	pthread_mutex_lock(&p->lock);
	const struct zm_policy *policy =
		p->options->policy != NULL ? load(p, p->options->policy) : load_built_in(p);
	pthread_mutex_unlock(&p->lock);
	return policy;
}

const struct zm_policy *zm_policies_for(struct zm_policies *p, const char *path)
{
	if (p->options->policy != NULL) {
		return load(p, p->options->policy);
	}
	struct zm_str folder = folder_of(path);
	for (size_t i = p->folders; i > 0; i--) { /* files of one folder come together */
		if (zm_str_eq(p->folder[i - 1].folder, folder)) {
			return p->folder[i - 1].policy;
		}
	}
	folder = zm_arena_copy(p->arena, folder);
	const struct zm_policy *policy = discover(p, folder.data);
	p->folder = zm_arena_grow(p->arena, p->folder, p->folders, &p->folder_capacity,
				  sizeof(*p->folder));
	p->folder[p->folders++] = (struct zm_known_folder){folder, policy};
	return policy;
}

bool zm_policies_are_of(const struct zm_policies *policies, const struct stat *file)
{
	bool are = false;
	for (size_t i = 0; i < policies->count && !are; i++) {
		const struct zm_policy *policy = policies->known[i].policy;
		const char *last = NULL;
		are = zm_path_is_of(policies->known[i].name, file);
		for (size_t j = 0; policy != NULL && j < ZM_RULE_COUNT && !are; j++) {
			const char *from = policy->base.rule[j].place.file;
			are = from != NULL && from != last && zm_path_is_of(from, file);
			last = from;
		}
	}
	return are;
}
