/*
 * earlier: what a zone was in the commit that --base names, for the rules on its serial.
 */
#ifndef ZM_LINT_EARLIER_H
#define ZM_LINT_EARLIER_H

#include "zone/serial.h"
#include "zone/whole/delta.h"

struct zm_earlier {
	const char *ref; /* the commit, as it was asked for */
	uint32_t serial;
	struct zm_reading then;             /* origin included; nothing of it was unreadable */
	const struct zm_load_options *load; /* of the zone as it is now, origin included */
	bool has_same_parts;                /* the files that it includes are those of now */
	struct zm_serial_how how;           /* to bump by */
};

/*
 * The serial that the zone should have instead of `serial`: the same where that is ahead of the
 * earlier one (RFC 1982 3.2), else the earlier one's successor. KEEP gives the same in any case.
 */
struct zm_serial_next zm_earlier_next(const struct zm_earlier *earlier, uint32_t serial);

/* Whether records of the zone are new or gone since; `delta` is filled then. */
bool zm_earlier_differs(const struct zm_earlier *earlier, struct zm_arena *arena,
			const struct zm_zone *zone, struct zm_delta *delta);

#endif
