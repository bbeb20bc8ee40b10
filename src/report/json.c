/*
 * json, jsonl: for programs. One finding and one file a line, so that a document of any size is
 * written as it is found, and two of them can be compared by line.
 */
#include "report/json_value.h"
#include "report/report.h"

struct json_state {
	struct zm_arena arena; /* holds this struct */
	struct zm_buf text;    /* scratch for zm_json_text() */
	size_t findings;
	size_t files;
};

/* ---- Values ---- */

static json_t *policy_place(struct json_state *state, struct zm_policy_place policy)
{
	if (policy.file == NULL) {
		return json_null();
	}
	json_t *object = json_object();
	json_object_set_new(object, "file", zm_json_text(&state->text, zm_str_from(policy.file)));
	json_object_set_new(object, "line", zm_json_number(policy.line));
	return object;
}

static json_t *edit(struct json_state *state, const struct zm_edit *edit)
{
	json_t *object = json_object();
	json_object_set_new(object, "file",
			    zm_json_text(&state->text, zm_str_from(edit->source->name)));
	json_object_set_new(object, "start", zm_json_number(edit->at.start));
	json_object_set_new(object, "end", zm_json_number(edit->at.end));
	json_object_set_new(object, "text", zm_json_text(&state->text, edit->text));
	return object;
}

/* Null where the fix cannot be made in this file's layout: no program shall offer it. */
static json_t *fix(struct json_state *state, const struct zm_finding *finding)
{
	if (finding->fix.safety == ZM_FIX_NONE || finding->zone == NULL) {
		return json_null();
	}
	struct zm_arena arena = {0};
	struct zm_edits edits = {0};
	struct zm_error err;
	json_t *object = json_null();
	if (zm_fix_compile(&edits, &arena, finding->zone, &finding->fix, &err)) {
		json_t *list = json_array();
		for (size_t i = 0; i < edits.count; i++) {
			json_array_append_new(list, edit(state, &edits.item[i]));
		}
		object = json_object();
		json_object_set_new(object, "safety",
				    json_string(zm_safety_name(finding->fix.safety)));
		json_object_set_new(object, "title",
				    zm_json_text(&state->text, finding->fix.title));
		json_object_set_new(object, "edits", list);
	}
	zm_arena_release(&arena);
	return object;
}

/* The page of the policy that asks; a rule of its own has none yet. */
static json_t *url(struct json_state *state, const struct zm_report *report,
		   const struct zm_finding *finding)
{
	bool asked = finding->policy.file != NULL && report->policy != NULL;
	if (!asked || report->policy->url.text.data == NULL) {
		return json_null();
	}
	return zm_json_text(&state->text, report->policy->url.text);
}

static json_t *finding_object(struct zm_report *report, const struct zm_finding *finding)
{
	struct json_state *state = report->state;
	struct zm_source *source = finding->source;
	struct zm_name none = {0};
	struct zm_name zone = finding->zone == NULL ? none : finding->zone->origin;
	json_t *object = json_object();
	json_object_set_new(object, "rule", json_string(zm_rule_info[finding->rule].name));
	json_object_set_new(object, "severity", json_string(zm_severity_name(finding->severity)));
	json_object_set_new(object, "message", zm_json_text(&state->text, finding->message));
	json_object_set_new(object, "file", zm_json_text(&state->text, zm_str_from(source->name)));
	json_object_set_new(object, "zone", zm_json_name(&state->text, zone));
	json_object_set_new(object, "views",
			    zm_json_texts(&state->text, report->view, report->views));
	json_object_set_new(object, "owner", zm_json_name(&state->text, finding->owner));
	json_object_set_new(object, "start", zm_json_place(source, finding->at.start));
	json_object_set_new(object, "end", zm_json_place(source, finding->at.end));
	json_object_set_new(object, "policy", policy_place(state, finding->policy));
	json_object_set_new(object, "fix", fix(state, finding));
	json_object_set_new(object, "url", url(state, report, finding));
	return object;
}

static json_t *serial(bool known, uint32_t serial)
{
	return known ? json_integer((json_int_t)serial) : json_null();
}

