#include "test.h"

#include "spf/parse.h"

#include <stdio.h>
#include <string.h>

#define LABEL_63 "a23456789012345678901234567890123456789012345678901234567890123"

/* A term without problem and its parts. A prefix of -1 is not written. */
static const struct good {
	const char *text;
	enum zm_spf_kind kind;
	char qualifier;
	const char *name;
	const char *value;
	const char *prefix;
	int prefix4;
	int prefix6;
} good[] = {
	{"all", ZM_SPF_ALL, '+', "all", "", "", -1, -1},
	{"-ALL", ZM_SPF_ALL, '-', "ALL", "", "", -1, -1},
	{"?include:x.example", ZM_SPF_INCLUDE, '?', "include", "x.example", "", -1, -1},
	{"Include:_spf.X.example.", ZM_SPF_INCLUDE, '+', "Include", "_spf.X.example.", "", -1, -1},
	{"include:http://x.example", ZM_SPF_INCLUDE, '+', "include", "http://x.example", "", -1,
	 -1},
	{"a", ZM_SPF_A, '+', "a", "", "", -1, -1},
	{"+a/24", ZM_SPF_A, '+', "a", "", "/24", 24, -1},
	{"a//64", ZM_SPF_A, '+', "a", "", "//64", -1, 64},
	{"a/0//0", ZM_SPF_A, '+', "a", "", "/0//0", 0, 0},
	{"a:x.example/32//128", ZM_SPF_A, '+', "a", "x.example", "/32//128", 32, 128},
	{"a:x.example./24", ZM_SPF_A, '+', "a", "x.example.", "/24", 24, -1},
	{"a:foo:bar/baz.example", ZM_SPF_A, '+', "a", "foo:bar/baz.example", "", -1, -1},
	{"a:x/24.y/1.example/8", ZM_SPF_A, '+', "a", "x/24.y/1.example", "/8", 8, -1},
	{"a:x=y.example", ZM_SPF_A, '+', "a", "x=y.example", "", -1, -1},
	{"a:x.xn--zckzah", ZM_SPF_A, '+', "a", "x.xn--zckzah", "", -1, -1},
	{"a:x.1-2", ZM_SPF_A, '+', "a", "x.1-2", "", -1, -1},
	{"a:x.4a4", ZM_SPF_A, '+', "a", "x.4a4", "", -1, -1},
	{"a:" LABEL_63 ".example", ZM_SPF_A, '+', "a", LABEL_63 ".example", "", -1, -1},
	{"a:%{d}/24", ZM_SPF_A, '+', "a", "%{d}", "/24", 24, -1},
	{"a:x/24%{d}", ZM_SPF_A, '+', "a", "x/24%{d}", "", -1, -1},
	{"a:%{d/}", ZM_SPF_A, '+', "a", "%{d/}", "", -1, -1},
	{"a:%{H}", ZM_SPF_A, '+', "a", "%{H}", "", -1, -1},
	{"a:x%%y%_z%-.example", ZM_SPF_A, '+', "a", "x%%y%_z%-.example", "", -1, -1},
	{"a:x%%", ZM_SPF_A, '+', "a", "x%%", "", -1, -1},
	{"mx:%{d2}//64", ZM_SPF_MX, '+', "mx", "%{d2}", "//64", -1, 64},
	{"MX", ZM_SPF_MX, '+', "MX", "", "", -1, -1},
	{"ptr", ZM_SPF_PTR, '+', "ptr", "", "", -1, -1},
	{"~ptr:x.example", ZM_SPF_PTR, '~', "ptr", "x.example", "", -1, -1},
	{"ip4:192.0.2.1", ZM_SPF_IP4, '+', "ip4", "192.0.2.1", "", -1, -1},
	{"-ip4:192.0.2.0/24", ZM_SPF_IP4, '-', "ip4", "192.0.2.0", "/24", 24, -1},
	{"ip4:1.1.1.1/0", ZM_SPF_IP4, '+', "ip4", "1.1.1.1", "/0", 0, -1},
	{"ip6:2001:db8::/32", ZM_SPF_IP6, '+', "ip6", "2001:db8::", "/32", -1, 32},
	{"ip6:::1.1.1.1/0", ZM_SPF_IP6, '+', "ip6", "::1.1.1.1", "/0", -1, 0},
	{"exists:%{l2r+-}.user.%{d2}", ZM_SPF_EXISTS, '+', "exists", "%{l2r+-}.user.%{d2}", "", -1,
	 -1},
	{"exists:%{i}/24.x.example", ZM_SPF_EXISTS, '+', "exists", "%{i}/24.x.example", "", -1, -1},
	{"exists:%{s99999999999999999999R.-+,/_=}", ZM_SPF_EXISTS, '+', "exists",
	 "%{s99999999999999999999R.-+,/_=}", "", -1, -1},
	{"redirect=%{d}.d.spf.example.", ZM_SPF_REDIRECT, '+', "redirect", "%{d}.d.spf.example.",
	 "", -1, -1},
	{"EXP=why.x.example", ZM_SPF_EXP, '+', "EXP", "why.x.example", "", -1, -1},
	{"moo.cow-far_out=man:dog/cat", ZM_SPF_OTHER_MODIFIER, '+', "moo.cow-far_out",
	 "man:dog/cat", "", -1, -1},
	{"include=x.example/24", ZM_SPF_OTHER_MODIFIER, '+', "include", "x.example/24", "", -1, -1},
	{"all=", ZM_SPF_OTHER_MODIFIER, '+', "all", "", "", -1, -1},
	{"ip4=1.2.3.4", ZM_SPF_OTHER_MODIFIER, '+', "ip4", "1.2.3.4", "", -1, -1},
	{"v=spf1", ZM_SPF_OTHER_MODIFIER, '+', "v", "spf1", "", -1, -1},
	{"default=+", ZM_SPF_OTHER_MODIFIER, '+', "default", "+", "", -1, -1},
	{"foo=%{c}%%a!\"#$=", ZM_SPF_OTHER_MODIFIER, '+', "foo", "%{c}%%a!\"#$=", "", -1, -1},
};

