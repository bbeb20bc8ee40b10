#include "test.h"

#include "fix/edit.h"

static struct zm_source one = {.name = "one"};
static struct zm_source two = {.name = "two"};

struct change {
	size_t start;
	size_t end;
	const char *text;
};

static struct zm_edits make(struct zm_arena *arena, struct zm_source *source,
			    const struct change *change, size_t count)
{
	struct zm_edits edits = {0};
	for (size_t i = 0; i < count; i++) {
		struct zm_edit edit = {
			source, {change[i].start, change[i].end}, zm_str_from(change[i].text)};
		zm_edits_add(&edits, arena, edit);
	}
	return edits;
}

enum { MOST = 4 };

static void edits_give_their_bytes_whatever_their_order(void)
{
	static const struct {
		struct change change[MOST];
		size_t count;
		const char *want; /* of "0123456789"; NULL: they overlap */
	} table[] = {
		{{{0}}, 0, "0123456789"},
		{{{3, 5, "X"}}, 1, "012X56789"},
		{{{0, 10, ""}}, 1, ""},
		{{{10, 10, "end"}}, 1, "0123456789end"},
		{{{0, 0, "start"}}, 1, "start0123456789"},
		{{{7, 8, "c"}, {1, 2, "a"}, {4, 5, "b"}}, 3, "0a23b56c89"},
		{{{4, 4, "a"}, {4, 4, "b"}, {4, 4, "c"}}, 3, "0123abc456789"},
		{{{4, 6, "x"}, {4, 4, "a"}, {6, 6, "z"}}, 3, "0123axz6789"},
		{{{6, 6, "b"}, {4, 4, "1"}, {6, 6, "a"}, {4, 4, "2"}}, 4, "01231245ba6789"},
		{{{3, 5, "X"}, {5, 7, "Y"}}, 2, "012XY789"},
		{{{3, 5, "X"}, {4, 7, "Y"}}, 2, NULL},
		{{{3, 5, "X"}, {3, 5, "Y"}}, 2, NULL},
		{{{3, 6, "X"}, {4, 4, "Y"}}, 2, NULL},
		{{{8, 9, ""}, {0, 9, "X"}}, 2, NULL},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct zm_arena arena = {0};
		struct zm_edits edits = make(&arena, &one, table[i].change, table[i].count);
		bool settled = zm_edits_settle(&edits);
		CU_ASSERT_EQUAL(settled, table[i].want != NULL);
		if (settled && table[i].want != NULL) {
			ZM_ASSERT_STR(zm_edits_apply(&edits, &arena, ZM_STR("0123456789")),
				      table[i].want);
		}
		zm_arena_release(&arena);
	}
}

static void lists_overlap_where_one_touches_the_other(void)
{
	static const struct {
		struct change a;
		struct change b;
		bool overlap;
	} table[] = {
		{{3, 5, ""}, {5, 7, ""}, false},  {{3, 5, ""}, {4, 7, ""}, true},
		{{3, 5, ""}, {0, 10, ""}, true},  {{3, 5, ""}, {3, 3, "x"}, true},
		{{3, 5, ""}, {5, 5, "x"}, true},  {{3, 5, ""}, {4, 4, "x"}, true},
		{{3, 5, ""}, {6, 6, "x"}, false}, {{3, 5, ""}, {2, 2, "x"}, false},
		{{4, 4, "a"}, {4, 4, "b"}, true}, {{4, 4, "a"}, {5, 5, "b"}, false},
	};
	/* Far neighbours on both sides, so that the search has something to pass by. */
	static const struct change far[] = {{100, 105, ""}, {110, 110, "x"}, {120, 130, ""}};
	for (size_t i = 0; i < 2 * sizeof(table) / sizeof(table[0]); i++) {
		struct zm_arena arena = {0};
		struct zm_edits a = make(&arena, &one, far, 3);
		struct zm_edits b = make(&arena, &one, &table[i / 2].b, 1);
		struct change at = table[i / 2].a;
		zm_edits_add(&a, &arena, (struct zm_edit){&one, {at.start, at.end}, {0}});
		if (i % 2 == 0) {
			CU_ASSERT(zm_edits_settle(&a));
		}
		CU_ASSERT_EQUAL(zm_edits_overlap(&a, &b), table[i / 2].overlap);
		CU_ASSERT_EQUAL(zm_edits_overlap(&b, &a), table[i / 2].overlap);
		zm_arena_release(&arena);
	}
}

