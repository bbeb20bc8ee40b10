/*
 * term: one term among those of a record.
 */
#ifndef ZM_SPF_TERM_H
#define ZM_SPF_TERM_H

#include "spf/parse.h"

/* As zm_spf_parse_term(), into a term that is all zero: those of a record come from an arena.
 * `may_have_odd`: bytes may be among them that are no printable ones of ASCII. */
void zm_spf_fill_term(struct zm_spf_term *term, struct zm_str text, bool may_have_odd);

#endif
