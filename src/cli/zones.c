#include "cli/command.h"
#include "cli/editable.h"
#include "cli/message.h"
#include "cli/now.h"
#include "cli/summary.h"
#include "report/listing.h"
#include "zone/rdata/soa.h"

/* ---- Rows ---- */

static void fill_read(struct zm_listing_row *row, struct zm_session *session, struct zm_job *job,
		      int64_t now)
{
	const struct zm_zone *zone = job->zone;
	struct zm_str obstacle = zm_job_obstacle(session, job, &job->arena);
	row->zone = zone->origin;
	row->was_read = true;
	row->records = zone->records_seen;
	row->spf_records = zone->spf_records;
	row->state = zm_zone_state_name(job->state);
	row->has_serial = zm_zone_serial(zone, &row->serial);
	if (row->has_serial) {
		row->serial_style = zm_serial_style_name(zm_serial_style_of(row->serial, now));
	} else if (zm_zone_has_placeholder(zone)) {
		row->serial_style = "placeholder";
	}
	if (obstacle.len > 0) {
		row->obstacle = zm_arena_copy(&job->arena, obstacle).data;
	}
}

static void fill_row(struct zm_listing_row *row, struct zm_session *session, struct zm_job *job,
		     int64_t now)
{
	const struct zm_configured *configured = job->input.configured;
	*row = (struct zm_listing_row){.file = job->input.path};
	if (configured != NULL) {
		row->zone = configured->zone->name;
		row->view = configured->view;
		row->views = configured->views;
		row->type = zm_conf_type_name(configured->zone->type);
		row->file = configured->zone->file == NULL ? NULL : job->input.path;
	}
	if (job->zone != NULL) {
		fill_read(row, session, job, now);
	} else {
		struct zm_str note = zm_str_from(job->note == NULL ? "not read" : job->note);
		row->obstacle = zm_without_path(note, job->input.path).data; /* its end */
	}
}

/* What the configuration has is listed, also where it is not for zonemend. */
static bool is_listed(const struct zm_job *job)
{
	return job->zone != NULL || job->input.configured != NULL;
}

static void make_listing(struct zm_listing *listing, struct zm_session *session, int64_t now)
{
	*listing = (struct zm_listing){
		.row = zm_arena_array(&session->arena, session->count, sizeof(*listing->row)),
		.has_types = session->configuration.is_given,
		.quiet = session->options->quiet,
	};
	for (size_t i = 0; i < session->count; i++) {
		if (is_listed(&session->job[i])) {
			fill_row(&listing->row[listing->count++], session, &session->job[i], now);
		}
	}
}

/* ---- The command ---- */

typedef void put_listing(FILE *out, const struct zm_listing *listing);

static put_listing *find_format(const struct zm_options *options)
{
	if (options->format == &zm_report_text) {
		return zm_listing_text;
	}
	if (options->format == &zm_report_json) {
		return zm_listing_json;
	}
	return options->format == &zm_report_jsonl ? zm_listing_jsonl : NULL;
}

int zm_zones_command(const struct zm_options *options)
{
	struct zm_session session;
	struct zm_listing listing;
	int64_t now;
	put_listing *put = find_format(options);
	if (put == NULL) {
		zm_say("zones has no format %s; known are text, json, jsonl",
		       options->format->name);
		return ZM_STATUS_USAGE;
	}
	if (!zm_now(&now, options)) {
		return ZM_STATUS_USAGE;
	}
	if (zm_session_start(&session, options, ZM_REPORT_ZONES)) {
		make_listing(&listing, &session, now);
		put(stdout, &listing);
	}
	return zm_session_end(&session);
}