static json_t *file_object(const struct zm_report *report, const struct zm_report_file *file)
{
	struct json_state *state = report->state;
	bool written = file->fixed && report->task != ZM_REPORT_DIFF;
	struct zm_name none = {0};
	struct zm_name zone = file->zone == NULL ? none : file->zone->origin;
	json_t *object = json_object();
	json_object_set_new(object, "file", zm_json_text(&state->text, zm_str_from(file->path)));
	json_object_set_new(object, "zone", zm_json_name(&state->text, zone));
	json_object_set_new(object, "views", zm_json_texts(&state->text, file->view, file->views));
	json_object_set_new(object, "state", json_string(zm_zone_state_name(file->state)));
	json_object_set_new(object, "serial", serial(file->has_serial, file->serial));
	json_object_set_new(object, "spf_records", zm_json_number(file->spf_records));
	json_object_set_new(object, "fixed", json_boolean(written));
	json_object_set_new(object, "new_serial",
			    serial(written && file->has_new_serial, file->new_serial));
	json_object_set_new(object, "fixed_parts",
			    zm_json_texts(&state->text, file->part, written ? file->parts : 0));
	json_object_set_new(object, "refused", zm_json_text_or_null(&state->text, file->refused));
	return object;
}

static json_t *summary_object(const struct zm_report *report, const struct zm_report_summary *s)
{
	bool planned = report->task == ZM_REPORT_DIFF; /* nothing was written */
	json_t *object = json_object();
	json_object_set_new(object, "files", zm_json_number(s->files));
	json_object_set_new(object, "zones", zm_json_number(s->zones));
	json_object_set_new(object, "records", zm_json_number(s->records));
	json_object_set_new(object, "spf_records", zm_json_number(s->spf_records));
	json_object_set_new(object, "errors", zm_json_number(s->errors));
	json_object_set_new(object, "warnings", zm_json_number(s->warnings));
	json_object_set_new(object, "infos", zm_json_number(s->infos));
	json_object_set_new(object, "fixable", zm_json_number(planned ? s->fixed : s->fixable));
	json_object_set_new(object, "fixed", zm_json_number(planned ? 0 : s->fixed));
	json_object_set_new(object, "hidden", zm_json_number(s->hidden));
	return object;
}

/* ---- Documents ---- */

static void begin_state(struct zm_report *report)
{
	struct zm_arena arena = {0};
	struct json_state *state = zm_arena_alloc(&arena, sizeof(*state));
	state->arena = arena;
	report->state = state;
}

static void end_state(struct zm_report *report)
{
	struct json_state *state = report->state;
	zm_buf_release(&state->text);
	struct zm_arena arena = state->arena;
	zm_arena_release(&arena);
	report->state = NULL;
}

static void begin_json(struct zm_report *report)
{
	begin_state(report);
	fprintf(report->out,
		"{\"schema_version\": %d, \"tool\": {\"name\": \"zonemend\", \"version\": "
		"\"" ZM_VERSION "\"},\n \"findings\": [",
		ZM_JSON_SCHEMA_VERSION);
}

static void put_finding_json(struct zm_report *report, const struct zm_finding *finding)
{
	struct json_state *state = report->state;
	fputs(state->findings++ == 0 ? "\n  " : ",\n  ", report->out);
	zm_json_put(report->out, finding_object(report, finding));
}

static void end_findings(struct zm_report *report)
{
	struct json_state *state = report->state;
	fputs(state->findings == 0 ? "],\n \"files\": [" : "\n ],\n \"files\": [", report->out);
}

static void put_file_json(struct zm_report *report, const struct zm_report_file *file)
{
	struct json_state *state = report->state;
	if (state->files == 0) {
		end_findings(report);
	}
	fputs(state->files++ == 0 ? "\n  " : ",\n  ", report->out);
	zm_json_put(report->out, file_object(report, file));
}

static void end_json(struct zm_report *report, const struct zm_report_summary *summary)
{
	struct json_state *state = report->state;
	if (state->files == 0) {
		end_findings(report);
	}
	fputs(state->files == 0 ? "],\n \"summary\": " : "\n ],\n \"summary\": ", report->out);
	zm_json_put(report->out, summary_object(report, summary));
	fputs("}\n", report->out);
	end_state(report);
}

static void put_finding_jsonl(struct zm_report *report, const struct zm_finding *finding)
{
	zm_json_put(report->out, finding_object(report, finding));
	fputc('\n', report->out);
}

static void put_no_file(struct zm_report *report, const struct zm_report_file *file)
{
	(void)report;
	(void)file;
}

static void end_jsonl(struct zm_report *report, const struct zm_report_summary *summary)
{
	zm_json_put(report->out, summary_object(report, summary));
	fputc('\n', report->out);
	end_state(report);
}

const struct zm_report_format zm_report_json = {
	"json", begin_json, put_finding_json, NULL, put_file_json, end_json, true,
};
const struct zm_report_format zm_report_jsonl = {
	"jsonl", begin_state, put_finding_jsonl, NULL, put_no_file, end_jsonl, true,
};
