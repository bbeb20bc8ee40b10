#include "test.h"

#include "base/name.h"

#include <string.h>

static struct zm_name_buf origin_buf;

static struct zm_name origin(void)
{
	const char *why;
	CU_ASSERT_FATAL(zm_name_from_domain(&origin_buf, ZM_STR("example.com"), &why));
	return zm_name_of(&origin_buf);
}

static void check(const char *written, const char *printed)
{
	struct zm_arena arena = {0};
	struct zm_name_buf name;
	const char *why;
	CU_ASSERT_FATAL(zm_name_parse(&name, zm_str_from(written), origin(), &why));
	ZM_ASSERT_STR(zm_name_text(&arena, zm_name_of(&name)), printed);
	zm_arena_release(&arena);
}

static void names_print_as_they_were_meant(void)
{
	check("@", "example.com.");
	check("www", "www.example.com.");
	check("a.b.", "a.b.");
	check(".", ".");
	check("a\\.b", "a\\.b.example.com.");
	check("a\\032b", "a\\032b.example.com.");
	check("\\@", "\\@.example.com.");
}

static void refused(const char *written, const char *reason)
{
	struct zm_name_buf name;
	const char *why = NULL;
	CU_ASSERT_FALSE_FATAL(zm_name_parse(&name, zm_str_from(written), origin(), &why));
	CU_ASSERT_STRING_EQUAL(why, reason);
}

static void broken_names_say_why(void)
{
	char label[66];
	char many[300];
	memset(label, 'a', 64);
	label[64] = '\0';
	for (size_t i = 0; i < 298; i += 2) {
		memcpy(many + i, "a.", 3);
	}
	refused("a..b", "empty label");
	refused(".a", "empty label");
	refused("a\\25", "broken escape");
	refused("a\\256.", "broken escape");
	refused("a\\", "broken escape");
	refused(label, "label longer than 63 bytes");
	refused(many, "name longer than 255 bytes");
	refused("", "empty name");
}

static void the_longest_name_is_255_bytes(void)
{
	char text[256] = "";
	struct zm_name_buf name;
	const char *why;
	for (size_t i = 0; i < 127; i++) {
		memcpy(text + 2 * i, "a.", 3);
	}
	CU_ASSERT(zm_name_parse(&name, zm_str_from(text), origin(), &why));
	CU_ASSERT_EQUAL(name.len, 255);
}

static void below_is_by_labels_and_case_is_ignored(void)
{
	struct zm_name_buf a;
	struct zm_name_buf b;
	const char *why;
	CU_ASSERT(zm_name_from_domain(&a, ZM_STR("WWW.Example.com."), &why));
	CU_ASSERT(zm_name_is_below(zm_name_of(&a), origin()));
	CU_ASSERT(zm_name_is_below(origin(), origin()));
	CU_ASSERT(zm_name_from_domain(&b, ZM_STR("badexample.com"), &why));
	CU_ASSERT_FALSE(zm_name_is_below(zm_name_of(&b), origin()));
	CU_ASSERT_EQUAL(zm_name_labels(zm_name_of(&a)), 3);
	CU_ASSERT(zm_name_from_domain(&b, ZM_STR("www.example.COM"), &why));
	CU_ASSERT(zm_name_eq(zm_name_of(&a), zm_name_of(&b)));
	CU_ASSERT_EQUAL(zm_name_hash(zm_name_of(&a)), zm_name_hash(zm_name_of(&b)));
}

static const struct zm_test_case cases[] = {
	{"names print as they were meant", names_print_as_they_were_meant},
	{"broken names say why", broken_names_say_why},
	{"the longest name is 255 bytes", the_longest_name_is_255_bytes},
	{"below is by labels, and case is ignored", below_is_by_labels_and_case_is_ignored},
	{NULL, NULL},
};

void test_name(void)
{
	zm_test_suite("name", cases);
}
