/* tree for people. */
#include "report/tree.h"

#include "report/amount.h"
#include "report/escape.h"
#include "report/line.h"

enum {
	LEFT_MAX = 56,     /* columns of the tree; a longer term pushes the rest to the right */
	LOOKUPS_WIDTH = 7, /* "lookups" */
	RUN_MAX = 8,       /* so many addresses in a row are shown, of more */
	RUN_SHOWN = 5,     /* so many */
	TALLY_MAX = 8,     /* verdicts */
	LINES_MAX = 4000,
};

struct row {
	struct zm_str lead; /* the lines of the tree */
	struct zm_str text; /* escaped */
	size_t width;       /* of both, in columns */
	struct zm_str lookups;
	struct zm_str note;
	enum zm_tree_mood mood;
};

struct tree {
	const struct zm_report_tree *report;
	struct zm_arena arena;
	struct zm_buf line;
	struct row *row;
	size_t rows;
	size_t capacity;
	unsigned lookups; /* so far, down the page */
	bool *shown;      /* one a node */
	bool is_cut;
};

/* ---- Rows ---- */

static size_t columns(struct zm_str text)
{
	size_t width = 0;
	for (size_t at = 0; at < text.len;) {
		struct zm_glyph glyph = zm_glyph_at(text, at);
		width += glyph.width;
		at += glyph.eaten;
	}
	return width;
}

static struct zm_str escaped(struct tree *t, struct zm_str text)
{
	zm_buf_clear(&t->line);
	zm_escape(&t->line, text);
	struct zm_str copy = zm_arena_copy(&t->arena, zm_buf_str(&t->line));
	zm_buf_clear(&t->line);
	return copy;
}

static struct row *add_row(struct tree *t, struct zm_str lead, struct zm_str text)
{
	t->row = zm_arena_grow(&t->arena, t->row, t->rows, &t->capacity, sizeof(*t->row));
	struct row *row = &t->row[t->rows++];
	*row = (struct row){.lead = lead, .text = escaped(t, text)};
	row->width = columns(lead) + columns(row->text);
	return row;
}

static void set_note(struct tree *t, struct row *row, struct zm_tree_note note)
{
	row->note = escaped(t, note.text);
	row->mood = note.mood;
}

static struct zm_str branch_lead(struct tree *t, struct zm_str lead, bool is_last)
{
	const char *ascii = is_last ? "`-- " : "|-- ";
	const char *lines = is_last ? "\u2514\u2500\u2500 " : "\u251c\u2500\u2500 ";
	return zm_arena_printf(&t->arena, "%.*s%s", ZM_STR_ARG(lead),
			       t->report->ascii ? ascii : lines);
}

static struct zm_str lead_below(struct tree *t, struct zm_str lead, bool is_last)
{
	const char *line = t->report->ascii ? "|   " : "\u2502   ";
	return zm_arena_printf(&t->arena, "%.*s%s", ZM_STR_ARG(lead), is_last ? "    " : line);
}

static void add_node(struct tree *t, const struct zm_spf_node *node, struct zm_str lead);

/* The term at which a receiver gives up, if nothing has matched. */
static bool passes_limit(struct tree *t, unsigned lookups)
{
	bool was_within = t->lookups <= ZM_SPF_LOOKUPS_MAX;
	t->lookups = t->lookups > ZM_COST_MAX ? ZM_COST_MAX : t->lookups + lookups;
	return was_within && t->lookups > ZM_SPF_LOOKUPS_MAX;
}

static void note_limit(struct tree *t, struct row *row)
{
	struct zm_str before = row->note;
	row->note =
		zm_arena_printf(&t->arena, "%.*s%spasses the limit of %d lookups",
				ZM_STR_ARG(before), before.len > 0 ? "; " : "", ZM_SPF_LOOKUPS_MAX);
	row->mood = ZM_TREE_ERROR;
}

