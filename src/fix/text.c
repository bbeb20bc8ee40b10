#include "base/buf.h"
#include "fix/layout.h"
#include "spf/print.h"

#include <stdio.h>

void zm_layout_byte(struct zm_buf *out, char byte)
{
	if (byte == '"' || byte == '\\') {
		zm_buf_add_char(out, '\\');
		zm_buf_add_char(out, byte);
	} else if (byte < ' ' || byte > '~') {
		zm_buf_printf(out, "\\%03u", (unsigned)(uint8_t)byte);
	} else {
		zm_buf_add_char(out, byte);
	}
}

void zm_layout_quote(struct zm_buf *out, struct zm_str text)
{
	size_t at = 0;
	do {
		size_t cut = zm_spf_cut(text, at);
		zm_buf_add(out, at == 0 ? ZM_STR("\"") : ZM_STR(" \""));
		for (; at < cut; at++) {
			zm_layout_byte(out, text.data[at]);
		}
		zm_buf_add_char(out, '"');
	} while (at < text.len);
}

/* What becomes of one character-string: parts of it that stay and texts that come, in order. */
struct piece {
	struct zm_span old;  /* bytes of the record's text that stay; empty for a text that comes */
	struct zm_span gone; /* for a text that comes: the bytes that it stands for */
	struct zm_str text;  /* what the piece says */
};

struct string_plan {
	struct zm_layout *layout;
	const struct zm_record *record;
	size_t string; /* its number in the record's text */
	struct piece *piece;
	size_t count;
	size_t capacity;
	size_t len; /* of what the string will say */
	bool changed;
};

static void add_piece(struct string_plan *plan, struct piece piece)
{
	plan->piece = zm_arena_grow(plan->layout->arena, plan->piece, plan->count, &plan->capacity,
				    sizeof(*plan->piece));
	plan->piece[plan->count++] = piece;
	plan->len += piece.text.len;
}

static void keep(struct string_plan *plan, size_t start, size_t end)
{
	if (start < end) {
		struct zm_span old = {start, end};
		add_piece(plan, (struct piece){.old = old,
					       .text = zm_str_at(plan->record->text->bytes, old)});
	}
}

/* Whether an insertion before byte `at` belongs into string number `i`: the one that holds the
 * byte, or the last. */
static bool takes_insertion(const struct zm_text *text, size_t i, size_t at)
{
	struct zm_span bytes = text->string[i].bytes;
	bool is_last = i + 1 == text->strings;
	return at >= bytes.start && (at < bytes.end || (is_last && at == bytes.end));
}

/* The new text of an operation goes into the string that holds its first byte; from the others
 * bytes only go. */
static struct zm_str text_for(const struct zm_text *text, size_t i, const struct zm_op *op)
{
	return takes_insertion(text, i, op->at.start) ? op->text : ZM_STR("");
}

static bool concerns(const struct zm_text *text, size_t i, const struct zm_op *op)
{
	struct zm_span bytes = text->string[i].bytes;
	if (op->at.start == op->at.end) {
		return takes_insertion(text, i, op->at.start);
	}
	return op->at.start < bytes.end && op->at.end > bytes.start;
}

static void plan_string(struct string_plan *plan, const struct zm_op *op, size_t count)
{
	const struct zm_text *text = plan->record->text;
	struct zm_span bytes = text->string[plan->string].bytes;
	size_t at = bytes.start;
	for (size_t i = 0; i < count; i++) {
		if (op[i].kind != ZM_OP_REPLACE || !concerns(text, plan->string, &op[i])) {
			continue;
		}
		struct zm_span gone = op[i].at;
		gone.start = gone.start < bytes.start ? bytes.start : gone.start;
		gone.end = gone.end > bytes.end ? bytes.end : gone.end;
		keep(plan, at, gone.start);
		add_piece(plan, (struct piece){.gone = gone,
					       .text = text_for(text, plan->string, &op[i])});
		plan->changed = true;
		at = gone.end;
	}
	keep(plan, at, bytes.end);
}

/* What the string will say, as one text. */
static struct zm_str join_pieces(const struct string_plan *plan)
{
	char *bytes = zm_arena_alloc(plan->layout->arena, plan->len);
	size_t len = 0;
	for (size_t i = 0; i < plan->count; i++) {
		for (size_t j = 0; j < plan->piece[i].text.len; j++) {
			bytes[len++] = plan->piece[i].text.data[j];
		}
	}
	return (struct zm_str){bytes, len};
}

static void add_edit(struct zm_layout *layout, struct zm_source *source, struct zm_span at,
		     struct zm_str text)
{
	zm_edits_add(layout->edits, layout->arena, (struct zm_edit){source, at, text});
}

