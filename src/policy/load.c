/* load: a policy and all that it extends → one view and the list of its `zones:` entries. */
#include "base/file.h"
#include "policy/fault.h"
#include "policy/layer.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* One policy of a load: the one asked for, or one that it extends. */
struct origin {
	const char *file;   /* for messages, and what relative paths are relative to */
	const char *folder; /* absolute; "" of a built-in one */
	const struct zm_policy_builtin *builtin; /* NULL: a file, known by the next two */
	dev_t device;
	ino_t inode;
	struct origin *by; /* who extends it first */
	bool done;         /* read and merged, with all that it extends */
	struct zm_str bytes;
};

struct load {
	struct zm_policy *policy;
	struct zm_policy_faults *faults;
	struct origin *origin[ZM_POLICY_EXTENDS_MAX + 1];
	size_t origins;
	struct zm_policy_entry *entry;
	size_t entries;
	size_t capacity;
	bool contradicts; /* some list of a file does */
};

static const struct zm_policy_builtin *find_builtin(struct zm_str name)
{
	for (const struct zm_policy_builtin *b = zm_policy_builtin; b->name != NULL; b++) {
		if (zm_str_eq(name, zm_str_from(b->name))) {
			return b;
		}
	}
	return NULL;
}

static bool is_path(struct zm_str name)
{
	return zm_str_find(name, ZM_STR("/"), 0) != SIZE_MAX ||
	       zm_str_ends(name, ZM_STR(".yaml")) || zm_str_ends(name, ZM_STR(".yml"));
}

static bool fail_unknown(struct load *load, const struct zm_policy_text *name)
{
	const char *known[64];
	size_t count = 0;
	for (const struct zm_policy_builtin *b = zm_policy_builtin; b->name != NULL; b++) {
		if (count < sizeof(known) / sizeof(known[0])) {
			known[count++] = b->name;
		}
	}
	return zm_policy_fail(load->faults, name->place,
			      "unknown policy %s%s (a path has a \"/\" or ends in .yaml)",
			      zm_policy_quote(load->policy->arena, name->text),
			      zm_policy_suggest(load->policy->arena, name->text, known, count));
}

/* The path of what `name` means in the file of `by`. */
static const char *resolve(struct load *load, const struct origin *by, struct zm_str name)
{
	struct zm_arena *arena = load->policy->arena;
	const char *slash = by == NULL ? NULL : strrchr(by->file, '/');
	if (slash == NULL || name.data[0] == '/') {
		return zm_arena_copy(arena, name).data;
	}
	struct zm_str folder = {by->file, (size_t)(slash - by->file) + 1};
	return zm_arena_printf(arena, "%.*s%.*s", ZM_STR_ARG(folder), ZM_STR_ARG(name)).data;
}

/* What patterns over paths are relative to; "" where there is no such folder. */
static const char *folder_of(struct load *load, const char *file)
{
	char real[PATH_MAX];
	const char *slash = strrchr(file, '/');
	struct zm_str folder = {file, slash == NULL ? 0 : (size_t)(slash - file) + 1};
	const char *path = slash == NULL ? "." : zm_arena_copy(load->policy->arena, folder).data;
	return realpath(path, real) == NULL
		       ? ""
		       : zm_arena_copy(load->policy->arena, zm_str_from(real)).data;
}

static bool open_file(struct load *load, struct origin *origin, const struct zm_policy_text *name)
{
	struct zm_error why;
	struct zm_file file;
	if (memchr(name->text.data, '\0', name->text.len) != NULL) {
		return zm_policy_fail(load->faults, name->place, "no path holds a byte 0");
	}
	origin->file = resolve(load, origin->by, name->text);
	if (!zm_file_read(&file, load->policy->arena, origin->file, ZM_POLICY_BYTES_MAX, &why)) {
		return zm_policy_fail(load->faults, name->place, "%s", why.text);
	}
	origin->bytes = file.bytes;
	origin->folder = folder_of(load, origin->file);
	origin->device = file.stat.st_dev;
	origin->inode = file.stat.st_ino;
	return true;
}

/* Fills what tells one policy from another, and its bytes. */
static bool open_origin(struct load *load, struct origin *origin, const struct zm_policy_text *name)
{
	origin->builtin = is_path(name->text) ? NULL : find_builtin(name->text);
	if (origin->builtin != NULL) {
		const struct zm_policy_builtin *b = origin->builtin;
		origin->file =
			zm_arena_printf(load->policy->arena, "policies/%s.yaml", b->name).data;
		origin->folder = "";
		origin->bytes = (struct zm_str){b->start, (size_t)(b->end - b->start)};
		return true;
	}
	if (!is_path(name->text)) {
		return fail_unknown(load, name);
	}
	return open_file(load, origin, name);
}

