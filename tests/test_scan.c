#include "test.h"

#include "base/arena.h"
#include "zone/scan.h"

#include <string.h>

/* One letter a token: s space, n newline, c comment, ( ), w word, q quoted; entries are set apart
 * by `|`. */
static void shape_of(struct zm_str bytes, char *shape, size_t size)
{
	static const char letters[] = "snc()wq";
	struct zm_scan scan = zm_scan_start(bytes);
	struct zm_entry entry;
	size_t len = 0;
	while (zm_scan_next(&scan, &entry)) {
		for (size_t i = 0; i < entry.count && len + 2 < size; i++) {
			shape[len++] = letters[entry.token[i].kind];
		}
		shape[len++] = '|';
	}
	shape[len] = '\0';
	zm_scan_release(&scan);
}

static void tokens_are_tagged(void)
{
	static const struct {
		const char *bytes;
		const char *shape;
	} table[] = {
		{"", ""},
		{"a A 1.2.3.4\n", "wswswn|"},
		{"a A 1.2.3.4", "wswsw|"},
		{"\n\n", "n|n|"},
		{"a TXT \"b c\" ; d\r\n", "wswsqscn|"},
		{"a TXT ( \"b\"\n \"c\" )\n", "wsws(sqnsqs)n|"},
		{"a TXT((\"b\")\n)\n", "wsw((q)n)n|"},
		{"a TXT b\"c\"d\n", "wswswqwn|"},
		{"a TXT a\\ b\\\"c\\;d\n", "wswswn|"},
		{"a TXT \"a\\\"b\\\\\"\n", "wswsqn|"},
		{"a TXT (x;y)\nz)\n", "wsws(wcnw)n|"},
		{"a TXT \"(;\"\n", "wswsqn|"},
		{"a A 1\rb A 2\r\n", "wswswn|wswswn|"},
		{"a\\\nb\n", "wn|wn|"},
		{"a A 1 ; b\rc A 2\r\nd A 3\n", "wswswscn|wswswn|"},
		{";\r\n;\r", "cn|c|"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		char shape[128];
		shape_of(zm_str_from(table[i].bytes), shape, sizeof(shape));
		ZM_ASSERT_STR(zm_str_from(shape), table[i].shape);
	}
}

/* Strings are read many bytes at a time; none of these bytes may be passed over. */
static void a_string_ends_where_it_ends(void)
{
	static const struct {
		struct zm_str odd;
		size_t end; /* from the odd bytes on */
	} table[] = {
		{{"\"\n", 2}, 1},
		{{"\\\"b\"\n", 5}, 4},
		{{"\\\\\"\n", 4}, 3},
		{{"\n\"\n", 3}, 0},
		{{"\r\n\"\n", 4}, 0},
		{{"\0;\"\n", 4}, 3},
		{{"\x80\xff\x01\"\n", 5}, 4},
		{{"\t(\"\n", 4}, 3},
	};
	char bytes[80];
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct zm_str odd = table[i].odd;
		for (size_t before = 0; before < 70; before++) {
			memset(bytes, 'a', sizeof(bytes));
			bytes[0] = '"';
			memcpy(bytes + 1 + before, odd.data, odd.len);
			struct zm_scan scan =
				zm_scan_start((struct zm_str){bytes, 1 + before + odd.len});
			struct zm_entry entry;
			CU_ASSERT_TRUE_FATAL(zm_scan_next(&scan, &entry));
			CU_ASSERT_EQUAL(entry.token[0].kind, ZM_QUOTED);
			CU_ASSERT_EQUAL(entry.token[0].end, 1 + before + table[i].end);
			zm_scan_release(&scan);
		}
	}
}

static void a_broken_entry_says_what_and_where(void)
{
	static const struct {
		const char *bytes;
		enum zm_scan_fault fault;
		size_t start;
		size_t end;
	} table[] = {
		{"a TXT \"b\nc A 1\n", ZM_SCAN_UNBALANCED_QUOTE, 6, 8},
		{"a TXT \"b\r\nc A 1\n", ZM_SCAN_UNBALANCED_QUOTE, 6, 8},
		{"a TXT \"b", ZM_SCAN_UNBALANCED_QUOTE, 6, 8},
		{"a TXT ( b\nc A 1\n", ZM_SCAN_UNCLOSED_PAREN, 6, 7},
		{"a TXT b )\n", ZM_SCAN_STRAY_CLOSE, 8, 9},
		{"a TXT ( \"b\n )\n", ZM_SCAN_UNBALANCED_QUOTE, 8, 10},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct zm_scan scan = zm_scan_start(zm_str_from(table[i].bytes));
		struct zm_entry entry;
		CU_ASSERT_FATAL(zm_scan_next(&scan, &entry));
		CU_ASSERT_EQUAL(entry.fault, table[i].fault);
		CU_ASSERT_EQUAL(entry.fault_at.start, table[i].start);
		CU_ASSERT_EQUAL(entry.fault_at.end, table[i].end);
		zm_scan_release(&scan);
	}
}

