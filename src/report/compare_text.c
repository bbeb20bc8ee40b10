/* compare for people: names with the same changes are told about together. */
#include "report/compare.h"

#include "report/escape.h"
#include "report/line.h"

#include <stdlib.h>

enum { NAMES_SHOWN = 3 };

/* One name and its lines. */
struct entry {
	struct zm_str name;
	struct zm_str lines;
	size_t number;
};

struct text_state {
	struct zm_arena arena; /* holds this struct */
	struct zm_buf line;
	struct entry *entry;
	size_t count;
	size_t capacity;
};

static void begin(struct zm_report_compare *report)
{
	struct zm_arena arena = {0};
	struct text_state *state = zm_arena_alloc(&arena, sizeof(*state));
	state->arena = arena;
	report->state = state;
}

static void put_name(struct zm_report_compare *report, const struct zm_compared *name)
{
	struct text_state *state = report->state;
	zm_buf_clear(&state->line);
	zm_compare_lines(&state->line, report, name);
	state->entry = zm_arena_grow(&state->arena, state->entry, state->count, &state->capacity,
				     sizeof(*state->entry));
	state->entry[state->count] = (struct entry){
		.name = zm_name_text(&state->arena, name->after->name),
		.lines = zm_arena_copy(&state->arena, zm_buf_str(&state->line)),
		.number = state->count,
	};
	state->count++;
	zm_buf_clear(&state->line);
}

static int by_lines(const void *a, const void *b)
{
	const struct entry *x = *(const struct entry *const *)a;
	const struct entry *y = *(const struct entry *const *)b;
	int order = zm_str_compare(x->lines, y->lines);
	return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

/* Names [start, end) of `sorted` have the same lines. */
struct group {
	struct entry **entry;
	size_t count;
};

static int by_number(const void *a, const void *b)
{
	const struct group *x = a;
	const struct group *y = b;
	return (x->entry[0]->number > y->entry[0]->number) -
	       (x->entry[0]->number < y->entry[0]->number);
}

static struct group *make_groups(struct text_state *state, size_t *count)
{
	struct entry **sorted = zm_arena_array(&state->arena, state->count, sizeof(*sorted));
	struct group *group = zm_arena_array(&state->arena, state->count, sizeof(*group));
	*count = 0;
	for (size_t i = 0; i < state->count; i++) {
		sorted[i] = &state->entry[i];
	}
	if (state->count > 1) {
		qsort(sorted, state->count, sizeof(struct entry *), by_lines);
	}
	for (size_t i = 0; i < state->count; i++) {
		if (i == 0 || !zm_str_eq(sorted[i]->lines, sorted[i - 1]->lines)) {
			group[(*count)++] = (struct group){&sorted[i], 0};
		}
		group[*count - 1].count++;
	}
	if (*count > 1) {
		qsort(group, *count, sizeof(*group), by_number);
	}
	return group;
}

static void put_group(struct zm_report_compare *report, const struct group *group)
{
	struct text_state *state = report->state;
	struct zm_buf *line = &state->line;
	bool all = report->verbose || group->count <= NAMES_SHOWN + 1;
	size_t shown = all ? group->count : NAMES_SHOWN;
	for (size_t i = 0; i < shown; i++) {
		bool is_last = i + 1 == group->count;
		zm_buf_add(line, zm_str_from(i == 0 ? "" : is_last ? " and " : ", "));
		zm_paint(line, report->color, ZM_BOLD);
		zm_escape(line, group->entry[i]->name);
		zm_paint(line, report->color, ZM_PLAIN);
	}
	if (shown < group->count) {
		zm_buf_printf(line, " and %zu other names", group->count - shown);
	}
	zm_line_put(line, report->out);
	fwrite(group->entry[0]->lines.data, 1, group->entry[0]->lines.len, report->out);
}

static void put_summary(struct zm_report_compare *report, size_t names)
{
	struct text_state *state = report->state;
	if (state->count == 0) {
		zm_line_count(&state->line, names, "SPF name");
		zm_buf_add(&state->line, ZM_STR(": no difference"));
	} else {
		zm_buf_printf(&state->line, "%zu of ", state->count);
		zm_line_count(&state->line, names, "SPF name");
		zm_buf_add(&state->line,
			   state->count == 1 ? ZM_STR(" differs") : ZM_STR(" differ"));
	}
	zm_line_put(&state->line, report->out);
}

static void end(struct zm_report_compare *report, size_t names)
{
	struct text_state *state = report->state;
	size_t count;
	struct group *group = make_groups(state, &count);
	for (size_t i = 0; i < count; i++) {
		put_group(report, &group[i]);
	}
	if (!report->quiet) {
		put_summary(report, names);
	}
	zm_buf_release(&state->line);
	struct zm_arena arena = state->arena;
	zm_arena_release(&arena);
	report->state = NULL;
}

const struct zm_compare_format zm_compare_text = {begin, put_name, end};
