#include "zone/walk.h"

#include "zone/differ.h"
#include "zone/rdata/digits.h"
#include "zone/origin.h"
#include "zone/rdata/rdata.h"
#include "zone/record.h"
#include "zone/state.h"
#include "zone/types.h"

/* ---- Records ---- */

/* False where the entry has no owner, or none that is a name. Whether it lies in the zone,
 * file->in_zone says then. */
static bool read_owner(struct zm_walk *walk, const struct zm_entry *entry,
		       const struct zm_head *head)
{
	struct zm_walk_file *file = zm_walk_file(walk);
	const char *why;
	if (head->owner == SIZE_MAX) {
		if (!file->has_owner) {
			walk->lacked_owner = true;
			zm_walk_blame(walk, ZM_FAULT_SYNTAX, zm_entry_span(entry, head->first),
				      "no owner before this record");
		}
		return file->has_owner;
	}
	file->has_owner = false;
	file->has_named = true;
	file->is_noted = false;
	if (!zm_name_parse(&file->owner, zm_walk_word(walk, entry, head->owner), file->origin,
			   &why)) {
		struct zm_str message = zm_arena_printf(walk->arena, "owner name: %s", why);
		zm_walk_blame(walk, ZM_FAULT_SYNTAX, zm_entry_span(entry, head->owner),
			      message.data);
		return false;
	}
	file->has_owner = true;
	file->in_zone = zm_name_is_below(zm_name_of(&file->owner), walk->zone->origin);
	if (!file->in_zone) {
		zm_walk_blame_record(walk, ZM_FAULT_OUT_OF_ZONE, zm_entry_span(entry, head->owner),
				     "owner outside of the zone: servers ignore the record");
	}
	return true;
}

/* The written TTL, else $TTL's, else the last one; false where there is none (RFC 1035 5.1, RFC
 * 2308 4). */
static bool find_ttl(struct zm_walk *walk, const struct zm_head *head, uint32_t *ttl)
{
	bool is_written = head->ttl_token != SIZE_MAX;
	walk->ttl.was_inherited = walk->ttl.was_inherited || !is_written;
	if (is_written) {
		*ttl = head->ttl > ZM_TTL_MAX ? 0 : head->ttl;
	} else if (walk->ttl.has_fallback) {
		*ttl = walk->ttl.fallback;
	} else if (walk->ttl.has_last) {
		*ttl = walk->ttl.last;
	} else {
		*ttl = 0;
		return false;
	}
	walk->ttl.last = *ttl;
	walk->ttl.has_last = true;
	return true;
}

static bool is_text(uint16_t type)
{
	return type == ZM_TYPE_TXT || type == ZM_TYPE_SPF;
}

static bool may_be_empty(uint16_t type)
{
	return type == ZM_TYPE_APL; /* RFC 3123 4 */
}

static bool is_empty(const struct zm_record *record)
{
	for (size_t i = 0; i < record->rdata_count; i++) {
		if (record->rdata[i].kind == ZM_WORD || record->rdata[i].kind == ZM_QUOTED) {
			return false;
		}
	}
	return true;
}

/* As named does: without $TTL, the SOA's minimum is the SOA's own TTL and the default from here on.
 */
static void take_minimum_as_ttl(struct zm_walk *walk, struct zm_record *soa)
{
	uint32_t minimum = soa->soa_data->minimum;
	walk->ttl.fallback = minimum > ZM_TTL_MAX ? 0 : minimum;
	walk->ttl.has_fallback = true;
	walk->ttl.was_set = true;
	soa->ttl = walk->ttl.fallback;
}

static void complete(struct zm_walk *walk, struct zm_record *record, bool *has_ttl)
{
	struct zm_fault fault = {0};
	if (!zm_record_complete(record, walk->arena, &fault)) {
		fault.owner = zm_name_copy(walk->arena, record->owner);
		zm_walk_add_fault(walk, fault);
	}
	if (record->soa_data != NULL && !*has_ttl) {
		take_minimum_as_ttl(walk, record);
		*has_ttl = true;
	}
}

static void check_data(struct zm_walk *walk, const struct zm_record *record)
{
	struct zm_fault fault = {0};
	if (!zm_rdata_check(record, walk->arena, &fault)) {
		fault.owner = zm_name_copy(walk->arena, record->owner);
		zm_walk_add_fault(walk, fault);
	}
}

/* What belongs elsewhere in this zone, or in another one. */
static void check_place(struct zm_walk *walk, const struct zm_record *record)
{
	struct zm_str label = {(const char *)record->owner.wire + 1, record->owner.wire[0]};
	bool is_apex = zm_name_eq(record->owner, walk->zone->origin);
	if (record->type == ZM_TYPE_SOA && !is_apex) {
		zm_walk_blame_record(walk, ZM_FAULT_SYNTAX, record->type_at,
				     "SOA record that is not at the top of the zone");
	}
	if (record->type == ZM_TYPE_DS && is_apex) {
		zm_walk_blame_record(
			walk, ZM_FAULT_RECORD, record->type_at,
			"DS record at the top of the zone, it belongs into the parent zone");
	}
	if (record->type == ZM_TYPE_NSEC3 && !zm_is_base32(label)) { /* RFC 5155 3 */
		zm_walk_blame_record(walk, ZM_FAULT_RECORD, record->type_at,
				     "NSEC3 record whose owner is no hash");
	}
}

