/*
 * mend: one zone from its findings to new, proved bytes; nothing is written here.
 *
 *	lint → fixes of the lowest stage → edits → new bytes → read and lint again … until nothing
 *is left to apply, then the serial, then the proof: the new bytes are read from scratch and
 *compared record by record with the old ones.
 */
#ifndef ZM_FIX_MEND_H
#define ZM_FIX_MEND_H

#include "dns/set.h"
#include "lint/lint.h"
#include "zone/load.h"
#include "zone/serial.h"

enum { ZM_MEND_ROUNDS_MAX = 64 };

enum zm_mend_outcome {
	ZM_MEND_NOTHING, /* no fix applies: the file stays as it is */
	ZM_MEND_PLANNED, /* `bytes` are to be written */
	ZM_MEND_REFUSED, /* fixes apply, but may not be made or could not be proved: `reason` */
};

struct zm_mend_options {
	bool unsafe; /* also fixes that may change who passes */
	bool allow_generated;
	enum zm_serial_style serial;
	int64_t now; /* seconds since 1970 */
};

struct zm_mend {
	enum zm_mend_outcome outcome;
	struct zm_str bytes; /* PLANNED: the whole new file, in the arena */
	size_t records;      /* how many records change, come or go, the SOA not counted */
	uint32_t old_serial;
	struct zm_serial_next serial; /* PLANNED */
	struct zm_str reason;         /* REFUSED: what is in the way and what to do about it */
	struct zm_zone *zone;         /* PLANNED: the zone as it will be; else the zone as it is */
	struct zm_findings left;      /* what check would say of that zone */
};

/*
 * Plans the mending of `zone` (of one file; stat'ed for its state beside other files by
 * zm_mend_obstacle()). `set` holds the zone and, after PLANNED, the mended one in its place. All
 * results live in `arena`.
 */
void zm_mend_plan(struct zm_mend *mend, struct zm_arena *arena, const struct zm_zone *zone,
		  struct zm_set *set, const struct zm_policy *policy,
		  const struct zm_load_options *load, const struct zm_mend_options *options);

#endif
