#include "zone/load.h"

#include "zone/head.h"
#include "zone/include.h"
#include "zone/origin.h"
#include "zone/record.h"
#include "zone/types.h"

#include <string.h>

/* What is in force while the entries go by (RFC 1035 5.1). */
struct loader {
	struct zm_arena *arena;
	const struct zm_load_options *options;
	struct zm_zone *zone;
	const struct zm_visitor *visitor;
	bool stopped;
	size_t fault_capacity;
	size_t source_capacity;
	/* of the file being read */
	struct zm_source *source;
	const struct zm_include *include; /* NULL in the zone's own file */
	struct zm_name origin;
	struct zm_name_buf owner;
	bool has_owner;
	bool in_zone; /* the owner is at or below the apex */
	/* of the whole zone: an included file sets them for what comes after it */
	uint32_t default_ttl; /* $TTL, or the SOA's minimum (RFC 2308 4) */
	bool has_default_ttl;
	uint32_t last_ttl;
	bool has_last_ttl;
};

static void add_fault(struct loader *l, struct zm_fault fault)
{
	struct zm_zone *zone = l->zone;
	if (zone->fault_count == ZM_FAULTS_MAX) {
		fault.kind = ZM_FAULT_TOO_MANY;
		fault.message = zm_str_from("too many faults: the rest of the file was not read");
		l->stopped = true;
	}
	zone->fault = zm_arena_grow(l->arena, zone->fault, zone->fault_count, &l->fault_capacity,
				    sizeof(*zone->fault));
	fault.source = l->source;
	zone->fault[zone->fault_count++] = fault;
	bool harmless = fault.kind == ZM_FAULT_NOT_FOLLOWED || fault.kind == ZM_FAULT_OUT_OF_ZONE;
	zone->loads = zone->loads && harmless;
	zone->complete = zone->complete && fault.kind != ZM_FAULT_NOT_FOLLOWED &&
			 fault.kind != ZM_FAULT_INCLUDE && fault.kind != ZM_FAULT_TOO_MANY;
}

static void blame(struct loader *l, enum zm_fault_kind kind, struct zm_span at, const char *message)
{
	struct zm_fault fault = {.kind = kind, .at = at, .message = zm_str_from(message)};
	if (l->has_owner) {
		fault.owner = zm_name_copy(l->arena, zm_name_of(&l->owner));
	}
	add_fault(l, fault);
}

static struct zm_span token_span(const struct zm_entry *entry, size_t i)
{
	return (struct zm_span){entry->token[i].start, entry->token[i].end};
}

static struct zm_str token_text(const struct loader *l, const struct zm_entry *entry, size_t i)
{
	return zm_str_at(l->source->bytes, token_span(entry, i));
}

/* The token without its quotes. */
static struct zm_str word_text(const struct loader *l, const struct zm_entry *entry, size_t i)
{
	struct zm_str text = token_text(l, entry, i);
	if (entry->token[i].kind == ZM_QUOTED && text.len >= 2) {
		return zm_str_sub(text, 1, text.len - 1);
	}
	return text;
}

/* ---- Directives ---- */

static void set_origin(struct loader *l, const struct zm_entry *entry, size_t argument)
{
	struct zm_name_buf name;
	const char *why;
	if (!zm_name_parse(&name, word_text(l, entry, argument), l->origin, &why)) {
		blame(l, ZM_FAULT_SYNTAX, token_span(entry, argument), why);
		return;
	}
	l->origin = zm_name_copy(l->arena, zm_name_of(&name));
}

static void set_default_ttl(struct loader *l, const struct zm_entry *entry, size_t argument)
{
	uint32_t ttl;
	if (!zm_ttl_parse(&ttl, token_text(l, entry, argument))) {
		blame(l, ZM_FAULT_SYNTAX, token_span(entry, argument), "$TTL that is no time");
		return;
	}
	l->default_ttl = ttl > ZM_TTL_MAX ? 0 : ttl;
	l->has_default_ttl = true;
}

