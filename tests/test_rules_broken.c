#include "fix/edit.h"
#include "lint/rules/broken_term.h"
#include "lintkit.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

/* Records with one broken term, and the rule that speaks of it. */
static const struct {
	const char *text;
	size_t rule;
} broken[] = {
	{"v=spf1 includ:x.example -all", ZM_RULE_unknown_mechanism},
	{"v=spf1 192.0.2.1 -all", ZM_RULE_unknown_mechanism},
	{"v=spf1 x.example -all", ZM_RULE_unknown_mechanism},
	{"v=spf1 a,mx,-all", ZM_RULE_unknown_mechanism},
	{"v=spf1 mx;a -all", ZM_RULE_unknown_mechanism},
	{"v=spf1 include._spf.x.example -all", ZM_RULE_unknown_mechanism},
	{"v=spf1 \\226\\128\\147all", ZM_RULE_unknown_mechanism},
	{"v=spf1 ip:mail.x.example -all", ZM_RULE_unknown_mechanism},
	{"v=spf1 redirect/24", ZM_RULE_unknown_mechanism},
	{"v=spf1 ipv4:192.0.2.1 -all", ZM_RULE_ip_keyword_typo},
	{"v=spf1 ?ip:2001:db8::1/32 -all", ZM_RULE_ip_keyword_typo},
	{"v=spf1 include=x.example -all", ZM_RULE_mechanism_as_modifier},
	{"v=spf1 ~mx=x.example -all", ZM_RULE_mechanism_as_modifier},
	{"v=spf1 ipv4=192.0.2.1 -all", ZM_RULE_mechanism_as_modifier},
	{"v=spf1 all=", ZM_RULE_mechanism_as_modifier},
	{"v=spf1 redirect:x.example", ZM_RULE_modifier_as_mechanism},
	{"v=spf1 ~exp:x.example -all", ZM_RULE_modifier_as_mechanism},
	{"v=spf1 ~redirect=x.example", ZM_RULE_qualified_modifier},
	{"v=spf1 -other=x -all", ZM_RULE_qualified_modifier},
	{"v=spf1 ip4:192.0.2.1~all", ZM_RULE_missing_space},
	{"v=spf1 ip4:192.0.2.0/24include:x.example -all", ZM_RULE_missing_space},
	{"v=spf1 include:x.example~all", ZM_RULE_missing_space},
	{"v=spf1 mx-all", ZM_RULE_missing_space},
	{"v=spf1 ~all\\;", ZM_RULE_trailing_punctuation},
	{"v=spf1 mx -all.", ZM_RULE_trailing_punctuation},
	{"v=spf1 include:x.example, -all", ZM_RULE_trailing_punctuation},
	{"v=spf1 ip4:192.0.2.1\\; -all", ZM_RULE_trailing_punctuation},
	{"v=spf1 ip4:192.0.2.0/24, -all", ZM_RULE_trailing_punctuation},
	{"v=spf1 mx \\; -all", ZM_RULE_trailing_punctuation},
	{"v=spf1 --all", ZM_RULE_bad_qualifier},
	{"v=spf1 !mx -all", ZM_RULE_bad_qualifier},
	{"v=spf1 mx ~ -all", ZM_RULE_bad_qualifier},
	{"v=spf1 mx\\009a -all", ZM_RULE_control_or_tab},
	{"v=spf1 includ\\010e:x.example -all", ZM_RULE_control_or_tab},
	{"v=spf1 a:m\\195\\188nchen.example -all", ZM_RULE_non_ascii_domain},
	{"v=spf1 ip4:192.0.2 -all", ZM_RULE_ip_invalid},
	{"v=spf1 ip6 -all", ZM_RULE_ip_invalid},
	{"v=spf1 ip4:mail.x.example -all", ZM_RULE_ip_invalid},
	{"v=spf1 ip4:2001:db8::1 -all", ZM_RULE_ip_family_mismatch},
	{"v=spf1 mx:192.0.2.1/24 -all", ZM_RULE_ip_literal_as_domain},
	{"v=spf1 redirect=192.0.2.1", ZM_RULE_ip_literal_as_domain},
	{"v=spf1 ip4:192.0.2.0/33 -all", ZM_RULE_prefix_invalid},
	{"v=spf1 a/024 -all", ZM_RULE_prefix_invalid},
	{"v=spf1 a/24/64 -all", ZM_RULE_dual_cidr_syntax},
	{"v=spf1 mx//129 -all", ZM_RULE_dual_cidr_syntax},
	{"v=spf1 ptr/24 -all", ZM_RULE_cidr_not_allowed},
	{"v=spf1 include:x.example/24 -all", ZM_RULE_cidr_not_allowed},
	{"v=spf1 exists -all", ZM_RULE_domain_spec_missing},
	{"v=spf1 redirect", ZM_RULE_domain_spec_missing},
	{"v=spf1 a: -all", ZM_RULE_domain_spec_missing},
	{"v=spf1 include:_spf -all", ZM_RULE_domain_spec_invalid},
	{"v=spf1 include:\\\"x.example\\\" -all", ZM_RULE_domain_spec_invalid},
	{"v=spf1 -all:x.example", ZM_RULE_argument_on_all},
	{"v=spf1 -all/8", ZM_RULE_argument_on_all},
	{"v=spf1 redirect=x.example redirect=x.example", ZM_RULE_duplicate_modifier},
	{"v=spf1 exp=x.example exp=y.example -all", ZM_RULE_duplicate_modifier},
	{"v=spf1 a:%d.x.example -all", ZM_RULE_macro_syntax},
	{"v=spf1 other=%d -all", ZM_RULE_macro_syntax},
	{"v=spf1 a:%{t}.x.example -all", ZM_RULE_macro_exp_only},
	{"v=spf1 ip6:%{i} -all", ZM_RULE_macro_in_ip},
};

