#include "test.h"

#include "spf/pattern.h"

#include <stdio.h>

/* What a policy says, a term of a record, and the two answers. */
static const struct answer {
	const char *pattern;
	const char *term;
	bool provided;
	bool forbidden;
} answers[] = {
	/* no qualifier: required means `+`, forbidden means any */
	{"include:x.example", "include:x.example", true, true},
	{"include:x.example", "+Include:X.example.", true, true},
	{"include:x.example.", "include:x.example", true, true},
	{"include:x.example", "?include:x.example", false, true},
	{"include:x.example", "include:y.x.example", false, false},
	{"include:x.example", "a:x.example", false, false},
	{"include:x.example", "include=x.example", false, false},
	{"?include:x.example", "?include:x.example", true, true},
	{"?include:x.example", "include:x.example", false, false},
	{"+include:x.example", "include:x.example", true, true},
	{"+include:x.example", "-include:x.example", false, false},
	/* but `all` is `+all` */
	{"all", "all", true, true},
	{"all", "+all", true, true},
	{"all", "-all", false, false},
	{"+all", "all", true, true},
	{"-all", "-ALL", true, true},
	{"-all", "~all", false, false},
	{"-all", "-all.", false, false},
	/* a bare name: required as it is, forbidden with and without value */
	{"ptr", "ptr", true, true},
	{"ptr", "-ptr:x.example", false, true},
	{"ptr:x.example", "ptr", false, false},
	{"mx", "mx", true, true},
	{"mx", "mx/24", false, true},
	{"mx", "mx:x.example", false, true},
	{"-mx", "mx", false, false},
	{"-mx", "-mx:x.example", false, true},
	{"mx/24", "mx/24", true, true},
	{"mx/24", "mx:x.example/24", false, true},
	{"mx/24", "mx", false, false},
	{"mx/24", "mx/24//64", false, true},
	{"mx/32", "mx", true, true},
	{"a/0", "a:x.example/0", false, true},
	{"a//0", "a/24//0", false, true},
	{"a//0", "a/0", false, false},
	{"include", "include:x.example", false, true},
	{"exists", "exists:%{i}.x.example", false, true},
	{"ip4", "ip4:192.0.2.1", false, true},
	{"ip4", "ip6:::1", false, false},
	{"exp", "exp=x.example", false, true},
	{"redirect", "redirect=x.example", false, true},
	{"redirect", "exp=x.example", false, false},
	/* a domain: without prefix length any, else this one */
	{"a:x.example", "a:x.example", true, true},
	{"a:x.example", "a:x.example/24", false, true},
	{"a:x.example/24", "a:x.example", false, false},
	{"a:x.example/24", "a:X.example./24", true, true},
	{"exists:%{i}.x.example", "exists:%{I}.x.example", false, false},
	/* a network: required as it is, forbidden with all inside of it */
	{"ip4:10.0.0.0/8", "ip4:10.0.0.0/8", true, true},
	{"ip4:10.0.0.0/8", "ip4:10.99.1.1/8", true, true},
	{"ip4:10.0.0.0/8", "ip4:10.1.2.3", false, true},
	{"ip4:10.0.0.0/8", "-ip4:10.1.0.0/16", false, true},
	{"ip4:10.0.0.0/8", "ip4:10.0.0.0/7", false, false},
	{"ip4:10.0.0.0/8", "ip4:11.0.0.0/8", false, false},
	{"ip4:0.0.0.0/0", "ip4:192.0.2.1", false, true},
	{"ip4:0.0.0.0/0", "ip6:::/0", false, false},
	{"ip4:192.0.2.1", "ip4:192.0.2.1/32", true, true},
	{"ip4:192.0.2.1", "ip4:192.0.2.0/24", false, false},
	{"ip6:2001:db8::/32", "ip6:2001:DB8:1::1/64", false, true},
	{"ip6:2001:db8::/32", "ip6:2001:db9::/32", false, false},
	/* stars */
	{"include:*.old.example", "include:a.b.OLD.example.", true, true},
	{"include:*.old.example", "include:old.example", false, false},
	{"include:*.old.example", "~include:a.old.example", false, true},
	{"include:*", "include:x.example", true, true},
	{"include:*", "include:*.x.example", true, true},
	{"include:x.*.", "include:x.example", true, true},
	{"-include:*", "include:x.example", false, false},
	{"a:*", "a:x.example/24", true, true},
	{"a:*", "a", false, false},
	{"a:*/24", "a:x.example/24", true, true},
	{"a:*/24", "a:x.example", false, false},
	{"a:*/24//64", "a:x.example/24//64", true, true},
	{"a:*/24//64", "a:x.example/24//65", false, false},
	{"exists:*%{i}*", "exists:a.%{i}.x.example", true, true},
	{"exists:*%{*", "exists:a.%{l}.x.example", true, true},
	{"ip4:*", "ip4:192.0.2.1/24", true, true},
	{"ip4:*/0", "ip4:192.0.2.1/0", true, true},
	{"ip4:*/0", "ip4:192.0.2.1", false, false},
	{"ip4:*/32", "ip4:192.0.2.1", true, true},
	{"ip4:10.*", "ip4:10.1.2.3/16", true, true},
	{"ip4:10.*", "ip4:100.1.2.3", false, false},
	{"ip6:2001:db8:*", "ip6:2001:0DB8::1", true, true},
	{"ip6:2001:0db8:*", "ip6:2001:0DB8::1", true, true},
	{"ip6:2001:db8:*", "ip6:2001:db80::1", false, false},
	{"ip6:*/0", "ip6:::/0", true, true},
	{"redirect=*.example", "redirect=x.example", true, true},
	/* modifiers that nobody defined */
	{"default=pass", "DEFAULT=pass", true, true},
	{"default=pass", "default=Pass", false, false},
	{"foo=x.", "foo=x.", true, true},
	{"foo=x.", "foo=x", false, false},
	{"default=*", "default=deny", true, true},
	{"default=*", "other=deny", false, false},
	/* what is broken is neither */
	{"include:x.example", "include:x.example/24", false, false},
	{"ptr", "ptr/24", false, false},
	{"ip4", "ip4:300.0.0.0", false, false},
	{"include:*", "include:localhost", false, false},
};

