#include "conf/reader.h"

#include <stdlib.h>
#include <string.h>

const char *zm_conf_type_name(enum zm_conf_type type)
{
	static const char *const name[] = {
		[ZM_CONF_PRIMARY] = "primary",
		[ZM_CONF_SECONDARY] = "secondary",
		[ZM_CONF_MIRROR] = "mirror",
		[ZM_CONF_STUB] = "stub",
		[ZM_CONF_STATIC_STUB] = "static-stub",
		[ZM_CONF_HINT] = "hint",
		[ZM_CONF_FORWARD] = "forward",
		[ZM_CONF_REDIRECT] = "redirect",
		[ZM_CONF_DELEGATION_ONLY] = "delegation-only",
	};
	return name[type];
}

/* ---- Inheritance ---- */

static enum zm_conf_yes first_set(enum zm_conf_yes zone, enum zm_conf_yes view,
				  enum zm_conf_yes options)
{
	if (zone != ZM_CONF_UNSET) {
		return zone;
	}
	return view != ZM_CONF_UNSET ? view : options;
}

static void inherit(const struct zm_conf_reader *reader, struct zm_conf_draft *draft)
{
	const struct zm_conf_facts *view = &reader->view[draft->view].facts;
	const struct zm_conf_facts *options = &reader->options;
	struct zm_conf_facts *own = &draft->facts;
	own->updates = first_set(own->updates, view->updates, options->updates);
	own->differences = first_set(own->differences, view->differences, options->differences);
	own->policy = first_set(own->policy, view->policy, options->policy);
	own->raw = first_set(own->raw, view->raw, options->raw);
}

static void state(struct zm_conf_draft *draft)
{
	const struct zm_conf_facts *facts = &draft->facts;
	struct zm_conf_zone *zone = &draft->zone;
	zone->takes_updates = facts->updates == ZM_CONF_YES || draft->has_update_policy;
	zone->keeps_differences = facts->differences == ZM_CONF_YES;
	zone->is_raw = facts->raw == ZM_CONF_YES;
	/* A zone that takes updates is signed where it is: named's own default. */
	bool implied = draft->inline_signing == ZM_CONF_UNSET && facts->policy == ZM_CONF_YES &&
		       !zone->takes_updates;
	zone->signs_inline = draft->inline_signing == ZM_CONF_YES || implied;
}

/* ---- Files ---- */

/* NULL for a text that was not given, and in case of an error. */
static const char *path_of(struct zm_conf_reader *reader, struct zm_str text,
			   struct zm_conf_place at, bool *good)
{
	struct zm_error err;
	if (text.data == NULL || !*good) {
		return NULL;
	}
	const char *path = zm_conf_path(reader->arena, &reader->base, text, &err);
	*good = path != NULL || zm_conf_blame(reader, at, "%s", err.text);
	return path;
}

/* A file that the server keeps for itself need not be found; where it lies helps to leave it alone.
 */
static const char *path_if_any(struct zm_conf_reader *reader, struct zm_str text)
{
	struct zm_error err;
	return text.data == NULL ? NULL : zm_conf_path(reader->arena, &reader->base, text, &err);
}

/* A relative name that led to a path begins in a folder; it begins with that, for all others too.
 */
static const char *base_of(struct zm_conf_reader *reader, const char *path, struct zm_str name)
{
	if (reader->base.directory != NULL || path == NULL || name.data[0] == '/') {
		return reader->base.directory;
	}
	size_t len = strlen(path) - name.len;
	/* Between the two is a slash, which is the whole of it where the folder is the root. */
	return len == 0 ? NULL
			: zm_arena_copy(reader->arena, (struct zm_str){path, len > 1 ? len - 1 : 1})
				  .data;
}

static bool find_files(struct zm_conf_reader *reader, struct zm_conf_draft *draft)
{
	struct zm_conf_zone *zone = &draft->zone;
	bool good = true;
	draft->file = zm_conf_expand(reader->arena, zone, draft->file);
	draft->journal = zm_conf_expand(reader->arena, zone, draft->journal);
	if (zone->type != ZM_CONF_PRIMARY || zone->is_elsewhere) {
		zone->file = path_if_any(reader, draft->file);
		return true;
	}
	if (draft->file.data == NULL) {
		struct zm_str name = zm_name_text(&reader->scratch, zone->name);
		return zm_conf_blame(reader, zone->at, "zone %.*s has no file", ZM_STR_ARG(name));
	}
	zone->file = path_of(reader, draft->file, draft->file_at, &good);
	zone->base = base_of(reader, zone->file, draft->file);
	zone->journal = path_of(reader, draft->journal, draft->journal_at, &good);
	return good;
}

