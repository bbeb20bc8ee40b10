#include "zonemend/zonemend.h"

#include "test.h"

#include <string.h>

static const char zone[] = "$TTL 3600\n"
			   "@ SOA ns h 2024010199 7200 900 1209600 3600\n"
			   "@ NS ns\n"
			   "@ TXT \"v=spf1 mx -all\" ; mail\n"
			   "ns A 192.0.2.1\n";

static struct zonemend_request request_for(const char *bytes)
{
	return (struct zonemend_request){
		.bytes = bytes,
		.length = strlen(bytes),
		.origin = "example.com",
		.now = 1795435200, /* 2026-11-23 */
	};
}

static struct zonemend_policy *load(const char *name)
{
	char why[ZONEMEND_ERROR_MAX];
	struct zonemend_policy *policy = zonemend_policy_load(name, why);
	CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
	return policy;
}

static void a_check_says_what_is_wrong_and_where(void)
{
	char why[ZONEMEND_ERROR_MAX];
	struct zonemend_policy *policy = load("iclasspro");
	struct zonemend_request request = request_for(zone);
	struct zonemend_result *result = zonemend_check(policy, &request, why);
	CU_ASSERT_PTR_NOT_NULL_FATAL(result);
	struct zonemend_finding finding;
	bool found = false;
	for (size_t i = 0; zonemend_finding_get(result, i, &finding); i++) {
		if (strcmp(finding.rule, "policy-require") == 0) {
			found = true;
			CU_ASSERT_EQUAL(finding.line, 4);
			CU_ASSERT_EQUAL(finding.severity, ZONEMEND_ERROR);
			CU_ASSERT_EQUAL(finding.fix, ZONEMEND_FIX_POLICY);
			CU_ASSERT_STRING_EQUAL(finding.owner, "example.com.");
			CU_ASSERT_STRING_EQUAL(finding.file, "<memory>");
			CU_ASSERT_PTR_NOT_NULL(finding.fix_title);
		}
	}
	CU_ASSERT(found);
	CU_ASSERT_EQUAL(zonemend_outcome(result), ZONEMEND_NOTHING);
	CU_ASSERT_FALSE(zonemend_finding_get(result, zonemend_finding_count(result), &finding));
	zonemend_result_free(result);
	zonemend_policy_free(policy);
}

static void mending_gives_the_new_bytes(void)
{
	char why[ZONEMEND_ERROR_MAX];
	struct zonemend_policy *policy = load("iclasspro");
	struct zonemend_request request = request_for(zone);
	struct zonemend_result *result = zonemend_mend(policy, &request, why);
	CU_ASSERT_PTR_NOT_NULL_FATAL(result);
	CU_ASSERT_EQUAL(zonemend_outcome(result), ZONEMEND_MENDED);
	CU_ASSERT_PTR_NULL(zonemend_refusal(result));
	struct zm_str bytes;
	bytes.data = zonemend_bytes(result, &bytes.len);
	ZM_ASSERT_STR(bytes, "$TTL 3600\n"
			     "@ SOA ns h 2026112300 7200 900 1209600 3600\n"
			     "@ NS ns\n"
			     "@ TXT \"v=spf1 mx include:iclassprov2.com ~all\" ; mail\n"
			     "ns A 192.0.2.1\n");
	zonemend_result_free(result);
	zonemend_policy_free(policy);
}

static void a_zone_that_may_not_be_mended_stays(void)
{
	static const char broken[] = "@ SOA ns h 1 2 3 4 5\n@ TXT \"v=spf1 mx -all\"\nx TXT \"y\n";
	char why[ZONEMEND_ERROR_MAX];
	struct zonemend_policy *policy = load("iclasspro");
	struct zonemend_request request = request_for(broken);
	struct zonemend_result *result = zonemend_mend(policy, &request, why);
	CU_ASSERT_PTR_NOT_NULL_FATAL(result);
	CU_ASSERT_EQUAL(zonemend_outcome(result), ZONEMEND_REFUSED);
	CU_ASSERT_PTR_NOT_NULL(zonemend_refusal(result));
	struct zm_str bytes;
	bytes.data = zonemend_bytes(result, &bytes.len);
	ZM_ASSERT_STR(bytes, broken);
	zonemend_result_free(result);
	zonemend_policy_free(policy);
}

static void what_cannot_be_done_is_said(void)
{
	char why[ZONEMEND_ERROR_MAX] = "";
	CU_ASSERT_PTR_NULL(zonemend_policy_load("icalsspro", why));
	CU_ASSERT_PTR_NOT_NULL(strstr(why, "iclasspro"));
	struct zonemend_policy *policy = load("recommended");
	struct zonemend_request request = request_for("www A 192.0.2.1\n");
	request.origin = NULL;
	CU_ASSERT_PTR_NULL(zonemend_check(policy, &request, why));
	ZM_ASSERT_STR(zm_str_from(why), "<memory>: cannot tell which zone this is");
	request.origin = "a..b";
	CU_ASSERT_PTR_NULL(zonemend_check(policy, &request, why));
	CU_ASSERT_PTR_NOT_NULL(strstr(why, "origin a..b"));
	zonemend_policy_free(policy);
	zonemend_policy_free(NULL);
	zonemend_result_free(NULL);
}

static const struct zm_test_case cases[] = {
	{"a check says what is wrong and where", a_check_says_what_is_wrong_and_where},
	{"mending gives the new bytes", mending_gives_the_new_bytes},
	{"a zone that may not be mended stays", a_zone_that_may_not_be_mended_stays},
	{"what cannot be done is said", what_cannot_be_done_is_said},
	{NULL, NULL},
};

void test_api(void)
{
	zm_test_suite("api", cases);
}
