/*
 * line: what the formats for people share: the line of a finding, of a file and of the whole run.
 * Everything that comes from outside is escaped here.
 */
#ifndef ZM_REPORT_LINE_H
#define ZM_REPORT_LINE_H

#include "base/buf.h"
#include "report/report.h"

enum zm_paint { ZM_PLAIN, ZM_BOLD, ZM_RED, ZM_YELLOW, ZM_BLUE, ZM_GREEN, ZM_DIM };

/* Adds the escape sequence that starts that colour, ZM_PLAIN ends it; nothing without `color`. */
void zm_paint(struct zm_buf *line, bool color, enum zm_paint paint);

/* `zones/a.zone:14:20: error[policy-require] message`, no line end. */
void zm_line_finding(struct zm_buf *line, const struct zm_finding *finding, bool color);

/* `b.example., c.example. and 12 more zones`: those that have the finding too. */
void zm_line_also(struct zm_buf *line, const struct zm_report *report);

/* `zones/a.zone: 12 more findings are not shown (--max-findings 10000)` and the line end, to the
 * report's stream. */
void zm_line_hidden(struct zm_report *report, const char *path, size_t count);

/* `fixed zones/a.zone: 1 record, serial 1 -> 2 (increment)` and the reload step; nothing for a
 * file that was left alone. Why it was is no finding, so it is not for standard output. */
void zm_line_file(struct zm_buf *line, const struct zm_report *report,
		  const struct zm_report_file *file);

/* `bumped zones/a.zone: serial 1 -> 2 (increment)` and the reload step. */
void zm_line_bumped(struct zm_buf *line, const struct zm_report_file *file);

/* `2 errors, 1 warning in 1 of 12 zones; 3 can be fixed: zonemend fix zones/`. */
void zm_line_summary(struct zm_buf *line, const struct zm_report *report,
		     const struct zm_report_summary *summary);

/* `view inside:`, or `zone FILE:` where it has no view: which of several zones of one name
 * answered, no line end. */
void zm_line_zone(struct zm_buf *line, const struct zm_zone *zone, bool color);

/* `1 zone`, `2 zones`. */
void zm_line_count(struct zm_buf *line, size_t count, const char *one);

/* Writes the line with its line end and empties it. */
void zm_line_put(struct zm_buf *line, FILE *out);

#endif
