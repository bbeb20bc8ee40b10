#include "cli/summary.h"

#include "cli/editable.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/reload.h"
#include "cli/repeats.h"
#include "cli/shared.h"
#include "lint/bound.h"
#include "report/escape.h"
#include "zone/rdata/soa.h"

#include <stdio.h>
#include <string.h>

enum { RETRY_MAX = 400 }; /* bytes of the command that is offered */

/* ---- Counting ---- */

/* Whether `fix` would be let near the file at all. */
static bool is_editable(struct zm_session *session, const struct zm_job *job)
{
	struct zm_arena arena = {0};
	bool editable = zm_job_obstacle(session, job, &arena).len == 0;
	zm_arena_release(&arena);
	return editable;
}

/* The file that a finding was in last, and whether it may be changed too. */
struct part {
	const struct zm_source *source;
	bool is_editable;
};

/* Where its file is one that the zone includes, all that may include it have to be in the run. */
static bool is_fixable(struct zm_session *session, const struct zm_job *job,
		       const struct zm_finding *finding, struct part *last)
{
	struct zm_arena arena = {0};
	if (!zm_finding_is_fixable(finding) || finding->source == job->zone->source) {
		return zm_finding_is_fixable(finding);
	}
	if (finding->source != last->source) {
		last->source = finding->source;
		last->is_editable =
			finding->source->stat != NULL &&
			zm_shared_obstacle(session, job, finding->source, &arena).len == 0;
		zm_arena_release(&arena);
	}
	return last->is_editable;
}

static void count_finding(struct zm_report_summary *summary, const struct zm_finding *finding)
{
	summary->errors += finding->severity == ZM_ERROR;
	summary->warnings += finding->severity == ZM_WARNING;
	summary->infos += finding->severity == ZM_INFO;
	summary->by_rule[finding->rule]++;
}

static void count_hidden(struct zm_report_summary *summary, const struct zm_hidden *hidden)
{
	if (hidden == NULL) {
		return;
	}
	summary->hidden += hidden->count;
	summary->errors += hidden->by_severity[ZM_ERROR];
	summary->warnings += hidden->by_severity[ZM_WARNING];
	summary->infos += hidden->by_severity[ZM_INFO];
	for (size_t i = 0; i < ZM_RULE_COUNT; i++) {
		summary->by_rule[i] += hidden->by_rule[i];
	}
}

static void count_job(struct zm_report_summary *summary, struct zm_session *session,
		      const struct zm_job *job)
{
	const struct zm_findings *findings = &job->findings;
	size_t fixable = findings->hidden == NULL ? 0 : findings->hidden->fixable;
	struct part last = {NULL, false};
	count_hidden(summary, findings->hidden);
	for (size_t i = 0; i < findings->count; i++) {
		count_finding(summary, findings->item[i]);
		fixable += is_fixable(session, job, findings->item[i], &last);
	}
	summary->fixable += fixable > 0 && is_editable(session, job) ? fixable : 0;
	summary->files++;
	summary->zones++;
	summary->zones_with_findings += findings->count + zm_findings_hidden(findings) > 0;
	summary->records += job->zone->records_seen;
	summary->spf_records += job->zone->spf_records;
	summary->files_fixed += job->fixed ? job->fixing->files_written : 0;
	summary->fixed += job->fixed ? job->fixing->mend.findings : 0;
}

/* ---- Where and how ---- */

static FILE *output_of(const struct zm_session *session)
{
	if (session->output != NULL) {
		return session->output;
	}
	return session->out_is_taken ? stderr : stdout;
}

static void close_output(struct zm_session *session, FILE *out)
{
	if (session->output == NULL) {
		return;
	}
	session->output = NULL;
	bool bad = ferror(out) != 0;
	if (fclose(out) != 0 || bad) {
		zm_say("%s: cannot write", session->options->output);
		session->result[session->count].unwritable = true;
	}
}

static void add_word(struct zm_buf *out, const char *option, const char *word)
{
	if (word != NULL) {
		zm_buf_printf(out, "%s%s", out->len == 0 ? "" : " ", option);
		zm_escape_shell(out, zm_str_from(word));
	}
}

/* The arguments that make `fix` look at what was looked at now. */
static const char *retry(struct zm_session *session)
{
	const struct zm_options *options = session->options;
	struct zm_buf words = {.max = RETRY_MAX};
	add_word(&words, "-p ", options->policy);
	add_word(&words, "-o ", options->origin);
	add_word(&words, "--named-conf ", options->named_conf);
	add_word(&words, "--root ", options->root);
	add_word(&words, "--base ", options->base);
	add_word(&words, "--files-from ", options->files_from);
	for (size_t i = 0; i < options->operands; i++) {
		add_word(&words, "", options->operand[i]);
	}
	const char *text =
		words.full ? "..." : zm_arena_copy(&session->arena, zm_buf_str(&words)).data;
	zm_buf_release(&words);
	return text;
}

/* ---- Reporting ---- */

static const char *const *views_of(const struct zm_job *job, size_t *count)
{
	const struct zm_configured *configured = job->input.configured;
	*count = configured == NULL ? 0 : configured->views;
	return configured == NULL ? NULL : configured->view;
}

