/*
 * kind: what kind of YAML value a key wants, and the message when the file has another one: it
 * tells what YAML read, because `all: - ` or `[include: x]` looks right to its author.
 */
#ifndef ZM_POLICY_KIND_H
#define ZM_POLICY_KIND_H

#include "policy/layer.h"
#include "policy/yaml.h"

/* `form` shows how to write it: `forbid: [-all]`. */
bool zm_policy_wants_text(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			  const char *form);
bool zm_policy_wants_list(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			  const char *form);
bool zm_policy_wants_mapping(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			     const char *form);

/*
 * One table a mapping: reading it, suggesting the nearest name and describing the language all come
 * from here.
 */
struct zm_policy_key {
	const char *name;
	/* NULL: a key of the language that this version does not support. */
	bool (*read)(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into);
};

struct zm_policy_keys {
	const char *where; /* for messages: ` in spf`; empty for the file's own keys */
	const char *form;  /* how such a mapping is written */
	const struct zm_policy_key *key;
	size_t count;
};

bool zm_policy_read_keys(struct zm_policy_reader *r, const struct zm_yaml_node *node,
			 const struct zm_policy_keys *keys, void *into);

#endif