static void expect_good(const struct good *want)
{
	struct zm_spf_term term;
	struct zm_str text = zm_str_from(want->text);
	zm_spf_parse_term(&term, text);
	if (term.problem != ZM_SPF_GOOD || term.kind != want->kind) {
		printf("\n%s is kind %d, problem %d\n", want->text, term.kind, term.problem);
	}
	CU_ASSERT_EQUAL(term.problem, ZM_SPF_GOOD);
	CU_ASSERT_EQUAL(term.kind, want->kind);
	CU_ASSERT_EQUAL(term.qualifier, want->qualifier);
	CU_ASSERT_EQUAL(term.qualifier_written, term.name_at.start == 1);
	CU_ASSERT_EQUAL(term.has_separator, strpbrk(want->text, ":=") != NULL);
	CU_ASSERT_EQUAL(term.prefix4, want->prefix4);
	CU_ASSERT_EQUAL(term.prefix6, want->prefix6);
	ZM_ASSERT_STR(zm_str_at(text, term.name_at), want->name);
	ZM_ASSERT_STR(zm_str_at(text, term.value_at), want->value);
	ZM_ASSERT_STR(zm_str_at(text, term.prefix_at), want->prefix);
	ZM_ASSERT_STR(term.value, want->value);
	ZM_ASSERT_STR(term.text, want->text);
	bool has_macro = !zm_spf_is_modifier(&term) || term.kind != ZM_SPF_OTHER_MODIFIER;
	CU_ASSERT_EQUAL(term.has_macro, has_macro && strchr(want->value, '%') != NULL);
	bool is_ip = want->kind == ZM_SPF_IP4 || want->kind == ZM_SPF_IP6;
	CU_ASSERT_EQUAL(term.ip.family, is_ip ? (want->kind == ZM_SPF_IP4 ? 4 : 6) : 0);
	CU_ASSERT(zm_spf_same_target(&term, &term));
}

static void a_good_term_is_taken_apart(void)
{
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		expect_good(&good[i]);
	}
}

