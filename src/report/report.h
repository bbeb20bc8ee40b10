/*
 * report: findings and outcomes for people and machines; one file per format behind one interface.
 *
 *	const struct zm_report_format *format = zm_report_format_find(ZM_STR("json"));
 *	struct zm_report report = {.out = stdout, ...};
 *	format->begin(&report);
 *	format->finding(&report, finding); ...
 *	format->file(&report, file); ...
 *	format->end(&report, summary);
 *
 * Findings come first, file by file, then the files, then the end, which also releases what the
 * format holds. A format prints; it decides nothing. Whether `out` took it all is for its owner to
 * ask (ferror, fclose).
 */
#ifndef ZM_REPORT_REPORT_H
#define ZM_REPORT_REPORT_H

#include "fix/compile.h"
#include "lint/lint.h"
#include "zone/nameserver.h"

#include <stdio.h>

enum zm_zone_state {
	ZM_STATE_STATIC,
	ZM_STATE_DYNAMIC,   /* the server writes the file, for the zone takes updates */
	ZM_STATE_SIGNED,    /* the file holds signatures */
	ZM_STATE_INLINE,    /* the server signs a copy */
	ZM_STATE_GENERATED, /* a program writes the file */
};
const char *zm_zone_state_name(enum zm_zone_state state);

/* What became of one file. */
struct zm_report_file {
	const char *path;
	bool is_nameless;           /* standard input: no server reads what a filter prints */
	const struct zm_zone *zone; /* may be NULL */
	const char *const *view;    /* those of the server that have the zone so */
	size_t views;
	enum zm_zone_state state;
	bool has_serial;
	uint32_t serial; /* as it was read */
	size_t spf_records;
	bool is_frozen;                     /* for the fix: the server has to thaw it */
	const struct zm_nameserver *server; /* the one that is to read the file again */
	bool fixed;                         /* written, or planned under --diff */
	const char *const *part;            /* when fixed: files that it includes and that were */
	size_t parts;
	bool is_elsewhere; /* when fixed: only those changed, not the file itself */
	bool has_new_serial;
	uint32_t new_serial; /* when fixed and the serial was bumped */
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
	size_t hidden;  /* findings that are counted and not reported */
	size_t fixed;   /* findings that were mended, or would be under --diff */
	size_t files_fixed;
	size_t by_rule[ZM_RULE_COUNT]; /* findings of each rule */
};

enum zm_report_task { ZM_REPORT_CHECK, ZM_REPORT_FIX, ZM_REPORT_DIFF, ZM_REPORT_ZONES };

struct zm_report {
	FILE *out;
	enum zm_report_task task;
	bool color;
	bool quiet;        /* no summary */
	size_t max;        /* findings of a zone that are reported */
	bool counts;       /* --summary: how often each rule found something, instead of where */
	const char *retry; /* the options and paths for "zonemend fix zones/", fit for a shell */
	const struct zm_policy *policy; /* of the findings that follow; may change between files */
	const char *const *view;        /* likewise */
	size_t views;
	const struct zm_name *also; /* of the finding that follows: other zones that have it too */
	size_t alsos;
	void *state; /* the format's own, from begin to end */
};

struct zm_report_format {
	const char *name;
	void (*begin)(struct zm_report *report);
	void (*finding)(struct zm_report *report, const struct zm_finding *finding);
	/* So many more of that file are not reported; NULL: the end tells. */
	void (*hidden)(struct zm_report *report, const char *path, size_t count);
	void (*file)(struct zm_report *report, const struct zm_report_file *file);
	void (*end)(struct zm_report *report, const struct zm_report_summary *summary);
	bool is_for_programs; /* --summary leaves nothing out of it */
};

extern const struct zm_report_format zm_report_text;
extern const struct zm_report_format zm_report_concise;
extern const struct zm_report_format zm_report_json;
extern const struct zm_report_format zm_report_jsonl;

extern const struct zm_report_format *const zm_report_formats[]; /* ended by NULL */

/* The format of that name, or NULL. */
const struct zm_report_format *zm_report_format_find(struct zm_str name);

#endif
