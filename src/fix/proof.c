#include "fix/proof.h"

#include "dns/map.h"
#include "zone/rdata/soa.h"
#include "zone/types.h"
#include "zone/walk.h"

#include <string.h>

/* One of the two files, and the record that it stands at. */
struct side {
	struct zm_walk *walk;
	struct zm_record record;
	bool more;
};

struct proof {
	struct zm_arena *arena;
	struct side old;
	struct side new;
	const struct zm_planned_change *change;
	size_t count;
	bool *met;           /* one a change */
	size_t *next;        /* one a change: the next one of its owner, or SIZE_MAX */
	struct zm_map owner; /* → its first change */
	size_t serial;       /* the change of the serial, or SIZE_MAX */
};

static void advance(struct side *side)
{
	side->more = zm_walk_next(side->walk, &side->record);
}

static bool same_name(struct zm_name a, struct zm_name b)
{
	return a.len == b.len && memcmp(a.wire, b.wire, a.len) == 0;
}

/* All that stands before the RDATA. Names compare with their case: not even that may change. */
static bool same_head(const struct zm_record *a, const struct zm_record *b)
{
	return a->type == b->type && a->class == b->class && a->ttl == b->ttl &&
	       same_name(a->owner, b->owner);
}

static const struct zm_token *next_word(const struct zm_record *record, size_t *i)
{
	while (*i < record->rdata_count) {
		const struct zm_token *token = &record->rdata[(*i)++];
		if (token->kind == ZM_WORD || token->kind == ZM_QUOTED) {
			return token;
		}
	}
	return NULL;
}

/* Word by word as written, under the same origin: the same for every type, known or not. */
static bool same_rdata(const struct zm_record *a, const struct zm_record *b)
{
	size_t i = 0;
	size_t j = 0;
	for (;;) {
		const struct zm_token *x = next_word(a, &i);
		const struct zm_token *y = next_word(b, &j);
		if (x == NULL || y == NULL) {
			return x == y && same_name(a->origin, b->origin);
		}
		struct zm_str text = zm_str_sub(a->source->bytes, x->start, x->end);
		if (x->kind != y->kind ||
		    !zm_str_eq(text, zm_str_sub(b->source->bytes, y->start, y->end))) {
			return false;
		}
	}
}

static bool says(const struct zm_record *record, struct zm_str text)
{
	return record->type == ZM_TYPE_TXT && record->text != NULL &&
	       zm_str_eq(record->text->bytes, text);
}

/* Whether the record says what the SOA said, but for the serial. */
static bool is_soa_with(const struct zm_record *record, const struct zm_soa *old, uint32_t serial)
{
	return record->soa_data != NULL && old != NULL && record->soa_data->serial == serial &&
	       zm_soa_same_but_serial(record->soa_data, old);
}

/* Whether this change explains what the two sides stand at; then both move past it. */
static bool explains(struct proof *p, const struct zm_planned_change *change)
{
	const struct zm_record *old = &p->old.record;
	const struct zm_record *new = &p->new.record;
	bool old_is_it =
		p->old.more && zm_name_eq(old->owner, change->owner) && says(old, change->before);
	bool new_is_it =
		p->new.more &&zm_name_eq(new->owner, change->owner) && says(new, change->after);
	bool met = false;
	switch (change->kind) {
	case ZM_CHANGE_TEXT:
		met = old_is_it && new_is_it && same_head(old, new);
		break;
	case ZM_CHANGE_GONE:
		met = old_is_it;
		break;
	case ZM_CHANGE_NEW:
		met = new_is_it;
		break;
	case ZM_CHANGE_NOTHING:
		break;
	case ZM_CHANGE_SERIAL:
		met = p->old.more && p->new.more &&
		      old->type == ZM_TYPE_SOA &&same_head(old, new) &&
		      is_soa_with(new, old->soa_data, change->serial);
		break;
	}
	if (met && change->kind != ZM_CHANGE_NEW) {
		advance(&p->old);
	}
	if (met && change->kind != ZM_CHANGE_GONE) {
		advance(&p->new);
	}
	return met;
}

static bool try_change(struct proof *p, size_t i)
{
	if (!p->met[i] && explains(p, &p->change[i])) {
		p->met[i] = true;
		return true;
	}
	return false;
}

/* By a change of that kind of the side's owner. */
static bool explained_by(struct proof *p, const struct side *side, enum zm_planned_kind kind)
{
	size_t i = side->more ? zm_map_get(&p->owner, side->record.owner) : SIZE_MAX;
	while (i != SIZE_MAX && (p->change[i].kind != kind || !try_change(p, i))) {
		i = p->next[i];
	}
	return i != SIZE_MAX;
}

/* Of two records that said the same one may change and the other go. So a record has gone only if
 * nothing else explains what is there now. */
static bool find_explanation(struct proof *p)
{
	return (p->serial != SIZE_MAX && try_change(p, p->serial)) ||
	       explained_by(p, &p->old, ZM_CHANGE_TEXT) ||
	       explained_by(p, &p->new, ZM_CHANGE_NEW) || explained_by(p, &p->old, ZM_CHANGE_GONE);
}

