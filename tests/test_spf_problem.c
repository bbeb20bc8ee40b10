#include "test.h"

#include "spf/parse.h"

#include <stdio.h>

enum { TEXT_MAX = 512 };

/*
 * A term with what is wrong in it between `<` and `>`: `a:<localhost>/24`. No term below needs
 * these two bytes for itself.
 */
struct broken {
	const char *marked;
	enum zm_spf_kind kind;
	enum zm_spf_problem problem;
};

static struct zm_str unmark(char *text, const char *marked, struct zm_span *at)
{
	size_t len = 0;
	*at = (struct zm_span){0, 0};
	for (; *marked != '\0' && len < TEXT_MAX; marked++) {
		if (*marked == '<') {
			at->start = len;
		} else if (*marked == '>') {
			at->end = len;
		} else {
			text[len++] = *marked;
		}
	}
	return (struct zm_str){text, len};
}

static void expect_broken(const struct broken *broken)
{
	char text[TEXT_MAX];
	struct zm_span at;
	struct zm_spf_term term;
	zm_spf_parse_term(&term, unmark(text, broken->marked, &at));
	bool same = term.kind == broken->kind && term.problem == broken->problem &&
		    term.problem_at.start == at.start && term.problem_at.end == at.end;
	if (!same) {
		printf("\n%s\n  is kind %d, problem %d at %zu to %zu\n", broken->marked, term.kind,
		       term.problem, term.problem_at.start, term.problem_at.end);
	}
	CU_ASSERT(same);
}

#define LABEL_63 "a23456789012345678901234567890123456789012345678901234567890123"

