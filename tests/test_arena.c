#include "base/arena.h"
#include "test.h"

#include <string.h>

enum { PIECE = 1000, LARGE = 5 << 20 };

static bool is_zero(const char *bytes, size_t len)
{
	return len == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, len - 1) == 0);
}

/* Fills `count` pieces, each of which has to come zeroed. */
static bool fill(struct zm_arena *arena, size_t count)
{
	bool zeroed = true;
	for (size_t i = 0; i < count; i++) {
		char *piece = zm_arena_alloc(arena, PIECE);
		zeroed = zeroed && is_zero(piece, PIECE);
		memset(piece, 0x55, PIECE);
	}
	return zeroed;
}

static void memory_is_zeroed_whatever_its_size(void)
{
	struct zm_arena arena = {0};
	CU_ASSERT(fill(&arena, 10000)); /* ten megabytes: blocks of all sizes */
	char *large = zm_arena_alloc(&arena, LARGE);
	CU_ASSERT(is_zero(large, LARGE));
	zm_arena_release(&arena);
}

static void what_was_given_since_a_mark_comes_zeroed_again(void)
{
	static const size_t before[] = {0, 1, 3, 5000};
	static const size_t after[] = {1, 10, 7000};
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		for (size_t j = 0; j < sizeof(after) / sizeof(after[0]); j++) {
			struct zm_arena arena = {0};
			fill(&arena, before[i]);
			const char *kept = zm_arena_copy(&arena, ZM_STR("kept")).data;
			for (int round = 0; round < 3; round++) {
				struct zm_arena_mark mark = zm_arena_mark(&arena);
				CU_ASSERT(fill(&arena, after[j]));
				zm_arena_rewind(&arena, mark);
			}
			CU_ASSERT_STRING_EQUAL(kept, "kept");
			zm_arena_release(&arena);
		}
	}
}

static void count_release(void *counter)
{
	(*(int *)counter)++;
}

static void what_is_adopted_lives_as_long_as_who_adopts(void)
{
	struct zm_arena arena = {0};
	struct zm_arena other = {0};
	int released = 0;
	fill(&arena, 10);
	const char *text = zm_arena_copy(&other, ZM_STR("text")).data;
	fill(&other, 5000);
	zm_arena_defer(&other, count_release, &released);
	zm_arena_adopt(&arena, &other);
	zm_arena_release(&other);
	CU_ASSERT_EQUAL(released, 0);
	CU_ASSERT_STRING_EQUAL(text, "text");
	CU_ASSERT(fill(&arena, 10));
	zm_arena_release(&arena);
	CU_ASSERT_EQUAL(released, 1);
}

static void arenas_of_one_supply_keep_apart_what_they_hold(void)
{
	static const size_t pieces[] = {0, 1, 3, 70, 0, 5000, 2, 1};
	enum { ARENAS = sizeof(pieces) / sizeof(pieces[0]) };
	struct zm_supply supply = {0};
	struct zm_arena arena[ARENAS] = {{0}};
	const char *text[ARENAS];
	for (size_t round = 0; round < 2; round++) {
		for (size_t i = 0; i < ARENAS; i++) {
			zm_supply_lend(&supply, &arena[i]);
			CU_ASSERT(fill(&arena[i], pieces[i]));
			if (round == 0) {
				text[i] = zm_arena_printf(&arena[i], "%zu", i).data;
			}
			zm_supply_settle(&supply, &arena[i]);
		}
	}
	for (size_t i = 0; i < ARENAS; i++) {
		CU_ASSERT(fill(&arena[i], 5)); /* without a loan */
		CU_ASSERT_EQUAL(text[i][0], (char)('0' + i));
		zm_arena_release(&arena[i]);
	}
	zm_supply_release(&supply);
}

static void what_is_released_before_it_settles_has_cost_nothing(void)
{
	struct zm_supply supply = {0};
	struct zm_arena kept = {0};
	zm_supply_lend(&supply, &kept);
	char *first = zm_arena_alloc(&kept, PIECE);
	zm_supply_settle(&supply, &kept);
	for (size_t pieces = 0; pieces < 100; pieces++) {
		struct zm_arena arena = {0};
		zm_supply_lend(&supply, &arena);
		CU_ASSERT(fill(&arena, pieces));
		zm_arena_release(&arena);
		zm_supply_settle(&supply, &arena);
	}
	zm_supply_lend(&supply, &kept);
	char *second = zm_arena_alloc(&kept, PIECE);
	zm_supply_settle(&supply, &kept);
	CU_ASSERT(is_zero(second, PIECE));
	CU_ASSERT(second > first && second - first < 2 * PIECE);
	zm_arena_release(&kept);
	zm_supply_release(&supply);
}

static const struct zm_test_case cases[] = {
	{"memory is zeroed whatever its size", memory_is_zeroed_whatever_its_size},
	{"what was given since a mark comes zeroed again",
	 what_was_given_since_a_mark_comes_zeroed_again},
	{"what is adopted lives as long as who adopts",
	 what_is_adopted_lives_as_long_as_who_adopts},
	{"arenas of one supply keep apart what they hold",
	 arenas_of_one_supply_keep_apart_what_they_hold},
	{"what is released before it settles has cost nothing",
	 what_is_released_before_it_settles_has_cost_nothing},
	{NULL, NULL},
};

void test_arena(void)
{
	zm_test_suite("arena", cases);
}
