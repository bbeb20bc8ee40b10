#include "dns/zones.h"

#include "dns/index.h"
#include "dns/rdata.h"

#include <string.h>

void zm_zones_init(struct zm_zones *zones, const struct zm_set *set, struct zm_arena *arena,
		   const struct zm_zone *asker)
{
	*zones = (struct zm_zones){
		.arena = arena, .set = set, .asker = asker, .apex = {.arena = arena}};
}

/* ---- Indexes, made when they are first needed ---- */

static struct zm_index *add_index(struct zm_zones *zones, const struct zm_zone *zone)
{
	zones->index = zm_arena_grow(zones->arena, zones->index, zones->indexes, &zones->capacity,
				     sizeof(*zones->index));
	struct zm_index *index = &zones->index[zones->indexes];
	zm_index_build(index, zones->arena, zone);
	size_t *first = zm_map_put(&zones->apex, zone->origin);
	index->other = *first;
	*first = zones->indexes++;
	return index;
}

static struct zm_index *index_of(struct zm_zones *zones, const struct zm_zone *zone)
{
	if (zones->last < zones->indexes && zones->index[zones->last].zone == zone) {
		return &zones->index[zones->last];
	}
	size_t i = zm_map_get(&zones->apex, zone->origin);
	while (i != SIZE_MAX && zones->index[i].zone != zone) {
		i = zones->index[i].other;
	}
	zones->last = i == SIZE_MAX ? zones->indexes : i;
	return i == SIZE_MAX ? add_index(zones, zone) : &zones->index[i];
}

/* ---- One question ---- */

/* How a name is answered by one zone. */
struct lookup {
	struct zm_arena *arena; /* of this answer */
	struct zm_zones *zones; /* and of those that are kept */
	struct zm_index *index;
	struct zm_name_path path; /* of the name, as aliases have made it */
	uint16_t type;
	struct zm_answer *answer;
};

enum outcome { ANSWERED, ALIASED };

static struct zm_name name_of(const struct lookup *lookup)
{
	return lookup->path.name[0];
}

static enum outcome set_status(struct lookup *lookup, enum zm_answer_status status)
{
	lookup->answer->status = status;
	return ANSWERED;
}

static enum outcome set_unknown(struct lookup *lookup)
{
	lookup->answer->unknown = zm_name_copy(lookup->arena, name_of(lookup));
	return set_status(lookup, ZM_ANSWER_UNKNOWN);
}

/* Nothing was found; of a zone that was not read whole that says nothing. */
static enum outcome set_void(struct lookup *lookup, enum zm_answer_status status)
{
	bool is_whole = lookup->index->zone->complete;
	return is_whole ? set_status(lookup, status) : set_unknown(lookup);
}

/* RFC 2181 5: an RRset holds no record twice. Only of TXT does that change what follows. */
static bool is_there(const struct zm_answer_record *record, size_t count,
		     const struct zm_answer_record *other, uint16_t type)
{
	for (size_t i = 0; i < count && type == ZM_TYPE_TXT; i++) {
		if (zm_str_eq(record[i].text, other->text)) {
			return true;
		}
	}
	return false;
}

/* More records than any DNS message holds: 65,535 bytes (RFC 1035 4.2.2), of which each takes 12 at
 * the least. */
enum { RECORDS_MAX = 65535 / 12 };

static size_t count_type(const struct zm_index *index, size_t first, uint16_t type)
{
	size_t count = 0;
	for (size_t i = first; i != ZM_INDEX_NONE; i = zm_index_next(index, i, type)) {
		count++;
	}
	return count;
}

/* The answer that all records of the type from `first` on are; NULL: one cannot be read. */
static const struct zm_answer *make_answer(struct lookup *lookup, size_t first)
{
	const struct zm_index *index = lookup->index;
	struct zm_arena *arena = lookup->zones->arena;
	struct zm_answer *answer = zm_arena_alloc(arena, sizeof(*answer));
	size_t count = count_type(index, first, lookup->type);
	size_t found = 0;
	if (count > RECORDS_MAX) {
		answer->status = ZM_ANSWER_ERROR;
		return answer;
	}
	struct zm_answer_record *record = zm_arena_array(arena, count, sizeof(*record));
	for (size_t i = first; i != ZM_INDEX_NONE; i = zm_index_next(index, i, lookup->type)) {
		struct zm_answer_record *next = &record[found];
		if (!zm_rdata_answer(next, arena, zm_zone_record(index->zone, arena, i))) {
			return NULL;
		}
		found += is_there(record, found, next, lookup->type) ? 0 : 1;
	}
	*answer = (struct zm_answer){.status = ZM_ANSWER_FOUND, .record = record, .count = found};
	return answer;
}

static enum outcome answer_records(struct lookup *lookup, size_t first)
{
	const struct zm_answer **ready = &lookup->index->entry[first].ready;
	if (*ready == NULL) {
		*ready = make_answer(lookup, first);
	}
	if (*ready == NULL) {
		return set_unknown(lookup);
	}
	*lookup->answer = **ready;
	return ANSWERED;
}

static enum outcome follow(struct lookup *lookup, const struct zm_record *alias)
{
	struct zm_name target;
	if (!zm_rdata_target(&target, lookup->arena, alias)) {
		return set_unknown(lookup);
	}
	zm_name_split(&lookup->path, target);
	return ALIASED;
}

