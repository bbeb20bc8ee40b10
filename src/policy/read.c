/* read: the tree of one file → its layer, by one table of keys a mapping. */
#include "policy/fault.h"
#include "policy/kind.h"
#include "policy/layer.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct zm_policy_text text_of(const struct zm_yaml_node *node)
{
	return (struct zm_policy_text){node->text, node->place};
}

static bool read_version(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	(void)into;
	if (!zm_policy_wants_text(r, value, "version: 1")) {
		return false;
	}
	if (zm_str_eq(value->text, ZM_STR("1"))) {
		return true;
	}
	return zm_policy_fail(r->err, value->place, "version %s is not supported; write version: 1",
			      zm_policy_quote(r->arena, value->text));
}

static bool read_description(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			     void *into)
{
	struct zm_policy_layer *layer = into;
	layer->description = text_of(value);
	return zm_policy_wants_text(r, value, "description: what the policy is for");
}

/* It is printed with findings and followed by people: http and https only, nothing that a terminal
 * or a page would take for something else. */
static bool is_url(struct zm_str text)
{
	if (!zm_str_starts(text, ZM_STR("https://")) && !zm_str_starts(text, ZM_STR("http://"))) {
		return false;
	}
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];
		if (c <= ' ' || c > '~' || c == '"' || c == '<' || c == '>') {
			return false;
		}
	}
	return true;
}

static bool read_url(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_layer *layer = into;
	layer->url = text_of(value);
	if (!zm_policy_wants_text(r, value, "url: https://example.com/mail")) {
		return false;
	}
	if (is_url(value->text)) {
		return true;
	}
	return zm_policy_fail(r->err, value->place,
			      "url %s is no address that begins with https:// or http://",
			      zm_policy_quote(r->arena, value->text));
}

static bool read_extends(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	const char *form = "extends: [recommended]";
	struct zm_policy_layer *layer = into;
	if (!zm_policy_wants_list(r, value, form)) {
		return false;
	}
	struct zm_policy_text *parent = zm_arena_array(r->arena, value->count, sizeof(*parent));
	for (const struct zm_yaml_node *i = value->first; i != NULL; i = i->next) {
		if (!zm_policy_wants_text(r, i, form)) {
			return false;
		}
		parent[layer->parents++] = text_of(i);
	}
	layer->extends = parent;
	return true;
}

static const struct zm_policy_key spf_keys[] = {
	{"names", zm_policy_read_names},     {"require", zm_policy_read_require},
	{"forbid", zm_policy_read_forbid},   {"default", zm_policy_read_default},
	{"exactly", zm_policy_read_exactly}, {"all", zm_policy_read_all},
};

static const struct zm_policy_keys spf_mapping = {" in spf", "spf: {require: [include:x.example]}",
						  spf_keys, COUNT(spf_keys)};

static bool read_severity(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	static const char *const known[] = {"off", "info", "warning", "error"};
	struct zm_policy_rule *rule = into;
	if (!zm_policy_wants_text(r, value, "off, info, warning or error")) {
		return false;
	}
	rule->place = value->place;
	if (zm_severity_parse(&rule->severity, value->text)) {
		return true;
	}
	return zm_policy_fail(r->err, value->place, "unknown severity %s%s",
			      zm_policy_quote(r->arena, value->text),
			      zm_policy_suggest(r->arena, value->text, known, COUNT(known)));
}

static const struct zm_policy_key rule_keys[] = {{"severity", read_severity}};

static bool read_rule(struct zm_policy_reader *r, const struct zm_yaml_node *value,
		      struct zm_policy_rule *rule)
{
	if (value->kind == ZM_YAML_TEXT) {
		return read_severity(r, value, rule);
	}
	const char *where =
		zm_arena_printf(r->arena, " in %s", zm_policy_quote(r->arena, value->key->text))
			.data;
	struct zm_policy_keys keys = {where, "a severity such as warning, or {severity: warning}",
				      rule_keys, COUNT(rule_keys)};
	if (!zm_policy_read_keys(r, value, &keys, rule)) {
		return false;
	}
	if (rule->place.file == NULL) {
		return zm_policy_fail(r->err, value->place,
				      "%s has no severity; write {severity: warning}",
				      zm_policy_quote(r->arena, value->key->text));
	}
	return true;
}

static bool find_rule(struct zm_policy_reader *r, const struct zm_yaml_node *key, size_t *rule)
{
	const struct zm_catalogue *catalogue = r->catalogue;
	for (*rule = 0; *rule < catalogue->count; (*rule)++) {
		if (zm_str_eq(key->text, zm_str_from(catalogue->name[*rule]))) {
			return true;
		}
	}
	return zm_policy_fail(
		r->err, key->place, "unknown rule %s%s", zm_policy_quote(r->arena, key->text),
		zm_policy_suggest(r->arena, key->text, catalogue->name, catalogue->count));
}

