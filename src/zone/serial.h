/*
 * serial: the SOA serial's style and successor. "Greater" is RFC 1982's throughout; a successor is
 *always greater.
 *
 *	date       YYYYMMDDnn   2024010199 on 2026-11-23 -> 2026112300
 *	epoch      seconds since 1970
 *	increment  any number: + 1, and 4294967295 becomes 1
 */
#ifndef ZM_ZONE_SERIAL_H
#define ZM_ZONE_SERIAL_H

#include "base/str.h"

enum zm_serial_style {
	ZM_SERIAL_AUTO,
	ZM_SERIAL_DATE,
	ZM_SERIAL_EPOCH,
	ZM_SERIAL_INCREMENT,
	ZM_SERIAL_KEEP
};

struct zm_serial_next {
	uint32_t serial;
	enum zm_serial_style style; /* the one used: never AUTO */
	const char *warning; /* NULL, or a constant phrase: the serial lies in the future, nn = 99
				carried */
};

const char *zm_serial_style_name(enum zm_serial_style style);
bool zm_serial_style_parse(enum zm_serial_style *style, struct zm_str text);

/* What style a serial looks to be in at time `now` (seconds since 1970, UTC): DATE, EPOCH or
 * INCREMENT. */
enum zm_serial_style zm_serial_style_of(uint32_t serial, int64_t now);

/* The successor. AUTO finds the style; KEEP gives the same serial. */
struct zm_serial_next zm_serial_bump(uint32_t serial, enum zm_serial_style style, int64_t now);

struct zm_serial_how {
	enum zm_serial_style style;
	int64_t now;
	int64_t ahead;  /* seconds that the day of a date is ahead of UTC's */
	uint32_t first; /* the nn of a day's first serial, below 100 */
};

/* The same where a date has a day of its own time zone, or begins with 01. */
struct zm_serial_next zm_serial_bump_by(uint32_t serial, const struct zm_serial_how *how);

/* RFC 1982 3.2: is a after b? False where it is undefined (exactly 2^31 apart). */
bool zm_serial_is_after(uint32_t a, uint32_t b);

#endif
