#include "report/json_value.h"

#include "report/escape.h"

enum { FLAGS = JSON_ENSURE_ASCII | JSON_PRESERVE_ORDER };

json_t *zm_json_text(struct zm_buf *scratch, struct zm_str text)
{
	zm_buf_clear(scratch);
	zm_utf8_repair(scratch, text);
	return json_stringn(scratch->len == 0 ? "" : scratch->data, scratch->len);
}

json_t *zm_json_text_or_null(struct zm_buf *scratch, const char *text)
{
	return text == NULL ? json_null() : zm_json_text(scratch, zm_str_from(text));
}

json_t *zm_json_texts(struct zm_buf *scratch, const char *const *text, size_t count)
{
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		json_array_append_new(list, zm_json_text(scratch, zm_str_from(text[i])));
	}
	return list;
}

json_t *zm_json_number(size_t number)
{
	return json_integer((json_int_t)number);
}

json_t *zm_json_name(struct zm_buf *scratch, struct zm_name name)
{
	if (!zm_name_is_set(name)) {
		return json_null();
	}
	struct zm_arena arena = {0};
	json_t *value = zm_json_text(scratch, zm_name_text(&arena, name));
	zm_arena_release(&arena);
	return value;
}

json_t *zm_json_place(struct zm_source *source, size_t byte)
{
	struct zm_position at = zm_source_position(source, byte);
	json_t *object = json_object();
	json_object_set_new(object, "byte", zm_json_number(byte));
	json_object_set_new(object, "line", zm_json_number(at.line));
	json_object_set_new(object, "column", zm_json_number(at.column));
	return object;
}

json_t *zm_json_views(struct zm_buf *scratch, const struct zm_zone *zone)
{
	json_t *array = json_array();
	for (size_t i = 0; zone != NULL && i < zone->views; i++) {
		json_array_append_new(array, zm_json_text(scratch, zm_str_from(zone->view[i])));
	}
	return array;
}

json_t *zm_json_tool(void)
{
	json_t *object = json_object();
	json_object_set_new(object, "name", json_string("zonemend"));
	json_object_set_new(object, "version", json_string(ZM_VERSION));
	return object;
}

void zm_json_put(FILE *out, json_t *value)
{
	if (value == NULL) {
		zm_out_of_memory(); /* the only way to fail: every string is valid UTF-8 */
	}
	json_dumpf(value, out, FLAGS); /* what cannot be written, `out` remembers */
	json_decref(value);
}
