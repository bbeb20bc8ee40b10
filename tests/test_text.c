#include "test.h"

#include "zone/text.h"

struct joined {
	struct zm_arena arena;
	struct zm_scan scan;
	struct zm_text text;
	struct zm_span bad;
	bool good;
};

static void join(struct joined *j, const char *rdata)
{
	struct zm_entry entry;
	struct zm_str file = zm_str_from(rdata);
	*j = (struct joined){.scan = zm_scan_start(file)};
	CU_ASSERT_FATAL(zm_scan_next(&j->scan, &entry));
	j->text.file = file;
	j->good = zm_text_join(&j->text, &j->arena, entry.token, entry.count, &j->bad);
}

static void release(struct joined *j)
{
	zm_scan_release(&j->scan);
	zm_arena_release(&j->arena);
}

static void strings_join_as_a_receiver_joins_them(void)
{
	static const char *const table[][2] = {
		{"\"v=spf1 -all\"", "v=spf1 -all"},
		{"\"v=spf1 a\\059\" \" -all\"", "v=spf1 a; -all"},
		{"v=spf1 -all", "v=spf1-all"},
		{"( \"a\" ; why\n \"b\" )", "ab"},
		{"\"a\\\"b\\\\c\"", "a\"b\\c"},
		{"\"\"", ""},
		{"v\"=\"spf1", "v=spf1"},
		{"\\# 4 03616263", "abc"},
		{"\\# 7 02 6162 03 636465", "abcde"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct joined j;
		join(&j, table[i][0]);
		CU_ASSERT(j.good);
		ZM_ASSERT_STR(j.text.bytes, table[i][1]);
		release(&j);
	}
}

static void a_plain_string_is_a_view_of_the_file(void)
{
	struct joined j;
	join(&j, "\"v=spf1\"");
	CU_ASSERT_PTR_EQUAL(j.text.bytes.data, j.text.file.data + 1);
	release(&j);
}

static void broken_data_has_its_place(void)
{
	static const struct {
		const char *rdata;
		size_t start;
		size_t end;
	} table[] = {
		{"\"ab\\25\"", 3, 6}, {"\"\\256x\"", 1, 5},    {"a\\", 1, 2},
		{"\\# 2 0361", 0, 9}, {"\\# 3 036162", 0, 11}, {"\\# 1 zz", 0, 7},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct joined j;
		join(&j, table[i].rdata);
		CU_ASSERT_FALSE(j.good);
		CU_ASSERT_EQUAL(j.bad.start, table[i].start);
		CU_ASSERT_EQUAL(j.bad.end, table[i].end);
		release(&j);
	}
}

static void each_byte_has_its_place(void)
{
	static const struct {
		const char *rdata;
		struct zm_span bytes;
		struct zm_span place;
	} table[] = {
		{"\"abc\"", {0, 1}, {1, 2}},       {"\"abc\"", {1, 3}, {2, 4}},
		{"\"abc\"", {0, 0}, {1, 1}},       {"\"abc\"", {3, 3}, {4, 4}},
		{"\"ab\" \"cd\"", {1, 3}, {2, 7}}, {"\"ab\" \"cd\"", {2, 2}, {6, 6}},
		{"\"ab\" \"cd\"", {4, 4}, {8, 8}}, {"\"a\\059b\"", {1, 2}, {2, 6}},
		{"\"a\\059b\"", {2, 2}, {6, 6}},   {"\"a\\059b\"", {1, 3}, {2, 7}},
		{"ab cd", {0, 4}, {0, 5}},         {"\\# 3 026162", {0, 1}, {0, 11}},
		{"\"\" \"a\"", {0, 1}, {4, 5}},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct joined j;
		join(&j, table[i].rdata);
		CU_ASSERT_FATAL(j.good);
		struct zm_span place = zm_text_place(&j.text, table[i].bytes);
		CU_ASSERT_EQUAL(place.start, table[i].place.start);
		CU_ASSERT_EQUAL(place.end, table[i].place.end);
		release(&j);
	}
}

static const struct zm_test_case cases[] = {
	{"strings join as a receiver joins them", strings_join_as_a_receiver_joins_them},
	{"a plain string is a view of the file", a_plain_string_is_a_view_of_the_file},
	{"broken data has its place", broken_data_has_its_place},
	{"each byte has its place", each_byte_has_its_place},
	{NULL, NULL},
};

void test_text(void)
{
	zm_test_suite("text", cases);
}
