/*
 * listing: which zones there are, and whether they may be edited: the answer of `zones`, as a table
 * for people and as JSON.
 */
#ifndef ZM_REPORT_LISTING_H
#define ZM_REPORT_LISTING_H

#include "base/name.h"

#include <stdio.h>

/* One zone in one file. */
struct zm_listing_row {
	struct zm_name zone;
	const char *const *view; /* those of the server that have it so */
	size_t views;
	const char *file; /* NULL: it is kept in none */
	const char *type; /* as the configuration says; NULL: there is none */
	bool was_read;    /* else what follows is not known, up to `obstacle` */
	size_t records;
	size_t spf_records;
	bool has_serial;
	uint32_t serial;
	const char *serial_style; /* NULL: there is no serial; a placeholder has a style */
	const char *state;
	const char *obstacle; /* why a fix may not write it; NULL: it may */
};

struct zm_listing {
	struct zm_listing_row *row;
	size_t count;
	bool has_types; /* a configuration was read: the table has its columns */
	bool quiet;     /* no line that adds up */
};

void zm_listing_text(FILE *out, const struct zm_listing *listing);
void zm_listing_json(FILE *out, const struct zm_listing *listing);
void zm_listing_jsonl(FILE *out, const struct zm_listing *listing); /* the summary comes last */

#endif
