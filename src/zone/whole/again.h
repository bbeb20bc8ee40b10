/*
 * again: a zone's records once more, for those who have to see a few of them. What is known of
 *names rests on hashes (names.h), so that it is seen in the records before it is reported.
 *
 *	struct zm_again *again = zm_again_start(walk, &wanted);
 *	struct zm_record record;
 *	while (zm_again_next(again, &record)) ...
 *	zm_again_end(again);
 *
 * Plain lines of other names are skimmed, so that this takes no longer than the first walk did.
 */
#ifndef ZM_ZONE_WHOLE_AGAIN_H
#define ZM_ZONE_WHOLE_AGAIN_H

#include "zone/state.h"

struct zm_again;

/* Of an ended walk. All records of the wanted names come, in their order, and some of others;
 * `wanted` must live as long, NULL: all records. */
struct zm_again *zm_again_start(struct zm_walk *walk, const struct zm_wanted *wanted);

/* False at the end. The record is valid until the next call. */
bool zm_again_next(struct zm_again *again, struct zm_record *record);

/* As zm_fault_of(), of a record that it gave, for the zone of the first walk: the second one has
 * sources of its own. */
struct zm_fault zm_again_fault(const struct zm_again *again, const struct zm_record *record,
			       enum zm_fault_kind kind);

void zm_again_end(struct zm_again *again);

#endif