static bool read(struct zm_spf_pattern *pattern, const char *text)
{
	const char *why = "";
	bool good = zm_spf_pattern_parse(pattern, zm_str_from(text), &why);
	if (!good) {
		printf("\n%s: %s\n", text, why);
	}
	CU_ASSERT(good);
	return good;
}

static void expect_answer(const struct answer *want, const struct zm_spf_term *term)
{
	struct zm_spf_pattern pattern;
	if (!read(&pattern, want->pattern)) {
		return;
	}
	bool provided = zm_spf_pattern_provided(&pattern, term);
	bool forbidden = zm_spf_pattern_forbids(&pattern, term);
	if (provided != want->provided || forbidden != want->forbidden) {
		printf("\n%s and %s: %s, %s\n", want->pattern, want->term,
		       provided ? "provided" : "not provided",
		       forbidden ? "forbidden" : "not forbidden");
	}
	CU_ASSERT_EQUAL(provided, want->provided);
	CU_ASSERT_EQUAL(forbidden, want->forbidden);
}

static void required_is_exact_and_forbidden_is_wide(void)
{
	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		struct zm_spf_term term;
		zm_spf_parse_term(&term, zm_str_from(answers[i].term));
		expect_answer(&answers[i], &term);
	}
}

/* Spans of a term count from the start of its record. */
static void a_term_deep_in_a_record_answers_the_same(void)
{
	struct zm_arena arena = {0};
	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		struct zm_spf_record record;
		zm_spf_parse(
			&record, &arena,
			zm_arena_printf(&arena, "v=spf1 a:first.example  %s", answers[i].term));
		CU_ASSERT_EQUAL_FATAL(record.count, 2);
		expect_answer(&answers[i], &record.term[1]);
	}
	zm_arena_release(&arena);
}

