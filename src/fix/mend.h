/*
 * mend: one zone from its findings to new, proved bytes; nothing is written here.
 *
 *	lint → fixes of the lowest stage → edits → new bytes → read and lint again … until nothing
 *is left to apply, then the serial, then the proof. A serial that is ahead of an earlier commit's
 *is left alone.
 */
#ifndef ZM_FIX_MEND_H
#define ZM_FIX_MEND_H

#include "dns/set.h"
#include "fix/proof.h"
#include "fix/rewrite.h"
#include "lint/earlier.h"
#include "lint/lint.h"
#include "zone/load.h"
#include "zone/serial.h"

enum { ZM_MEND_ROUNDS_MAX = 64 };

enum zm_mend_outcome {
	ZM_MEND_NOTHING, /* no fix applies: the file stays as it is */
	ZM_MEND_PLANNED, /* `bytes` are to be written */
	ZM_MEND_REFUSED, /* fixes apply, but may not be made or could not be proved: `reason` */
};

/* A file that may not be changed. */
struct zm_mend_bar {
	const struct zm_source *source;
	struct zm_str why; /* what stands in the way, and what to do about it */
};

struct zm_mend_options {
	struct zm_set *set; /* holds the zone */
	const struct zm_policy *policy;
	const struct zm_load_options *load; /* those that the zone was loaded with */
	bool unsafe;                        /* also fixes that may change who passes */
	bool in_included;                   /* files that the zone includes may be changed too */
	const struct zm_mend_bar *bar;
	size_t bars;
	struct zm_serial_how serial;
	const struct zm_earlier *earlier; /* what the serial has to be ahead of; NULL: itself */
};

struct zm_mend {
	enum zm_mend_outcome outcome;
	struct zm_rewrites files; /* PLANNED: those that change, in the arena */
	struct zm_str bytes;      /* PLANNED: the zone's own file as it will be, in the arena */
	size_t records;      /* PLANNED: how many records change, come or go, the SOA not counted */
	size_t findings;     /* PLANNED: how many findings were mended */
	uint32_t old_serial; /* PLANNED, likewise `serial` */
	struct zm_serial_next serial;
	struct zm_str reason;              /* REFUSED: what is in the way and what to do about it;
					      PLANNED: the same for fixes that were left out, or empty */
	const struct zm_zone *zone;        /* PLANNED: the zone as it will be; else as it is */
	struct zm_findings left;           /* what check says of that zone */
	struct zm_planned_changes changes; /* PLANNED: what was proved, in the arena */
};

/*
 * Plans the mending of `zone`. After PLANNED the set holds the mended zone in its place, so that
 * zones which come later see it. All results live in `arena`, which must outlive the set.
 */
void zm_mend_plan(struct zm_mend *mend, struct zm_arena *arena, const struct zm_zone *zone,
		  const struct zm_mend_options *options);

/*
 * Plans for a zone that asks for nothing itself, some of whose files are changed for the sake of
 * other zones: PLANNED where nothing but its serial differs then, NOTHING where its records would,
 * REFUSED where it may not be changed at all.
 */
void zm_mend_follow(struct zm_mend *mend, struct zm_arena *arena, const struct zm_zone *zone,
		    const struct zm_mend_options *options, const struct zm_rewrites *files);

/*
 * The serial alone: new bytes, in the zone's arena, in which nothing but the SOA's serial is
 * `next`, proved. False: `err` says why not; refused for the same reasons as a fix.
 */
bool zm_mend_serial(struct zm_str *bytes, const struct zm_zone *zone,
		    const struct zm_load_options *load, uint32_t next, struct zm_error *err);

#endif
