/*
 * proof: that new bytes say what was planned and nothing else. Reads both files from scratch,
 * record by record, all types.
 */
#ifndef ZM_FIX_PROOF_H
#define ZM_FIX_PROOF_H

#include "base/error.h"
#include "zone/load.h"

/* What shall have become of one record of the old file. */
enum zm_change_kind {
	ZM_CHANGE_TEXT, /* its text is `text` now; owner, TTL, class and type are the same */
	ZM_CHANGE_GONE, /* it is not there any more */
	ZM_CHANGE_NEW,  /* a TXT record of `owner` saying `text` comes after old record `ordinal` */
	ZM_CHANGE_SERIAL, /* the SOA with this serial, all else the same */
};

struct zm_change {
	enum zm_change_kind kind;
	size_t ordinal; /* of the old zone's records */
	struct zm_name owner;
	struct zm_str text;
	uint32_t serial;
};

/* `change` is sorted by ordinal, NEW after the others of its ordinal. False: `err` names the first
 * record that differs. */
bool zm_proof(const struct zm_zone *before, struct zm_str after,
	      const struct zm_load_options *options, const struct zm_change *change, size_t count,
	      struct zm_error *err);

#endif
