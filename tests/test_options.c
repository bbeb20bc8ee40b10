#include "cli/options.h"
#include "cli/status.h"
#include "test.h"

#include <string.h>

enum { WORDS_MAX = 8 };

static struct zm_arena arena;
static struct zm_options options;
static struct zm_error err;

static bool parse(enum zm_for command, const char *const *word)
{
	err = (struct zm_error){{0}};
	return zm_options_parse(&options, &arena, command, word, &err);
}

static void done(void)
{
	zm_arena_release(&arena);
}

static void a_value_may_stand_in_four_ways(void)
{
	static const char *const cases[][WORDS_MAX] = {
		{"--policy", "p.yaml", NULL}, {"--policy=p.yaml", NULL}, {"-p", "p.yaml", NULL},
		{"-pp.yaml", NULL},           {"-qpp.yaml", NULL},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		CU_ASSERT_FATAL(parse(ZM_FOR_CHECK, cases[i]));
		CU_ASSERT_STRING_EQUAL(options.policy, "p.yaml");
		CU_ASSERT_EQUAL(options.operands, 0);
	}
	done();
}

static void options_and_operands_mix_and_two_dashes_end_them(void)
{
	static const char *const words[] = {"a.zone", "-q", "-", "--", "-v", NULL};
	CU_ASSERT_FATAL(parse(ZM_FOR_CHECK, words));
	CU_ASSERT_EQUAL_FATAL(options.operands, 3);
	CU_ASSERT_STRING_EQUAL(options.operand[0], "a.zone");
	CU_ASSERT_STRING_EQUAL(options.operand[1], "-");
	CU_ASSERT_STRING_EQUAL(options.operand[2], "-v");
	CU_ASSERT(options.quiet);
	CU_ASSERT_FALSE(options.verbose);
	done();
}

