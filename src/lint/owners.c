#include "lint/owners.h"

#include "dns/map.h"
#include "zone/load.h"

#include <string.h>

bool zm_lint_is_meant(struct zm_str text)
{
	static const struct zm_str bom = {"\xef\xbb\xbf", 3};
	size_t at = zm_str_starts(text, bom) ? bom.len : 0;
	while (at < text.len &&
	       (text.data[at] == ' ' || text.data[at] == '\t' || text.data[at] == '"')) {
		at++;
	}
	return zm_str_starts_nocase(zm_str_sub(text, at, text.len), ZM_STR("v=spf"));
}

struct collector {
	struct zm_arena *arena;
	const struct zm_zone *zone;
	const struct zm_policy *policy;
	struct zm_lint_owner *owner;
	size_t count;
	size_t capacity;
	struct zm_map map;
};

static struct zm_lint_owner *owner_of(struct collector *c, struct zm_name name)
{
	size_t *number = zm_map_put(&c->map, name);
	if (*number == SIZE_MAX) {
		c->owner = zm_arena_grow(c->arena, c->owner, c->count, &c->capacity,
					 sizeof(*c->owner));
		c->owner[c->count] = (struct zm_lint_owner){.name = name};
		*number = c->count++;
	}
	return &c->owner[*number];
}

static bool matches_pattern(struct collector *c, const struct zm_policy_names *names,
			    struct zm_name name)
{
	if (names->count == 0) {
		return false;
	}
	struct zm_str text = zm_name_text(c->arena, name);
	for (size_t i = 0; i < names->count; i++) {
		if (zm_str_matches(text, names->pattern[i])) {
			return true;
		}
	}
	return false;
}

static bool is_host(uint16_t type)
{
	return type == ZM_TYPE_A || type == ZM_TYPE_AAAA;
}

/* Whether this record makes its owner one of those that the policy lists. */
static bool is_listed(struct collector *c, const struct zm_record *record)
{
	const struct zm_policy_names *names =
		&zm_policy_view(c->policy, c->zone->origin, record->owner)->spf.names;
	return (names->apex && zm_name_eq(record->owner, c->zone->origin)) ||
	       (names->mx && record->type == ZM_TYPE_MX) ||
	       (names->hosts && is_host(record->type)) || matches_pattern(c, names, record->owner);
}

static bool is_meant_record(const struct zm_record *record)
{
	if (record->type != ZM_TYPE_TXT || record->text == NULL) {
		return false;
	}
	return zm_lint_is_meant(record->text->bytes);
}

/* First pass: owners, and how many records each has. */
static void count_record(struct collector *c, const struct zm_record *record)
{
	bool meant = is_meant_record(record);
	bool listed = is_listed(c, record);
	if (!meant && !listed) {
		return;
	}
	struct zm_lint_owner *owner = owner_of(c, record->owner);
	owner->must_have = owner->must_have || listed;
	owner->anchor = owner->anchor == NULL ? record : owner->anchor;
	owner->count += meant;
}

static void fill_record(struct collector *c, const struct zm_record *record)
{
	struct zm_lint_owner *owner = &c->owner[zm_map_get(&c->map, record->owner)];
	if (owner->record == NULL) {
		owner->record = zm_arena_array(c->arena, owner->count, sizeof(*owner->record));
		owner->count = 0;
	}
	struct zm_lint_record *slot = &owner->record[owner->count++];
	slot->record = record;
	slot->text = record->text->bytes;
	slot->is_spf = zm_spf_is_record(slot->text);
	if (slot->is_spf) {
		owner->spf_count++;
		zm_spf_parse(&slot->spf, c->arena, slot->text);
	}
}

/* RFC 3172 and plain sense: the root, .arpa and a bare top-level domain receive no mail unless an
 * MX says so. */
static bool is_mail_zone(const struct zm_zone *zone)
{
	struct zm_name_buf arpa;
	const char *why;
	if (zm_name_from_domain(&arpa, ZM_STR("arpa"), &why) &&
	    zm_name_is_below(zone->origin, zm_name_of(&arpa))) {
		return false;
	}
	if (zm_name_labels(zone->origin) > 1) {
		return true;
	}
	for (size_t i = 0; i < zone->record_count; i++) {
		if (zone->record[i]->type == ZM_TYPE_MX) {
			return true;
		}
	}
	return false;
}

size_t zm_lint_owners(struct zm_lint_owner **owner, struct zm_arena *arena,
		      const struct zm_zone *zone, const struct zm_policy *policy)
{
	struct collector c = {
		.arena = arena, .zone = zone, .policy = policy, .map = {.arena = arena}};
	for (size_t i = 0; i < zone->record_count; i++) {
		count_record(&c, zone->record[i]);
	}
	for (size_t i = 0; i < zone->record_count; i++) {
		if (is_meant_record(zone->record[i])) {
			fill_record(&c, zone->record[i]);
		}
	}
	bool nobody_must = zone->soa == NULL || !zone->complete || !is_mail_zone(zone);
	for (size_t i = 0; i < c.count && nobody_must; i++) {
		c.owner[i].must_have = false;
	}
	*owner = c.owner;
	return c.count;
}

uint64_t zm_lint_keeps(const struct zm_policy *policy)
{
	uint64_t keep = ZM_KEEP(ZM_TYPE_MX);
	return zm_policy_names_hosts(policy) ? keep | ZM_KEEP(ZM_TYPE_A) | ZM_KEEP(ZM_TYPE_AAAA)
					     : keep;
}
