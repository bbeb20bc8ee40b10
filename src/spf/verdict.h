/*
 * verdict: what an address gets: a result, or one that hangs on conditions, which only the client
 * (its name, its sender) or somebody else's zone can tell.
 *
 *	v=spf1 exists:%{l}.x.example -all     pass where exists:%{l}.x.example matches, else fail
 *
 * Equal verdicts are one verdict: a number of a pool. Two records are compared by those numbers, so
 * both must have been looked at with the same pool.
 */
#ifndef ZM_SPF_VERDICT_H
#define ZM_SPF_VERDICT_H

#include "spf/eval.h"

/* What decides. */
struct zm_condition {
	enum zm_spf_kind kind; /* of the term; ZM_SPF_REDIRECT: the record of another domain */
	struct zm_str text;    /* canonical, without qualifier, with its domain:
				  `exists:%{i}.x.example`, `include:_spf.x.example`, `ptr:x.example` */
	bool is_outside;       /* somebody else's zone tells; else the client does */
};

enum zm_verdict_kind {
	ZM_VERDICT_RESULT,
	ZM_VERDICT_CHOICE,    /* the condition's term matches or not */
	ZM_VERDICT_ELSEWHERE, /* what the record of the condition's domain says */
};

/* A term that asks may find nothing (RFC 7208 4.6.4) and go on: what follows can differ by how
 * often it did. */
enum { ZM_OUTCOMES = ZM_SPF_VOIDS_MAX + 1 };

struct zm_choice {
	uint32_t match[ZM_OUTCOMES]; /* verdicts, by the void lookups of the term */
	uint32_t miss[ZM_OUTCOMES];
};

struct zm_verdict {
	enum zm_verdict_kind kind;
	enum zm_spf_result result; /* RESULT */
	uint32_t condition;        /* CHOICE, ELSEWHERE: its number in the pool */
	struct zm_choice choice;   /* CHOICE */
	unsigned results;          /* all that it may come to, as bits 1 << result; UNKNOWN for
				      ELSEWHERE */
};

struct zm_verdicts {
	struct zm_arena *arena;
	struct zm_verdict *verdict;
	size_t count;
	size_t capacity;
	struct zm_condition *condition;
	size_t conditions;
	size_t condition_capacity;
	uint32_t *slot; /* a hash of the verdicts; 0 is an empty one, else number + 1 */
	size_t slots;
};

void zm_verdicts_init(struct zm_verdicts *pool, struct zm_arena *arena);

/* The number of a condition; its text is copied. */
uint32_t zm_verdict_condition(struct zm_verdicts *pool, const struct zm_condition *condition);

uint32_t zm_verdict_result(struct zm_verdicts *pool, enum zm_spf_result result);
uint32_t zm_verdict_elsewhere(struct zm_verdicts *pool, uint32_t condition);

/* Where all outcomes are the same, that one. */
uint32_t zm_verdict_choice(struct zm_verdicts *pool, uint32_t condition,
			   const struct zm_choice *choice);

/* Whether it is that result whatever the conditions are. */
bool zm_verdict_is(const struct zm_verdicts *pool, uint32_t verdict, enum zm_spf_result result);

/* What follows when the condition of a choice does not hold, as it commonly happens: an exists has
 * then found nothing, for any answer would have matched (RFC 7208 5.7). */
uint32_t zm_verdict_miss(const struct zm_verdicts *pool, const struct zm_verdict *choice);

#endif