static void read_source(struct loader *l);

/* The included file has an origin and owners of its own; the includer's are as before afterwards.
 */
static void read_include(struct loader *l, const struct zm_include *include, struct zm_name origin)
{
	struct loader saved = *l;
	l->source = include->source;
	l->include = include;
	l->origin = origin;
	l->has_owner = false;
	l->zone->sources = zm_arena_grow(l->arena, l->zone->sources, l->zone->source_count,
					 &l->source_capacity, sizeof(struct zm_source *));
	l->zone->sources[l->zone->source_count++] = include->source;
	read_source(l);
	l->source = saved.source;
	l->include = saved.include;
	l->origin = saved.origin;
	l->owner = saved.owner;
	l->has_owner = saved.has_owner;
	l->in_zone = saved.in_zone;
}

static void follow_include(struct loader *l, const struct zm_entry *entry, size_t argument,
			   size_t origin_word)
{
	struct zm_name origin = l->origin;
	struct zm_name_buf name;
	struct zm_error err;
	const char *why;
	l->zone->has_include = true;
	if (l->zone->source_count > ZM_INCLUDES_MAX) {
		blame(l, ZM_FAULT_INCLUDE, token_span(entry, argument),
		      "over 1000 files are included: no more are read");
		return;
	}
	if (origin_word != SIZE_MAX) {
		if (!zm_name_parse(&name, word_text(l, entry, origin_word), l->origin, &why)) {
			blame(l, ZM_FAULT_SYNTAX, token_span(entry, origin_word), why);
			return;
		}
		origin = zm_name_copy(l->arena, zm_name_of(&name));
	}
	const struct zm_include *include = zm_include_open(
		l->arena, l->source, l->include, word_text(l, entry, argument), l->options, &err);
	if (include == NULL) {
		struct zm_str message = zm_arena_copy(l->arena, zm_str_from(err.text));
		blame(l, ZM_FAULT_INCLUDE, token_span(entry, argument), message.data);
		return;
	}
	read_include(l, include, origin);
}

enum directive { ORIGIN, TTL, INCLUDE, GENERATE, DATE, DIRECTIVES };

/* How many words a directive may have after its name. */
static const struct {
	const char *name;
	size_t least;
	size_t most;
} directives[DIRECTIVES] = {
	[ORIGIN] = {"$ORIGIN", 1, 1},   [TTL] = {"$TTL", 1, 1},
	[INCLUDE] = {"$INCLUDE", 1, 2}, [GENERATE] = {"$GENERATE", 3, SIZE_MAX},
	[DATE] = {"$DATE", 1, 1},
};

static enum directive find_directive(struct zm_str word)
{
	enum directive found = ORIGIN;
	while (found < DIRECTIVES && !zm_str_eq_nocase(word, zm_str_from(directives[found].name))) {
		found++;
	}
	return found;
}

static size_t count_words(const struct zm_entry *entry, size_t from)
{
	size_t count = 0;
	for (size_t i = zm_entry_word(entry, from); i != SIZE_MAX;
	     i = zm_entry_word(entry, i + 1)) {
		count++;
	}
	return count;
}

static void read_directive(struct loader *l, const struct zm_entry *entry, size_t first)
{
	enum directive directive = find_directive(token_text(l, entry, first));
	if (directive == DIRECTIVES) {
		blame(l, ZM_FAULT_SYNTAX, token_span(entry, first), "unknown directive");
		return;
	}
	size_t words = count_words(entry, first + 1);
	if (words < directives[directive].least) {
		blame(l, ZM_FAULT_SYNTAX, token_span(entry, first),
		      "directive that lacks its argument");
		return;
	}
	size_t argument = zm_entry_word(entry, first + 1);
	size_t second = zm_entry_word(entry, argument + 1);
	if (words > directives[directive].most) {
		size_t extra = directive == INCLUDE ? zm_entry_word(entry, second + 1) : second;
		blame(l, ZM_FAULT_SYNTAX, token_span(entry, extra),
		      "text after the end of the directive");
		return;
	}
	switch (directive) {
	case ORIGIN:
		set_origin(l, entry, argument);
		break;
	case TTL:
		set_default_ttl(l, entry, argument);
		break;
	case INCLUDE:
		follow_include(l, entry, argument, second);
		break;
	case GENERATE:
		blame(l, ZM_FAULT_NOT_FOLLOWED, token_span(entry, first),
		      "$GENERATE is not followed: the records that it makes were not checked");
		break;
	default: /* $DATE says when a dump was made; servers skip it */
		break;
	}
}