static void check_record(struct zm_walk *walk, struct zm_record *record, bool has_ttl)
{
	if (is_empty(record) && !may_be_empty(record->type)) {
		zm_walk_blame_record(walk, ZM_FAULT_SYNTAX, record->type_at, "record without data");
	} else if (record->type == ZM_TYPE_SOA || is_text(record->type)) {
		complete(walk, record, &has_ttl);
	} else {
		check_data(walk, record);
	}
	if (!has_ttl) {
		zm_walk_blame_record(walk, ZM_FAULT_SYNTAX, record->type_at,
				     "record without a TTL, and no $TTL before it");
	}
}

static bool marks_signed(uint16_t type)
{
	return type == ZM_TYPE_RRSIG || type == ZM_TYPE_NSEC || type == ZM_TYPE_NSEC3;
}

static bool names_keys(const struct zm_zone *zone, const struct zm_record *record)
{
	bool is = record->type == ZM_TYPE_CDS || record->type == ZM_TYPE_CDNSKEY ||
		  record->type == ZM_TYPE_NSEC3PARAM;
	return is && zm_name_eq(record->owner, zone->origin);
}

/* What a response policy zone does to a name: it is not there, or has no data. */
static bool is_action(const struct zm_record *record)
{
	for (size_t i = 0; record->type == ZM_TYPE_CNAME && i < record->rdata_count; i++) {
		const struct zm_token *token = &record->rdata[i];
		if (token->kind == ZM_WORD) {
			struct zm_str target =
				zm_str_sub(record->source->bytes, token->start, token->end);
			return zm_str_eq(target, ZM_STR(".")) || zm_str_eq(target, ZM_STR("*."));
		}
	}
	return false;
}

static struct zm_span optional_span(const struct zm_entry *entry, size_t i)
{
	struct zm_span nothing = {entry->at.start, entry->at.start};
	return i == SIZE_MAX ? nothing : zm_entry_span(entry, i);
}

/* False where the record is none of the zone's. It is checked all the same: a server that cannot
 * read it loads nothing. */
static bool read_record(struct zm_walk *walk, const struct zm_entry *entry,
			const struct zm_head *head, struct zm_record *record)
{
	struct zm_walk_file *file = zm_walk_file(walk);
	*record = (struct zm_record){
		.source = file->source,
		.at = entry->at,
		.owner = zm_name_of(&file->owner),
		.class = head->class,
		.type = head->type,
		.owner_at = optional_span(entry, head->owner),
		.ttl_at = optional_span(entry, head->ttl_token),
		.class_at = optional_span(entry, head->class_token),
		.type_at = zm_entry_span(entry, head->type_token),
		.origin = file->origin,
		.rdata = entry->token + head->type_token + 1,
		.rdata_count = entry->count - head->type_token - 1,
	};
	bool has_ttl = find_ttl(walk, head, &record->ttl);
	if (!file->in_zone) {
		check_record(walk, record, has_ttl);
		return false;
	}
	walk->zone->records_seen++;
	if (walk->zone->names != NULL) {
		zm_names_add(walk->zone->names, record->owner, record->type);
	}
	walk->zone->is_signed = walk->zone->is_signed || marks_signed(record->type);
	walk->zone->has_digest = walk->zone->has_digest || record->type == ZM_TYPE_ZONEMD;
	walk->zone->has_actions = walk->zone->has_actions || is_action(record);
	walk->zone->names_keys = walk->zone->names_keys || names_keys(walk->zone, record);
	if (is_text(record->type) || record->type == ZM_TYPE_SOA) {
		record->owner = zm_name_copy(walk->arena, record->owner);
	}
	check_record(walk, record, has_ttl);
	check_place(walk, record);
	return true;
}

/* ---- Entries and files ---- */

static const char *scan_message(struct zm_arena *arena, enum zm_scan_fault fault)
{
	switch (fault) {
	case ZM_SCAN_UNBALANCED_QUOTE:
		return "quote that is never closed";
	case ZM_SCAN_UNCLOSED_PAREN:
		return "parenthesis that is never closed";
	case ZM_SCAN_STRAY_CLOSE:
		return "closing parenthesis without an opening one";
	case ZM_SCAN_NUL:
		return "NUL byte outside of quotes";
	default:
		return zm_arena_printf(
			       arena, "record of more than %d words, gaps and line ends, the limit",
			       ZM_ENTRY_TOKENS_MAX)
			.data;
	}
}

