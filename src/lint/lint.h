/*
 * lint: runs the rules over a zone.
 *
 *	struct zm_findings findings;
 *	zm_lint_zone(&findings, &arena, zone, set, policy);
 *
 * A rule is a struct of callbacks. It looks and reports; it never prints, changes nothing, and
 *names neither its own name nor its severity. Adding one: a line in rules.def, a file in rules/, a
 *page in docs/rules/.
 */
#ifndef ZM_LINT_LINT_H
#define ZM_LINT_LINT_H

#include "dns/set.h"
#include "lint/finding.h"
#include "base/pool.h"
#include "policy/policy.h"
#include "spf/parse.h"

/* One record that is SPF, or was meant to be: its text begins like SPF, or says so once its strings
 * are joined by blanks. */
struct zm_lint_record {
	const struct zm_record *record;
	struct zm_str text; /* what a receiver reads */
	bool is_spf;        /* RFC 7208 4.5; then `spf` is filled, else zeroed */
	struct zm_spf_record spf;
};

/* One owner with all its records that are SPF (or meant to be), and what the policy asks of it. */
struct zm_lint_owner {
	struct zm_name name;
	struct zm_lint_record *record;
	size_t count;                   /* 0: an owner that the policy names and that has none */
	size_t spf_count;               /* those with is_spf */
	const struct zm_record *anchor; /* a record of the owner, for a place to point at: one that
					   $GENERATE made only where no other is; NULL: none is */
	bool must_have;                 /* named by the policy's spf.names */
};

struct zm_earlier;

/* What a rule may look at. The parts below the line change from callback to callback. */
struct zm_lint {
	struct zm_arena *arena;
	const struct zm_zone *zone;
	const struct zm_set *set;
	const struct zm_policy *policy;
	const struct zm_earlier *earlier; /* NULL: nobody asked, or the zone is new */
	bool is_garbled; /* the zone has syntax errors: a record may be there that was not read */
	/* ---- */
	const struct zm_policy_view *view;    /* of the owner; in on_zone: of the apex */
	const struct zm_lint_owner *owner;    /* NULL in on_zone */
	const struct zm_lint_record *current; /* NULL in on_zone and on_owner */
	size_t rule;
	struct zm_findings *findings;
};

/* A rule sets the callbacks that it needs. Where the rule is off, none is called. */
struct zm_rule {
	void (*on_zone)(struct zm_lint *lint); /* once a zone */
	void (*on_owner)(struct zm_lint *lint,
			 const struct zm_lint_owner *owner); /* once an owner, records or none */
	void (*on_text)(struct zm_lint *lint,
			const struct zm_lint_record *text); /* each text, SPF or only meant to be */
	void (*on_record)(struct zm_lint *lint,
			  const struct zm_spf_record *spf); /* each SPF record */
	void (*on_address)(struct zm_lint *lint,
			   const struct zm_spf_term *term); /* each of its ip4 and ip6 without a
							       problem */
	void (*on_odd_term)(struct zm_lint *lint,
			    const struct zm_spf_term *term); /* only those with a problem, and
								modifiers that nobody knows */
};

/* One line of rules.def. */
enum zm_stage { /* the order in which fixes are applied */
		ZM_STAGE_QUOTING,
		ZM_STAGE_SYNTAX,
		ZM_STAGE_MERGING,
		ZM_STAGE_SEMANTICS,
		ZM_STAGE_POLICY,
		ZM_STAGE_SPLITTING,
		ZM_STAGE_SERIAL, /* after all others, and once */
};

struct zm_rule_info {
	const char *name;
	enum zm_severity severity;
	enum zm_safety safety; /* the weakest safety of any fix that it offers */
	enum zm_stage stage;
	const char *summary; /* one line, no full stop */
	const struct zm_rule *rule;
};

#define SETTING(rule, ident, name, value, min, max, about) ZM_SETTING_##ident,
enum zm_setting_number {
#include "lint/settings.def"
	ZM_SETTING_COUNT
};
#undef SETTING

extern const struct zm_rule_info zm_rule_info[ZM_RULE_COUNT];
extern const struct zm_catalogue zm_rule_catalogue;

/*
 * Lints one zone against its set (which holds it). Findings and all they point to live in `arena`;
 * the zone, set and policy must live as long. Sorted by place.
 */
void zm_lint_zone(struct zm_findings *findings, struct zm_arena *arena, const struct zm_zone *zone,
		  const struct zm_set *set, const struct zm_policy *policy);

/* The same by several threads, for a large zone. */
struct zm_lint_task {
	const struct zm_zone *zone;
	const struct zm_set *set;
	const struct zm_policy *policy;
	size_t max; /* of the findings of owners so many are kept, the first in the order of
		       reading; the others are counted. 0: all. Those of the zone as a whole, and
		       all of a zone with allowances, come in any case. */
	const struct zm_earlier *earlier; /* see earlier.h; NULL: serials are not compared */
};

enum { ZM_LINT_LARGE = 1 << 14 }; /* kept records: from here on several threads are worth it */

void zm_lint_zone_by(struct zm_findings *findings, struct zm_arena *arena,
		     const struct zm_lint_task *task, struct zm_pool *pool);

/* The record types that the rules want to see under this policy, for zm_load_options.keep. */
uint64_t zm_lint_keeps(const struct zm_policy *policy);

/* What the policy has for a rule's own setting, of the owner or the zone that is looked at. */
static inline uint64_t zm_lint_setting(const struct zm_lint *lint, size_t setting)
{
	return lint->view->setting[setting].value;
}

/* ---- For rules: each returns the new finding, never NULL. ---- */

/* About bytes [at) of the current record's text. */
struct zm_finding *zm_lint_report(struct zm_lint *lint, struct zm_span at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* About one record as a whole: points at its RDATA (TXT, SPF) or at its entry. */
struct zm_finding *zm_lint_report_record(struct zm_lint *lint, const struct zm_record *record,
					 const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* About a place in a file of the zone. */
struct zm_finding *zm_lint_report_at(struct zm_lint *lint, struct zm_source *source,
				     struct zm_span at, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* For zm_finding.entry, where a finding of zm_lint_report_at() is about a record. */
size_t zm_lint_entry_of(const struct zm_record *record);

/* Gives the finding a fix, to which the zm_fix_* below add; the title is for a person, `insert the
 * missing ":"`. */
void zm_finding_fix(struct zm_lint *lint, struct zm_finding *finding, enum zm_safety safety,
		    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Bytes [at) of the current record's text become `text`, which the arena must hold. */
void zm_fix_replace(struct zm_lint *lint, struct zm_finding *finding, struct zm_span at,
		    struct zm_str text);

/* The term and the blanks before it go; the bytes around stay. */
void zm_fix_remove_term(struct zm_lint *lint, struct zm_finding *finding,
			const struct zm_spf_term *term);

/* Puts `text` as a term of its own before that term. */
void zm_fix_insert_before(struct zm_lint *lint, struct zm_finding *finding,
			  const struct zm_spf_term *term, struct zm_str text);

/* Puts `text` as the last term. */
void zm_fix_append(struct zm_lint *lint, struct zm_finding *finding, struct zm_str text);

/* Any operation, also on other records. */
void zm_fix_add(struct zm_lint *lint, struct zm_finding *finding, struct zm_op op);

#endif
