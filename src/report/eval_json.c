/* eval for programs: one object. */
#include "report/eval.h"

#include "report/json_value.h"
#include "zone/zone.h"

/* Text, or null where it is empty. */
static json_t *text(struct zm_buf *scratch, struct zm_str s)
{
	return s.len == 0 ? json_null() : zm_json_text(scratch, s);
}

static json_t *question(struct zm_buf *scratch, const struct zm_question *q)
{
	if (!zm_name_is_set(q->name)) {
		return json_null();
	}
	json_t *object = json_object();
	json_object_set_new(object, "name", zm_json_name(scratch, q->name));
	json_object_set_new(object, "type", json_string(zm_ask_name(q->type)));
	return object;
}

static json_t *place(struct zm_buf *scratch, const struct zm_eval_place *place)
{
	const struct zm_record *record = zm_eval_record(place->visit);
	struct zm_str none = {0};
	json_t *object = json_object();
	json_object_set_new(object, "domain", zm_json_text(scratch, place->visit->domain));
	json_object_set_new(object, "record", zm_json_text(scratch, place->visit->record.text));
	json_object_set_new(object, "term",
			    text(scratch, place->term == NULL ? none : place->term->text));
	if (record == NULL) {
		json_object_set_new(object, "file", json_null());
		json_object_set_new(object, "start", json_null());
		json_object_set_new(object, "end", json_null());
		return object;
	}
	struct zm_span at = zm_eval_span(place);
	json_object_set_new(object, "file",
			    zm_json_text(scratch, zm_str_from(record->source->name)));
	json_object_set_new(object, "start", zm_json_place(record->source, at.start));
	json_object_set_new(object, "end", zm_json_place(record->source, at.end));
	return object;
}

static json_t *places(struct zm_buf *scratch, const struct zm_spf_outcome *outcome)
{
	struct zm_eval_place item[ZM_EVAL_PLACES_MAX];
	size_t count = zm_eval_places(item, outcome);
	json_t *array = json_array();
	for (size_t i = 0; i < count; i++) {
		json_array_append_new(array, place(scratch, &item[i]));
	}
	return array;
}

static const char *status_name(enum zm_answer_status status)
{
	static const char *const name[] = {
		[ZM_ANSWER_FOUND] = "found",     [ZM_ANSWER_NO_DATA] = "no-data",
		[ZM_ANSWER_NO_NAME] = "no-name", [ZM_ANSWER_ERROR] = "error",
		[ZM_ANSWER_UNKNOWN] = "unknown",
	};
	return name[status];
}

static json_t *asked(struct zm_buf *scratch, const struct zm_spf_step *step)
{
	json_t *object = question(scratch, &step->question);
	json_object_set_new(object, "status", json_string(status_name(step->answer.status)));
	json_object_set_new(object, "records", zm_json_number(step->answer.count));
	return object;
}

static json_t *step(struct zm_buf *scratch, const struct zm_spf_step *step)
{
	json_t *object = json_object();
	json_object_set_new(object, "domain", zm_json_text(scratch, step->visit->domain));
	json_object_set_new(object, "depth", zm_json_number(step->visit->depth));
	if (step->term != NULL) {
		json_object_set_new(object, "term", zm_json_text(scratch, step->term->text));
	}
	switch (step->kind) {
	case ZM_STEP_ASKED:
		json_object_set_new(object, "asked", asked(scratch, step));
		break;
	case ZM_STEP_RECORD:
		json_object_set_new(object, "record",
				    zm_json_text(scratch, step->visit->record.text));
		break;
	case ZM_STEP_MATCH:
	case ZM_STEP_NO_MATCH:
		json_object_set_new(object, "matches", json_boolean(step->kind == ZM_STEP_MATCH));
		break;
	case ZM_STEP_END:
		json_object_set_new(object, "result",
				    json_string(zm_spf_result_name(step->result)));
		break;
	}
	return object;
}

static json_t *steps(struct zm_buf *scratch, const struct zm_spf_outcome *outcome)
{
	json_t *array = json_array();
	for (size_t i = 0; i < outcome->steps; i++) {
		json_array_append_new(array, step(scratch, &outcome->step[i]));
	}
	return array;
}

static void add_counts(json_t *object, const struct zm_spf_outcome *outcome)
{
	json_object_set_new(object, "lookups", zm_json_number(outcome->lookups));
	json_object_set_new(object, "void_lookups", zm_json_number(outcome->voids));
	json_object_set_new(object, "questions", zm_json_number(outcome->questions));
}

static json_t *evaluation(struct zm_buf *scratch, const struct zm_report_eval *report,
			  const struct zm_evaluation *item)
{
	const struct zm_spf_outcome *outcome = item->outcome;
	json_t *object = json_object();
	json_object_set_new(object, "result", json_string(zm_spf_result_name(outcome->result)));
	json_object_set_new(object, "views", zm_json_views(scratch, item->zone));
	json_object_set_new(object, "domain", zm_json_text(scratch, outcome->domain));
	json_object_set_new(object, "why", text(scratch, outcome->why));
	json_object_set_new(object, "unknown", question(scratch, &outcome->unknown));
	json_object_set_new(object, "explanation", text(scratch, outcome->explanation));
	json_object_set_new(object, "unexplained", text(scratch, outcome->unexplained));
	json_object_set_new(object, "path", places(scratch, outcome));
	add_counts(object, outcome);
	if (report->verbose) {
		json_object_set_new(object, "steps", steps(scratch, outcome));
	}
	return object;
}

void zm_report_eval_json(const struct zm_report_eval *report)
{
	struct zm_buf scratch = {0};
	struct zm_ip_text ip;
	json_t *object = json_object();
	json_t *array = json_array();
	for (size_t i = 0; i < report->items; i++) {
		json_array_append_new(array, evaluation(&scratch, report, &report->item[i]));
	}
	json_object_set_new(object, "schema_version", json_integer(ZM_JSON_SCHEMA_VERSION));
	json_object_set_new(object, "tool", zm_json_tool());
	json_object_set_new(object, "ip",
			    zm_json_text(&scratch, zm_ip_print(&ip, report->client->ip)));
	json_object_set_new(object, "sender",
			    zm_json_text(&scratch, report->item[0].outcome->sender));
	json_object_set_new(object, "helo", text(&scratch, report->client->helo));
	json_object_set_new(object, "evaluations", array);
	zm_json_put(report->out, object);
	fputc('\n', report->out);
	zm_buf_release(&scratch);
}
