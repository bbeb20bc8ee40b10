/*
 * layer: what one policy file says, before it is merged with what it extends. Inside policy/ only.
 *
 * The way of a policy: bytes → tree (yaml.h) → layer (read.c) → merged into a view, layer by layer
 * (merge.c) → checked for contradictions (check.c) → asked by owner (view.c).
 */
#ifndef ZM_POLICY_LAYER_H
#define ZM_POLICY_LAYER_H

#include "policy/policy.h"

enum {
	ZM_POLICY_LIST_MAX = 500,     /* items of `require` or `forbid` */
	ZM_POLICY_ENTRIES_MAX = 4096, /* items of `zones` in all files together */
};

/* A line of `rules:`. */
struct zm_policy_setting {
	size_t rule; /* its number in the catalogue */
	struct zm_policy_rule value;
};

/* The part that a file and a `zones:` entry have in common. What is not set has no place. */
struct zm_policy_says {
	struct zm_policy_spf spf;
	const struct zm_policy_setting *setting;
	size_t settings;
};

/* An entry of `zones:`. Patterns are in lower case, absolute with a final dot. */
struct zm_policy_entry {
	const struct zm_str *match; /* as in the file, for showing */
	size_t matches;
	const struct zm_str *exact; /* those without `*`, sorted */
	size_t exacts;
	const struct zm_str *star; /* those with */
	size_t stars;
	struct zm_policy_place place; /* of `match` */
	struct zm_policy_says says;
};

struct zm_policy_layer {
	struct zm_policy_text description;
	struct zm_policy_text url;
	const struct zm_policy_text *extends;
	size_t parents;
	struct zm_policy_says says;
	struct zm_policy_entry *entry;
	size_t entries;
};

/* What every step of reading needs; `file` is the name that places carry. */
struct zm_policy_reader {
	struct zm_arena *arena;
	const struct zm_catalogue *catalogue;
	struct zm_error *err;
	const char *file;
};

struct zm_yaml_node;

/* read.c: the bytes of one file → its layer. False with `err` set when anything in it is wrong. */
bool zm_policy_read(struct zm_policy_reader *reader, struct zm_str bytes,
		    struct zm_policy_layer *layer);

/* read_spf.c: the values of `spf:`; `into` is a struct zm_policy_spf. */
bool zm_policy_read_names(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into);
bool zm_policy_read_require(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			    void *into);
bool zm_policy_read_forbid(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			   void *into);
bool zm_policy_read_default(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			    void *into);
bool zm_policy_read_exactly(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			    void *into);
bool zm_policy_read_all(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into);

/* read_spf.c: a pattern over domain names, `parked.example` or `*.parked.example`. */
bool zm_policy_read_pattern(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			    struct zm_str *pattern);

/* merge.c: puts what a layer says over a view. `adds`: its `require` and `forbid` add up with those
 * of the view (along `extends`) instead of replacing them (in `zones:`). */
void zm_policy_merge(struct zm_policy_view *view, struct zm_arena *arena,
		     const struct zm_catalogue *catalogue, const struct zm_policy_says *says,
		     bool adds);

/* merge.c: nothing in it is set. */
bool zm_policy_asks_nothing(const struct zm_policy_spf *spf);

/* check.c: false with `err` set when what a view asks contradicts itself. */
bool zm_policy_check(const struct zm_policy_spf *spf, struct zm_error *err);

/* view.c: the `zones:` entries of a policy with the views made so far; everything in `arena`. */
struct zm_policy_zones *zm_policy_zones_new(struct zm_arena *arena,
					    const struct zm_policy_view *base,
					    const struct zm_policy_entry *entry, size_t count);
const struct zm_policy_entry *zm_policy_zones_entry(const struct zm_policy_zones *zones,
						    size_t *count);

#endif
