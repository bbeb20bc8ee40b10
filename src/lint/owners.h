/*
 * owners: which names of a zone are to be looked at, each with the records that are SPF or were
 * meant to be.
 */
#ifndef ZM_LINT_OWNERS_H
#define ZM_LINT_OWNERS_H

#include "lint/lint.h"

/* How many, in the order of their first record; `*owner` is an array in the arena. Names that the
 * policy lists come too. */
size_t zm_lint_owners(struct zm_lint_owner **owner, struct zm_arena *arena,
		      const struct zm_zone *zone, const struct zm_policy *policy);

/* Whether a text was meant to be SPF: it is, or it begins like one but for blanks, quotes or its
 * version. */
bool zm_lint_is_meant(struct zm_str text);

/* Whether the record is a TXT with such a text: then it is one of its owner's. */
bool zm_lint_is_meant_record(const struct zm_record *record);

#endif
