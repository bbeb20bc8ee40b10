/* How policies come together: extends, zones, views, and where a policy is found. */
#include "test.h"

#include "policy_help.h"
#include "sandbox.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A sandbox to work in, and what to go back to. */
struct folder {
	struct zm_sandbox box;
	char old[PATH_MAX];
	char home[PATH_MAX];
};

static void enter(struct folder *folder)
{
	const char *home = getenv("HOME");
	snprintf(folder->home, sizeof(folder->home), "%s", home == NULL ? "/" : home);
	CU_ASSERT_PTR_NOT_NULL_FATAL(getcwd(folder->old, sizeof(folder->old)));
	zm_sandbox_open(&folder->box);
	CU_ASSERT_EQUAL_FATAL(chdir(folder->box.folder), 0);
}

static void leave(struct folder *folder)
{
	setenv("HOME", folder->home, 1);
	CU_ASSERT_EQUAL(chdir(folder->old), 0);
	zm_sandbox_close(&folder->box);
}

static void put(const char *path, const char *text)
{
	zm_sandbox_put(path, zm_str_from(text));
}

static struct zm_policy *load(struct zm_arena *arena, const char *name, const char *want)
{
	struct zm_error err = {0};
	struct zm_policy *policy = zm_test_load(arena, name, &err);
	zm_test_eq(zm_str_from(err.text), zm_str_from(want), name);
	return policy;
}

/* ---- extends ---- */

static void later_layers_win_and_terms_add_up(void)
{
	struct folder folder;
	struct zm_arena arena = {0};
	enter(&folder);
	mkdir("base", 0777);
	put("base/org.yaml", "version: 1\ndescription: org\n"
			     "spf: {names: [apex], require: [mx], forbid: [ptr], all: -all}\n"
			     "rules: {pass-all: off, ptr-mechanism: off}\n");
	put("team.yml", "version: 1\nextends: [base/org.yaml]\n"
			"spf: {names: [mx], require: [MX, a], all: ~all}\n"
			"rules: {ptr-mechanism: error}\n");
	const struct zm_policy *policy = load(&arena, "team.yml", "");
	CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
	const struct zm_policy_spf *spf = &policy->base.spf;
	ZM_ASSERT_STR(policy->description.text, "org");
	CU_ASSERT_FALSE(spf->names.apex);
	CU_ASSERT_EQUAL_FATAL(spf->require.count, 2);
	ZM_ASSERT_STR(spf->require.item[0].pattern.text, "mx");
	ZM_ASSERT_STR(zm_str_from(spf->require.item[0].place.file), "base/org.yaml");
	ZM_ASSERT_STR(zm_str_from(spf->require.item[1].place.file), "team.yml");
	CU_ASSERT_EQUAL(spf->forbid.count, 1);
	ZM_ASSERT_STR(spf->all.text, "~all");
	CU_ASSERT_EQUAL(policy->base.rule[zm_test_rule("pass-all")].severity, ZM_OFF);
	CU_ASSERT_EQUAL(policy->base.rule[zm_test_rule("ptr-mechanism")].severity, ZM_ERROR);
	zm_arena_release(&arena);
	leave(&folder);
}

static void a_parent_that_two_share_counts_once(void)
{
	struct folder folder;
	struct zm_arena arena = {0};
	enter(&folder);
	put("ground.yaml", "version: 1\nrules: {ptr-mechanism: error}\n");
	put("a.yaml", "version: 1\nextends: [ground.yaml]\nrules: {ptr-mechanism: off}\n");
	put("b.yaml", "version: 1\nextends: [./ground.yaml, strict]\n");
	put("c.yaml", "version: 1\nextends: [a.yaml, b.yaml, strict]\n");
	const struct zm_policy *policy = load(&arena, "./c.yaml", "");
	CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
	CU_ASSERT_EQUAL(policy->base.rule[zm_test_rule("ptr-mechanism")].severity, ZM_OFF);
	zm_arena_release(&arena);
	leave(&folder);
}

static void a_loop_is_told_with_its_path(void)
{
	struct folder folder;
	struct zm_arena arena = {0};
	enter(&folder);
	mkdir("sub", 0777);
	put("self.yaml", "version: 1\nextends: [self.yaml]\n");
	put("a.yaml", "version: 1\nextends: [strict, sub/b.yaml]\n");
	put("sub/b.yaml", "version: 1\nextends: [c.yaml]\n");
	put("sub/c.yaml", "version: 1\nextends:\n  - ../sub/b.yaml\n");
	put("to-link.yaml", "version: 1\nextends: [link.yaml]\n");
	CU_ASSERT_EQUAL(symlink("to-link.yaml", "link.yaml"), 0);
	load(&arena, "self.yaml", "self.yaml:2:11: extends goes in a loop: self.yaml -> self.yaml");
	load(&arena, "a.yaml",
	     "sub/c.yaml:3:5: extends goes in a loop: sub/b.yaml -> sub/c.yaml -> sub/b.yaml");
	load(&arena, "to-link.yaml",
	     "to-link.yaml:2:11: extends goes in a loop: to-link.yaml -> to-link.yaml");
	zm_arena_release(&arena);
	leave(&folder);
}

