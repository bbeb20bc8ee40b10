/* policy-expect: what the policy expects of senders, and what the zones give them. */
#include "dns/zones.h"
#include "lint/expect.h"
#include "lint/rules/look.h"

bool zm_expect_is_of(const struct zm_policy_expect *expect, const struct zm_zone *zone)
{
	struct zm_name_buf name;
	const char *why;
	return zm_name_from_domain(&name, expect->zone, &why) &&
	       zm_name_eq(zm_name_of(&name), zone->origin);
}

const struct zm_spf_outcome *zm_expect_run(struct zm_arena *arena,
					   const struct zm_policy_expect *expect,
					   const struct zm_zone *zone, const struct zm_set *set)
{
	const struct zm_spf_client client = {
		.ip = expect->ip, .sender = expect->sender, .helo = expect->helo};
	struct zm_zones zones;
	zm_zones_init(&zones, set, arena, zone);
	struct zm_resolver resolver = zm_zones_resolver(&zones);
	return zm_spf_check_host(arena, &client, &resolver);
}

bool zm_expect_is_met(const struct zm_policy_expect *expect, const struct zm_spf_outcome *outcome)
{
	return zm_str_eq(expect->result, zm_str_from(zm_spf_result_name(outcome->result)));
}

/* ---- The finding ---- */

/* `softfail by ~all of _spf.example.com`, `permerror: ...`. */
static struct zm_str say_outcome(struct zm_arena *arena, const struct zm_spf_outcome *outcome)
{
	const char *name = zm_spf_result_name(outcome->result);
	const struct zm_spf_visit *visit = outcome->visit;
	if (outcome->term == NULL || visit == NULL) {
		return outcome->why.len == 0 ? zm_str_from(name)
					     : zm_arena_printf(arena, "%s (%.*s)", name,
							       ZM_STR_ARG(outcome->why));
	}
	struct zm_str term = zm_look_short(arena, outcome->term->text);
	bool is_nested = visit->parent != NULL;
	struct zm_str domain = is_nested ? visit->domain : ZM_STR("");
	return zm_arena_printf(arena, "%s by %.*s%s%.*s", name, ZM_STR_ARG(term),
			       is_nested ? " of " : "", ZM_STR_ARG(domain));
}

static struct zm_str say_sender(struct zm_arena *arena, const struct zm_policy_expect *expect)
{
	struct zm_str who = expect->sender.data != NULL ? expect->sender : expect->helo;
	return zm_arena_printf(arena, "%.*s from %.*s", ZM_STR_ARG(who),
			       ZM_STR_ARG(expect->ip_text));
}

/* Where to point at: the record of the sender's domain, else the zone's SOA. */
static const struct zm_record *record_of(struct zm_lint *lint, const struct zm_spf_outcome *outcome)
{
	const struct zm_spf_visit *visit = outcome->visit;
	const struct zm_record *record;
	while (visit != NULL && visit->parent != NULL) {
		visit = visit->parent;
	}
	bool found = visit != NULL && zm_set_spf(lint->set, lint->arena, lint->zone, visit->name,
						 &record) == ZM_SET_ONE;
	return found ? record : lint->zone->soa;
}

static void report(struct zm_lint *lint, const struct zm_policy_expect *expect,
		   const struct zm_spf_outcome *outcome)
{
	const struct zm_record *record = record_of(lint, outcome);
	struct zm_str sender = say_sender(lint->arena, expect);
	struct zm_finding *finding;
	if (record == NULL) {
		return; /* a zone without SOA has faults enough */
	}
	if (outcome->result == ZM_RESULT_UNKNOWN) {
		struct zm_str name = zm_name_text(lint->arena, outcome->unknown.name);
		finding = zm_lint_report_record(
			lint, record,
			"%.*s: cannot tell whether it gets %.*s, %s of %.*s is not in these zones",
			ZM_STR_ARG(sender), ZM_STR_ARG(expect->result),
			zm_ask_name(outcome->unknown.type), ZM_STR_ARG(name));
		/* Nothing is wrong that is known: it shall be seen, and not stop anybody. */
		finding->severity = finding->severity > ZM_WARNING ? ZM_WARNING : finding->severity;
	} else {
		finding = zm_lint_report_record(
			lint, record, "%.*s gets %.*s, the policy expects %.*s", ZM_STR_ARG(sender),
			ZM_STR_ARG(say_outcome(lint->arena, outcome)), ZM_STR_ARG(expect->result));
	}
	finding->policy = expect->place;
	finding->owner = record->owner;
}

static void check(struct zm_lint *lint)
{
	for (size_t i = 0; i < lint->policy->expects; i++) {
		const struct zm_policy_expect *expect = &lint->policy->expect[i];
		if (!zm_expect_is_of(expect, lint->zone)) {
			continue;
		}
		struct zm_arena arena = {0};
		const struct zm_spf_outcome *outcome =
			zm_expect_run(&arena, expect, lint->zone, lint->set);
		if (!zm_expect_is_met(expect, outcome)) {
			report(lint, expect, outcome);
		}
		zm_arena_release(&arena);
	}
}

const struct zm_rule zm_rule_policy_expect = {.on_zone = check};
