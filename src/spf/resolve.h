/*
 * resolve: one question to the DNS and its answer. SPF asks; whether zone files, test data or the
 * network answer is for others to know.
 *
 *	example.com. MX   →   found: 10 mail.example.com., 20 backup.example.com.
 *	a.example.net. A  →   unknown: no zone of the set says anything about a.example.net.
 *
 * Aliases (CNAME, DNAME) are followed by whoever answers: an answer holds records of the type that
 * was asked for only.
 */
#ifndef ZM_SPF_RESOLVE_H
#define ZM_SPF_RESOLVE_H

#include "base/name.h"
#include "spf/parse.h"

/* The types that SPF asks for, by their numbers in the DNS (RFC 1035 3.2.2, RFC 3596 2.1). */
enum zm_ask {
	ZM_ASK_A = 1,
	ZM_ASK_PTR = 12,
	ZM_ASK_MX = 15,
	ZM_ASK_TXT = 16,
	ZM_ASK_AAAA = 28,
};

struct zm_question {
	struct zm_name name;
	enum zm_ask type;
};

enum zm_answer_status {
	ZM_ANSWER_FOUND,   /* at least one record */
	ZM_ANSWER_NO_DATA, /* the name has no record of the type */
	ZM_ANSWER_NO_NAME, /* the name does not exist, as far as can be told from what is known */
	ZM_ANSWER_ERROR,   /* a temporary failure: a timeout, a server that cannot answer */
	ZM_ANSWER_UNKNOWN, /* lies outside of what can be asked; never a guess */
};

struct zm_answer_record {
	struct zm_ip ip;     /* A, AAAA */
	uint16_t preference; /* MX */
	struct zm_name name; /* MX: the exchange; PTR: the name */
	struct zm_str text;  /* TXT: its strings, joined without blanks (RFC 7208 3.3) */
	const struct zm_spf_record *spf; /* TXT that is SPF: what zm_spf_parse() makes of it, where
					    whoever answers has that at hand; else NULL */
	const void *from; /* what it was read from, in the terms of who answers: of the zone set
			     a const struct zm_record; else NULL */
};

struct zm_answer {
	enum zm_answer_status status;
	const struct zm_answer_record *record; /* FOUND only, in no particular order */
	size_t count;
	struct zm_name unknown; /* UNKNOWN only: the name whose records would be needed, which is
				   the question's or where its aliases led */
};

/* RFC 7208 4.6.4: a void lookup. */
static inline bool zm_answer_is_void(const struct zm_answer *answer)
{
	return answer->status == ZM_ANSWER_NO_DATA || answer->status == ZM_ANSWER_NO_NAME;
}

/*
 * Somebody who answers. `ask` fills all of `answer`; what that points to is in the arena or lives
 * at least as long as it. The question may be forgotten afterwards.
 */
struct zm_resolver {
	void *ctx;
	void (*ask)(void *ctx, struct zm_arena *arena, const struct zm_question *question,
		    struct zm_answer *answer);
};

/* `A`, `MX`, ... */
const char *zm_ask_name(enum zm_ask type);

#endif
