/*
 * What the skim reads, for the walk and the zone.
 */
#include "zone/fast/plain.h"

#include "spf/parse.h"
#include "zone/record.h"
#include "zone/state.h"
#include "zone/types.h"

#include <string.h>

enum { TOKENS = 5 }; /* after the type: blanks, the string, blanks, a comment, the line end */

/* All that a text needs, in one piece. */
struct plain_record {
	struct zm_record record;
	struct zm_text text;
	struct zm_text_string string;
	struct zm_token token[TOKENS];
};

void zm_walk_skim(struct zm_walk *walk, struct zm_keeper *keeper)
{
	walk->keeper = keeper;
	if (walk->stopped) {
		walk->zone->names = zm_names_new(walk->arena);
		return;
	}
	walk->skim = zm_arena_alloc(walk->arena, sizeof(*walk->skim));
	zm_skim_init(walk->skim, walk->arena, walk->zone->origin, walk->options->keep);
	walk->zone->names = walk->skim->names;
}

void zm_walk_seek(struct zm_walk *walk, const struct zm_wanted *wanted)
{
	if (!walk->stopped) {
		walk->skim = zm_arena_alloc(walk->arena, sizeof(*walk->skim));
		zm_skim_init(walk->skim, walk->arena, walk->zone->origin, 0);
		walk->skim->names = NULL;
		walk->skim->wanted = wanted;
	}
}

/* ---- What walk and skim tell each other ---- */

static void note_state(struct zm_walk *walk)
{
	struct zm_skim *skim = walk->skim;
	struct zm_walk_file *file = zm_walk_file(walk);
	skim->ttl = walk->ttl;
	skim->is_padded = file->source->is_padded && walk->end == SIZE_MAX;
	if (skim->origin_wire != file->origin.wire) {
		bool in_zone = zm_name_is_below(file->origin, walk->zone->origin);
		skim->origin_wire = file->origin.wire;
		skim->origin_hash = zm_names_hash(file->origin);
		skim->origin_len = in_zone ? file->origin.len : 0;
	}
	if (!file->is_noted) {
		skim->has_owner = file->has_owner && file->in_zone;
		skim->owner_hash = skim->has_owner ? zm_names_hash(zm_name_of(&file->owner)) : 0;
		file->is_noted = true;
	}
	skim->owner = (struct zm_span){0, 0};
	skim->kinds = 0;
}

static void take_state(struct zm_walk *walk)
{
	struct zm_skim *skim = walk->skim;
	struct zm_walk_file *file = zm_walk_file(walk);
	const char *why;
	walk->ttl = skim->ttl;
	walk->zone->records_seen += skim->records;
	skim->records = 0;
	if (skim->owner.end > skim->owner.start) {
		struct zm_str owner = zm_str_at(file->source->bytes, skim->owner);
		file->has_owner = zm_name_parse(&file->owner, owner, file->origin, &why);
		file->in_zone = true;
	}
}

/* ---- A text ---- */

static void add_token(struct zm_record *record, struct zm_token *token, enum zm_token_kind kind,
		      size_t end)
{
	size_t start =
		record->rdata_count == 0 ? record->type_at.end : token[record->rdata_count - 1].end;
	if (end > start) {
		token[record->rdata_count++] = (struct zm_token){start, end, kind};
	}
}

static void fill_tokens(struct plain_record *plain, const struct zm_skim_text *text)
{
	struct zm_record *record = &plain->record;
	struct zm_token *token = plain->token;
	record->rdata = token;
	size_t line_end = text->at.end - 1;
	bool has_comment = text->comment_at.end > text->comment_at.start;
	add_token(record, token, ZM_SPACE, text->string_at.start);
	add_token(record, token, ZM_QUOTED, text->string_at.end);
	add_token(record, token, ZM_SPACE, has_comment ? text->comment_at.start : line_end);
	add_token(record, token, ZM_COMMENT, line_end);
	add_token(record, token, ZM_NEWLINE, text->at.end);
}

static void fill_text(struct plain_record *plain, struct zm_span at)
{
	struct zm_span inside = {at.start + 1, at.end - 1};
	struct zm_str bytes = plain->record.source->bytes;
	plain->string = (struct zm_text_string){at, {0, inside.end - inside.start}, true};
	plain->text = (struct zm_text){
		.bytes = zm_str_at(bytes, inside),
		.file = bytes,
		.string = &plain->string,
		.strings = 1,
	};
	plain->record.text = &plain->text;
}