enum { BROKEN = sizeof(broken) / sizeof(broken[0]) };

static const char *zone_of(struct zm_arena *arena, const char *text)
{
	return zm_arena_printf(arena, "@ TXT \"%s\"\n", text).data;
}

static void a_broken_term_is_reported_once_and_by_its_rule(void)
{
	for (size_t i = 0; i < BROKEN; i++) {
		struct zm_kit kit;
		struct zm_arena arena = {0};
		zm_kit_lint(&kit, &(struct zm_kit_case){.zone = zone_of(&arena, broken[i].text)});
		const char *got = kit.findings.count == 1
					  ? zm_rule_info[kit.findings.item[0]->rule].name
					  : "not one finding";
		zm_test_eq(zm_str_from(got), zm_str_from(zm_rule_info[broken[i].rule].name),
			   broken[i].text);
		zm_kit_release(&kit);
		zm_arena_release(&arena);
	}
}

static void no_problem_of_the_parser_is_left_out(void)
{
	bool seen[ZM_SPF_BAD_BYTE + 1] = {[ZM_SPF_GOOD] = true};
	for (size_t i = 0; i < BROKEN; i++) {
		struct zm_kit kit;
		struct zm_arena arena = {0};
		zm_kit_lint(&kit, &(struct zm_kit_case){.zone = zone_of(&arena, broken[i].text)});
		const struct zm_record *record =
			zm_zone_record(kit.zone, &kit.arena, kit.zone->record_count - 1);
		struct zm_spf_record spf;
		zm_spf_parse(&spf, &kit.arena, record->text->bytes);
		for (size_t t = 0; t < spf.count; t++) {
			seen[spf.term[t].problem] = true;
		}
		zm_kit_release(&kit);
		zm_arena_release(&arena);
	}
	for (size_t problem = 0; problem <= ZM_SPF_BAD_BYTE; problem++) {
		CU_ASSERT(seen[problem]);
	}
}

/* ---- all terms that these parts make ---- */

static const char *const qualifiers[] = {"", "-", "--", "!"};
static const char *const names[] = {"",    "all", "include", "a",        "mx",  "ptr", "ip4",
				    "ip6", "ip",  "exists",  "redirect", "exp", "foo", "al"};
static const char *const values[] = {
	"",           ":",       "=",      ":x.example",   "=x.example", ":192.0.2.1",
	"=192.0.2.1", ":x.y/24", ":%{c}.", ":2001:db8::1", "/024",       "/24/64",
};
static const char *const ends[] = {"", "\\;", "~all", "include:y.example", "\\009mx", "."};

enum {
	QUALIFIERS = sizeof(qualifiers) / sizeof(qualifiers[0]),
	NAMES = sizeof(names) / sizeof(names[0]),
	VALUES = sizeof(values) / sizeof(values[0]),
	ENDS = sizeof(ends) / sizeof(ends[0]),
};

