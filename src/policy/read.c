/* read: the tree of one file → its layer, by one table of keys a mapping. */
#include "policy/fault.h"
#include "policy/kind.h"
#include "policy/layer.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct zm_policy_text text_of(const struct zm_yaml_node *node)
{
	return (struct zm_policy_text){node->text, node->place};
}

static bool read_version(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	(void)into;
	if (zm_str_eq(value->text, ZM_STR("1"))) {
		return true;
	}
	return zm_policy_fail(r->faults, value->place,
			      "version %s is not supported; write version: 1",
			      zm_policy_quote(r->arena, value->text));
}

static bool read_description(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			     void *into)
{
	(void)r;
	struct zm_policy_layer *layer = into;
	layer->description = text_of(value);
	return true;
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
	if (is_url(value->text)) {
		return true;
	}
	return zm_policy_fail(r->faults, value->place,
			      "url %s is no address that begins with https:// or http://",
			      zm_policy_quote(r->arena, value->text));
}

static bool read_server(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	(void)r;
	struct zm_policy_layer *layer = into;
	layer->server = text_of(value);
	return true;
}

static bool read_extends(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_layer *layer = into;
	struct zm_policy_text *parent = zm_arena_array(r->arena, value->count, sizeof(*parent));
	for (const struct zm_yaml_node *i = value->first; i != NULL; i = i->next) {
		parent[layer->parents++] = text_of(i);
	}
	layer->extends = parent;
	return true;
}

static bool read_spf(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_layer *layer = into;
	return zm_policy_read_keys(r, value, &zm_policy_spf_keys, &layer->says.spf);
}

static bool read_rules(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_layer *layer = into;
	return zm_policy_read_rules(r, value, &layer->says);
}

static bool read_serial(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_layer *layer = into;
	return zm_policy_read_keys(r, value, &zm_policy_serial_keys, &layer->says.serial);
}

static bool read_files(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	return zm_policy_read_keys(r, value, &zm_policy_files_keys, into);
}

static const struct zm_policy_key keys[] = {
	{.name = "version",
	 .form = "version: 1",
	 .about = "The version of the policy language.",
	 .read = read_version,
	 .shape = ZM_SHAPE_NUMBER,
	 .min = 1,
	 .max = 1,
	 .is_needed = true},
	{.name = "description",
	 .form = "description: what the policy is for",
	 .about = "What the policy is for, in a sentence; shown with the findings.",
	 .read = read_description},
	{.name = "url",
	 .form = "url: https://example.com/mail",
	 .about = "Where people read more, https:// or http://.",
	 .read = read_url},
	{.name = "extends",
	 .form = "extends: [recommended]",
	 .about = "Policies to build on: names of built-in ones, or paths relative to this file. "
		  "Later ones win.",
	 .read = read_extends,
	 .shape = ZM_SHAPE_TEXTS},
	{.name = "spf",
	 .form = "spf: {require: [include:x.example]}",
	 .about = "What is asked of SPF records.",
	 .read = read_spf,
	 .shape = ZM_SHAPE_MAPPING,
	 .keys = &zm_policy_spf_keys},
	{.name = "rules",
	 .form = "rules: {ptr-mechanism: info}",
	 .about = "Severities and settings of rules.",
	 .read = read_rules,
	 .shape = ZM_SHAPE_RULES},
	{.name = "zones",
	 .form = "zones: [{match: parked.example, spf: {...}}]",
	 .about = "What is different for some zones, names or files. Later entries win.",
	 .read = zm_policy_read_zones,
	 .shape = ZM_SHAPE_MAPPINGS,
	 .keys = &zm_policy_entry_keys},
	{.name = "serial",
	 .form = "serial: {style: auto}",
	 .about = "How serials are bumped.",
	 .read = read_serial,
	 .shape = ZM_SHAPE_MAPPING,
	 .keys = &zm_policy_serial_keys},
	{.name = "server",
	 .form = "server: named",
	 .about = "The name server that loads the zones: fix prints its reload step.",
	 .read = read_server,
	 .shape = ZM_SHAPE_WORD,
	 .word = zm_nameserver_names},
	{.name = "files",
	 .form = "files: {exclude: [\"*.tmpl\"]}",
	 .about = "Which files are left out, and which are written by some tool.",
	 .read = read_files,
	 .shape = ZM_SHAPE_MAPPING,
	 .keys = &zm_policy_files_keys},
	{.name = "expect",
	 .form = "expect: [{zone: example.com, sender: office@example.com, ip: 192.0.2.1, result: "
		 "pass}]",
	 .about = "Unit tests of the published records.",
	 .read = zm_policy_read_expects,
	 .shape = ZM_SHAPE_MAPPINGS,
	 .keys = &zm_policy_expect_keys},
};

const struct zm_policy_keys zm_policy_file_keys = {"policy", "", "keys such as version: 1", keys,
						   COUNT(keys)};

bool zm_policy_read(struct zm_policy_reader *reader, struct zm_str bytes,
		    struct zm_policy_layer *layer)
{
	const struct zm_yaml_file file = {reader->file, bytes, ZM_POLICY_BYTES_MAX, "policy"};
	const struct zm_yaml_node *root = zm_yaml_parse(reader->arena, &file, reader->faults);
	*layer = (struct zm_policy_layer){0};
	return root != NULL && zm_policy_read_keys(reader, root, &zm_policy_file_keys, layer);
}
