/* tree for Graphviz: a box a record, an arrow an include or redirect; red is a permerror. */
#include "report/tree.h"

#include "report/escape.h"
#include "report/line.h"

struct dot {
	const struct zm_report_tree *report;
	struct zm_arena arena;
	struct zm_buf line;
	struct zm_buf plain;
};

/* A text inside of quotes; Graphviz reads `\` and `"` there. */
static void add_text(struct dot *d, struct zm_str text)
{
	zm_buf_clear(&d->plain);
	zm_escape(&d->plain, text);
	for (size_t i = 0; i < d->plain.len; i++) {
		char c = d->plain.data[i];
		if (c == '"' || c == '\\') {
			zm_buf_add_char(&d->line, '\\');
		}
		zm_buf_add_char(&d->line, c);
	}
}

static void put_line(struct dot *d)
{
	zm_buf_add_char(&d->line, '\n');
	fwrite(d->line.data, 1, d->line.len, d->report->out);
	zm_buf_clear(&d->line);
}

/* The terms that lead nowhere, one a line, flush left. */
static void add_terms(struct dot *d, const struct zm_spf_node *node)
{
	enum { SHOWN_MAX = 12 };
	size_t shown = 0;
	for (size_t i = 0; i < node->record.count; i++) {
		if (node->branch[i].node != NULL) {
			continue;
		}
		if (++shown <= SHOWN_MAX) {
			add_text(d, node->branch[i].term->text);
			zm_buf_add(&d->line, ZM_STR("\\l"));
		}
	}
	if (shown > SHOWN_MAX) {
		zm_buf_printf(&d->line, "and %zu more\\l", shown - SHOWN_MAX);
	}
}

static void put_node(struct dot *d, const struct zm_spf_node *node)
{
	static const char *const style[] = {"", ", style=dashed", ", color=red, fontcolor=red"};
	struct zm_tree_note note = zm_tree_record_note(&d->arena, node);
	struct zm_str lookups = zm_tree_lookups(&d->arena, &node->cost[ZM_IP4]);
	bool over = zm_spf_cost_is_over(&node->cost[ZM_IP4]) ||
		    zm_spf_cost_is_over(&node->cost[ZM_IP6]);
	enum zm_tree_mood mood = over ? ZM_TREE_ERROR : note.mood;
	zm_buf_printf(&d->line, "\tn%zu [label=\"", node->number);
	add_text(d, zm_name_text(&d->arena, node->name));
	zm_buf_add(&d->line, ZM_STR("\\n"));
	if (note.text.len > 0) {
		add_text(d, note.text);
	} else {
		zm_buf_printf(&d->line, "lookups: %.*s", ZM_STR_ARG(lookups));
	}
	zm_buf_add(&d->line, ZM_STR("\\n"));
	add_terms(d, node);
	zm_buf_printf(&d->line, "\"%s];", style[mood]);
	put_line(d);
}

static void put_arrows(struct dot *d, const struct zm_spf_node *node)
{
	for (size_t i = 0; i < node->record.count; i++) {
		const struct zm_spf_branch *branch = &node->branch[i];
		if (branch->node == NULL || branch->node->number == SIZE_MAX) {
			continue;
		}
		zm_buf_printf(&d->line, "\tn%zu -> n%zu [label=\"", node->number,
			      branch->node->number);
		if (branch->term->kind == ZM_SPF_INCLUDE && branch->term->qualifier != '+') {
			zm_buf_add_char(&d->line, branch->term->qualifier);
		}
		zm_buf_printf(&d->line, "%s\"%s];", zm_spf_kind_name(branch->term->kind),
			      branch->is_loop ? ", color=red" : "");
		put_line(d);
	}
}

void zm_report_tree_dot(const struct zm_report_tree *report)
{
	struct dot d = {.report = report};
	if (report->zone != NULL) {
		zm_buf_add(&d.line, ZM_STR("// "));
		zm_line_zone(&d.line, report->zone, false);
		put_line(&d);
	}
	fputs("digraph spf {\n\tnode [shape=box, fontname=\"monospace\"];\n", report->out);
	for (size_t i = 0; i < report->graph->count; i++) {
		put_node(&d, report->graph->node[i]);
	}
	for (size_t i = 0; i < report->graph->count; i++) {
		put_arrows(&d, report->graph->node[i]);
	}
	fputs("}\n", report->out);
	zm_buf_release(&d.line);
	zm_buf_release(&d.plain);
	zm_arena_release(&d.arena);
}
