#include "report/report.h"
#include "test.h"
#include "zone/load.h"

#include <stdlib.h>

/* What stands below the line that says what was fixed. */
static void check_steps(const char *server, bool is_frozen, const char *want)
{
	static const struct zm_load_options options;
	static const char *const view[] = {"inside", "out side"};
	struct zm_arena arena = {0};
	struct zm_source source = {.name = "example.com.zone", .bytes = ZM_STR("@ TXT x\n")};
	struct zm_report_file file = {
		.path = "example.com.zone",
		.zone = zm_zone_load(&arena, &source, &options),
		.view = view,
		.views = 2,
		.is_frozen = is_frozen,
		.server = zm_nameserver_find(zm_str_from(server)),
		.fixed = true,
	};
	struct zm_report_summary summary = {0};
	struct zm_report report = {.task = ZM_REPORT_FIX, .quiet = true};
	char *text;
	size_t len;
	report.out = open_memstream(&text, &len);
	CU_ASSERT_PTR_NOT_NULL_FATAL(report.out);
	zm_report_text.begin(&report);
	zm_report_text.file(&report, &file);
	zm_report_text.end(&report, &summary);
	fclose(report.out);
	struct zm_str all = {text, len};
	size_t line = zm_str_find(all, ZM_STR("\n"), 0);
	ZM_ASSERT_STR(zm_str_sub(all, line + 1, len), want);
	free(text);
	zm_arena_release(&arena);
}

static void each_server_has_a_step_of_its_own(void)
{
	check_steps("named", false,
		    "  reload: rndc reload example.com IN inside\n"
		    "  reload: rndc reload example.com IN 'out side'\n");
	check_steps("nsd", false, "  reload: nsd-control reload example.com\n");
	check_steps("knot", false, "  reload: knotc zone-reload example.com\n");
	check_steps("pdns", false, "  reload: pdns_control bind-reload-now example.com\n");
}

static void only_named_thaws(void)
{
	check_steps("named", true,
		    "  reload: rndc thaw example.com IN inside\n"
		    "  reload: rndc thaw example.com IN 'out side'\n");
	check_steps("nsd", true, "  reload: nsd-control reload example.com\n");
}

static const struct zm_test_case cases[] = {
	{"each server has a step of its own", each_server_has_a_step_of_its_own},
	{"only named thaws", only_named_thaws},
	{NULL, NULL},
};

void test_reload(void)
{
	zm_test_suite("reload", cases);
}
