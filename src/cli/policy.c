#include "policy/schema.h"
#include "policy/show.h"

#include "cli/command.h"
#include "cli/init.h"
#include "cli/message.h"
#include "cli/policies.h"
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
	struct zm_policy_faults faults;
	const char *name = name_of_policy(arena, options);
	const struct zm_policy *policy = zm_policy_load(arena, &zm_rule_catalogue, name, &faults);
	if (policy == NULL) {
		zm_policies_say(&faults);
		return ZM_STATUS_USAGE;
	}
	if (only_check) {
		printf("%s: valid\n", name);
		return ZM_STATUS_CLEAN;
	}
	return show(policy, options);
}

static int check_command(const struct zm_options *options)
{
	struct zm_arena arena = {0};
	int status = run(&arena, options, true);
	zm_arena_release(&arena);
	return status;
}

static int show_command(const struct zm_options *options)
{
	struct zm_arena arena = {0};
	int status = run(&arena, options, false);
	zm_arena_release(&arena);
	return status;
}

static int schema_command(const struct zm_options *options)
{
	(void)options;
	struct zm_buf text = {0};
	zm_policy_schema(&text, &zm_rule_catalogue);
	fwrite(text.data, 1, text.len, stdout);
	zm_buf_release(&text);
	return ZM_STATUS_CLEAN;
}

/* ---- The command ---- */

struct verb {
	const char *name;
	size_t operands; /* at most, itself not counted */
	int (*run)(const struct zm_options *options);
};

static const struct verb verbs[] = {
	{"check", 1, check_command},
	{"show", 1, show_command},
	{"schema", 0, schema_command},
	{"init", SIZE_MAX, zm_init_command},
};

enum { VERBS = sizeof(verbs) / sizeof(verbs[0]) };

static int refuse_verb(const char *word)
{
	const char *known[VERBS];
	for (size_t i = 0; i < VERBS; i++) {
		known[i] = verbs[i].name;
	}
	const char *nearest =
		word[0] == '\0' ? NULL : zm_str_nearest(zm_str_from(word), known, VERBS);
	zm_say("policy needs one of check, show, schema, init%s%s%s",
	       nearest == NULL ? "" : "; did you mean ", nearest == NULL ? "" : nearest,
	       nearest == NULL ? "" : "?");
	return ZM_STATUS_USAGE;
}

int zm_policy_command(const struct zm_options *options)
{
	const char *word = options->operands == 0 ? "" : options->operand[0];
	for (size_t i = 0; i < VERBS; i++) {
		if (strcmp(word, verbs[i].name) != 0) {
			continue;
		}
		if (options->operands - 1 > verbs[i].operands) {
			zm_say("policy %s takes %s", word,
			       verbs[i].operands == 0 ? "nothing more" : "one policy at most");
			return ZM_STATUS_USAGE;
		}
		return verbs[i].run(options);
	}
	return refuse_verb(word);
}