/* A cut inside bytes that stay is an insertion of its own. */
static size_t cut_kept(struct string_plan *plan, const struct piece *piece, size_t at, size_t cut,
		       struct zm_str whole)
{
	while (cut < at + piece->text.len) {
		size_t byte = piece->old.start + (cut - at);
		struct zm_span place = zm_text_place_in(plan->record->text, plan->string,
							(struct zm_span){byte, byte});
		add_edit(plan->layout, plan->record->source, place, ZM_STR("\" \""));
		cut = zm_spf_cut(whole, cut);
	}
	return cut;
}

/* A text that comes, with the cuts that fall into it. */
static size_t write_new(struct string_plan *plan, const struct piece *piece, size_t at, size_t cut,
			struct zm_str whole)
{
	struct zm_buf out = {0};
	for (size_t i = 0; i < piece->text.len; i++) {
		if (at + i == cut) {
			zm_buf_add(&out, ZM_STR("\" \""));
			cut = zm_spf_cut(whole, cut);
		}
		zm_layout_byte(&out, piece->text.data[i]);
	}
	struct zm_span place = zm_text_place_in(plan->record->text, plan->string, piece->gone);
	add_edit(plan->layout, plan->record->source, place,
		 zm_arena_copy(plan->layout->arena, zm_buf_str(&out)));
	zm_buf_release(&out);
	return cut;
}

/* A word without quotes may hold none of these; `\` begins an escape. */
static bool needs_quotes(struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];
		if (c <= ' ' || c > '~' || c == '"' || c == ';' || c == '(' || c == ')' ||
		    c == '\\') {
			return true;
		}
	}
	return false;
}

static bool plan_needs_quotes(const struct string_plan *plan)
{
	const struct zm_text_string *string = &plan->record->text->string[plan->string];
	bool quotes = plan->len > ZM_STRING_MAX || plan->len == 0;
	for (size_t i = 0; i < plan->count; i++) {
		bool is_new = plan->piece[i].old.start == plan->piece[i].old.end;
		quotes = quotes || (is_new && needs_quotes(plan->piece[i].text));
	}
	return quotes && !string->quoted;
}

static void write_string(struct string_plan *plan)
{
	struct zm_layout *layout = plan->layout;
	struct zm_source *source = plan->record->source;
	struct zm_span token = plan->record->text->string[plan->string].at;
	struct zm_str whole = join_pieces(plan);
	bool quotes = plan_needs_quotes(plan);
	size_t cut = zm_spf_cut(whole, 0);
	size_t at = 0;
	if (quotes) {
		add_edit(layout, source, (struct zm_span){token.start, token.start}, ZM_STR("\""));
	}
	for (size_t i = 0; i < plan->count; i++) {
		const struct piece *piece = &plan->piece[i];
		bool stays = piece->old.start < piece->old.end;
		cut = stays ? cut_kept(plan, piece, at, cut, whole)
			    : write_new(plan, piece, at, cut, whole);
		at += piece->text.len;
	}
	if (quotes) {
		add_edit(layout, source, (struct zm_span){token.end, token.end}, ZM_STR("\""));
	}
}

/* ---- A string of which nothing is left ---- */

static size_t token_at(const struct zm_record *record, size_t start)
{
	size_t i = 0;
	while (i + 1 < record->rdata_count && record->rdata[i].start != start) {
		i++;
	}
	return i;
}

static bool is_kind(const struct zm_record *record, size_t i, enum zm_token_kind kind)
{
	return i < record->rdata_count && record->rdata[i].kind == kind;
}

/* The string with the blanks before it; its whole line where it stands alone on one inside
 * parentheses. */
static struct zm_span place_without_trace(const struct zm_record *record, struct zm_span string)
{
	size_t i = token_at(record, string.start);
	struct zm_span place = string;
	size_t before = i; /* the token before the blanks */
	if (i > 0 && is_kind(record, i - 1, ZM_SPACE)) {
		place.start = record->rdata[i - 1].start;
		before = i - 1;
	}
	bool starts_line = before > 0 && is_kind(record, before - 1, ZM_NEWLINE);
	size_t after = i + 1;
	if (is_kind(record, after, ZM_SPACE)) {
		after++;
	}
	if (starts_line && is_kind(record, after, ZM_NEWLINE)) {
		place.end = record->rdata[after].end;
	}
	return place;
}

/* A record may have hundreds of strings and thousands of fixes: those that are not touched cost no
 * memory. */
