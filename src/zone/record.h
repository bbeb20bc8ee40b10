/*
 * record: one entry's RDATA → text, or what an SOA says. The only place where the zone layer calls
 * ldns.
 *
 * ldns gets a record rebuilt from tokens, one at a time, and only after quotes, parentheses,
 * escapes and lengths were checked here: those are where ldns errs in silence. What both read is
 * then compared.
 */
#ifndef ZM_ZONE_RECORD_H
#define ZM_ZONE_RECORD_H

#include "zone/rdata/words.h"

/*
 * Fills soa_data and serial_at of an SOA record, text of a TXT or SPF record. False: `fault` says
 * what is wrong (kind, at, message); the record keeps what could be read of it.
 */
bool zm_record_complete(struct zm_record *record, struct zm_arena *arena, struct zm_fault *fault);

/* Whether ldns accepts the data, of a type that is read nowhere else. False: the fault is filled.
 */
bool zm_record_check_foreign(struct zm_words *words);

#endif
