#include "test.h"

#include "fix/proof.h"

#define HEAD  "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns h 1 2 3 4 5\n@ NS ns\n"
#define HEAD2 "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns h 2 2 3 4 5\n@ NS ns\n"

static struct zm_name_buf apex;

static struct zm_planned_change change(enum zm_planned_kind kind, const char *before,
				       const char *after)
{
	const char *why;
	CU_ASSERT_FATAL(zm_name_from_domain(&apex, ZM_STR("example.com"), &why));
	return (struct zm_planned_change){.kind = kind,
					  .owner = zm_name_of(&apex),
					  .before = zm_str_from(before),
					  .after = zm_str_from(after),
					  .serial = 2};
}

static bool prove(const char *before, const char *after, const struct zm_planned_change *change,
		  size_t count)
{
	struct zm_source source = {.name = "z", .bytes = zm_str_from(before)};
	struct zm_source *sources[] = {&source};
	const struct zm_zone zone = {.source = &source, .sources = sources, .source_count = 1};
	struct zm_rewrite mended = {&source, zm_str_from(after)};
	const struct zm_rewrites files = {&mended, 1, 1};
	const struct zm_load_options options = {0};
	struct zm_error err;
	const struct zm_planned_changes changes = {change, count};
	return zm_proof(&zone, &files, &options, &changes, &err);
}

static void what_was_planned_is_proved(void)
{
	const struct zm_planned_change text[] = {change(ZM_CHANGE_TEXT, "a", "b"),
						 change(ZM_CHANGE_SERIAL, "", "")};
	CU_ASSERT(prove(HEAD "@ TXT a\n", HEAD2 "@ TXT \"b\"\n", text, 2));
	CU_ASSERT(prove(HEAD "@ TXT a ; c\n@ A 1.2.3.4\n", HEAD2 "@ TXT \"\" b\n@ A 1.2.3.4\n",
			text, 2));
	const struct zm_planned_change gone[] = {change(ZM_CHANGE_GONE, "a", "")};
	CU_ASSERT(prove(HEAD "@ TXT a\n@ TXT a\n", HEAD "@ TXT a\n", gone, 1));
	const struct zm_planned_change new[] = {change(ZM_CHANGE_NEW, "", "b")};
	CU_ASSERT(prove(HEAD "@ A 1.2.3.4\n", HEAD "@ TXT b\n@ A 1.2.3.4\n", new, 1));
	CU_ASSERT(prove(HEAD, HEAD, NULL, 0));
}

static void anything_else_is_not(void)
{
	const struct zm_planned_change text[] = {change(ZM_CHANGE_TEXT, "a", "b")};
	CU_ASSERT_FALSE(prove(HEAD "@ TXT a\n", HEAD "@ TXT c\n", text, 1));
	CU_ASSERT_FALSE(prove(HEAD "@ TXT a\n", HEAD "@ TXT a\n", text, 1));
	CU_ASSERT_FALSE(prove(HEAD "@ TXT a\n", HEAD "@ 60 TXT b\n", text, 1));
	CU_ASSERT_FALSE(prove(HEAD "@ TXT a\n", HEAD "w TXT b\n", text, 1));
	CU_ASSERT_FALSE(prove(HEAD "@ TXT a\n", HEAD "@ TXT b\n@ A 1.2.3.4\n", text, 1));
	CU_ASSERT_FALSE(prove(HEAD "@ TXT a\n@ A 1.2.3.4\n", HEAD "@ TXT b\n", text, 1));
	CU_ASSERT_FALSE(
		prove(HEAD "@ TXT a\n@ A 1.2.3.4\n", HEAD "@ TXT b\n@ A 1.2.3.5\n", text, 1));
	CU_ASSERT_FALSE(prove(HEAD "@ TXT a\n", HEAD2 "@ TXT b\n", text, 1));
	CU_ASSERT_FALSE(
		prove(HEAD "w MX 1 a\n", HEAD "$ORIGIN x\nw.example.com. MX 1 a\n", NULL, 0));
	CU_ASSERT_FALSE(prove(HEAD "w A 1.2.3.4\n", HEAD "W A 1.2.3.4\n", NULL, 0));
	CU_ASSERT_FALSE(prove(HEAD "@ TXT a\n", HEAD "@ TXT b\n@ TXT \"\n", text, 1));
	const struct zm_planned_change serial[] = {change(ZM_CHANGE_SERIAL, "", "")};
	CU_ASSERT_FALSE(prove(HEAD,
			      "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns h 2 9 3 4 5\n@ NS ns\n",
			      serial, 1));
	CU_ASSERT_FALSE(prove(HEAD,
			      "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns h 3 2 3 4 5\n@ NS ns\n",
			      serial, 1));
}

static void of_twins_one_changes_and_the_other_goes(void)
{
	const struct zm_planned_change both[] = {change(ZM_CHANGE_GONE, "a", ""),
						 change(ZM_CHANGE_TEXT, "a", "b"),
						 change(ZM_CHANGE_NEW, "", "c")};
	CU_ASSERT(prove(HEAD "@ TXT a\nw A 1.2.3.4\n@ TXT a\n", HEAD "@ TXT b\nw A 1.2.3.4\n", both,
			2));
	CU_ASSERT(prove(HEAD "@ TXT a\nw A 1.2.3.4\n@ TXT a\n", HEAD "w A 1.2.3.4\n@ TXT b\n", both,
			2));
	CU_ASSERT(prove(HEAD "@ TXT a\nw A 1.2.3.4\n@ TXT a\n",
			HEAD "@ TXT c\n@ TXT b\nw A 1.2.3.4\n", both, 3));
	CU_ASSERT_FALSE(prove(HEAD "@ TXT a\nw A 1.2.3.4\n@ TXT a\n",
			      HEAD "@ TXT b\nw A 1.2.3.4\n@ TXT b\n", both, 2));
	CU_ASSERT_FALSE(
		prove(HEAD "@ TXT a\nw A 1.2.3.4\n@ TXT a\n", HEAD "w A 1.2.3.4\n", both, 2));
}

static void what_says_again_what_it_said_is_no_change(void)
{
	const struct zm_planned_change idle[] = {change(ZM_CHANGE_TEXT, "a", "a"),
						 change(ZM_CHANGE_GONE, "b", "")};
	CU_ASSERT(prove(HEAD "@ TXT a\n@ TXT b\n", HEAD "@ TXT a\n", idle, 2));
	CU_ASSERT(prove(HEAD "@ TXT a\n@ TXT b\n", HEAD "@ TXT \"a\"\n", idle, 2));
	CU_ASSERT_FALSE(prove(HEAD "@ TXT a\n@ TXT b\n", HEAD "@ TXT c\n", idle, 2));
}

static const struct zm_test_case cases[] = {
	{"of twins one changes and the other goes", of_twins_one_changes_and_the_other_goes},
	{"what says again what it said is no change", what_says_again_what_it_said_is_no_change},
	{"what was planned is proved", what_was_planned_is_proved},
	{"anything else is not", anything_else_is_not},
	{NULL, NULL},
};

void test_proof(void)
{
	zm_test_suite("proof", cases);
}
