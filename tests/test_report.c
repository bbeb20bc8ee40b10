#include "report/escape.h"
#include "report/report.h"
#include "test.h"
#include "zone/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A report of findings made by hand about one small zone. */
struct fixture {
	struct zm_arena arena;
	struct zm_source source;
	const struct zm_zone *zone;
	struct zm_report report;
	struct zm_report_summary summary;
	char *text;
	size_t len;
};

static void open_fixture(struct fixture *f, const char *zone)
{
	static const struct zm_load_options options;
	*f = (struct fixture){.report = {.retry = "zones/"}};
	f->source = (struct zm_source){.name = "zones/example.com.zone"};
	f->source.bytes = zm_arena_copy(&f->arena, zm_str_from(zone));
	f->zone = zm_zone_load(&f->arena, &f->source, &options);
	f->report.out = open_memstream(&f->text, &f->len);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f->report.out);
}

static struct zm_str text_of(struct fixture *f)
{
	fflush(f->report.out);
	return (struct zm_str){f->text, f->len};
}

static void close_fixture(struct fixture *f)
{
	fclose(f->report.out);
	free(f->text);
	zm_arena_release(&f->arena);
}

/* About the first place of the file that says `what`. */
static struct zm_finding about(struct fixture *f, const char *what)
{
	size_t start = zm_str_find(f->source.bytes, zm_str_from(what), 0);
	CU_ASSERT_FATAL(start != SIZE_MAX);
	return (struct zm_finding){
		.rule = ZM_RULE_pass_all,
		.severity = ZM_ERROR,
		.zone = f->zone,
		.source = &f->source,
		.at = {start, start + strlen(what)},
		.owner = f->zone->origin,
		.message = ZM_STR("something is wrong"),
	};
}

/* What the text format says of findings about `what`, without the header line. */
static void check_excerpt(const char *zone, const char *what, const char *want)
{
	struct fixture f;
	open_fixture(&f, zone);
	struct zm_finding finding = about(&f, what);
	zm_report_text.begin(&f.report);
	zm_report_text.finding(&f.report, &finding);
	struct zm_str text = text_of(&f);
	size_t line = zm_str_find(text, ZM_STR("\n"), 0);
	ZM_ASSERT_STR(zm_str_sub(text, line + 1, text.len), want);
	zm_report_text.end(&f.report, &f.summary);
	close_fixture(&f);
}

static const char example[] = "@ 3600 IN SOA ns h 2024010199 7200 900 1209600 3600\n"
			      "@\tIN TXT\t\"v=spf1 mx -all\" ; mail\n";

static void text_is_the_documented_form(void)
{
	struct fixture f;
	open_fixture(&f, example);
	struct zm_finding finding = about(&f, "v=spf1 mx -all");
	finding.rule = ZM_RULE_policy_require;
	finding.message = ZM_STR("SPF record of example.com. lacks include:iclassprov2.com");
	finding.policy = (struct zm_policy_place){"policies/iclasspro.yaml", 9, 13};
	finding.fix.safety = ZM_FIX_POLICY;
	finding.fix.title = ZM_STR("insert include:iclassprov2.com before -all");
	struct zm_report_summary summary = {
		.zones = 12, .zones_with_findings = 1, .errors = 2, .warnings = 1, .fixable = 3};
	zm_report_text.begin(&f.report);
	zm_report_text.finding(&f.report, &finding);
	finding.fix.safety = ZM_FIX_UNSAFE;
	finding.severity = ZM_WARNING;
	finding.policy.file = NULL;
	zm_report_text.finding(&f.report, &finding);
	zm_report_text.end(&f.report, &summary);
	ZM_ASSERT_STR(
		text_of(&f),
		"zones/example.com.zone:2:11: error[policy-require] SPF record of example.com. "
		"lacks include:iclassprov2.com\n"
		"    2 | @       IN TXT  \"v=spf1 mx -all\" ; mail\n"
		"      |                  ^~~~~~~~~~~~~~\n"
		"      = policy: policies/iclasspro.yaml:9\n"
		"      = fix: insert include:iclassprov2.com before -all\n"
		"zones/example.com.zone:2:11: warning[policy-require] SPF record of example.com. "
		"lacks include:iclassprov2.com\n"
		"    2 | @       IN TXT  \"v=spf1 mx -all\" ; mail\n"
		"      |                  ^~~~~~~~~~~~~~\n"
		"      = fix: insert include:iclassprov2.com before -all (needs --unsafe)\n"
		"2 errors, 1 warning in 1 of 12 zones; 3 can be fixed: zonemend fix zones/\n");
	close_fixture(&f);
}

