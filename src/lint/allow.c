#include "lint/allow.h"

#include "base/mask.h"
#include "lint/allow_text.h"
#include "zone/serial.h"

#include <stdatomic.h>

/* One comment that speaks to zonemend. */
struct allowance {
	struct zm_source *source;
	struct zm_span at;     /* from `zonemend:` to the comment's end */
	struct zm_span covers; /* bytes of the source; empty: no record follows */
	struct zm_allowed allowed;
	bool *used; /* one a rule of `allowed` */
};

/* Those of one source, in the order of what they cover. */
struct part {
	const struct zm_source *source;
	size_t first;
	size_t end;
};

struct allowances {
	struct zm_arena *arena;
	struct part *part;
	size_t parts;
	size_t part_capacity;
	struct allowance *item;
	size_t count;
	size_t capacity;
	size_t pending; /* those from here on stand above what comes next */
};

/* ---- Finding them ---- */

static bool is_named_before(struct zm_str bytes, size_t colon)
{
	static const struct zm_str name = {"zonemend", 8};
	return colon >= name.len &&
	       zm_str_eq_nocase(zm_str_sub(bytes, colon - name.len, colon), name);
}

/* Some of a file's bytes in which a colon is sought. */
static bool has_any(struct zm_str bytes, size_t at, size_t end)
{
	for (; at < end && end - at >= ZM_MASK_BYTES; at += ZM_MASK_BYTES) {
		const char *p = bytes.data + at;
		uint32_t found =
			zm_mask_eq(p, ':') & (zm_mask_eq(p - 1, 'd') | zm_mask_eq(p - 1, 'D'));
		for (; found != 0; found &= found - 1) {
			if (is_named_before(bytes, at + (size_t)__builtin_ctz(found))) {
				return true;
			}
		}
	}
	for (; at < end; at++) {
		if (bytes.data[at] == ':' && is_named_before(bytes, at)) {
			return true;
		}
	}
	return false;
}

enum { STEP = 1 << 20 }; /* bytes that are worth a thread's while */

struct seeking {
	struct zm_str bytes;
	atomic_bool found;
};

static void seek_some(void *context, size_t number)
{
	struct seeking *seeking = context;
	size_t start = number * STEP;
	size_t end = seeking->bytes.len - start < STEP ? seeking->bytes.len : start + STEP;
	if (!seeking->found && has_any(seeking->bytes, start == 0 ? 1 : start, end)) {
		seeking->found = true;
	}
}

/* Most zones have none, and are not scanned for them. What is no comment may look like one here. */
static bool may_have_any(struct zm_str bytes, struct zm_pool *pool)
{
	struct seeking seeking = {.bytes = bytes};
	zm_pool_run(pool, (bytes.len + STEP - 1) / STEP, seek_some, &seeking);
	return seeking.found;
}

static void add_comment(struct allowances *list, struct zm_source *source,
			const struct zm_token *token)
{
	struct zm_str comment = zm_str_sub(source->bytes, token->start, token->end);
	size_t start = zm_allow_find(comment);
	if (start == SIZE_MAX) {
		return;
	}
	list->item = zm_arena_grow(list->arena, list->item, list->count, &list->capacity,
				   sizeof(*list->item));
	struct allowance *a = &list->item[list->count++];
	*a = (struct allowance){
		.source = source,
		.at = {token->start + start, token->end},
		.covers = {token->start, token->start},
	};
	zm_allow_parse(&a->allowed, list->arena, zm_str_at(source->bytes, a->at));
	a->used = zm_arena_array(list->arena, a->allowed.count, sizeof(*a->used));
}

enum line { LINE_BLANK, LINE_COMMENT, LINE_ENTRY };

static enum line kind_of(const struct zm_entry *entry)
{
	enum line kind = LINE_BLANK;
	for (size_t i = 0; i < entry->count; i++) {
		enum zm_token_kind token = entry->token[i].kind;
		if (token == ZM_COMMENT) {
			kind = kind == LINE_BLANK ? LINE_COMMENT : kind;
		} else if (token != ZM_SPACE && token != ZM_NEWLINE) {
			kind = LINE_ENTRY;
		}
	}
	return kind;
}

static void look_at_entry(struct allowances *list, struct zm_source *source,
			  const struct zm_entry *entry)
{
	enum line kind = kind_of(entry);
	if (kind == LINE_BLANK) {
		list->pending = list->count;
	}
	for (size_t i = 0; i < entry->count; i++) {
		if (entry->token[i].kind == ZM_COMMENT) {
			add_comment(list, source, &entry->token[i]);
		}
	}
	if (kind == LINE_ENTRY) {
		for (; list->pending < list->count; list->pending++) {
			list->item[list->pending].covers = entry->at;
		}
	}
}

static void look_at_source(struct allowances *list, struct zm_source *source)
{
	struct part part = {.source = source, .first = list->count};
	struct zm_scan scan = zm_scan_start(source->bytes);
	struct zm_entry entry;
	while (zm_scan_next(&scan, &entry)) {
		look_at_entry(list, source, &entry);
	}
	zm_scan_release(&scan);
	list->pending = list->count;
	part.end = list->count;
	list->part = zm_arena_grow(list->arena, list->part, list->parts, &list->part_capacity,
				   sizeof(*list->part));
	list->part[list->parts++] = part;
}

