#include "lint/owners.h"

#include "zone/load.h"
#include "zone/whole/names.h"

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

/* `_dmarc`, `_spf`, `selector._domainkey`: names that nobody sends mail from. */
static bool has_underscore(struct zm_str text)
{
	return zm_str_starts(text, ZM_STR("_")) || zm_str_find(text, ZM_STR("._"), 0) != SIZE_MAX;
}

/* A star in a pattern stands for mail names only; a pattern that means others says so. */
static bool matches_pattern(struct zm_arena *arena, const struct zm_policy_names *names,
			    struct zm_name name)
{
	if (names->count == 0) {
		return false;
	}
	struct zm_str text = zm_name_text(arena, name);
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
static bool is_listed(struct zm_arena *arena, const struct zm_owners *owners,
		      const struct zm_record *record)
{
	const struct zm_name apex = owners->zone->origin;
	const struct zm_policy_names *names =
		&zm_policy_view(owners->policy, apex, record->owner)->spf.names;
	return (names->apex && zm_name_eq(record->owner, apex)) ||
	       (names->mx && is_mail_exchange(record)) || (names->hosts && is_host(record->type)) ||
	       matches_pattern(arena, names, record->owner);
}

bool zm_lint_is_meant_record(const struct zm_record *record)
{
	if (record->type != ZM_TYPE_TXT || record->text == NULL) {
		return false;
	}
	return zm_lint_is_meant(record->text->bytes);
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
	for (size_t i = 0; i < zone->odd_count; i++) {
		const struct zm_record *record = zone->odd[i];
		if (is_mail_exchange(record) && zm_name_eq(record->owner, name)) {
			return true;
		}
	}
	return false;
}

static bool has_mail(const struct zm_zone *zone)
{
	bool has = false;
	for (size_t i = 0; i < zone->odd_count && !has; i++) {
		has = is_mail_exchange(zone->odd[i]);
	}
	return has;
}

/* A response policy zone, which says what resolvers make of other people's names, has no mail: it
 * holds the actions of such a zone, no MX record, and no address at its apex. */
static bool is_response_policy(const struct zm_zone *zone)
{
	return zone->has_actions && !has_mail(zone) &&
	       (zm_names_kinds(zone->names, zone->origin) & ZM_KIND_ADDRESS) == 0;
}

/* Nothing is asked of a zone that was not read whole: what is missing may be in the rest. */
struct zm_owners zm_owners_of(const struct zm_zone *zone, const struct zm_policy *policy)
{
	return (struct zm_owners){
		.zone = zone,
		.policy = policy,
		.are_asked = zone->soa != NULL && zone->complete && !is_arpa(zone->origin) &&
			     !is_response_policy(zone) && !ends_in_number(zone->origin),
		.any_apart = zm_names_any_apart(zone->names),
	};
}

size_t zm_owners_run(const struct zm_zone *zone, size_t i)
{
	uint64_t hash = zm_zone_kept(zone, i)->hash;
	do {
		i++;
	} while (i < zone->record_count && zm_names_same(zm_zone_kept(zone, i)->hash, hash));
	return i;
}

bool zm_owners_is_apart(const struct zm_owners *owners, size_t i)
{
	const struct zm_zone *zone = owners->zone;
	return owners->any_apart &&
	       (zm_names_kinds_of(zone->names, zm_zone_kept(zone, i)->hash) & ZM_KIND_APART) != 0;
}

/* What stands at or below a zone cut is another zone's to say (RFC 1034 4.2.1); what stands below a
 * DNAME does not exist (RFC 6672 2.4). */
static bool is_cut_off(const struct zm_zone *zone, struct zm_name name)
{
	return zm_name_is_set(zm_names_cut(zone->names, zone->origin, name));
}

static void add_record(struct zm_lint_owner *owner, struct zm_arena *arena,
		       const struct zm_record *record)
{
	struct zm_lint_record *slot = &owner->record[owner->count++];
	slot->record = record;
	slot->text = record->text->bytes;
	slot->is_spf = zm_spf_is_record(slot->text);
	if (slot->is_spf) {
		owner->spf_count++;
		zm_spf_parse(&slot->spf, arena, slot->text);
	}
}

/* The first that somebody wrote; what $GENERATE makes has no line of its own. */
static const struct zm_record *better_anchor(const struct zm_record *old,
					     const struct zm_record *record)
{
	bool is_better =
		old == NULL || (old->source->made_by != NULL && record->source->made_by == NULL);
	return is_better ? record : old;
}

bool zm_owner_look(struct zm_lint_owner *owner, struct zm_arena *arena,
		   const struct zm_owners *owners, const struct zm_record *const *record,
		   size_t count)
{
	bool is_named = false;
	*owner = (struct zm_lint_owner){.name = record[0]->owner};
	owner->record = zm_arena_array(arena, count, sizeof(*owner->record));
	for (size_t i = 0; i < count; i++) {
		bool meant = zm_lint_is_meant_record(record[i]);
		bool listed = is_listed(arena, owners, record[i]);
		if (meant || listed) {
			owner->anchor = better_anchor(owner->anchor, record[i]);
		}
		if (meant) {
			add_record(owner, arena, record[i]);
		}
		is_named = is_named || listed;
	}
	owner->must_have = is_named && owners->are_asked &&
			   !is_cut_off(owners->zone, owner->name) &&
			   is_mail_name(owners->zone, owner->name);
	return is_named || owner->count > 0;
}

uint64_t zm_lint_keeps(const struct zm_policy *policy)
{
	uint64_t keep = ZM_KEEP(ZM_TYPE_MX);
	if (zm_policy_asks_zones(policy)) {
		return ZM_KEEP_ALL;
	}
	if (zm_policy_names_hosts(policy)) {
		keep |= ZM_KEEP(ZM_TYPE_A) | ZM_KEEP(ZM_TYPE_AAAA);
	}
	return keep;
}
