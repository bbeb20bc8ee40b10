#include "test.h"

#include "base/arena.h"

static void count(void *counter)
{
	++*(int *)counter;
}

static void what_was_reset_is_zeroed_and_used_again(void)
{
	struct zm_arena arena = {0};
	int released = 0;
	for (size_t round = 0; round < 3; round++) {
		zm_arena_defer(&arena, count, &released);
		for (size_t i = 1; i < 200; i++) {
			char *piece = zm_arena_alloc(&arena, i);
			bool is_zero = true;
			for (size_t j = 0; j < i; j++) {
				is_zero = is_zero && piece[j] == 0;
				piece[j] = 'x';
			}
			CU_ASSERT_TRUE_FATAL(is_zero);
		}
		zm_arena_reset(&arena);
	}
	CU_ASSERT_EQUAL(released, 3);
	zm_arena_release(&arena);
	zm_arena_reset(&arena);
	CU_ASSERT_PTR_NULL(arena.block);
}

static const struct zm_test_case cases[] = {
	{"what was reset is zeroed and used again", what_was_reset_is_zeroed_and_used_again},
	{NULL, NULL},
};

void test_arena(void)
{
	zm_test_suite("arena", cases);
}
