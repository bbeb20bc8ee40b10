#include "policy/schema.h"

#include "policy/kind.h"

struct schema {
	struct zm_buf *out;
	const struct zm_catalogue *catalogue;
	size_t indent;
	bool is_first; /* nothing stands yet in the object or array that is open */
};

/* ---- JSON ---- */

static void add_string(struct zm_buf *out, const char *text)
{
	zm_buf_add_char(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\') {
			zm_buf_add_char(out, '\\');
		}
		zm_buf_add_char(out, *text);
	}
	zm_buf_add_char(out, '"');
}

static void next(struct schema *s)
{
	zm_buf_add(s->out, s->is_first ? ZM_STR("\n") : ZM_STR(",\n"));
	zm_buf_add_repeat(s->out, ' ', s->indent);
	s->is_first = false;
}

static void add_key(struct schema *s, const char *key)
{
	next(s);
	add_string(s->out, key);
	zm_buf_add(s->out, ZM_STR(": "));
}

static void begin(struct schema *s, char bracket)
{
	zm_buf_add_char(s->out, bracket);
	s->indent += 2;
	s->is_first = true;
}

static void finish(struct schema *s, char bracket)
{
	s->indent -= 2;
	s->is_first = true;
	next(s);
	s->is_first = false;
	zm_buf_add_char(s->out, bracket);
}

static void add_text(struct schema *s, const char *key, const char *text)
{
	add_key(s, key);
	add_string(s->out, text);
}

static void add_number(struct schema *s, const char *key, uint64_t number)
{
	add_key(s, key);
	zm_buf_printf(s->out, "%llu", (unsigned long long)number);
}

/* ---- Values ---- */

static void add_range(struct schema *s, uint64_t min, uint64_t max)
{
	add_text(s, "type", "integer");
	add_number(s, "minimum", min);
	add_number(s, "maximum", max);
}

static void add_texts(struct schema *s)
{
	add_text(s, "type", "array");
	add_key(s, "items");
	zm_buf_add(s->out, ZM_STR("{\"type\": \"string\"}"));
}

static void add_words(struct schema *s, const char *const *word)
{
	add_key(s, "enum");
	for (size_t i = 0; word[i] != NULL; i++) {
		zm_buf_add(s->out, i == 0 ? ZM_STR("[") : ZM_STR(", "));
		add_string(s->out, word[i]);
	}
	zm_buf_add_char(s->out, ']');
}

static void add_reference(struct schema *s, const char *name)
{
	add_key(s, "$ref");
	zm_buf_printf(s->out, "\"#/$defs/%s\"", name);
}

static void add_one_or_more(struct schema *s)
{
	add_key(s, "anyOf");
	zm_buf_add(s->out, ZM_STR("[{\"type\": \"string\"}, {\"type\": \"array\", \"minItems\": 1, "
				  "\"items\": {\"type\": \"string\"}}]"));
}

static void add_shape(struct schema *s, const struct zm_policy_key *key)
{
	switch (key->shape) {
	case ZM_SHAPE_WORD:
		add_words(s, key->word);
		break;
	case ZM_SHAPE_NUMBER:
		add_range(s, key->min, key->max);
		break;
	case ZM_SHAPE_TEXTS:
		add_texts(s);
		break;
	case ZM_SHAPE_ONE_OR_MORE:
		add_one_or_more(s);
		break;
	case ZM_SHAPE_MAPPING:
		add_reference(s, key->keys->name);
		break;
	case ZM_SHAPE_RULES:
		add_reference(s, "rules");
		break;
	case ZM_SHAPE_MAPPINGS:
		add_text(s, "type", "array");
		add_key(s, "items");
		zm_buf_printf(s->out, "{\"$ref\": \"#/$defs/%s\"}", key->keys->name);
		break;
	default:
		add_text(s, "type", "string");
		break;
	}
}

static void add_needed(struct schema *s, const struct zm_policy_keys *keys)
{
	size_t needed = 0;
	for (size_t i = 0; i < keys->count; i++) {
		if (!keys->key[i].is_needed) {
			continue;
		}
		if (needed++ == 0) {
			add_key(s, "required");
		}
		zm_buf_add(s->out, needed == 1 ? ZM_STR("[") : ZM_STR(", "));
		add_string(s->out, keys->key[i].name);
	}
	if (needed > 0) {
		zm_buf_add_char(s->out, ']');
	}
}