static bool read_settings(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			  struct zm_policy_says *says)
{
	if (!zm_policy_wants_mapping(r, value, "rules: {ptr-mechanism: info}")) {
		return false;
	}
	struct zm_policy_setting *setting =
		zm_arena_array(r->arena, value->count, sizeof(*setting));
	for (const struct zm_yaml_node *m = value->first; m != NULL; m = m->next) {
		struct zm_policy_setting *s = &setting[says->settings++];
		if (!find_rule(r, m->key, &s->rule) || !read_rule(r, m, &s->value)) {
			return false;
		}
	}
	says->setting = setting;
	return true;
}

static bool read_spf(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_layer *layer = into;
	return zm_policy_read_keys(r, value, &spf_mapping, &layer->says.spf);
}

static bool read_rules(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_layer *layer = into;
	return read_settings(r, value, &layer->says);
}

static bool read_entry_spf(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_entry *entry = into;
	return zm_policy_read_keys(r, value, &spf_mapping, &entry->says.spf);
}

static bool read_entry_rules(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			     void *into)
{
	struct zm_policy_entry *entry = into;
	return read_settings(r, value, &entry->says);
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
	bool is_list = value->kind == ZM_YAML_LIST;
	const char *form = "match: [parked.example, \"*.parked.example\"]";
	if (!is_list && !zm_policy_wants_text(r, value, form)) {
		return false;
	}
	if (is_list && value->count == 0) {
		return zm_policy_fail(r->err, value->place, "an empty match matches nothing");
	}
	const struct zm_yaml_node *i = is_list ? value->first : value;
	size_t count = is_list ? value->count : 1;
	struct zm_str *match = zm_arena_array(r->arena, count, sizeof(*match));
	for (; entry->matches < count; i = i->next) {
		if (!zm_policy_wants_text(r, i, form) ||
		    !zm_policy_read_pattern(r, i, &match[entry->matches++])) {
			return false;
		}
	}
	entry->match = match;
	entry->place = value->place;
	sort_matches(r, entry);
	return true;
}

static const struct zm_policy_key entry_keys[] = {
	{"match", read_match}, {"spf", read_entry_spf}, {"rules", read_entry_rules},
	{"file", NULL},        {"origin", NULL},        {"serial", NULL},
};

static const struct zm_policy_keys entry_mapping = {
	" in zones", "zones: [{match: parked.example, spf: {...}}]", entry_keys, COUNT(entry_keys)};

static bool read_zones(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_layer *layer = into;
	if (!zm_policy_wants_list(r, value, entry_mapping.form)) {
		return false;
	}
	layer->entry = zm_arena_array(r->arena, value->count, sizeof(*layer->entry));
	for (const struct zm_yaml_node *i = value->first; i != NULL; i = i->next) {
		struct zm_policy_entry *entry = &layer->entry[layer->entries++];
		if (!zm_policy_read_keys(r, i, &entry_mapping, entry)) {
			return false;
		}
		if (entry->match == NULL) {
			return zm_policy_fail(r->err, i->place,
					      "an entry of zones has no match; write match: "
					      "parked.example");
		}
		if (zm_policy_asks_nothing(&entry->says.spf) && entry->says.settings == 0) {
			return zm_policy_fail(r->err, i->place,
					      "an entry of zones without spf or rules changes "
					      "nothing");
		}
	}
	return true;
}

static const struct zm_policy_key file_keys[] = {
	{"version", read_version}, {"description", read_description},
	{"url", read_url},         {"extends", read_extends},
	{"spf", read_spf},         {"rules", read_rules},
	{"zones", read_zones},     {"serial", NULL},
	{"files", NULL},           {"expect", NULL},
};

static const struct zm_policy_keys file_mapping = {"", "keys such as version: 1", file_keys,
						   COUNT(file_keys)};

static bool has_key(const struct zm_yaml_node *node, struct zm_str name)
{
	for (const struct zm_yaml_node *m = node->first; m != NULL; m = m->next) {
		if (zm_str_eq(m->key->text, name)) {
			return true;
		}
	}
	return false;
}

bool zm_policy_read(struct zm_policy_reader *reader, struct zm_str bytes,
		    struct zm_policy_layer *layer)
{
	const struct zm_yaml_node *root =
		zm_yaml_parse(reader->arena, reader->file, bytes, reader->err);
	*layer = (struct zm_policy_layer){0};
	if (root == NULL || !zm_policy_read_keys(reader, root, &file_mapping, layer)) {
		return false;
	}
	if (!has_key(root, ZM_STR("version"))) {
		return zm_policy_fail(reader->err, root->place,
				      "the version is missing; a policy begins with \"version: "
				      "1\"");
	}
	return true;
}
