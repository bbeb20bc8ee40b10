/* How policies that extend others come together. */
#include "test.h"

#include "policy_folder.h"
#include "policy_help.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void later_layers_win_and_terms_add_up(void)
{
	struct zm_policy_folder folder;
	struct zm_arena arena = {0};
	zm_policy_folder_enter(&folder);
	mkdir("base", 0777);
	zm_policy_folder_put("base/org.yaml",
			     "version: 1\ndescription: org\n"
			     "spf: {names: [apex], require: [mx], forbid: [ptr], all: -all}\n"
			     "rules: {pass-all: off, ptr-mechanism: off}\n");
	zm_policy_folder_put("team.yml", "version: 1\nextends: [base/org.yaml]\n"
					 "spf: {names: [mx], require: [MX, a], all: ~all}\n"
					 "rules: {ptr-mechanism: error}\n");
	const struct zm_policy *policy = zm_policy_folder_load(&arena, "team.yml", "");
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
	zm_policy_folder_leave(&folder);
}

static void a_parent_that_two_share_counts_once(void)
{
	struct zm_policy_folder folder;
	struct zm_arena arena = {0};
	zm_policy_folder_enter(&folder);
	zm_policy_folder_put("ground.yaml", "version: 1\nrules: {ptr-mechanism: error}\n");
	zm_policy_folder_put("a.yaml",
			     "version: 1\nextends: [ground.yaml]\nrules: {ptr-mechanism: off}\n");
	zm_policy_folder_put("b.yaml", "version: 1\nextends: [./ground.yaml, strict]\n");
	zm_policy_folder_put("c.yaml", "version: 1\nextends: [a.yaml, b.yaml, strict]\n");
	const struct zm_policy *policy = zm_policy_folder_load(&arena, "./c.yaml", "");
	CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
	CU_ASSERT_EQUAL(policy->base.rule[zm_test_rule("ptr-mechanism")].severity, ZM_OFF);
	zm_arena_release(&arena);
	zm_policy_folder_leave(&folder);
}

static void a_loop_is_told_with_its_path(void)
{
	struct zm_policy_folder folder;
	struct zm_arena arena = {0};
	zm_policy_folder_enter(&folder);
	mkdir("sub", 0777);
	zm_policy_folder_put("self.yaml", "version: 1\nextends: [self.yaml]\n");
	zm_policy_folder_put("a.yaml", "version: 1\nextends: [strict, sub/b.yaml]\n");
	zm_policy_folder_put("sub/b.yaml", "version: 1\nextends: [c.yaml]\n");
	zm_policy_folder_put("sub/c.yaml", "version: 1\nextends:\n  - ../sub/b.yaml\n");
	zm_policy_folder_put("to-link.yaml", "version: 1\nextends: [link.yaml]\n");
	CU_ASSERT_EQUAL(symlink("to-link.yaml", "link.yaml"), 0);
	zm_policy_folder_load(&arena, "self.yaml",
			      "self.yaml:2:11: extends goes in a loop: self.yaml -> self.yaml");
	zm_policy_folder_load(
		&arena, "a.yaml",
		"sub/c.yaml:3:5: extends goes in a loop: sub/b.yaml -> sub/c.yaml -> sub/b.yaml");
	zm_policy_folder_load(
		&arena, "to-link.yaml",
		"to-link.yaml:2:11: extends goes in a loop: to-link.yaml -> to-link.yaml");
	zm_arena_release(&arena);
	zm_policy_folder_leave(&folder);
}

static void an_error_in_a_parent_has_the_parents_place(void)
{
	struct zm_policy_folder folder;
	struct zm_arena arena = {0};
	zm_policy_folder_enter(&folder);
	mkdir("sub", 0777);
	zm_policy_folder_put("sub/bad.yaml", "version: 1\nspf:\n  requires: [mx]\n");
	zm_policy_folder_put("sub/a.yaml", "version: 1\nextends: [bad.yaml]\n");
	zm_policy_folder_put("sub/b.yaml", "version: 1\nextends: [nix.yaml]\n");
	zm_policy_folder_put("sub/c.yaml", "version: 1\nextends: [../sub]\n");
	zm_policy_folder_put("sub/d.yaml", "version: 1\nspf: {require: [mx]}\n");
	zm_policy_folder_put("e.yaml", "version: 1\nextends: [sub/d.yaml]\nspf:\n  forbid: [mx]\n");
	zm_policy_folder_load(
		&arena, "sub/a.yaml",
		"sub/bad.yaml:3:3: unknown key \"requires\" in spf; did you mean \"require\"?");
	zm_policy_folder_load(
		&arena, "sub/b.yaml",
		"sub/b.yaml:2:11: sub/nix.yaml: cannot read: No such file or directory");
	zm_policy_folder_load(
		&arena, "e.yaml",
		"sub/d.yaml:2:17: the required term \"mx\" is forbidden at e.yaml:4:12");
	CU_ASSERT_PTR_NULL(zm_policy_folder_load(
		&arena, "sub/c.yaml", "sub/c.yaml:2:11: sub/../sub: is a folder, not a file"));
	zm_arena_release(&arena);
	zm_policy_folder_leave(&folder);
}

