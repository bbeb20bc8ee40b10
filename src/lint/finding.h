/*
 * finding: what a rule saw, where, and how it may be mended.
 *
 * A fix is a list of operations on records, in terms of what the records say, not of bytes: it
 * knows no quotes, escapes or strings. fix/ turns operations into byte edits, and proves afterwards
 * that the records say what the operations asked for.
 */
#ifndef ZM_LINT_FINDING_H
#define ZM_LINT_FINDING_H

#include "base/source.h"
#include "policy/policy.h"
#include "zone/zone.h"

enum zm_safety { ZM_FIX_NONE, ZM_FIX_SAFE, ZM_FIX_REPAIR, ZM_FIX_POLICY, ZM_FIX_UNSAFE };

enum zm_op_kind {
	ZM_OP_REPLACE, /* bytes [at) of the record's text become `text`; an empty span inserts */
	ZM_OP_REWRITE, /* the record's whole text becomes `text`, in one quoted string where its
			  layout allows */
	ZM_OP_DELETE,  /* the record goes */
	ZM_OP_INSERT,  /* a TXT record of `owner` that says `text` comes */
	ZM_OP_RESPLIT, /* the same text, in strings of at most 255 bytes */
	ZM_OP_SERIAL,  /* the SOA's serial becomes `text` */
};

struct zm_op {
	enum zm_op_kind kind;
	const struct zm_record *record; /* all but INSERT */
	struct zm_name owner;           /* INSERT */
	struct zm_span at;              /* REPLACE: bytes of the record's text */
	struct zm_str text;             /* what a receiver shall read, unescaped */
};

struct zm_fix {
	enum zm_safety safety; /* ZM_FIX_NONE: no fix */
	struct zm_str title;   /* what it does, for a person: `insert include:iclassprov2.com before
				  -all` */
	struct zm_op *op;
	size_t count;
	size_t capacity;
};

struct zm_finding {
	size_t rule; /* its number in the catalogue */
	enum zm_severity severity;
	const struct zm_zone *zone; /* NULL where none could be read */
	struct zm_source *source;
	struct zm_span at; /* bytes of the source */
	size_t entry;      /* an entry begins here, that of `at` or one before it; 0 always does */
	struct zm_name owner;           /* may be unset */
	const struct zm_record *record; /* that it is about; NULL: none, or a place apart */
	bool is_of_several; /* the owner has more SPF records than one, which comes first */
	struct zm_str message;
	struct zm_policy_place policy; /* file NULL: no policy asked */
	struct zm_fix fix;
};

#define RULE(ident, name, severity, safety, stage, summary) ZM_RULE_##ident,
enum zm_rule_number {
#include "lint/rules.def"
	ZM_RULE_COUNT
};
#undef RULE

/* Findings of which only the numbers are left. */
struct zm_hidden {
	size_t count;
	size_t fixable;
	size_t by_severity[ZM_ERROR + 1];
	uint32_t by_rule[ZM_RULE_COUNT];
};

struct zm_findings {
	struct zm_finding *
		*item; /* in the order of the bytes, file by file of the zone's sources */
	size_t count;
	size_t capacity;
	const struct zm_hidden *hidden; /* NULL: none */
};

static inline size_t zm_findings_hidden(const struct zm_findings *findings)
{
	return findings->hidden == NULL ? 0 : findings->hidden->count;
}

const char *zm_safety_name(enum zm_safety safety); /* none, safe, repair, policy, unsafe */

#endif
