/*
 * reach: the SPF records that a receiver reads on from one record, through include: and redirect=
 * (RFC 7208 5.2, 6.1), as far as the zone set has them. What lies outside is not looked for.
 *
 *	example.com.       v=spf1 mx include:_spf.example.com -all     step 0
 *	_spf.example.com.  v=spf1 ip4:192.0.2.0/24 redirect=b.example  step 1, via the include
 *	b.example.         v=spf1 include:c.example -all               step 2, via the redirect
 */
#ifndef ZM_LINT_REACH_H
#define ZM_LINT_REACH_H

#include "lint/lint.h"

/* A receiver gives up after 10 lookups (RFC 7208 4.6.4), so that no honest record leads further. */
enum { ZM_REACH_MAX = 32 };

struct zm_reach_step {
	const struct zm_record *record;
	struct zm_spf_record spf;
	const struct zm_spf_term *via; /* the term that leads here; NULL in step 0 */
	size_t from;                   /* the step that holds `via` */
	bool included; /* an include: lies on the way: of what matches here, only a pass counts */
	bool passes;   /* and each of them lets pass: none is written with - ~ or ? */
};

struct zm_reach {
	struct zm_reach_step step[ZM_REACH_MAX];
	size_t count; /* 1 at the least */
	bool is_open; /* a term leads to a name of the set that has no SPF record of its own, or by
			 a macro perhaps to one that has: what a receiver reads there is not known
		       */
};

/* From the current record of `lint`, which is SPF. Trees live in `arena`. */
void zm_reach_find(struct zm_reach *reach, struct zm_arena *arena, const struct zm_lint *lint);

/* How many terms of a record are reached: those up to its `all`, which is one of them. */
size_t zm_reach_terms(const struct zm_spf_record *spf);

/* The terms on the way to a step: `include:_spf.example.com, redirect=b.example`. */
struct zm_str zm_reach_path(struct zm_arena *arena, const struct zm_reach *reach, size_t step);

#endif
