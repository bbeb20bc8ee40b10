/*
 * look: what the text of a term looks like that receivers refuse, for the rules that say what was
 * meant.
 *
 * All functions are total and look at one term alone.
 */
#ifndef ZM_LINT_RULES_LOOK_H
#define ZM_LINT_RULES_LOOK_H

#include "base/arena.h"
#include "spf/parse.h"

/* The bytes of a span of the record that lies inside the term. */
struct zm_str zm_look_part(const struct zm_spf_term *term, struct zm_span at);

/* `text` for a message: cut after 60 bytes, with `...` then. */
struct zm_str zm_look_short(struct zm_arena *arena, struct zm_str text);

/* One term without problem that receivers evaluate: a mechanism, redirect= or exp=. */
bool zm_look_is_term(struct zm_str text);

/* The same, and no `all` that lets every sender pass: what a repair may write. */
bool zm_look_is_repair(struct zm_str text);

/*
 * The term with another name and separator: `~ipv4:192.0.2.1/24` with `ip4` and ":" becomes
 * `~ip4:192.0.2.1/24`. Where the term has no separator none is written.
 */
struct zm_str zm_look_respell(struct zm_arena *arena, const struct zm_spf_term *term,
			      const char *name, const char *separator);

/* 4 or 6 when the value is an address, with or without a slash and more behind it; else 0. */
unsigned zm_look_family(struct zm_str value);

/* `ip4` or `ip6`. */
const char *zm_look_ip_keyword(unsigned family);

/* A name that was meant to be ip4 or ip6, where an address follows: `ip`, `ipv4`, `i4`. */
bool zm_look_is_ip_slip(struct zm_str name);

/*
 * The mechanism or modifier whose name is nearest to this one, a slip of the pen away: one letter,
 * two where the name has six or more. NULL when none is, or two are as near. `*distance` is then
 * untouched.
 */
const char *zm_look_nearest(struct zm_str name, size_t *distance);

/* The name of a mechanism. */
bool zm_look_is_mechanism(struct zm_str name);

/* The text without the punctuation that ends it: `;` `,` `.` `\` and quotes. May be empty. */
struct zm_str zm_look_stripped(struct zm_str text);

/* Whether it holds `;` `,` `\` or a quote. RFC 7208 7.1 lets them stand in a domain; no host has
 * them.
 */
bool zm_look_has_punctuation(struct zm_str text);

/* The term has a qualifier and nothing else. */
bool zm_look_is_lone_qualifier(const struct zm_spf_term *term);

#endif
