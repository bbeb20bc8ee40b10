/* How policies come together: zones, views, and where a policy is found. */
#include "test.h"

#include "policy_folder.h"
#include "policy_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- zones ---- */

static const char zones_yaml[] = "version: 1\n"
				 "spf:\n"
				 "  names: [apex]\n"
				 "  require: [include:x.example]\n"
				 "  forbid: [-all]\n"
				 "  default: v=spf1 include:x.example ~all\n"
				 "zones:\n"
				 "  - match: [Parked.example, \"*.parked.example\"]\n"
				 "    spf: {exactly: v=spf1 -all}\n"
				 "  - match: shop.example\n"
				 "    spf: {require: [mx], default: v=spf1 mx ~all}\n"
				 "    rules: {pass-all: warning}\n"
				 "  - match: \"*.example\"\n"
				 "    rules: {pass-all: off, ptr-mechanism: off}\n"
				 "  - match: mail.shop.example.\n"
				 "    rules: {ptr-mechanism: info}\n";

static void a_policy_without_a_matching_entry_gives_the_base(void)
{
	struct zm_arena arena = {0};
	const struct zm_policy *policy = zm_test_good_policy(&arena, zones_yaml);
	const struct zm_policy *plain = zm_test_good_policy(&arena, "version: 1\n");
	CU_ASSERT_PTR_EQUAL(zm_test_view(policy, "x.org", "a.x.org"), &policy->base);
	CU_ASSERT_PTR_EQUAL(zm_test_view(plain, "a.example", "a.example"), &plain->base);
	zm_arena_release(&arena);
}

static void an_entry_replaces_what_it_names(void)
{
	struct zm_arena arena = {0};
	const struct zm_policy *policy = zm_test_good_policy(&arena, zones_yaml);
	const struct zm_policy_view *view = zm_test_view(policy, "shop.example", "shop.example");
	CU_ASSERT_EQUAL_FATAL(view->spf.require.count, 1);
	ZM_ASSERT_STR(view->spf.require.item[0].pattern.text, "mx");
	CU_ASSERT_EQUAL(view->spf.forbid.count, 1);
	ZM_ASSERT_STR(view->spf.missing.text, "v=spf1 mx ~all");
	CU_ASSERT(view->spf.names.apex);
	CU_ASSERT_EQUAL(policy->base.spf.require.place.line, 4);
	CU_ASSERT_EQUAL(view->spf.require.place.line, 11);
	zm_arena_release(&arena);
}

static void of_two_entries_the_later_wins(void)
{
	struct zm_arena arena = {0};
	const struct zm_policy *policy = zm_test_good_policy(&arena, zones_yaml);
	const struct zm_policy_view *view =
		zm_test_view(policy, "shop.example", "mail.shop.example");
	CU_ASSERT_EQUAL(view->rule[zm_test_rule("pass-all")].severity, ZM_OFF);
	CU_ASSERT_EQUAL(view->rule[zm_test_rule("ptr-mechanism")].severity, ZM_INFO);
	CU_ASSERT_EQUAL(policy->base.rule[zm_test_rule("pass-all")].severity, ZM_ERROR);
	zm_arena_release(&arena);
}

static void an_entry_matches_by_zone_or_by_owner(void)
{
	struct zm_arena arena = {0};
	const struct zm_policy *policy = zm_test_good_policy(&arena, zones_yaml);
	static const struct {
		const char *zone;
		const char *owner;
		const char *exactly;
	} rows[] = {
		{"parked.example", "parked.example", "v=spf1 -all"},
		{"PARKED.example", "www.parked.EXAMPLE", "v=spf1 -all"},
		{"parked.example", "elsewhere.org", "v=spf1 -all"},
		{"example", "parked.example", "v=spf1 -all"},
		{"example", "a.b.parked.example", "v=spf1 -all"},
		{"example", "unparked.example", NULL},
		{"example", "parked.example.org", NULL},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct zm_policy_view *view =
			zm_test_view(policy, rows[i].zone, rows[i].owner);
		zm_test_eq(view->spf.exactly.text, zm_str_from(rows[i].exactly), rows[i].owner);
	}
	zm_arena_release(&arena);
}

static void equal_combinations_give_the_same_view(void)
{
	struct zm_arena arena = {0};
	const struct zm_policy *policy = zm_test_good_policy(&arena, zones_yaml);
	const struct zm_policy_view *a = zm_test_view(policy, "parked.example", "a.parked.example");
	const struct zm_policy_view *b = zm_test_view(policy, "parked.example", "b.parked.example");
	const struct zm_policy_view *other = zm_test_view(policy, "x.example", "x.example");
	CU_ASSERT_PTR_EQUAL(a, b);
	CU_ASSERT_PTR_NOT_EQUAL(a, other);
	CU_ASSERT_PTR_NOT_EQUAL(a, &policy->base);
	CU_ASSERT_PTR_EQUAL(zm_test_view(policy, "y.example", "z.example"), other);
	CU_ASSERT_PTR_EQUAL(zm_test_view(policy, "parked.example", "a.parked.example"), a);
	zm_arena_release(&arena);
}

