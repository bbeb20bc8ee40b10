/*
 * rdata: the data of one record of a zone as an answer has it.
 */
#ifndef ZM_DNS_RDATA_H
#define ZM_DNS_RDATA_H

#include "spf/resolve.h"
#include "zone/zone.h"

/* A, AAAA, MX, PTR or TXT. False when it cannot be read: it is broken, or written as RFC 3597 has
 * it for types that a program does not know. */
bool zm_rdata_answer(struct zm_answer_record *out, struct zm_arena *arena,
		     const struct zm_record *record);

/* The name that a CNAME or DNAME leads to; fails likewise. */
bool zm_rdata_target(struct zm_name *out, struct zm_arena *arena, const struct zm_record *record);

#endif
