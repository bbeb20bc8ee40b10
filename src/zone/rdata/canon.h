/*
 * canon: the data of a record in one way of writing it, so that two records say the same if their
 * bytes are the same: the wire form with names absolute and in lower case (RFC 4034 6.2).
 *
 *	MX 010 Mail        under example.com.   →   00 0a 04 m a i l 07 e x a m p l e 03 c o m 00
 *	MX 10 mail.example.com.                 →   the same
 *
 * Types with a grammar of their own, and data that is none, come word by word as they are written.
 */
#ifndef ZM_ZONE_RDATA_CANON_H
#define ZM_ZONE_RDATA_CANON_H

#include "base/buf.h"
#include "zone/zone.h"

/* Adds the name in lower case (RFC 4034 6.1). */
void zm_canon_name(struct zm_buf *out, struct zm_name name);

/* Adds the data to `out`; of an SOA all but its serial. */
void zm_canon_rdata(struct zm_buf *out, const struct zm_record *record);

#endif
