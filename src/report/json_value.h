/*
 * json_value: values for the formats that print JSON, which all of them begin alike: the version
 * of the schema, the tool. `scratch` is a buffer that texts are made in.
 */
#ifndef ZM_REPORT_JSON_VALUE_H
#define ZM_REPORT_JSON_VALUE_H

#include "base/buf.h"
#include "base/name.h"
#include "base/source.h"
#include "zone/zone.h"

#include <jansson.h>
#include <stdio.h>

enum { ZM_JSON_SCHEMA_VERSION = 1 };

/* What is no UTF-8 becomes U+FFFD. */
json_t *zm_json_text(struct zm_buf *scratch, struct zm_str text);
json_t *zm_json_text_or_null(struct zm_buf *scratch, const char *text); /* NULL: null */
json_t *zm_json_texts(struct zm_buf *scratch, const char *const *text, size_t count); /* a list */
json_t *zm_json_number(size_t number);
json_t *zm_json_name(struct zm_buf *scratch, struct zm_name name); /* unset: null */

/* {"byte": 412, "line": 14, "column": 20} */
json_t *zm_json_place(struct zm_source *source, size_t byte);

/* The views that have the zone; [] for NULL. */
json_t *zm_json_views(struct zm_buf *scratch, const struct zm_zone *zone);

/* {"name": "zonemend", "version": "0.1.0"} */
json_t *zm_json_tool(void);

/* Prints on one line, in ASCII, so that no byte can steer a terminal, and forgets the value. */
void zm_json_put(FILE *out, json_t *value);

#endif
