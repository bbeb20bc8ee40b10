#include "report/line.h"

#include "report/escape.h"
#include "zone/rdata/soa.h"

#include <inttypes.h>

enum { ALSO_NAMED = 4 };

void zm_paint(struct zm_buf *line, bool color, enum zm_paint paint)
{
	static const char *const start[] = {
		[ZM_PLAIN] = "\x1b[0m",     [ZM_BOLD] = "\x1b[1m",    [ZM_RED] = "\x1b[1;31m",
		[ZM_YELLOW] = "\x1b[1;33m", [ZM_BLUE] = "\x1b[1;34m", [ZM_GREEN] = "\x1b[1;32m",
		[ZM_DIM] = "\x1b[2m",
	};
	if (color) {
		zm_buf_add(line, zm_str_from(start[paint]));
	}
}

void zm_line_count(struct zm_buf *line, size_t count, const char *one)
{
	zm_buf_printf(line, "%zu %s%s", count, one, count == 1 ? "" : "s");
}

void zm_line_put(struct zm_buf *line, FILE *out)
{
	zm_buf_add_char(line, '\n');
	fwrite(line->data, 1, line->len, out);
	zm_buf_clear(line);
}

static enum zm_paint paint_of(enum zm_severity severity)
{
	static const enum zm_paint paint[] = {
		[ZM_OFF] = ZM_PLAIN,
		[ZM_INFO] = ZM_BLUE,
		[ZM_WARNING] = ZM_YELLOW,
		[ZM_ERROR] = ZM_RED,
	};
	return paint[severity];
}

void zm_line_finding(struct zm_buf *line, const struct zm_finding *finding, bool color)
{
	struct zm_position at = zm_source_position(finding->source, finding->at.start);
	zm_paint(line, color, ZM_BOLD);
	zm_escape(line, zm_str_from(finding->source->name));
	zm_buf_printf(line, ":%zu:%zu:", at.line, at.column);
	zm_paint(line, color, ZM_PLAIN);
	zm_buf_add_char(line, ' ');
	zm_paint(line, color, paint_of(finding->severity));
	zm_buf_printf(line, "%s[%s]", zm_severity_name(finding->severity),
		      zm_rule_info[finding->rule].name);
	zm_paint(line, color, ZM_PLAIN);
	zm_buf_add_char(line, ' ');
	zm_escape(line, finding->message);
}

void zm_line_also(struct zm_buf *line, const struct zm_report *report)
{
	struct zm_arena arena = {0};
	size_t named = report->alsos <= ALSO_NAMED + 1 ? report->alsos : ALSO_NAMED;
	for (size_t i = 0; i < named; i++) {
		zm_buf_add(line, i == 0 ? ZM_STR("") : ZM_STR(", "));
		zm_escape(line, zm_name_text(&arena, report->also[i]));
	}
	if (named < report->alsos) {
		zm_buf_printf(line, " and %zu more zones", report->alsos - named);
	}
	zm_arena_release(&arena);
}

void zm_line_hidden(struct zm_report *report, const char *path, size_t count)
{
	struct zm_buf line = {0};
	zm_escape(&line, zm_str_from(path));
	zm_buf_add(&line, ZM_STR(": "));
	zm_line_count(&line, count, "more finding");
	zm_buf_printf(&line, " %s not shown (--max-findings %zu)", count == 1 ? "is" : "are",
		      report->max);
	zm_line_put(&line, report->out);
	zm_buf_release(&line);
}

static void add_step(struct zm_buf *line, const char *command, struct zm_str name, const char *view)
{
	zm_buf_printf(line, "\n  reload: %s ", command);
	zm_escape_shell(line, name);
	if (view != NULL) {
		zm_buf_add(line, ZM_STR(" IN "));
		zm_escape_shell(line, zm_str_from(view));
	}
}

/* The step that makes the server read the file, in each view. It is for a person to run, so that no
 * byte of the name may mean anything to the shell. */
static void add_reload(struct zm_buf *line, struct zm_name origin,
		       const struct zm_report_file *file)
{
	const struct zm_nameserver *server = file->server;
	bool thaws = file->is_frozen && server->thaw != NULL;
	const char *command = thaws ? server->thaw : server->reload;
	size_t views = server->has_views ? file->views : 0;
	struct zm_arena arena = {0};
	struct zm_str name = zm_name_text(&arena, origin);
	name.len -= name.len > 1 ? 1 : 0; /* without the final dot */
	if (views == 0) {
		add_step(line, command, name, NULL);
	}
	for (size_t i = 0; i < views; i++) {
		add_step(line, command, name, file->view[i]);
	}
	zm_arena_release(&arena);
}

static bool has_placeholder(const struct zm_report_file *file)
{
	return file->zone != NULL && zm_zone_has_placeholder(file->zone);
}

