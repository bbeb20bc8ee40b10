/*
 * digits: texts that stand for bytes: hex, base 32, base 64 and addresses made of hex digits. An
 * empty text is none of them.
 */
#ifndef ZM_ZONE_RDATA_DIGITS_H
#define ZM_ZONE_RDATA_DIGITS_H

#include "base/str.h"

bool zm_is_hex(struct zm_str text); /* an odd number of digits too */

/* Whole bytes in base 32 with the extended hex alphabet, unpadded (RFC 4648 7, RFC 5155 3.3). */
bool zm_is_base32(struct zm_str text);

bool zm_is_base64(struct zm_str text);

/* Base64 on its way: a word may end in the middle of a group of four. */
struct zm_base64 {
	size_t digits; /* with the padding */
	size_t padding;
	uint8_t last; /* the last digit's value */
};

/* False where the bytes do not go on with what was before them. */
bool zm_base64_add(struct zm_base64 *base64, struct zm_str text);

/* Whether it may end here: whole groups, and no bits lost (RFC 4648 3.5). */
bool zm_base64_ends(const struct zm_base64 *base64);

/* 0x and whole bytes in hex, dots among them (RFC 1706 5). */
bool zm_is_nsap(struct zm_str text);

/* Groups of hex digits with `sep` between them, each of one to four digits where that is `:`, else
 * of one or two: `01-23-45`, `14:4fff:ff20:ee64`. */
bool zm_is_groups(struct zm_str text, size_t groups, char sep);

#endif