/* The members of the schema of a mapping. */
static void add_mapping(struct schema *s, const struct zm_policy_keys *keys)
{
	add_text(s, "type", "object");
	add_key(s, "additionalProperties");
	zm_buf_add(s->out, ZM_STR("false"));
	add_needed(s, keys);
	add_key(s, "properties");
	begin(s, '{');
	for (size_t i = 0; i < keys->count; i++) {
		add_key(s, keys->key[i].name);
		begin(s, '{');
		add_text(s, "description", keys->key[i].about);
		add_shape(s, &keys->key[i]);
		finish(s, '}');
	}
	finish(s, '}');
}

/* ---- Rules ---- */

/* YAML 1.1, which many readers still speak, reads an unquoted `off` as false. */
static void add_severity(struct schema *s)
{
	add_key(s, "severity");
	begin(s, '{');
	add_text(
		s, "description",
		"How bad a finding is; off, which some readers take for false, silences the rule.");
	add_key(s, "enum");
	zm_buf_add(s->out, ZM_STR("["));
	for (size_t i = 0; zm_policy_severities[i] != NULL; i++) {
		add_string(s->out, zm_policy_severities[i]);
		zm_buf_add(s->out, ZM_STR(", "));
	}
	zm_buf_add(s->out, ZM_STR("false]"));
	finish(s, '}');
}

static void add_settings(struct schema *s, size_t rule)
{
	const struct zm_catalogue *catalogue = s->catalogue;
	for (size_t i = 0; i < catalogue->settings; i++) {
		const struct zm_catalogue_setting *setting = &catalogue->setting[i];
		if (setting->rule != rule) {
			continue;
		}
		add_key(s, setting->name);
		begin(s, '{');
		add_text(s, "description", setting->about);
		add_number(s, "default", setting->value);
		add_range(s, setting->min, setting->max);
		finish(s, '}');
	}
}

static void add_rule(struct schema *s, size_t rule)
{
	add_key(s, s->catalogue->name[rule]);
	begin(s, '{');
	add_text(s, "description", s->catalogue->summary[rule]);
	add_key(s, "anyOf");
	begin(s, '[');
	next(s);
	zm_buf_add(s->out, ZM_STR("{\"$ref\": \"#/$defs/severity\"}"));
	next(s);
	begin(s, '{');
	add_text(s, "type", "object");
	add_key(s, "additionalProperties");
	zm_buf_add(s->out, ZM_STR("false"));
	add_number(s, "minProperties", 1);
	add_key(s, "properties");
	begin(s, '{');
	add_key(s, "severity");
	zm_buf_add(s->out, ZM_STR("{\"$ref\": \"#/$defs/severity\"}"));
	add_settings(s, rule);
	finish(s, '}');
	finish(s, '}');
	finish(s, ']');
	finish(s, '}');
}

static void add_rules(struct schema *s)
{
	add_key(s, "rules");
	begin(s, '{');
	add_text(s, "type", "object");
	add_key(s, "additionalProperties");
	zm_buf_add(s->out, ZM_STR("false"));
	add_key(s, "properties");
	begin(s, '{');
	for (size_t i = 0; i < s->catalogue->count; i++) {
		add_rule(s, i);
	}
	finish(s, '}');
	finish(s, '}');
}

/* ---- */

static void add_definition(struct schema *s, const struct zm_policy_keys *keys)
{
	add_key(s, keys->name);
	begin(s, '{');
	add_mapping(s, keys);
	finish(s, '}');
}

void zm_policy_schema(struct zm_buf *out, const struct zm_catalogue *catalogue)
{
	static const struct zm_policy_keys *const definitions[] = {
		&zm_policy_spf_keys, &zm_policy_entry_keys, &zm_policy_serial_keys,
		&zm_policy_files_keys, &zm_policy_expect_keys};
	struct schema s = {.out = out, .catalogue = catalogue};
	begin(&s, '{');
	add_text(&s, "$schema", "https://json-schema.org/draft/2020-12/schema");
	add_text(&s, "title", "zonemend policy");
	add_text(&s, "description", "What a team asks of its SPF records: zonemend.yaml.");
	add_mapping(&s, &zm_policy_file_keys);
	add_key(&s, "$defs");
	begin(&s, '{');
	for (size_t i = 0; i < sizeof(definitions) / sizeof(definitions[0]); i++) {
		add_definition(&s, definitions[i]);
	}
	add_severity(&s);
	add_rules(&s);
	finish(&s, '}');
	finish(&s, '}');
	zm_buf_add_char(out, '\n');
}