/* ---- Records ---- */

static bool read_owner(struct loader *l, const struct zm_entry *entry, const struct zm_head *head)
{
	const char *why;
	if (head->owner == SIZE_MAX) {
		if (!l->has_owner) {
			blame(l, ZM_FAULT_SYNTAX, token_span(entry, head->first),
			      "no owner before this record");
		}
		return l->has_owner && l->in_zone;
	}
	if (!zm_name_parse(&l->owner, word_text(l, entry, head->owner), l->origin, &why)) {
		l->has_owner = false;
		struct zm_str message = zm_arena_printf(l->arena, "owner name: %s", why);
		blame(l, ZM_FAULT_SYNTAX, token_span(entry, head->owner), message.data);
		return false;
	}
	l->has_owner = true;
	l->in_zone = zm_name_is_below(zm_name_of(&l->owner), l->zone->origin);
	if (!l->in_zone) {
		blame(l, ZM_FAULT_OUT_OF_ZONE, token_span(entry, head->owner),
		      "owner outside of the zone: servers ignore the record");
	}
	return l->in_zone;
}

/* The written TTL, else $TTL's, else the last one; false where there is none (RFC 1035 5.1, RFC
 * 2308 4). */
static bool find_ttl(struct loader *l, const struct zm_head *head, uint32_t *ttl)
{
	if (head->ttl_token != SIZE_MAX) {
		*ttl = head->ttl > ZM_TTL_MAX ? 0 : head->ttl;
	} else if (l->has_default_ttl) {
		*ttl = l->default_ttl;
	} else if (l->has_last_ttl) {
		*ttl = l->last_ttl;
	} else {
		*ttl = 0;
		return false;
	}
	l->last_ttl = *ttl;
	l->has_last_ttl = true;
	return true;
}

static struct zm_span optional_span(const struct zm_entry *entry, size_t i)
{
	return i == SIZE_MAX ? (struct zm_span){entry->at.start, entry->at.start}
			     : token_span(entry, i);
}

static bool may_be_empty(uint16_t type)
{
	return type == 10 || type == 42; /* NULL (RFC 1035 3.3.10) and APL (RFC 3123 4) */
}

/* SOA, TXT and SPF: rr, text, and the TTL that only the SOA can give. */
static void complete(struct loader *l, struct zm_record *record, bool has_ttl)
{
	struct zm_fault fault = {.owner = record->owner};
	if (!zm_record_complete(record, l->arena, &fault)) {
		add_fault(l, fault);
	}
	if (record->type != ZM_TYPE_SOA || record->rr == NULL) {
		return;
	}
	if (!has_ttl) { /* as named does: the SOA's minimum is the default from here on */
		l->default_ttl =
			zm_record_minimum(record) > ZM_TTL_MAX ? 0 : zm_record_minimum(record);
		l->has_default_ttl = true;
		zm_record_set_ttl(record, l->default_ttl);
	}
}

static bool is_text(uint16_t type)
{
	return type == ZM_TYPE_TXT || type == ZM_TYPE_SPF;
}

