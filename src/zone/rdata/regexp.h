/*
 * regexp: the substitution of a NAPTR record (RFC 3402 3.2): a regular expression and what comes in
 * the place of what it matches, with a delimiter before, between and after them.
 *
 *	!^(.*)$!sip:\1@example.com!i
 */
#ifndef ZM_ZONE_RDATA_REGEXP_H
#define ZM_ZONE_RDATA_REGEXP_H

#include "base/str.h"

/* `text` is a character-string as written, at most ZM_STRING_MAX bytes once unescaped; an empty one
 * is good. The expression itself is not understood, but its parentheses are counted. */
bool zm_regexp_is_substitution(struct zm_str text);

#endif