static struct origin *find_same(struct load *load, const struct origin *origin)
{
	for (size_t i = 0; i < load->origins; i++) {
		struct origin *o = load->origin[i];
		bool is_file = o->builtin == NULL && origin->builtin == NULL;
		if (is_file ? o->device == origin->device && o->inode == origin->inode
			    : o->builtin == origin->builtin) {
			return o;
		}
	}
	return NULL;
}

/* The way from `first` down to `last`, and back to `first`. */
static bool fail_loop(struct load *load, const struct origin *first, const struct origin *last,
		      struct zm_policy_place place)
{
	struct zm_arena *arena = load->policy->arena;
	struct zm_str path = zm_str_from(first->file);
	for (const struct origin *o = last; o != first; o = o->by) {
		path = zm_arena_printf(arena, "%s -> %.*s", o->file, ZM_STR_ARG(path));
	}
	return zm_policy_fail(load->faults, place, "extends goes in a loop: %s -> %.*s",
			      first->file, ZM_STR_ARG(path));
}

static bool add_entries(struct load *load, const struct zm_policy_layer *layer)
{
	for (size_t i = 0; i < layer->entries; i++) {
		if (load->entries == ZM_POLICY_ENTRIES_MAX) {
			return zm_policy_fail(load->faults, layer->entry[i].place,
					      "more entries in zones than the limit of %d",
					      ZM_POLICY_ENTRIES_MAX);
		}
		load->entry = zm_arena_grow(load->policy->arena, load->entry, load->entries,
					    &load->capacity, sizeof(*load->entry));
		load->entry[load->entries++] = layer->entry[i];
	}
	return true;
}

static void add_globs(struct zm_arena *arena, struct zm_policy_globs *older,
		      const struct zm_policy_globs *newer)
{
	struct zm_policy_glob *item =
		zm_arena_array(arena, older->count + newer->count, sizeof(*item));
	size_t count = 0;
	for (size_t i = 0; i < older->count; i++) {
		item[count++] = older->item[i];
	}
	for (size_t i = 0; i < newer->count; i++) {
		item[count++] = newer->item[i];
	}
	*older = (struct zm_policy_globs){item, count};
}

static void add_expects(struct zm_policy *policy, const struct zm_policy_layer *layer)
{
	size_t total = policy->expects + layer->expects;
	struct zm_policy_expect *expect = zm_arena_array(policy->arena, total, sizeof(*expect));
	for (size_t i = 0; i < total; i++) {
		expect[i] = i < policy->expects ? policy->expect[i]
						: layer->expect[i - policy->expects];
	}
	policy->expect = expect;
	policy->expects = total;
}

static bool check_empty(struct load *load, const char *key, const struct zm_policy_patterns *newer,
			const struct zm_policy_patterns *older)
{
	if (newer->place.file == NULL || newer->count > 0 || older->count == 0) {
		return true;
	}
	return zm_policy_fail(load->faults, newer->place,
			      "an empty %s takes nothing back, for with extends these lists add "
			      "up; an entry of zones replaces them: {match: \"*\", spf: {%s: []}}",
			      key, key);
}

/* How many terms came from policies that one does not extend. Its `default` and `all` cannot know
 * of them; of those that it extends they do. */
struct others {
	size_t require;
	size_t forbid;
};

static bool merge(struct load *load, struct zm_policy_layer *layer, struct others others)
{
	struct zm_policy *policy = load->policy;
	const struct zm_policy_spf *older = &policy->base.spf;
	bool good = check_empty(load, "require", &layer->says.spf.require, &older->require);
	good = check_empty(load, "forbid", &layer->says.spf.forbid, &older->forbid) && good;
	zm_policy_yield(&layer->says.spf, policy->arena, older, others.forbid);
	if (layer->description.text.data != NULL) {
		policy->description = layer->description;
	}
	if (layer->url.text.data != NULL) {
		policy->url = layer->url;
	}
	if (layer->server.text.data != NULL) {
		policy->server = layer->server;
	}
	zm_policy_merge(&policy->base, policy->arena, policy->catalogue, &layer->says, true);
	if (layer->says.spf.missing.text.data != NULL) {
		zm_policy_complete(&policy->base.spf, policy->arena, others.require);
	}
	add_globs(policy->arena, &policy->exclude, &layer->exclude);
	add_globs(policy->arena, &policy->generated, &layer->generated);
	add_expects(policy, layer);
	return add_entries(load, layer) && good;
}

static bool extend(struct load *load, struct origin *by, const struct zm_policy_text *name);

/* Parents first, so that what this one says wins. The depth is bounded by ZM_POLICY_EXTENDS_MAX. */
static bool load_origin(struct load *load, struct origin *origin)
{
	struct zm_policy_layer layer;
	struct zm_policy_reader reader = {.arena = load->policy->arena,
					  .catalogue = load->policy->catalogue,
					  .faults = load->faults,
					  .file = origin->file,
					  .folder = origin->folder};
	const struct zm_policy_spf *spf = &load->policy->base.spf;
	struct others others = {spf->require.count, spf->forbid.count};
	load->origin[load->origins++] = origin;
	bool good = zm_policy_read(&reader, origin->bytes, &layer);
	for (size_t i = 0; i < layer.parents; i++) {
		good = extend(load, origin, &layer.extends[i]) && good;
	}
	origin->done = true;
	load->contradicts |= good && !zm_policy_check_lists(&layer, load->faults);
	return good && merge(load, &layer, others);
}