/* ---- Zones that stand in another view ---- */

static int compare_views(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b);
}

/* No length of a label is a letter, so that all bytes may be lowered. */
static int compare_names(struct zm_name a, struct zm_name b)
{
	for (size_t i = 0; i < a.len && i < b.len; i++) {
		unsigned char x = (unsigned char)zm_lower((char)a.wire[i]);
		unsigned char y = (unsigned char)zm_lower((char)b.wire[i]);
		if (x != y) {
			return x < y ? -1 : 1;
		}
	}
	return a.len < b.len ? -1 : a.len > b.len;
}

static int compare(const void *a, const void *b)
{
	const struct zm_conf_draft *x = *(const struct zm_conf_draft *const *)a;
	const struct zm_conf_draft *y = *(const struct zm_conf_draft *const *)b;
	int order = compare_views(x->zone.view, y->zone.view);
	return order != 0 ? order : compare_names(x->zone.name, y->zone.name);
}

/* `sorted` holds those with a content of their own. */
static bool follow(struct zm_conf_reader *reader, struct zm_conf_draft *draft,
		   struct zm_conf_draft *const *sorted, size_t count)
{
	struct zm_conf_draft wanted = {
		.zone = {.name = draft->zone.name, .view = draft->in_view.data}};
	const struct zm_conf_draft *key = &wanted;
	struct zm_conf_draft *const *found =
		count == 0 ? NULL : bsearch(&key, sorted, count, sizeof(*sorted), compare);
	if (found == NULL) {
		struct zm_str name = zm_name_text(&reader->scratch, draft->zone.name);
		return zm_conf_blame(reader, draft->zone.at, "view %s has no zone %.*s",
				     draft->in_view.data, ZM_STR_ARG(name));
	}
	struct zm_conf_zone zone = (*found)->zone;
	zone.view = draft->zone.view;
	zone.at = draft->zone.at;
	draft->zone = zone;
	return true;
}

static bool follow_all(struct zm_conf_reader *reader)
{
	struct zm_conf_draft **sorted =
		zm_arena_array(&reader->scratch, reader->drafts, sizeof(struct zm_conf_draft *));
	size_t count = 0;
	bool good = true;
	for (size_t i = 0; i < reader->drafts; i++) {
		if (reader->draft[i].in_view.data == NULL && !reader->draft[i].is_template) {
			sorted[count++] = &reader->draft[i];
		}
	}
	if (count > 1) {
		qsort(sorted, count, sizeof(*sorted), compare);
	}
	for (size_t i = 0; i < reader->drafts && good; i++) {
		struct zm_conf_draft *draft = &reader->draft[i];
		bool is_own = draft->is_template || draft->in_view.data == NULL;
		good = is_own || follow(reader, draft, sorted, count);
	}
	return good;
}

/* ---- All of them ---- */

static bool resolve(struct zm_conf_reader *reader, struct zm_conf_draft *draft)
{
	if (draft->is_template || draft->in_view.data != NULL) {
		return true;
	}
	if (!zm_conf_apply_template(reader, draft)) {
		return false;
	}
	inherit(reader, draft);
	state(draft);
	return find_files(reader, draft);
}

bool zm_conf_resolve(struct zm_conf_reader *reader)
{
	struct zm_conf *conf = reader->conf;
	for (size_t i = 0; i < reader->drafts; i++) {
		if (!resolve(reader, &reader->draft[i])) {
			return false;
		}
	}
	if (!follow_all(reader)) {
		return false;
	}
	conf->zone = zm_arena_array(reader->arena, reader->drafts, sizeof(*conf->zone));
	for (size_t i = 0; i < reader->drafts; i++) {
		if (!reader->draft[i].is_template) {
			conf->zone[conf->count++] = reader->draft[i].zone;
		}
	}
	return true;
}