static void a_broken_term_keeps_the_parts_that_can_be_told(void)
{
	struct zm_spf_term term;
	zm_spf_parse_term(&term, ZM_STR("~includ:x.example"));
	CU_ASSERT_EQUAL(term.qualifier, '~');
	ZM_ASSERT_STR(zm_str_at(term.text, term.name_at), "includ");
	ZM_ASSERT_STR(term.value, "x.example");
	CU_ASSERT(term.has_separator);
	zm_spf_parse_term(&term, ZM_STR("redirect:x.example"));
	ZM_ASSERT_STR(term.value, "x.example");
	zm_spf_parse_term(&term, ZM_STR("ip4:2001:db8::1/32"));
	ZM_ASSERT_STR(term.value, "2001:db8::1");
	ZM_ASSERT_STR(zm_str_at(term.text, term.prefix_at), "/32");
	CU_ASSERT_EQUAL(term.ip.family, 0);
	zm_spf_parse_term(&term, ZM_STR("include:x.example/24"));
	ZM_ASSERT_STR(term.value, "x.example");
	zm_spf_parse_term(&term, ZM_STR("-~mx"));
	CU_ASSERT_EQUAL(term.qualifier, '-');
	zm_spf_parse_term(&term, ZM_STR("192.0.2.0/24"));
	ZM_ASSERT_STR(term.value, "");
	CU_ASSERT_FALSE(term.has_separator);
}

static void a_record_is_known_by_its_version(void)
{
	CU_ASSERT(zm_spf_is_record(ZM_STR("v=spf1")));
	CU_ASSERT(zm_spf_is_record(ZM_STR("V=sPf1 mx")));
	CU_ASSERT(zm_spf_is_record(ZM_STR("v=spf1 ")));
	CU_ASSERT_FALSE(zm_spf_is_record(ZM_STR("v=spf10")));
	CU_ASSERT_FALSE(zm_spf_is_record(ZM_STR("v=spf1\tmx")));
	CU_ASSERT_FALSE(zm_spf_is_record(ZM_STR(" v=spf1")));
	CU_ASSERT_FALSE(zm_spf_is_record(ZM_STR("v=spf")));
	CU_ASSERT_FALSE(zm_spf_is_record(ZM_STR("")));
}

static void only_blanks_part_terms(void)
{
	struct zm_arena arena = {0};
	struct zm_spf_record record;
	zm_spf_parse(&record, &arena, ZM_STR("v=spf1  mx\ta   -all "));
	CU_ASSERT_EQUAL_FATAL(record.count, 2);
	ZM_ASSERT_STR(record.term[0].text, "mx\ta");
	CU_ASSERT_EQUAL(record.term[0].at.start, 8);
	CU_ASSERT_EQUAL(record.term[0].problem, ZM_SPF_BAD_BYTE);
	CU_ASSERT_EQUAL(record.term[0].problem_at.start, 10);
	CU_ASSERT_EQUAL(record.term[1].at.start, 15);
	CU_ASSERT_EQUAL(record.term[1].at.end, 19);
	CU_ASSERT_PTR_EQUAL(record.all, &record.term[1]);
	CU_ASSERT_FALSE(record.valid);
	zm_spf_parse(&record, &arena, ZM_STR("v=spf1"));
	CU_ASSERT_EQUAL(record.count, 0);
	CU_ASSERT(record.valid);
	CU_ASSERT_PTR_NULL(record.all);
	zm_arena_release(&arena);
}

static void the_second_of_a_modifier_is_the_wrong_one(void)
{
	static const struct {
		const char *text;
		enum zm_spf_problem second;
	} twice[] = {
		{"v=spf1 redirect=a.example redirect=a.example", ZM_SPF_DUPLICATE_MODIFIER},
		{"v=spf1 exp=a.example EXP=b.example", ZM_SPF_DUPLICATE_MODIFIER},
		{"v=spf1 redirect= redirect=a.example", ZM_SPF_DUPLICATE_MODIFIER},
		{"v=spf1 redirect=a.example redirect=", ZM_SPF_DOMAIN_MISSING},
		{"v=spf1 redirect:a.example redirect=a.example", ZM_SPF_GOOD},
		{"v=spf1 redirect=a.example exp=a.example", ZM_SPF_GOOD},
		{"v=spf1 foo=a foo=a", ZM_SPF_GOOD},
	};
	struct zm_arena arena = {0};
	for (size_t i = 0; i < sizeof(twice) / sizeof(*twice); i++) {
		struct zm_spf_record record;
		zm_spf_parse(&record, &arena, zm_str_from(twice[i].text));
		CU_ASSERT_EQUAL_FATAL(record.count, 2);
		const struct zm_spf_term *term = &record.term[1];
		CU_ASSERT_EQUAL(term->problem, twice[i].second);
		if (term->problem == ZM_SPF_DUPLICATE_MODIFIER) {
			CU_ASSERT_EQUAL(term->problem_at.start, term->at.start);
			CU_ASSERT_EQUAL(term->problem_at.end, term->at.end);
			CU_ASSERT_EQUAL(term->at.end, strlen(twice[i].text));
		}
	}
	zm_arena_release(&arena);
}