static void extends_is_bounded(void)
{
	struct zm_policy_folder folder;
	struct zm_arena arena = {0};
	char name[32];
	char text[64];
	zm_policy_folder_enter(&folder);
	for (int i = 0; i <= ZM_POLICY_EXTENDS_MAX + 1; i++) {
		snprintf(name, sizeof(name), "p%d.yaml", i);
		snprintf(text, sizeof(text), "version: 1\nextends: [p%d.yaml]\n", i - 1);
		zm_policy_folder_put(name, i == 0 ? "version: 1\n" : text);
	}
	zm_policy_folder_load(&arena, "p16.yaml", "");
	zm_policy_folder_load(
		&arena, "p17.yaml",
		"p1.yaml:2:11: extends more policies, all told, than the limit of 16");
	zm_arena_release(&arena);
	zm_policy_folder_leave(&folder);
}

static void a_name_with_a_slash_or_ending_is_always_a_path(void)
{
	struct zm_policy_folder folder;
	struct zm_arena arena = {0};
	zm_policy_folder_enter(&folder);
	zm_policy_folder_put("strict.yaml", "version: 1\ndescription: mine\n");
	zm_policy_folder_put("strict", "version: 1\ndescription: mine\n");
	const struct zm_policy *file = zm_policy_folder_load(&arena, "strict.yaml", "");
	const struct zm_policy *path = zm_policy_folder_load(&arena, "./strict", "");
	const struct zm_policy *name = zm_policy_folder_load(&arena, "strict", "");
	CU_ASSERT_FATAL(file != NULL && path != NULL && name != NULL);
	ZM_ASSERT_STR(file->description.text, "mine");
	ZM_ASSERT_STR(path->description.text, "mine");
	CU_ASSERT_FALSE(zm_str_eq(name->description.text, ZM_STR("mine")));
	zm_arena_release(&arena);
	zm_policy_folder_leave(&folder);
}

static void a_pattern_among_what_is_required_leaves_no_default(void)
{
	struct zm_policy_folder folder;
	struct zm_arena arena = {0};
	zm_policy_folder_enter(&folder);
	zm_policy_folder_put("a.yaml", "version: 1\nspf: {names: [apex], require: [mx], default: "
				       "v=spf1 mx ~all}\n");
	zm_policy_folder_put("b.yaml", "version: 1\nspf: {require: [\"include:*.x.example\"]}\n");
	zm_policy_folder_put("ab.yaml", "version: 1\nextends: [a.yaml, b.yaml]\n");
	zm_policy_folder_put("ba.yaml", "version: 1\nextends: [b.yaml, a.yaml]\n");
	zm_policy_folder_put("own.yaml", "version: 1\nextends: [b.yaml]\nspf: {names: [apex], "
					 "default: v=spf1 mx ~all}\n");
	const struct zm_policy *ab = zm_policy_folder_load(&arena, "ab.yaml", "");
	const struct zm_policy *ba = zm_policy_folder_load(&arena, "ba.yaml", "");
	CU_ASSERT_FATAL(ab != NULL && ba != NULL);
	CU_ASSERT_PTR_NULL(ab->base.spf.missing.text.data);
	CU_ASSERT_PTR_NULL(ba->base.spf.missing.text.data);
	zm_policy_folder_load(&arena, "own.yaml",
			      "own.yaml:3:31: default lacks \"include:*.x.example\", required at "
			      "b.yaml:2:17");
	zm_arena_release(&arena);
	zm_policy_folder_leave(&folder);
}

