/* tree for programs: one object a line, one line for each of several zones; a record that was shown
 * before is named, not shown again. */
#include "report/tree.h"

#include "report/amount.h"
#include "report/json_value.h"
#include "zone/zone.h"

struct tree {
	const struct zm_report_tree *report;
	struct zm_arena arena;
	struct zm_buf scratch;
	bool *shown; /* one a node */
};

static json_t *text(struct tree *t, struct zm_str s)
{
	return zm_json_text(&t->scratch, s);
}

static json_t *note_or_null(struct tree *t, struct zm_tree_note note)
{
	static const char *const level[] = {"info", "warning", "error"};
	if (note.text.len == 0) {
		return json_null();
	}
	json_t *object = json_object();
	json_object_set_new(object, "level", json_string(level[note.mood]));
	json_object_set_new(object, "text", text(t, note.text));
	return object;
}

/* The number of lookups is the same for both families. */
static json_t *cost_object(const struct zm_spf_cost *cost)
{
	const struct zm_spf_cost *cost6 = cost + 1;
	json_t *voids = json_object();
	json_t *object = json_object();
	json_object_set_new(voids, "ipv4", zm_json_number(cost->voids));
	json_object_set_new(voids, "ipv6", zm_json_number(cost6->voids));
	json_object_set_new(object, "lookups", zm_json_number(cost->lookups));
	json_object_set_new(object, "at_least", json_boolean(cost->is_open));
	json_object_set_new(object, "loops", json_boolean(cost->is_endless));
	json_object_set_new(object, "void_lookups", voids);
	return object;
}

static json_t *record_object(struct tree *t, const struct zm_spf_node *node);

static json_t *term_object(struct tree *t, const struct zm_spf_node *node, size_t i)
{
	const struct zm_spf_branch *branch = &node->branch[i];
	const struct zm_spf_node *next = branch->node;
	json_t *object = json_object();
	json_object_set_new(object, "term", text(t, branch->term->text));
	json_object_set_new(object, "reached", json_boolean(branch->is_reached));
	json_object_set_new(object, "depends_on_client", json_boolean(branch->depends));
	json_object_set_new(object, "cost", branch->asks ? cost_object(branch->cost) : json_null());
	json_object_set_new(object, "note",
			    note_or_null(t, zm_tree_term_note(&t->arena, node, branch)));
	json_object_set_new(object, "record", next == NULL ? json_null() : record_object(t, next));
	return object;
}

/* Null where it was shown before. */
static json_t *terms_of(struct tree *t, const struct zm_spf_node *node)
{
	if (node->number == SIZE_MAX || t->shown[node->number]) {
		return json_null();
	}
	t->shown[node->number] = true;
	json_t *array = json_array();
	for (size_t i = 0; i < node->record.count; i++) {
		json_array_append_new(array, term_object(t, node, i));
	}
	return array;
}

static json_t *record_object(struct tree *t, const struct zm_spf_node *node)
{
	const struct zm_record *record = node->from;
	json_t *object = json_object();
	json_object_set_new(object, "name", zm_json_name(&t->scratch, node->name));
	json_object_set_new(object, "record",
			    node->record.text.len == 0 ? json_null() : text(t, node->record.text));
	json_object_set_new(object, "file",
			    record == NULL ? json_null()
					   : text(t, zm_str_from(record->source->name)));
	json_object_set_new(object, "start",
			    record == NULL ? json_null()
					   : zm_json_place(record->source, record->at.start));
	json_object_set_new(object, "note", note_or_null(t, zm_tree_record_note(&t->arena, node)));
	json_object_set_new(object, "cost", cost_object(node->cost));
	json_object_set_new(object, "terms", terms_of(t, node));
	return object;
}

/* ---- Addresses ---- */

static json_t *ranges_of(struct tree *t, const struct zm_tally_row *row, size_t family)
{
	unsigned number = zm_family_number(family);
	struct zm_ranges set = zm_tally_ranges(&t->arena, row, t->report->space->family[family],
					       family, t->report->verdicts);
	json_t *array = json_array();
	for (size_t i = 0; i < set.count; i++) {
		struct zm_ip_text first;
		struct zm_ip_text last;
		json_t *pair = json_array();
		json_array_append_new(
			pair, text(t, zm_ip_print(&first, zm_addr_ip(set.item[i].first, number))));
		json_array_append_new(
			pair, text(t, zm_ip_print(&last, zm_addr_ip(set.item[i].last, number))));
		json_array_append_new(array, pair);
	}
	return array;
}

static json_t *family_object(struct tree *t, const struct zm_tally_row *row, size_t family)
{
	json_t *object = json_object();
	json_object_set_new(object, "count", text(t, zm_count_text(&t->arena, row->count[family])));
	json_object_set_new(object, "ranges", ranges_of(t, row, family));
	return object;
}

static json_t *addresses(struct tree *t)
{
	const struct zm_report_tree *report = t->report;
	struct zm_tally tally;
	json_t *array = json_array();
	zm_tally_count(&tally, &t->arena, report->space, report->verdicts);
	for (size_t i = 0; i < tally.count; i++) {
		const struct zm_tally_row *row = &tally.row[i];
		const struct zm_verdict *verdict = &report->verdicts->verdict[row->verdict];
		bool is_result = verdict->kind == ZM_VERDICT_RESULT;
		json_t *object = json_object();
		json_object_set_new(object, "result",
				    is_result ? json_string(zm_spf_result_name(verdict->result))
					      : json_null());
		json_object_set_new(object, "verdict", text(t, row->text));
		json_object_set_new(object, "ipv4", family_object(t, row, ZM_IP4));
		json_object_set_new(object, "ipv6", family_object(t, row, ZM_IP6));
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *loops(struct tree *t)
{
	const struct zm_spf_limits *limits = t->report->limits;
	json_t *array = json_array();
	for (size_t i = 0; i < limits->loops; i++) {
		json_t *names = json_array();
		for (size_t j = 0; j < limits->loop[i].count; j++) {
			struct zm_name name = limits->loop[i].node[j]->name;
			json_array_append_new(names, zm_json_name(&t->scratch, name));
		}
		json_array_append_new(array, names);
	}
	return array;
}

void zm_report_tree_json(const struct zm_report_tree *report)
{
	struct tree t = {.report = report};
	const struct zm_spf_node *root = report->graph->node[0];
	json_t *object = json_object();
	t.shown = zm_arena_array(&t.arena, report->graph->count, sizeof(*t.shown));
	json_object_set_new(object, "schema_version", json_integer(ZM_JSON_SCHEMA_VERSION));
	json_object_set_new(object, "tool", zm_json_tool());
	json_object_set_new(object, "name", zm_json_name(&t.scratch, root->name));
	json_object_set_new(object, "views", zm_json_views(&t.scratch, report->zone));
	json_object_set_new(object, "lookup_limit", json_integer(ZM_SPF_LOOKUPS_MAX));
	json_object_set_new(object, "void_lookup_limit", json_integer(ZM_SPF_VOIDS_MAX));
	json_object_set_new(object, "complete", json_boolean(!report->space->is_cut));
	json_object_set_new(object, "loops", loops(&t));
	json_object_set_new(object, "tree", record_object(&t, root));
	json_object_set_new(object, "addresses", addresses(&t));
	zm_json_put(report->out, object);
	fputc('\n', report->out);
	zm_buf_release(&t.scratch);
	zm_arena_release(&t.arena);
}