static void exactly_and_the_parts_void_each_other(void)
{
	struct zm_arena arena = {0};
	const struct zm_policy *policy = zm_test_good_policy(&arena, zones_yaml);
	const struct zm_policy_view *parked =
		zm_test_view(policy, "parked.example", "parked.example");
	CU_ASSERT_EQUAL(parked->spf.require.count, 0);
	CU_ASSERT_EQUAL(parked->spf.forbid.count, 0);
	CU_ASSERT_PTR_NULL(parked->spf.missing.text.data);
	CU_ASSERT(parked->spf.names.apex);
	policy = zm_test_good_policy(&arena, "version: 1\nextends: [parked]\nzones:\n"
					     "  - {match: a.example, spf: {require: [mx]}}\n"
					     "  - {match: b.example, spf: {forbid: [ptr]}}\n");
	ZM_ASSERT_STR(policy->base.spf.exactly.text, "v=spf1 -all");
	CU_ASSERT_PTR_NULL(zm_test_view(policy, "a.example", "a.example")->spf.exactly.text.data);
	ZM_ASSERT_STR(zm_test_view(policy, "b.example", "b.example")->spf.exactly.text,
		      "v=spf1 -all");
	zm_arena_release(&arena);
}

static void thousands_of_names_are_found_fast(void)
{
	struct zm_arena arena = {0};
	struct zm_str yaml = ZM_STR("version: 1\nzones:\n  - rules: {pass-all: off}\n    match:\n");
	char *text = zm_arena_array(&arena, 1 << 20, 1);
	size_t len = (size_t)snprintf(text, 1 << 20, "%s", yaml.data);
	for (int i = 0; i < 20000; i++) {
		len += (size_t)snprintf(text + len, (1 << 20) - len, "    - d%d.example\n", i);
	}
	const struct zm_policy *policy = zm_test_good_policy(&arena, text);
	for (int i = 0; i < 100000; i++) {
		CU_ASSERT_PTR_NOT_EQUAL_FATAL(
			zm_test_view(policy, "d19999.example", "www.d19999.example"),
			&policy->base);
	}
	CU_ASSERT_PTR_EQUAL(zm_test_view(policy, "d20000.example", "example"), &policy->base);
	zm_arena_release(&arena);
}

/* ---- discovery ---- */

static void expect_found(const char *folder, const char *want)
{
	struct zm_arena arena = {0};
	zm_test_eq(zm_str_from(zm_policy_discover(&arena, folder)), zm_str_from(want), folder);
	zm_arena_release(&arena);
}

static void the_nearest_policy_up_to_the_repository_is_found(void)
{
	struct zm_policy_folder folder;
	zm_policy_folder_enter(&folder);
	mkdir("repo", 0777);
	mkdir("repo/zones", 0777);
	mkdir("repo/zones/deep", 0777);
	zm_policy_folder_put("zonemend.yaml", "outside of the repository");
	expect_found("repo/zones/deep", "zonemend.yaml");
	mkdir("repo/.git", 0777);
	expect_found("repo/zones/deep", NULL);
	zm_policy_folder_put("repo/.zonemend.yaml", "");
	expect_found("repo/zones/deep", "repo/.zonemend.yaml");
	zm_policy_folder_put("repo/zonemend.yaml", "");
	expect_found("repo/zones/deep", "repo/zonemend.yaml");
	zm_policy_folder_put("repo/zones/.zonemend.yaml", "");
	expect_found("repo/zones/deep", "repo/zones/.zonemend.yaml");
	expect_found("repo/zones/deep/../..", "repo/zonemend.yaml");
	expect_found(".", "zonemend.yaml");
	expect_found("no/such/folder", NULL);
	zm_policy_folder_leave(&folder);
}

static void a_policy_that_cannot_be_read_is_found_all_the_same(void)
{
	struct zm_policy_folder folder;
	struct zm_arena arena = {0};
	zm_policy_folder_enter(&folder);
	mkdir("sub", 0777);
	zm_policy_folder_put("zonemend.yaml", "version: 1\n");
	CU_ASSERT_EQUAL(symlink("nowhere", "sub/zonemend.yaml"), 0);
	expect_found("sub", "sub/zonemend.yaml");
	zm_policy_folder_load(&arena, "sub/zonemend.yaml",
			      "sub/zonemend.yaml: cannot read: No such file or directory");
	zm_arena_release(&arena);
	zm_policy_folder_leave(&folder);
}

static void the_home_folder_is_not_reached_from_below(void)
{
	struct zm_policy_folder folder;
	zm_policy_folder_enter(&folder);
	mkdir("zones", 0777);
	zm_policy_folder_put("zonemend.yaml", "version: 1\n");
	expect_found("zones", "zonemend.yaml");
	setenv("HOME", folder.box.folder, 1);
	expect_found("zones", NULL);
	expect_found(".", "zonemend.yaml");
	zm_policy_folder_leave(&folder);
}

static const struct zm_test_case cases[] = {
	{"a policy without a matching entry gives the base",
	 a_policy_without_a_matching_entry_gives_the_base},
	{"an entry replaces what it names", an_entry_replaces_what_it_names},
	{"of two entries the later wins", of_two_entries_the_later_wins},
	{"an entry matches by zone or by owner", an_entry_matches_by_zone_or_by_owner},
	{"equal combinations give the same view", equal_combinations_give_the_same_view},
	{"exactly and the parts void each other", exactly_and_the_parts_void_each_other},
	{"thousands of names are found fast", thousands_of_names_are_found_fast},
	{"the nearest policy up to the repository is found",
	 the_nearest_policy_up_to_the_repository_is_found},
	{"a policy that cannot be read is found all the same",
	 a_policy_that_cannot_be_read_is_found_all_the_same},
	{"the home folder is not reached from below", the_home_folder_is_not_reached_from_below},
	{NULL, NULL},
};

void test_policy_layers(void)
{
	zm_test_suite("policy_layers", cases);
}
