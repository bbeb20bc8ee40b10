/* Good policies: what they say, and from where. */
#include "test.h"

#include "policy_help.h"

static enum zm_severity severity(const struct zm_policy_view *view, const char *rule)
{
	return view->rule[zm_test_rule(rule)].severity;
}

static void expect_place(struct zm_policy_place place, const char *file, size_t line, size_t column)
{
	ZM_ASSERT_STR(zm_str_from(place.file), file);
	CU_ASSERT_EQUAL(place.line, line);
	CU_ASSERT_EQUAL(place.column, column);
}

static void terms_need_no_quotes(void)
{
	struct zm_arena arena = {0};
	const struct zm_policy *policy = zm_test_good_policy(
		&arena, "version: 1\n"
			"spf:\n"
			"  names: [apex]\n"
			"  forbid: [-all, +all, ?all, ?include:y.example, ip4:10.0.0.0/8, "
			"include:*.old.example, ptr]\n"
			"  require:\n"
			"    - include:x.example\n"
			"    - ip6:2001:db8::1\n"
			"  default: v=spf1 include:x.example ip6:2001:db8::1 ~all\n"
			"  all: ~all\n");
	const struct zm_policy_spf *spf = &policy->base.spf;
	CU_ASSERT_EQUAL_FATAL(spf->forbid.count, 7);
	ZM_ASSERT_STR(spf->forbid.item[2].pattern.text, "?all");
	ZM_ASSERT_STR(spf->forbid.item[3].pattern.text, "?include:y.example");
	ZM_ASSERT_STR(spf->forbid.item[4].pattern.text, "ip4:10.0.0.0/8");
	CU_ASSERT_EQUAL_FATAL(spf->require.count, 2);
	ZM_ASSERT_STR(spf->require.item[1].pattern.text, "ip6:2001:db8::1");
	ZM_ASSERT_STR(spf->missing.text, "v=spf1 include:x.example ip6:2001:db8::1 ~all");
	ZM_ASSERT_STR(spf->all.text, "~all");
	zm_arena_release(&arena);
}

static void every_value_keeps_its_place(void)
{
	struct zm_arena arena = {0};
	const struct zm_policy *policy = zm_test_good_policy(
		&arena, "version: 1\n"
			"description: \xc3\xa9t\xc3\xa9\n"
			"url: https://x.example/\n"
			"spf: {names: [mx], all: ~all}\n"
			"rules: {pass-all: {severity: off}, ptr-mechanism: info}\n"
			"zones: []\n");
	expect_place(policy->description.place, "p.yaml", 2, 14);
	expect_place(policy->url.place, "p.yaml", 3, 6);
	expect_place(policy->base.spf.names.place, "p.yaml", 4, 14);
	expect_place(policy->base.spf.all.place, "p.yaml", 4, 25);
	expect_place(policy->base.rule[zm_test_rule("pass-all")].place, "p.yaml", 5, 30);
	expect_place(policy->base.rule[zm_test_rule("ptr-mechanism")].place, "p.yaml", 5, 51);
	CU_ASSERT_PTR_NULL(policy->base.rule[zm_test_rule("zone-syntax")].place.file);
	CU_ASSERT_PTR_NULL(policy->base.spf.require.place.file);
	zm_arena_release(&arena);
}

static void columns_count_bytes(void)
{
	struct zm_arena arena = {0};
	const struct zm_policy *policy = zm_test_good_policy(
		&arena, "\xef\xbb\xbf# \xe2\x82\xac \xc2\x85# \xf0\x9f\x90\xa2\r\n"
			"version: 1\r\n"
			"rules: {pass-all: info} # \xe2\x82\xac\r\n"
			"zones: [{match: [\"\x2a.x.example\"], rules: {pass-all: off}}]\r\n"
			"description: \"\xe2\x82\xac\"\r\n");
	expect_place(policy->base.rule[zm_test_rule("pass-all")].place, "p.yaml", 3, 19);
	expect_place(policy->description.place, "p.yaml", 5, 14);
	zm_arena_release(&arena);
}

