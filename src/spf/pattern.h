/*
 * pattern: what a policy asks of terms (`include:x.example`, `-all`, `include:*.old.example`,
 * `ip4:10.0.0.0/8`, `ptr`).
 *
 * Two questions, two functions: does a term provide what is required, and is a term among what is
 * forbidden? A term that is not sound answers no to both.
 *
 * - Required: no qualifier means `+`, and the term must mean exactly this one.
 * - Forbidden: no qualifier means any, but `all` alone is `+all` (RFC 7208 4.6.2). A bare name
 *   (`ptr`, `mx`, `ip4`, `exp`) means it with and without value. No prefix length means any; where
 *   one is written, the term's must be equal, also by default (`mx` is `mx/32//128`). An address
 *   without star means every network inside of it.
 * - `*` in a value is any run of bytes, dots too, but not an absent value: `include:*.old.example`,
 *   `a:*`, `ip4:*` followed by `/0`, `default=*`. Addresses are compared as written and in their
 *   canonical form.
 */
#ifndef ZM_SPF_PATTERN_H
#define ZM_SPF_PATTERN_H

#include "spf/parse.h"

struct zm_spf_pattern {
	struct zm_str text;      /* as the policy has it */
	struct zm_spf_term term; /* what the parser makes of it: prefix lengths are there, and with
				    a star or a bare name a problem may be */
	bool is_term;   /* a whole, sound term without star: it can be written to a record */
	bool is_bare;   /* only a name: no value, perhaps a prefix length */
	bool has_star;  /* in the value */
	char qualifier; /* 0: none written */
	enum zm_spf_kind kind;
	struct zm_str value; /* with its stars, without prefix length and final dot */
};

/* `text` must outlive the pattern. False when it is none; `*why` is then a phrase for a message,
 * such as "no such mechanism", and the pattern is undefined. */
bool zm_spf_pattern_parse(struct zm_spf_pattern *pattern, struct zm_str text, const char **why);

bool zm_spf_pattern_provided(const struct zm_spf_pattern *pattern, const struct zm_spf_term *term);
bool zm_spf_pattern_forbids(const struct zm_spf_pattern *pattern, const struct zm_spf_term *term);

#endif
