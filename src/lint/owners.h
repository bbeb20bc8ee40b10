/*
 * owners: which names of a zone are to be looked at, each with the records that are SPF or were
 * meant to be.
 */
#ifndef ZM_LINT_OWNERS_H
#define ZM_LINT_OWNERS_H

#include "lint/lint.h"

struct zm_owners {
	const struct zm_zone *zone;
	const struct zm_policy *policy;
	bool are_asked; /* a record may be asked of them */
	bool any_apart; /* the records of some do not stand together */
};

struct zm_owners zm_owners_of(const struct zm_zone *zone, const struct zm_policy *policy);

/* The number after the last of the kept records that stand with record `i` and have its owner; by
 * the hash, so that one of another owner may be among them. */
size_t zm_owners_run(const struct zm_zone *zone, size_t i);

/* Whether other records of the owner of record `i` may stand elsewhere; false: surely not. */
bool zm_owners_is_apart(const struct zm_owners *owners, size_t i);

/*
 * Fills `owner` from all the kept records of one name. False: it has none that is SPF or was meant
 * to be, and the policy does not list it.
 */
bool zm_owner_look(struct zm_lint_owner *owner, struct zm_arena *arena,
		   const struct zm_owners *owners, const struct zm_record *const *record,
		   size_t count);

/* Whether a text was meant to be SPF: it is, or it begins like one but for blanks, quotes or its
 * version. */
bool zm_lint_is_meant(struct zm_str text);

/* Whether the record is a TXT with such a text: then it is one of its owner's. */
bool zm_lint_is_meant_record(const struct zm_record *record);

#endif