static void a_long_record_may_be_folded(void)
{
	struct zm_arena arena = {0};
	const struct zm_policy *policy = zm_test_good_policy(&arena, "version: 1\n"
								     "spf:\n"
								     "  names: [apex]\n"
								     "  default: >\n"
								     "    v=spf1 mx\n"
								     "    include:x.example\n"
								     "    -all\n");
	ZM_ASSERT_STR(policy->base.spf.missing.text, "v=spf1 mx include:x.example -all");
	zm_arena_release(&arena);
}

static void severities_are_words_that_yaml_might_take_for_booleans(void)
{
	struct zm_arena arena = {0};
	const struct zm_policy *policy =
		zm_test_good_policy(&arena, "version: 1\n"
					    "rules:\n"
					    "  pass-all: off\n"
					    "  ptr-mechanism: {severity: error}\n"
					    "  zone-syntax: 'info'\n");
	CU_ASSERT_EQUAL(severity(&policy->base, "pass-all"), ZM_OFF);
	CU_ASSERT_EQUAL(severity(&policy->base, "ptr-mechanism"), ZM_ERROR);
	CU_ASSERT_EQUAL(severity(&policy->base, "zone-syntax"), ZM_INFO);
	CU_ASSERT_EQUAL(severity(&policy->base, "duplicate-term"), ZM_WARNING);
	CU_ASSERT_EQUAL(severity(&policy->base, "host-bits-set"), ZM_INFO);
	zm_arena_release(&arena);
}

static bool names_match(const struct zm_policy_names *who, const char *owner)
{
	const char *why;
	struct zm_name_buf name;
	CU_ASSERT_FATAL(zm_name_from_domain(&name, zm_str_from(owner), &why));
	return zm_policy_names_match(who, zm_name_of(&name));
}

static void names_are_kinds_and_patterns(void)
{
	struct zm_arena arena = {0};
	const struct zm_policy *policy =
		zm_test_good_policy(&arena, "version: 1\nspf: {names: [apex, hosts, Mail.Example, "
					    "\"*.lists.example\", com.]}\n");
	const struct zm_policy_names *who = &policy->base.spf.names;
	CU_ASSERT(who->apex && who->hosts);
	CU_ASSERT_FALSE(who->mx);
	CU_ASSERT_EQUAL(who->count, 3);
	ZM_ASSERT_STR(who->pattern[0], "mail.example.");
	ZM_ASSERT_STR(who->pattern[2], "com.");
	CU_ASSERT(names_match(who, "MAIL.example"));
	CU_ASSERT(names_match(who, "a.b.lists.example"));
	CU_ASSERT(names_match(who, "com"));
	CU_ASSERT_FALSE(names_match(who, "lists.example"));
	CU_ASSERT_FALSE(names_match(who, "x.mail.example"));
	zm_arena_release(&arena);
}

static void hosts_matter_only_where_names_ask_for_them(void)
{
	static const struct {
		const char *yaml;
		bool want;
	} rows[] = {
		{"version: 1\nspf: {names: [apex, mx]}\n", false},
		{"version: 1\nspf: {names: [hosts]}\n", true},
		{"version: 1\nspf: {names: [a.example]}\n", true},
		{"version: 1\nzones: [{match: a.example, spf: {names: [hosts]}}]\n", true},
		{"version: 1\nzones: [{match: a.example, spf: {names: [mx]}}]\n", false},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct zm_arena arena = {0};
		const struct zm_policy *policy = zm_test_good_policy(&arena, rows[i].yaml);
		CU_ASSERT_EQUAL(zm_policy_names_hosts(policy), rows[i].want);
		zm_arena_release(&arena);
	}
}

