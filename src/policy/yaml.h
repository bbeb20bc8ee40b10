/*
 * yaml: the bytes of a policy → a tree of texts, lists and mappings, each with the place it was
 * written at.
 *
 *	struct zm_yaml_node *root = zm_yaml_parse(&arena, "zonemend.yaml", bytes, err);
 *	for (const struct zm_yaml_node *member = root->first; member; member = member->next)
 *		... member->key->text, member ...
 *
 * A scalar is always a text here, never a number, a boolean or nothing: `off` is "off" and `-all`
 * is "-all". What a policy has no use for is an error, which keeps time and memory bounded: anchors
 * and aliases, tags, directives, a second document, a key written twice, nesting over
 * ZM_YAML_DEPTH_MAX.
 */
#ifndef ZM_POLICY_YAML_H
#define ZM_POLICY_YAML_H

#include "policy/policy.h"

enum { ZM_YAML_DEPTH_MAX = 32, ZM_YAML_KEYS_MAX = 512 };

enum zm_yaml_kind { ZM_YAML_TEXT, ZM_YAML_LIST, ZM_YAML_MAPPING };

struct zm_yaml_node {
	enum zm_yaml_kind kind;
	bool is_plain;      /* TEXT: written without quotes, on its own line or not */
	struct zm_str text; /* TEXT: UTF-8, ended by a NUL that it does not count */
	struct zm_policy_place place;
	const struct zm_yaml_node *key;   /* of a member of a mapping, else NULL; always a TEXT */
	const struct zm_yaml_node *first; /* LIST: items, MAPPING: members; in the order written */
	const struct zm_yaml_node *next;
	size_t count; /* of items or members */
};

struct zm_yaml_file {
	const char *name; /* that places carry; must live as long as the tree */
	struct zm_str bytes;
	size_t max;       /* in bytes */
	const char *what; /* `policy`, for messages */
};

/* The root node, of any kind; NULL with a fault when the bytes are no such YAML, none at all, or
 * too many. The tree is in the arena; the bytes need not live as long. */
const struct zm_yaml_node *zm_yaml_parse(struct zm_arena *arena, const struct zm_yaml_file *file,
					 struct zm_policy_faults *faults);

/* Whether YAML reads the node as nothing: an unquoted `~` or `null`, or no value at all. */
bool zm_yaml_is_nothing(const struct zm_yaml_node *node);

#endif
