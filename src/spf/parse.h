/*
 * parse: the text of one SPF record → its terms, each with the span of bytes it came from
 * (RFC 7208 4.6.1, 12).
 *
 *	v=spf1 mx/24 -include:a.example redirect=b.example
 *
 * gives the terms  mx/24  |  -include:a.example  |  redirect=b.example.  Everything between terms
 * is blanks; printing a term is copying its bytes. The parser never stops at an error: a broken
 * term is a term with a `problem`, and the next one is read. All spans count bytes of the record's
 * text, from 0. The tree holds views of that text, which must outlive it.
 */
#ifndef ZM_SPF_PARSE_H
#define ZM_SPF_PARSE_H

#include "base/arena.h"
#include "base/str.h"
#include "spf/ip.h"

enum zm_spf_kind {
	ZM_SPF_ALL,
	ZM_SPF_INCLUDE,
	ZM_SPF_A,
	ZM_SPF_MX,
	ZM_SPF_PTR,
	ZM_SPF_IP4,
	ZM_SPF_IP6,
	ZM_SPF_EXISTS,
	ZM_SPF_REDIRECT,
	ZM_SPF_EXP,
	ZM_SPF_OTHER_MODIFIER, /* name=value with a name that RFC 7208 does not define: ignored by
				  receivers (6) */
	ZM_SPF_UNKNOWN,        /* no mechanism and no modifier: permerror */
};

/*
 * What makes a receiver answer permerror. One a term: the first that reading from the left meets,
 * but a control byte before all else, for it most likely parts two terms. The example shows in
 * brackets what `problem_at` spans.
 */
enum zm_spf_problem {
	ZM_SPF_GOOD,
	ZM_SPF_UNKNOWN_MECHANISM,     /* a name that is none: `[includ]:x`, `[all.]`; or the byte
					 where a term stops being one: `all[;]`, `mx[,]a`, `["]all` */
	ZM_SPF_BAD_QUALIFIER,         /* `[--]all`, `[!]all`, a lone `[-]` */
	ZM_SPF_QUALIFIED_MODIFIER,    /* `[~]redirect=x`, `[-]foo=x` */
	ZM_SPF_MODIFIER_AS_MECHANISM, /* `redirect[:]x` */
	ZM_SPF_DOMAIN_MISSING,        /* `[include]`, `[include:]`, `[a:]/24`, `[redirect=]` */
	ZM_SPF_DOMAIN_INVALID,        /* no domain-spec by 7.1: `a:[localhost]`, `a:x.[123]`; or no
					 domain name by RFC 1035: `a:x.[.]y.example`, a label over 63
					 bytes (RFC 7208 leaves these two undefined) */
	ZM_SPF_DOMAIN_IS_ADDRESS,     /* `a:[192.0.2.1]/24`, `include:[2001:db8::1]` */
	ZM_SPF_DOMAIN_NOT_ASCII,      /* bytes over 127 in a domain-spec: the first run of them */
	ZM_SPF_MACRO_SYNTAX,          /* `a:[%d].x`, `a:[%{x}]`, `a:[%{d0}]`, `a:[%{d]` */
	ZM_SPF_MACRO_EXP_ONLY,     /* `a:[%{c}].x`: c, r, t are for the text of exp= alone (7.2) */
	ZM_SPF_MACRO_IN_IP,        /* `ip4:[%{i}]` */
	ZM_SPF_IP_MISSING,         /* `[ip4]`, `[ip4:]/24` */
	ZM_SPF_IP_INVALID,         /* no address: `ip4:[192.0.2]/24` */
	ZM_SPF_IP_FAMILY,          /* `ip4:[2001:db8::1]`, `ip6:[192.0.2.1]` */
	ZM_SPF_PREFIX_INVALID,     /* `ip4:192.0.2.0[/33]`, `a[/024]//64`, `mx[/]`, `mx[/x]` */
	ZM_SPF_DUAL_CIDR_SYNTAX,   /* `a/24[/64]`, `mx/24[//129]`, `mx[//129]` */
	ZM_SPF_CIDR_NOT_ALLOWED,   /* `include:x.example[/24]`, `ptr[/24]` */
	ZM_SPF_ARGUMENT_ON_ALL,    /* `all[:x]`, `all[/8]` */
	ZM_SPF_DUPLICATE_MODIFIER, /* a second redirect= or exp= (6): all of the second */
	ZM_SPF_BAD_BYTE,           /* a tab or other control byte anywhere, a byte over 127 outside
				      a domain-spec: the first run of them */
};

