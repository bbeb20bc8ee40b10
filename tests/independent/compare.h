/*
 * compare: whether a zone file is another one but for what a mender of SPF may change, said by
 * somebody who knows nothing of how it is done:
 *
 *	the strings of a TXT record that is SPF; its owner, TTL, comments and line ends are as
 *before such a record as a whole, that comes or goes; its comments stay where a string of another
 *TXT has more than 255 bytes: how that text is cut into strings the digits of one SOA's serial the
 *owner of a record that inherited it from one that went, written where its blanks were
 *
 * All other bytes are the same, and each record has the owner and the TTL that it had.
 */
#ifndef INDEPENDENT_COMPARE_H
#define INDEPENDENT_COMPARE_H

#include "read.h"

struct comparison {
	const char *why; /* NULL: it is so; else what is not */
	size_t old_at;   /* about where */
	size_t new_at;
	size_t edited; /* TXT records */
	size_t gone;
	size_t come;
	bool bumped;
	uint32_t old_serial; /* where bumped */
	uint32_t new_serial;
};

/* `origin` is absolute. False: `why` says what differs. */
bool compare_zones(struct comparison *said, struct bytes before, struct bytes after,
		   const char *origin);

/* RFC 1982: is b after a? */
bool serial_is_later(uint32_t a, uint32_t b);

#endif
