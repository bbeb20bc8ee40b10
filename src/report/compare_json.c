/* compare for programs: one object. */
#include "report/compare.h"

#include "report/json_value.h"
#include "report/verdict.h"

struct json_state {
	struct zm_arena arena; /* holds this struct */
	struct zm_buf scratch;
	json_t *names;
};

static json_t *family_object(struct json_state *state, struct zm_ranges set, size_t family)
{
	struct zm_arena arena = {0};
	size_t count;
	const struct zm_network *network =
		zm_ranges_networks(&arena, set, zm_family_number(family), &count);
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		struct zm_str text = zm_network_text(&arena, network[i]);
		json_array_append_new(list, zm_json_text(&state->scratch, text));
	}
	json_t *object = json_object();
	struct zm_str addresses = zm_count_text(&arena, zm_ranges_count(set));
	json_object_set_new(object, "count", zm_json_text(&state->scratch, addresses));
	json_object_set_new(object, "networks", list);
	zm_arena_release(&arena);
	return object;
}

static json_t *verdict_text(struct json_state *state, const struct zm_verdicts *pool,
			    uint32_t verdict)
{
	struct zm_arena arena = {0};
	json_t *text = zm_json_text(&state->scratch, zm_verdict_text(&arena, pool, verdict));
	zm_arena_release(&arena);
	return text;
}

static json_t *change_object(struct json_state *state, const struct zm_verdicts *pool,
			     const struct zm_change *change)
{
	static const char *const kind[] = {"gain", "loss", "other"};
	json_t *object = json_object();
	json_object_set_new(object, "kind", json_string(kind[change->kind]));
	json_object_set_new(object, "before", verdict_text(state, pool, change->before));
	json_object_set_new(object, "after", verdict_text(state, pool, change->after));
	json_object_set_new(object, "ipv4", family_object(state, change->set[ZM_IP4], ZM_IP4));
	json_object_set_new(object, "ipv6", family_object(state, change->set[ZM_IP6], ZM_IP6));
	return object;
}

static json_t *record_object(struct json_state *state, const struct zm_spf_node *node)
{
	json_t *object = json_object();
	json_object_set_new(object, "record",
			    node->record.text.len == 0
				    ? json_null()
				    : zm_json_text(&state->scratch, node->record.text));
	json_object_set_new(object, "lookups", zm_json_number(node->cost[ZM_IP4].lookups));
	return object;
}

static void begin(struct zm_report_compare *report)
{
	struct zm_arena arena = {0};
	struct json_state *state = zm_arena_alloc(&arena, sizeof(*state));
	state->arena = arena;
	state->names = json_array();
	report->state = state;
}

static void put_name(struct zm_report_compare *report, const struct zm_compared *name)
{
	struct json_state *state = report->state;
	json_t *changes = json_array();
	for (size_t i = 0; i < name->changes->count; i++) {
		json_array_append_new(
			changes, change_object(state, name->verdicts, &name->changes->item[i]));
	}
	json_t *object = json_object();
	json_object_set_new(object, "name", zm_json_name(&state->scratch, name->after->name));
	json_object_set_new(object, "before", record_object(state, name->before));
	json_object_set_new(object, "after", record_object(state, name->after));
	json_object_set_new(object, "changes", changes);
	json_array_append_new(state->names, object);
}

static void end(struct zm_report_compare *report, size_t names)
{
	struct json_state *state = report->state;
	json_t *object = json_object();
	json_object_set_new(object, "schema_version", json_integer(ZM_JSON_SCHEMA_VERSION));
	json_object_set_new(object, "tool", zm_json_tool());
	json_object_set_new(object, "compared", zm_json_number(names));
	json_object_set_new(object, "names", state->names);
	zm_json_put(report->out, object);
	fputc('\n', report->out);
	zm_buf_release(&state->scratch);
	struct zm_arena arena = state->arena;
	zm_arena_release(&arena);
	report->state = NULL;
}

const struct zm_compare_format zm_compare_json = {begin, put_name, end};
