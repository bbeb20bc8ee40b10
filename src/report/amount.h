/*
 * amount: how many addresses, in words that people take in at a glance.
 *
 *	1 IPv4 address   |   256 IPv4 and 2^64 IPv6 addresses   |   about 2^127 IPv6 addresses
 */
#ifndef ZM_REPORT_AMOUNT_H
#define ZM_REPORT_AMOUNT_H

#include "report/verdict.h"
#include "spf/space.h"

/* `256`; above a million millions `2^64`, or `about 2^127`. */
struct zm_str zm_amount_number(struct zm_arena *arena, struct zm_count count);

/* `256 addresses`, `1 address`. */
struct zm_str zm_amount_text(struct zm_arena *arena, struct zm_count count);

/* Of both families, those that are none left out; empty where both are. */
struct zm_str zm_amount_of_families(struct zm_arena *arena,
				    const struct zm_count count[ZM_FAMILIES]);

/* All addresses by their verdicts, those in the same words together. */
struct zm_tally_row {
	struct zm_str text; /* the verdict in words */
	uint32_t verdict;   /* the first of them */
	struct zm_count count[ZM_FAMILIES];
};

struct zm_tally {
	struct zm_tally_row *row; /* results first: pass, softfail, neutral, fail, the others; then
				     what depends, in the order of the addresses */
	size_t count;
};

void zm_tally_count(struct zm_tally *tally, struct zm_arena *arena, const struct zm_space *space,
		    const struct zm_verdicts *verdicts);

/* The addresses of a row. */
struct zm_ranges zm_tally_ranges(struct zm_arena *arena, const struct zm_tally_row *row,
				 struct zm_segments list, size_t family,
				 const struct zm_verdicts *verdicts);

/*
 * `258 IPv4 addresses`, `all other addresses`, `all IPv4 addresses and 2 IPv6 addresses`: of the
 * row that has most addresses of a family, "other" is said, where there is another.
 */
struct zm_str zm_tally_text(struct zm_arena *arena, const struct zm_tally *tally, size_t which);

#endif
