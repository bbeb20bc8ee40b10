#include "report/excerpt.h"

#include "report/escape.h"
#include "zone/types.h"

#include <string.h>

enum {
	BYTES_BEFORE = 400, /* how far from the place a line is looked at, so that the longest */
	BYTES_AFTER = 800,  /* line costs no more than a short one */
	COLUMNS_BEFORE = 30,
	TAB = 8,
};

/* The bytes of the source that may be shown, and whether the line goes on at either side. */
struct window {
	struct zm_span at;
	bool cut_left;
	bool cut_right;
};

/* ---- What may be shown ---- */

/* Makes `entry` the one that holds the finding; false at the end of the file. */
static bool find_entry(struct zm_excerpter *e, const struct zm_finding *finding)
{
	size_t at = finding->at.start;
	bool elsewhere = e->source != finding->source || !e->has_entry || at < e->entry.at.start ||
			 finding->entry >= e->entry.at.end;
	if (elsewhere) {
		zm_excerpter_release(e);
		e->source = finding->source;
		e->scan = zm_scan_start(finding->source->bytes);
		e->scan.at = finding->entry;
		e->has_entry = zm_scan_next(&e->scan, &e->entry);
	}
	while (e->has_entry && e->entry.at.end <= at) {
		e->has_entry = zm_scan_next(&e->scan, &e->entry);
	}
	return e->has_entry;
}

static struct zm_str token_text(struct zm_str bytes, const struct zm_token *token)
{
	return zm_str_sub(bytes, token->start, token->end);
}

static bool is_one_of(struct zm_str word, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (zm_str_eq_nocase(word, zm_str_from(*list))) {
			return true;
		}
	}
	return false;
}

static bool is_class_or_ttl(struct zm_str word)
{
	uint16_t class;
	return zm_is_digit(word.data[0]) || zm_class_parse(&class, word);
}

static size_t next_word(const struct zm_entry *entry, size_t i)
{
	while (i < entry->count && entry->token[i].kind != ZM_WORD &&
	       entry->token[i].kind != ZM_QUOTED) {
		i++;
	}
	return i;
}

/* The index of the token where the type stands (or should), or `count`: after the owner, TTL and
 * class (RFC 1035 5.1). */
static size_t type_token(const struct zm_entry *entry, struct zm_str bytes)
{
	size_t i = next_word(entry, 0);
	if (i == 0 && i < entry->count) {
		i = next_word(entry, 1);
	}
	while (i < entry->count && is_class_or_ttl(token_text(bytes, &entry->token[i]))) {
		i = next_word(entry, i + 1);
	}
	return i;
}

/* Meant as SPF: `v=spf1`, `"\"v=spf1`, `v-spf1`, `spf2.0/pra`. */
static bool begins_like_spf(struct zm_str text)
{
	size_t start = 0;
	while (start < text.len && memchr("\" \t\\", text.data[start], 4) != NULL) {
		start++;
	}
	for (size_t i = start; i < start + 5 && i < text.len; i++) {
		if (zm_str_starts_nocase(zm_str_sub(text, i, text.len), ZM_STR("spf"))) {
			return true;
		}
	}
	return false;
}

static bool has_quoted(const struct zm_entry *entry)
{
	for (size_t i = 0; i < entry->count; i++) {
		if (entry->token[i].kind == ZM_QUOTED) {
			return true;
		}
	}
	return false;
}

/* Whether all data of the entry whose type stands at token `type` may be shown. */
static bool is_public(const struct zm_entry *entry, struct zm_str bytes, size_t type)
{
	static const char *const texts[] = {"TXT", "SPF", NULL};
	static const char *const frame[] = {"SOA", "NS",  "A",   "AAAA",  "CNAME",
					    "MX",  "PTR", "SRV", "DNAME", NULL};
	struct zm_str word = token_text(bytes, &entry->token[type]);
	if (is_one_of(word, texts)) {
		size_t data = next_word(entry, type + 1);
		return data < entry->count &&
		       begins_like_spf(token_text(bytes, &entry->token[data]));
	}
	return is_one_of(word, frame) && !has_quoted(entry);
}

static bool is_harmless_directive(struct zm_str word)
{
	static const char *const known[] = {"$ORIGIN", "$TTL", "$INCLUDE", NULL};
	return is_one_of(word, known);
}

/* Where the owner should stand may be a piece of a record that was torn apart. */
static bool is_owner(const struct zm_token *token, struct zm_str bytes)
{
	struct zm_str word = token_text(bytes, token);
	bool is_data = zm_str_find(word, ZM_STR("="), 0) != SIZE_MAX;
	return token->kind == ZM_WORD && (!is_data || begins_like_spf(word));
}

