#include "policy/kind.h"

#include "policy/fault.h"

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
	return zm_policy_fail(r->err, value->place, "YAML read %s where %s belongs; write %s",
			      seen(r, value), kind, form);
}

bool zm_policy_wants_text(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			  const char *form)
{
	bool good = value->kind == ZM_YAML_TEXT && !zm_yaml_is_nothing(value);
	return good || wants(r, value, "a text", form);
}

bool zm_policy_wants_list(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			  const char *form)
{
	return value->kind == ZM_YAML_LIST || wants(r, value, "a list", form);
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
	size_t count = 0;
	for (size_t i = 0; i < keys->count; i++) {
		if (keys->key[i].read != NULL) {
			name[count++] = keys->key[i].name;
		}
	}
	return zm_policy_fail(r->err, key->place, "unknown key %s%s%s",
			      zm_policy_quote(r->arena, key->text), keys->where,
			      zm_policy_suggest(r->arena, key->text, name, count));
}

bool zm_policy_read_keys(struct zm_policy_reader *r, const struct zm_yaml_node *node,
			 const struct zm_policy_keys *keys, void *into)
{
	if (!zm_policy_wants_mapping(r, node, keys->form)) {
		return false;
	}
	for (const struct zm_yaml_node *m = node->first; m != NULL; m = m->next) {
		const struct zm_policy_key *key = find(keys, m->key->text);
		if (key == NULL) {
			return fail_unknown(r, m->key, keys);
		}
		if (key->read == NULL) {
			return zm_policy_fail(r->err, m->key->place,
					      "\"%s\"%s is not supported by this version",
					      key->name, keys->where);
		}
		if (!key->read(r, m, into)) {
			return false;
		}
	}
	return true;
}
