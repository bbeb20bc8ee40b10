/*
 * eval: check_host() (RFC 7208 4) as a machine that stops wherever it needs the DNS, so that it
 * knows nobody who answers.
 *
 *	struct zm_spf_eval *eval = zm_spf_eval_start(&arena, &client);
 *	const struct zm_question *question;
 *	while ((question = zm_spf_eval_next(eval)) != NULL) {
 *		... fill answer ...
 *		zm_spf_eval_answer(eval, &answer);
 *	}
 *	const struct zm_spf_outcome *outcome = zm_spf_eval_outcome(eval);
 *
 * or, with a resolver, zm_spf_check_host(&arena, &client, resolver). Every evaluation ends: terms
 * that ask are bounded (4.6.4), and so is what each of them may ask.
 *
 * Where an answer is unknown and the result could be another with it, the result is unknown; that
 * whoever knows it may fail for a moment counts as little as of what is known. What was decided
 * before anything unknown was asked for stands.
 */
#ifndef ZM_SPF_EVAL_H
#define ZM_SPF_EVAL_H

#include "spf/parse.h"
#include "spf/resolve.h"

/* RFC 7208 4.6.4 */
enum {
	ZM_SPF_LOOKUPS_MAX = 10, /* terms that ask the DNS; %{p} is no term */
	ZM_SPF_VOIDS_MAX = 2,    /* lookups that find nothing: those of a target, of each exchange
				    of an mx, and of the client's names */
	ZM_SPF_MX_MAX = 10,      /* MX records of one name: more are a permerror */
	ZM_SPF_PTR_MAX = 10,     /* names of one address: more are not looked at */
};

enum { ZM_SPF_EXPLANATION_MAX = 4096 }; /* bytes; a longer one is left out */

enum zm_spf_result { /* RFC 7208 2.6, and one of our own */
		     ZM_RESULT_NONE,
		     ZM_RESULT_NEUTRAL,
		     ZM_RESULT_PASS,
		     ZM_RESULT_FAIL,
		     ZM_RESULT_SOFTFAIL,
		     ZM_RESULT_TEMPERROR,
		     ZM_RESULT_PERMERROR,
		     ZM_RESULT_UNKNOWN,
};

/* Who sends. Views, which must live as long as the evaluation's arena. */
struct zm_spf_client {
	struct zm_ip ip;        /* an IPv4-mapped IPv6 address is taken as IPv4 (5) */
	struct zm_str sender;   /* MAIL FROM without brackets; empty is postmaster@helo (2.4) */
	struct zm_str helo;     /* may be empty */
	struct zm_str domain;   /* whose record; empty: the sender's domain (4.1) */
	struct zm_str receiver; /* who checks, for %{r}; empty: `unknown` */
	int64_t time;           /* seconds since 1970, for %{t} */
	bool trace;             /* keep the steps */
};

/* One record on the way. */
struct zm_spf_visit {
	struct zm_str domain; /* without final dot, as its asker wrote it */
	struct zm_name name;
	struct zm_spf_record record;       /* of no term while there is none */
	const void *from;                  /* the record's zm_answer_record.from */
	const struct zm_spf_visit *parent; /* whose term led here; NULL for the first */
	const struct zm_spf_term *by;      /* that term: an include or a redirect */
	unsigned depth;                    /* visits above this one */
};

enum zm_spf_step_kind {
	ZM_STEP_ASKED,    /* visit, term, question, answer */
	ZM_STEP_RECORD,   /* visit: its record was found and is looked at */
	ZM_STEP_MATCH,    /* visit, term */
	ZM_STEP_NO_MATCH, /* visit, term */
	ZM_STEP_END,      /* visit, result: that of an included record, or of all */
};

struct zm_spf_step {
	enum zm_spf_step_kind kind;
	const struct zm_spf_visit *visit;
	const struct zm_spf_term *term; /* ASKED: on behalf of it; NULL: of the record itself */
	struct zm_question question;
	struct zm_answer answer;
	enum zm_spf_result result;
};

struct zm_spf_outcome {
	enum zm_spf_result result;
	struct zm_str sender; /* whose mail it is: local-part@domain, also of the null sender */
	struct zm_str domain; /* whose record was asked for */
	const struct zm_spf_visit *visit; /* where it was decided, perhaps below includes whose
					     qualifiers count; NULL: the domain is no name */
	const struct zm_spf_term *term;   /* the term that decided; NULL: none did */
	struct zm_str why;          /* a phrase: lower case, no full stop; empty where the term says
				       it all */
	struct zm_str explanation;  /* of a fail (6.2); empty: none */
	struct zm_str unexplained;  /* why there is none though exp= asks for one: a phrase */
	struct zm_question unknown; /* UNKNOWN: what would have to be known */
	unsigned lookups;           /* terms that asked the DNS */
	unsigned voids;
	unsigned questions;
	const struct zm_spf_step *step; /* with `trace` */
	size_t steps;
};

struct zm_spf_eval;

/* All of it is in the arena. Answers may be, too; they must live as long. */
struct zm_spf_eval *zm_spf_eval_start(struct zm_arena *arena, const struct zm_spf_client *client);

/* What must be answered next; NULL: the outcome is there. Asking again changes nothing. */
const struct zm_question *zm_spf_eval_next(struct zm_spf_eval *eval);
void zm_spf_eval_answer(struct zm_spf_eval *eval, const struct zm_answer *answer);
const struct zm_spf_outcome *zm_spf_eval_outcome(const struct zm_spf_eval *eval);

const struct zm_spf_outcome *zm_spf_check_host(struct zm_arena *arena,
					       const struct zm_spf_client *client,
					       const struct zm_resolver *resolver);

/* `pass`, `softfail`, ... */
const char *zm_spf_result_name(enum zm_spf_result result);
bool zm_spf_result_parse(enum zm_spf_result *result, struct zm_str text);

#endif
