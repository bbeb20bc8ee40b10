/*
 * plain data: the RDATA of the common types where it is plain: stricter than rdata.h, never more
 * lenient, and several times as fast.
 */
#ifndef ZM_ZONE_FAST_PLAIN_DATA_H
#define ZM_ZONE_FAST_PLAIN_DATA_H

#include <stddef.h>
#include <stdint.h>

/*
 * The place after the RDATA at `p`, or NULL where it is wrong or not plain; of A, AAAA, CAA,
 * CNAME, DS, MX, NS, PTR and SRV. At most ZM_PLAIN_DATA_ROOM bytes are read. `origin_len` is that
 * of the origin's wire form, to which relative names are added.
 */
const char *zm_plain_data(uint16_t type, const char *p, size_t origin_len);

enum { ZM_PLAIN_DATA_ROOM = 512 };

#endif
