/*
 * What the skim reads, as records of the walk.
 */
#include "zone/record.h"
#include "zone/state.h"
#include "zone/types.h"

#include <string.h>

enum { TOKENS = 5 }; /* after the type: blanks, the string, blanks, a comment, the line end */

/* All that a kept text needs, in one piece. */
struct plain_text {
	struct zm_text text;
	struct zm_text_string string;
	struct zm_token token[]; /* as many as there are */
};

void zm_walk_skim(struct zm_walk *walk)
{
	if (walk->stopped) {
		walk->zone->names = zm_names_new(walk->arena);
		return;
	}
	walk->skim = zm_arena_alloc(walk->arena, sizeof(*walk->skim));
	zm_skim_init(walk->skim, walk->arena, walk->zone->origin, walk->options->keep);
	walk->zone->names = walk->skim->names;
}

/* ---- What walk and skim tell each other ---- */

static void note_state(struct zm_walk *walk)
{
	struct zm_skim *skim = walk->skim;
	struct zm_walk_file *file = zm_walk_file(walk);
	skim->ttl = walk->ttl;
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

static void fill_tokens(struct zm_record *record, struct zm_token *token,
			const struct zm_skim_text *text)
{
	size_t line_end = text->at.end - 1;
	bool has_comment = text->comment_at.end > text->comment_at.start;
	add_token(record, token, ZM_SPACE, text->string_at.start);
	add_token(record, token, ZM_QUOTED, text->string_at.end);
	add_token(record, token, ZM_SPACE, has_comment ? text->comment_at.start : line_end);
	add_token(record, token, ZM_COMMENT, line_end);
	add_token(record, token, ZM_NEWLINE, text->at.end);
}

static void fill_text(struct plain_text *plain, struct zm_str bytes, struct zm_span at)
{
	struct zm_span inside = {at.start + 1, at.end - 1};
	plain->string = (struct zm_text_string){at, {0, inside.end - inside.start}, true};
	plain->text = (struct zm_text){
		.bytes = zm_str_at(bytes, inside),
		.file = bytes,
		.string = &plain->string,
		.strings = 1,
	};
}

static void make_record(struct zm_walk *walk, const struct zm_skim_text *text,
			struct zm_record *record)
{
	struct zm_walk_file *file = zm_walk_file(walk);
	struct zm_token token[TOKENS];
	*record = (struct zm_record){
		.source = file->source,
		.at = text->at,
		.ordinal = walk->zone->records_seen - 1,
		.owner = zm_name_copy(walk->arena, zm_name_of(&file->owner)),
		.ttl = text->ttl,
		.class = ZM_CLASS_IN,
		.type = ZM_TYPE_TXT,
		.owner_at = text->owner_at,
		.ttl_at = text->ttl_at,
		.class_at = text->class_at,
		.type_at = text->type_at,
		.origin = file->origin,
		.beside = text->beside,
		.is_lasting = true,
	};
	fill_tokens(record, token, text);
	size_t size = record->rdata_count * sizeof(*token);
	struct plain_text *plain = zm_arena_alloc(walk->arena, sizeof(*plain) + size);
	memcpy(plain->token, token, size);
	fill_text(plain, file->source->bytes, text->string_at);
	record->rdata = plain->token;
	record->text = &plain->text;
}

bool zm_walk_plain(struct zm_walk *walk, struct zm_record *record)
{
	struct zm_walk_file *file = zm_walk_file(walk);
	struct zm_skim_text text;
	note_state(walk);
	struct zm_str bytes = file->source->bytes;
	if (walk->depth == 0) {
		bytes = zm_str_sub(bytes, 0, walk->end);
	}
	enum zm_skim_stop stop = zm_skim_run(walk->skim, bytes, &file->scan.at, &text);
	take_state(walk);
	if (stop == ZM_SKIM_TEXT) {
		make_record(walk, &text, record);
	}
	return stop == ZM_SKIM_TEXT;
}