static const struct broken names[] = {
	{"<includ>:x.example", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<foo>", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<foo>/24", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<ipv4>:192.0.2.1", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<192.0.2.1>", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<192.0.2.0>/24", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<2001>:db8::1", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<include._spf.x.example>", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"~<all.>", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"~<all->", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"~all<;>", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"-all<,>", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"-all<\">", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"-<\">all\"", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"a<,>mx,-all", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"a<;>mail.example", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"redirect<;>x.example", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"redirect</>x.example", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<1up>=foo", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<_x>=foo", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<=>all", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<:>x.example", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<moo.cow>/far_out=man:dog/cat", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<moo.cow>:far_out=man:dog/cat", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<>", ZM_SPF_UNKNOWN, ZM_SPF_UNKNOWN_MECHANISM},
	{"<-->all", ZM_SPF_ALL, ZM_SPF_BAD_QUALIFIER},
	{"<+->mx", ZM_SPF_MX, ZM_SPF_BAD_QUALIFIER},
	{"<!>all", ZM_SPF_ALL, ZM_SPF_BAD_QUALIFIER},
	{"<->", ZM_SPF_UNKNOWN, ZM_SPF_BAD_QUALIFIER},
	{"<~>redirect=x.example", ZM_SPF_REDIRECT, ZM_SPF_QUALIFIED_MODIFIER},
	{"<->exp=x.example", ZM_SPF_EXP, ZM_SPF_QUALIFIED_MODIFIER},
	{"<+>foo=x", ZM_SPF_OTHER_MODIFIER, ZM_SPF_QUALIFIED_MODIFIER},
	{"redirect<:>x.example", ZM_SPF_REDIRECT, ZM_SPF_MODIFIER_AS_MECHANISM},
	{"~EXP<:>x.example", ZM_SPF_EXP, ZM_SPF_MODIFIER_AS_MECHANISM},
	{"all<:>", ZM_SPF_ALL, ZM_SPF_ARGUMENT_ON_ALL},
	{"-all<:x.example>", ZM_SPF_ALL, ZM_SPF_ARGUMENT_ON_ALL},
	{"all</8>", ZM_SPF_ALL, ZM_SPF_ARGUMENT_ON_ALL},
};

static const struct broken domains[] = {
	{"<include>", ZM_SPF_INCLUDE, ZM_SPF_DOMAIN_MISSING},
	{"<include:>", ZM_SPF_INCLUDE, ZM_SPF_DOMAIN_MISSING},
	{"<include>/24", ZM_SPF_INCLUDE, ZM_SPF_DOMAIN_MISSING},
	{"~<a:>", ZM_SPF_A, ZM_SPF_DOMAIN_MISSING},
	{"<mx:>/24", ZM_SPF_MX, ZM_SPF_DOMAIN_MISSING},
	{"<ptr:>", ZM_SPF_PTR, ZM_SPF_DOMAIN_MISSING},
	{"<exists>", ZM_SPF_EXISTS, ZM_SPF_DOMAIN_MISSING},
	{"<redirect>", ZM_SPF_REDIRECT, ZM_SPF_DOMAIN_MISSING},
	{"<redirect=>", ZM_SPF_REDIRECT, ZM_SPF_DOMAIN_MISSING},
	{"<exp=>", ZM_SPF_EXP, ZM_SPF_DOMAIN_MISSING},
	{"include:<localhost>", ZM_SPF_INCLUDE, ZM_SPF_DOMAIN_INVALID},
	{"include:<localhost>/24", ZM_SPF_INCLUDE, ZM_SPF_DOMAIN_INVALID},
	{"a:<museum.>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"redirect=<-all>", ZM_SPF_REDIRECT, ZM_SPF_DOMAIN_INVALID},
	{"a:x.<123>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:x.<123>.", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:111.222.33.<444>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:x.<-com>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:x.<com->", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:x.<_tcp>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:x.<example:8080>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:x.<example~all>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"include:x.<example/foo>", ZM_SPF_INCLUDE, ZM_SPF_DOMAIN_INVALID},
	{"a:x.<.>example", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:x.example.<.>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:<.>x.example", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:<.>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:<%{d}.>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:<%{d}x>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:x.<%{d}x>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:<" LABEL_63 "4>.example", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:x.<" LABEL_63 "4>", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:%{i}<" LABEL_63 "4>.x.example", ZM_SPF_A, ZM_SPF_DOMAIN_INVALID},
	{"a:<192.0.2.1>", ZM_SPF_A, ZM_SPF_DOMAIN_IS_ADDRESS},
	{"mx:<192.0.2.1>/24", ZM_SPF_MX, ZM_SPF_DOMAIN_IS_ADDRESS},
	{"include:<1.2.3.4>/24", ZM_SPF_INCLUDE, ZM_SPF_DOMAIN_IS_ADDRESS},
	{"a:<2001:db8::1>/64", ZM_SPF_A, ZM_SPF_DOMAIN_IS_ADDRESS},
	{"a:<::ffff:192.0.2.1>", ZM_SPF_A, ZM_SPF_DOMAIN_IS_ADDRESS},
	{"redirect=<192.0.2.1>", ZM_SPF_REDIRECT, ZM_SPF_DOMAIN_IS_ADDRESS},
	{"include:m<\xc3\xbc>nchen.example", ZM_SPF_INCLUDE, ZM_SPF_DOMAIN_NOT_ASCII},
	{"exp=<\xc3\xbc>.x\xff.example", ZM_SPF_EXP, ZM_SPF_DOMAIN_NOT_ASCII},
	{"a:x.example/24//64<\xc2\xa0>-all", ZM_SPF_A, ZM_SPF_BAD_BYTE},
	{"include:x.example/24<\xc2\xa0>-all", ZM_SPF_INCLUDE, ZM_SPF_DOMAIN_NOT_ASCII},
};

static const struct broken macros[] = {
	{"a:<%d>.x.example", ZM_SPF_A, ZM_SPF_MACRO_SYNTAX},
	{"a:x.example<%>", ZM_SPF_A, ZM_SPF_MACRO_SYNTAX},
	{"a:<%{x}>.x.example", ZM_SPF_A, ZM_SPF_MACRO_SYNTAX},
	{"a:<%{}>.x.example", ZM_SPF_A, ZM_SPF_MACRO_SYNTAX},
	{"a:<%{d0}>", ZM_SPF_A, ZM_SPF_MACRO_SYNTAX},
	{"a:<%{d00r}>", ZM_SPF_A, ZM_SPF_MACRO_SYNTAX},
	{"a:<%{dr2}>", ZM_SPF_A, ZM_SPF_MACRO_SYNTAX},
	{"a:<%{d!}>", ZM_SPF_A, ZM_SPF_MACRO_SYNTAX},
	{"a:<%{ir>", ZM_SPF_A, ZM_SPF_MACRO_SYNTAX},
	{"a:<%{>", ZM_SPF_A, ZM_SPF_MACRO_SYNTAX},
	{"a:<%{i>%{d}", ZM_SPF_A, ZM_SPF_MACRO_SYNTAX},
	{"-exists:foo<%(>ir).sbl.example", ZM_SPF_EXISTS, ZM_SPF_MACRO_SYNTAX},
	{"redirect=%{d}.<%{y}>", ZM_SPF_REDIRECT, ZM_SPF_MACRO_SYNTAX},
	{"foo=<%a>bc", ZM_SPF_OTHER_MODIFIER, ZM_SPF_MACRO_SYNTAX},
	{"foo=%{i}-<%{q}>", ZM_SPF_OTHER_MODIFIER, ZM_SPF_MACRO_SYNTAX},
	{"a:<%{c}>.x.example", ZM_SPF_A, ZM_SPF_MACRO_EXP_ONLY},
	{"exp=<%{r}>.x.example", ZM_SPF_EXP, ZM_SPF_MACRO_EXP_ONLY},
	{"exists:%{i}.<%{T}>", ZM_SPF_EXISTS, ZM_SPF_MACRO_EXP_ONLY},
	{"ip4:<%{i}>", ZM_SPF_IP4, ZM_SPF_MACRO_IN_IP},
	{"ip6:::<%{i}>:1/64", ZM_SPF_IP6, ZM_SPF_MACRO_IN_IP},
	{"ip4:1.<%{i.2>", ZM_SPF_IP4, ZM_SPF_MACRO_IN_IP},
};

static const struct broken addresses[] = {
	{"<ip4>", ZM_SPF_IP4, ZM_SPF_IP_MISSING},
	{"-<ip4:>", ZM_SPF_IP4, ZM_SPF_IP_MISSING},
	{"<ip6:>/64", ZM_SPF_IP6, ZM_SPF_IP_MISSING},
	{"<ip4>/24", ZM_SPF_IP4, ZM_SPF_IP_MISSING},
	{"ip4:<192.0.2>", ZM_SPF_IP4, ZM_SPF_IP_INVALID},
	{"ip4:<192.0.2.010>/24", ZM_SPF_IP4, ZM_SPF_IP_INVALID},
	{"ip4:<300.1.1.1>/99", ZM_SPF_IP4, ZM_SPF_IP_INVALID},
	{"ip4:<mail.example>", ZM_SPF_IP4, ZM_SPF_IP_INVALID},
	{"ip4:<192.0.2.1:25>", ZM_SPF_IP4, ZM_SPF_IP_INVALID},
	{"ip4:<192.0.2.1~all>", ZM_SPF_IP4, ZM_SPF_IP_INVALID},
	{"ip4:<192.0.2.0-192.0.2.7>", ZM_SPF_IP4, ZM_SPF_IP_INVALID},
	{"ip4:<192.0.2.1include:x.example>", ZM_SPF_IP4, ZM_SPF_IP_INVALID},
	{"ip6:<[2001:db8::1]>", ZM_SPF_IP6, ZM_SPF_IP_INVALID},
	{"ip6:<fe80::1%eth0>", ZM_SPF_IP6, ZM_SPF_IP_INVALID},
	{"ip6:<:CAFE::BABE>", ZM_SPF_IP6, ZM_SPF_IP_INVALID},
	{"ip4:<2001:db8::1>/32", ZM_SPF_IP4, ZM_SPF_IP_FAMILY},
	{"ip6:<192.0.2.1>", ZM_SPF_IP6, ZM_SPF_IP_FAMILY},
	{"ip4:192.0.2.1</33>", ZM_SPF_IP4, ZM_SPF_PREFIX_INVALID},
	{"ip4:192.0.2.1</032>", ZM_SPF_IP4, ZM_SPF_PREFIX_INVALID},
	{"ip4:192.0.2.1</00>", ZM_SPF_IP4, ZM_SPF_PREFIX_INVALID},
	{"ip4:192.0.2.1</>", ZM_SPF_IP4, ZM_SPF_PREFIX_INVALID},
	{"ip4:192.0.2.1<//32>", ZM_SPF_IP4, ZM_SPF_PREFIX_INVALID},
	{"ip4:192.0.2.1</255.255.255.0>", ZM_SPF_IP4, ZM_SPF_PREFIX_INVALID},
	{"ip4:192.0.2.1</24~all>", ZM_SPF_IP4, ZM_SPF_PREFIX_INVALID},
	{"ip4:192.0.2.1</4294967320>", ZM_SPF_IP4, ZM_SPF_PREFIX_INVALID},
	{"ip4:192.0.2.1</+8>", ZM_SPF_IP4, ZM_SPF_PREFIX_INVALID},
	{"ip6:2001:db8::</129>", ZM_SPF_IP6, ZM_SPF_PREFIX_INVALID},
	{"ip4:192.0.2.1/24<\xe2\x80\x93>all", ZM_SPF_IP4, ZM_SPF_BAD_BYTE},
	{"ip4:192.0.2.1<\xc2\xa0>-all", ZM_SPF_IP4, ZM_SPF_BAD_BYTE},
};

static const struct broken lengths[] = {
	{"a</33>", ZM_SPF_A, ZM_SPF_PREFIX_INVALID},
	{"a</024>//64", ZM_SPF_A, ZM_SPF_PREFIX_INVALID},
	{"mx</>", ZM_SPF_MX, ZM_SPF_PREFIX_INVALID},
	{"mx</x>", ZM_SPF_MX, ZM_SPF_PREFIX_INVALID},
	{"a</x.example>", ZM_SPF_A, ZM_SPF_PREFIX_INVALID},
	{"mx:x.example</-1>", ZM_SPF_MX, ZM_SPF_PREFIX_INVALID},
	{"a/24</64>", ZM_SPF_A, ZM_SPF_DUAL_CIDR_SYNTAX},
	{"mx/24<//129>", ZM_SPF_MX, ZM_SPF_DUAL_CIDR_SYNTAX},
	{"mx<//129>", ZM_SPF_MX, ZM_SPF_DUAL_CIDR_SYNTAX},
	{"a/24</>", ZM_SPF_A, ZM_SPF_DUAL_CIDR_SYNTAX},
	{"a<//>", ZM_SPF_A, ZM_SPF_DUAL_CIDR_SYNTAX},
	{"a<///64>", ZM_SPF_A, ZM_SPF_DUAL_CIDR_SYNTAX},
	{"a:x.example/24<//064>", ZM_SPF_A, ZM_SPF_DUAL_CIDR_SYNTAX},
	{"a:x.example/24<//64/1>", ZM_SPF_A, ZM_SPF_DUAL_CIDR_SYNTAX},
	{"include:x.example</24>", ZM_SPF_INCLUDE, ZM_SPF_CIDR_NOT_ALLOWED},
	{"include:x.example.</24//64>", ZM_SPF_INCLUDE, ZM_SPF_CIDR_NOT_ALLOWED},
	{"exists:%{i}.x.example</32>", ZM_SPF_EXISTS, ZM_SPF_CIDR_NOT_ALLOWED},
	{"ptr</24>", ZM_SPF_PTR, ZM_SPF_CIDR_NOT_ALLOWED},
	{"ptr</x.example>", ZM_SPF_PTR, ZM_SPF_CIDR_NOT_ALLOWED},
	{"ptr:x.example</0>", ZM_SPF_PTR, ZM_SPF_CIDR_NOT_ALLOWED},
	{"redirect=x.example</24>", ZM_SPF_REDIRECT, ZM_SPF_CIDR_NOT_ALLOWED},
	{"exp=%{d}</24>", ZM_SPF_EXP, ZM_SPF_CIDR_NOT_ALLOWED},
};

static const struct broken bytes[] = {
	{"mx<\t>-all", ZM_SPF_UNKNOWN, ZM_SPF_BAD_BYTE},
	{"<\r\n>", ZM_SPF_UNKNOWN, ZM_SPF_BAD_BYTE},
	{"mx:x.example<\r\n>-all", ZM_SPF_MX, ZM_SPF_BAD_BYTE},
	{"ip4:300.1.1.1<\t>a", ZM_SPF_IP4, ZM_SPF_BAD_BYTE},
	{"includ:x.example<\n>a", ZM_SPF_UNKNOWN, ZM_SPF_BAD_BYTE},
	{"foo=<\x7f>", ZM_SPF_OTHER_MODIFIER, ZM_SPF_BAD_BYTE},
	{"foo=0123456789<\x7f>a", ZM_SPF_OTHER_MODIFIER, ZM_SPF_BAD_BYTE},
	{"a:m\xc3\xbcnchen<\t>example.net", ZM_SPF_A, ZM_SPF_BAD_BYTE},
	{"a:x.example.\xff<\x1f>net", ZM_SPF_A, ZM_SPF_BAD_BYTE},
	{"a<  >mx", ZM_SPF_UNKNOWN, ZM_SPF_BAD_BYTE},
	{"<\xe2\x80\x93>all", ZM_SPF_UNKNOWN, ZM_SPF_BAD_BYTE},
	{"-<\xe2\x80\x93>all", ZM_SPF_UNKNOWN, ZM_SPF_BAD_BYTE},
	{"mx<\xc2\xa0>-all", ZM_SPF_UNKNOWN, ZM_SPF_BAD_BYTE},
	{"includ<\xc3\xa9>:x.example", ZM_SPF_UNKNOWN, ZM_SPF_BAD_BYTE},
	{"foo=a<\x80\xff>b\x80", ZM_SPF_OTHER_MODIFIER, ZM_SPF_BAD_BYTE},
};

#define EXPECT_BROKEN(table)                                                                       \
	for (size_t i = 0; i < sizeof(table) / sizeof((table)[0]); i++) {                          \
		expect_broken(&(table)[i]);                                                        \
	}

static void a_wrong_name_is_told_from_a_wrong_byte(void)
{
	EXPECT_BROKEN(names);
	EXPECT_BROKEN(bytes);
}

static void a_wrong_domain_is_marked_where_it_is_wrong(void)
{
	EXPECT_BROKEN(domains);
}

static void a_wrong_macro_is_marked_whole(void)
{
	EXPECT_BROKEN(macros);
}

static void a_wrong_address_or_length_is_marked(void)
{
	EXPECT_BROKEN(addresses);
	EXPECT_BROKEN(lengths);
}

static void a_nul_byte_hides_nothing_behind_it(void)
{
	struct zm_spf_term term;
	zm_spf_parse_term(&term, (struct zm_str){"a:foo.example.com\0redirect=x", 28});
	CU_ASSERT_EQUAL(term.problem, ZM_SPF_BAD_BYTE);
	CU_ASSERT_EQUAL(term.problem_at.start, 17);
	CU_ASSERT_EQUAL(term.problem_at.end, 18);
	zm_spf_parse_term(&term, (struct zm_str){"all\0", 4});
	CU_ASSERT_EQUAL(term.problem, ZM_SPF_BAD_BYTE);
	CU_ASSERT_EQUAL(term.kind, ZM_SPF_UNKNOWN);
}

static const struct zm_test_case cases[] = {
	{"a wrong name is told from a wrong byte", a_wrong_name_is_told_from_a_wrong_byte},
	{"a wrong domain is marked where it is wrong", a_wrong_domain_is_marked_where_it_is_wrong},
	{"a wrong macro is marked whole", a_wrong_macro_is_marked_whole},
	{"a wrong address or length is marked", a_wrong_address_or_length_is_marked},
	{"a NUL byte hides nothing behind it", a_nul_byte_hides_nothing_behind_it},
	{NULL, NULL},
};

void test_spf_problem(void)
{
	zm_test_suite("spf_problem", cases);
}