static void only_a_whole_term_can_be_written(void)
{
	static const struct {
		const char *text;
		bool is_term;
		bool is_bare;
		bool has_star;
	} forms[] = {
		{"include:x.example", true, false, false},
		{"ptr", true, true, false},
		{"-all", true, true, false},
		{"mx/24", true, true, false},
		{"include", false, true, false},
		{"redirect", false, true, false},
		{"include:*.x.example", false, false, true},
		{"ip4:*/0", false, false, true},
		{"redirect=x.example", true, false, false},
	};
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct zm_spf_pattern pattern;
		read(&pattern, forms[i].text);
		CU_ASSERT_EQUAL(pattern.is_term, forms[i].is_term);
		CU_ASSERT_EQUAL(pattern.is_bare, forms[i].is_bare);
		CU_ASSERT_EQUAL(pattern.has_star, forms[i].has_star);
	}
}

static const struct {
	const char *text;
	const char *why;
} bad[] = {
	{"", "no such mechanism"},
	{"*", "no such mechanism"},
	{"foo", "no such mechanism"},
	{"includ:x.example", "no such mechanism"},
	{"includ:*", "no such mechanism"},
	{"-all;", "no such mechanism"},
	{"-all -mx", "a byte that no term holds; a pattern is one term without blanks"},
	{" -all", "a byte that no term holds; a pattern is one term without blanks"},
	{"include:* ", "a byte that no term holds; a pattern is one term without blanks"},
	{"--all", "a qualifier is one of + - ~ ?, before a mechanism"},
	{"-", "a qualifier is one of + - ~ ?, before a mechanism"},
	{"-redirect=x.example", "a modifier takes no qualifier"},
	{"-redirect=*", "a modifier takes no qualifier"},
	{"-redirect", "the domain is missing"},
	{"redirect:x.example", "a modifier takes \"=\", not \":\""},
	{"redirect:*", "a modifier takes \"=\", not \":\""},
	{"include=x.example", "a mechanism takes \":\", not \"=\""},
	{"ip4=*", "a mechanism takes \":\", not \"=\""},
	{"include:", "the domain is missing"},
	{"a:", "the domain is missing"},
	{"include/24", "the domain is missing"},
	{"include:localhost", "not a domain name with a dot"},
	{"a:192.0.2.1", "an address where a domain name belongs"},
	{"include:m\xc3\xbcnchen.example", "a domain name is ASCII; write its xn-- form"},
	{"include:*.m\xc3\xbcnchen.example", "a domain name is ASCII; write its xn-- form"},
	{"a:%{q}.x.example", "not a macro"},
	{"a:%{c}.x.example", "the macros c, r and t are for the text of exp= alone"},
	{"ip4:%{i}", "an address takes no macro"},
	{"ip4:", "the address is missing"},
	{"ip4/24", "the address is missing"},
	{"ip4:/24", "the address is missing"},
	{"ip4:192.0.2", "not an IP address"},
	{"ip4:*.x.example", "not an IP address"},
	{"ip4:2001:db8::1", "an address of the other family"},
	{"ip4:192.0.2.1/33", "not a prefix length"},
	{"ip4:*/33", "not a prefix length"},
	{"ip4:10.0.0.0/*", "not a prefix length"},
	{"ip6:*/129", "not a prefix length"},
	{"a:*/33", "not a prefix length"},
	{"a:*/0000000000000000000000000000000000000000000000000000000000000000000000",
	 "not a prefix length"},
	{"a:*/24//129", "not a pair of prefix lengths such as /24//64"},
	{"include:*/24", "this one takes no prefix length"},
	{"include:x.example/24", "this one takes no prefix length"},
	{"all:*", "all takes no value"},
};

static void what_is_no_pattern_is_refused_with_the_reason(void)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct zm_spf_pattern pattern;
		const char *why = "no reason";
		bool good = zm_spf_pattern_parse(&pattern, zm_str_from(bad[i].text), &why);
		if (good) {
			printf("\n%s is a pattern\n", bad[i].text);
		}
		CU_ASSERT_FALSE(good);
		ZM_ASSERT_STR(zm_str_from(why), bad[i].why);
	}
}

static const struct zm_test_case cases[] = {
	{"required is exact and forbidden is wide", required_is_exact_and_forbidden_is_wide},
	{"a term deep in a record answers the same", a_term_deep_in_a_record_answers_the_same},
	{"only a whole term can be written", only_a_whole_term_can_be_written},
	{"what is no pattern is refused with the reason",
	 what_is_no_pattern_is_refused_with_the_reason},
	{NULL, NULL},
};

void test_spf_pattern(void)
{
	zm_test_suite("spf_pattern", cases);
}