/* A policy that two parents share counts once, where it came first: else its second coming would
 * undo what the first parent changed. */
static bool extend(struct load *load, struct origin *by, const struct zm_policy_text *name)
{
	struct origin *origin = zm_arena_alloc(load->policy->arena, sizeof(*origin));
	origin->by = by;
	if (!open_origin(load, origin, name)) {
		return false;
	}
	struct origin *same = find_same(load, origin);
	if (same != NULL) {
		return same->done || fail_loop(load, same, by, name->place);
	}
	if (load->origins > ZM_POLICY_EXTENDS_MAX) {
		return zm_policy_fail(load->faults, name->place,
				      "extends more policies, all told, than the limit of %d",
				      ZM_POLICY_EXTENDS_MAX);
	}
	return load_origin(load, origin);
}

static struct zm_policy *new_policy(struct zm_arena *arena, const struct zm_catalogue *catalogue,
				    struct zm_str name)
{
	struct zm_policy *policy = zm_arena_alloc(arena, sizeof(*policy));
	struct zm_policy_rule *rule = zm_arena_array(arena, catalogue->count, sizeof(*rule));
	struct zm_policy_number *number =
		zm_arena_array(arena, catalogue->settings, sizeof(*number));
	for (size_t i = 0; i < catalogue->count; i++) {
		rule[i].severity = catalogue->severity[i];
	}
	for (size_t i = 0; i < catalogue->settings; i++) {
		number[i].value = catalogue->setting[i].value;
	}
	policy->name = zm_arena_copy(arena, name);
	policy->base.rule = rule;
	policy->base.setting = number;
	policy->arena = arena;
	policy->catalogue = catalogue;
	return policy;
}

/* Whether anything says who must have a record; an entry may say it for others. */
static bool has_names(const struct load *load)
{
	bool has = load->policy->base.spf.names.place.file != NULL;
	for (size_t i = 0; i < load->entries; i++) {
		has = has || load->entry[i].says.spf.names.place.file != NULL;
	}
	return has;
}

static bool asks_somebody(const struct load *load)
{
	bool good = zm_policy_check_names(&load->policy->base.spf, load->faults);
	for (size_t i = 0; i < load->entries; i++) {
		good = zm_policy_check_names(&load->entry[i].says.spf, load->faults) && good;
	}
	return good;
}

/* Of the base, and of the base under each entry alone. */
static bool is_consistent(const struct load *load)
{
	const struct zm_policy *policy = load->policy;
	struct zm_arena scratch = {0};
	if (!zm_policy_check(&policy->base.spf, load->faults)) {
		return false;
	}
	bool good = true;
	for (size_t i = 0; i < load->entries; i++) {
		struct zm_policy_view view = policy->base;
		zm_policy_merge(&view, &scratch, policy->catalogue, &load->entry[i].says, false);
		good = zm_policy_check(&view.spf, load->faults) && good;
		zm_arena_release(&scratch);
	}
	return good && (load->contradicts || has_names(load) || asks_somebody(load));
}

static struct zm_policy *finish(struct load *load, bool good)
{
	struct zm_policy *policy = load->policy;
	if (!good || !is_consistent(load) || load->contradicts) {
		return NULL;
	}
	policy->zones =
		zm_policy_zones_new(policy->arena, &policy->base, load->entry, load->entries);
	return policy;
}

static struct load start(struct zm_arena *arena, const struct zm_catalogue *catalogue,
			 struct zm_str name, struct zm_policy_faults *faults)
{
	*faults = (struct zm_policy_faults){.arena = arena};
	return (struct load){.policy = new_policy(arena, catalogue, name), .faults = faults};
}

struct zm_policy *zm_policy_load(struct zm_arena *arena, const struct zm_catalogue *catalogue,
				 const char *name, struct zm_policy_faults *faults)
{
	struct zm_policy_text asked = {.text = zm_str_from(name)};
	struct load load = start(arena, catalogue, asked.text, faults);
	return finish(&load, extend(&load, NULL, &asked));
}

struct zm_policy *zm_policy_parse(struct zm_arena *arena, const struct zm_catalogue *catalogue,
				  const struct zm_policy_bytes *bytes,
				  struct zm_policy_faults *faults)
{
	struct load load = start(arena, catalogue, zm_str_from(bytes->file), faults);
	struct origin *origin = zm_arena_alloc(arena, sizeof(*origin));
	origin->file = load.policy->name.data;
	origin->folder = folder_of(&load, origin->file);
	origin->bytes = bytes->bytes;
	return finish(&load, load_origin(&load, origin));
}
