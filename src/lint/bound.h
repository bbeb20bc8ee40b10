/*
 * bound: of a zone's findings only the first are kept, and the others counted, so that memory does
 * not grow with what is wrong in a zone.
 *
 *	struct zm_bound bound = {.max = 10000, .hidden = &hidden};
 *	... the rules of one owner add findings from number `before` on ...
 *	zm_bound_owner(&bound, &findings, before);      (once an owner, in the order of reading)
 */
#ifndef ZM_LINT_BOUND_H
#define ZM_LINT_BOUND_H

#include "lint/lint.h"

/* The last finding of a rule about what $GENERATE makes, which may come a million times. */
struct zm_bound_made {
	const struct zm_source *source;
	struct zm_span at;
	uint64_t message; /* its hash */
};

struct zm_bound {
	bool is_set;              /* else all are kept */
	size_t max;               /* findings that are kept, the first */
	struct zm_hidden *hidden; /* the others are added here */
	struct zm_bound_made made[ZM_RULE_COUNT];
};

/* Findings [before, count) are those of one owner. What goes beyond the maximum is counted and
 * taken off the end; what repeats the owner before, as $GENERATE makes it, goes uncounted. */
void zm_bound_owner(struct zm_bound *bound, struct zm_findings *findings, size_t before);

/* Cuts the list itself; the order is that of the list. */
void zm_bound_cut(struct zm_findings *findings, size_t max, struct zm_hidden *hidden);

/* A copy in the arena; NULL where there are none. */
const struct zm_hidden *zm_hidden_keep(struct zm_arena *arena, const struct zm_hidden *hidden);

void zm_hidden_add(struct zm_hidden *sum, const struct zm_hidden *part);

/* Whether `fix` without --unsafe would mend it, where nothing stands against changing its file. */
bool zm_finding_is_fixable(const struct zm_finding *finding);

#endif
