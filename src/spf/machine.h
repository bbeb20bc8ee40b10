/*
 * machine: the insides of an evaluation, shared by its own file, eval.c, mechanism.c, client.c and
 * explain.c, nobody else.
 *
 * A state either waits for the answer to a question, or goes on by itself. Each state has its
 * functions in the table of eval.c.
 */
#ifndef ZM_SPF_MACHINE_H
#define ZM_SPF_MACHINE_H

#include "spf/eval.h"
#include "spf/macro.h"

enum zm_spf_state {
	ZM_EVAL_RECORD,    /* waits for the TXT records of a domain */
	ZM_EVAL_TERMS,     /* goes on with the next term */
	ZM_EVAL_ADDRESSES, /* waits for those of an a */
	ZM_EVAL_EXCHANGES, /* waits for the MX records of an mx, */
	ZM_EVAL_EXCHANGE,  /* then for the addresses of each */
	ZM_EVAL_EXISTS,    /* waits for an exists */
	ZM_EVAL_NAMES,     /* waits for the PTR records of the client, */
	ZM_EVAL_NAME,      /* then for the addresses of each; then goes back to `after` */
	ZM_EVAL_EXPLAIN,   /* goes on with the exp= of a fail, */
	ZM_EVAL_TEXT,      /* waits for its text, */
	ZM_EVAL_EXPAND,    /* and expands that */
	ZM_EVAL_DONE,
	ZM_EVAL_STATES
};

/* One check_host(): a record being evaluated, and whose include asked for it. */
struct zm_spf_frame {
	struct zm_spf_visit *visit;
	size_t at; /* the term that is next */
	struct zm_spf_frame *outer;
};

/* Names whose addresses are asked for, one after the other. */
struct zm_spf_hosts {
	const struct zm_answer_record *record;
	size_t count;
	size_t at;
	struct zm_question unknown; /* the first one that could not be answered; its name is unset
				       while all could */
};

struct zm_spf_eval {
	struct zm_arena *arena;
	struct zm_spf_client client;
	struct zm_spf_values values; /* but for the domain and the validated name */
	enum zm_spf_state state;
	struct zm_question question; /* its name is unset while none waits */
	struct zm_question asked;    /* the one that was answered last */
	struct zm_spf_frame *frame;
	struct zm_spf_hosts exchanges; /* of the mx being evaluated */
	unsigned maybe_voids;          /* lookups that could not be answered and may be void: */
	struct zm_question maybe_void; /* the first of them */
	struct zm_spf_hosts names;     /* of the client */
	bool names_known;
	bool names_void;           /* it has none */
	enum zm_spf_state after;   /* the state to go back to from its names */
	struct zm_name *validated; /* RFC 7208 5.5 */
	size_t validated_count;
	struct zm_str exp_text; /* the text to expand */
	struct zm_spf_outcome outcome;
	struct zm_spf_step *step;
	size_t step_capacity;
};

/* ---- machine.c ---- */

void zm_eval_ask(struct zm_spf_eval *eval, enum zm_spf_state state, struct zm_name name,
		 enum zm_ask type);

/* The term being evaluated, at the end of the record its redirect; NULL where there is none. */
const struct zm_spf_term *zm_eval_term(const struct zm_spf_eval *eval);

/* The end, but for the explanation of a fail. `why` may be empty. */
void zm_eval_finish(struct zm_spf_eval *eval, enum zm_spf_result result, struct zm_str why);
void zm_eval_unknown(struct zm_spf_eval *eval, struct zm_question unknown);

/* `term` has matched or not: the record ends, or its next term is next. */
void zm_eval_match(struct zm_spf_eval *eval);
void zm_eval_no_match(struct zm_spf_eval *eval);

/* Another record's turn, on behalf of `by`: inside of this one, or in its place. */
void zm_eval_include(struct zm_spf_eval *eval, const struct zm_spf_target *target);
void zm_eval_redirect(struct zm_spf_eval *eval, const struct zm_spf_target *target,
		      const struct zm_spf_term *by);

/* A record to come, on behalf of `by` in `parent`, both NULL for the first. */
struct zm_spf_visit *zm_eval_new_visit(struct zm_spf_eval *eval, const struct zm_spf_target *target,
				       const struct zm_spf_visit *parent,
				       const struct zm_spf_term *by);

/* Asks for the record of the frame's visit. */
void zm_eval_ask_record(struct zm_spf_eval *eval);
void zm_eval_on_record(struct zm_spf_eval *eval, const struct zm_answer *answer);

/* An answer that is no answer: false, and it has been dealt with. */
bool zm_eval_is_answered(struct zm_spf_eval *eval, const struct zm_answer *answer);

/* Counts a void lookup; false when that ends the evaluation. */
bool zm_eval_count_void(struct zm_spf_eval *eval);

/* Whether the void lookups, those counted that may be void, are within the limit; false: they end
 * the evaluation, or might have done so before. */
bool zm_eval_weigh_voids(struct zm_spf_eval *eval);

void zm_eval_note(struct zm_spf_eval *eval, struct zm_spf_step step);

/* ---- mechanism.c ---- */

void zm_eval_next_term(struct zm_spf_eval *eval);
void zm_eval_on_addresses(struct zm_spf_eval *eval, const struct zm_answer *answer);
void zm_eval_on_exchanges(struct zm_spf_eval *eval, const struct zm_answer *answer);
void zm_eval_on_exchange(struct zm_spf_eval *eval, const struct zm_answer *answer);
void zm_eval_on_exists(struct zm_spf_eval *eval, const struct zm_answer *answer);

/* ---- client.c ---- */

/* Asks for the client's names, to come back to this state with names_known. */
void zm_eval_find_names(struct zm_spf_eval *eval);
void zm_eval_on_names(struct zm_spf_eval *eval, const struct zm_answer *answer);
void zm_eval_on_name(struct zm_spf_eval *eval, const struct zm_answer *answer);

/* The type of the client's addresses, and whether one of them agrees with it in `prefix` bits. */
enum zm_ask zm_eval_address_type(const struct zm_spf_eval *eval);
bool zm_eval_has_client(const struct zm_spf_eval *eval, const struct zm_answer *answer,
			unsigned prefix);

/* Whether the client has a validated name at or below `target`. */
bool zm_eval_is_named(const struct zm_spf_eval *eval, struct zm_name target);

/* What macros stand for in the record of `visit`. */
struct zm_spf_values zm_eval_values(const struct zm_spf_eval *eval,
				    const struct zm_spf_visit *visit);

/* Whether `text` has a %{p}. */
bool zm_eval_uses_name(struct zm_str text);

/* ---- explain.c ---- */

/* The exp= that explains a fail, or NULL. */
const struct zm_spf_term *zm_eval_exp(const struct zm_spf_eval *eval);
void zm_eval_explain(struct zm_spf_eval *eval);
void zm_eval_on_text(struct zm_spf_eval *eval, const struct zm_answer *answer);
void zm_eval_expand_text(struct zm_spf_eval *eval);

#endif
