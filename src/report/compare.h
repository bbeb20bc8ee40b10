/*
 * compare: who gains and who loses between two states of the zones, name by name.
 *
 *	example.com. and 3 other names
 *	  + 198.51.100.0/24 (256 addresses) could not send and now passes
 *	  - 203.0.113.7 could send and now fails
 *	4 of 12 SPF names differ
 *
 * A name is told about while what is known of it lives; what is to be printed at the end, the
 *format keeps itself.
 */
#ifndef ZM_REPORT_COMPARE_H
#define ZM_REPORT_COMPARE_H

#include "base/buf.h"
#include "spf/compare.h"
#include "spf/graph.h"

#include <stdio.h>

/* One name that differs. */
struct zm_compared {
	const struct zm_spf_node *before; /* the name's own record, with its costs */
	const struct zm_spf_node *after;
	const struct zm_changes *changes;
	const struct zm_verdicts *verdicts;
};

struct zm_report_compare {
	FILE *out;
	bool color;
	bool verbose; /* all names and networks */
	bool quiet;   /* no summary */
	void *state;  /* the format's own, from begin to end */
};

struct zm_compare_format {
	void (*begin)(struct zm_report_compare *report);
	void (*name)(struct zm_report_compare *report, const struct zm_compared *name);
	void (*end)(struct zm_report_compare *report, size_t names); /* those that were compared */
};

extern const struct zm_compare_format zm_compare_text;
extern const struct zm_compare_format zm_compare_json;

/* The lines of one name; for the text format. */
void zm_compare_lines(struct zm_buf *out, const struct zm_report_compare *report,
		      const struct zm_compared *name);

#endif
