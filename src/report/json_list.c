#include "report/json_list.h"

#include <jansson.h>

static bool take_all(const json_t *array, struct zm_arena *arena, zm_json_taker *take,
		     void *context, struct zm_error *err)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *item = json_array_get(array, i);
		if (!json_is_string(item)) {
			return zm_error_set(err, "item %zu of the array is no text", i + 1);
		}
		const struct zm_str text = {json_string_value(item), json_string_length(item)};
		if (!take(context, arena, text, err)) {
			return false;
		}
	}
	return true;
}

bool zm_json_each_text(struct zm_arena *arena, const char *text, zm_json_taker *take, void *context,
		       struct zm_error *err)
{
	json_error_t why;
	json_t *array = json_loads(text, 0, &why);
	bool good = json_is_array(array)
			    ? take_all(array, arena, take, context, err)
			    : zm_error_set(err, "is no JSON array: %s",
					   array == NULL ? why.text : "it is another value");
	json_decref(array);
	return good;
}
