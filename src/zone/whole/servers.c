#include "zone/whole/servers.h"

#include "zone/whole/again.h"
#include "zone/whole/names.h"

#include <stdlib.h>

/* An NS record of the apex whose target lies in the zone. */
struct server {
	const struct zm_record *record;
	struct zm_name name;
};

/* What the records themselves say of a name; not of its hash. */
struct place {
	uint64_t hash;
	struct zm_name name;
	unsigned kinds; /* bits of enum zm_kind */
	bool is_above;  /* of a name that has records */
	bool is_server;
};

struct servers {
	struct zm_arena arena;
	struct zm_walk *walk;
	const struct zm_zone *zone;
	struct server *item;
	size_t count;
	size_t capacity;
	size_t records;      /* NS records of the apex, wherever their targets lie */
	struct place *place; /* by hash; each server, the names above it and their wildcards */
	size_t places;
	size_t place_capacity;
};

/* ---- Servers ---- */

/* The target as a name; false for RFC 3597 data, which is left alone. */
static bool read_target(struct zm_name_buf *target, const struct zm_record *record)
{
	const char *why;
	for (size_t i = 0; i < record->rdata_count; i++) {
		if (record->rdata[i].kind == ZM_WORD) {
			struct zm_str text =
				zm_str_sub(record->source->bytes, record->rdata[i].start,
					   record->rdata[i].end);
			return !zm_str_eq(text, ZM_STR("\\#")) &&
			       zm_name_parse(target, text, record->origin, &why);
		}
	}
	return false;
}

static void add_server(struct servers *servers, const struct zm_record *record)
{
	struct zm_name_buf target;
	servers->records++;
	if (!read_target(&target, record) ||
	    !zm_name_is_below(zm_name_of(&target), servers->zone->origin)) {
		return;
	}
	servers->item = zm_arena_grow(&servers->arena, servers->item, servers->count,
				      &servers->capacity, sizeof(*servers->item));
	servers->item[servers->count++] = (struct server){
		.record = record,
		.name = zm_name_copy(&servers->arena, zm_name_of(&target)),
	};
}

static void collect(struct servers *servers)
{
	const struct zm_zone *zone = servers->zone;
	for (size_t i = 0; i < zone->odd_count; i++) {
		const struct zm_record *record = zone->odd[i];
		if (record->type == ZM_TYPE_NS && zm_name_eq(record->owner, zone->origin)) {
			add_server(servers, record);
		}
	}
}

/* ---- Places ---- */

static void add_place(struct servers *servers, struct zm_name name)
{
	servers->place = zm_arena_grow(&servers->arena, servers->place, servers->places,
				       &servers->place_capacity, sizeof(*servers->place));
	servers->place[servers->places++] =
		(struct place){.hash = zm_names_hash(name), .name = name};
}

/* Unset where it would be too long to be a name. */
static struct zm_name wildcard_below(struct zm_arena *arena, struct zm_name parent)
{
	struct zm_name_buf star = {.wire = {1, '*'}};
	if (parent.len > ZM_NAME_MAX - 2) {
		return (struct zm_name){0};
	}
	for (size_t i = 0; i < parent.len; i++) {
		star.wire[2 + i] = parent.wire[i];
	}
	star.len = (uint8_t)(parent.len + 2);
	return zm_name_copy(arena, zm_name_of(&star));
}

static void add_places_of(struct servers *servers, struct zm_name server)
{
	size_t apex = servers->zone->origin.len;
	add_place(servers, server);
	for (struct zm_name at = server; at.len > apex;) {
		at = zm_name_parent(at);
		add_place(servers, at);
		struct zm_name star = wildcard_below(&servers->arena, at);
		if (zm_name_is_set(star)) {
			add_place(servers, star);
		}
	}
}

static int compare(const void *a, const void *b)
{
	const struct place *x = a;
	const struct place *y = b;
	if (x->hash != y->hash) {
		return x->hash < y->hash ? -1 : 1;
	}
	return zm_name_compare(x->name, y->name);
}

