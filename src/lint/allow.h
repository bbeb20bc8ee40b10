/*
 * allow: what a comment in the zone allows.
 *
 *	; zonemend: allow ptr-mechanism until 2027-01-31 -- the printers need it
 *
 * on the line of a record, or on the line above it, takes the findings of these rules away that
 * begin in that record. The reason is compulsory. Several such lines may stand above one record;
 * a blank line parts them from it. What a comment allows lasts through the day after `until`, by
 * UTC.
 */
#ifndef ZM_LINT_ALLOW_H
#define ZM_LINT_ALLOW_H

#include "lint/lint.h"

/* Takes away what is allowed, and adds what allowance-stale has to say of the comments. All other
 * rules have run. */
void zm_allow_apply(struct zm_lint *lint);

/* False: no comment of the zone can be one. */
bool zm_allow_may_apply(const struct zm_zone *zone, struct zm_pool *pool);

#endif
