/*
 * proof: that new bytes say what was planned and nothing else.
 *
 * Old and new bytes are read from scratch, with all files that they include, and walked side by
 * side, every record of every type. Where two records do not say the same, there must be a planned
 * change that says so, and every planned change must be met.
 */
#ifndef ZM_FIX_PROOF_H
#define ZM_FIX_PROOF_H

#include "base/error.h"
#include "fix/rewrite.h"
#include "zone/load.h"

enum zm_planned_kind {
	ZM_CHANGE_TEXT,    /* a TXT record that said `before` says `after`; owner, TTL and class are
			      the same */
	ZM_CHANGE_GONE,    /* a TXT record that said `before` is not there any more */
	ZM_CHANGE_NEW,     /* a TXT record that says `after` is there */
	ZM_CHANGE_NOTHING, /* a record came and went again: nothing is to be seen of it */
	ZM_CHANGE_SERIAL,  /* the SOA's serial is `serial`, all else in it the same */
};

struct zm_planned_change {
	enum zm_planned_kind kind;
	struct zm_name owner;
	struct zm_str before;
	struct zm_str after;
	uint32_t serial;
	/* The ledger's own, not looked at by the proof: */
	size_t older; /* another change of the same owner, or SIZE_MAX */
	size_t round; /* the last round that had to do with it */
};

struct zm_planned_changes {
	const struct zm_planned_change *item;
	size_t count;
};

/*
 * `after` are the files of the zone, as it was read, that have new bytes; what is included is what
 * was read then, or those. False: `err` names the first record that differs.
 */
bool zm_proof(const struct zm_zone *zone, const struct zm_rewrites *after,
	      const struct zm_load_options *options, const struct zm_planned_changes *changes,
	      struct zm_error *err);

#endif
