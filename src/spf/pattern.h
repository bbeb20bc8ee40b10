/*
 * pattern: what a policy asks of terms (`include:x.example`, `-all`, `include:*.old.example`,
 * `ip4:10.0.0.0/8`, `ptr`).
 *
 * Two questions, two functions: does a term provide what is required, and is a term among what is
 * forbidden?
 * - Required, no qualifier means `+`, and the term must be exactly this one.
 * - Forbidden, no qualifier means any (but `all` is `+all`, as RFC 7208 4.6.2 has it); a bare
 * mechanism name (`ptr`, `mx`) means it with and without value; `*` in a value stands for any run
 * of bytes; a network means every network inside of it, an `ip4:` of only a star and `/0` any
 * address with that prefix length.
 */
#ifndef ZM_SPF_PATTERN_H
#define ZM_SPF_PATTERN_H

#include "spf/parse.h"

struct zm_spf_pattern {
	struct zm_str text;      /* as the policy has it */
	struct zm_spf_term term; /* parsed, where no `*` is in it */
	bool has_star;
	char qualifier; /* 0: none written */
	enum zm_spf_kind kind;
	struct zm_str value; /* with its stars, without prefix length */
	int prefix;          /* written after the value; -1: none */
};

/* `text` must outlive the pattern. False when it is none; `*why` is then a phrase for a message,
 * such as "no such mechanism". */
bool zm_spf_pattern_parse(struct zm_spf_pattern *pattern, struct zm_str text, const char **why);

bool zm_spf_pattern_provided(const struct zm_spf_pattern *pattern, const struct zm_spf_term *term);
bool zm_spf_pattern_forbids(const struct zm_spf_pattern *pattern, const struct zm_spf_term *term);

#endif
