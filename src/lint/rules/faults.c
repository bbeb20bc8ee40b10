/* The rules that hand on what reading the zone found wrong in its text. */
#include "lint/lint.h"

static struct zm_finding *report(struct zm_lint *lint, const struct zm_fault *fault,
				 const char *hint)
{
	struct zm_finding *finding = zm_lint_report_at(lint, fault->source, fault->at, "%.*s%s",
						       ZM_STR_ARG(fault->message), hint);
	finding->owner = fault->owner;
	finding->entry = fault->entry;
	return finding;
}

static void report_all(struct zm_lint *lint, enum zm_fault_kind kind)
{
	for (size_t i = 0; i < lint->zone->fault_count; i++) {
		if (lint->zone->fault[i].kind == kind) {
			report(lint, &lint->zone->fault[i], "");
		}
	}
}

static void check_syntax(struct zm_lint *lint)
{
	report_all(lint, ZM_FAULT_SYNTAX);
	report_all(lint, ZM_FAULT_TOO_MANY);
}

static void check_records(struct zm_lint *lint)
{
	report_all(lint, ZM_FAULT_RECORD);
}

static void check_includes(struct zm_lint *lint)
{
	report_all(lint, ZM_FAULT_INCLUDE);
}

/* `$ORIGIN .` before `@ SOA`, as exports of some providers have it: each name in such a file is
 * then delegated, its own apex too. */
static bool is_taken_for_root(const struct zm_zone *zone)
{
	bool is_root = zm_name_labels(zone->origin) == 0;
	for (size_t i = 0; is_root && i < zone->fault_count; i++) {
		if (zone->fault[i].kind == ZM_FAULT_SERVERS) {
			return true;
		}
	}
	return false;
}

static void check_servers(struct zm_lint *lint)
{
	bool is_root = is_taken_for_root(lint->zone);
	for (size_t i = 0; i < lint->zone->fault_count; i++) {
		if (lint->zone->fault[i].kind == ZM_FAULT_SERVERS) {
			report(lint, &lint->zone->fault[i],
			       is_root ? "; its SOA record makes it the root, is another "
					 "$ORIGIN meant?"
				       : "");
		}
	}
}

static void check_cnames(struct zm_lint *lint)
{
	report_all(lint, ZM_FAULT_CNAME);
}

static void check_keys(struct zm_lint *lint)
{
	report_all(lint, ZM_FAULT_KEYS);
}

static void check_generate(struct zm_lint *lint)
{
	report_all(lint, ZM_FAULT_NOT_FOLLOWED);
}

static void check_occluded(struct zm_lint *lint)
{
	if (!is_taken_for_root(lint->zone)) {
		report_all(lint, ZM_FAULT_OCCLUDED);
	}
}

/* Whether an earlier fault has said so: the parts of a large zone are read each on its own. */
static bool was_said(const struct zm_zone *zone, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (zone->fault[j].kind == ZM_FAULT_SERVERS_DIFFER &&
		    zm_str_eq(zone->fault[j].message, zone->fault[i].message)) {
			return true;
		}
	}
	return false;
}

static void check_differences(struct zm_lint *lint)
{
	const struct zm_zone *zone = lint->zone;
	for (size_t i = 0; i < zone->fault_count; i++) {
		if (zone->fault[i].kind == ZM_FAULT_SERVERS_DIFFER && !was_said(zone, i)) {
			report(lint, &zone->fault[i], "");
		}
	}
}

static void report_owner(struct zm_lint *lint, const struct zm_fault *fault)
{
	struct zm_str zone = zm_name_text(lint->arena, lint->zone->origin);
	struct zm_str owner = zm_name_text(lint->arena, fault->owner);
	bool is_guessed = lint->zone->origin_from == ZM_ORIGIN_FILE_NAME;
	const char *how = is_guessed ? " (the origin was taken from the file's name)" : "";
	struct zm_finding *finding =
		zm_lint_report_at(lint, fault->source, fault->at,
				  "%.*s is outside of the zone %.*s: servers ignore the record%s",
				  ZM_STR_ARG(owner), ZM_STR_ARG(zone), how);
	finding->owner = fault->owner;
	finding->entry = fault->entry;
}

static void check_owners(struct zm_lint *lint)
{
	for (size_t i = 0; i < lint->zone->fault_count; i++) {
		if (lint->zone->fault[i].kind == ZM_FAULT_OUT_OF_ZONE) {
			report_owner(lint, &lint->zone->fault[i]);
		}
	}
}

static void check_serial(struct zm_lint *lint)
{
	for (size_t i = 0; i < lint->zone->fault_count; i++) {
		if (lint->zone->fault[i].kind == ZM_FAULT_SERIAL) {
			report(lint, &lint->zone->fault[i], "");
		}
	}
}

const struct zm_rule zm_rule_zone_syntax = {.on_zone = check_syntax};
const struct zm_rule zm_rule_record_syntax = {.on_zone = check_records};
const struct zm_rule zm_rule_occluded_record = {.on_zone = check_occluded};
const struct zm_rule zm_rule_server_dependent = {.on_zone = check_differences};
const struct zm_rule zm_rule_ns_missing = {.on_zone = check_servers};
const struct zm_rule zm_rule_cname_conflict = {.on_zone = check_cnames};
const struct zm_rule zm_rule_dnssec_mismatch = {.on_zone = check_keys};
const struct zm_rule zm_rule_serial_invalid = {.on_zone = check_serial};
const struct zm_rule zm_rule_include_missing = {.on_zone = check_includes};
const struct zm_rule zm_rule_generate_not_followed = {.on_zone = check_generate};
const struct zm_rule zm_rule_out_of_zone = {.on_zone = check_owners};