static void add_fixed(struct zm_buf *line, const struct zm_report *report,
		      const struct zm_report_file *file)
{
	bool planned = report->task == ZM_REPORT_DIFF;
	zm_paint(line, report->color, ZM_GREEN);
	zm_buf_add(line, planned ? ZM_STR("would fix") : ZM_STR("fixed"));
	zm_paint(line, report->color, ZM_PLAIN);
	zm_buf_add_char(line, ' ');
	zm_escape(line, zm_str_from(file->path));
	for (size_t i = 0; i < file->parts; i++) {
		zm_buf_add(line, i > 0                ? ZM_STR(", ")
				 : file->is_elsewhere ? ZM_STR(" in ")
						      : ZM_STR(" with "));
		zm_escape(line, zm_str_from(file->part[i]));
	}
	zm_buf_add(line, ZM_STR(": "));
	if (file->records_changed > 0) {
		zm_line_count(line, file->records_changed, "record");
		zm_buf_add(line, ZM_STR(", "));
	}
	if (file->has_new_serial) {
		zm_buf_printf(line, "serial %" PRIu32 " -> %" PRIu32 " (%s)", file->serial,
			      file->new_serial, file->serial_style);
	} else if (file->has_serial) {
		zm_buf_printf(line, "serial %" PRIu32 " kept", file->serial);
	} else if (has_placeholder(file)) {
		const struct zm_record *soa = file->zone->soa;
		zm_buf_add(line, ZM_STR("serial "));
		zm_escape(line, zm_str_at(soa->source->bytes, soa->serial_at));
		zm_buf_add(line, ZM_STR(" left for whatever fills it in"));
		return; /* which makes the file that a server reads */
	}
	if (!planned && !file->is_nameless && file->zone != NULL &&
	    zm_name_is_set(file->zone->origin)) {
		add_reload(line, file->zone->origin, file);
	}
}

void zm_line_bumped(struct zm_buf *line, const struct zm_report_file *file)
{
	zm_buf_add(line, ZM_STR("bumped "));
	zm_escape(line, zm_str_from(file->path));
	zm_buf_printf(line, ": serial %" PRIu32 " -> %" PRIu32 " (%s)", file->serial,
		      file->new_serial, file->serial_style);
	add_reload(line, file->zone->origin, file);
}

void zm_line_file(struct zm_buf *line, const struct zm_report *report,
		  const struct zm_report_file *file)
{
	if (file->fixed) {
		add_fixed(line, report, file);
	}
}

static void add_severities(struct zm_buf *line, const struct zm_report *report,
			   const struct zm_report_summary *s)
{
	const struct {
		size_t count;
		const char *name;
		enum zm_severity severity;
	} part[] = {
		{s->errors, "error", ZM_ERROR},
		{s->warnings, "warning", ZM_WARNING},
		{s->infos, "info", ZM_INFO},
	};
	const char *comma = "";
	for (size_t i = 0; i < 3; i++) {
		if (part[i].count > 0) {
			zm_buf_add(line, zm_str_from(comma));
			zm_paint(line, report->color, paint_of(part[i].severity));
			zm_line_count(line, part[i].count, part[i].name);
			zm_paint(line, report->color, ZM_PLAIN);
			comma = ", ";
		}
	}
}

static void add_read(struct zm_buf *line, const struct zm_report_summary *s)
{
	zm_line_count(line, s->zones, "zone");
	zm_buf_add(line, ZM_STR(", "));
	zm_line_count(line, s->spf_records, "SPF record");
	zm_buf_add(line, ZM_STR(": "));
}

static void add_mended(struct zm_buf *line, const struct zm_report *report,
		       const struct zm_report_summary *s)
{
	bool planned = report->task == ZM_REPORT_DIFF;
	zm_line_count(line, s->fixed, "finding");
	zm_buf_add(line, planned ? ZM_STR(" can be fixed in ") : ZM_STR(" fixed in "));
	zm_line_count(line, s->files_fixed, "file");
}

void zm_line_summary(struct zm_buf *line, const struct zm_report *report,
		     const struct zm_report_summary *s)
{
	bool clean = s->errors + s->warnings + s->infos == 0;
	if (s->files_fixed > 0) {
		add_mended(line, report, s);
		zm_buf_add(line, clean ? ZM_STR(", none left") : ZM_STR("; left: "));
	}
	if (clean) {
		if (s->files_fixed == 0) {
			add_read(line, s);
			zm_buf_add(line, ZM_STR("no findings"));
		}
		return;
	}
	add_severities(line, report, s);
	zm_buf_printf(line, " in %zu of ", s->zones_with_findings);
	zm_line_count(line, s->zones, "zone");
	if (report->task == ZM_REPORT_CHECK && s->fixable > 0) {
		zm_buf_printf(line, "; %zu can be fixed: zonemend fix", s->fixable);
		zm_buf_add(line, report->retry[0] == '\0' ? ZM_STR("") : ZM_STR(" "));
		zm_escape(line, zm_str_from(report->retry));
	}
}

void zm_line_zone(struct zm_buf *line, const struct zm_zone *zone, bool color)
{
	zm_paint(line, color, ZM_BOLD);
	zm_buf_add(line, zone->views == 0 ? ZM_STR("zone ") : ZM_STR("view "));
	for (size_t i = 0; i < zone->views; i++) {
		zm_buf_add(line, i == 0 ? ZM_STR("") : ZM_STR(", "));
		zm_escape(line, zm_str_from(zone->view[i]));
	}
	if (zone->views == 0) {
		zm_escape(line, zm_str_from(zone->source->name));
	}
	zm_buf_add_char(line, ':');
	zm_paint(line, color, ZM_PLAIN);
}