static void all_and_redirect_are_the_first_good_ones(void)
{
	struct zm_arena arena = {0};
	struct zm_spf_record record;
	zm_spf_parse(&record, &arena,
		     ZM_STR("v=spf1 all:x ~all -all redirect=a.example redirect=b.example"));
	CU_ASSERT_PTR_EQUAL(record.all, &record.term[1]);
	CU_ASSERT_PTR_EQUAL(record.redirect, &record.term[3]);
	CU_ASSERT_FALSE(record.valid);
	zm_spf_parse(&record, &arena, ZM_STR("v=spf1 redirect=localhost"));
	CU_ASSERT_PTR_NULL(record.redirect);
	zm_arena_release(&arena);
}

static void expect_span(struct zm_span whole, struct zm_span alone, size_t offset)
{
	CU_ASSERT_EQUAL(whole.start, alone.start + offset);
	CU_ASSERT_EQUAL(whole.end, alone.end + offset);
}

static void expect_same_alone(const struct zm_spf_term *term)
{
	struct zm_spf_term alone;
	zm_spf_parse_term(&alone, term->text);
	CU_ASSERT_EQUAL(term->kind, alone.kind);
	CU_ASSERT_EQUAL(term->problem, alone.problem);
	CU_ASSERT_EQUAL(term->prefix4, alone.prefix4);
	CU_ASSERT_EQUAL(term->prefix6, alone.prefix6);
	expect_span(term->at, alone.at, term->at.start);
	expect_span(term->problem_at, alone.problem_at, term->at.start);
	expect_span(term->name_at, alone.name_at, term->at.start);
	expect_span(term->value_at, alone.value_at, term->at.start);
	expect_span(term->prefix_at, alone.prefix_at, term->at.start);
}

static void terms_and_gaps_are_the_text(void)
{
	const struct zm_str text = ZM_STR("v=spf1  a/24 mx:x.example//64 -includ:\xc3\xbc "
					  "ip4:1.2.3.4/33   foo=%{ ~all;  ");
	struct zm_arena arena = {0};
	struct zm_spf_record record;
	zm_spf_parse(&record, &arena, text);
	CU_ASSERT_EQUAL(record.count, 6);
	size_t pos = record.version_at.end;
	for (size_t i = 0; i < record.count; i++) {
		const struct zm_spf_term *term = &record.term[i];
		CU_ASSERT(zm_str_trim(zm_str_sub(text, pos, term->at.start)).len == 0);
		CU_ASSERT(zm_str_eq(zm_str_at(text, term->at), term->text));
		CU_ASSERT(term->at.start > pos);
		expect_same_alone(term);
		pos = term->at.end;
	}
	CU_ASSERT(zm_str_trim(zm_str_sub(text, pos, text.len)).len == 0);
	zm_arena_release(&arena);
}

static const struct {
	const char *a;
	const char *b;
	bool same;
} pairs[] = {
	{"-all", "~ALL", true},
	{"include:X.example.", "?include:x.EXAMPLE", true},
	{"include:x.example", "include:y.example", false},
	{"include:x.example", "a:x.example", false},
	{"include:%{d}.x.example", "include:%{D}.x.example", false},
	{"include:%{dr}.X.example", "include:%{dR}.x.example", true},
	{"include:%%{S}.x.example", "include:%%{s}.x.example", true},
	{"mx", "mx/32", true},
	{"mx", "mx/32//128", true},
	{"mx/24", "mx", false},
	{"mx//64", "mx/24//64", false},
	{"mx", "mx:x.example", false},
	{"ip4:192.0.2.1", "ip4:192.0.2.1/32", true},
	{"ip4:192.0.2.1/24", "ip4:192.0.2.99/24", true},
	{"ip4:192.0.2.1/24", "ip4:192.0.2.1/25", false},
	{"ip6:2001:DB8::0/64", "ip6:2001:db8:0:0::1/64", true},
	{"ip6:::ffff:192.0.2.1", "ip4:192.0.2.1", false},
	{"redirect=x.example", "redirect=x.example.", true},
	{"redirect=x.example", "exp=x.example", false},
	{"foo=X", "FOO=X", true},
	{"foo=X", "foo=x", false},
	{"foo=x", "bar=x", false},
	{"include:localhost", "include:localhost", false},
	{"foo", "foo", false},
};