static void after_an_unbalanced_quote_the_next_line_is_read(void)
{
	char shape[64];
	shape_of(ZM_STR("a TXT \"b\nc A 1\n"), shape, sizeof(shape));
	ZM_ASSERT_STR(zm_str_from(shape), "wswsqn|wswswn|");
}

/* Whatever the bytes are: tokens touch, entries touch, and together they are the file. */
static void tokens_add_up_to_the_file(void)
{
	static const char alphabet[] = "a\"\\()\n\r ;\t$0\0";
	uint32_t seed = 1;
	for (int round = 0; round < 20000; round++) {
		char bytes[24];
		size_t len = (seed >> 8) % sizeof(bytes);
		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525u + 1013904223u;
			bytes[i] = alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
		}
		seed = seed * 1664525u + 1013904223u;
		struct zm_scan scan = zm_scan_start((struct zm_str){bytes, len});
		struct zm_entry entry;
		size_t at = 0;
		while (zm_scan_next(&scan, &entry)) {
			CU_ASSERT_EQUAL_FATAL(entry.at.start, at);
			for (size_t i = 0; i < entry.count; i++) {
				CU_ASSERT_EQUAL_FATAL(entry.token[i].start, at);
				CU_ASSERT_FATAL(entry.token[i].end > at);
				at = entry.token[i].end;
			}
			CU_ASSERT_EQUAL_FATAL(entry.at.end, at);
		}
		CU_ASSERT_EQUAL_FATAL(at, len);
		zm_scan_release(&scan);
	}
}

static void a_record_of_too_many_tokens_is_cut(void)
{
	size_t len = 3 * (size_t)ZM_ENTRY_TOKENS_MAX;
	struct zm_arena arena = {0};
	char *bytes = zm_arena_array(&arena, len, 1);
	memset(bytes, '(', len);
	struct zm_scan scan = zm_scan_start((struct zm_str){bytes, len});
	struct zm_entry entry;
	CU_ASSERT(zm_scan_next(&scan, &entry));
	CU_ASSERT_EQUAL(entry.fault, ZM_SCAN_TOO_LONG);
	CU_ASSERT_EQUAL(entry.count, ZM_ENTRY_TOKENS_MAX);
	CU_ASSERT(zm_scan_next(&scan, &entry));
	CU_ASSERT_EQUAL(entry.fault, ZM_SCAN_REST);
	zm_scan_release(&scan);
	zm_arena_release(&arena);
}

static void after_a_cut_record_the_next_one_is_read(void)
{
	size_t len = 4 * (size_t)ZM_ENTRY_TOKENS_MAX;
	struct zm_arena arena = {0};
	char *bytes = zm_arena_array(&arena, len, 1);
	memset(bytes, '\n', len);
	memcpy(bytes, "a TXT (", 7);
	memcpy(bytes + len - 11, ")\nb A 1 ; c", 11);
	struct zm_scan scan = zm_scan_start((struct zm_str){bytes, len});
	struct zm_entry entry;
	size_t faults = 0;
	while (zm_scan_next(&scan, &entry) && entry.fault != ZM_SCAN_GOOD) {
		faults += entry.fault == ZM_SCAN_TOO_LONG;
	}
	CU_ASSERT_EQUAL(faults, 1);
	CU_ASSERT_EQUAL(entry.at.start, len - 9);
	zm_scan_release(&scan);
	zm_arena_release(&arena);
}

static void a_nul_is_a_fault_outside_of_quotes(void)
{
	static const struct {
		struct zm_str bytes;
		size_t place; /* of the fault; SIZE_MAX: none */
	} table[] = {
		{{"a TXT b\0c\n", 10}, 7},          {{"\0\n", 2}, 0},
		{{"a TXT \\\0\n", 9}, 7},           {{"a TXT \"\0\"\n", 10}, SIZE_MAX},
		{{"a TXT b ; \0\n", 12}, SIZE_MAX},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct zm_scan scan = zm_scan_start(table[i].bytes);
		struct zm_entry entry;
		CU_ASSERT_TRUE(zm_scan_next(&scan, &entry));
		bool is_bad = table[i].place != SIZE_MAX;
		CU_ASSERT_EQUAL(entry.fault, is_bad ? ZM_SCAN_NUL : ZM_SCAN_GOOD);
		CU_ASSERT_EQUAL(entry.fault_at.start, is_bad ? table[i].place : 0);
		zm_scan_release(&scan);
	}
}

static const struct zm_test_case cases[] = {
	{"tokens are tagged", tokens_are_tagged},
	{"a string ends where it ends", a_string_ends_where_it_ends},
	{"a broken entry says what and where", a_broken_entry_says_what_and_where},
	{"after an unbalanced quote the next line is read",
	 after_an_unbalanced_quote_the_next_line_is_read},
	{"tokens add up to the file", tokens_add_up_to_the_file},
	{"a record of too many tokens is cut", a_record_of_too_many_tokens_is_cut},
	{"after a cut record the next one is read", after_a_cut_record_the_next_one_is_read},
	{"a NUL is a fault outside of quotes", a_nul_is_a_fault_outside_of_quotes},
	{NULL, NULL},
};

void test_scan(void)
{
	zm_test_suite("scan", cases);
}