static void check_record(struct loader *l, struct zm_record *record, bool has_ttl)
{
	bool empty = true;
	for (size_t i = 0; i < record->rdata_count && empty; i++) {
		empty = record->rdata[i].kind != ZM_WORD && record->rdata[i].kind != ZM_QUOTED;
	}
	if (empty && !may_be_empty(record->type)) {
		blame(l, ZM_FAULT_SYNTAX, record->type_at, "record without data");
	} else if (record->type == ZM_TYPE_SOA || is_text(record->type)) {
		complete(l, record, has_ttl);
	}
	if (!has_ttl && !(record->type == ZM_TYPE_SOA && record->rr != NULL)) {
		blame(l, ZM_FAULT_SYNTAX, record->type_at,
		      "record without a TTL, and no $TTL before it");
	}
	if (record->type == ZM_TYPE_SOA && !zm_name_eq(record->owner, l->zone->origin)) {
		blame(l, ZM_FAULT_SYNTAX,
		      record->at.start == record->owner_at.end ? record->type_at : record->owner_at,
		      "SOA record that is not at the top of the zone");
	}
}

static bool marks_signed(uint16_t type)
{
	return type == ZM_TYPE_RRSIG || type == ZM_TYPE_NSEC || type == ZM_TYPE_NSEC3 ||
	       type == ZM_TYPE_ZONEMD;
}

static void read_record(struct loader *l, const struct zm_entry *entry, const struct zm_head *head)
{
	struct zm_record record = {
		.source = l->source,
		.at = entry->at,
		.ordinal = l->zone->records_seen,
		.class = head->class,
		.type = head->type,
		.owner_at = optional_span(entry, head->owner),
		.ttl_at = optional_span(entry, head->ttl_token),
		.class_at = optional_span(entry, head->class_token),
		.type_at = token_span(entry, head->type_token),
		.origin = l->origin,
		.rdata = entry->token + head->type_token + 1,
		.rdata_count = entry->count - head->type_token - 1,
		.owner = zm_name_of(&l->owner),
	};
	bool has_ttl = find_ttl(l, head, &record.ttl);
	l->zone->records_seen++;
	l->zone->is_signed = l->zone->is_signed || marks_signed(record.type);
	if (is_text(record.type) || record.type == ZM_TYPE_SOA) {
		record.owner = zm_name_copy(l->arena, record.owner);
	}
	check_record(l, &record, has_ttl);
	if (!l->visitor->visit(l->visitor->context, &record)) {
		l->stopped = true;
	}
}

/* ---- Files ---- */

static const char *scan_message(enum zm_scan_fault fault)
{
	switch (fault) {
	case ZM_SCAN_UNBALANCED_QUOTE:
		return "quote that is never closed";
	case ZM_SCAN_UNCLOSED_PAREN:
		return "parenthesis that is never closed";
	case ZM_SCAN_STRAY_CLOSE:
		return "closing parenthesis without an opening one";
	default:
		return "record that is too long";
	}
}

static void read_entry(struct loader *l, const struct zm_entry *entry)
{
	if (entry->fault != ZM_SCAN_GOOD) {
		blame(l, ZM_FAULT_SYNTAX, entry->fault_at, scan_message(entry->fault));
		return;
	}
	struct zm_head head;
	zm_head_read(&head, entry, l->source->bytes);
	switch (head.kind) {
	case ZM_ENTRY_BLANK:
		break;
	case ZM_ENTRY_DIRECTIVE:
		read_directive(l, entry, head.first);
		break;
	case ZM_ENTRY_BROKEN:
		if (head.owner == SIZE_MAX || read_owner(l, entry, &head)) {
			blame(l, ZM_FAULT_SYNTAX, token_span(entry, head.bad), head.why);
		}
		break;
	case ZM_ENTRY_RECORD:
		if (read_owner(l, entry, &head)) {
			read_record(l, entry, &head);
		}
		break;
	}
}

/* Nested only by $INCLUDE, ZM_INCLUDE_DEPTH_MAX deep at the most. */
static void read_source(struct loader *l)
{
	struct zm_scan scan = zm_scan_start(l->source->bytes);
	struct zm_entry entry;
	while (!l->stopped && zm_scan_next(&scan, &entry)) {
		read_entry(l, &entry);
	}
	zm_scan_release(&scan);
}

