#include "base/buf.h"
#include "conf/reader.h"

/* ---- Inheritance ---- */

static const struct zm_conf_draft *find(const struct zm_conf_reader *reader, struct zm_str name)
{
	for (size_t i = 0; i < reader->drafts; i++) {
		const struct zm_conf_draft *draft = &reader->draft[i];
		if (draft->is_template && zm_str_eq(draft->name, name)) {
			return draft;
		}
	}
	return NULL;
}

static void take_yes(enum zm_conf_yes *own, enum zm_conf_yes from)
{
	*own = *own == ZM_CONF_UNSET ? from : *own;
}

static void take_files(struct zm_conf_draft *draft, const struct zm_conf_draft *from)
{
	if (draft->file.data == NULL) {
		draft->file = from->file;
		draft->file_at = from->file_at;
	}
	if (draft->journal.data == NULL) {
		draft->journal = from->journal;
		draft->journal_at = from->journal_at;
	}
}

static void inherit(struct zm_conf_draft *draft, const struct zm_conf_draft *from)
{
	take_yes(&draft->facts.updates, from->facts.updates);
	take_yes(&draft->facts.differences, from->facts.differences);
	take_yes(&draft->facts.policy, from->facts.policy);
	take_yes(&draft->facts.raw, from->facts.raw);
	take_yes(&draft->inline_signing, from->inline_signing);
	take_files(draft, from);
	draft->has_update_policy |= from->has_update_policy;
	draft->zone.is_elsewhere |= from->zone.is_elsewhere;
	if (!draft->has_type) {
		draft->zone.type = from->zone.type;
	}
}

bool zm_conf_apply_template(struct zm_conf_reader *reader, struct zm_conf_draft *draft)
{
	if (draft->template.data == NULL) {
		return true;
	}
	const struct zm_conf_draft *template = find(reader, draft->template);
	if (template == NULL) {
		return zm_conf_blame(reader, draft->zone.at, "no template %s",
				     draft->template.data);
	}
	inherit(draft, template);
	return true;
}

/* ---- Names ---- */

/* The zone's name as part of a file's: in small letters, without its final dot. */
static void add_name(struct zm_buf *out, const struct zm_conf_zone *zone)
{
	struct zm_arena arena = {0};
	struct zm_str name = zm_name_text(&arena, zone->name);
	for (size_t i = 0; i < name.len - (name.len > 1 ? 1 : 0); i++) {
		zm_buf_add_char(out, zm_lower(name.data[i]));
	}
	zm_arena_release(&arena);
}

/* How long the variable is that `rest` begins with, its value added; 0: there is none. */
static size_t add_variable(struct zm_buf *out, const struct zm_conf_zone *zone, struct zm_str rest)
{
	if (zm_str_starts_nocase(rest, ZM_STR("$name"))) {
		add_name(out, zone);
		return sizeof("$name") - 1;
	}
	if (zm_str_starts_nocase(rest, ZM_STR("$type"))) {
		zm_buf_add(out, zm_str_from(zm_conf_type_name(zone->type)));
		return sizeof("$type") - 1;
	}
	if (zm_str_starts_nocase(rest, ZM_STR("$view"))) {
		zm_buf_add(out, zm_str_from(zone->view == NULL ? "_default" : zone->view));
		return sizeof("$view") - 1;
	}
	return 0;
}

struct zm_str zm_conf_expand(struct zm_arena *arena, const struct zm_conf_zone *zone,
			     struct zm_str text)
{
	struct zm_buf out = {0};
	if (text.data == NULL || zm_str_find(text, ZM_STR("$"), 0) == SIZE_MAX) {
		return text;
	}
	for (size_t i = 0; i < text.len;) {
		size_t len = add_variable(&out, zone, zm_str_sub(text, i, text.len));
		if (len == 0) {
			zm_buf_add_char(&out, text.data[i]);
		}
		i += len == 0 ? 1 : len;
	}
	struct zm_str expanded = zm_arena_copy(arena, zm_buf_str(&out));
	zm_buf_release(&out);
	return expanded;
}