static bool has_failing(const struct zm_options *options, const struct zm_findings *findings)
{
	bool has = false;
	for (size_t i = ZM_INFO; i <= ZM_ERROR; i++) {
		bool fails = options->fail_on != ZM_OFF && i >= options->fail_on;
		bool hides = findings->hidden != NULL && findings->hidden->by_severity[i] > 0;
		has = has || (fails && hides);
	}
	for (size_t i = 0; i < findings->count; i++) {
		has = has || (options->fail_on != ZM_OFF &&
			      findings->item[i]->severity >= options->fail_on);
	}
	return has;
}

/* `repeat` is NULL, or says of each finding who else has it. */
static void report_job(struct zm_report *report, const struct zm_options *options,
		       const struct zm_job *job, const struct zm_repeat *repeat)
{
	const struct zm_report_format *format = options->format;
	const struct zm_findings *findings = &job->findings;
	for (size_t i = 0; i < findings->count; i++) {
		report->also = repeat == NULL ? NULL : repeat[i].zone;
		report->alsos = repeat == NULL ? 0 : repeat[i].zones;
		if (repeat == NULL || !repeat[i].is_later) {
			format->finding(report, findings->item[i]);
		}
	}
	if (format->hidden != NULL && zm_findings_hidden(findings) > 0) {
		format->hidden(report, job->input.path, zm_findings_hidden(findings));
	}
}

static void cut_findings(struct zm_session *session)
{
	size_t max = session->options->max_findings;
	for (size_t i = 0; i < session->count && max > 0; i++) {
		struct zm_job *job = &session->job[i];
		struct zm_findings *findings = &job->findings;
		if (job->zone != NULL && findings->count > max) {
			struct zm_hidden hidden = {0};
			if (findings->hidden != NULL) {
				hidden = *findings->hidden;
			}
			zm_bound_cut(findings, max, &hidden);
			findings->hidden = zm_hidden_keep(&job->arena, &hidden);
		}
	}
}

static void report_findings(struct zm_session *session, struct zm_report *report,
			    struct zm_report_summary *summary)
{
	const struct zm_options *options = session->options;
	bool is_for_people = !options->format->is_for_programs;
	cut_findings(session);
	const struct zm_repeat **repeat = is_for_people ? zm_repeats_find(session) : NULL;
	for (size_t i = 0; i < session->count; i++) {
		struct zm_job *job = &session->job[i];
		if (job->zone == NULL) {
			continue;
		}
		report->policy = job->policy;
		report->view = views_of(job, &report->views);
		count_job(summary, session, job);
		session->result[i].findings |= has_failing(options, &job->findings);
		if (!options->summary || !is_for_people) {
			report_job(report, options, job, repeat == NULL ? NULL : repeat[i]);
		}
	}
}

/* The files that it includes and that were changed. */
static const char *const *parts_of(struct zm_arena *arena, const struct zm_job *job, size_t *count)
{
	const struct zm_rewrites *files = &job->fixing->mend.files;
	const char **part = zm_arena_array(arena, files->count, sizeof(*part));
	*count = 0;
	for (size_t i = 0; i < files->count; i++) {
		if (files->item[i].source != job->zone->source) {
			part[(*count)++] = files->item[i].source->name;
		}
	}
	return part;
}

static void report_file(struct zm_session *session, struct zm_report *report,
			const struct zm_job *job)
{
	struct zm_report_file file = {
		.path = job->input.path,
		.is_nameless = job->input.is_stdin && session->options->stdin_filename == NULL,
		.zone = job->zone,
		.state = job->state,
		.spf_records = job->zone->spf_records,
		.is_frozen = zm_job_is_frozen(session, job),
		.fixed = job->fixed,
		.server = zm_reload_by(session->options, job->policy, &session->configuration),
		.refused = job->refused,
	};
	file.view = views_of(job, &file.views);
	file.has_serial = zm_zone_serial(job->zone, &file.serial);
	if (job->fixed) {
		const struct zm_mend *mend = &job->fixing->mend;
		file.part = parts_of(&session->arena, job, &file.parts);
		file.is_elsewhere = file.parts > 0 && file.parts == mend->files.count;
		file.records_changed = mend->records;
		file.has_new_serial = mend->serial.serial != mend->old_serial;
		file.new_serial = mend->serial.serial;
		file.serial_style = zm_serial_style_name(mend->serial.style);
	}
	session->options->format->file(report, &file);
}

/* People are told of the files that were fixed alone. */
static bool is_told(const struct zm_session *session, const struct zm_job *job)
{
	return job->zone != NULL && (job->fixed || session->options->format->is_for_programs);
}

static void run_format(struct zm_session *session, struct zm_report *report)
{
	const struct zm_report_format *format = session->options->format;
	struct zm_report_summary summary = {0};
	format->begin(report);
	report_findings(session, report, &summary);
	for (size_t i = 0; i < session->count; i++) {
		if (is_told(session, &session->job[i])) {
			report_file(session, report, &session->job[i]);
		}
	}
	format->end(report, &summary);
}

void zm_session_report(struct zm_session *session)
{
	FILE *out = output_of(session);
	struct zm_report report = {
		.out = out,
		.task = session->task,
		.color = zm_wants_color(session->options, out),
		.quiet = session->options->quiet,
		.max = session->options->max_findings,
		.counts = session->options->summary,
		.retry = retry(session),
	};
	run_format(session, &report);
	close_output(session, out);
}
