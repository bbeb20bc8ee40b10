/* read_zones: the entries of `zones:`. */
#include "policy/fault.h"
#include "policy/kind.h"
#include "policy/layer.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool read_spf(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_entry *entry = into;
	return zm_policy_read_keys(r, value, &zm_policy_spf_keys, &entry->says.spf);
}

static bool read_rules(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_entry *entry = into;
	return zm_policy_read_rules(r, value, &entry->says);
}

static bool read_serial(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_entry *entry = into;
	return zm_policy_read_keys(r, value, &zm_policy_serial_keys, &entry->says.serial);
}

static int compare(const void *a, const void *b)
{
	const struct zm_str *x = a;
	const struct zm_str *y = b;
	return zm_str_compare(*x, *y);
}

/* Thousands of parked domains may stand in one list: those without a star are found by bisection.
 */
static void sort_matches(struct zm_policy_reader *r, struct zm_policy_entry *entry)
{
	struct zm_str *exact = zm_arena_array(r->arena, entry->matches, sizeof(*exact));
	struct zm_str *star = zm_arena_array(r->arena, entry->matches, sizeof(*star));
	for (size_t i = 0; i < entry->matches; i++) {
		struct zm_str pattern = entry->match[i];
		if (zm_str_find(pattern, ZM_STR("*"), 0) == SIZE_MAX) {
			exact[entry->exacts++] = pattern;
		} else {
			star[entry->stars++] = pattern;
		}
	}
	qsort(exact, entry->exacts, sizeof(*exact), compare);
	entry->exact = exact;
	entry->star = star;
}

static bool read_match(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_entry *entry = into;
	size_t count;
	const struct zm_yaml_node *item = zm_policy_items(value, &count);
	if (count == 0) {
		return zm_policy_fail(r->faults, value->place, "an empty match matches nothing");
	}
	struct zm_str *match = zm_arena_array(r->arena, count, sizeof(*match));
	bool good = true;
	for (; entry->matches < count; item = item->next) {
		good = zm_policy_read_pattern(r, item, &match[entry->matches++]) && good;
	}
	entry->match = match;
	entry->place = value->place;
	sort_matches(r, entry);
	return good;
}

static bool read_file(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_entry *entry = into;
	if (value->kind == ZM_YAML_LIST && value->count == 0) {
		return zm_policy_fail(r->faults, value->place, "an empty file names no file");
	}
	if (entry->place.file == NULL) {
		entry->place = value->place;
	}
	return zm_policy_read_globs(r, value, &entry->file);
}

bool zm_policy_read_domain(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			   struct zm_str *name)
{
	if (zm_str_find(value->text, ZM_STR("*"), 0) != SIZE_MAX) {
		return zm_policy_fail(r->faults, value->place,
				      "%s is %s; it is one name and may hold no \"*\"",
				      r->key->name, zm_policy_quote(r->arena, value->text));
	}
	return zm_policy_read_pattern(r, value, name);
}

static bool read_origin(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_entry *entry = into;
	entry->origin.place = value->place;
	return zm_policy_read_domain(r, value, &entry->origin.text);
}

static const struct zm_policy_key keys[] = {
	{.name = "match",
	 .form = "match: [parked.example, \"*.parked.example\"]",
	 .about = "Zones, or names in them, by pattern.",
	 .read = read_match,
	 .shape = ZM_SHAPE_ONE_OR_MORE},
	{.name = "file",
	 .form = "file: \"legacy/**\"",
	 .about = "Files, by patterns relative to this file's folder.",
	 .read = read_file,
	 .shape = ZM_SHAPE_ONE_OR_MORE},
	{.name = "origin",
	 .form = "origin: example.net",
	 .about = "The zone that such a file holds.",
	 .read = read_origin},
	{.name = "spf",
	 .form = "spf: {require: [include:x.example]}",
	 .about = "What is asked of their SPF records instead.",
	 .read = read_spf,
	 .shape = ZM_SHAPE_MAPPING,
	 .keys = &zm_policy_spf_keys},
	{.name = "rules",
	 .form = "rules: {ptr-mechanism: info}",
	 .about = "Severities and settings of rules there.",
	 .read = read_rules,
	 .shape = ZM_SHAPE_RULES},
	{.name = "serial",
	 .form = "serial: {style: auto}",
	 .about = "How their serials are bumped.",
	 .read = read_serial,
	 .shape = ZM_SHAPE_MAPPING,
	 .keys = &zm_policy_serial_keys},
};

const struct zm_policy_keys zm_policy_entry_keys = {
	"zone", " in zones", "zones: [{match: parked.example, spf: {...}}]", keys, COUNT(keys)};

static bool says_something(const struct zm_policy_says *says)
{
	const struct zm_policy_serial *serial = &says->serial;
	return !zm_policy_asks_nothing(&says->spf) || says->settings > 0 || says->numbers > 0 ||
	       serial->style_place.file != NULL || serial->timezone.place.file != NULL ||
	       serial->first.place.file != NULL;
}

/* What may not be missing or stand alone. */
static bool is_whole(struct zm_policy_reader *r, const struct zm_policy_entry *entry,
		     struct zm_policy_place place)
{
	bool has_origin = entry->origin.text.data != NULL;
	if (has_origin && entry->file.count == 0) {
		return zm_policy_fail(r->faults, entry->origin.place,
				      "origin says which zone a file holds; write file: beside it");
	}
	if (entry->match == NULL && entry->file.count == 0) {
		return zm_policy_fail(r->faults, place,
				      "an entry of zones has neither match nor file; write match: "
				      "parked.example");
	}
	return has_origin || says_something(&entry->says) ||
	       zm_policy_fail(r->faults, place,
			      "an entry of zones without spf, rules or serial changes nothing");
}

bool zm_policy_read_zones(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_layer *layer = into;
	layer->entry = zm_arena_array(r->arena, value->count, sizeof(*layer->entry));
	bool good = true;
	for (const struct zm_yaml_node *i = value->first; i != NULL; i = i->next) {
		struct zm_policy_entry *entry = &layer->entry[layer->entries++];
		good = zm_policy_read_keys(r, i, &zm_policy_entry_keys, entry) &&
		       is_whole(r, entry, i->place) && good;
	}
	return good;
}
