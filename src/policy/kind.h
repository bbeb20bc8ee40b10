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

/* What may stand as the value of a key. */
enum zm_policy_shape {
	ZM_SHAPE_TEXT,
	ZM_SHAPE_WORD,        /* one of `word` */
	ZM_SHAPE_NUMBER,      /* from `min` to `max` */
	ZM_SHAPE_TEXTS,       /* a list of texts */
	ZM_SHAPE_ONE_OR_MORE, /* a text or such a list */
	ZM_SHAPE_MAPPING,     /* by `keys` */
	ZM_SHAPE_MAPPINGS,    /* a list of such */
	ZM_SHAPE_RULES,       /* rules of the catalogue → severities and settings */
};

/*
 * One table a mapping: reading it, suggesting the nearest name and the JSON Schema all come from
 * here. What is read has the key's shape; `read` looks at the rest.
 */
struct zm_policy_key {
	const char *name;
	const char *form;  /* how it is written, for messages: `forbid: [-all]` */
	const char *about; /* one line, for the schema */
	bool (*read)(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into);
	enum zm_policy_shape shape;
	bool is_needed;
	const char *const *word; /* ended by NULL */
	uint64_t min;
	uint64_t max;
	const char *because; /* where the limit comes from: `RFC 7208 4.6.4 allows 10`; or NULL */
	const struct zm_policy_keys *keys;
	size_t index; /* for `read`, which finds it by r->key */
};

struct zm_policy_keys {
	const char *name;  /* of the mapping, for the schema: `spf` */
	const char *where; /* for messages: ` in spf`; empty for the file's own keys */
	const char *form;  /* how such a mapping is written */
	const struct zm_policy_key *key;
	size_t count;
};

/* Reads all members, also after one that is wrong; false when any is. */
bool zm_policy_read_keys(struct zm_policy_reader *r, const struct zm_yaml_node *node,
			 const struct zm_policy_keys *keys, void *into);

/* A whole number from key->min to key->max, as r->key says. */
bool zm_policy_read_number(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			   struct zm_policy_number *number);

/* The first item of a text or a list of texts, and how many there are. */
const struct zm_yaml_node *zm_policy_items(const struct zm_yaml_node *value, size_t *count);

#endif
