#include "policy_help.h"

#include "test.h"

#include <string.h>

static const char *const names[] = {
	"zone-syntax",           "soa-missing",
	"soa-multiple",          "serial-invalid",
	"unquoted-text",         "string-over-255",
	"version-glued",         "unknown-mechanism",
	"ip-keyword-typo",       "mechanism-as-modifier",
	"missing-space",         "trailing-punctuation",
	"multiple-records",      "terms-after-all",
	"redirect-with-all",     "pass-all",
	"ptr-mechanism",         "duplicate-include",
	"duplicate-term",        "host-bits-set",
	"policy-missing-record", "policy-require",
	"policy-forbid",         "policy-exactly",
};

enum { COUNT = sizeof(names) / sizeof(names[0]) };

static const enum zm_severity severities[COUNT] = {
	ZM_ERROR,   ZM_ERROR,   ZM_ERROR,   ZM_ERROR, ZM_ERROR, ZM_ERROR,   ZM_ERROR,   ZM_ERROR,
	ZM_ERROR,   ZM_ERROR,   ZM_ERROR,   ZM_ERROR, ZM_ERROR, ZM_WARNING, ZM_WARNING, ZM_ERROR,
	ZM_WARNING, ZM_WARNING, ZM_WARNING, ZM_INFO,  ZM_ERROR, ZM_ERROR,   ZM_ERROR,   ZM_ERROR,
};

const struct zm_catalogue zm_test_catalogue = {names, severities, COUNT};

size_t zm_test_rule(const char *name)
{
	for (size_t i = 0; i < COUNT; i++) {
		if (strcmp(names[i], name) == 0) {
			return i;
		}
	}
	CU_FAIL_FATAL("no such rule in the test's catalogue");
	return 0;
}

struct zm_policy *zm_test_policy(struct zm_arena *arena, const char *yaml, struct zm_error *err)
{
	*err = (struct zm_error){0};
	return zm_policy_parse(arena, &zm_test_catalogue, "p.yaml", zm_str_from(yaml), err);
}

struct zm_policy *zm_test_good_policy(struct zm_arena *arena, const char *yaml)
{
	struct zm_error err;
	struct zm_policy *policy = zm_test_policy(arena, yaml, &err);
	ZM_ASSERT_STR(zm_str_from(err.text), "");
	CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
	return policy;
}

const struct zm_policy_view *zm_test_view(const struct zm_policy *policy, const char *zone,
					  const char *owner)
{
	const char *why;
	struct zm_name_buf zone_name;
	struct zm_name_buf owner_name;
	bool good = zm_name_from_domain(&zone_name, zm_str_from(zone), &why) &&
		    zm_name_from_domain(&owner_name, zm_str_from(owner), &why);
	CU_ASSERT_FATAL(good);
	return zm_policy_view(policy, zm_name_of(&zone_name), zm_name_of(&owner_name));
}
