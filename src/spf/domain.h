/*
 * domain: the syntax of domain-spec and macro-string (RFC 7208 7.1), before any macro is expanded.
 *
 *	%{ir}.%{v}._spf.x.example       macros and literal bytes, ended by a dot and a top label
 *	_spf.%{d2}                      or by a macro
 *
 * A value here holds no blank and no control byte: those are found before. Spans count from the
 * start of the value.
 */
#ifndef ZM_SPF_DOMAIN_H
#define ZM_SPF_DOMAIN_H

#include "base/str.h"
#include "spf/parse.h"

struct zm_spf_fault {
	enum zm_spf_problem problem; /* ZM_SPF_GOOD: none */
	struct zm_span at;
};

/*
 * The length of the macro-expand that begins at the first byte of `text`, a `%`; 0 when there is
 * none. `*letter` is then the macro letter in lower case, or `%`, `_`, `-` for the three escapes.
 */
size_t zm_spf_macro_length(struct zm_str text, char *letter);

/* What is first wrong in a domain-spec that is not empty. */
struct zm_spf_fault zm_spf_check_domain(struct zm_str value);

/* What is first wrong in a macro-string: the value of a modifier that nobody defined. */
struct zm_spf_fault zm_spf_check_macro_string(struct zm_str value);

/*
 * Where a CIDR length, right or wrong, begins that follows a domain-spec: at the first slash after
 * its last dot and last macro, for no top label holds a slash. The value's length where none does.
 */
size_t zm_spf_cidr_start(struct zm_str value);

/* The value without its final dot. */
struct zm_str zm_spf_without_dot(struct zm_str value);

/* Without case and final dot, but for the letter of a macro: a capital one escapes (7.3). */
bool zm_spf_domain_eq(struct zm_str a, struct zm_str b);

/* The run of bytes over 127 that begins first at or after `from`; empty at the end if none does. */
struct zm_span zm_spf_high_bytes(struct zm_str value, size_t from);

#endif