static void summary_says(enum zm_report_task task, struct zm_report_summary summary,
			 const char *want)
{
	struct fixture f;
	open_fixture(&f, example);
	f.report.task = task;
	zm_report_text.begin(&f.report);
	zm_report_text.end(&f.report, &summary);
	ZM_ASSERT_STR(text_of(&f), want);
	close_fixture(&f);
}

static void the_summary_counts_what_is_there(void)
{
	summary_says(ZM_REPORT_CHECK, (struct zm_report_summary){.zones = 12, .spf_records = 34},
		     "12 zones, 34 SPF records: no findings\n");
	summary_says(ZM_REPORT_CHECK, (struct zm_report_summary){.zones = 1, .spf_records = 1},
		     "1 zone, 1 SPF record: no findings\n");
	summary_says(ZM_REPORT_CHECK,
		     (struct zm_report_summary){.zones = 2, .zones_with_findings = 2, .infos = 3},
		     "3 infos in 2 of 2 zones\n");
	summary_says(
		ZM_REPORT_FIX,
		(struct zm_report_summary){.zones = 3, .files = 3, .fixed = 4, .files_fixed = 2},
		"4 findings fixed in 2 files, none left\n");
	summary_says(ZM_REPORT_DIFF,
		     (struct zm_report_summary){.zones = 3,
						.fixed = 1,
						.files_fixed = 1,
						.warnings = 1,
						.zones_with_findings = 1},
		     "1 finding can be fixed in 1 file; left: 1 warning in 1 of 3 zones\n");
}

static void files_say_what_became_of_them(void)
{
	struct fixture f;
	open_fixture(&f, example);
	struct zm_report_file file = {
		.path = "zones/example.com.zone",
		.zone = f.zone,
		.has_serial = true,
		.serial = 2024010199,
		.fixed = true,
		.has_new_serial = true,
		.new_serial = 2026112300,
		.serial_style = "date",
		.records_changed = 1,
		.server = &zm_nameservers[0],
	};
	struct zm_report_file refused = {.path = "b.zone", .refused = "the zone is signed"};
	struct zm_report_file untouched = {.path = "c.zone"};
	f.report.quiet = true;
	f.report.task = ZM_REPORT_FIX;
	zm_report_text.begin(&f.report);
	zm_report_text.file(&f.report, &file);
	zm_report_text.file(&f.report, &refused);
	zm_report_text.file(&f.report, &untouched);
	zm_report_text.end(&f.report, &f.summary);
	ZM_ASSERT_STR(text_of(&f),
		      "fixed zones/example.com.zone: 1 record, serial 2024010199 -> 2026112300 "
		      "(date)\n"
		      "  reload: rndc reload example.com\n");
	close_fixture(&f);
}

static void a_tab_keeps_the_caret_in_its_place(void)
{
	check_excerpt("a\tIN\tTXT\t\"v=spf1 mx\"\n", "mx",
		      "    1 | a       IN      TXT     \"v=spf1 mx\"\n"
		      "      |                                 ^~\n");
}

static void odd_bytes_are_escaped_and_counted(void)
{
	check_excerpt("@ TXT \"v=spf1 \x1b[31m \xff \xc3\xa4 \xe2\x80\xae mx\"\r\n", "mx",
		      "    1 | @ TXT \"v=spf1 \\027[31m \\255 \xc3\xa4 \\226\\128\\174 mx\"\n"
		      "      |                                            ^~\n");
}

