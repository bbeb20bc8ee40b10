#include "test.h"

#include "spf/print.h"

#include <string.h>

static void canonical(const char *text, const char *want)
{
	struct zm_arena arena = {0};
	struct zm_buf out = {0};
	struct zm_spf_record record;
	zm_spf_parse(&record, &arena, zm_str_from(text));
	zm_spf_print(&out, &record);
	ZM_ASSERT_STR(zm_buf_str(&out), want);
	zm_spf_parse(&record, &arena, zm_arena_copy(&arena, zm_str_from(want)));
	zm_buf_clear(&out);
	zm_spf_print(&out, &record);
	ZM_ASSERT_STR(zm_buf_str(&out), want);
	zm_buf_release(&out);
	zm_arena_release(&arena);
}

static void what_means_the_same_is_printed_the_same(void)
{
	canonical("v=spf1", "v=spf1");
	canonical("V=SPF1  +MX   -ALL ", "v=spf1 mx -all");
	canonical("v=spf1 IP4:192.0.2.9/24 ip4:192.0.2.1/32",
		  "v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.1");
	canonical("v=spf1 ip6:2001:0DB8:0:0::1/128 ip6:2001:db8::1/64",
		  "v=spf1 ip6:2001:db8::1 ip6:2001:db8::/64");
	canonical("v=spf1 a/32//128 mx:X.Example./24 a//64 ~a:x.example/24//64",
		  "v=spf1 a mx:x.example/24 a//64 ~a:x.example/24//64");
	canonical("v=spf1 Include:_SPF.x.example. ?PTR exists:%{IR}.X.example -all",
		  "v=spf1 include:_spf.x.example ?ptr exists:%{IR}.x.example -all");
}

static void modifiers_come_last_in_their_order(void)
{
	canonical("v=spf1 Redirect=X.example mx Foo=Bar EXP=Why.%{D2} ip4:0.0.0.0/0",
		  "v=spf1 mx ip4:0.0.0.0/0 redirect=x.example foo=Bar exp=why.%{D2}");
}

static void a_broken_term_stays_as_it_is_written(void)
{
	canonical("v=spf1  +ip4:300.1.1.1/24 Includ:X  -all:x redirect:Y",
		  "v=spf1 +ip4:300.1.1.1/24 Includ:X -all:x redirect:Y");
}

/* `count` terms of `len` bytes each, blank included. */
static struct zm_str long_text(char *data, size_t count, size_t len)
{
	memset(data, 'x', count * len);
	for (size_t i = 1; i <= count; i++) {
		data[i * len - 1] = ' ';
	}
	return (struct zm_str){data, count * len};
}

static void a_long_text_is_cut_before_a_term(void)
{
	char data[1024];
	CU_ASSERT_EQUAL(zm_spf_cut(long_text(data, 5, 51), 0), 255);
	CU_ASSERT_EQUAL(zm_spf_cut(long_text(data, 6, 51), 0), 255);
	CU_ASSERT_EQUAL(zm_spf_cut(long_text(data, 6, 50), 0), 250);
	CU_ASSERT_EQUAL(zm_spf_cut(long_text(data, 6, 50), 250), 300);
	CU_ASSERT_EQUAL(zm_spf_cut(long_text(data, 1, 300), 0), 255);
	CU_ASSERT_EQUAL(zm_spf_cut(ZM_STR(""), 0), 0);
}

static const struct zm_test_case cases[] = {
	{"what means the same is printed the same", what_means_the_same_is_printed_the_same},
	{"modifiers come last, in their order", modifiers_come_last_in_their_order},
	{"a broken term stays as it is written", a_broken_term_stays_as_it_is_written},
	{"a long text is cut before a term", a_long_text_is_cut_before_a_term},
	{NULL, NULL},
};

void test_spf_print(void)
{
	zm_test_suite("spf print", cases);
}
