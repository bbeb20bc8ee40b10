/*
 * code: the bytes that a text of digits stands for. What the text may be, digits.h and field.h say;
 * of one that is none the bytes are any, or false is returned.
 */
#ifndef ZM_ZONE_RDATA_CODE_H
#define ZM_ZONE_RDATA_CODE_H

#include "base/buf.h"

/* Whole bytes; no digits are no bytes. */
bool zm_code_add_hex(struct zm_buf *out, struct zm_str text);

bool zm_code_add_base32(struct zm_buf *out, struct zm_str text); /* RFC 4648 7, unpadded */

bool zm_code_add_base64(struct zm_buf *out, struct zm_str text); /* padded */

/* Groups of up to `digits` hex digits with `sep` between them. */
bool zm_code_add_groups(struct zm_buf *out, struct zm_str text, char sep, size_t digits);

/* YYYYMMDDHHmmSS as seconds since 1970 modulo 2^32, or a number of seconds (RFC 4034 3.2). */
uint32_t zm_code_time(struct zm_str text);

#endif
