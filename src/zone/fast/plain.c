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

enum {
	TOKENS_MAX = 11, /* after the type: four words with blanks, a comment, the line end */
	TEXT_TOKENS = 5, /* a string instead of the words */
};

struct tokens {
	struct zm_token *item;
	size_t count;
	size_t end; /* of the last one, or of the type */
};

/* A TXT record with all that it points to, but for its owner: there are many of them. */
struct plain_text {
	struct zm_record record;
	struct zm_text text;
	struct zm_text_string string;
	struct zm_token token[TEXT_TOKENS];
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

static size_t fill_tokens(struct zm_token *item, struct zm_str bytes,
			  const struct zm_skim_record *line)
{
	struct tokens tokens = {.item = item, .end = line->type_at.end};
	size_t line_end = line->at.end - 1;
	bool has_comment = line->comment_at.end > line->comment_at.start;
	add_token(&tokens, ZM_SPACE, line->data_at.start);
	if (line->type == ZM_TYPE_TXT) {
		add_token(&tokens, ZM_QUOTED, line->data_at.end);
	} else {
		add_data(&tokens, bytes, line->data_at);
	}
	add_token(&tokens, ZM_SPACE, has_comment ? line->comment_at.start : line_end);
	add_token(&tokens, ZM_COMMENT, line_end);
	add_token(&tokens, ZM_NEWLINE, line->at.end);
	return tokens.count;
}

static void fill_record(struct zm_record *record, const struct zm_lines *lines,
			const struct zm_skim_record *line)
{
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
}

static struct zm_record *make_text(struct zm_arena *arena, const struct zm_lines *lines,
				   const struct zm_skim_record *line)
{
	struct plain_text *plain = zm_arena_alloc(arena, sizeof(*plain));
	struct zm_str bytes = lines->source->bytes;
	struct zm_span at = line->data_at;
	struct zm_span inside = {at.start + 1, at.end - 1};
	fill_record(&plain->record, lines, line);
	plain->string = (struct zm_text_string){at, {0, inside.end - inside.start}, true};
	plain->text = (struct zm_text){
		.bytes = zm_str_at(bytes, inside),
		.file = bytes,
		.string = &plain->string,
		.strings = 1,
	};
	plain->record.text = &plain->text;
	plain->record.rdata = plain->token;
	plain->record.rdata_count = fill_tokens(plain->token, bytes, line);
	return &plain->record;
}

/* The owner is for the caller to set. */
static struct zm_record *make_record(struct zm_arena *arena, const struct zm_lines *lines,
				     const struct zm_skim_record *line)
{
	if (line->type == ZM_TYPE_TXT) {
		return make_text(arena, lines, line);
	}
	struct zm_token token[TOKENS_MAX];
	struct zm_record *record = zm_arena_alloc(arena, sizeof(*record));
	fill_record(record, lines, line);
	record->rdata_count = fill_tokens(token, lines->source->bytes, line);
	record->rdata = zm_tokens_copy(arena, token, record->rdata_count);
	return record;
}

/* The owner of a line that was read again; unset where it is none any more. */
static struct zm_name make_owner(struct zm_arena *arena, const struct zm_lines *lines,
				 const struct zm_skim_record *line)
{
	struct zm_str text = zm_str_at(lines->source->bytes, line->owner_at);
	struct zm_name origin = lines->origin;
	if (zm_str_eq(text, ZM_STR("@"))) {
		return zm_name_copy(arena, origin);
	}
	bool is_absolute = text.data[text.len - 1] == '.';
	size_t room = text.len + 1 + (is_absolute ? 1 : origin.len);
	if (room > ZM_NAME_MAX) {
		return (struct zm_name){0};
	}
	uint8_t *wire = zm_arena_alloc(arena, room);
	uint8_t *end = zm_word_wire(wire, text.data, text.len - is_absolute, line->owner_dots);
	if (!is_absolute) {
		memcpy(end, origin.wire, origin.len);
		end += origin.len;
	} else {
		*end++ = 0;
	}
	return (struct zm_name){wire, (uint8_t)(end - wire)};
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
	struct zm_skim_record text;
	struct zm_name owner = {0};
	const struct zm_lines *lines = kept->lines;
	if (zm_skim_again(lines->source, kept->line, &text)) {
		owner = make_owner(arena, lines, &text);
	}
	if (!zm_name_is_set(owner)) {
		forget_text(&text, kept->line);
		owner = zm_name_copy(arena, lines->origin);
	}
	text.ttl = kept->ttl;
	text.beside = kept->beside;
	struct zm_record *record = make_text(arena, lines, &text);
	record->owner = owner;
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
