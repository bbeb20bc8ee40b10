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

enum { ZM_POLICY_EXPECTS_MAX = 4096 };

/* A line of `rules:`. */
struct zm_policy_setting {
	size_t rule; /* its number in the catalogue */
	struct zm_policy_rule value;
};

/* A rule's own setting in it. */
struct zm_policy_set_number {
	size_t setting; /* its number in the catalogue */
	struct zm_policy_number value;
};

/* The part that a file and a `zones:` entry have in common. What is not set has no place. */
struct zm_policy_says {
	struct zm_policy_spf spf;
	const struct zm_policy_setting *setting;
	size_t settings;
	const struct zm_policy_set_number *number;
	size_t numbers;
	struct zm_policy_serial serial;
};

/* An entry of `zones:`. Patterns are in lower case, absolute with a final dot. With `match` and
 * `file` both must hold. */
struct zm_policy_entry {
	const struct zm_str *match; /* as in the file, for showing */
	size_t matches;
	const struct zm_str *exact; /* those without `*`, sorted */
	size_t exacts;
	const struct zm_str *star; /* those with */
	size_t stars;
	struct zm_policy_globs file;
	struct zm_policy_text origin; /* of the zone in the file; a domain name */
	struct zm_policy_place place; /* of `match`, else of `file` */
	struct zm_policy_says says;
};

struct zm_policy_layer {
	struct zm_policy_text description;
	struct zm_policy_text url;
	struct zm_policy_text server;
	const struct zm_policy_text *extends;
	size_t parents;
	struct zm_policy_says says;
	struct zm_policy_entry *entry;
	size_t entries;
	struct zm_policy_globs exclude;
	struct zm_policy_globs generated;
	const struct zm_policy_expect *expect;
	size_t expects;
};

/* What every step of reading needs; `file` is the name that places carry. */
struct zm_policy_reader {
	struct zm_arena *arena;
	const struct zm_catalogue *catalogue;
	struct zm_policy_faults *faults;
	const char *file;
	const char *folder;              /* that its patterns of paths are relative to */
	const struct zm_policy_key *key; /* whose value is being read */
};

struct zm_yaml_node;
struct zm_policy_key;
struct zm_policy_keys;

/* read.c: the bytes of one file → its layer. False when anything in it is wrong. */
bool zm_policy_read(struct zm_policy_reader *reader, struct zm_str bytes,
		    struct zm_policy_layer *layer);

/* The tables of all mappings, from the file's own keys down: for the schema. */
extern const struct zm_policy_keys zm_policy_file_keys;   /* read.c */
extern const struct zm_policy_keys zm_policy_spf_keys;    /* read_spf.c; into zm_policy_spf */
extern const struct zm_policy_keys zm_policy_entry_keys;  /* read_zones.c; zm_policy_entry */
extern const struct zm_policy_keys zm_policy_serial_keys; /* read_files.c; zm_policy_serial */
extern const struct zm_policy_keys zm_policy_files_keys;  /* read_files.c; zm_policy_layer */
extern const struct zm_policy_keys zm_policy_expect_keys; /* read_expect.c; zm_policy_expect */
extern const char *const zm_policy_severities[];          /* read_rules.c */

/* read_rules.c: the value of `rules:`. */
bool zm_policy_read_rules(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			  struct zm_policy_says *says);

/* read_zones.c, read_expect.c: the values of `zones:` and `expect:`; `into` is the layer. */
bool zm_policy_read_zones(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into);
bool zm_policy_read_expects(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			    void *into);

/* read_files.c: one or more patterns over paths. */
bool zm_policy_read_globs(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			  struct zm_policy_globs *globs);

/* read_spf.c: a pattern over domain names, `parked.example` or `*.parked.example`. */
bool zm_policy_read_pattern(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			    struct zm_str *pattern);

/* read_zones.c: a domain name without star, into its normal form. */
bool zm_policy_read_domain(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			   struct zm_str *name);

/* written.c: what is wrong with the placeholders of a text, or NULL. */
const char *zm_policy_placeholder_fault(struct zm_arena *arena, struct zm_str text);

/* written.c: the text for names that stand for all, so that it can be looked at before any zone is
 * read. */
struct zm_str zm_policy_sample(struct zm_arena *arena, struct zm_str text);

/* written.c: the text with a star for each placeholder. */
struct zm_str zm_policy_starred(struct zm_arena *arena, struct zm_str text);

/* merge.c: puts what a layer says over a view. `adds`: its `require` and `forbid` add up with those
 * of the view (along `extends`) instead of replacing them (in `zones:`). */
void zm_policy_merge(struct zm_policy_view *view, struct zm_arena *arena,
		     const struct zm_catalogue *catalogue, const struct zm_policy_says *says,
		     bool adds);

/* merge.c: nothing in it is set. */
bool zm_policy_asks_nothing(const struct zm_policy_spf *spf);

/* complete.c: `default` with those of the first `count` required terms that it lacks. Where one of
 * them is a pattern, of which nobody knows what to write, there is no `default` any more. */
void zm_policy_complete(struct zm_policy_spf *spf, struct zm_arena *arena, size_t count);

/* complete.c: where one of the first `count` terms that `older` forbids is the `all` of `newer`, or
 * that of its `default`, the `all` of `older` takes its place. */
void zm_policy_yield(struct zm_policy_spf *newer, struct zm_arena *arena,
		     const struct zm_policy_spf *older, size_t count);

/* check.c: false when what a view asks contradicts itself. */
bool zm_policy_check(const struct zm_policy_spf *spf, struct zm_policy_faults *faults);

/* check.c: false when a view without `names` asks something of those who must have a record. */
bool zm_policy_check_names(const struct zm_policy_spf *spf, struct zm_policy_faults *faults);

/* check_lists.c: false when an entry of `zones:` has no effect for one after it, or two
 * expectations of one sender differ. Of one file. */
bool zm_policy_check_lists(const struct zm_policy_layer *layer, struct zm_policy_faults *faults);

/* view.c: the `zones:` entries of a policy with the views made so far; everything in `arena`. */
struct zm_policy_zones *zm_policy_zones_new(struct zm_arena *arena,
					    const struct zm_policy_view *base,
					    const struct zm_policy_entry *entry, size_t count);
const struct zm_policy_entry *zm_policy_zones_entry(const struct zm_policy_zones *zones,
						    size_t *count);

#endif
