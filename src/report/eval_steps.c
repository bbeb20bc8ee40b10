/* The steps of an evaluation, indented as records lie in each other. */
#include "report/eval.h"

#include "report/escape.h"
#include "report/line.h"

enum { INDENT = 2, SHOWN_MAX = 6 }; /* records of an answer; the others are counted */

static void start_step(struct zm_show *show, const struct zm_spf_step *step, size_t more)
{
	zm_buf_add_repeat(&show->line, ' ', (step->visit->depth * 2 + more) * INDENT);
}

static void add_name(struct zm_buf *line, struct zm_name name)
{
	struct zm_arena arena = {0};
	zm_escape(line, zm_name_text(&arena, name));
	zm_arena_release(&arena);
}

static void add_record(struct zm_buf *line, const struct zm_answer_record *record, enum zm_ask type)
{
	struct zm_ip_text ip;
	if (type == ZM_ASK_MX) {
		zm_buf_printf(line, "%u ", (unsigned)record->preference);
	}
	if (type == ZM_ASK_A || type == ZM_ASK_AAAA) {
		zm_buf_add(line, zm_ip_print(&ip, record->ip));
	} else {
		add_name(line, record->name);
	}
}

/* Texts are only counted: most of them are none of our business. */
static void add_records(struct zm_buf *line, const struct zm_spf_step *step)
{
	const struct zm_answer *answer = &step->answer;
	if (step->question.type == ZM_ASK_TXT) {
		zm_line_count(line, answer->count, "record");
		return;
	}
	for (size_t i = 0; i < answer->count && i < SHOWN_MAX; i++) {
		zm_buf_add(line, i == 0 ? ZM_STR("") : ZM_STR(", "));
		add_record(line, &answer->record[i], step->question.type);
	}
	if (answer->count > SHOWN_MAX) {
		zm_buf_printf(line, " and %zu more", answer->count - SHOWN_MAX);
	}
}

static void add_answer(struct zm_buf *line, const struct zm_spf_step *step)
{
	switch (step->answer.status) {
	case ZM_ANSWER_FOUND:
		add_records(line, step);
		break;
	case ZM_ANSWER_NO_DATA:
		zm_buf_add(line, ZM_STR("none"));
		break;
	case ZM_ANSWER_NO_NAME:
		zm_buf_add(line, ZM_STR("no such name"));
		break;
	case ZM_ANSWER_ERROR:
		zm_buf_add(line, ZM_STR("no answer"));
		break;
	case ZM_ANSWER_UNKNOWN:
		zm_buf_add(line, ZM_STR("unknown, for no zone here tells "));
		add_name(line, step->answer.unknown);
		break;
	}
}

static void put_question(struct zm_show *show, const struct zm_spf_step *step)
{
	bool is_of_term = step->term != NULL;
	start_step(show, step, is_of_term ? 2 : 0);
	zm_paint(&show->line, show->color, ZM_DIM);
	zm_buf_printf(&show->line, "%s of ", zm_ask_name(step->question.type));
	add_name(&show->line, step->question.name);
	zm_buf_add(&show->line, ZM_STR(": "));
	add_answer(&show->line, step);
	zm_paint(&show->line, show->color, ZM_PLAIN);
	zm_line_put(&show->line, show->out);
}

static void put_term(struct zm_show *show, const struct zm_spf_step *step, const char *what)
{
	start_step(show, step, 1);
	zm_escape(&show->line, step->term->text);
	zm_buf_printf(&show->line, " %s", what);
	zm_line_put(&show->line, show->out);
}

static void put_record(struct zm_show *show, const struct zm_spf_step *step)
{
	start_step(show, step, 0);
	zm_paint(&show->line, show->color, ZM_BOLD);
	zm_escape(&show->line, step->visit->domain);
	zm_paint(&show->line, show->color, ZM_PLAIN);
	zm_buf_add(&show->line, ZM_STR(": "));
	zm_escape(&show->line, step->visit->record.text);
	zm_line_put(&show->line, show->out);
}

static void put_end(struct zm_show *show, const struct zm_spf_step *step)
{
	start_step(show, step, 0);
	zm_paint(&show->line, show->color, ZM_BOLD);
	zm_escape(&show->line, step->visit->domain);
	zm_paint(&show->line, show->color, ZM_PLAIN);
	zm_buf_printf(&show->line, ": %s", zm_spf_result_name(step->result));
	zm_line_put(&show->line, show->out);
}

void zm_eval_put_steps(struct zm_show *show, const struct zm_spf_outcome *outcome)
{
	for (size_t i = 0; i < outcome->steps; i++) {
		const struct zm_spf_step *step = &outcome->step[i];
		switch (step->kind) {
		case ZM_STEP_ASKED:
			put_question(show, step);
			break;
		case ZM_STEP_RECORD:
			put_record(show, step);
			break;
		case ZM_STEP_MATCH:
			put_term(show, step, "matches");
			break;
		case ZM_STEP_NO_MATCH:
			put_term(show, step, "does not match");
			break;
		case ZM_STEP_END:
			put_end(show, step);
			break;
		}
	}
}