static size_t count_broken(struct zm_arena *arena, struct zm_str text)
{
	struct zm_spf_record spf;
	size_t count = 0;
	zm_spf_parse(&spf, arena, text);
	for (size_t i = 0; i < spf.count; i++) {
		count += zm_broken_rule(&spf.term[i]) != ZM_RULE_COUNT;
	}
	return count;
}

static bool speaks_of_broken_terms(size_t rule)
{
	return rule >= ZM_RULE_unknown_mechanism && rule <= ZM_RULE_macro_in_ip;
}

static struct zm_str repaired(struct zm_kit *kit, const struct zm_fix *fix)
{
	struct zm_edits edits = {0};
	for (size_t i = 0; i < fix->count; i++) {
		zm_edits_add(&edits, &kit->arena,
			     (struct zm_edit){.at = fix->op[i].at, .text = fix->op[i].text});
	}
	CU_ASSERT(zm_edits_settle(&edits));
	return zm_edits_apply(&edits, &kit->arena, fix->op[0].record->text->bytes);
}

static void check_repair(struct zm_kit *kit, const struct zm_finding *finding, size_t before)
{
	if (finding->fix.safety != ZM_FIX_REPAIR) {
		return;
	}
	struct zm_str text = repaired(kit, &finding->fix);
	size_t after = count_broken(&kit->arena, text);
	if (!zm_spf_is_record(text) || after >= before) {
		printf("\n%.*s\n", ZM_STR_ARG(text));
	}
	CU_ASSERT(zm_spf_is_record(text) && after < before);
}

static void check_record(const char *text)
{
	struct zm_kit kit;
	struct zm_arena arena = {0};
	zm_kit_lint(&kit, &(struct zm_kit_case){.zone = zone_of(&arena, text)});
	const struct zm_record *record =
		zm_zone_record(kit.zone, &kit.arena, kit.zone->record_count - 1);
	size_t before = count_broken(&kit.arena, record->text->bytes);
	size_t found = 0;
	for (size_t i = 0; i < kit.findings.count; i++) {
		const struct zm_finding *finding = kit.findings.item[i];
		if (speaks_of_broken_terms(finding->rule)) {
			found++;
			check_repair(&kit, finding, before);
		}
	}
	if (found != before) {
		printf("\n%s: %zu broken, %zu found\n", text, before, found);
	}
	CU_ASSERT_EQUAL(found, before);
	zm_kit_release(&kit);
	zm_arena_release(&arena);
}

static void a_repair_leaves_fewer_broken_terms(void)
{
	struct zm_arena arena = {0};
	for (size_t i = 0; i < (size_t)QUALIFIERS * NAMES * VALUES * ENDS; i++) {
		size_t rest = i / QUALIFIERS;
		struct zm_str text =
			zm_arena_printf(&arena, "v=spf1 %s%s%s%s -all", qualifiers[i % QUALIFIERS],
					names[rest % NAMES], values[rest / NAMES % VALUES],
					ends[rest / NAMES / VALUES]);
		check_record(text.data);
	}
	zm_arena_release(&arena);
}

static void a_text_of_many_broken_terms_is_read_in_time(void)
{
	struct zm_arena arena = {0};
	char *text = zm_arena_alloc(&arena, 60001);
	for (size_t i = 0; i < 60000; i += 6) {
		memcpy(text + i, "mx-a-b", 6);
	}
	struct zm_spf_term term;
	zm_spf_parse_term(&term, (struct zm_str){text, 60000});
	CU_ASSERT_EQUAL(zm_broken_rule(&term), ZM_RULE_unknown_mechanism);
	zm_arena_release(&arena);
}

static const struct zm_test_case cases[] = {
	{"a broken term is reported once, and by its rule",
	 a_broken_term_is_reported_once_and_by_its_rule},
	{"no problem of the parser is left out", no_problem_of_the_parser_is_left_out},
	{"a repair leaves fewer broken terms, and each is reported once",
	 a_repair_leaves_fewer_broken_terms},
	{"a text of many broken terms is read in time",
	 a_text_of_many_broken_terms_is_read_in_time},
	{NULL, NULL},
};

void test_rules_broken(void)
{
	zm_test_suite("rules on broken terms", cases);
}
