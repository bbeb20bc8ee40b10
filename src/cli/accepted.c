#include "cli/accepted.h"

#include "base/file.h"
#include "cli/message.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

bool zm_accepted_start(struct zm_session *session, struct zm_result *whole)
{
	const char *path = session->options->baseline;
	struct zm_file file;
	struct zm_error err;
	struct zm_policy_faults faults;
	if (path == NULL) {
		return true;
	}
	if (!zm_file_read(&file, &session->arena, path, ZM_BASELINE_BYTES_MAX, &err)) {
		zm_say("%s", err.text);
		whole->unreadable = true;
		return false;
	}
	if (!zm_baseline_read(&session->baseline, &session->arena, path, file.bytes, &faults)) {
		zm_policies_say(&faults);
		whole->misused = true;
		return false;
	}
	return true;
}

/* ---- Reading with it ---- */

static void take_away(struct zm_session *session)
{
	for (size_t i = 0; i < session->count; i++) {
		struct zm_findings *findings = &session->job[i].findings;
		size_t kept = 0;
		for (size_t j = 0; j < findings->count; j++) {
			if (!zm_baseline_lets(&session->baseline, findings->item[j])) {
				findings->item[kept++] = findings->item[j];
			}
		}
		findings->count = kept;
	}
}

static bool has_zone(struct zm_session *session, struct zm_str zone)
{
	struct zm_name_buf name;
	const char *why;
	if (!zm_name_parse(&name, zone, (struct zm_name){0}, &why)) {
		return false;
	}
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_job *job = &session->job[i];
		if (job->zone != NULL && zm_name_eq(job->zone->origin, zm_name_of(&name))) {
			return true;
		}
	}
	return false;
}

/* Of a rule that was not asked, or a zone that was not read, nobody can tell. */
static bool was_looked_for(struct zm_session *session, const struct zm_baseline_entry *entry)
{
	for (size_t i = 0; i < ZM_RULE_COUNT; i++) {
		if (zm_str_eq(entry->rule, zm_str_from(zm_rule_info[i].name))) {
			return !session->policies.muted[i] && has_zone(session, entry->zone);
		}
	}
	return true;
}

/* What is not there any more is said, and kept out of the entries from now on. */
static void drop_mended(struct zm_session *session)
{
	struct zm_baseline *baseline = &session->baseline;
	const struct zm_options *options = session->options;
	size_t kept = 0;
	for (size_t i = 0; i < baseline->count; i++) {
		struct zm_baseline_entry entry = baseline->item[i];
		bool mended = entry.used < entry.count && was_looked_for(session, &entry);
		bool is_told = options->write_baseline == NULL && !options->diff && !options->quiet;
		if (mended && is_told) {
			struct zm_str of = entry.owner.len > 0 ? entry.owner : entry.zone;
			zm_say("%s:%zu: %.*s of %.*s is mended: --write-baseline %s drops it",
			       options->baseline, entry.line, ZM_STR_ARG(entry.rule),
			       ZM_STR_ARG(of), options->baseline);
		}
		entry.count = mended ? entry.used : entry.count;
		if (entry.count > 0) {
			baseline->item[kept++] = entry;
		}
	}
	baseline->count = kept;
}

/* ---- Writing ---- */

static void take_all(struct zm_session *session)
{
	session->baseline = (struct zm_baseline){.arena = &session->arena};
	for (size_t i = 0; i < session->count; i++) {
		struct zm_findings *findings = &session->job[i].findings;
		for (size_t j = 0; j < findings->count; j++) {
			zm_baseline_add(&session->baseline, findings->item[j]);
		}
		findings->count = 0;
	}
	zm_baseline_settle(&session->baseline);
}

static bool write_new(const char *path, struct zm_str bytes, struct zm_error *err)
{
	FILE *out = fopen(path, "wxe");
	if (out == NULL) {
		return zm_error_sys(err, path, "cannot write");
	}
	bool good = fwrite(bytes.data, 1, bytes.len, out) == bytes.len;
	good = fclose(out) == 0 && good;
	return good || zm_error_sys(err, path, "cannot write");
}

/* What is no baseline is not written over: a slip of the pen may name a zone. */
static bool write_bytes(struct zm_session *session, const char *path, struct zm_str bytes,
			struct zm_error *err)
{
	struct stat st;
	struct zm_file old;
	if (stat(path, &st) != 0 && errno == ENOENT) {
		return write_new(path, bytes, err);
	}
	if (!zm_file_read(&old, &session->arena, path, ZM_BASELINE_BYTES_MAX, err)) {
		return false;
	}
	if (!zm_baseline_is(old.bytes) && old.bytes.len > 0) {
		return zm_error_set(err, "%s: is no baseline, and would be overwritten", path);
	}
	return zm_str_eq(old.bytes, bytes) ||
	       zm_file_replace(path, &old.stat, bytes, err) == ZM_REPLACED;
}

static void write_baseline(struct zm_session *session)
{
	const char *path = session->options->write_baseline;
	struct zm_buf text = {0};
	struct zm_error err;
	zm_baseline_write(&text, &session->baseline);
	if (!write_bytes(session, path, zm_buf_str(&text), &err)) {
		zm_say("%s", err.text);
		session->result[session->count].unwritable = true;
	} else if (!session->options->quiet) {
		size_t count = session->baseline.count;
		zm_say("%s: %zu %s", path, count, count == 1 ? "entry" : "entries");
	}
	zm_buf_release(&text);
}

void zm_accepted_apply(struct zm_session *session)
{
	const struct zm_options *options = session->options;
	if (options->baseline != NULL) {
		take_away(session);
		drop_mended(session);
	} else if (options->write_baseline != NULL) {
		take_all(session);
	}
	if (options->write_baseline != NULL) {
		write_baseline(session);
	}
}
