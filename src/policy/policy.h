/*
 * policy: what a team asks of its SPF records, read from YAML. Every value keeps the place it was
 *written at.
 *
 *	struct zm_policy *policy = zm_policy_load(&arena, &catalogue, "zones/zonemend.yaml", err);
 *	const struct zm_policy_view *view = zm_policy_view(policy, zone, file, owner);
 *
 * A policy is a list of layers: the built-in and other policies that it extends, itself, then its
 * `zones:` entries. Later ones win, value by value; the lists `require` and `forbid` add up along
 * `extends`, while a `zones:` entry replaces what it names. A policy that is extended by way of
 * several others counts once, where it came first.
 *
 * `exactly` and the parts of a record (`require`, `default`) are two ways to ask, and a later layer
 * that takes one way voids the other: a parked domain's `exactly: "v=spf1 -all"` is free of what
 * the base requires and forbids. In one and the same layer they may not contradict each other.
 *
 * A `zones:` entry matches an owner when one of its patterns names the owner or the zone.
 */
#ifndef ZM_POLICY_POLICY_H
#define ZM_POLICY_POLICY_H

#include "base/arena.h"
#include "base/error.h"
#include "base/name.h"
#include "policy/catalogue.h"
#include "spf/parse.h"
#include "spf/pattern.h"

enum { ZM_POLICY_BYTES_MAX = 1 << 20, ZM_POLICY_EXTENDS_MAX = 16 };

struct zm_policy_place {
	const char *file; /* NULL: not set in any policy */
	size_t line;      /* from 1, likewise column */
	size_t column;
};

struct zm_policy_pattern {
	struct zm_spf_pattern pattern;
	struct zm_policy_place place;
};

struct zm_policy_patterns {
	const struct zm_policy_pattern *item;
	size_t count;
	struct zm_policy_place place; /* of the list itself; also set when the list is empty */
};

struct zm_policy_text {
	struct zm_str text; /* data NULL: not set */
	struct zm_policy_place place;
};

/* Who must have a record. */
struct zm_policy_names {
	bool apex;
	bool mx;    /* names with an MX record */
	bool hosts; /* names with an A or AAAA record */
	const struct zm_str
		*pattern; /* lower case, absolute with a final dot; `*` is any run of bytes */
	size_t count;
	struct zm_policy_place place;
};

struct zm_policy_spf {
	struct zm_policy_names names;
	struct zm_policy_patterns require;
	struct zm_policy_patterns forbid;
	struct zm_policy_text missing; /* YAML `default`: the record written where there is none */
	struct zm_policy_text exactly;
	struct zm_policy_text all; /* what a forbidden or missing all becomes: `~all` */
};

struct zm_policy_rule {
	enum zm_severity severity;
	struct zm_policy_place place; /* file NULL: the catalogue's default */
};

/* What applies to one owner. */
struct zm_policy_view {
	struct zm_policy_spf spf;
	const struct zm_policy_rule *rule; /* one a rule of the catalogue */
};

struct zm_policy {
	struct zm_str name; /* as asked for: `recommended`, `policies/school.yaml` */
	struct zm_policy_text description;
	struct zm_policy_text url;
	struct zm_policy_view base; /* where no zones: entry matches */
	struct zm_policy_zones *zones;
	struct zm_arena *arena;
	const struct zm_catalogue *catalogue;
	const bool *muted; /* one a rule: true is off, whatever the policy says; NULL: none is. For
			      whoever loaded the policy to set, before any view is asked for */
};

/*
 * Loads a policy by the name of a built-in one, else by path (a name with a `/` or ending in .yaml
 * or .yml is always a path). NULL when it cannot be read or is wrong anywhere; `err` then is
 * "FILE:LINE:COLUMN: what is wrong", with the nearest known name where a name is unknown. Arena and
 * catalogue must outlive the policy.
 */
struct zm_policy *zm_policy_load(struct zm_arena *arena, const struct zm_catalogue *catalogue,
				 const char *name, struct zm_error *err);

/* The same for bytes that are not (yet) a file: `file` is the path that places carry and that
 * `extends` is relative to. */
struct zm_policy *zm_policy_parse(struct zm_arena *arena, const struct zm_catalogue *catalogue,
				  const char *file, struct zm_str bytes, struct zm_error *err);

/* zonemend.yaml or .zonemend.yaml in `folder` or the nearest one above, up to a folder that holds
 * .git; NULL: none. In the arena. */
const char *zm_policy_discover(struct zm_arena *arena, const char *folder);

/* What applies to `owner` of `zone`. Valid as long as the policy; equal calls give equal pointers.
 */
const struct zm_policy_view *zm_policy_view(const struct zm_policy *policy, struct zm_name zone,
					    struct zm_name owner);

/* Whether one of the patterns (not apex, mx or hosts, of which only a zone knows) names the owner.
 */
bool zm_policy_names_match(const struct zm_policy_names *names, struct zm_name owner);

/* Whether any part of the policy asks about names by their addresses or by pattern: then A and AAAA
 * owners matter. */
bool zm_policy_names_hosts(const struct zm_policy *policy);

/* Whether any part of the policy asks about names by their MX records: then delegations matter. */
bool zm_policy_names_mx(const struct zm_policy *policy);

/* The built-in policies: name and YAML, made from policies/ at build time; the last one's name is
 * NULL. */
struct zm_policy_builtin {
	const char *name;
	const char *start; /* of its YAML */
	const char *end;
};
extern const struct zm_policy_builtin zm_policy_builtin[];

#endif