static void an_error_in_a_parent_has_the_parents_place(void)
{
	struct folder folder;
	struct zm_arena arena = {0};
	enter(&folder);
	mkdir("sub", 0777);
	put("sub/bad.yaml", "version: 1\nspf:\n  requires: [mx]\n");
	put("sub/a.yaml", "version: 1\nextends: [bad.yaml]\n");
	put("sub/b.yaml", "version: 1\nextends: [nix.yaml]\n");
	put("sub/c.yaml", "version: 1\nextends: [../sub]\n");
	put("sub/d.yaml", "version: 1\nspf: {require: [mx]}\n");
	put("e.yaml", "version: 1\nextends: [sub/d.yaml]\nspf:\n  forbid: [mx]\n");
	load(&arena, "sub/a.yaml",
	     "sub/bad.yaml:3:3: unknown key \"requires\" in spf; did you mean \"require\"?");
	load(&arena, "sub/b.yaml",
	     "sub/b.yaml:2:11: sub/nix.yaml: cannot read: No such file or directory");
	load(&arena, "e.yaml",
	     "sub/d.yaml:2:17: the required term \"mx\" is forbidden at e.yaml:4:12");
	CU_ASSERT_PTR_NULL(
		load(&arena, "sub/c.yaml", "sub/c.yaml:2:11: sub/../sub: is a folder, not a file"));
	zm_arena_release(&arena);
	leave(&folder);
}

static void extends_is_bounded(void)
{
	struct folder folder;
	struct zm_arena arena = {0};
	char name[32];
	char text[64];
	enter(&folder);
	for (int i = 0; i <= ZM_POLICY_EXTENDS_MAX + 1; i++) {
		snprintf(name, sizeof(name), "p%d.yaml", i);
		snprintf(text, sizeof(text), "version: 1\nextends: [p%d.yaml]\n", i - 1);
		put(name, i == 0 ? "version: 1\n" : text);
	}
	load(&arena, "p16.yaml", "");
	load(&arena, "p17.yaml",
	     "p1.yaml:2:11: extends more policies, all told, than the limit of 16");
	zm_arena_release(&arena);
	leave(&folder);
}

static void a_name_with_a_slash_or_ending_is_always_a_path(void)
{
	struct folder folder;
	struct zm_arena arena = {0};
	enter(&folder);
	put("strict.yaml", "version: 1\ndescription: mine\n");
	put("strict", "version: 1\ndescription: mine\n");
	const struct zm_policy *file = load(&arena, "strict.yaml", "");
	const struct zm_policy *path = load(&arena, "./strict", "");
	const struct zm_policy *name = load(&arena, "strict", "");
	CU_ASSERT_FATAL(file != NULL && path != NULL && name != NULL);
	ZM_ASSERT_STR(file->description.text, "mine");
	ZM_ASSERT_STR(path->description.text, "mine");
	CU_ASSERT_FALSE(zm_str_eq(name->description.text, ZM_STR("mine")));
	zm_arena_release(&arena);
	leave(&folder);
}

static void an_all_that_a_neighbour_forbids_gives_way(void)
{
	struct folder folder;
	struct zm_arena arena = {0};
	enter(&folder);
	put("soft.yaml", "version: 1\nspf: {names: [apex], forbid: [-all], all: ~all}\n");
	put("hard.yaml",
	    "version: 1\nspf: {names: [apex], default: v=spf1 mx -all exp=e.x.example, "
	    "all: -all}\n");
	put("both.yaml", "version: 1\nextends: [soft.yaml, hard.yaml]\n");
	put("own.yaml", "version: 1\nextends: [soft.yaml]\nspf: {all: -all}\n");
	const struct zm_policy *policy = load(&arena, "both.yaml", "");
	CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
	ZM_ASSERT_STR(policy->base.spf.all.text, "~all");
	ZM_ASSERT_STR(zm_str_from(policy->base.spf.all.place.file), "soft.yaml");
	ZM_ASSERT_STR(policy->base.spf.missing.text, "v=spf1 mx ~all exp=e.x.example");
	/* Of what it extends itself a policy knows. */
	load(&arena, "own.yaml",
	     "own.yaml:3:12: the all term \"-all\" is forbidden at soft.yaml:2:31");
	zm_arena_release(&arena);
	leave(&folder);
}