static void a_span_over_lines_underlines_the_first(void)
{
	check_excerpt("@ TXT ( \"v=spf1 mx \" ; one\n\t\"-all\" )\n", "mx \" ; one\n\t\"-all",
		      "    1 | @ TXT ( \"v=spf1 mx \" ; one\n"
		      "      |                 ^~~~~~~~~~\n");
}

static void a_long_line_is_cut_around_the_place(void)
{
	struct zm_buf zone = {0};
	zm_buf_add(&zone, ZM_STR("@ TXT \"v=spf1"));
	for (size_t i = 0; i < 300; i++) {
		zm_buf_add(&zone, ZM_STR(" a"));
	}
	zm_buf_add(&zone, ZM_STR(" +all"));
	check_excerpt(zone.data, "v=spf1 a a",
		      "    1 | @ TXT \"v=spf1 a a a a a a a a a a a a a a a a a a a a a a a"
		      " a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a …\n"
		      "      |        ^~~~~~~~~~\n");
	zm_buf_add_repeat(&zone, 'x', 2000);
	zm_buf_add(&zone, ZM_STR("\"\n"));
	check_excerpt(zone.data, "+all",
		      "    1 | …"
		      "a a a a a a a a a a a a a a a +all"
		      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		      "xxxxxxxxxx…\n"
		      "      |                                ^~~~\n");
	zm_buf_release(&zone);
}

static void only_spf_text_is_shown(void)
{
	static const struct {
		const char *zone;
		const char *what;
		const char *want;
	} cases[] = {
		{"@ TXT \"token=SECRET\"\n", "token", ""},
		{"@ TXT token=SECRET\n", "token", ""},
		{"@ TXT ( ; key\n\ttoken=SECRET )\n", "token", ""},
		{"@ TXT \"token=SECRET\"\n", "@", "    1 | @ TXT…\n      | ^\n"},
		{"k 3600 IN DNSKEY 256 3 13 SECRET\n", "DNSKEY",
		 "    1 | k 3600 IN DNSKEY…\n      |           ^~~~~~\n"},
		{"k TYPE65280 \\# 2 SECRET\n", "SECRET", ""},
		{"@ TXTT SECRET\n", "TXTT", ""},
		{"TXT SECRET\n", "SECRET", ""},
		{"@ TXT a\n SECRET\n", "SECRET", ""},
		{"k TXT \"p=A\n SECRET\"\n", "SECRET", ""},
		{"a A 192.0.2.1 \"SECRET\n", "A", "    1 | a A…\n      |   ^\n"},
		{"$FOO SECRET\n", "SECRET", ""},
		{"\"SECRET\" foo\n", "foo", ""},
		{"v=DMARC1; rua=SECRET\n", "v", ""},
		{"k=SECRET foo\n", "foo", ""},
		{"\tSECRET a b\n", "a", ""},
		{"foo ; SECRET\n", "foo", ""},
		{"$GENERATE 1-2 a$ TXT SECRET\n", "$GENERATE",
		 "    1 | $GENERATE…\n      | ^~~~~~~~~\n"},
		{"@ TXT \"v=spf1 mx\" ; was \"SECRET\"\n", "mx",
		 "    1 | @ TXT \"v=spf1 mx\" …\n      |               ^~\n"},
		{"; \"SECRET\"\n", "\"SECRET\"", ""},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		check_excerpt(cases[i].zone, cases[i].what, cases[i].want);
	}
}

static void the_frame_of_a_zone_is_shown(void)
{
	check_excerpt("@ IN SOA ns h (\n\t20240101999 ; serial\n\t2 3 4 5 )\n", "20240101999",
		      "    2 |         20240101999 ; serial\n"
		      "      |         ^~~~~~~~~~~\n");
	check_excerpt("$TTL 1x\n", "1x",
		      "    1 | $TTL 1x\n"
		      "      |      ^~\n");
	check_excerpt("@ TXT v=spf1 mx -all\n", "mx",
		      "    1 | @ TXT v=spf1 mx -all\n"
		      "      |              ^~\n");
}

