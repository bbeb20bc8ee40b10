#include "policy/show.h"

#include "cli/command.h"
#include "cli/message.h"
#include "cli/status.h"

#include <stdio.h>
#include <string.h>

static const char *name_of_policy(struct zm_arena *arena, const struct zm_options *options)
{
	if (options->operands > 1) {
		return options->operand[1];
	}
	const char *found = zm_policy_discover(arena, ".");
	return found == NULL ? "recommended" : found;
}

static bool parse_name(struct zm_name_buf *name, const char *text, const char *option)
{
	const char *why;
	if (zm_name_from_domain(name, zm_str_from(text), &why)) {
		return true;
	}
	zm_say("--%s %s: %s", option, text, why);
	return false;
}

/* What applies to --owner of --zone; to all zones where neither is given. */
static const struct zm_policy_view *choose_view(const struct zm_policy *policy,
						const struct zm_options *options)
{
	const char *zone_text = options->zone != NULL ? options->zone : options->owner;
	const char *owner_text = options->owner != NULL ? options->owner : options->zone;
	struct zm_name_buf zone;
	struct zm_name_buf owner;
	if (zone_text == NULL) {
		return &policy->base;
	}
	if (!parse_name(&zone, zone_text, "zone") || !parse_name(&owner, owner_text, "owner")) {
		return NULL;
	}
	if (!zm_name_is_below(zm_name_of(&owner), zm_name_of(&zone))) {
		zm_say("--owner %s: is not in the zone %s", owner_text, zone_text);
		return NULL;
	}
	return zm_policy_view(policy, zm_name_of(&zone), zm_name_of(&owner));
}

static int show(const struct zm_policy *policy, const struct zm_options *options)
{
	const struct zm_policy_view *view = choose_view(policy, options);
	if (view == NULL) {
		return ZM_STATUS_USAGE;
	}
	struct zm_buf text = {0};
	zm_policy_show(&text, policy, view);
	fwrite(text.data, 1, text.len, stdout);
	zm_buf_release(&text);
	return ZM_STATUS_CLEAN;
}

static int run(struct zm_arena *arena, const struct zm_options *options, bool only_check)
{
	struct zm_error err;
	const char *name = name_of_policy(arena, options);
	const struct zm_policy *policy = zm_policy_load(arena, &zm_rule_catalogue, name, &err);
	if (policy == NULL) {
		zm_say("%s", err.text);
		return ZM_STATUS_USAGE;
	}
	if (only_check) {
		printf("%s: valid\n", name);
		return ZM_STATUS_CLEAN;
	}
	return show(policy, options);
}

int zm_policy_command(const struct zm_options *options)
{
	static const char *const verbs[] = {"check", "show"};
	const char *verb = options->operands == 0 ? "" : options->operand[0];
	bool only_check = strcmp(verb, "check") == 0;
	if (options->operands > 2 || (!only_check && strcmp(verb, "show") != 0)) {
		const char *nearest = zm_str_nearest(zm_str_from(verb), verbs, 2);
		bool mistyped = nearest != NULL && verb[0] != '\0' && options->operands <= 2;
		zm_say("policy needs check or show, and one policy at most%s%s%s",
		       mistyped ? "; did you mean " : "", mistyped ? nearest : "",
		       mistyped ? "?" : "");
		return ZM_STATUS_USAGE;
	}
	struct zm_arena arena = {0};
	int status = run(&arena, options, only_check);
	zm_arena_release(&arena);
	return status;
}
