/*
 * wire: data written as RFC 3597 has it, `\# 4 C0000201`: a length and as many bytes, which of a
 * described type have to be its fields in wire form.
 */
#ifndef ZM_ZONE_RDATA_WIRE_H
#define ZM_ZONE_RDATA_WIRE_H

#include "zone/rdata/layout.h"
#include "zone/rdata/words.h"

/* The current word is `\#`. `layout` is NULL for a type that is not described. */
bool zm_wire_check(struct zm_words *words, const struct zm_layout *layout);

#endif
