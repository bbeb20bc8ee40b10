/* concise: one line a finding and nothing else, for grep, editors and old hooks. */
#include "report/line.h"

static void begin(struct zm_report *report)
{
	(void)report;
}

static void put_finding(struct zm_report *report, const struct zm_finding *finding)
{
	struct zm_buf line = {0};
	zm_line_finding(&line, finding, report->color);
	if (report->alsos > 0) {
		zm_buf_add(&line, ZM_STR(" (also of "));
		zm_line_also(&line, report);
		zm_buf_add_char(&line, ')');
	}
	zm_line_put(&line, report->out);
	zm_buf_release(&line);
}

static void put_file(struct zm_report *report, const struct zm_report_file *file)
{
	struct zm_buf line = {0};
	zm_line_file(&line, report, file);
	if (line.len > 0) {
		zm_line_put(&line, report->out);
	}
	zm_buf_release(&line);
}

static void end(struct zm_report *report, const struct zm_report_summary *summary)
{
	(void)report;
	(void)summary;
}

const struct zm_report_format zm_report_concise = {"concise", begin, put_finding, zm_line_hidden,
						   put_file,  end,   false};