static void make_places(struct servers *servers)
{
	size_t kept = 0;
	for (size_t i = 0; i < servers->count; i++) {
		add_places_of(servers, servers->item[i].name);
	}
	qsort(servers->place, servers->places, sizeof(*servers->place), compare);
	for (size_t i = 0; i < servers->places; i++) {
		if (kept == 0 || compare(&servers->place[kept - 1], &servers->place[i]) != 0) {
			servers->place[kept++] = servers->place[i];
		}
	}
	servers->places = kept;
}

/* The place of the name, or NULL. */
static struct place *find(const struct servers *servers, struct zm_name name)
{
	const struct place wanted = {.hash = zm_names_hash(name), .name = name};
	return bsearch(&wanted, servers->place, servers->places, sizeof(wanted), compare);
}

static unsigned kinds_of(const struct servers *servers, struct zm_name name)
{
	const struct place *place = find(servers, name);
	return place == NULL ? 0 : place->kinds;
}

/* Names without records exist too, where others are below them (RFC 4592 2.2.2). */
static bool exists(const struct servers *servers, struct zm_name name)
{
	const struct place *place = find(servers, name);
	return place != NULL && (place->kinds != 0 || place->is_above);
}

/* ---- What the hashes say ---- */

static unsigned guess(const struct servers *servers, struct zm_name name)
{
	return zm_names_kinds(servers->zone->names, name);
}

/* Whether the server seems to have an address of its own, and nothing that would hide it. */
static bool seems_good(const struct servers *servers, struct zm_name server)
{
	const struct zm_zone *zone = servers->zone;
	unsigned kinds = guess(servers, server);
	return (kinds & ZM_KIND_ADDRESS) != 0 && (kinds & ZM_KIND_CNAME) == 0 &&
	       !zm_name_is_set(zm_names_cut(zone->names, zone->origin, server));
}

static bool seem_all_good(const struct servers *servers)
{
	size_t i = 0;
	while (i < servers->count && seems_good(servers, servers->item[i].name)) {
		i++;
	}
	return i == servers->count;
}

static bool seems_any_wild(const struct servers *servers)
{
	for (size_t i = 0; i < servers->places; i++) {
		struct zm_name name = servers->place[i].name;
		if (zm_name_is_wildcard(name) && guess(servers, name) != 0) {
			return true;
		}
	}
	return false;
}

/* ---- What the records say ---- */

static void note_above(struct servers *servers, struct zm_name owner)
{
	for (struct zm_name at = owner; at.len > servers->zone->origin.len;) {
		at = zm_name_parent(at);
		struct place *place = find(servers, at);
		if (place != NULL) {
			place->is_above = true;
		}
	}
}

/* In most zones the addresses stand near the top, where this ends. */
static bool have_all_addresses(struct servers *servers)
{
	struct zm_arena arena = {0};
	struct zm_wanted *wanted = zm_arena_alloc(&arena, sizeof(*wanted));
	size_t missing = 0;
	for (size_t i = 0; i < servers->count; i++) {
		struct place *place = find(servers, servers->item[i].name);
		missing += !place->is_server; /* two records may name one */
		place->is_server = true;
		zm_wanted_add(wanted, place->hash);
	}
	struct zm_again *again = zm_again_start(servers->walk, wanted);
	struct zm_record record;
	while (missing > 0 && zm_again_next(again, &record)) {
		bool is_address = zm_kind_of(record.type) == ZM_KIND_ADDRESS;
		struct place *place = is_address ? find(servers, record.owner) : NULL;
		if (place != NULL && place->is_server && place->kinds == 0) {
			place->kinds = ZM_KIND_ADDRESS;
			missing--;
		}
	}
	zm_again_end(again);
	zm_arena_release(&arena);
	return missing == 0;
}