static void add_branch(struct tree *t, const struct zm_spf_node *node, size_t i, struct zm_str lead,
		       bool is_last)
{
	const struct zm_spf_branch *branch = &node->branch[i];
	struct row *row = add_row(t, branch_lead(t, lead, is_last), branch->term->text);
	const struct zm_spf_cost *cost = &branch->cost[ZM_IP4];
	const struct zm_spf_node *next = branch->is_loop ? NULL : branch->node;
	bool again = next != NULL && next->number != SIZE_MAX && t->shown[next->number];
	bool opens = next != NULL && next->record.count > 0 && !again;
	set_note(t, row, zm_tree_term_note(&t->arena, node, branch));
	if (branch->asks) {
		row->lookups = zm_tree_lookups(&t->arena, cost);
		if (passes_limit(t, again ? cost->lookups : 1)) {
			note_limit(t, row);
		}
	}
	if (again && next->record.count > 0 && row->note.len == 0) {
		row->note = ZM_STR("as above, once more");
	}
	if (opens) {
		add_node(t, next, lead_below(t, lead, is_last));
	}
}

/* How many terms from `i` on are addresses and nothing is to be said of them. */
static size_t run_length(const struct zm_spf_node *node, size_t i)
{
	size_t start = i;
	while (i < node->record.count && node->branch[i].is_reached &&
	       (node->branch[i].term->kind == ZM_SPF_IP4 ||
		node->branch[i].term->kind == ZM_SPF_IP6)) {
		i++;
	}
	return i - start;
}

static void add_rest_of_run(struct tree *t, const struct zm_spf_node *node, struct zm_span run,
			    struct zm_str lead)
{
	bool is_last = run.end == node->record.count;
	struct zm_str text =
		zm_arena_printf(&t->arena, "%zu more ip4 and ip6", run.end - run.start);
	add_row(t, branch_lead(t, lead, is_last), text)->note = ZM_STR("all of them: --verbose");
}

static void add_node(struct tree *t, const struct zm_spf_node *node, struct zm_str lead)
{
	if (node->number != SIZE_MAX) {
		t->shown[node->number] = true;
	}
	for (size_t i = 0; i < node->record.count; i++) {
		size_t run = t->report->verbose ? 0 : run_length(node, i);
		size_t shown = run > RUN_MAX ? i + RUN_SHOWN : i + 1;
		if (t->rows > LINES_MAX) {
			t->is_cut = true;
			return;
		}
		for (; i < shown; i++) {
			add_branch(t, node, i, lead, i + 1 == node->record.count);
		}
		if (run > RUN_MAX) {
			struct zm_span rest = {i, i + run - RUN_SHOWN};
			add_rest_of_run(t, node, rest, lead);
			i = rest.end;
		}
		i--;
	}
}

static void add_root(struct tree *t)
{
	const struct zm_spf_node *root = t->report->graph->node[0];
	struct zm_str none = {NULL, 0};
	struct row *row = add_row(t, ZM_STR(""), zm_name_text(&t->arena, root->name));
	struct zm_tree_note note = zm_tree_record_note(&t->arena, root);
	row->lookups = zm_tree_lookups(&t->arena, &root->cost[ZM_IP4]);
	if (note.text.len == 0) {
		note.text = zm_tree_place(&t->arena, root);
	}
	set_note(t, row, note);
	add_node(t, root, none);
}

/* ---- Printing ---- */

static void paint(struct tree *t, enum zm_tree_mood mood)
{
	static const enum zm_paint of_mood[] = {ZM_DIM, ZM_YELLOW, ZM_RED};
	zm_paint(&t->line, t->report->color, of_mood[mood]);
}

static void end_paint(struct tree *t)
{
	zm_paint(&t->line, t->report->color, ZM_PLAIN);
}

static size_t left_width(const struct tree *t)
{
	size_t width = 0;
	for (size_t i = 0; i < t->rows; i++) {
		if (t->row[i].width > width && t->row[i].width <= LEFT_MAX) {
			width = t->row[i].width;
		}
	}
	return width;
}

