#include "report/json_value.h"
#include "report/listing.h"

static json_t *number_if(bool known, size_t number)
{
	return known ? zm_json_number(number) : json_null();
}

static json_t *text_if(struct zm_buf *scratch, bool known, const char *text)
{
	return zm_json_text_or_null(scratch, known ? text : NULL);
}

static json_t *row_object(struct zm_buf *scratch, const struct zm_listing_row *row)
{
	bool has_serial = row->was_read && row->has_serial;
	json_t *object = json_object();
	json_object_set_new(object, "zone", zm_json_name(scratch, row->zone));
	json_object_set_new(object, "views", zm_json_texts(scratch, row->view, row->views));
	json_object_set_new(object, "file", zm_json_text_or_null(scratch, row->file));
	json_object_set_new(object, "type", zm_json_text_or_null(scratch, row->type));
	json_object_set_new(object, "records", number_if(row->was_read, row->records));
	json_object_set_new(object, "spf_records", number_if(row->was_read, row->spf_records));
	json_object_set_new(object, "serial", number_if(has_serial, row->serial));
	json_object_set_new(object, "serial_style",
			    text_if(scratch, row->was_read, row->serial_style));
	json_object_set_new(object, "state", text_if(scratch, row->was_read, row->state));
	json_object_set_new(object, "editable", json_boolean(row->obstacle == NULL));
	json_object_set_new(object, "why_not", zm_json_text_or_null(scratch, row->obstacle));
	return object;
}

static json_t *summary_object(const struct zm_listing *listing)
{
	size_t editable = 0;
	for (size_t i = 0; i < listing->count; i++) {
		editable += listing->row[i].obstacle == NULL;
	}
	json_t *object = json_object();
	json_object_set_new(object, "zones", zm_json_number(listing->count));
	json_object_set_new(object, "editable", zm_json_number(editable));
	return object;
}

void zm_listing_json(FILE *out, const struct zm_listing *listing)
{
	struct zm_buf scratch = {0};
	fprintf(out, "{\"schema_version\": %d, \"tool\": ", ZM_JSON_SCHEMA_VERSION);
	zm_json_put(out, zm_json_tool());
	fputs(",\n \"zones\": [", out);
	for (size_t i = 0; i < listing->count; i++) {
		fputs(i == 0 ? "\n  " : ",\n  ", out);
		zm_json_put(out, row_object(&scratch, &listing->row[i]));
	}
	fputs(listing->count == 0 ? "],\n \"summary\": " : "\n ],\n \"summary\": ", out);
	zm_json_put(out, summary_object(listing));
	fputs("}\n", out);
	zm_buf_release(&scratch);
}

void zm_listing_jsonl(FILE *out, const struct zm_listing *listing)
{
	struct zm_buf scratch = {0};
	for (size_t i = 0; i < listing->count; i++) {
		zm_json_put(out, row_object(&scratch, &listing->row[i]));
		fputc('\n', out);
	}
	zm_json_put(out, summary_object(listing));
	fputc('\n', out);
	zm_buf_release(&scratch);
}