static size_t end_of_directive(const struct zm_entry *entry, const struct zm_token *name,
			       struct zm_str bytes)
{
	return is_harmless_directive(token_text(bytes, name)) ? entry->at.end : name->end;
}

/* A line without a known type may be a piece of a text that was torn apart: any word of it may be
 * private. */
static bool has_type(const struct zm_entry *entry, struct zm_str bytes, size_t type)
{
	uint16_t number;
	return type < entry->count &&
	       zm_type_parse(&number, token_text(bytes, &entry->token[type]));
}

/* Up to where the entry may be shown: its end, or after the token before what is private. */
static size_t end_of_public(const struct zm_entry *entry, struct zm_str bytes)
{
	size_t first = next_word(entry, 0);
	if (first == entry->count) {
		return entry->at.end; /* nothing but comments */
	}
	const struct zm_token *name = &entry->token[first];
	if (bytes.data[name->start] == '$') {
		return end_of_directive(entry, name, bytes);
	}
	size_t type = type_token(entry, bytes);
	if (!is_owner(name, bytes) || !has_type(entry, bytes, type)) {
		return entry->at.start;
	}
	return is_public(entry, bytes, type) ? entry->at.end : entry->token[type].end;
}

/* A comment that holds a quote may be a record that was taken out. */
static size_t end_before_comment(const struct zm_entry *entry, struct zm_str bytes,
				 struct zm_span line)
{
	for (size_t i = 0; i < entry->count; i++) {
		const struct zm_token *token = &entry->token[i];
		bool here = token->start >= line.start && token->start < line.end;
		if (here && token->kind == ZM_COMMENT &&
		    zm_str_find(token_text(bytes, token), ZM_STR("\""), 0) != SIZE_MAX) {
			return token->start;
		}
	}
	return line.end;
}

/* ---- How it is shown ---- */

static struct window line_around(struct zm_str bytes, size_t at)
{
	struct window w = {.at = {at, at}};
	size_t first = at > BYTES_BEFORE ? at - BYTES_BEFORE : 0;
	size_t last = bytes.len - at > BYTES_AFTER ? at + BYTES_AFTER : bytes.len;
	while (w.at.start > first && bytes.data[w.at.start - 1] != '\n') {
		w.at.start--;
	}
	while (w.at.end < last && bytes.data[w.at.end] != '\n') {
		w.at.end++;
	}
	w.cut_left = w.at.start > 0 && bytes.data[w.at.start - 1] != '\n';
	w.cut_right = w.at.end < bytes.len && bytes.data[w.at.end] != '\n';
	if (!w.cut_right && w.at.end > w.at.start && bytes.data[w.at.end - 1] == '\r') {
		w.at.end--;
	}
	while (w.cut_left && w.at.start < at && (bytes.data[w.at.start] & 0xc0) == 0x80) {
		w.at.start++; /* not from the middle of a character */
	}
	return w;
}

/* One character of the line; a tab is blanks up to the next stop. */
static struct zm_glyph shown_at(struct zm_str bytes, size_t at, size_t column)
{
	if (bytes.data[at] != '\t') {
		return zm_glyph_at(bytes, at);
	}
	struct zm_glyph blanks = {.eaten = 1, .len = TAB - column % TAB};
	memset(blanks.text, ' ', blanks.len);
	blanks.width = blanks.len;
	return blanks;
}

/* The column at which byte `at` is shown, counted from the window's start. */
static size_t column_of(struct zm_str bytes, struct zm_span shown, size_t at)
{
	size_t column = 0;
	size_t end = at < shown.end ? at : shown.end;
	for (size_t i = shown.start; i < end;) {
		size_t plain = zm_glyph_plain(bytes, i, end);
		column += plain;
		i += plain;
		if (i < end) {
			struct zm_glyph glyph = shown_at(bytes, i, column);
			column += glyph.width;
			i += glyph.eaten;
		}
	}
	return column;
}

/* Adds what lies in columns [from, to) of a text whose columns begin at `column`; the result is the
 * column of its first byte. Each byte has one. */
static size_t add_plain(struct zm_buf *line, struct zm_str text, size_t column,
			struct zm_span columns)
{
	size_t from = columns.start > column ? columns.start - column : 0;
	size_t to = columns.end > column ? columns.end - column : 0;
	struct zm_str part = zm_str_sub(text, from, to);
	zm_buf_add(line, part);
	return part.len > 0 ? column + from : SIZE_MAX;
}