/* Fills all places. Whether a name without records exists, only all records tell. */
static void look_up_all(struct servers *servers)
{
	struct zm_arena arena = {0};
	struct zm_wanted *wanted = zm_arena_alloc(&arena, sizeof(*wanted));
	for (size_t i = 0; i < servers->places; i++) {
		servers->place[i].kinds = 0;
		zm_wanted_add(wanted, servers->place[i].hash);
	}
	bool is_wild = seems_any_wild(servers);
	struct zm_again *again = zm_again_start(servers->walk, is_wild ? NULL : wanted);
	struct zm_record record;
	while (zm_again_next(again, &record)) {
		struct place *place = find(servers, record.owner);
		if (place != NULL) {
			place->kinds |= (unsigned)zm_kind_of(record.type);
		}
		if (is_wild) {
			note_above(servers, record.owner);
		}
	}
	zm_again_end(again);
	zm_arena_release(&arena);
}

/* What a wildcard gives for a name that does not exist (RFC 4592 3.3.1); 0: nothing. */
static unsigned wildcard_kinds(struct servers *servers, struct zm_name name)
{
	while (!exists(servers, name) && name.len > servers->zone->origin.len) {
		name = zm_name_parent(name);
	}
	struct zm_name star = wildcard_below(&servers->arena, name);
	return zm_name_is_set(star) ? kinds_of(servers, star) : 0;
}

/* The delegation at or above the server, or DNAME record above it, nearest to the apex; see
 * zm_names_cut(). Its kinds; 0: there is none. */
static unsigned kinds_of_cut(const struct servers *servers, struct zm_name server)
{
	size_t apex = servers->zone->origin.len;
	unsigned cut = 0;
	for (struct zm_name at = server; at.len >= apex; at = zm_name_parent(at)) {
		unsigned kinds = kinds_of(servers, at);
		bool delegated = at.len > apex && (kinds & ZM_KIND_NS) != 0;
		bool redirected = at.len < server.len && (kinds & ZM_KIND_DNAME) != 0;
		if (delegated || redirected) {
			cut = kinds;
		}
		if (at.len == apex) {
			break;
		}
	}
	return cut;
}

/* Why the server's name leads to no address, or NULL (named's check of apex NS records). */
static const char *missing_address(struct servers *servers, struct zm_name server)
{
	unsigned cut = kinds_of_cut(servers, server);
	if (cut != 0) {
		return (cut & ZM_KIND_DNAME) != 0 ? "is below a DNAME record" : NULL;
	}
	unsigned kinds = kinds_of(servers, server);
	kinds = exists(servers, server) ? kinds : wildcard_kinds(servers, server);
	if ((kinds & ZM_KIND_CNAME) != 0) {
		return "is an alias (CNAME)";
	}
	return (kinds & ZM_KIND_ADDRESS) != 0 ? NULL : "has no address (A or AAAA) in the zone";
}

static void check_server(struct servers *servers, const struct server *server)
{
	const char *why = missing_address(servers, server->name);
	if (why != NULL) {
		struct zm_arena *arena = servers->walk->arena;
		struct zm_str name = zm_name_text(arena, server->name);
		struct zm_fault fault = zm_fault_of(server->record, ZM_FAULT_SERVERS);
		fault.message =
			zm_arena_printf(arena, "name server %.*s %s", ZM_STR_ARG(name), why);
		zm_walk_add_late_fault(servers->walk, fault);
	}
}

static void blame_zone(struct servers *servers)
{
	struct zm_arena *arena = servers->walk->arena;
	struct zm_fault fault = zm_fault_of(servers->zone->soa, ZM_FAULT_SERVERS);
	struct zm_str apex = zm_name_text(arena, servers->zone->origin);
	fault.message = zm_arena_printf(arena, "the zone %.*s has no NS record at its apex",
					ZM_STR_ARG(apex));
	zm_walk_add_late_fault(servers->walk, fault);
}

void zm_servers_check(struct zm_walk *walk)
{
	struct servers servers = {.walk = walk, .zone = walk->zone};
	collect(&servers);
	if (servers.records == 0 && walk->zone->soa != NULL) {
		blame_zone(&servers);
	}
	if (servers.count > 0) {
		make_places(&servers);
		bool is_good = seem_all_good(&servers) && have_all_addresses(&servers);
		if (!is_good) {
			look_up_all(&servers);
		}
		for (size_t i = 0; !is_good && i < servers.count; i++) {
			check_server(&servers, &servers.item[i]);
		}
	}
	zm_arena_release(&servers.arena);
}