static void findings_in_any_order_find_their_lines(void)
{
	struct fixture f;
	open_fixture(&f, "@ TXT \"v=spf1 a\"\n@ TXT \"v=spf1 mx\"\n");
	struct zm_finding later = about(&f, "mx");
	struct zm_finding earlier = about(&f, "a\"");
	f.report.quiet = true;
	zm_report_text.begin(&f.report);
	zm_report_text.finding(&f.report, &later);
	zm_report_text.finding(&f.report, &earlier);
	zm_report_text.end(&f.report, &f.summary);
	CU_ASSERT(zm_str_find(text_of(&f), ZM_STR("    1 | @ TXT \"v=spf1 a\"\n"), 0) != SIZE_MAX);
	close_fixture(&f);
}

static void concise_is_one_line(void)
{
	struct fixture f;
	open_fixture(&f, example);
	struct zm_finding finding = about(&f, "-all");
	finding.message = ZM_STR("line\nend");
	zm_report_concise.begin(&f.report);
	zm_report_concise.finding(&f.report, &finding);
	zm_report_concise.end(&f.report, &f.summary);
	ZM_ASSERT_STR(text_of(&f), "zones/example.com.zone:2:21: error[pass-all] line\\010end\n");
	close_fixture(&f);
}

static const char json_finding[] =
	"{\"rule\": \"pass-all\", \"severity\": \"error\", \"message\": \"bad \\u001B \\uFFFD\", "
	"\"file\": \"zones/example.com.zone\", \"zone\": \"example.com.\", \"views\": [], "
	"\"owner\": \"example.com.\", "
	"\"start\": {\"byte\": 72, \"line\": 2, \"column\": 21}, "
	"\"end\": {\"byte\": 76, \"line\": 2, \"column\": 25}, "
	"\"policy\": {\"file\": \"p.yaml\", \"line\": 9}, \"fix\": null, \"url\": null}";

static struct zm_finding finding_for_json(struct fixture *f)
{
	struct zm_finding finding = about(f, "-all");
	finding.message = ZM_STR("bad \x1b \xff");
	finding.policy = (struct zm_policy_place){"p.yaml", 9, 1};
	return finding;
}

static void json_is_one_document(void)
{
	struct fixture f;
	open_fixture(&f, example);
	struct zm_finding finding = finding_for_json(&f);
	struct zm_report_file file = {
		.path = "zones/example.com.zone", .zone = f.zone, .has_serial = true, .serial = 7};
	struct zm_report_summary summary = {.files = 1, .zones = 1, .records = 2, .errors = 1};
	zm_report_json.begin(&f.report);
	zm_report_json.finding(&f.report, &finding);
	zm_report_json.file(&f.report, &file);
	zm_report_json.end(&f.report, &summary);
	struct zm_str want = zm_arena_printf(
		&f.arena,
		"{\"schema_version\": 1, \"tool\": {\"name\": \"zonemend\", \"version\": "
		"\"" ZM_VERSION "\"},\n"
		" \"findings\": [\n  %s\n ],\n"
		" \"files\": [\n"
		"  {\"file\": \"zones/example.com.zone\", \"zone\": \"example.com.\", \"views\": "
		"[], \"state\": "
		"\"static\", \"serial\": 7, \"spf_records\": 0, \"fixed\": false, "
		"\"new_serial\": null, \"fixed_parts\": [], \"refused\": null}\n ],\n"
		" \"summary\": {\"files\": 1, \"zones\": 1, \"records\": 2, \"spf_records\": 0, "
		"\"errors\": 1, \"warnings\": 0, \"infos\": 0, \"fixable\": 0, \"fixed\": 0, "
		"\"hidden\": 0}}\n",
		json_finding);
	ZM_ASSERT_STR(text_of(&f), want.data);
	close_fixture(&f);
}