/* Without an owner: where the type is broken, the first word may be a piece of some text. */
static void blame_broken(struct zm_walk *walk, const struct zm_entry *entry,
			 const struct zm_head *head)
{
	struct zm_fault fault = {
		.kind = ZM_FAULT_SYNTAX,
		.at = zm_entry_span(entry, head->bad),
		.message = zm_str_from(head->why),
	};
	zm_walk_add_fault(walk, fault);
}

/* True when the entry is a record. */
static bool read_entry(struct zm_walk *walk, const struct zm_entry *entry, struct zm_record *record)
{
	struct zm_head head;
	if (entry->fault == ZM_SCAN_REST) {
		return false;
	}
	if (entry->fault != ZM_SCAN_GOOD) {
		zm_walk_blame(walk, ZM_FAULT_SYNTAX, entry->fault_at,
			      scan_message(walk->arena, entry->fault));
		return false;
	}
	zm_head_read(&head, entry, zm_walk_file(walk)->source->bytes);
	switch (head.kind) {
	case ZM_ENTRY_DIRECTIVE:
		zm_walk_directive(walk, entry, head.first);
		return false;
	case ZM_ENTRY_BROKEN:
		if (head.owner == SIZE_MAX || read_owner(walk, entry, &head)) {
			blame_broken(walk, entry, &head);
		}
		return false;
	case ZM_ENTRY_RECORD:
		zm_differ_record(walk, entry, &head);
		return read_owner(walk, entry, &head) && read_record(walk, entry, &head, record);
	default:
		return false;
	}
}

/* Back to the file that includes the one that has ended; false after the zone's own. */
static bool leave_file(struct zm_walk *walk)
{
	if (zm_walk_file(walk)->generation != NULL && zm_walk_generate_next(walk)) {
		return true;
	}
	zm_scan_release(&zm_walk_file(walk)->scan);
	if (walk->depth == 0) {
		walk->stopped = true;
		return false;
	}
	walk->depth--;
	zm_walk_file(walk)->is_noted = false;
	return true;
}

bool zm_walk_next(struct zm_walk *walk, struct zm_record *record)
{
	while (!walk->stopped && (walk->depth > 0 || zm_walk_file(walk)->scan.at < walk->end)) {
		struct zm_entry entry;
		bool is_cut = zm_walk_file(walk)->scan.is_cut;
		if (walk->skim != NULL && !is_cut) {
			zm_walk_plain(walk);
		}
		zm_walk_file(walk)->entry = zm_walk_file(walk)->scan.at;
		if (!zm_scan_next(&zm_walk_file(walk)->scan, &entry)) {
			leave_file(walk);
		} else if (read_entry(walk, &entry, record)) {
			return true;
		}
	}
	return false;
}

static void find_origin(struct zm_zone *zone, const struct zm_load_options *options)
{
	struct zm_name_buf name;
	zone->origin = options->origin;
	zone->origin_from = options->origin_from;
	if (zm_name_is_set(zone->origin)) {
		return;
	}
	zone->origin_from = zm_origin_find(&name, zone->source, options);
	if (zone->origin_from != ZM_ORIGIN_UNKNOWN) {
		zone->origin = zm_name_copy(zone->arena, zm_name_of(&name));
	}
}

struct zm_walk *zm_walk_start(struct zm_arena *arena, struct zm_source *source,
			      const struct zm_load_options *options)
{
	struct zm_zone *zone = zm_arena_alloc(arena, sizeof(*zone));
	*zone = (struct zm_zone){.arena = arena, .source = source, .loads = true, .complete = true};
	zone->view = options->view;
	zone->views = options->views;
	zone->sources = zm_arena_alloc(arena, sizeof(struct zm_source *));
	zone->sources[zone->source_count++] = source;
	find_origin(zone, options);
	struct zm_arena own = {0};
	struct zm_walk *walk = zm_arena_alloc(&own, sizeof(*walk));
	walk->own = own;
	walk->arena = arena;
	walk->options = options;
	walk->zone = zone;
	walk->source_capacity = 1;
	walk->end = SIZE_MAX;
	walk->file[0].scan = zm_scan_start(source->bytes);
	walk->file[0].source = source;
	walk->file[0].origin = zone->origin;
	if (!zm_name_is_set(zone->origin)) {
		zone->loads = false;
		zone->complete = false;
		walk->stopped = true;
	}
	return walk;
}

struct zm_zone *zm_walk_zone(struct zm_walk *walk)
{
	return walk->zone;
}

void zm_walk_end(struct zm_walk *walk)
{
	walk->stopped = true;
	for (size_t i = 0; i <= ZM_INCLUDE_DEPTH_MAX + 1; i++) {
		zm_scan_release(&walk->file[i].scan);
	}
	struct zm_arena own = walk->own;
	zm_arena_release(&own);
}
