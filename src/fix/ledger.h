/*
 * ledger: what each record said before the first round and says after the last one, for the proof.
 * It follows the operations, not the bytes: that is what makes the proof one.
 */
#ifndef ZM_FIX_LEDGER_H
#define ZM_FIX_LEDGER_H

#include "dns/map.h"
#include "fix/proof.h"
#include "lint/finding.h"

struct zm_ledger {
	struct zm_arena *arena;
	struct zm_planned_change *change;
	size_t count;
	size_t capacity;
	size_t round;
	struct zm_map
		owner; /* → the newest change of that owner; zm_change.older leads to the others */
};

void zm_ledger_init(struct zm_ledger *ledger, struct zm_arena *arena);

/* Books the fixes of one round: none of them touches what another touches. */
void zm_ledger_book(struct zm_ledger *ledger, const struct zm_fix *const *fix, size_t count);

void zm_ledger_book_serial(struct zm_ledger *ledger, uint32_t serial);

/* How many records change, come or go, the SOA not counted. */
size_t zm_ledger_records(const struct zm_ledger *ledger);

#endif
