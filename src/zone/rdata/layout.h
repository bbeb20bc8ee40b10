/*
 * layout: which fields the data of a record type has.
 *
 *	MX   →  preference: 0 to 65535, exchange: a domain name, and no more
 */
#ifndef ZM_ZONE_RDATA_LAYOUT_H
#define ZM_ZONE_RDATA_LAYOUT_H

#include "zone/rdata/field.h"

enum { ZM_FIELDS_MAX = 9 };

/* How the fields before it decide on how many bytes the last one has. */
enum zm_layout_size {
	ZM_SIZE_ANY,
	ZM_SIZE_DIGEST, /* by the digest type, RFC 4034 5.3 */
	ZM_SIZE_SSHFP,  /* by the fingerprint type, RFC 4255 3.1, RFC 6594 4.1 */
	ZM_SIZE_ZONEMD, /* by the hash algorithm, RFC 8976 2.2 */
	ZM_SIZE_KEY,    /* none where the flags say so, RFC 2535 3.1.2 */
	ZM_SIZE_FREE,   /* the last field may be missing */
};

struct zm_layout {
	uint16_t type;
	enum zm_layout_size size;
	const char *name;
	enum zm_field field[ZM_FIELDS_MAX]; /* up to ZM_END */
	const char *field_name[ZM_FIELDS_MAX];
};

/* NULL: a type that is not described so. */
const struct zm_layout *zm_layout_find(uint16_t type);

/* Whether a last field of so many bytes goes with the numbers of the fields before it. */
bool zm_layout_size_fits(const struct zm_layout *layout, const uint32_t *number, size_t bytes);

#endif
