/*
 * view: what applies to one owner, made once for every combination of `zones:` entries that occurs.
 *
 * Combinations form a tree: from `base`, each entry that matches leads on to a child, and a node is
 * the view of all the entries on the way to it. Nodes are only ever added, at the head of a list,
 * so that threads may read while one adds; they live in an arena of the tree's own, because the
 * policy's may be in use by somebody else.
 *
 *	base ── entry 0 ── entry 2        (owners that entries 0 and 2 match)
 *	     └─ entry 2                   (owners that only entry 2 matches)
 */
#include "policy/layer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct node {
	struct zm_policy_view view;
	size_t entry;
	struct node *next; /* child of the same parent; never changes */
	struct node *_Atomic child;
};

struct zm_policy_zones {
	const struct zm_policy_entry *entry;
	size_t count;
	struct node base;
	bool *applied; /* one an entry: some node is its */
	pthread_mutex_t adding;
	struct zm_arena arena; /* the nodes' */
};

/* A name as patterns are written: lower case, final dot. A byte that no pattern holds is a `?`. */
struct plain_name {
	char data[ZM_NAME_MAX + 1];
	size_t len;
};

static void write_label(struct plain_name *out, const uint8_t *label, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		char c = zm_lower((char)label[i]);
		bool is_usual = zm_is_alnum(c) || c == '-' || c == '_' || c == '/' || c == '*';
		out->data[out->len++] = is_usual ? c : '?';
	}
	out->data[out->len++] = '.';
}

static struct zm_str plain_text(struct plain_name *out, struct zm_name name)
{
	out->len = 0;
	for (size_t at = 0; at < name.len && name.wire[at] != 0; at += name.wire[at] + 1u) {
		write_label(out, name.wire + at + 1, name.wire[at]);
	}
	if (out->len == 0) {
		out->data[out->len++] = '.';
	}
	return (struct zm_str){out->data, out->len};
}

static int compare(const void *a, const void *b)
{
	const struct zm_str *x = a;
	const struct zm_str *y = b;
	return zm_str_compare(*x, *y);
}

static bool matches_name(const struct zm_policy_entry *entry, struct zm_str name)
{
	if (bsearch(&name, entry->exact, entry->exacts, sizeof(name), compare) != NULL) {
		return true;
	}
	for (size_t i = 0; i < entry->stars; i++) {
		if (zm_str_matches(name, entry->star[i])) {
			return true;
		}
	}
	return false;
}

static bool matches(const struct zm_policy *policy, size_t i, struct zm_str zone,
		    struct zm_str owner)
{
	const struct zm_policy_entry *entry = &policy->zones->entry[i];
	if (entry->file.count > 0 && (policy->under == NULL || !policy->under[i])) {
		return false;
	}
	return entry->match == NULL || matches_name(entry, zone) || matches_name(entry, owner);
}

static struct node *find_child(struct node *first, size_t entry)
{
	while (first != NULL && first->entry != entry) {
		first = first->next;
	}
	return first;
}

static struct node *add_child(const struct zm_policy *policy, struct node *parent, size_t entry)
{
	struct zm_policy_zones *zones = policy->zones;
	pthread_mutex_lock(&zones->adding);
	struct node *first = atomic_load(&parent->child);
	struct node *child = find_child(first, entry); /* another thread may have been first */
	if (child == NULL) {
		child = zm_arena_alloc(&zones->arena, sizeof(*child));
		child->view = parent->view;
		child->entry = entry;
		child->next = first;
		zones->applied[entry] = true;
		zm_policy_merge(&child->view, &zones->arena, policy->catalogue,
				&zones->entry[entry].says, false);
		atomic_store(&parent->child, child);
	}
	pthread_mutex_unlock(&zones->adding);
	return child;
}

const struct zm_policy_view *zm_policy_view(const struct zm_policy *policy, struct zm_name zone,
					    struct zm_name owner)
{
	struct zm_policy_zones *zones = policy->zones;
	struct plain_name zone_name;
	struct plain_name owner_name;
	if (zones->count == 0) {
		return &policy->base;
	}
	struct zm_str zone_text = plain_text(&zone_name, zone);
	struct zm_str owner_text = plain_text(&owner_name, owner);
	struct node *node = &zones->base;
	for (size_t i = 0; i < zones->count; i++) {
		if (!matches(policy, i, zone_text, owner_text)) {
			continue;
		}
		struct node *child = find_child(atomic_load(&node->child), i);
		node = child != NULL ? child : add_child(policy, node, i);
	}
	return node == &zones->base ? &policy->base : &node->view;
}

