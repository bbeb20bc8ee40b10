#include "test.h"

static void a_pattern_matches_as_a_shell_does(void)
{
	CU_ASSERT(zm_str_matches(ZM_STR("a.old.example"), ZM_STR("*.OLD.example")));
	CU_ASSERT(zm_str_matches(ZM_STR(""), ZM_STR("*")));
	CU_ASSERT(zm_str_matches(ZM_STR("abcbc"), ZM_STR("a*bc")));
	CU_ASSERT_FALSE(zm_str_matches(ZM_STR("abcb"), ZM_STR("a*bc")));
	CU_ASSERT_FALSE(zm_str_matches(ZM_STR("ab"), ZM_STR("a")));
}

static void a_number_is_digits_only_and_bounded(void)
{
	uint64_t value = 7;
	CU_ASSERT(zm_str_number(ZM_STR("4294967295"), UINT32_MAX, &value));
	CU_ASSERT_EQUAL(value, UINT32_MAX);
	CU_ASSERT_FALSE(zm_str_number(ZM_STR("4294967296"), UINT32_MAX, &value));
	CU_ASSERT_FALSE(zm_str_number(ZM_STR("+5"), UINT32_MAX, &value));
	CU_ASSERT_FALSE(zm_str_number(ZM_STR(""), UINT32_MAX, &value));
	CU_ASSERT_FALSE(zm_str_number(ZM_STR("18446744073709551616"), UINT64_MAX, &value));
	CU_ASSERT_EQUAL(value, UINT32_MAX);
}

static void a_slip_of_the_pen_is_near(void)
{
	static const char *const names[] = {"policy", "format", "fail-on"};
	CU_ASSERT_STRING_EQUAL(zm_str_nearest(ZM_STR("polcy"), names, 3), "policy");
	CU_ASSERT_STRING_EQUAL(zm_str_nearest(ZM_STR("fromat"), names, 3), "format");
	CU_ASSERT_PTR_NULL(zm_str_nearest(ZM_STR("zzzz"), names, 3));
	CU_ASSERT_STRING_EQUAL(zm_str_nearest(ZM_STR("Pol"), names, 3), "policy");
	CU_ASSERT_PTR_NULL(zm_str_nearest(ZM_STR("po"), names, 3));
	CU_ASSERT_EQUAL(zm_str_distance(ZM_STR("includ"), ZM_STR("include"), 3), 1);
	CU_ASSERT_EQUAL(zm_str_distance(ZM_STR("al"), ZM_STR("ptr"), 2), 3);
}

static void a_needle_is_found_at_or_after_the_start(void)
{
	CU_ASSERT_EQUAL(zm_str_find(ZM_STR("abab"), ZM_STR("ab"), 1), 2);
	CU_ASSERT_EQUAL(zm_str_find(ZM_STR("abab"), ZM_STR("abc"), 0), SIZE_MAX);
	CU_ASSERT_EQUAL(zm_str_find(ZM_STR(""), ZM_STR("a"), 0), SIZE_MAX);
}

static const struct zm_test_case cases[] = {
	{"a pattern matches as a shell does", a_pattern_matches_as_a_shell_does},
	{"a number is digits only and bounded", a_number_is_digits_only_and_bounded},
	{"a slip of the pen is near", a_slip_of_the_pen_is_near},
	{"a needle is found at or after the start", a_needle_is_found_at_or_after_the_start},
	{NULL, NULL},
};

void test_str(void)
{
	zm_test_suite("str", cases);
}