static void index_changes(struct proof *p)
{
	p->met = zm_arena_array(p->arena, p->count, sizeof(*p->met));
	p->next = zm_arena_array(p->arena, p->count, sizeof(*p->next));
	p->serial = SIZE_MAX;
	for (size_t i = p->count; i-- > 0;) { /* from the last, so that the lists are in order */
		p->met[i] = p->change[i].kind == ZM_CHANGE_NOTHING;
		p->next[i] = SIZE_MAX;
		if (p->change[i].kind == ZM_CHANGE_SERIAL) {
			p->serial = i;
			continue;
		}
		size_t *first = zm_map_put(&p->owner, p->change[i].owner);
		p->next[i] = *first;
		*first = i;
	}
}

static bool both_say_the_same(const struct proof *p)
{
	return p->old.more && p->new.more &&same_head(&p->old.record, &p->new.record) &&
	       same_rdata(&p->old.record, &p->new.record);
}

static bool fail(struct proof *p, struct zm_error *err, const char *what)
{
	const struct side *side = p->old.more ? &p->old : &p->new;
	if (!side->more) {
		return zm_error_set(err, "%s", what);
	}
	struct zm_str owner = zm_name_text(p->arena, side->record.owner);
	const char *type = zm_type_name(side->record.type);
	return zm_error_set(err, "%s the %s record of %.*s", what, type == NULL ? "untyped" : type,
			    ZM_STR_ARG(owner));
}

/* A TTL that is not written is that of a record before it (RFC 1035 5.1), which may be the one that
 * changed. */
static bool differ_in_ttl_only(const struct proof *p)
{
	struct zm_record old = p->old.record;
	old.ttl = p->new.record.ttl;
	return p->old.more && p->new.more &&same_head(&old, &p->new.record) &&
	       same_rdata(&old, &p->new.record);
}

static bool fail_to_explain(struct proof *p, struct zm_error *err)
{
	if (differ_in_ttl_only(p)) {
		return fail(p, err,
			    "a TTL is inherited from a record that would go, write it out in");
	}
	return fail(p, err, "the new file would differ where nothing was planned, in");
}

/* A record may say again in the end what it said at first. */
static bool is_idle(const struct zm_planned_change *change)
{
	return change->kind == ZM_CHANGE_TEXT && zm_str_eq(change->before, change->after);
}

static bool fail_to_meet(struct proof *p, struct zm_error *err,
			 const struct zm_planned_change *change)
{
	if (change->kind == ZM_CHANGE_SERIAL) {
		return zm_error_set(err, "the new file would lack the new serial");
	}
	struct zm_str owner = zm_name_text(p->arena, change->owner);
	return zm_error_set(err, "the new file would lack a planned change of a record of %.*s",
			    ZM_STR_ARG(owner));
}

static bool compare(struct proof *p, struct zm_error *err)
{
	advance(&p->old);
	advance(&p->new);
	while (p->old.more || p->new.more) {
		if (both_say_the_same(p)) {
			advance(&p->old);
			advance(&p->new);
		} else if (!find_explanation(p)) {
			return fail_to_explain(p, err);
		}
	}
	for (size_t i = 0; i < p->count; i++) {
		if (!p->met[i] && !is_idle(&p->change[i])) {
			return fail_to_meet(p, err, &p->change[i]);
		}
	}
	return true;
}

/* Faults that were there before may stay; a new one may not come. */
static bool loads_as_well(struct proof *p, struct zm_error *err)
{
	const struct zm_zone *old = zm_walk_zone(p->old.walk);
	const struct zm_zone *new = zm_walk_zone(p->new.walk);
	if (!new->loads || new->fault_count > old->fault_count ||
	    !zm_name_eq(old->origin, new->origin)) {
		return zm_error_set(err, "the new file would not load");
	}
	return true;
}

/* What is on the disk by now is not looked at: included files are given. */
static void start(struct side *side, struct zm_arena *arena, const struct zm_zone *zone,
		  const struct zm_rewrites *files, const struct zm_load_options *options)
{
	struct zm_load_options *load = zm_arena_alloc(arena, sizeof(*load));
	*load = *options;
	load->files = zm_rewrites_give(arena, files, zone);
	side->walk = zm_walk_start(arena, zm_rewrites_own(arena, files, zone), load);
}

bool zm_proof(const struct zm_zone *zone, const struct zm_rewrites *after,
	      const struct zm_load_options *options, const struct zm_planned_changes *changes,
	      struct zm_error *err)
{
	struct zm_arena arena = {0};
	const struct zm_rewrites before = {0};
	struct proof p = {
		.arena = &arena,
		.change = changes->item,
		.count = changes->count,
		.owner = {.arena = &arena},
	};
	start(&p.old, &arena, zone, &before, options);
	start(&p.new, &arena, zone, after, options);
	index_changes(&p);
	bool proved = compare(&p, err) && loads_as_well(&p, err);
	zm_walk_end(p.old.walk);
	zm_walk_end(p.new.walk);
	zm_arena_release(&arena);
	return proved;
}
