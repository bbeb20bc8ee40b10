/* text: for a person at a terminal; the source line and what to do. */
#include "report/excerpt.h"
#include "report/escape.h"
#include "report/line.h"

enum { GUTTER = 5 }; /* columns of a line number, more where it needs more */

struct text_state {
	struct zm_arena arena; /* holds this struct */
	struct zm_buf line;
	struct zm_excerpt excerpt;
	struct zm_excerpter excerpter;
};

static void begin(struct zm_report *report)
{
	struct zm_arena arena = {0};
	struct text_state *state = zm_arena_alloc(&arena, sizeof(*state));
	state->arena = arena;
	report->state = state;
}

static void release(struct text_state *state)
{
	zm_buf_release(&state->line);
	zm_excerpt_release(&state->excerpt);
	zm_excerpter_release(&state->excerpter);
	struct zm_arena arena = state->arena;
	zm_arena_release(&arena);
}

static int width_of(size_t number)
{
	int width = 1;
	for (; number >= 10; number /= 10) {
		width++;
	}
	return width < GUTTER ? GUTTER : width;
}

static void put_excerpt(struct zm_report *report, const struct zm_finding *finding)
{
	struct text_state *state = report->state;
	struct zm_buf *line = &state->line;
	if (!zm_excerpt_make(&state->excerpt, &state->excerpter, finding)) {
		return;
	}
	size_t number = zm_source_position(finding->source, finding->at.start).line;
	zm_paint(line, report->color, ZM_BLUE);
	zm_buf_printf(line, "%*zu |", width_of(number), number);
	zm_paint(line, report->color, ZM_PLAIN);
	zm_buf_add_char(line, ' ');
	zm_buf_add(line, zm_buf_str(&state->excerpt.line));
	zm_line_put(line, report->out);

	zm_paint(line, report->color, ZM_BLUE);
	zm_buf_printf(line, "%*s |", width_of(number), "");
	zm_paint(line, report->color, ZM_PLAIN);
	zm_buf_add_repeat(line, ' ', state->excerpt.caret + 1);
	zm_paint(line, report->color, ZM_GREEN);
	zm_buf_add_char(line, '^');
	zm_buf_add_repeat(line, '~', state->excerpt.width - 1);
	zm_paint(line, report->color, ZM_PLAIN);
	zm_line_put(line, report->out);
}

static void start_detail(struct zm_report *report, const char *label)
{
	struct text_state *state = report->state;
	zm_paint(&state->line, report->color, ZM_BLUE);
	zm_buf_printf(&state->line, "%*s =", GUTTER, "");
	zm_paint(&state->line, report->color, ZM_PLAIN);
	zm_buf_printf(&state->line, " %s: ", label);
}

static void put_finding(struct zm_report *report, const struct zm_finding *finding)
{
	struct text_state *state = report->state;
	struct zm_buf *line = &state->line;
	zm_line_finding(line, finding, report->color);
	zm_line_put(line, report->out);
	put_excerpt(report, finding);
	if (finding->policy.file != NULL) {
		start_detail(report, "policy");
		zm_escape(line, zm_str_from(finding->policy.file));
		zm_buf_printf(line, ":%zu", finding->policy.line);
		zm_line_put(line, report->out);
	}
	if (finding->fix.safety != ZM_FIX_NONE) {
		start_detail(report, "fix");
		zm_escape(line, finding->fix.title);
		bool unsafe = finding->fix.safety == ZM_FIX_UNSAFE;
		zm_buf_add(line, unsafe ? ZM_STR(" (needs --unsafe)") : ZM_STR(""));
		zm_line_put(line, report->out);
	}
}

static void put_file(struct zm_report *report, const struct zm_report_file *file)
{
	struct text_state *state = report->state;
	zm_line_file(&state->line, report, file);
	if (state->line.len > 0) {
		zm_line_put(&state->line, report->out);
	}
}

/* --summary: the rules that found something, in the order of the catalogue. */
static void put_counts(struct zm_report *report, const struct zm_report_summary *summary)
{
	struct text_state *state = report->state;
	for (size_t i = 0; i < ZM_RULE_COUNT; i++) {
		if (summary->by_rule[i] > 0) {
			zm_buf_printf(&state->line, "%7zu %s", summary->by_rule[i],
				      zm_rule_info[i].name);
			zm_line_put(&state->line, report->out);
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
		zm_line_summary(&state->line, report, summary);
		zm_line_put(&state->line, report->out);
	}
	release(state);
	report->state = NULL;
}

const struct zm_report_format zm_report_text = {"text", begin, put_finding, put_file, end, false};