static void what_is_wrong_is_said_with_the_nearest_name(void)
{
	static const struct {
		enum zm_for command;
		const char *words[WORDS_MAX];
		const char *says;
	} cases[] = {
		{ZM_FOR_CHECK, {"--polcy", "x"}, "unknown option --polcy; did you mean --policy?"},
		{ZM_FOR_CHECK, {"--polcy=x"}, "unknown option --polcy; did you mean --policy?"},
		{ZM_FOR_CHECK, {"--xyzzyxyzzy"}, "unknown option --xyzzyxyzzy; see --help"},
		{ZM_FOR_CHECK,
		 {"--unsafe"},
		 "--unsafe is an option of another command; see --help"},
		{ZM_FOR_FIX, {"--dry-run"}, "unknown option --dry-run; did you mean --diff?"},
		{ZM_FOR_FIX,
		 {"--allow"},
		 "unknown option --allow; did you mean --allow-generated?"},
		{ZM_FOR_CHECK, {"-qz"}, "unknown option -z; see --help"},
		{ZM_FOR_CHECK, {"--policy"}, "--policy needs FILE|NAME"},
		{ZM_FOR_CHECK, {"-p"}, "--policy needs FILE|NAME"},
		{ZM_FOR_CHECK, {"--policy="}, "--policy is empty"},
		{ZM_FOR_CHECK, {"--quiet=yes"}, "--quiet takes no value"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		CU_ASSERT_FALSE(parse(cases[i].command, cases[i].words));
		ZM_ASSERT_STR(zm_str_from(err.text), cases[i].says);
	}
	done();
}

static void what_is_wrong_with_a_value_is_said_with_the_nearest_one(void)
{
	static const struct {
		enum zm_for command;
		const char *words[WORDS_MAX];
		const char *says;
	} cases[] = {
		{ZM_FOR_CHECK,
		 {"--format", "jsno"},
		 "--format does not know jsno; did you mean json?"},
		{ZM_FOR_CHECK,
		 {"--format", "yaml"},
		 "--format does not know yaml; known: text, concise, json, jsonl"},
		{ZM_FOR_CHECK,
		 {"--fail-on", "warn"},
		 "--fail-on does not know warn; did you mean warning?"},
		{ZM_FOR_CHECK,
		 {"--fail-on", "none"},
		 "--fail-on does not know none; known: never, info, warning, error"},
		{ZM_FOR_CHECK,
		 {"--select", "ptr"},
		 "--select does not know the rule ptr; did you mean ptr-mechanism?"},
		{ZM_FOR_CHECK,
		 {"--select", "pas-all"},
		 "--select does not know the rule pas-all; did you mean pass-all?"},
		{ZM_FOR_CHECK,
		 {"--ignore", "pass-all,"},
		 "--ignore does not know the rule ; see: zonemend rules"},
		{ZM_FOR_FIX,
		 {"--now", "next tuesday"},
		 "--now is no time: next tuesday; write RFC 3339, 2026-11-23T12:00:00Z, or seconds "
		 "since 1970"},
		{ZM_FOR_FIX,
		 {"--serial", "dates"},
		 "--serial does not know dates; did you mean date?"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		CU_ASSERT_FALSE(parse(cases[i].command, cases[i].words));
		ZM_ASSERT_STR(zm_str_from(err.text), cases[i].says);
	}
	done();
}

static size_t rule_of(const char *name)
{
	size_t i = 0;
	while (i < ZM_RULE_COUNT && strcmp(zm_rule_info[i].name, name) != 0) {
		i++;
	}
	return i;
}

static void rules_add_up(void)
{
	static const char *const words[] = {"--select", "pass-all, ptr-mechanism", "--select",
					    "soa-missing", NULL};
	CU_ASSERT_FATAL(parse(ZM_FOR_CHECK, words));
	size_t count = 0;
	for (size_t i = 0; i < ZM_RULE_COUNT; i++) {
		count += options.select.rule[i];
	}
	CU_ASSERT_EQUAL(count, 3);
	CU_ASSERT(options.select.rule[rule_of("ptr-mechanism")]);
	CU_ASSERT(options.select.given);
	CU_ASSERT_FALSE(options.ignore.given);
	done();
}

static void the_defaults_are_the_documented_ones(void)
{
	static const char *const words[] = {NULL};
	CU_ASSERT_FATAL(parse(ZM_FOR_FIX, words));
	CU_ASSERT_PTR_EQUAL(options.format, &zm_report_text);
	CU_ASSERT_EQUAL(options.fail_on, ZM_ERROR);
	CU_ASSERT_FALSE(options.serial.given);
	CU_ASSERT_EQUAL(options.color, ZM_COLOR_AUTO);
	CU_ASSERT_FALSE(options.now.given);
	done();
}

static void a_time_is_rfc_3339_or_seconds(void)
{
	static const struct {
		const char *text;
		int64_t seconds; /* -1: no time */
	} cases[] = {
		{"0", 0},
		{"1795435200", 1795435200},
		{"2026-11-23T12:00:00Z", 1795435200},
		{"2026-11-23t12:00:00z", 1795435200},
		{"2026-11-23 12:00:00Z", 1795435200},
		{"2026-11-23T12:00:00.75Z", 1795435200},
		{"2026-11-23T13:30:00+01:30", 1795435200},
		{"2026-11-22T23:00:00-13:00", 1795435200},
		{"2000-02-29T00:00:00Z", 951782400},
		{"1970-01-01T00:00:00Z", 0},
		{"9999-12-31T23:59:59Z", 253402300799},
		{"2023-02-29T00:00:00Z", -1},
		{"2026-13-01T00:00:00Z", -1},
		{"2026-11-23T24:00:00Z", -1},
		{"2026-11-23T12:00:00", -1},
		{"2026-11-23T12:00:00+1:00", -1},
		{"2026-11-23T12:00:00Zx", -1},
		{"2026-11-23", -1},
		{"1969-12-31T23:59:59Z", -1},
		{"253402300800", -1},
		{"-1", -1},
		{"", -1},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t seconds = -1;
		bool good = zm_time_parse(&seconds, zm_str_from(cases[i].text));
		if (good != (cases[i].seconds >= 0) || seconds != cases[i].seconds) {
			printf("\n%s gives %lld\n", cases[i].text, (long long)seconds);
			CU_FAIL("a time was read otherwise");
		}
	}
}

static void help_stays_within_eighty_columns_and_its_own_command(void)
{
	struct zm_buf help = {0};
	zm_options_help(&help, ZM_FOR_FIX);
	size_t start = 0;
	while (start < help.len) {
		size_t end = zm_str_find(zm_buf_str(&help), ZM_STR("\n"), start);
		CU_ASSERT(end - start <= 80);
		start = end + 1;
	}
	CU_ASSERT_PTR_NOT_NULL(strstr(help.data, "--diff"));
	CU_ASSERT_PTR_NULL(strstr(help.data, "--bump"));
	zm_buf_release(&help);
}

static void the_highest_status_of_all_files_counts(void)
{
	struct zm_result results[3] = {{.findings = true}, {.unreadable = true}, {.fixed = true}};
	CU_ASSERT_EQUAL(zm_status_of(results, 3, false), ZM_STATUS_UNREADABLE);
	results[2].refused = true;
	CU_ASSERT_EQUAL(zm_status_of(results, 3, false), ZM_STATUS_REFUSED);
	results[0].unwritable = true;
	CU_ASSERT_EQUAL(zm_status_of(results, 3, false), ZM_STATUS_UNWRITABLE);
	struct zm_result fixed = {.fixed = true};
	CU_ASSERT_EQUAL(zm_status_of(&fixed, 1, false), ZM_STATUS_CLEAN);
	CU_ASSERT_EQUAL(zm_status_of(&fixed, 1, true), ZM_STATUS_FINDINGS);
	struct zm_result planned = {.would_fix = true};
	CU_ASSERT_EQUAL(zm_status_of(&planned, 1, false), ZM_STATUS_FINDINGS);
	CU_ASSERT_EQUAL(zm_status_of(NULL, 0, true), ZM_STATUS_CLEAN);
}

static const struct zm_test_case cases[] = {
	{"a value may stand in four ways", a_value_may_stand_in_four_ways},
	{"options and operands mix, and two dashes end them",
	 options_and_operands_mix_and_two_dashes_end_them},
	{"what is wrong is said with the nearest name",
	 what_is_wrong_is_said_with_the_nearest_name},
	{"what is wrong with a value is said with the nearest one",
	 what_is_wrong_with_a_value_is_said_with_the_nearest_one},
	{"rules add up", rules_add_up},
	{"the defaults are the documented ones", the_defaults_are_the_documented_ones},
	{"a time is RFC 3339 or seconds", a_time_is_rfc_3339_or_seconds},
	{"help stays within eighty columns and its own command",
	 help_stays_within_eighty_columns_and_its_own_command},
	{"the highest status of all files counts", the_highest_status_of_all_files_counts},
	{NULL, NULL},
};

void test_options(void)
{
	zm_test_suite("options", cases);
}
