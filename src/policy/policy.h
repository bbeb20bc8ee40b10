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
#include "zone/nameserver.h"
#include "zone/serial.h"

enum {
	ZM_POLICY_BYTES_MAX = 1 << 20,
	ZM_POLICY_EXTENDS_MAX = 16,
	ZM_POLICY_FAULTS_MAX = 20, /* told of one policy */
};

struct zm_policy_place {
	const char *file; /* NULL: not set in any policy */
	size_t line;      /* from 1, likewise column */
	size_t column;
};

/* What is wrong with a policy, mistake by mistake, in the order of their places as far as one file
 * goes. Zeroed before use. */
struct zm_policy_faults {
	struct zm_arena *arena;
	const char *text[ZM_POLICY_FAULTS_MAX]; /* "FILE:LINE:COLUMN: what is wrong" */
	size_t count;                           /* of those told */
	size_t untold;                          /* over ZM_POLICY_FAULTS_MAX */
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

struct zm_policy_number {
	uint64_t value;
	struct zm_policy_place place; /* file NULL: not set */
};

/* The most that a record may cost, each with all that it reaches. */
enum zm_policy_ceiling {
	ZM_CEILING_LOOKUPS,
	ZM_CEILING_VOID_LOOKUPS,
	ZM_CEILING_LENGTH, /* bytes of one record's text */
	ZM_CEILING_IPV4_ADDRESSES,
	ZM_CEILINGS
};

struct zm_policy_spf {
	struct zm_policy_names names;
	struct zm_policy_patterns require;
	struct zm_policy_patterns forbid;
	struct zm_policy_text missing; /* YAML `default`: the record written where there is none */
	struct zm_policy_text exactly; /* both may hold placeholders: zm_policy_written() */
	struct zm_policy_text all;     /* what a forbidden all becomes: `~all` */
	struct zm_policy_number ceiling[ZM_CEILINGS];
};

/* How a zone's serial is bumped. */
struct zm_policy_serial {
	enum zm_serial_style style;
	struct zm_policy_place style_place;
	struct zm_policy_text timezone; /* of the day in a date: `utc`, `+02:00`, `Europe/Berlin` */
	struct zm_policy_number first;  /* the day's first number: 0 or 1 */
};

/* A pattern over paths, relative to the folder of the policy that has it. */
struct zm_policy_glob {
	struct zm_str text;
	const char *folder; /* absolute; "" for a built-in policy, whose patterns match nothing */
	struct zm_policy_place place;
};

struct zm_policy_globs {
	const struct zm_policy_glob *item;
	size_t count;
};

/* A unit test of the published policy: who sends, and what a receiver is to make of it. */
struct zm_policy_expect {
	struct zm_policy_place place;
	struct zm_str zone; /* lower case, absolute with a final dot */
	struct zm_policy_place zone_place;
	struct zm_str sender; /* an address or a domain; empty: `helo` alone counts */
	struct zm_str helo;   /* may be empty */
	struct zm_str ip_text;
	struct zm_ip ip;
	struct zm_str result; /* pass, fail, softfail, neutral, none, permerror, temperror */
};

struct zm_policy_rule {
	enum zm_severity severity;
	struct zm_policy_place place; /* file NULL: the catalogue's default */
};

/* What applies to one owner. */
struct zm_policy_view {
	struct zm_policy_spf spf;
	const struct zm_policy_rule *rule;      /* one a rule of the catalogue */
	const struct zm_policy_number *setting; /* one a setting of the catalogue */
	struct zm_policy_serial serial;
};

struct zm_policy {
	struct zm_str name; /* as asked for: `recommended`, `policies/school.yaml` */
	struct zm_policy_text description;
	struct zm_policy_text url;
	struct zm_policy_text server; /* the name of a zm_nameserver that loads the zones */
	struct zm_policy_view base;   /* where no zones: entry matches */
	struct zm_policy_zones *zones;
	struct zm_policy_globs exclude;   /* files that are not looked at */
	struct zm_policy_globs generated; /* files that some tool writes */
	const struct zm_policy_expect *expect;
	size_t expects;
	struct zm_arena *arena;
	const struct zm_catalogue *catalogue;
	const bool *muted; /* one a rule: true is off, whatever the policy says; NULL: none is. For
			      whoever loaded the policy to set, before any view is asked for */
	int64_t now;       /* seconds since 1970, by which allowances end; likewise to be set */
	const bool *under; /* zm_policy_for_file(): one an entry of `zones:`, whether its `file`
			      names the file; NULL: none does */
};

/*
 * Loads a policy by the name of a built-in one, else by path (a name with a `/` or ending in .yaml
 * or .yml is always a path). NULL when it cannot be read or is wrong anywhere: `faults` then says
 * all that can be told at once, with the nearest known name where a name is unknown. Arena and
 * catalogue must outlive the policy and the faults.
 */
struct zm_policy *zm_policy_load(struct zm_arena *arena, const struct zm_catalogue *catalogue,
				 const char *name, struct zm_policy_faults *faults);

/* A policy that is not (yet) a file. */
struct zm_policy_bytes {
	const char *file; /* the path that places carry and that `extends` is relative to */
	struct zm_str bytes;
};
struct zm_policy *zm_policy_parse(struct zm_arena *arena, const struct zm_catalogue *catalogue,
				  const struct zm_policy_bytes *bytes,
				  struct zm_policy_faults *faults);

/* zonemend.yaml or .zonemend.yaml in `folder` or the nearest one above, up to a folder that holds
 * .git; NULL: none. In the arena. */
const char *zm_policy_discover(struct zm_arena *arena, const char *folder);

/* What applies to `owner` of `zone`. Valid as long as the policy; equal calls give equal pointers.
 */
const struct zm_policy_view *zm_policy_view(const struct zm_policy *policy, struct zm_name zone,
					    struct zm_name owner);

/* An entry of `zones:` that has applied to no owner so far. */
struct zm_policy_idle {
	struct zm_str match; /* a name or pattern of it; empty where it has none. Likewise: */
	struct zm_str file;
	bool is_open; /* by wildcards, it may be there for what comes */
	struct zm_policy_place place;
};

/*
 * The next such entry of the policy's own file, not of those that it extends. `*next` starts at 0.
 * False: there is none any more. Not while other threads look at views.
 */
bool zm_policy_next_idle(const struct zm_policy *policy, size_t *next, struct zm_policy_idle *idle);

/*
 * The policy as it is for one file: `zones:` entries with a `file` that names it count. Shares all
 * with `policy`; is `policy` itself where no entry names the file.
 */
const struct zm_policy *zm_policy_for_file(struct zm_arena *arena, const struct zm_policy *policy,
					   const char *path);

/* The zone of the file, where an entry that names it has an `origin`: the last one's; else false.
 * Of a policy for that file. */
bool zm_policy_origin(const struct zm_policy *policy, struct zm_name_buf *origin);

/* The pattern of `files: exclude` that the path is under, or NULL; likewise of `generated`. */
const struct zm_policy_glob *zm_policy_excludes(const struct zm_policy *policy, const char *path);
const struct zm_policy_glob *zm_policy_generates(const struct zm_policy *policy, const char *path);

/* `default` or `exactly` for one owner: {zone} and {owner} become their names, without a final dot.
 * In the arena, or the text itself. */
struct zm_str zm_policy_written(struct zm_arena *arena, struct zm_str text, struct zm_name zone,
				struct zm_name owner);

/* How many seconds the time zone is ahead of UTC at `now`. False: no such zone is known here. Sets
 * TZ for a moment, so that no other thread may run. */
bool zm_policy_offset(int64_t *seconds, struct zm_str timezone, int64_t now);

/* Whether one of the patterns (not apex, mx or hosts, of which only a zone knows) names the owner.
 */
bool zm_policy_names_match(const struct zm_policy_names *names, struct zm_name owner);

/* Whether any part of the policy asks about names by their addresses or by pattern: then A and AAAA
 * owners matter. */
bool zm_policy_names_hosts(const struct zm_policy *policy);

/* Whether what it asks can only be told by asking the zones as a receiver does: then every record
 * of every zone matters. */
bool zm_policy_asks_zones(const struct zm_policy *policy);

/* Whether what it says of one zone may depend on what other zones hold: terms that it requires or
 * forbids are looked for beyond include: and redirect= too. */
bool zm_policy_minds_others(const struct zm_policy *policy);

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
