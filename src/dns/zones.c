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

static const struct zm_index *add_index(struct zm_zones *zones, const struct zm_zone *zone)
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

static const struct zm_index *index_of(struct zm_zones *zones, const struct zm_zone *zone)
{
	size_t i = zm_map_get(&zones->apex, zone->origin);
	while (i != SIZE_MAX && zones->index[i].zone != zone) {
		i = zones->index[i].other;
	}
	return i == SIZE_MAX ? add_index(zones, zone) : &zones->index[i];
}

/* ---- One question ---- */

/* How a name is answered by one zone. */
struct lookup {
	struct zm_arena *arena;
	const struct zm_index *index;
	struct zm_name name; /* as aliases have made it */
	uint16_t type;
	struct zm_answer *answer;
};

enum outcome { ANSWERED, ALIASED };

static enum outcome set_status(struct lookup *lookup, enum zm_answer_status status)
{
	lookup->answer->status = status;
	return ANSWERED;
}

static enum outcome set_unknown(struct lookup *lookup)
{
	lookup->answer->unknown = zm_name_copy(lookup->arena, lookup->name);
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

static size_t count_type(const struct zm_index *index, size_t first, uint16_t type)
{
	size_t count = 0;
	for (size_t i = zm_index_find(index, first, type); i != ZM_INDEX_NONE;
	     i = zm_index_find(index, index->next[i], type)) {
		count++;
	}
	return count;
}

/* All records of the type from `first` on, of which there is at least one. */
static enum outcome answer_records(struct lookup *lookup, size_t first, size_t count)
{
	const struct zm_index *index = lookup->index;
	struct zm_answer_record *record = zm_arena_array(lookup->arena, count, sizeof(*record));
	size_t found = 0;
	for (size_t i = zm_index_find(index, first, lookup->type); i != ZM_INDEX_NONE;
	     i = zm_index_find(index, index->next[i], lookup->type)) {
		struct zm_answer_record *next = &record[found];
		if (!zm_rdata_answer(next, lookup->arena, index->zone->record[i])) {
			return set_unknown(lookup);
		}
		found += is_there(record, found, next, lookup->type) ? 0 : 1;
	}
	lookup->answer->record = record;
	lookup->answer->count = found;
	return set_status(lookup, ZM_ANSWER_FOUND);
}

static enum outcome follow(struct lookup *lookup, const struct zm_record *alias)
{
	if (!zm_rdata_target(&lookup->name, lookup->arena, alias)) {
		return set_unknown(lookup);
	}
	return ALIASED;
}

/* What stands at a name that exists, or at the wildcard that stands for it. */
static enum outcome answer_node(struct lookup *lookup, size_t first)
{
	const struct zm_index *index = lookup->index;
	size_t count = count_type(index, first, lookup->type);
	if (count > 0) {
		return answer_records(lookup, first, count);
	}
	size_t cname = zm_index_find(index, first, ZM_TYPE_CNAME);
	if (cname != ZM_INDEX_NONE) {
		return follow(lookup, index->zone->record[cname]);
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
		first = zm_index_first(lookup->index, zm_name_of(&buf));
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
	size_t prefix = lookup->name.len - owner.len;
	if (!zm_rdata_target(&target, lookup->arena, dname)) {
		return set_unknown(lookup);
	}
	if (prefix + target.len > sizeof(buf.wire)) {
		return set_status(lookup, ZM_ANSWER_ERROR); /* YXDOMAIN */
	}
	memcpy(buf.wire, lookup->name.wire, prefix);
	memcpy(buf.wire + prefix, target.wire, target.len);
	buf.len = (uint8_t)(prefix + target.len);
	lookup->name = zm_name_copy(lookup->arena, zm_name_of(&buf));
	return ALIASED;
}

/* The name `labels` labels shorter. */
static struct zm_name ancestor(struct zm_name name, size_t labels)
{
	while (labels > 0) {
		name = zm_name_parent(name);
		labels--;
	}
	return name;
}

/* RFC 1034 4.3.2 and RFC 6672 3.2: from the apex down to the name, minding cuts and DNAMEs. */
static enum outcome answer_from_zone(struct lookup *lookup)
{
	const struct zm_index *index = lookup->index;
	size_t below = zm_name_labels(lookup->name) - zm_name_labels(index->zone->origin);
	for (size_t left = below;; left--) {
		struct zm_name name = ancestor(lookup->name, left);
		size_t first = zm_index_first(index, name);
		if (first == ZM_INDEX_NONE) {
			return answer_wildcard(lookup, zm_name_parent(name));
		}
		if (left < below && zm_index_find(index, first, ZM_TYPE_NS) != ZM_INDEX_NONE) {
			return set_unknown(lookup);
		}
		if (left == 0) {
			return answer_node(lookup, first);
		}
		size_t dname = zm_index_find(index, first, ZM_TYPE_DNAME);
		if (dname != ZM_INDEX_NONE) {
			return rewrite(lookup, name, index->zone->record[dname]);
		}
	}
}

static void ask(void *ctx, struct zm_arena *arena, const struct zm_question *question,
		struct zm_answer *answer)
{
	struct zm_zones *zones = ctx;
	struct lookup lookup = {.arena = arena,
				.name = question->name,
				.type = (uint16_t)question->type,
				.answer = answer};
	*answer = (struct zm_answer){.status = ZM_ANSWER_ERROR};
	for (size_t links = 0; links <= ZM_ALIASES_MAX; links++) {
		const struct zm_zone *zone =
			zm_set_authority(zones->set, zones->asker, lookup.name);
		if (zone == NULL) {
			set_unknown(&lookup);
			return;
		}
		lookup.index = index_of(zones, zone);
		if (answer_from_zone(&lookup) == ANSWERED) {
			return;
		}
	}
}

struct zm_resolver zm_zones_resolver(struct zm_zones *zones)
{
	return (struct zm_resolver){.ctx = zones, .ask = ask};
}