static void an_empty_list_takes_nothing_back_unseen(void)
{
	struct folder folder;
	struct zm_arena arena = {0};
	enter(&folder);
	put("base.yaml", "version: 1\nspf: {names: [apex], forbid: [-all]}\n");
	put("a.yaml", "version: 1\nextends: [base.yaml]\nspf: {forbid: []}\n");
	put("b.yaml", "version: 1\nextends: [base.yaml]\nspf: {require: []}\n"
		      "zones: [{match: \"*\", spf: {forbid: []}}]\n");
	load(&arena, "a.yaml",
	     "a.yaml:3:15: an empty forbid takes nothing back, for with extends these lists add "
	     "up; an entry of zones replaces them: {match: \"*\", spf: {forbid: []}}");
	const struct zm_policy *policy = load(&arena, "b.yaml", "");
	CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
	CU_ASSERT_EQUAL(zm_test_view(policy, "x.example", "x.example")->spf.forbid.count, 0);
	zm_arena_release(&arena);
	leave(&folder);
}

static void who_must_have_a_record_may_be_said_elsewhere(void)
{
	struct folder folder;
	struct zm_arena arena = {0};
	enter(&folder);
	put("part.yaml", "version: 1\nspf: {require: [mx]}\n");
	put("whole.yaml", "version: 1\nextends: [part.yaml]\nspf: {names: [apex]}\n");
	put("entry.yaml", "version: 1\nextends: [part.yaml]\n"
			  "zones: [{match: x.example, spf: {names: [apex]}}]\n");
	load(&arena, "part.yaml",
	     "part.yaml:2:16: require asks nobody, for names is not set; write names: [apex, mx]");
	CU_ASSERT_PTR_NOT_NULL(load(&arena, "whole.yaml", ""));
	CU_ASSERT_PTR_NOT_NULL(load(&arena, "entry.yaml", ""));
	zm_arena_release(&arena);
	leave(&folder);
}

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
	struct folder folder;
	enter(&folder);
	mkdir("repo", 0777);
	mkdir("repo/zones", 0777);
	mkdir("repo/zones/deep", 0777);
	put("zonemend.yaml", "outside of the repository");
	expect_found("repo/zones/deep", "zonemend.yaml");
	mkdir("repo/.git", 0777);
	expect_found("repo/zones/deep", NULL);
	put("repo/.zonemend.yaml", "");
	expect_found("repo/zones/deep", "repo/.zonemend.yaml");
	put("repo/zonemend.yaml", "");
	expect_found("repo/zones/deep", "repo/zonemend.yaml");
	put("repo/zones/.zonemend.yaml", "");
	expect_found("repo/zones/deep", "repo/zones/.zonemend.yaml");
	expect_found("repo/zones/deep/../..", "repo/zonemend.yaml");
	expect_found(".", "zonemend.yaml");
	expect_found("no/such/folder", NULL);
	leave(&folder);
}

static void a_policy_that_cannot_be_read_is_found_all_the_same(void)
{
	struct folder folder;
	struct zm_arena arena = {0};
	enter(&folder);
	mkdir("sub", 0777);
	put("zonemend.yaml", "version: 1\n");
	CU_ASSERT_EQUAL(symlink("nowhere", "sub/zonemend.yaml"), 0);
	expect_found("sub", "sub/zonemend.yaml");
	load(&arena, "sub/zonemend.yaml",
	     "sub/zonemend.yaml: cannot read: No such file or directory");
	zm_arena_release(&arena);
	leave(&folder);
}

static void the_home_folder_is_not_reached_from_below(void)
{
	struct folder folder;
	enter(&folder);
	mkdir("zones", 0777);
	put("zonemend.yaml", "version: 1\n");
	expect_found("zones", "zonemend.yaml");
	setenv("HOME", folder.box.folder, 1);
	expect_found("zones", NULL);
	expect_found(".", "zonemend.yaml");
	leave(&folder);
}

static const struct zm_test_case cases[] = {
	{"later layers win and terms add up", later_layers_win_and_terms_add_up},
	{"a parent that two share counts once", a_parent_that_two_share_counts_once},
	{"a loop is told with its path", a_loop_is_told_with_its_path},
	{"an error in a parent has the parent's place", an_error_in_a_parent_has_the_parents_place},
	{"extends is bounded", extends_is_bounded},
	{"a name with a slash or ending is always a path",
	 a_name_with_a_slash_or_ending_is_always_a_path},
	{"an all that a neighbour forbids gives way", an_all_that_a_neighbour_forbids_gives_way},
	{"an empty list takes nothing back unseen", an_empty_list_takes_nothing_back_unseen},
	{"who must have a record may be said elsewhere",
	 who_must_have_a_record_may_be_said_elsewhere},
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