/* The owner is for the caller to set. */
static struct zm_record *make_record(struct zm_arena *arena, const struct zm_lines *lines,
				     const struct zm_skim_text *text)
{
	struct plain_record *plain = zm_arena_alloc(arena, sizeof(*plain));
	plain->record = (struct zm_record){
		.source = lines->source,
		.at = text->at,
		.ttl = text->ttl,
		.class = ZM_CLASS_IN,
		.type = ZM_TYPE_TXT,
		.owner_at = text->owner_at,
		.ttl_at = text->ttl_at,
		.class_at = text->class_at,
		.type_at = text->type_at,
		.origin = lines->origin,
		.beside = text->beside,
	};
	fill_tokens(plain, text);
	fill_text(plain, text->string_at);
	return &plain->record;
}

/* A text that says nothing, in place of one that somebody is writing over just
 * now: what comes of such a file is not shown. */
static void forget_text(struct zm_skim_text *text, size_t at)
{
	struct zm_span nothing = {at, at};
	*text = (struct zm_skim_text){
		.at = {at, at + 1},
		.owner_at = nothing,
		.ttl_at = nothing,
		.class_at = nothing,
		.type_at = nothing,
		.string_at = {at, at + 2},
		.comment_at = nothing,
	};
}

const struct zm_record *zm_plain_record(struct zm_arena *arena, const struct zm_kept *kept)
{
	struct zm_name_buf owner;
	struct zm_skim_text text;
	const char *why;
	const struct zm_lines *lines = kept->lines;
	struct zm_str bytes = lines->source->bytes;
	bool is_there = zm_skim_again(lines->source, kept->line, &text) &&
			zm_name_parse(&owner, zm_str_at(bytes, text.owner_at), lines->origin, &why);
	if (!is_there) {
		forget_text(&text, kept->line);
	}
	text.ttl = kept->ttl;
	text.beside = kept->beside;
	struct zm_record *record = make_record(arena, lines, &text);
	record->owner = is_there ? zm_name_copy(arena, zm_name_of(&owner))
				 : zm_name_copy(arena, lines->origin);
	return record;
}

/* ---- Keeping ---- */

static const struct zm_lines *lines_of(struct zm_walk *walk)
{
	const struct zm_walk_file *file = zm_walk_file(walk);
	struct zm_lines *lines = walk->lines;
	if (lines == NULL || lines->source != file->source ||
	    lines->origin.wire != file->origin.wire) {
		lines = zm_arena_alloc(walk->arena, sizeof(*lines));
		*lines = (struct zm_lines){file->source, file->origin};
		walk->lines = lines;
	}
	return lines;
}

/* Of a text without an owner of its own more than its line is needed, and it is kept whole. */
static void keep_whole(struct zm_walk *walk, const struct zm_skim_text *text)
{
	take_state(walk);
	struct zm_record *record = make_record(walk->arena, lines_of(walk), text);
	record->owner = zm_name_copy(walk->arena, zm_name_of(&zm_walk_file(walk)->owner));
	zm_keeper_add(walk->keeper, record);
	note_state(walk);
}

static void keep_text(struct zm_walk *walk, const struct zm_skim_text *text)
{
	if (text->owner_at.end == text->owner_at.start) {
		keep_whole(walk, text);
		return;
	}
	zm_keeper_add_plain(walk->keeper, (struct zm_kept){
						  .hash = zm_names_newest(walk->zone->names),
						  .lines = lines_of(walk),
						  .line = text->at.start,
						  .ttl = text->ttl,
						  .beside = (uint16_t)text->beside,
						  .is_plain = true,
					  });
	struct zm_str bytes = zm_walk_file(walk)->source->bytes;
	struct zm_str says = zm_str_sub(bytes, text->string_at.start + 1, text->string_at.end - 1);
	walk->zone->spf_records += zm_spf_is_record(says);
}

void zm_walk_plain(struct zm_walk *walk)
{
	struct zm_walk_file *file = zm_walk_file(walk);
	struct zm_skim_text text;
	struct zm_str bytes = file->source->bytes;
	if (walk->depth == 0) {
		bytes = zm_str_sub(bytes, 0, walk->end);
	}
	note_state(walk);
	while (zm_skim_run(walk->skim, bytes, &file->scan.at, &text) == ZM_SKIM_TEXT) {
		keep_text(walk, &text);
	}
	take_state(walk);
}