/* Adds the glyphs that lie in columns [from, to); returns the column of the first one added. */
static size_t add_columns(struct zm_buf *line, struct zm_str bytes, struct zm_span shown,
			  struct zm_span columns)
{
	size_t column = 0;
	size_t first = SIZE_MAX;
	for (size_t i = shown.start; i < shown.end;) {
		size_t plain = zm_glyph_plain(bytes, i, shown.end);
		if (plain > 0) {
			size_t added =
				add_plain(line, zm_str_sub(bytes, i, i + plain), column, columns);
			first = first == SIZE_MAX ? added : first;
			column += plain;
			i += plain;
			continue;
		}
		struct zm_glyph glyph = shown_at(bytes, i, column);
		if (column >= columns.start && column + glyph.width <= columns.end) {
			zm_buf_add(line, (struct zm_str){glyph.text, glyph.len});
			first = first == SIZE_MAX ? column : first;
		}
		column += glyph.width;
		i += glyph.eaten;
	}
	return first == SIZE_MAX ? columns.start : first;
}

/* From the start of the line where the place fits in, else from a little before it. */
static struct zm_span choose_columns(size_t start, size_t end, size_t total)
{
	size_t room = total - ZM_EXCERPT_COLUMNS;
	bool fits = end <= ZM_EXCERPT_COLUMNS || start <= COLUMNS_BEFORE;
	size_t from = fits ? 0 : start - COLUMNS_BEFORE;
	from = from < room ? from : room;
	return (struct zm_span){from, from + ZM_EXCERPT_COLUMNS};
}

static void draw(struct zm_excerpt *excerpt, struct zm_str bytes, struct window w,
		 struct zm_span place)
{
	size_t start = column_of(bytes, w.at, place.start);
	size_t end = column_of(bytes, w.at, place.end);
	size_t total = column_of(bytes, w.at, w.at.end);
	struct zm_span columns = {0, total};
	if (total > ZM_EXCERPT_COLUMNS) {
		columns = choose_columns(start, end, total);
		w.cut_left = w.cut_left || columns.start > 0;
		w.cut_right = w.cut_right || columns.end < total;
	}
	if (w.cut_left) {
		zm_buf_add(&excerpt->line, ZM_STR("…"));
	}
	size_t first = add_columns(&excerpt->line, bytes, w.at, columns);
	if (w.cut_right) {
		zm_buf_add(&excerpt->line, ZM_STR("…"));
	}
	size_t last = end < columns.end ? end : columns.end;
	excerpt->caret = (start > first ? start - first : 0) + (w.cut_left ? 1 : 0);
	excerpt->width = last > start ? last - start : 1;
}

/* False for the rest of an entry that the scanner had to cut: what type it has is not known. A lone
 * CR ends a line to the scanner. */
static bool starts_a_line(struct zm_str bytes, size_t at)
{
	return at == 0 || bytes.data[at - 1] == '\n' || bytes.data[at - 1] == '\r';
}

bool zm_excerpt_make(struct zm_excerpt *excerpt, struct zm_excerpter *excerpter,
		     const struct zm_finding *finding)
{
	zm_buf_clear(&excerpt->line);
	struct zm_str bytes = finding->source->bytes;
	struct zm_span place = finding->at;
	if (place.start >= bytes.len || !find_entry(excerpter, finding)) {
		return false;
	}
	struct window w = line_around(bytes, place.start);
	size_t limit = end_of_public(&excerpter->entry, bytes);
	size_t before_comment = end_before_comment(&excerpter->entry, bytes, w.at);
	limit = before_comment < limit ? before_comment : limit;
	if (limit <= w.at.start) {
		return false;
	}
	if (limit < w.at.end) {
		w.at.end = limit;
		w.cut_right = bytes.data[limit - 1] != '\r';
	}
	if (w.at.start < excerpter->entry.at.start) {
		w.at.start = excerpter->entry.at.start;
	}
	if (!starts_a_line(bytes, excerpter->entry.at.start) || w.at.end <= w.at.start ||
	    place.start > w.at.end) {
		return false;
	}
	draw(excerpt, bytes, w, place);
	return true;
}

void zm_excerpt_release(struct zm_excerpt *excerpt)
{
	zm_buf_release(&excerpt->line);
}

void zm_excerpter_release(struct zm_excerpter *excerpter)
{
	if (excerpter->source != NULL) {
		zm_scan_release(&excerpter->scan);
	}
	*excerpter = (struct zm_excerpter){0};
}