/* What stands at a name that exists, or at the wildcard that stands for it. */
static enum outcome answer_node(struct lookup *lookup, size_t first)
{
	const struct zm_index *index = lookup->index;
	size_t found = zm_index_find(index, first, lookup->type);
	if (found != ZM_INDEX_NONE) {
		return answer_records(lookup, found);
	}
	size_t cname = zm_index_find(index, first, ZM_TYPE_CNAME);
	if (cname != ZM_INDEX_NONE) {
		return follow(lookup, zm_zone_record(index->zone, lookup->arena, cname));
	}
	return set_void(lookup, ZM_ANSWER_NO_DATA);
}

/* RFC 4592 3.3.1: the wildcard directly below the closest encloser, if there is one. In a zone that
 * was not read whole the name itself may exist. */
static enum outcome answer_wildcard(struct lookup *lookup, struct zm_name encloser)
{
	struct zm_name_buf buf = {.wire = {1, '*'}};
	size_t first = ZM_INDEX_NONE;
	if (encloser.len + 2 <= sizeof(buf.wire)) {
		memcpy(buf.wire + 2, encloser.wire, encloser.len);
		buf.len = (uint8_t)(encloser.len + 2);
		struct zm_name wildcard = zm_name_of(&buf);
		first = zm_index_first(lookup->index, wildcard, zm_name_hash(wildcard));
	}
	if (first == ZM_INDEX_NONE) {
		return set_void(lookup, ZM_ANSWER_NO_NAME);
	}
	return lookup->index->zone->complete ? answer_node(lookup, first) : set_unknown(lookup);
}

/* RFC 6672 2.2: what is before the DNAME's owner goes before its target. */
static enum outcome rewrite(struct lookup *lookup, struct zm_name owner,
			    const struct zm_record *dname)
{
	struct zm_name target;
	struct zm_name_buf buf;
	size_t prefix = name_of(lookup).len - owner.len;
	if (!zm_rdata_target(&target, lookup->arena, dname)) {
		return set_unknown(lookup);
	}
	if (prefix + target.len > sizeof(buf.wire)) {
		return set_status(lookup, ZM_ANSWER_ERROR); /* YXDOMAIN */
	}
	memcpy(buf.wire, name_of(lookup).wire, prefix);
	memcpy(buf.wire + prefix, target.wire, target.len);
	buf.len = (uint8_t)(prefix + target.len);
	zm_name_split(&lookup->path, zm_name_copy(lookup->arena, zm_name_of(&buf)));
	return ALIASED;
}

static size_t first_at(const struct lookup *lookup, size_t i)
{
	return zm_index_first(lookup->index, lookup->path.name[i], lookup->path.hash[i]);
}

/* Of a zone without cuts, where what a name is depends on no other. The apex, which is `apex` names
 * above it, exists. */
static enum outcome answer_directly(struct lookup *lookup, size_t apex)
{
	size_t first = first_at(lookup, 0);
	if (first != ZM_INDEX_NONE) {
		return answer_node(lookup, first);
	}
	size_t i = 1;
	while (i < apex && first_at(lookup, i) == ZM_INDEX_NONE) {
		i++;
	}
	return answer_wildcard(lookup, lookup->path.name[i]);
}

/* RFC 1034 4.3.2 and RFC 6672 3.2: from the apex down to the name, minding cuts and DNAMEs. */
static enum outcome answer_from_above(struct lookup *lookup, size_t apex)
{
	const struct zm_index *index = lookup->index;
	for (size_t i = apex;; i--) {
		size_t first = first_at(lookup, i);
		if (first == ZM_INDEX_NONE) {
			return answer_wildcard(lookup, lookup->path.name[i + 1]);
		}
		if (i < apex && zm_index_find(index, first, ZM_TYPE_NS) != ZM_INDEX_NONE) {
			return set_unknown(lookup);
		}
		if (i == 0) {
			return answer_node(lookup, first);
		}
		size_t dname = zm_index_find(index, first, ZM_TYPE_DNAME);
		if (dname != ZM_INDEX_NONE) {
			return rewrite(lookup, lookup->path.name[i],
				       zm_zone_record(index->zone, lookup->arena, dname));
		}
	}
}

/* Of the zone that answers for the name: the name lies at or below its apex. */
static enum outcome answer_from_zone(struct lookup *lookup, const struct zm_zone *zone)
{
	size_t apex = 0;
	while (lookup->path.name[apex].len > zone->origin.len) {
		apex++;
	}
	lookup->index = index_of(lookup->zones, zone);
	return lookup->index->has_cuts ? answer_from_above(lookup, apex)
				       : answer_directly(lookup, apex);
}

static void ask(void *ctx, struct zm_arena *arena, const struct zm_question *question,
		struct zm_answer *answer)
{
	struct zm_zones *zones = ctx;
	struct lookup lookup;
	lookup.arena = arena;
	lookup.zones = zones;
	lookup.type = (uint16_t)question->type;
	lookup.answer = answer;
	zm_name_split(&lookup.path, question->name);
	*answer = (struct zm_answer){.status = ZM_ANSWER_ERROR};
	for (size_t links = 0; links <= ZM_ALIASES_MAX; links++) {
		const struct zm_zone *zone =
			zm_set_authority(zones->set, zones->asker, &lookup.path);
		if (zone == NULL) {
			set_unknown(&lookup);
			return;
		}
		if (answer_from_zone(&lookup, zone) == ANSWERED) {
			return;
		}
	}
}

struct zm_resolver zm_zones_resolver(struct zm_zones *zones)
{
	return (struct zm_resolver){.ctx = zones, .ask = ask};
}