static void json_without_findings_is_a_document_too(void)
{
	struct fixture f;
	open_fixture(&f, example);
	zm_report_json.begin(&f.report);
	zm_report_json.end(&f.report, &f.summary);
	ZM_ASSERT_STR(text_of(&f),
		      "{\"schema_version\": 1, \"tool\": {\"name\": \"zonemend\", \"version\": "
		      "\"" ZM_VERSION "\"},\n"
		      " \"findings\": [],\n \"files\": [],\n"
		      " \"summary\": {\"files\": 0, \"zones\": 0, \"records\": 0, \"spf_records\": "
		      "0, \"errors\": 0, \"warnings\": 0, \"infos\": 0, \"fixable\": 0, "
		      "\"fixed\": 0, \"hidden\": 0}}\n");
	close_fixture(&f);
}

static void jsonl_is_an_object_a_line(void)
{
	struct fixture f;
	open_fixture(&f, example);
	struct zm_finding finding = finding_for_json(&f);
	zm_report_jsonl.begin(&f.report);
	zm_report_jsonl.finding(&f.report, &finding);
	zm_report_jsonl.end(&f.report, &f.summary);
	struct zm_str text = text_of(&f);
	size_t end = zm_str_find(text, ZM_STR("\n"), 0);
	ZM_ASSERT_STR(zm_str_sub(text, 0, end), json_finding);
	CU_ASSERT(zm_str_starts(zm_str_sub(text, end + 1, text.len), ZM_STR("{\"files\": 0")));
	close_fixture(&f);
}

static void a_shell_reads_one_word(void)
{
	static const struct {
		const char *word;
		const char *want;
	} cases[] = {
		{"zones/", "zones/"},
		{"", "''"},
		{"a b", "'a b'"},
		{"it's", "'it'\\''s'"},
		{"$(reboot)", "'$(reboot)'"},
		{"x;y", "'x;y'"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct zm_buf out = {0};
		zm_escape_shell(&out, zm_str_from(cases[i].word));
		ZM_ASSERT_STR(zm_buf_str(&out), cases[i].want);
		zm_buf_release(&out);
	}
}

static void invalid_utf_8_is_repaired(void)
{
	static const struct {
		const char *bytes;
		const char *want;
	} cases[] = {
		{"\xc3\xa4", "\xc3\xa4"},
		{"\xc3", "\xef\xbf\xbd"},
		{"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
		{"\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct zm_buf out = {0};
		zm_utf8_repair(&out, zm_str_from(cases[i].bytes));
		ZM_ASSERT_STR(zm_buf_str(&out), cases[i].want);
		zm_buf_release(&out);
	}
}

static const struct zm_test_case cases[] = {
	{"text is the documented form", text_is_the_documented_form},
	{"the summary counts what is there", the_summary_counts_what_is_there},
	{"files say what became of them", files_say_what_became_of_them},
	{"a tab keeps the caret in its place", a_tab_keeps_the_caret_in_its_place},
	{"odd bytes are escaped and counted", odd_bytes_are_escaped_and_counted},
	{"a span over lines underlines the first", a_span_over_lines_underlines_the_first},
	{"a long line is cut around the place", a_long_line_is_cut_around_the_place},
	{"only SPF text is shown", only_spf_text_is_shown},
	{"the frame of a zone is shown", the_frame_of_a_zone_is_shown},
	{"findings in any order find their lines", findings_in_any_order_find_their_lines},
	{"concise is one line", concise_is_one_line},
	{"json is one document", json_is_one_document},
	{"json without findings is a document too", json_without_findings_is_a_document_too},
	{"jsonl is an object a line", jsonl_is_an_object_a_line},
	{"a shell reads one word", a_shell_reads_one_word},
	{"invalid UTF-8 is repaired", invalid_utf_8_is_repaired},
	{NULL, NULL},
};

void test_report(void)
{
	zm_test_suite("report", cases);
}
