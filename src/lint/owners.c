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
	struct zm_map cut;     /* owners of NS records below the apex */
	struct zm_map renamed; /* owners of DNAME records */
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

/* `_dmarc`, `_spf`, `selector._domainkey`: names that nobody sends mail from. */
static bool has_underscore(struct zm_str text)
{
	return zm_str_starts(text, ZM_STR("_")) || zm_str_find(text, ZM_STR("._"), 0) != SIZE_MAX;
}

/* A star in a pattern stands for mail names only; a pattern that means others says so. */
static bool matches_pattern(struct collector *c, const struct zm_policy_names *names,
			    struct zm_name name)
{
	if (names->count == 0) {
		return false;
	}
	struct zm_str text = zm_name_text(c->arena, name);
	bool special = has_underscore(text);
	for (size_t i = 0; i < names->count; i++) {
		if (zm_str_matches(text, names->pattern[i]) &&
		    (!special || has_underscore(names->pattern[i]))) {
			return true;
		}
	}
	return false;
}

static bool is_host(uint16_t type)
{
	return type == ZM_TYPE_A || type == ZM_TYPE_AAAA;
}

/* The n-th word of the RDATA, from 0; empty where there are fewer. */
static struct zm_str word_of(const struct zm_record *record, size_t n)
{
	for (size_t i = 0; i < record->rdata_count; i++) {
		const struct zm_token *token = &record->rdata[i];
		if (token->kind == ZM_WORD && n-- == 0) {
			return zm_str_sub(record->source->bytes, token->start, token->end);
		}
	}
	return ZM_STR("");
}

/* RFC 7505: `MX 0 .` says that a name has no mail. */
static bool is_mail_exchange(const struct zm_record *record)
{
	struct zm_name_buf exchange;
	const char *why;
	if (record->type != ZM_TYPE_MX) {
		return false;
	}
	return !zm_name_parse(&exchange, word_of(record, 1), record->origin, &why) ||
	       zm_name_labels(zm_name_of(&exchange)) > 0;
}

/* Whether this record makes its owner one of those that the policy lists. */
static bool is_listed(struct collector *c, const struct zm_record *record)
{
	const struct zm_policy_names *names =
		&zm_policy_view(c->policy, c->zone->origin, record->owner)->spf.names;
	return (names->apex && zm_name_eq(record->owner, c->zone->origin)) ||
	       (names->mx && is_mail_exchange(record)) || (names->hosts && is_host(record->type)) ||
	       matches_pattern(c, names, record->owner);
}

bool zm_lint_is_meant_record(const struct zm_record *record)
{
	if (record->type != ZM_TYPE_TXT || record->text == NULL) {
		return false;
	}
	return zm_lint_is_meant(record->text->bytes);
}

/* First pass: owners, and how many records each has. */
static void count_record(struct collector *c, const struct zm_record *record)
{
	bool meant = zm_lint_is_meant_record(record);
	bool listed = is_listed(c, record);
	if (record->type == ZM_TYPE_NS && !zm_name_eq(record->owner, c->zone->origin)) {
		*zm_map_put(&c->cut, record->owner) = 1;
	}
	if (record->type == ZM_TYPE_DNAME) {
		*zm_map_put(&c->renamed, record->owner) = 1;
	}
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

/* What stands at or below a zone cut is another zone's to say (RFC 1034 4.2.1); what stands below a
 * DNAME does not exist (RFC 6672 2.4). */
static bool is_cut_off(const struct collector *c, struct zm_name name)
{
	while (!zm_name_eq(name, c->zone->origin)) {
		if (zm_map_get(&c->cut, name) != SIZE_MAX) {
			return true;
		}
		name = zm_name_parent(name);
		if (zm_map_get(&c->renamed, name) != SIZE_MAX) {
			return true;
		}
	}
	return false;
}

/* RFC 3172: addresses and the like, no mail. */
static bool is_arpa(struct zm_name name)
{
	struct zm_name_buf arpa;
	const char *why;
	return zm_name_from_domain(&arpa, ZM_STR("arpa"), &why) &&
	       zm_name_is_below(name, zm_name_of(&arpa));
}

/* `192.0.2.`, from a file that is named after a network: no top-level name is a number (RFC 3696
 * 2). */
static bool ends_in_number(struct zm_name name)
{
	while (zm_name_labels(name) > 1) {
		name = zm_name_parent(name);
	}
	size_t i = 1;
	while (i + 1 < name.len && zm_is_digit((char)name.wire[i])) {
		i++;
	}
	return name.len > 2 && i + 1 == name.len;
}

/* The root and top-level names receive no mail unless an MX of their own says so. */
static bool is_mail_name(const struct zm_zone *zone, struct zm_name name)
{
	if (zm_name_labels(name) > 1) {
		return true;
	}
	for (size_t i = 0; i < zone->record_count; i++) {
		const struct zm_record *record = zone->record[i];
		if (is_mail_exchange(record) && zm_name_eq(record->owner, name)) {
			return true;
		}
	}
	return false;
}

/* Nothing is asked of a zone that was not read whole: what is missing may be in the rest. */
static void drop_unasked(const struct collector *c)
{
	const struct zm_zone *zone = c->zone;
	bool asked = zone->soa != NULL && zone->complete && !is_arpa(zone->origin) &&
		     !ends_in_number(zone->origin);
	for (size_t i = 0; i < c->count; i++) {
		struct zm_lint_owner *owner = &c->owner[i];
		owner->must_have = owner->must_have && asked && !is_cut_off(c, owner->name) &&
				   is_mail_name(zone, owner->name);
	}
}

size_t zm_lint_owners(struct zm_lint_owner **owner, struct zm_arena *arena,
		      const struct zm_zone *zone, const struct zm_policy *policy)
{
	struct collector c = {
		.arena = arena,
		.zone = zone,
		.policy = policy,
		.map = {.arena = arena},
		.cut = {.arena = arena},
		.renamed = {.arena = arena},
	};
	for (size_t i = 0; i < zone->record_count; i++) {
		count_record(&c, zone->record[i]);
	}
	for (size_t i = 0; i < zone->record_count; i++) {
		if (zm_lint_is_meant_record(zone->record[i])) {
			fill_record(&c, zone->record[i]);
		}
	}
	drop_unasked(&c);
	*owner = c.owner;
	return c.count;
}

uint64_t zm_lint_keeps(const struct zm_policy *policy)
{
	uint64_t keep = ZM_KEEP(ZM_TYPE_MX);
	bool hosts = zm_policy_names_hosts(policy);
	if (hosts) {
		keep |= ZM_KEEP(ZM_TYPE_A) | ZM_KEEP(ZM_TYPE_AAAA);
	}
	/* A delegation's glue is no host of this zone, and its mail none of this zone's. */
	if (hosts || zm_policy_names_mx(policy)) {
		keep |= ZM_KEEP(ZM_TYPE_NS) | ZM_KEEP(ZM_TYPE_DNAME);
	}
	return keep;
}
