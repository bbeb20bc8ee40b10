#include "policy_help.h"

#include "test.h"

#include <stdio.h>
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
	"server-dependent",
};

enum { COUNT = sizeof(names) / sizeof(names[0]) };

static const enum zm_severity severities[COUNT] = {
	ZM_ERROR,   ZM_ERROR,   ZM_ERROR,   ZM_ERROR, ZM_ERROR, ZM_ERROR,   ZM_ERROR,   ZM_ERROR,
	ZM_ERROR,   ZM_ERROR,   ZM_ERROR,   ZM_ERROR, ZM_ERROR, ZM_WARNING, ZM_WARNING, ZM_ERROR,
	ZM_WARNING, ZM_WARNING, ZM_WARNING, ZM_INFO,  ZM_ERROR, ZM_ERROR,   ZM_ERROR,   ZM_ERROR,
};

/* A setting or two that the language knows of, whatever the real rules have. */
static const struct zm_catalogue_setting settings[] = {
	{19, "ip4", 16, 0, 32, "the shortest IPv4 prefix"},
	{19, "ip6", 32, 1, 128, "the shortest IPv6 prefix"},
};

const struct zm_catalogue zm_test_catalogue = {names, severities, COUNT, names, settings, 2};

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

/* All faults, one a line. */
static void join(struct zm_error *err, const struct zm_policy_faults *faults)
{
	size_t used = 0;
	err->text[0] = '\0';
	for (size_t i = 0; i < faults->count && used < sizeof(err->text); i++) {
		used += (size_t)snprintf(err->text + used, sizeof(err->text) - used, "%s%s",
					 i == 0 ? "" : "\n", faults->text[i]);
	}
}

struct zm_policy *zm_test_policy(struct zm_arena *arena, const char *yaml, struct zm_error *err)
{
	return zm_test_policy_bytes(arena, zm_str_from(yaml), err);
}

struct zm_policy *zm_test_policy_bytes(struct zm_arena *arena, struct zm_str yaml,
				       struct zm_error *err)
{
	const struct zm_policy_bytes bytes = {"p.yaml", yaml};
	struct zm_policy_faults faults;
	struct zm_policy *policy = zm_policy_parse(arena, &zm_test_catalogue, &bytes, &faults);
	join(err, &faults);
	return policy;
}

struct zm_policy *zm_test_load(struct zm_arena *arena, const char *name, struct zm_error *err)
{
	struct zm_policy_faults faults;
	struct zm_policy *policy = zm_policy_load(arena, &zm_test_catalogue, name, &faults);
	join(err, &faults);
	return policy;
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
