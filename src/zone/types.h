/*
 * types: the words of a record's head: TTL, class and type, as named reads them (RFC 1035 3.2, RFC
 * 2308, RFC 3597 5).
 */
#ifndef ZM_ZONE_TYPES_H
#define ZM_ZONE_TYPES_H

#include "base/str.h"

enum { ZM_CLASS_IN = 1 };
enum { ZM_TTL_MAX = 0x7fffffff }; /* RFC 2181 8; named takes a greater one as 0 */

/* `3600`, `1h`, `1w2d3h4m5s` in any order and case. False for `1h30`, `1y`, `-1`, or more than 32
 * bits. */
bool zm_ttl_parse(uint32_t *ttl, struct zm_str text);

/* The seconds of w, d, h, m and s in any case; 0 for any other letter. */
uint32_t zm_ttl_unit(char unit);

/* IN, CH, CHAOS, HS, HESIOD, CLASSnnn. */
bool zm_class_parse(uint16_t *class, struct zm_str text);

/* A mnemonic in any case, or TYPEnnn. False also for type 0. PowerDNS's ALIAS and LUA are types. */
bool zm_type_parse(uint16_t *type, struct zm_str text);

/* The mnemonic, NULL for a type without one. Lives as long as the program. */
const char *zm_type_name(uint16_t type);

/* ANY, AXFR, OPT and their like, which may stand in no zone. */
bool zm_type_is_meta(uint16_t type);

#endif
