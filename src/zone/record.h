/*
 * record: one entry's RDATA → ldns_rr and text. The only place where the zone layer calls ldns.
 *
 * ldns gets a record rebuilt from tokens, one at a time, and only after quotes, parentheses,
 * escapes, lengths and the serial were checked here: those are where ldns errs in silence. What
 * both read is then compared.
 */
#ifndef ZM_ZONE_RECORD_H
#define ZM_ZONE_RECORD_H

#include "zone/rdata/words.h"

/*
 * Fills rr, text and serial_at of an SOA, TXT or SPF record. False: `fault` says what is wrong
 * (kind, at, message); the record keeps what could be read of it, rr is then NULL.
 */
bool zm_record_complete(struct zm_record *record, struct zm_arena *arena, struct zm_fault *fault);

/* Whether ldns accepts the data, of a type that is read nowhere else. False: the fault is filled.
 */
bool zm_record_check_foreign(struct zm_words *words);

/* An SOA's MINIMUM field in seconds (RFC 2308 4); the record is complete. */
uint32_t zm_record_minimum(const struct zm_record *soa);

/* An SOA's serial. The record is complete. */
uint32_t zm_record_serial(const struct zm_record *soa);

void zm_record_set_ttl(struct zm_record *record, uint32_t ttl);

/* Whether both say the same, owner, class, type and RDATA, TTL apart; both complete. */
bool zm_record_same(const struct zm_record *a, const struct zm_record *b);

/* The same, but that the serials of two SOAs may differ. */
bool zm_record_same_but_serial(const struct zm_record *a, const struct zm_record *b);

#endif