static void put_row(struct tree *t, const struct row *row, size_t width)
{
	struct zm_buf *line = &t->line;
	bool is_first = row == t->row;
	zm_paint(line, t->report->color, ZM_DIM);
	zm_buf_add(line, row->lead);
	end_paint(t);
	zm_paint(line, t->report->color && is_first, ZM_BOLD);
	zm_buf_add(line, row->text);
	zm_paint(line, t->report->color && is_first, ZM_PLAIN);
	if (row->lookups.len > 0 || row->note.len > 0) {
		size_t gap = row->width < width ? width - row->width : 0;
		zm_buf_add_repeat(line, ' ', gap + 2 + LOOKUPS_WIDTH - row->lookups.len);
		zm_buf_add(line, row->lookups);
	}
	if (row->note.len > 0) {
		zm_buf_add(line, ZM_STR("  "));
		paint(t, row->mood);
		zm_buf_add(line, row->note);
		end_paint(t);
	}
	zm_line_put(line, t->report->out);
}

static void put_rows(struct tree *t)
{
	size_t width = left_width(t);
	zm_buf_add_repeat(&t->line, ' ', width + 2);
	zm_buf_add(&t->line, ZM_STR("lookups"));
	zm_line_put(&t->line, t->report->out);
	for (size_t i = 0; i < t->rows; i++) {
		put_row(t, &t->row[i], width);
	}
}

static void put_sum(struct tree *t, struct zm_tree_note note)
{
	bool stands_out = note.mood != ZM_TREE_PLAIN;
	zm_paint(&t->line, t->report->color && stands_out, ZM_RED);
	zm_buf_add(&t->line, note.text);
	zm_paint(&t->line, t->report->color && stands_out, ZM_PLAIN);
	zm_line_put(&t->line, t->report->out);
}

static void put_cost(struct tree *t)
{
	const struct zm_spf_node *root = t->report->graph->node[0];
	put_sum(t, zm_tree_lookups_note(&t->arena, root));
	put_sum(t, zm_tree_voids_note(&t->arena, root));
	for (size_t i = 0; i < t->report->limits->loops; i++) {
		struct zm_str loop = zm_spf_loop_text(&t->arena, &t->report->limits->loop[i]);
		struct zm_str text = zm_arena_printf(&t->arena, "loop: %.*s", ZM_STR_ARG(loop));
		put_sum(t, (struct zm_tree_note){text, ZM_TREE_ERROR});
	}
}

/* What spf/space.h takes for granted of records that nobody here knows, check_host() does not. */
static void put_assumption(struct tree *t)
{
	const struct zm_verdicts *verdicts = t->report->verdicts;
	for (size_t i = 0; i < verdicts->conditions; i++) {
		if (verdicts->condition[i].kind == ZM_SPF_INCLUDE) {
			fputs("where the unknown records give no error\n", t->report->out);
			return;
		}
	}
}

static void put_tally(struct tree *t)
{
	struct zm_tally tally;
	zm_tally_count(&tally, &t->arena, t->report->space, t->report->verdicts);
	for (size_t i = 0; i < tally.count && i < TALLY_MAX; i++) {
		struct zm_str amount = zm_tally_text(&t->arena, &tally, i);
		zm_buf_printf(&t->line, "%.*s: %.*s", ZM_STR_ARG(amount),
			      ZM_STR_ARG(tally.row[i].text));
		zm_line_put(&t->line, t->report->out);
	}
	if (tally.count > TALLY_MAX) {
		zm_buf_printf(&t->line, "and %zu combinations of conditions more",
			      tally.count - TALLY_MAX);
		zm_line_put(&t->line, t->report->out);
	}
	put_assumption(t);
	if (t->is_cut || t->report->space->is_cut) {
		fputs("too large: the rest is left out\n", t->report->out);
	}
}

void zm_report_tree_text(const struct zm_report_tree *report)
{
	struct tree t = {.report = report};
	t.shown = zm_arena_array(&t.arena, report->graph->count, sizeof(*t.shown));
	if (report->zone != NULL) {
		zm_line_zone(&t.line, report->zone, report->color);
		zm_line_put(&t.line, report->out);
	}
	add_root(&t);
	put_rows(&t);
	put_cost(&t);
	put_tally(&t);
	zm_buf_release(&t.line);
	zm_arena_release(&t.arena);
}