static bool is_touched(const struct zm_text *text, size_t i, const struct zm_op *op, size_t count)
{
	struct zm_span bytes = text->string[i].bytes;
	bool touched = bytes.end - bytes.start > ZM_STRING_MAX;
	for (size_t j = 0; j < count && !touched; j++) {
		touched = op[j].kind == ZM_OP_REPLACE && concerns(text, i, &op[j]);
	}
	return touched;
}

/* Whether any string of the record keeps something to say. */
static bool leaves_some(struct zm_layout *layout, const struct zm_record *record,
			const struct zm_op *op, size_t count)
{
	for (size_t i = 0; i < record->text->strings; i++) {
		struct zm_span bytes = record->text->string[i].bytes;
		struct string_plan plan = {.layout = layout,
					   .record = record,
					   .string = i,
					   .len = bytes.end - bytes.start};
		if (is_touched(record->text, i, op, count)) {
			plan.len = 0;
			plan_string(&plan, op, count);
		}
		if (plan.len > 0) {
			return true;
		}
	}
	return false;
}

static void layout_string(struct string_plan *plan, const struct zm_op *op, size_t count)
{
	const struct zm_record *record = plan->record;
	plan_string(plan, op, count);
	bool emptied = plan->changed && plan->len == 0;
	if (emptied && leaves_some(plan->layout, record, op, count)) {
		struct zm_span gone =
			place_without_trace(record, record->text->string[plan->string].at);
		add_edit(plan->layout, record->source, gone, ZM_STR(""));
	} else if (plan->changed || plan->len > ZM_STRING_MAX) {
		write_string(plan);
	}
}

static bool layout_strings(struct zm_layout *layout, const struct zm_record *record,
			   const struct zm_op *op, size_t count)
{
	for (size_t i = 0; i < record->text->strings; i++) {
		struct string_plan plan = {.layout = layout, .record = record, .string = i};
		if (is_touched(record->text, i, op, count)) {
			layout_string(&plan, op, count);
		}
	}
	return true;
}

/* ---- The whole text at once ---- */

/* From the first string to the last; false when a comment, a line end or a parenthesis lies
 * between. */
static bool find_plain_place(const struct zm_record *record, struct zm_span *place)
{
	const struct zm_text *text = record->text;
	*place = (struct zm_span){text->string[0].at.start, text->string[text->strings - 1].at.end};
	for (size_t i = 0; i < record->rdata_count; i++) {
		const struct zm_token *token = &record->rdata[i];
		bool inside = token->start >= place->start && token->end <= place->end;
		if (inside && token->kind != ZM_SPACE && token->kind != ZM_WORD &&
		    token->kind != ZM_QUOTED) {
			return false;
		}
	}
	return true;
}

static bool rewrite(struct zm_layout *layout, const struct zm_record *record, struct zm_str text)
{
	struct zm_span place;
	if (find_plain_place(record, &place)) {
		struct zm_buf out = {0};
		zm_layout_quote(&out, text);
		add_edit(layout, record->source, place,
			 zm_arena_copy(layout->arena, zm_buf_str(&out)));
		zm_buf_release(&out);
		return true;
	}
	if (record->text->generic) {
		return zm_error_set(layout->err,
				    "the record is written as \\# data over several lines");
	}
	struct zm_op all = {.kind = ZM_OP_REPLACE,
			    .record = record,
			    .at = {0, record->text->bytes.len},
			    .text = text};
	return layout_strings(layout, record, &all, 1);
}

/* What the text will say, for a record that cannot be changed in part. */
static struct zm_str whole_text(struct zm_layout *layout, const struct zm_record *record,
				const struct zm_op *op, size_t count)
{
	struct zm_edits edits = {0};
	for (size_t i = 0; i < count; i++) {
		if (op[i].kind == ZM_OP_REPLACE) {
			zm_edits_add(&edits, layout->arena,
				     (struct zm_edit){NULL, op[i].at, op[i].text});
		}
	}
	zm_edits_settle(&edits);
	return zm_edits_apply(&edits, layout->arena, record->text->bytes);
}

bool zm_layout_text(struct zm_layout *layout, const struct zm_record *record,
		    const struct zm_op *op, size_t count)
{
	if (record->text == NULL || record->text->strings == 0) {
		return zm_error_set(layout->err, "the record's text cannot be read");
	}
	for (size_t i = 0; i < count; i++) {
		if (op[i].kind == ZM_OP_REWRITE) {
			return count == 1 ? rewrite(layout, record, op[i].text)
					  : zm_error_set(layout->err, "two changes of one record");
		}
	}
	if (record->text->generic) {
		return rewrite(layout, record, whole_text(layout, record, op, count));
	}
	return layout_strings(layout, record, op, count);
}
