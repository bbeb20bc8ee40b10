/*
 * graph: everything that receivers may read on from one name, asked of a resolver once, for all
 * clients at the same time: each record, where its terms lead, and which addresses they match.
 *
 *	example.com.       v=spf1 mx include:_spf.example.com -all     node 0
 *	_spf.example.com.  v=spf1 ip4:192.0.2.0/24 redirect=b.example  node 1
 *	b.example.         nobody knows                                node 2
 *
 * A record that several terms lead to is one node; loops are loops. What depends on more than the
 * address of the client (ptr, most macros) is marked as such, and so is what the resolver does not
 * know.
 */
#ifndef ZM_SPF_GRAPH_H
#define ZM_SPF_GRAPH_H

#include "spf/eval.h"
#include "spf/ranges.h"

/* No honest record leads further: receivers stop after ten lookups. What lies behind is unknown. */
enum { ZM_GRAPH_MAX = 1024 };

enum { ZM_IP4, ZM_IP6, ZM_FAMILIES }; /* the family of the client, as an index */

static inline unsigned zm_family_number(size_t family)
{
	return family == ZM_IP4 ? 4 : 6;
}

enum zm_finds {
	ZM_FINDS_ADDRESSES, /* the term matches clients with an address in `set` */
	ZM_FINDS_VOID,      /* no record: a void lookup (RFC 7208 4.6.4) */
	ZM_FINDS_UNKNOWN,   /* lies outside of what can be asked */
	ZM_FINDS_ERROR,     /* temperror */
	ZM_FINDS_TOO_MANY,  /* more than ten MX: permerror */
};

/* One answer on behalf of a term. */
struct zm_spf_part {
	enum zm_finds finds;
	struct zm_name name; /* that was asked for; unset for ip4, ip6 and all */
	struct zm_name
		unknown; /* UNKNOWN only: the answer's, which is `name` or where its aliases led */
	bool is_mx;      /* for its MX records; else for addresses */
	struct zm_ranges set;
};

/* For clients of one family: the term's answers in the order in which a receiver gets them. */
struct zm_spf_parts {
	const struct zm_spf_part *item;
	size_t count;
};

/* What is spent of the two limits by a client that matches nothing. The numbers stop at
 * ZM_COST_MAX. */
enum { ZM_COST_MAX = 9999 };

struct zm_spf_cost {
	unsigned lookups;     /* terms that ask */
	unsigned voids;       /* lookups that find nothing, surely */
	unsigned voids_maybe; /* more that may find nothing: it depends on the client */
	bool is_open;         /* something on the way is unknown and may cost more */
	bool is_endless;      /* it loops */
};

/* What one term comes to. */
struct zm_spf_branch {
	const struct zm_spf_term *term;
	bool is_reached;      /* false: behind `all`, a redirect beside one, a modifier that is only
				 text, or any term of a record with a syntax error */
	bool asks;            /* counts against the limit of ten */
	bool depends;         /* on the client's name, sender or address, beyond `parts` */
	struct zm_str target; /* where it looks, as text without final dot; empty: nowhere, or
				 it depends */
	struct zm_spf_node *node; /* of include and redirect; NULL where it depends, or where macros
				     have made no name of it: permerror */
	size_t exchanges;         /* of an mx: its MX records, those over the limit too */
	struct zm_spf_parts parts[ZM_FAMILIES];
	struct zm_spf_cost cost[ZM_FAMILIES]; /* with all that is below: see limits.h */
	bool is_loop;                         /* it leads back to a record on the way to it */
};

enum zm_spf_found {
	ZM_FOUND_RECORD,  /* perhaps one with a syntax error: record.valid says so */
	ZM_FOUND_NONE,    /* `status` says whether the name has other texts */
	ZM_FOUND_SEVERAL, /* permerror (RFC 7208 4.5) */
	ZM_FOUND_ERROR,   /* temperror */
	ZM_FOUND_UNKNOWN,
};

struct zm_spf_node {
	size_t number;        /* its place in the graph */
	struct zm_str domain; /* without final dot, as the first to ask wrote it */
	struct zm_name name;
	enum zm_spf_found found;
	enum zm_answer_status status; /* of the question for texts */
	struct zm_name unknown;       /* UNKNOWN only: the name that would have to be known */
	struct zm_spf_record record;
	const void *from;               /* the record's zm_answer_record.from */
	struct zm_spf_branch *branch;   /* one a term, in their order */
	struct zm_spf_branch *redirect; /* the one that is reached; NULL: none */
	struct zm_spf_cost cost[ZM_FAMILIES];
	int walk; /* of zm_spf_limits_count() */
};

struct zm_spf_graph {
	struct zm_spf_node **node; /* the first is the name itself */
	size_t count;
	size_t capacity;
	bool is_cut; /* there was more than ZM_GRAPH_MAX */
};

/* Asks and fills all but the costs. All of it lies in the arena, and so must the resolver's
 * answers; the name must live as long. */
void zm_spf_graph_build(struct zm_spf_graph *graph, struct zm_arena *arena, struct zm_name name,
			const struct zm_resolver *resolver);

#endif
