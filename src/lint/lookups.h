/*
 * lookups: how many DNS lookups a record would cost a receiver (RFC 7208 4.6.4), for fixes that
 * make it cost more: with one lookup too many a record that works becomes a permerror.
 */
#ifndef ZM_LINT_LOOKUPS_H
#define ZM_LINT_LOOKUPS_H

#include "lint/lint.h"

/* Of a record that says `text`, which is SPF; at the least: what lies outside of the zone set
 * counts as the one lookup that leads there. A loop, and all that is as bad, has a hundred. */
size_t zm_lookups_of(const struct zm_lint *lint, struct zm_str text);

/* The name that an include or redirect leads to; false where a macro or a fault leaves it open, and
 * of any other term. */
bool zm_lookups_name(struct zm_name_buf *name, const struct zm_spf_term *term);

/* What the set says of the record that an include or redirect leads to; UNKNOWN of any other term.
 * See zm_set_spf(). */
enum zm_set_answer zm_lookups_target(const struct zm_record **record, const struct zm_lint *lint,
				     struct zm_arena *arena, const struct zm_spf_term *term);

/* Those that the record's own terms ask for, without what they lead to. */
size_t zm_lookups_asked(const struct zm_spf_record *spf);

/* What a receiver allows, or the policy where that is less. */
size_t zm_lookups_limit(const struct zm_lint *lint);

#endif
