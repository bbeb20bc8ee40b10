/* spf-suite FILE.yml...: runs suites of check_host() that are not the project's own. */
#include "spf_suite.h"

#include <CUnit/Basic.h>

#include <stdio.h>

int main(int argc, char **argv)
{
	struct zm_error err;
	if (argc < 2 || CU_initialize_registry() != CUE_SUCCESS) {
		fprintf(stderr, "usage: spf-suite FILE.yml...\n");
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		if (!zm_spf_suite_add(argv[i], &err)) {
			fprintf(stderr, "spf-suite: %s\n", err.text);
			return 2;
		}
	}
	CU_basic_set_mode(CU_BRM_NORMAL);
	CU_basic_run_tests();
	unsigned failed = CU_get_number_of_tests_failed();
	unsigned run = CU_get_number_of_tests_run();
	CU_cleanup_registry();
	zm_spf_suite_release();
	printf("%u passed, %u failed\n", run - failed, failed);
	return failed == 0 && run > 0 ? 0 : 1;
}
