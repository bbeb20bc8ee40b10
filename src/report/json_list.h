/*
 * json_list: a JSON array of strings, read.
 */
#ifndef ZM_REPORT_JSON_LIST_H
#define ZM_REPORT_JSON_LIST_H

#include "base/arena.h"
#include "base/error.h"

/* What becomes of each string; false ends it, with `err`. */
typedef bool zm_json_taker(void *context, struct zm_arena *arena, struct zm_str text,
			   struct zm_error *err);

/* False also when the text is no such array: `err` says why. */
bool zm_json_each_text(struct zm_arena *arena, const char *text, zm_json_taker *take, void *context,
		       struct zm_error *err);

#endif