static bool has_wildcard(struct zm_str text)
{
	return zm_str_find(text, ZM_STR("*"), 0) != SIZE_MAX ||
	       zm_str_find(text, ZM_STR("?"), 0) != SIZE_MAX;
}

/* The first pattern, but one without wildcard before all that have one. */
static struct zm_str first_path(const struct zm_policy_globs *globs)
{
	size_t i = 0;
	while (i < globs->count && has_wildcard(globs->item[i].text)) {
		i++;
	}
	return globs->count == 0 ? ZM_STR("") : globs->item[i < globs->count ? i : 0].text;
}

static struct zm_policy_idle describe(const struct zm_policy_entry *entry)
{
	struct zm_policy_idle idle = {.file = first_path(&entry->file), .place = entry->place};
	if (entry->matches > 0) {
		idle.match = entry->exacts > 0 ? entry->exact[0] : entry->match[0];
	}
	idle.is_open = has_wildcard(idle.match) || has_wildcard(idle.file);
	return idle;
}

bool zm_policy_next_idle(const struct zm_policy *policy, size_t *next, struct zm_policy_idle *idle)
{
	const struct zm_policy_zones *zones = policy->zones;
	while (*next < zones->count) {
		size_t i = (*next)++;
		struct zm_str file = zm_str_from(zones->entry[i].place.file);
		if (!zones->applied[i] && zm_str_eq(file, policy->name)) {
			*idle = describe(&zones->entry[i]);
			return true;
		}
	}
	return false;
}

bool zm_policy_names_match(const struct zm_policy_names *names, struct zm_name owner)
{
	struct plain_name plain;
	struct zm_str text = plain_text(&plain, owner);
	for (size_t i = 0; i < names->count; i++) {
		if (zm_str_matches(text, names->pattern[i])) {
			return true;
		}
	}
	return false;
}

static bool asks_of_hosts(const struct zm_policy_names *names)
{
	return names->hosts || names->count > 0;
}

bool zm_policy_names_hosts(const struct zm_policy *policy)
{
	bool asks = asks_of_hosts(&policy->base.spf.names);
	for (size_t i = 0; i < policy->zones->count; i++) {
		asks = asks || asks_of_hosts(&policy->zones->entry[i].says.spf.names);
	}
	return asks;
}

static bool has_costs(const struct zm_policy_spf *spf)
{
	return spf->ceiling[ZM_CEILING_LOOKUPS].place.file != NULL ||
	       spf->ceiling[ZM_CEILING_VOID_LOOKUPS].place.file != NULL ||
	       spf->ceiling[ZM_CEILING_IPV4_ADDRESSES].place.file != NULL;
}

bool zm_policy_asks_zones(const struct zm_policy *policy)
{
	bool asks = policy->expects > 0 || has_costs(&policy->base.spf);
	for (size_t i = 0; i < policy->zones->count; i++) {
		asks = asks || has_costs(&policy->zones->entry[i].says.spf);
	}
	return asks;
}

static bool follows_terms(const struct zm_policy_spf *spf)
{
	return spf->require.count > 0 || spf->forbid.count > 0;
}

bool zm_policy_minds_others(const struct zm_policy *policy)
{
	bool minds = zm_policy_asks_zones(policy) || follows_terms(&policy->base.spf);
	for (size_t i = 0; i < policy->zones->count; i++) {
		minds = minds || follows_terms(&policy->zones->entry[i].says.spf);
	}
	return minds;
}

bool zm_policy_names_mx(const struct zm_policy *policy)
{
	bool asks = policy->base.spf.names.mx;
	for (size_t i = 0; i < policy->zones->count; i++) {
		asks = asks || policy->zones->entry[i].says.spf.names.mx;
	}
	return asks;
}

static void release(void *thing)
{
	struct zm_policy_zones *zones = thing;
	pthread_mutex_destroy(&zones->adding);
	zm_arena_release(&zones->arena);
}

struct zm_policy_zones *zm_policy_zones_new(struct zm_arena *arena,
					    const struct zm_policy_view *base,
					    const struct zm_policy_entry *entry, size_t count)
{
	struct zm_policy_zones *zones = zm_arena_alloc(arena, sizeof(*zones));
	zones->entry = entry;
	zones->count = count;
	zones->applied = zm_arena_array(arena, count, sizeof(*zones->applied));
	zones->base.view = *base;
	pthread_mutex_init(&zones->adding, NULL);
	zm_arena_defer(arena, release, zones);
	return zones;
}

const struct zm_policy_entry *zm_policy_zones_entry(const struct zm_policy_zones *zones,
						    size_t *count)
{
	*count = zones->count;
	return zones->entry;
}
