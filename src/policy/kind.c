#include "policy/kind.h"

#include "policy/fault.h"

#include <string.h>

/* What YAML read, as an author would name it. */
static const char *seen(struct zm_policy_reader *r, const struct zm_yaml_node *node)
{
	if (zm_yaml_is_nothing(node)) {
		return node->text.len == 0 ? "no value"
					   : zm_arena_printf(r->arena, "%s as no value",
							     zm_policy_quote(r->arena, node->text))
						     .data;
	}
	switch (node->kind) {
	case ZM_YAML_TEXT:
		return zm_arena_printf(r->arena, "the text %s",
				       zm_policy_quote(r->arena, node->text))
			.data;
	case ZM_YAML_LIST:
		return "a list";
	default:
		break;
	}
	if (node->first == NULL) {
		return "a mapping";
	}
	return zm_arena_printf(r->arena, "a mapping with the key %s",
			       zm_policy_quote(r->arena, node->first->key->text))
		.data;
}

static bool wants(struct zm_policy_reader *r, const struct zm_yaml_node *value, const char *kind,
		  const char *form)
{
	return zm_policy_fail(r->faults, value->place, "YAML read %s where %s belongs; write %s",
			      seen(r, value), kind, form);
}

bool zm_policy_wants_text(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			  const char *form)
{
	bool good = value->kind == ZM_YAML_TEXT && !zm_yaml_is_nothing(value);
	return good || wants(r, value, "a text", form);
}

/* Whether a text means the same in a list, without quotes. */
static bool is_plain(struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];
		if (!zm_is_alnum(c) && (c == '\0' || strchr("-+~_./=", c) == NULL)) {
			return false;
		}
	}
	return text.len > 0;
}

/* What was meant, of a text that stands where a list of texts belongs. */
static const char *form_of_list(struct zm_policy_reader *r, const struct zm_yaml_node *value,
				const char *form)
{
	bool is_known = value->kind == ZM_YAML_TEXT && !zm_yaml_is_nothing(value) &&
			r->key != NULL && r->key->shape == ZM_SHAPE_TEXTS && is_plain(value->text);
	return is_known ? zm_arena_printf(r->arena, "%s: [%.*s]", r->key->name,
					  ZM_STR_ARG(value->text))
				  .data
			: form;
}

bool zm_policy_wants_list(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			  const char *form)
{
	return value->kind == ZM_YAML_LIST ||
	       wants(r, value, "a list", form_of_list(r, value, form));
}

bool zm_policy_wants_mapping(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			     const char *form)
{
	return value->kind == ZM_YAML_MAPPING || wants(r, value, "a mapping", form);
}

static const struct zm_policy_key *find(const struct zm_policy_keys *keys, struct zm_str name)
{
	for (size_t i = 0; i < keys->count; i++) {
		if (zm_str_eq(name, zm_str_from(keys->key[i].name))) {
			return &keys->key[i];
		}
	}
	return NULL;
}

static bool fail_unknown(struct zm_policy_reader *r, const struct zm_yaml_node *key,
			 const struct zm_policy_keys *keys)
{
	const char **name = zm_arena_array(r->arena, keys->count, sizeof(*name));
	for (size_t i = 0; i < keys->count; i++) {
		name[i] = keys->key[i].name;
	}
	return zm_policy_fail(r->faults, key->place, "unknown key %s%s%s",
			      zm_policy_quote(r->arena, key->text), keys->where,
			      zm_policy_suggest(r->arena, key->text, name, keys->count));
}

/* ---- Shapes ---- */

const struct zm_yaml_node *zm_policy_items(const struct zm_yaml_node *value, size_t *count)
{
	bool is_list = value->kind == ZM_YAML_LIST;
	*count = is_list ? value->count : 1;
	return is_list ? value->first : value;
}

static bool are_texts(struct zm_policy_reader *r, const struct zm_yaml_node *value,
		      const char *form)
{
	size_t count;
	const struct zm_yaml_node *item = zm_policy_items(value, &count);
	bool good = true;
	for (size_t i = 0; i < count; i++, item = item->next) {
		good = zm_policy_wants_text(r, item, form) && good;
	}
	return good;
}