struct zm_spf_term {
	enum zm_spf_kind kind; /* with a problem: what it was meant to be as far as its name tells,
				  ZM_SPF_UNKNOWN where the name is none or is not followed by
				  what may follow a name */
	enum zm_spf_problem problem;
	struct zm_span problem_at; /* inside `at`; the smallest part that is wrong */
	struct zm_span at;         /* the whole term */
	struct zm_str text;        /* its bytes */
	char qualifier; /* + - ~ ?; '+' where none is written; for modifiers '+', meaningless. With
			   ZM_SPF_BAD_QUALIFIER: the first of those written */
	bool qualifier_written;
	struct zm_span name_at;   /* `include`, `redirect`, `ip4`; no qualifier, no separator; also
				     of a name that is none */
	struct zm_span value_at;  /* after `:` or `=`, up to before a CIDR length; empty when there
				     is none */
	struct zm_str value;      /* its bytes: a domain-spec, an address, or a modifier's text */
	bool has_separator;       /* a `:` or `=` is written, also before an empty value */
	struct zm_ip ip;          /* ip4 and ip6 without problem */
	struct zm_span prefix_at; /* `/24`, `//64` or `/24//64` with its slashes, right or wrong;
				     empty, at the end of the term, when not written */
	int prefix4;              /* 0 to 32, -1 where not written or wrong; of ip4, a and mx */
	int prefix6;              /* 0 to 128, likewise; of ip6, a and mx */
	bool has_macro;           /* the domain-spec holds a % */
};

static inline bool zm_spf_is_modifier(const struct zm_spf_term *term)
{
	return term->kind == ZM_SPF_REDIRECT || term->kind == ZM_SPF_EXP ||
	       term->kind == ZM_SPF_OTHER_MODIFIER;
}

/* Well-formed in itself: without problem, or only the second of its kind. */
static inline bool zm_spf_is_sound(const struct zm_spf_term *term)
{
	return term->problem == ZM_SPF_GOOD || term->problem == ZM_SPF_DUPLICATE_MODIFIER;
}

/* The prefix lengths in force: what is written, else all bits (RFC 7208 5.6). */
static inline unsigned zm_spf_prefix4(const struct zm_spf_term *term)
{
	return term->prefix4 < 0 ? 32 : (unsigned)term->prefix4;
}

static inline unsigned zm_spf_prefix6(const struct zm_spf_term *term)
{
	return term->prefix6 < 0 ? 128 : (unsigned)term->prefix6;
}

/* Of an ip4 or ip6. */
static inline unsigned zm_spf_prefix(const struct zm_spf_term *term)
{
	return term->kind == ZM_SPF_IP4 ? zm_spf_prefix4(term) : zm_spf_prefix6(term);
}

struct zm_spf_record {
	struct zm_str text;
	struct zm_span version_at; /* the `v=spf1` */
	struct zm_spf_term *term;  /* in the order written */
	size_t count;
	const struct zm_spf_term *all;      /* the first `all` without problem, or NULL */
	const struct zm_spf_term *redirect; /* the redirect= without problem, or NULL */
	bool valid;                         /* no term has a problem */
	unsigned kinds;                     /* bit 1 << kind: there is such a term, sound or not */
	unsigned repeated;                  /* and: there are several */
};

static inline bool zm_spf_has(const struct zm_spf_record *record, enum zm_spf_kind kind)
{
	return (record->kinds >> kind & 1) != 0;
}

static inline bool zm_spf_has_several(const struct zm_spf_record *record, enum zm_spf_kind kind)
{
	return (record->repeated >> kind & 1) != 0;
}

/* RFC 7208 4.5: the text is `v=spf1` in any case, alone or followed by a blank. */
bool zm_spf_is_record(struct zm_str text);

/* Reads a text for which zm_spf_is_record() holds. Terms are in the arena, views are of `text`. */
void zm_spf_parse(struct zm_spf_record *record, struct zm_arena *arena, struct zm_str text);

/*
 * Reads one term alone, such as a policy's `include:x.example`; spans count from its first byte. A
 * blank is a byte that may not stand there. Any text gives a term.
 */
void zm_spf_parse_term(struct zm_spf_term *term, struct zm_str text);

/* The name of a mechanism or modifier in lower case (`include`), NULL for the two that have none of
 * their own. */
const char *zm_spf_kind_name(enum zm_spf_kind kind);

/*
 * Whether two terms mean the same to a receiver, qualifier apart: domains compare without case and
 * final dot, addresses as bits below their prefix, a prefix of /32 or /128 as none, other modifiers
 * by name and exact value. A term that is not sound equals nothing, not even itself.
 */
bool zm_spf_same_target(const struct zm_spf_term *a, const struct zm_spf_term *b);

/* The term's domain-spec without a final dot; empty where it has none or is not sound. */
struct zm_str zm_spf_domain(const struct zm_spf_term *term);

#endif