bool zm_allow_may_apply(const struct zm_zone *zone, struct zm_pool *pool)
{
	for (size_t i = 0; i < zone->source_count; i++) {
		if (may_have_any(zone->sources[i]->bytes, pool)) {
			return true;
		}
	}
	return false;
}

static void collect(struct allowances *list, const struct zm_zone *zone)
{
	for (size_t i = 0; i < zone->source_count; i++) {
		struct zm_source *source = zone->sources[i];
		if (may_have_any(source->bytes, NULL)) {
			look_at_source(list, source);
		}
	}
}

/* ---- What they take away ---- */

static bool has_ended(const struct zm_lint *lint, const struct allowance *a)
{
	int64_t now = lint->policy->now;
	uint32_t today = now == 0 ? 0 : zm_serial_bump(0, ZM_SERIAL_DATE, now).serial / 100;
	return a->allowed.has_end && today > a->allowed.end;
}

static bool is_in_force(const struct zm_lint *lint, const struct allowance *a)
{
	return a->allowed.fault == NULL && !has_ended(lint, a);
}

static const struct part *part_of(const struct allowances *list, const struct zm_source *source)
{
	static const struct part none = {0};
	for (size_t i = 0; i < list->parts; i++) {
		if (list->part[i].source == source) {
			return &list->part[i];
		}
	}
	return &none;
}

/* The first that covers something which ends after `place`. */
static size_t first_after(const struct allowances *list, const struct part *part, size_t place)
{
	size_t low = part->first;
	size_t high = part->end;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (list->item[middle].covers.end > place) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return low;
}

static bool use(struct allowance *a, size_t rule)
{
	bool allowed = false;
	for (size_t i = 0; i < a->allowed.count; i++) {
		if (a->allowed.rule[i] == rule) {
			a->used[i] = true;
			allowed = true;
		}
	}
	return allowed;
}

/* Notes what was of use, so that of two comments that allow the same neither is stale. */
static bool is_allowed(const struct zm_lint *lint, struct allowances *list,
		       const struct zm_finding *finding)
{
	bool allowed = false;
	size_t place = finding->at.start;
	const struct part *part = part_of(list, finding->source);
	for (size_t i = first_after(list, part, place); i < part->end; i++) {
		struct allowance *a = &list->item[i];
		if (a->covers.start > place) {
			break;
		}
		bool fits = is_in_force(lint, a) && use(a, finding->rule);
		allowed = allowed || fits;
	}
	return allowed;
}

static void take_away(struct zm_lint *lint, struct allowances *list)
{
	struct zm_findings *findings = lint->findings;
	size_t kept = 0;
	for (size_t i = 0; i < findings->count; i++) {
		if (!is_allowed(lint, list, findings->item[i])) {
			findings->item[kept++] = findings->item[i];
		}
	}
	findings->count = kept;
}

/* ---- allowance-stale ---- */

static bool is_muted(const struct zm_lint *lint, size_t rule)
{
	return lint->policy->muted != NULL && lint->policy->muted[rule];
}

/* What was not looked for cannot be told. */
static bool was_looked_for(const struct zm_lint *lint, size_t rule)
{
	bool needs_earlier = zm_rule_info[rule].stage == ZM_STAGE_SERIAL;
	return !is_muted(lint, rule) && (!needs_earlier || lint->earlier != NULL);
}

static void report_useless(struct zm_lint *lint, const struct allowance *a)
{
	if (a->covers.start == a->covers.end) {
		zm_lint_report_at(lint, a->source, a->at,
				  "allows nothing: it stands on the line of a record, or on the "
				  "line above it");
		return;
	}
	for (size_t i = 0; i < a->allowed.count; i++) {
		if (!a->used[i] && was_looked_for(lint, a->allowed.rule[i])) {
			zm_lint_report_at(lint, a->source, a->at,
					  "allows %s, which finds nothing here: take it away",
					  zm_rule_info[a->allowed.rule[i]].name);
		}
	}
}

static void report_stale(struct zm_lint *lint, const struct allowance *a)
{
	if (a->allowed.fault != NULL) {
		zm_lint_report_at(lint, a->source, a->at, "allows nothing: %s", a->allowed.fault);
	} else if (has_ended(lint, a)) {
		unsigned end = a->allowed.end;
		zm_lint_report_at(lint, a->source, a->at,
				  "allows nothing any more: it ended on %04u-%02u-%02u",
				  end / 10000, end / 100 % 100, end % 100);
	} else {
		report_useless(lint, a);
	}
}

void zm_allow_apply(struct zm_lint *lint)
{
	struct allowances list = {.arena = lint->arena};
	collect(&list, lint->zone);
	if (list.count == 0) {
		return;
	}
	take_away(lint, &list);
	lint->rule = ZM_RULE_allowance_stale;
	lint->owner = NULL;
	lint->view = zm_policy_view(lint->policy, lint->zone->origin, lint->zone->origin);
	if (is_muted(lint, lint->rule) || lint->view->rule[lint->rule].severity == ZM_OFF) {
		return;
	}
	for (size_t i = 0; i < list.count; i++) {
		report_stale(lint, &list.item[i]);
	}
}

/* Looks at comments, after all others: see zm_allow_apply(). */
const struct zm_rule zm_rule_allowance_stale = {0};
