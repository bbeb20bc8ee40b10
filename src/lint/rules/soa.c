/*
 * soa-missing, soa-multiple: a zone has one SOA record, at its apex (RFC 1035 5.2).
 * serial-placeholder: some tool fills in its serial, and a server reads what that makes.
 */
#include "lint/lint.h"
#include "zone/head.h"
#include "zone/rdata/soa.h"

static const char *origin_source(enum zm_origin_from from)
{
	static const char *const names[] = {
		[ZM_ORIGIN_OPTION] = "--origin",
		[ZM_ORIGIN_NAMED_CONF] = "--named-conf",
		[ZM_ORIGIN_POLICY] = "the policy",
		[ZM_ORIGIN_CONTENT] = "the file's content",
		[ZM_ORIGIN_FILE_NAME] = "the file's name",
	};
	return names[from];
}

/* ---- soa-missing ---- */

static bool holds_soa_word(struct zm_str line)
{
	static const struct zm_str word = {"soa", 3};
	for (size_t i = 1; i < line.len; i++) {
		bool starts = line.data[i - 1] == ' ' || line.data[i - 1] == '\t';
		if (starts && zm_str_starts_nocase(zm_str_sub(line, i, line.len), word)) {
			return true;
		}
	}
	return false;
}

/* Whether the SOA may well be there, in what could not be read: then its own fault is enough. */
static bool may_be_unread(const struct zm_zone *zone)
{
	for (size_t i = 0; i < zone->fault_count; i++) {
		const struct zm_fault *fault = &zone->fault[i];
		if (fault->kind == ZM_FAULT_INCLUDE || fault->kind == ZM_FAULT_TOO_MANY) {
			return true;
		}
		if (fault->kind == ZM_FAULT_SYNTAX &&
		    holds_soa_word(zm_source_line(fault->source, fault->at.start))) {
			return true;
		}
	}
	return false;
}

static bool has_soa_elsewhere(const struct zm_zone *zone)
{
	for (size_t i = 0; i < zone->odd_count; i++) {
		if (zone->odd[i]->type == ZM_TYPE_SOA) {
			return true;
		}
	}
	return false;
}

/* The first word of the file, for a place to point at. */
static struct zm_span first_word(const struct zm_source *source)
{
	struct zm_span place = {0, 0};
	struct zm_scan scan = zm_scan_start(source->bytes);
	struct zm_entry entry;
	while (place.end == 0 && zm_scan_next(&scan, &entry)) {
		size_t word = zm_entry_word(&entry, 0);
		if (word != SIZE_MAX) {
			place = (struct zm_span){entry.token[word].start, entry.token[word].end};
		}
	}
	zm_scan_release(&scan);
	return place;
}

static void check_missing(struct zm_lint *lint)
{
	const struct zm_zone *zone = lint->zone;
	if (zone->soa != NULL || (!has_soa_elsewhere(zone) && may_be_unread(zone))) {
		return;
	}
	struct zm_str apex = zm_name_text(lint->arena, zone->origin);
	bool is_empty = zm_str_trim(zone->source->bytes).len == 0;
	zm_lint_report_at(lint, zone->source, first_word(zone->source),
			  "no SOA record for %.*s (the origin was taken from %s)%s",
			  ZM_STR_ARG(apex), origin_source(zone->origin_from),
			  is_empty ? ", for the file is empty" : "");
}

/* ---- soa-multiple ---- */

static const char *place_of(struct zm_lint *lint, const struct zm_record *record)
{
	const struct zm_record *first = lint->zone->soa;
	size_t line = zm_source_position(first->source, first->type_at.start).line;
	if (first->source == record->source) {
		return zm_arena_printf(lint->arena, "line %zu", line).data;
	}
	return zm_arena_printf(lint->arena, "%s:%zu", first->source->name, line).data;
}

/* A broken one has a finding of its own, and nobody knows what it was to say. */
static bool differs(const struct zm_record *record, const struct zm_record *soa)
{
	return record != soa && record->soa_data != NULL && soa->soa_data != NULL &&
	       zm_name_eq(record->owner, soa->owner) &&
	       !zm_soa_same(record->soa_data, soa->soa_data);
}

static void check_multiple(struct zm_lint *lint)
{
	const struct zm_record *soa = lint->zone->soa;
	for (size_t i = 0; soa != NULL && i < lint->zone->odd_count; i++) {
		const struct zm_record *record = lint->zone->odd[i];
		if (differs(record, soa)) {
			zm_lint_report_at(lint, record->source, record->type_at,
					  "second SOA record, it differs from the one at %s",
					  place_of(lint, record))
				->owner = record->owner;
		}
	}
}

/* ---- serial-placeholder ---- */

static void check_placeholder(struct zm_lint *lint)
{
	const struct zm_record *soa = lint->zone->soa;
	if (!zm_zone_has_placeholder(lint->zone)) {
		return;
	}
	struct zm_str serial = zm_str_at(soa->source->bytes, soa->serial_at);
	struct zm_finding *finding = zm_lint_report_at(
		lint, soa->source, soa->serial_at,
		"serial %.*s is a placeholder: fix lets it be, and whatever fills it in has to "
		"count it up",
		ZM_STR_ARG(serial));
	finding->owner = soa->owner;
}

const struct zm_rule zm_rule_serial_placeholder = {.on_zone = check_placeholder};
const struct zm_rule zm_rule_soa_missing = {.on_zone = check_missing};
const struct zm_rule zm_rule_soa_multiple = {.on_zone = check_multiple};
