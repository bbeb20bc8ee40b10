/* text: for a person at a terminal; the source line and what to do. */
#include "report/escape.h"
#include "report/line.h"
#include "report/show.h"

struct text_state {
	struct zm_arena arena; /* holds this struct */
	struct zm_show show;
};

static void begin(struct zm_report *report)
{
	struct zm_arena arena = {0};
	struct text_state *state = zm_arena_alloc(&arena, sizeof(*state));
	state->arena = arena;
	state->show = (struct zm_show){.out = report->out, .color = report->color};
	report->state = state;
}

static void release(struct text_state *state)
{
	zm_show_release(&state->show);
	struct zm_arena arena = state->arena;
	zm_arena_release(&arena);
}

static void put_finding(struct zm_report *report, const struct zm_finding *finding)
{
	struct text_state *state = report->state;
	struct zm_buf *line = &state->show.line;
	zm_line_finding(line, finding, report->color);
	zm_line_put(line, report->out);
	zm_show_excerpt(&state->show, finding);
	if (report->alsos > 0) {
		zm_show_detail(&state->show, "also of");
		zm_line_also(line, report);
		zm_line_put(line, report->out);
	}
	if (finding->policy.file != NULL) {
		zm_show_detail(&state->show, "policy");
		zm_escape(line, zm_str_from(finding->policy.file));
		zm_buf_printf(line, ":%zu", finding->policy.line);
		zm_line_put(line, report->out);
	}
	if (finding->fix.safety != ZM_FIX_NONE) {
		zm_show_detail(&state->show, "fix");
		zm_escape(line, finding->fix.title);
		bool unsafe = finding->fix.safety == ZM_FIX_UNSAFE;
		zm_buf_add(line, unsafe ? ZM_STR(" (needs --unsafe)") : ZM_STR(""));
		zm_line_put(line, report->out);
	}
}

static void put_file(struct zm_report *report, const struct zm_report_file *file)
{
	struct text_state *state = report->state;
	zm_line_file(&state->show.line, report, file);
	if (state->show.line.len > 0) {
		zm_line_put(&state->show.line, report->out);
	}
}

/* --summary: the rules that found something, in the order of the catalogue. */
static void put_counts(struct zm_report *report, const struct zm_report_summary *summary)
{
	struct text_state *state = report->state;
	for (size_t i = 0; i < ZM_RULE_COUNT; i++) {
		if (summary->by_rule[i] > 0) {
			zm_buf_printf(&state->show.line, "%7zu %s", summary->by_rule[i],
				      zm_rule_info[i].name);
			zm_line_put(&state->show.line, report->out);
		}
	}
}

static void end(struct zm_report *report, const struct zm_report_summary *summary)
{
	struct text_state *state = report->state;
	if (report->counts) {
		put_counts(report, summary);
	}
	if (!report->quiet) {
		zm_line_summary(&state->show.line, report, summary);
		zm_line_put(&state->show.line, report->out);
	}
	release(state);
	report->state = NULL;
}

const struct zm_report_format zm_report_text = {"text",   begin, put_finding, zm_line_hidden,
						put_file, end,   false};
