/*
 * lintkit: lints a zone given as text, and writes down what one rule says of it, for tables of
 * cases.
 *
 *	static const struct zm_kit_case cases[] = {
 *		{.zone = "@ TXT \"v=spf1 +all\"\n",
 *		 .want = "every sender in the world passes\n"
 *			 "  unsafe: write ~all\n"
 *			 "  example.com. = v=spf1 ~all\n"},
 *		{.zone = "@ TXT \"v=spf1 -all\"\n", .want = ""},
 *	};
 *	zm_kit_check("pass-all", cases, 2);
 *
 * A finding is its message on a line, then two lines or more for its fix where it has one: safety
 * and title, then for each record what becomes of it: `owner = new text`, `owner - text that goes`,
 * `owner + text that comes`, `owner / ` for a new split of the same text.
 */
#ifndef ZM_TESTS_LINTKIT_H
#define ZM_TESTS_LINTKIT_H

#include "lint/lint.h"

enum { ZM_KIT_NOW = 1795435200 }; /* 2026-11-23T12:00:00Z */

struct zm_kit_case {
	const char *policy; /* YAML, or the name of a built-in policy; NULL: every rule at its
			       default and nothing asked for */
	const char *zone;   /* of example.com; without `whole` an SOA, an NS, an MX and a TTL stand
			       before it */
	bool whole;
	const char *other; /* a zone example.net in the same set, NULL: none; SOA and NS stand
			      before it */
	const char *want;  /* what the rule says, finding by finding; "": nothing */
};

/* Fails the test for each case where the rule says something else; names the case by its zone. */
void zm_kit_check(const char *rule, const struct zm_kit_case *cases, size_t count);

/* For what a table cannot say. All lives in `arena`, which is to be released. */
struct zm_kit {
	struct zm_arena arena;
	struct zm_policy *policy;
	struct zm_set set;
	struct zm_zone *zone;
	struct zm_findings findings;
};

void zm_kit_lint(struct zm_kit *kit, const struct zm_kit_case *c);
struct zm_str zm_kit_say(struct zm_kit *kit, const char *rule); /* in the form of `want` */
void zm_kit_release(struct zm_kit *kit);

#endif
