/*
 * macro: macro-strings expanded (RFC 7208 7).
 *
 *	%{ir}.%{v}._spf.%{d2}   for 192.0.2.3 and mail.example.com
 *	3.2.0.192.in-addr._spf.example.com
 */
#ifndef ZM_SPF_MACRO_H
#define ZM_SPF_MACRO_H

#include "base/buf.h"
#include "base/name.h"
#include "spf/ip.h"

/* What the macro letters stand for. Views; an empty one expands to nothing. */
struct zm_spf_values {
	struct zm_str sender;        /* s: local-part@domain */
	struct zm_str local;         /* l */
	struct zm_str sender_domain; /* o */
	struct zm_str domain;        /* d */
	struct zm_ip ip;             /* i, v, c */
	struct zm_str validated;     /* p: the validated name, or "unknown" */
	struct zm_str helo;          /* h */
	struct zm_str receiver;      /* r */
	int64_t time;                /* t: seconds since 1970 */
};

/* Which macro letters a text uses: a set of zm_spf_letter('d'), case apart. */
static inline uint32_t zm_spf_letter(char letter)
{
	return UINT32_C(1) << (zm_lower(letter) - 'a');
}
uint32_t zm_spf_letters(struct zm_str text);

/* Adds the expanded text to `out`, whose maximum bounds it. False, with `out` filled up to there,
 * at the first `%` that begins no macro (7.1). */
bool zm_spf_expand(struct zm_buf *out, struct zm_str text, const struct zm_spf_values *values);

struct zm_spf_target {
	struct zm_str text; /* without final dot */
	struct zm_name name;
};

/*
 * A domain-spec → the name it means, whose text is in the arena or a view of `spec`. Text over 253
 * bytes loses labels from the left (7.3). False when it is no domain name in the end, such as
 * `a..b`.
 */
bool zm_spf_expand_domain(struct zm_spf_target *target, struct zm_arena *arena, struct zm_str spec,
			  const struct zm_spf_values *values);

#endif
