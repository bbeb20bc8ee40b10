/*
 * What the skim reads, for the walk and the zone.
 */
#include "zone/fast/plain.h"

#include "spf/parse.h"
#include "zone/fast/plain_word.h"
#include "zone/record.h"
#include "zone/state.h"
#include "zone/types.h"

#include <string.h>

enum { TOKENS_MAX = 11 }; /* after the type: four words with blanks, a comment, the line end */

struct tokens {
	struct zm_token item[TOKENS_MAX];
	size_t count;
	size_t end; /* of the last one, or of the type */
};

/* What a text needs besides its record. */
struct plain_text {
	struct zm_text text;
	struct zm_text_string string;
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

/* ---- A record ---- */

static void add_token(struct tokens *tokens, enum zm_token_kind kind, size_t end)
{
	if (end > tokens->end) {
		tokens->item[tokens->count++] = (struct zm_token){tokens->end, end, kind};
		tokens->end = end;
	}
}

/* Words, and at the end perhaps a string. */
static void add_data(struct tokens *tokens, struct zm_str bytes, struct zm_span at)
{
	for (size_t i = at.start; i < at.end;) {
		bool is_string = bytes.data[i] == '"';
		size_t end = is_string ? at.end : i;
		while (end < at.end && !zm_is_blank(bytes.data[end])) {
			end++;
		}
		add_token(tokens, is_string ? ZM_QUOTED : ZM_WORD, end);
		for (i = end; i < at.end && zm_is_blank(bytes.data[i]);) {
			i++;
		}
		add_token(tokens, ZM_SPACE, i);
	}
}

static void fill_tokens(struct zm_record *record, struct zm_arena *arena,
			const struct zm_skim_record *line)
{
	struct tokens tokens = {.end = line->type_at.end};
	size_t line_end = line->at.end - 1;
	bool has_comment = line->comment_at.end > line->comment_at.start;
	add_token(&tokens, ZM_SPACE, line->data_at.start);
	add_data(&tokens, record->source->bytes, line->data_at);
	add_token(&tokens, ZM_SPACE, has_comment ? line->comment_at.start : line_end);
	add_token(&tokens, ZM_COMMENT, line_end);
	add_token(&tokens, ZM_NEWLINE, line->at.end);
	record->rdata = zm_tokens_copy(arena, tokens.item, tokens.count);
	record->rdata_count = tokens.count;
}

static void fill_text(struct zm_record *record, struct zm_arena *arena, struct zm_span at)
{
	struct plain_text *plain = zm_arena_alloc(arena, sizeof(*plain));
	struct zm_span inside = {at.start + 1, at.end - 1};
	struct zm_str bytes = record->source->bytes;
	plain->string = (struct zm_text_string){at, {0, inside.end - inside.start}, true};
	plain->text = (struct zm_text){
		.bytes = zm_str_at(bytes, inside),
		.file = bytes,
		.string = &plain->string,
		.strings = 1,
	};
	record->text = &plain->text;
}

/* The owner is for the caller to set. */
static struct zm_record *make_record(struct zm_arena *arena, const struct zm_lines *lines,
				     const struct zm_skim_record *line)
{
	struct zm_record *record = zm_arena_alloc(arena, sizeof(*record));
	*record = (struct zm_record){
		.source = lines->source,
		.at = line->at,
		.ttl = line->ttl,
		.class = ZM_CLASS_IN,
		.type = line->type,
		.owner_at = line->owner_at,
		.ttl_at = line->ttl_at,
		.class_at = line->class_at,
		.type_at = line->type_at,
		.origin = lines->origin,
		.beside = line->beside,
	};
	fill_tokens(record, arena, line);
	if (line->type == ZM_TYPE_TXT) {
		fill_text(record, arena, line->data_at);
	}
	return record;
}

/* A text that says nothing, in place of one that somebody is writing over just
 * now: what comes of such a file is not shown. */
static void forget_text(struct zm_skim_record *text, size_t at)
{
	struct zm_span nothing = {at, at};
	*text = (struct zm_skim_record){
		.at = {at, at + 1},
		.owner_at = nothing,
		.ttl_at = nothing,
		.class_at = nothing,
		.type_at = nothing,
		.data_at = {at, at + 2},
		.comment_at = nothing,
		.type = ZM_TYPE_TXT,
	};
}

const struct zm_record *zm_plain_record(struct zm_arena *arena, const struct zm_kept *kept)
{
	struct zm_name_buf owner;
	struct zm_skim_record text;
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

static void keep_whole(struct zm_walk *walk, const struct zm_skim_record *line)
{
	take_state(walk);
	struct zm_record *record = make_record(walk->arena, lines_of(walk), line);
	record->owner = zm_name_of(&zm_walk_file(walk)->owner);
	zm_keeper_add(walk->keeper, record);
	note_state(walk);
}

/* Of most texts no more than where they are. Of one without an owner of its own more than its line
 * is needed, and the apex's are looked for again and again. */
static void keep_line(struct zm_walk *walk, const struct zm_skim_record *line)
{
	uint64_t owner = zm_names_newest(walk->zone->names);
	bool is_apex = zm_names_same(owner, walk->skim->apex_hash);
	if (line->type != ZM_TYPE_TXT || line->owner_at.end == line->owner_at.start || is_apex) {
		keep_whole(walk, line);
		return;
	}
	zm_keeper_add_plain(walk->keeper, (struct zm_kept){
						  .hash = owner,
						  .lines = lines_of(walk),
						  .line = line->at.start,
						  .ttl = line->ttl,
						  .beside = (uint16_t)line->beside,
						  .is_plain = true,
					  });
	struct zm_str bytes = zm_walk_file(walk)->source->bytes;
	struct zm_str says = zm_str_sub(bytes, line->data_at.start + 1, line->data_at.end - 1);
	walk->zone->spf_records += zm_spf_is_record(says);
}

void zm_walk_plain(struct zm_walk *walk)
{
	struct zm_walk_file *file = zm_walk_file(walk);
	struct zm_skim_record line;
	struct zm_str bytes = file->source->bytes;
	if (walk->depth == 0) {
		bytes = zm_str_sub(bytes, 0, walk->end);
	}
	note_state(walk);
	while (zm_skim_run(walk->skim, bytes, &file->scan.at, &line) == ZM_SKIM_KEPT) {
		keep_line(walk, &line);
	}
	take_state(walk);
}