static void find_origin(struct zm_zone *zone, const struct zm_load_options *options)
{
	struct zm_name_buf name;
	zone->origin = options->origin;
	zone->origin_from = options->origin_from;
	if (!zm_name_is_set(zone->origin)) {
		zone->origin_from = zm_origin_find(&name, zone->source);
		if (zone->origin_from != ZM_ORIGIN_UNKNOWN) {
			zone->origin = zm_name_copy(zone->arena, zm_name_of(&name));
		}
	}
}

static struct zm_zone *walk(struct zm_arena *arena, struct zm_source *source,
			    const struct zm_load_options *options, struct zm_zone *zone,
			    const struct zm_visitor *visitor)
{
	*zone = (struct zm_zone){.arena = arena, .source = source, .loads = true, .complete = true};
	zone->sources = zm_arena_alloc(arena, sizeof(*zone->sources));
	zone->sources[zone->source_count++] = source;
	find_origin(zone, options);
	if (!zm_name_is_set(zone->origin)) {
		zone->loads = false;
		zone->complete = false;
		return zone;
	}
	struct loader loader = {
		.arena = arena,
		.options = options,
		.zone = zone,
		.visitor = visitor,
		.source = source,
		.source_capacity = 1,
		.origin = zone->origin,
	};
	read_source(&loader);
	return zone;
}

void zm_zone_walk(struct zm_arena *arena, struct zm_source *source,
		  const struct zm_load_options *options, const struct zm_visitor *visitor)
{
	struct zm_zone zone;
	walk(arena, source, options, &zone, visitor);
}

/* ---- Keeping ---- */

struct keeper {
	struct zm_zone *zone;
	uint64_t keep;
	size_t capacity;
	struct zm_name last_owner; /* in the arena: records of one owner share it */
};

static struct zm_name keep_owner(struct keeper *k, struct zm_name owner)
{
	if (!zm_name_is_set(k->last_owner) || k->last_owner.len != owner.len ||
	    memcmp(k->last_owner.wire, owner.wire, owner.len) != 0) {
		k->last_owner = zm_name_copy(k->zone->arena, owner);
	}
	return k->last_owner;
}

static bool keep(void *context, struct zm_record *record)
{
	struct keeper *k = context;
	struct zm_zone *zone = k->zone;
	bool asked_for = record->type < 64 && (k->keep & ZM_KEEP(record->type)) != 0;
	if (!asked_for && !is_text(record->type) && record->type != ZM_TYPE_SOA) {
		return true;
	}
	struct zm_record *kept = zm_arena_alloc(zone->arena, sizeof(*kept));
	*kept = *record;
	kept->owner = keep_owner(k, record->owner);
	struct zm_token *rdata = zm_arena_array(zone->arena, record->rdata_count, sizeof(*rdata));
	if (record->rdata_count > 0) {
		memcpy(rdata, record->rdata, record->rdata_count * sizeof(*rdata));
	}
	kept->rdata = rdata;
	zone->record = zm_arena_grow(zone->arena, zone->record, zone->record_count, &k->capacity,
				     sizeof(*zone->record));
	zone->record[zone->record_count++] = kept;
	if (kept->type == ZM_TYPE_SOA && zone->soa == NULL &&
	    zm_name_eq(kept->owner, zone->origin)) {
		zone->soa = kept;
	}
	return true;
}

struct zm_zone *zm_zone_load(struct zm_arena *arena, struct zm_source *source,
			     const struct zm_load_options *options)
{
	struct zm_zone *zone = zm_arena_alloc(arena, sizeof(*zone));
	struct keeper keeper = {.zone = zone, .keep = options->keep};
	const struct zm_visitor visitor = {keep, &keeper};
	return walk(arena, source, options, zone, &visitor);
}