static bool is_word(struct zm_policy_reader *r, const struct zm_yaml_node *value,
		    const struct zm_policy_key *key)
{
	size_t count = 0;
	for (; key->word[count] != NULL; count++) {
		if (zm_str_eq(value->text, zm_str_from(key->word[count]))) {
			return true;
		}
	}
	return zm_policy_fail(r->faults, value->place, "unknown %s %s%s", key->name,
			      zm_policy_quote(r->arena, value->text),
			      zm_policy_suggest(r->arena, value->text, key->word, count));
}

bool zm_policy_read_number(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			   struct zm_policy_number *number)
{
	const struct zm_policy_key *key = r->key;
	number->place = value->place;
	if (!zm_str_number(value->text, UINT64_MAX, &number->value)) {
		return zm_policy_fail(r->faults, value->place,
				      "%s is %s, which is no whole number; write %s", key->name,
				      zm_policy_quote(r->arena, value->text), key->form);
	}
	if (number->value >= key->min && number->value <= key->max) {
		return true;
	}
	bool is_low = number->value < key->min;
	return zm_policy_fail(r->faults, value->place, "%s is %.*s, the %s is %llu%s%s%s",
			      key->name, ZM_STR_ARG(value->text), is_low ? "least" : "limit",
			      (unsigned long long)(is_low ? key->min : key->max),
			      key->because == NULL ? "" : " (",
			      key->because == NULL ? "" : key->because,
			      key->because == NULL ? "" : ")");
}

static bool has_shape(struct zm_policy_reader *r, const struct zm_yaml_node *value,
		      const struct zm_policy_key *key)
{
	bool is_list = value->kind == ZM_YAML_LIST;
	switch (key->shape) {
	case ZM_SHAPE_WORD:
		return zm_policy_wants_text(r, value, key->form) && is_word(r, value, key);
	case ZM_SHAPE_TEXTS:
		return zm_policy_wants_list(r, value, key->form) && are_texts(r, value, key->form);
	case ZM_SHAPE_ONE_OR_MORE:
		return is_list ? are_texts(r, value, key->form)
			       : zm_policy_wants_text(r, value, key->form);
	case ZM_SHAPE_MAPPINGS:
		return zm_policy_wants_list(r, value, key->form);
	case ZM_SHAPE_MAPPING:
	case ZM_SHAPE_RULES:
		return zm_policy_wants_mapping(r, value, key->form);
	default:
		return zm_policy_wants_text(r, value, key->form);
	}
}

/* ---- Mappings ---- */

static bool has_needed(struct zm_policy_reader *r, const struct zm_yaml_node *node,
		       const struct zm_policy_keys *keys)
{
	bool good = true;
	for (size_t i = 0; i < keys->count; i++) {
		const struct zm_policy_key *key = &keys->key[i];
		const struct zm_yaml_node *m = node->first;
		while (m != NULL && !zm_str_eq(m->key->text, zm_str_from(key->name))) {
			m = m->next;
		}
		if (key->is_needed && m == NULL) {
			good = zm_policy_fail(r->faults, node->place,
					      "\"%s\" is missing%s; write %s", key->name,
					      keys->where, key->form);
		}
	}
	return good;
}

bool zm_policy_read_keys(struct zm_policy_reader *r, const struct zm_yaml_node *node,
			 const struct zm_policy_keys *keys, void *into)
{
	if (!zm_policy_wants_mapping(r, node, keys->form)) {
		return false;
	}
	bool good = true;
	bool all_known = true;
	for (const struct zm_yaml_node *m = node->first; m != NULL; m = m->next) {
		const struct zm_policy_key *key = find(keys, m->key->text);
		if (key == NULL) {
			all_known = fail_unknown(r, m->key, keys);
			continue;
		}
		r->key = key;
		good = has_shape(r, m, key) && key->read(r, m, into) && good;
	}
	/* What is missing may be the one that is misspelt. */
	return all_known && has_needed(r, node, keys) && good;
}
