/*
 * report: findings and outcomes for people and machines; one file per format behind one interface.
 *
 *	const struct zm_report_format *format = zm_report_format_find("json");
 *	struct zm_report report = {.out = stdout, ...};
 *	format->begin(&report); format->finding(&report, finding); ... format->file(&report, file);
 *... format->end(&report, summary);
 *
 * Findings come first, file by file, then the files, then the end. A format prints; it decides
 *nothing.
 */
#ifndef ZM_REPORT_REPORT_H
#define ZM_REPORT_REPORT_H

#include "fix/compile.h"
#include "lint/lint.h"

#include <stdio.h>

enum zm_zone_state { ZM_STATE_STATIC, ZM_STATE_SIGNED, ZM_STATE_GENERATED };
const char *zm_zone_state_name(enum zm_zone_state state);

/* What became of one file. */
struct zm_report_file {
	const char *path;
	const struct zm_zone *zone; /* may be NULL */
	enum zm_zone_state state;
	bool has_serial;
	uint32_t serial;
	size_t spf_records;
	bool fixed;          /* written, or planned under --diff */
	uint32_t new_serial; /* when fixed and the serial was bumped */
	bool has_new_serial;
	const char *serial_style;
	size_t records_changed;
	const char *refused; /* why a fix was not made, or NULL */
};

struct zm_report_summary {
	size_t files;
	size_t zones;
	size_t zones_with_findings;
	size_t records;
	size_t spf_records;
	size_t errors;
	size_t warnings;
	size_t infos;
	size_t fixable; /* findings that `fix` without --unsafe would mend */
	size_t fixed;   /* findings that were mended */
};

struct zm_report {
	FILE *out;
	bool color;
	bool quiet;        /* no summary line */
	const char *paths; /* the paths as given, for "zonemend fix zones/" */
	const struct zm_policy *policy;
	void *state; /* the format's own */
};

struct zm_report_format {
	const char *name;
	void (*begin)(struct zm_report *report);
	void (*finding)(struct zm_report *report, const struct zm_finding *finding);
	void (*file)(struct zm_report *report, const struct zm_report_file *file);
	void (*end)(struct zm_report *report, const struct zm_report_summary *summary);
};

extern const struct zm_report_format zm_report_text;
extern const struct zm_report_format zm_report_concise;
extern const struct zm_report_format zm_report_json;

/* The format of that name, or NULL; `names` then lists the known ones for a message. */
const struct zm_report_format *zm_report_format_find(struct zm_str name);
extern const struct zm_report_format *const zm_report_formats[]; /* ended by NULL */

#endif