/* Nothing here contradicts itself, although it might look so. */
static void what_is_no_contradiction_loads(void)
{
	static const char *const good[] = {
		"exactly: v=spf1 -all, default: v=spf1 mx ~all",
		"require: [include:x.example], default: v=spf1 redirect=y.example",
		"require: [include:x.example], default: v=spf1 INCLUDE:X.example. ~all",
		"require: [mx], default: v=spf1 +mx -all",
		"require: [redirect=x.example], default: v=spf1 redirect=x.example",
		"forbid: [all], default: v=spf1 -all, all: ~all",
		"forbid: [-include], require: [include:x.example]",
		"require: [exp=x.example], default: v=spf1 mx -all exp=x.example",
		"default: v=spf1 mx -all exp=x.example foo=a",
		"exactly: v=spf1 mx ip4:192.0.2.1 ip4:192.0.2.0/24 -all",
		"require: [], forbid: []",
		"default: v=spf1",
	};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct zm_arena arena = {0};
		struct zm_str yaml =
			zm_arena_printf(&arena, "version: 1\nspf: {names: [apex], %s}\n", good[i]);
		zm_test_good_policy(&arena, yaml.data);
		zm_arena_release(&arena);
	}
}

static void the_policies_that_ship_load(void)
{
	size_t count = 0;
	for (const struct zm_policy_builtin *b = zm_policy_builtin; b->name != NULL; b++, count++) {
		struct zm_arena arena = {0};
		struct zm_error err = {0};
		struct zm_policy *policy = zm_test_load(&arena, b->name, &err);
		ZM_ASSERT_STR(zm_str_from(err.text), "");
		CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
		ZM_ASSERT_STR(policy->name, b->name);
		CU_ASSERT(policy->description.text.len > 0);
		CU_ASSERT(policy->url.text.len > 0);
		zm_arena_release(&arena);
	}
	CU_ASSERT(count >= 6);
}

static void iclasspro_is_the_vendors_advice(void)
{
	struct zm_arena arena = {0};
	struct zm_error err = {0};
	struct zm_policy *policy = zm_test_load(&arena, "iclasspro", &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
	const struct zm_policy_spf *spf = &policy->base.spf;
	CU_ASSERT(spf->names.apex && spf->names.mx && !spf->names.hosts);
	CU_ASSERT_EQUAL_FATAL(spf->require.count, 1);
	ZM_ASSERT_STR(spf->require.item[0].pattern.text, "include:iclassprov2.com");
	CU_ASSERT_EQUAL_FATAL(spf->forbid.count, 2);
	ZM_ASSERT_STR(spf->forbid.item[0].pattern.text, "-all");
	ZM_ASSERT_STR(spf->forbid.item[1].pattern.text, "+all");
	ZM_ASSERT_STR(spf->missing.text, "v=spf1 include:iclassprov2.com ~all");
	ZM_ASSERT_STR(spf->all.text, "~all");
	ZM_ASSERT_STR(zm_str_from(spf->all.place.file), "policies/iclasspro.yaml");
	zm_arena_release(&arena);
}

static const struct zm_test_case cases[] = {
	{"terms need no quotes", terms_need_no_quotes},
	{"every value keeps its place", every_value_keeps_its_place},
	{"columns count bytes", columns_count_bytes},
	{"a long record may be folded", a_long_record_may_be_folded},
	{"severities are words that YAML might take for booleans",
	 severities_are_words_that_yaml_might_take_for_booleans},
	{"names are kinds and patterns", names_are_kinds_and_patterns},
	{"hosts matter only where names ask for them", hosts_matter_only_where_names_ask_for_them},
	{"what is no contradiction loads", what_is_no_contradiction_loads},
	{"the policies that ship load", the_policies_that_ship_load},
	{"iclasspro is the vendor's advice", iclasspro_is_the_vendors_advice},
	{NULL, NULL},
};

void test_policy(void)
{
	zm_test_suite("policy", cases);
}