static void terms_are_the_same_when_receivers_see_no_difference(void)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		struct zm_spf_term a;
		struct zm_spf_term b;
		zm_spf_parse_term(&a, zm_str_from(pairs[i].a));
		zm_spf_parse_term(&b, zm_str_from(pairs[i].b));
		bool same = zm_spf_same_target(&a, &b);
		if (same != pairs[i].same || same != zm_spf_same_target(&b, &a)) {
			printf("\n%s and %s\n", pairs[i].a, pairs[i].b);
		}
		CU_ASSERT_EQUAL(same, pairs[i].same);
		CU_ASSERT_EQUAL(same, zm_spf_same_target(&b, &a));
	}
}

static void a_repeated_modifier_still_compares(void)
{
	struct zm_arena arena = {0};
	struct zm_spf_record record;
	zm_spf_parse(&record, &arena,
		     ZM_STR("v=spf1 redirect=x.example redirect=X.example. foo=1 Foo=1"));
	CU_ASSERT_EQUAL_FATAL(record.count, 4);
	CU_ASSERT(zm_spf_same_target(&record.term[0], &record.term[1]));
	CU_ASSERT(zm_spf_same_target(&record.term[2], &record.term[3]));
	zm_arena_release(&arena);
}

static void a_domain_is_given_without_its_final_dot(void)
{
	struct zm_spf_term term;
	zm_spf_parse_term(&term, ZM_STR("include:x.example."));
	ZM_ASSERT_STR(zm_spf_domain(&term), "x.example");
	zm_spf_parse_term(&term, ZM_STR("a:x.example/24"));
	ZM_ASSERT_STR(zm_spf_domain(&term), "x.example");
	zm_spf_parse_term(&term, ZM_STR("ip4:192.0.2.1"));
	ZM_ASSERT_STR(zm_spf_domain(&term), "");
	zm_spf_parse_term(&term, ZM_STR("include:x.example/24"));
	ZM_ASSERT_STR(zm_spf_domain(&term), "");
}

static void each_kind_has_the_name_that_it_is_read_by(void)
{
	for (int kind = ZM_SPF_ALL; kind < ZM_SPF_OTHER_MODIFIER; kind++) {
		struct zm_spf_term term;
		zm_spf_parse_term(&term, zm_str_from(zm_spf_kind_name((enum zm_spf_kind)kind)));
		CU_ASSERT_EQUAL((int)term.kind, kind);
	}
	CU_ASSERT_PTR_NULL(zm_spf_kind_name(ZM_SPF_OTHER_MODIFIER));
	CU_ASSERT_PTR_NULL(zm_spf_kind_name(ZM_SPF_UNKNOWN));
}

static const struct zm_test_case cases[] = {
	{"a good term is taken apart", a_good_term_is_taken_apart},
	{"a broken term keeps the parts that can be told",
	 a_broken_term_keeps_the_parts_that_can_be_told},
	{"a record is known by its version", a_record_is_known_by_its_version},
	{"only blanks part terms", only_blanks_part_terms},
	{"the second of a modifier is the wrong one", the_second_of_a_modifier_is_the_wrong_one},
	{"all and redirect are the first good ones", all_and_redirect_are_the_first_good_ones},
	{"terms and gaps are the text", terms_and_gaps_are_the_text},
	{"terms are the same when receivers see no difference",
	 terms_are_the_same_when_receivers_see_no_difference},
	{"a repeated modifier still compares", a_repeated_modifier_still_compares},
	{"a domain is given without its final dot", a_domain_is_given_without_its_final_dot},
	{"each kind has the name that it is read by", each_kind_has_the_name_that_it_is_read_by},
	{NULL, NULL},
};

void test_spf_parse(void)
{
	zm_test_suite("spf_parse", cases);
}