static void an_all_that_a_neighbour_forbids_gives_way(void)
{
	struct zm_policy_folder folder;
	struct zm_arena arena = {0};
	zm_policy_folder_enter(&folder);
	zm_policy_folder_put("soft.yaml",
			     "version: 1\nspf: {names: [apex], forbid: [-all], all: ~all}\n");
	zm_policy_folder_put(
		"hard.yaml",
		"version: 1\nspf: {names: [apex], default: v=spf1 mx -all exp=e.x.example, "
		"all: -all}\n");
	zm_policy_folder_put("both.yaml", "version: 1\nextends: [soft.yaml, hard.yaml]\n");
	zm_policy_folder_put("own.yaml", "version: 1\nextends: [soft.yaml]\nspf: {all: -all}\n");
	const struct zm_policy *policy = zm_policy_folder_load(&arena, "both.yaml", "");
	CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
	ZM_ASSERT_STR(policy->base.spf.all.text, "~all");
	ZM_ASSERT_STR(zm_str_from(policy->base.spf.all.place.file), "soft.yaml");
	ZM_ASSERT_STR(policy->base.spf.missing.text, "v=spf1 mx ~all exp=e.x.example");
	/* Of what it extends itself a policy knows. */
	zm_policy_folder_load(
		&arena, "own.yaml",
		"own.yaml:3:12: the all term \"-all\" is forbidden at soft.yaml:2:31");
	zm_arena_release(&arena);
	zm_policy_folder_leave(&folder);
}

static void an_empty_list_takes_nothing_back_unseen(void)
{
	struct zm_policy_folder folder;
	struct zm_arena arena = {0};
	zm_policy_folder_enter(&folder);
	zm_policy_folder_put("base.yaml", "version: 1\nspf: {names: [apex], forbid: [-all]}\n");
	zm_policy_folder_put("a.yaml", "version: 1\nextends: [base.yaml]\nspf: {forbid: []}\n");
	zm_policy_folder_put("b.yaml", "version: 1\nextends: [base.yaml]\nspf: {require: []}\n"
				       "zones: [{match: \"*\", spf: {forbid: []}}]\n");
	zm_policy_folder_load(
		&arena, "a.yaml",
		"a.yaml:3:15: an empty forbid takes nothing back, for with extends these lists add "
		"up; an entry of zones replaces them: {match: \"*\", spf: {forbid: []}}");
	const struct zm_policy *policy = zm_policy_folder_load(&arena, "b.yaml", "");
	CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
	CU_ASSERT_EQUAL(zm_test_view(policy, "x.example", "x.example")->spf.forbid.count, 0);
	zm_arena_release(&arena);
	zm_policy_folder_leave(&folder);
}

static void who_must_have_a_record_may_be_said_elsewhere(void)
{
	struct zm_policy_folder folder;
	struct zm_arena arena = {0};
	zm_policy_folder_enter(&folder);
	zm_policy_folder_put("part.yaml", "version: 1\nspf: {require: [mx]}\n");
	zm_policy_folder_put("whole.yaml",
			     "version: 1\nextends: [part.yaml]\nspf: {names: [apex]}\n");
	zm_policy_folder_put("entry.yaml", "version: 1\nextends: [part.yaml]\n"
					   "zones: [{match: x.example, spf: {names: [apex]}}]\n");
	zm_policy_folder_load(&arena, "part.yaml",
			      "part.yaml:2:16: require asks nobody, for names is not set; write "
			      "names: [apex, mx]");
	CU_ASSERT_PTR_NOT_NULL(zm_policy_folder_load(&arena, "whole.yaml", ""));
	CU_ASSERT_PTR_NOT_NULL(zm_policy_folder_load(&arena, "entry.yaml", ""));
	zm_arena_release(&arena);
	zm_policy_folder_leave(&folder);
}

static const struct zm_test_case cases[] = {
	{"later layers win and terms add up", later_layers_win_and_terms_add_up},
	{"a parent that two share counts once", a_parent_that_two_share_counts_once},
	{"a loop is told with its path", a_loop_is_told_with_its_path},
	{"an error in a parent has the parent's place", an_error_in_a_parent_has_the_parents_place},
	{"extends is bounded", extends_is_bounded},
	{"a name with a slash or ending is always a path",
	 a_name_with_a_slash_or_ending_is_always_a_path},
	{"a pattern among what is required leaves no default",
	 a_pattern_among_what_is_required_leaves_no_default},
	{"an all that a neighbour forbids gives way", an_all_that_a_neighbour_forbids_gives_way},
	{"an empty list takes nothing back unseen", an_empty_list_takes_nothing_back_unseen},
	{"who must have a record may be said elsewhere",
	 who_must_have_a_record_may_be_said_elsewhere},
	{NULL, NULL},
};

void test_policy_extends(void)
{
	zm_test_suite("policy_extends", cases);
}
