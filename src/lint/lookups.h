/*
 * lookups: how many DNS lookups a record would cost a receiver (RFC 7208 4.6.4), for fixes that
 * make it cost more: with one lookup too many a record that works becomes a permerror.
 */
#ifndef ZM_LINT_LOOKUPS_H
#define ZM_LINT_LOOKUPS_H

#include "lint/lint.h"

/* At the least, if the record said `text`, which is SPF: what lies outside of the zone set counts
 * as the one lookup that leads there. */
size_t zm_lookups_of(const struct zm_lint *lint, const struct zm_lint_record *record,
		     struct zm_str text);

/* Those that the record's own terms ask for, without what they lead to. */
size_t zm_lookups_asked(const struct zm_spf_record *spf);

/* What a receiver allows, or the policy where that is less. */
size_t zm_lookups_limit(const struct zm_lint *lint);

#endif
