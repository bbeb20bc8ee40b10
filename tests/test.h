/*
 * test: one suite a file. tests/test_NAME.c defines `void test_NAME(void)`, which the Makefile
 *finds by the file's name:
 *
 *	static void a_star_matches_the_empty_run(void) { CU_ASSERT(...); }
 *
 *	static const struct zm_test_case cases[] = {
 *		{"a star matches the empty run", a_star_matches_the_empty_run},
 *		{NULL, NULL},
 *	};
 *
 *	void test_str(void) { zm_test_suite("str", cases); }
 */
#ifndef ZM_TESTS_TEST_H
#define ZM_TESTS_TEST_H

#include "base/str.h"

#include <CUnit/CUnit.h>

struct zm_test_case {
	const char *claim;
	void (*run)(void);
};

void zm_test_suite(const char *name, const struct zm_test_case *cases);

/* Fails the test and prints both when the two differ. */
void zm_test_eq(struct zm_str got, struct zm_str want, const char *what);

#define ZM_ASSERT_STR(got, want) zm_test_eq((got), zm_str_from(want), #got)

/* The folder of the checkout, from ZM_TOP or the current one. */
const char *zm_test_top(void);

#endif
