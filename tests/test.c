#include "test.h"

#include <CUnit/Basic.h>

#include <stdio.h>
#include <stdlib.h>

void zm_test_all(void); /* made by the Makefile from the names of tests/test_*.c */

void zm_test_suite(const char *name, const struct zm_test_case *cases)
{
	CU_pSuite suite = CU_add_suite(name, NULL, NULL);
	if (suite == NULL) {
		fprintf(stderr, "cannot add the suite %s: %s\n", name, CU_get_error_msg());
		exit(2);
	}
	for (; cases->claim != NULL; cases++) {
		if (CU_add_test(suite, cases->claim, cases->run) == NULL) {
			fprintf(stderr, "cannot add the test %s: %s\n", cases->claim,
				CU_get_error_msg());
			exit(2);
		}
	}
}

void zm_test_eq(struct zm_str got, struct zm_str want, const char *what)
{
	bool same = zm_str_eq(got, want);
	if (!same) {
		printf("\n%s\n  is   [%.*s]\n  not  [%.*s]\n", what, ZM_STR_ARG(got),
		       ZM_STR_ARG(want));
	}
	CU_ASSERT(same);
}

const char *zm_test_top(void)
{
	const char *top = getenv("ZM_TOP");
	return top == NULL ? "." : top;
}

int main(void)
{
	if (CU_initialize_registry() != CUE_SUCCESS) {
		return 2;
	}
	zm_test_all();
	CU_basic_set_mode(CU_BRM_NORMAL);
	CU_basic_run_tests();
	unsigned failed = CU_get_number_of_tests_failed();
	unsigned run = CU_get_number_of_tests_run();
	CU_cleanup_registry();
	printf("%u passed, %u failed\n", run - failed, failed);
	return failed == 0 && run > 0 ? 0 : 1;
}
