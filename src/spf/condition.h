/*
 * condition: the name of what decides where the address alone does not: a mechanism in canonical
 * form, without qualifier, that says the same in any record.
 *
 *	exists:%{i}.%{d2}   in mail.example.com's record   is   exists:%{i}.example.com
 *	ptr                                                is   ptr:mail.example.com
 */
#ifndef ZM_SPF_CONDITION_H
#define ZM_SPF_CONDITION_H

#include "spf/graph.h"
#include "spf/verdict.h"

/* Where a term looks, by what its record's domain is; with NULL: that domain itself. */
struct zm_str zm_condition_spec(struct zm_arena *arena, const struct zm_spf_node *node,
				const struct zm_spf_branch *branch);

/* Of a term that depends on the client. */
struct zm_condition zm_condition_of_term(struct zm_arena *arena, const struct zm_spf_node *node,
					 const struct zm_spf_branch *branch);

/* Of an answer on behalf of a term, where nobody knows it. */
struct zm_condition zm_condition_of_part(struct zm_arena *arena, const struct zm_spf_branch *branch,
					 const struct zm_spf_part *part);

/* Whether the record at `spec` gives pass; with ZM_SPF_REDIRECT: whatever it gives. */
struct zm_condition zm_condition_of_record(struct zm_arena *arena, enum zm_spf_kind kind,
					   struct zm_str spec);

#endif