static void edits_of_two_files_never_overlap(void)
{
	struct zm_arena arena = {0};
	static const struct change same[] = {{3, 5, "x"}, {9, 9, "y"}};
	struct zm_edits a = make(&arena, &one, same, 2);
	struct zm_edits b = make(&arena, &two, same, 2);
	CU_ASSERT_FALSE(zm_edits_overlap(&a, &b));
	zm_edits_add(&b, &arena, a.item[1]);
	zm_edits_add(&b, &arena, a.item[0]);
	CU_ASSERT(zm_edits_settle(&b));
	CU_ASSERT_PTR_EQUAL(b.item[0].source, &one);
	CU_ASSERT_EQUAL(b.item[0].at.start, 3);
	CU_ASSERT_PTR_EQUAL(b.item[2].source, &two);
	CU_ASSERT(zm_edits_overlap(&a, &b));
	zm_arena_release(&arena);
}

static void what_was_settled_is_looked_at_again_when_something_comes_before_it(void)
{
	struct zm_arena arena = {0};
	static const struct change first[] = {{10, 12, ""}, {20, 22, ""}};
	struct zm_edits edits = make(&arena, &one, first, 2);
	CU_ASSERT(zm_edits_settle(&edits));
	zm_edits_add(&edits, &arena, (struct zm_edit){&one, {11, 13}, ZM_STR("")});
	CU_ASSERT_FALSE(zm_edits_settle(&edits));

	edits = make(&arena, &one, first, 2);
	CU_ASSERT(zm_edits_settle(&edits));
	zm_edits_add(&edits, &arena, (struct zm_edit){&one, {21, 25}, ZM_STR("")});
	CU_ASSERT_FALSE(zm_edits_settle(&edits));

	edits = make(&arena, &one, first, 2);
	CU_ASSERT(zm_edits_settle(&edits));
	edits.count = 1;
	zm_edits_add(&edits, &arena, (struct zm_edit){&one, {0, 2}, ZM_STR("")});
	CU_ASSERT(zm_edits_settle(&edits));
	CU_ASSERT_EQUAL(edits.item[0].at.start, 0);
	zm_arena_release(&arena);
}

static void many_edits_in_reverse_settle(void)
{
	enum { COUNT = 50000 };
	struct zm_arena arena = {0};
	struct zm_edits edits = {0};
	for (size_t i = 0; i < COUNT; i++) {
		struct zm_span at = {COUNT - 1 - i, COUNT - i};
		zm_edits_add(&edits, &arena, (struct zm_edit){&one, at, ZM_STR("y")});
	}
	struct zm_str before = {zm_arena_array(&arena, COUNT, 1), COUNT};
	CU_ASSERT(zm_edits_settle(&edits));
	struct zm_str after = zm_edits_apply(&edits, &arena, before);
	CU_ASSERT_EQUAL(after.len, COUNT);
	CU_ASSERT_EQUAL(zm_str_find(after, (struct zm_str){"", 1}, 0), SIZE_MAX);
	CU_ASSERT(zm_str_starts(after, ZM_STR("yyyy")));
	zm_arena_release(&arena);
}

static const struct zm_test_case cases[] = {
	{"edits give their bytes whatever their order",
	 edits_give_their_bytes_whatever_their_order},
	{"lists overlap where one touches the other", lists_overlap_where_one_touches_the_other},
	{"edits of two files never overlap", edits_of_two_files_never_overlap},
	{"what was settled is looked at again when something comes before it",
	 what_was_settled_is_looked_at_again_when_something_comes_before_it},
	{"many edits in reverse settle", many_edits_in_reverse_settle},
	{NULL, NULL},
};

void test_edit(void)
{
	zm_test_suite("edit", cases);
}
