#include "test.h"

#include "spf_suite.h"

#include <stdio.h>
#include <stdlib.h>

/* The project's own cases; `make spf-suite` runs those of others. */
void test_spf_suite(void)
{
	char path[4096];
	struct zm_error err;
	snprintf(path, sizeof(path), "%s/tests/spf/check-host.yml", zm_test_top());
	if (!zm_spf_suite_add(path, &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
}
