#include "test.h"

#include "spf/macro.h"

static struct zm_spf_values values_of(const char *ip)
{
	struct zm_spf_values values = {
		.sender = ZM_STR("strong-bad@email.example.com"),
		.local = ZM_STR("strong-bad"),
		.sender_domain = ZM_STR("email.example.com"),
		.domain = ZM_STR("email.example.com"),
		.validated = ZM_STR("mx.example.org"),
		.helo = ZM_STR("helo.example.net"),
		.receiver = ZM_STR("mx.receiver.example"),
		.time = 1795435200,
	};
	CU_ASSERT_FATAL(zm_ip4_parse(&values.ip, zm_str_from(ip)) ||
			zm_ip6_parse(&values.ip, zm_str_from(ip)));
	return values;
}

static void expand(const char *ip, const char *text, const char *want)
{
	struct zm_buf out = {.max = 4096};
	struct zm_spf_values values = values_of(ip);
	bool good = zm_spf_expand(&out, zm_str_from(text), &values);
	ZM_ASSERT_STR(good ? zm_buf_str(&out) : ZM_STR("broken"), want);
	zm_buf_release(&out);
}

static void letters_stand_for_their_values(void)
{
	expand("192.0.2.3", "%{s} %{l} %{o} %{d}",
	       "strong-bad@email.example.com strong-bad email.example.com email.example.com");
	expand("192.0.2.3", "%{i} %{p} %{v} %{h} %{c} %{r} %{t}",
	       "192.0.2.3 mx.example.org in-addr helo.example.net 192.0.2.3 mx.receiver.example "
	       "1795435200");
	expand("2001:db8::cb01", "%{i}",
	       "2.0.0.1.0.D.B.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.C.B.0.1");
	expand("2001:db8::cb01", "%{v} %{c}", "ip6 2001:db8::cb01");
	expand("192.0.2.3", "%%%_%-%{d1}", "% %20com");
}

static void transformers_split_turn_and_cut(void)
{
	expand("192.0.2.3", "%{d4} %{d3} %{d2} %{d1}",
	       "email.example.com email.example.com example.com com");
	expand("192.0.2.3", "%{dr} %{d2r} %{d1R}", "com.example.email example.email email");
	expand("192.0.2.3", "%{l-} %{lr} %{lr-} %{l1r-}",
	       "strong.bad strong-bad bad.strong strong");
	expand("192.0.2.3", "%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com");
	expand("192.0.2.3", "%{s3-.}", "bad@email.example.com");
	expand("192.0.2.3", "%{d99999999999999999999}", "email.example.com");
	expand("192.0.2.3", "%{d00000002}", "example.com");
}

static void a_capital_letter_escapes(void)
{
	struct zm_buf out = {.max = 4096};
	struct zm_spf_values values = values_of("192.0.2.3");
	values.local = ZM_STR("a b/~_.-\xff%");
	CU_ASSERT_TRUE(zm_spf_expand(&out, ZM_STR("%{l} %{L} %{Lr/}"), &values));
	ZM_ASSERT_STR(zm_buf_str(&out), "a b/~_.-\xff% a%20b%2F~_.-%FF%25 ~_.-%FF%25.a%20b");
	zm_buf_release(&out);
}

static void what_is_no_macro_is_broken(void)
{
	expand("192.0.2.3", "100%", "broken");
	expand("192.0.2.3", "%{x}", "broken");
	expand("192.0.2.3", "%{d0}", "broken");
	expand("192.0.2.3", "%{d", "broken");
	expand("192.0.2.3", "% ", "broken");
	expand("192.0.2.3", "", "");
}

static void empty_values_and_parts_are_kept(void)
{
	struct zm_buf out = {.max = 4096};
	struct zm_spf_values values = values_of("192.0.2.3");
	values.helo = ZM_STR("");
	values.local = ZM_STR(".a..b.");
	CU_ASSERT_TRUE(
		zm_spf_expand(&out, ZM_STR("[%{h}][%{hr}][%{l}][%{lr}][%{l2}][%{l2r}]"), &values));
	ZM_ASSERT_STR(zm_buf_str(&out), "[][][.a..b.][.b..a.][b.][a.]");
	zm_buf_release(&out);
}

static void domain(const char *spec, const char *want)
{
	struct zm_arena arena = {0};
	struct zm_spf_target target;
	struct zm_spf_values values = values_of("192.0.2.3");
	bool good = zm_spf_expand_domain(&target, &arena, zm_str_from(spec), &values);
	ZM_ASSERT_STR(good ? zm_name_text(&arena, target.name) : ZM_STR("none"), want);
	if (good) {
		CU_ASSERT_FALSE(zm_str_ends(target.text, ZM_STR(".")));
	}
	zm_arena_release(&arena);
}

static void a_domain_spec_becomes_a_name_or_none(void)
{
	domain("a.example", "a.example.");
	domain("a.example.", "a.example.");
	domain("%{d2}.", "example.com.");
	domain("%{l}.%{d}", "strong-bad.email.example.com.");
	domain("a..b", "none");
	domain("%{d}..x", "none");
	domain("%{t}.%{t}.%{t}.%{t}.%{t}.%{t}.x",
	       "1795435200.1795435200.1795435200.1795435200.1795435200.1795435200.x.");
}

#define TEN "%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}."

static void what_is_too_long_loses_labels_from_the_left(void)
{
	struct zm_arena arena = {0};
	struct zm_spf_target target;
	struct zm_spf_values values = values_of("192.0.2.3");
	CU_ASSERT_TRUE_FATAL(
		zm_spf_expand_domain(&target, &arena, ZM_STR(TEN TEN "end.example"), &values));
	CU_ASSERT(target.text.len <= 253);
	CU_ASSERT(target.text.len > 253 - sizeof("example."));
	CU_ASSERT_TRUE(zm_str_ends(target.text, ZM_STR("email.example.com.end.example")));
	zm_arena_release(&arena);
}

static void letters_are_told_apart(void)
{
	uint32_t letters = zm_spf_letters(ZM_STR("%{d}.%%{p}.%{Ir}.%{v"));
	CU_ASSERT_EQUAL(letters, zm_spf_letter('d') | zm_spf_letter('i'));
	CU_ASSERT_EQUAL(zm_spf_letters(ZM_STR("%%%{p}")), zm_spf_letter('P'));
}

static const struct zm_test_case cases[] = {
	{"letters stand for their values", letters_stand_for_their_values},
	{"transformers split, turn and cut", transformers_split_turn_and_cut},
	{"a capital letter escapes", a_capital_letter_escapes},
	{"what is no macro is broken", what_is_no_macro_is_broken},
	{"empty values and parts are kept", empty_values_and_parts_are_kept},
	{"a domain-spec becomes a name or none", a_domain_spec_becomes_a_name_or_none},
	{"what is too long loses labels from the left",
	 what_is_too_long_loses_labels_from_the_left},
	{"letters are told apart", letters_are_told_apart},
	{NULL, NULL},
};

void test_spf_macro(void)
{
	zm_test_suite("spf macro", cases);
}
