/*
 * record: a plan as text, line by line, and back.
 *
 *	zonemend-plan 1
 *	folder /etc/bind/include
 *	folder /etc/bind/zones
 *	file 0 61 9e3779b97f4a7c15 80 6a09e667f3bcc908 .spf.inc.zonemend-4fWq0Z spf.inc
 *	file 1 409 ...
 *	end
 *
 * A file has its folder's number, size and digest of the old bytes and of the new ones, the name of
 * the new file and its own. Bytes of a path other than letters, digits and `/._-` are written as
 * %XX.
 */
#ifndef ZM_BASE_PLAN_RECORD_H
#define ZM_BASE_PLAN_RECORD_H

#include "base/buf.h"
#include "base/plan/plan.h"

/* Tells versions of a file apart; no defence against somebody who makes two that look alike, for
 * who can write there needs none. */
struct zm_plan_digest {
	uint64_t size;
	uint64_t hash;
};

struct zm_plan_file {
	size_t folder;         /* its number */
	const char *name;      /* no slash in it */
	const char *temporary; /* holds the new bytes until it is exchanged, then the old ones */
	struct zm_plan_digest old;
	struct zm_plan_digest new;
};

struct zm_plan {
	const char **folder; /* absolute, without links */
	size_t folders;
	struct zm_plan_file *file; /* in the order in which they are put in place */
	size_t files;
};

struct zm_plan_digest zm_plan_digest_of(struct zm_str bytes);
bool zm_plan_digest_eq(struct zm_plan_digest a, struct zm_plan_digest b);

/* Sets out->full when it would pass its maximum. */
void zm_plan_print(struct zm_buf *out, const struct zm_plan *plan);

/* False for anything that zm_plan_print() would not have written. */
bool zm_plan_parse(struct zm_plan *plan, struct zm_arena *arena, struct zm_str text);

#endif
