#include "base/file.h"
#include "conf/reader.h"

#include <stdarg.h>

enum { KNOWN_MAX = 32 }; /* statements of one kind of block */

/* ---- Tokens and errors ---- */

struct zm_conf_place zm_conf_place(struct zm_conf_reader *reader, size_t at)
{
	struct zm_source *source = &reader->file->source;
	struct zm_position position = zm_source_position(source, at);
	return (struct zm_conf_place){source->name, position.line, position.column};
}

bool zm_conf_blame(struct zm_conf_reader *reader, struct zm_conf_place at, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct zm_str what = zm_arena_vprintf(&reader->scratch, format, args);
	va_end(args);
	return zm_error_set(reader->err, "%s:%zu:%zu: %.*s", at.file, at.line, at.column,
			    ZM_STR_ARG(what));
}

static bool blame_token(struct zm_conf_reader *reader, const char *what)
{
	return zm_conf_blame(reader, zm_conf_place(reader, reader->token.at), "%s", what);
}

bool zm_conf_advance(struct zm_conf_reader *reader)
{
	struct zm_conf_file *file = reader->file;
	reader->token = zm_conf_next(file->source.bytes, &file->next);
	return reader->token.kind != ZM_CONF_BROKEN || blame_token(reader, reader->token.text.data);
}

static bool is_word(const struct zm_conf_reader *reader)
{
	return reader->token.kind == ZM_CONF_WORD || reader->token.kind == ZM_CONF_QUOTED;
}

bool zm_conf_is(const struct zm_conf_reader *reader, const char *word)
{
	return is_word(reader) && zm_str_eq_nocase(reader->token.text, zm_str_from(word));
}

bool zm_conf_take(struct zm_conf_reader *reader, struct zm_str *word, const char *what)
{
	if (!is_word(reader)) {
		return zm_conf_blame(reader, zm_conf_place(reader, reader->token.at),
				     "%s is expected here", what);
	}
	*word = zm_conf_text(reader->arena, &reader->token);
	return zm_conf_advance(reader);
}

/* The rest of a statement, up to its semicolon or the end of what it stands in. */
static bool skip_statement(struct zm_conf_reader *reader)
{
	size_t depth = 0;
	for (;;) {
		enum zm_conf_kind kind = reader->token.kind;
		bool ends = kind == ZM_CONF_END || kind == ZM_CONF_SEMICOLON;
		if (kind == ZM_CONF_END || (depth == 0 && (ends || kind == ZM_CONF_CLOSE))) {
			return true;
		}
		depth += kind == ZM_CONF_OPEN;
		depth -= kind == ZM_CONF_CLOSE;
		if (depth > ZM_CONF_BRACES_MAX) {
			return zm_conf_blame(reader, zm_conf_place(reader, reader->token.at),
					     "blocks nest deeper than %d", ZM_CONF_BRACES_MAX);
		}
		if (!zm_conf_advance(reader)) {
			return false;
		}
	}
}

/* ---- Blocks ---- */

static bool read_block(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	struct zm_conf_place at = zm_conf_place(reader, reader->token.at);
	if (reader->token.kind != ZM_CONF_OPEN) {
		return zm_conf_blame(reader, at, "a block in braces is expected here");
	}
	if (!zm_conf_advance(reader) || !zm_conf_read_body(reader, body)) {
		return false;
	}
	if (reader->token.kind != ZM_CONF_CLOSE) {
		return zm_conf_blame(reader, at, "block that is never closed");
	}
	return zm_conf_advance(reader);
}

bool zm_conf_read_options(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	(void)body;
	const struct zm_conf_body options = {ZM_CONF_OPTIONS, 0, 0};
	return read_block(reader, &options);
}

/* An optional class; without one that of `is_internet` stays. */
static bool take_class(struct zm_conf_reader *reader, bool *is_internet)
{
	if (!is_word(reader)) {
		return true;
	}
	*is_internet = zm_conf_is(reader, "IN");
	return zm_conf_advance(reader);
}

bool zm_conf_read_view(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	struct zm_conf_view view = {.is_internet = true};
	struct zm_str name;
	(void)body;
	if (!zm_conf_take(reader, &name, "a view's name") ||
	    !take_class(reader, &view.is_internet)) {
		return false;
	}
	view.name = name.data;
	reader->view = zm_arena_grow(&reader->scratch, reader->view, reader->views,
				     &reader->view_capacity, sizeof(*reader->view));
	reader->view[reader->views] = view;
	const struct zm_conf_body inside = {ZM_CONF_VIEW, reader->views++, 0};
	return read_block(reader, &inside);
}

/* The block of a zone or a template, of which `draft` holds what stands before it. */
static bool read_draft(struct zm_conf_reader *reader, const struct zm_conf_draft *draft)
{
	reader->draft = zm_arena_grow(&reader->scratch, reader->draft, reader->drafts,
				      &reader->draft_capacity, sizeof(*reader->draft));
	reader->draft[reader->drafts] = *draft;
	const struct zm_conf_body inside = {ZM_CONF_ZONE, draft->view, reader->drafts++};
	return read_block(reader, &inside);
}

bool zm_conf_read_template(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	struct zm_conf_draft draft = {.is_template = true};
	(void)body;
	return zm_conf_take(reader, &draft.name, "a template's name") && read_draft(reader, &draft);
}

bool zm_conf_read_zone(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	static const uint8_t root[] = {0};
	struct zm_conf_view *view = &reader->view[body->view];
	struct zm_conf_draft draft = {.view = body->view};
	struct zm_name_buf name;
	struct zm_str text;
	const char *why;
	draft.zone.at = zm_conf_place(reader, reader->token.at);
	draft.zone.view = view->name;
	draft.zone.is_internet = view->is_internet;
	if (!zm_conf_take(reader, &text, "a zone's name")) {
		return false;
	}
	if (!zm_name_parse(&name, text, (struct zm_name){root, 1}, &why)) {
		return zm_conf_blame(reader, draft.zone.at, "zone's name: %s", why);
	}
	draft.zone.name = zm_name_copy(reader->arena, zm_name_of(&name));
	if (!take_class(reader, &draft.zone.is_internet)) {
		return false;
	}
	return read_draft(reader, &draft);
}

/* ---- All statements ---- */

static const struct zm_conf_statement *find(const struct zm_conf_reader *reader,
					    enum zm_conf_scope scope)
{
	for (size_t i = 0; zm_conf_statements[i].name != NULL; i++) {
		if ((zm_conf_statements[i].scopes & (unsigned)scope) != 0 &&
		    zm_conf_is(reader, zm_conf_statements[i].name)) {
			return &zm_conf_statements[i];
		}
	}
	return NULL;
}

/* named refuses what it does not know. A slip in a word that matters here may hide a zone; all
 * other words are for named-checkconf. */
static bool check_slip(struct zm_conf_reader *reader, enum zm_conf_scope scope)
{
	const char *known[KNOWN_MAX];
	size_t count = 0;
	for (size_t i = 0; zm_conf_statements[i].name != NULL; i++) {
		if ((zm_conf_statements[i].scopes & (unsigned)scope) != 0) {
			known[count++] = zm_conf_statements[i].name;
		}
	}
	const char *nearest = zm_str_nearest(reader->token.text, known, count);
	return nearest == NULL || zm_conf_blame(reader, zm_conf_place(reader, reader->token.at),
						"unknown statement; did you mean %s?", nearest);
}

/* `named.conf:7: option 'x' is deprecated`: no statement begins so. */
static bool is_diagnostic(const struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	return reader->is_printed && body->scope == ZM_CONF_TOP &&
	       reader->token.kind == ZM_CONF_WORD && zm_str_ends(reader->token.text, ZM_STR(":"));
}

static void skip_line(struct zm_conf_file *file, size_t at)
{
	size_t end = zm_str_find(file->source.bytes, ZM_STR("\n"), at);
	file->next = end == SIZE_MAX ? file->source.bytes.len : end;
}

static bool read_statement(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	struct zm_conf_place at = zm_conf_place(reader, reader->token.at);
	if (is_diagnostic(reader, body)) {
		skip_line(reader->file, reader->token.at);
		return true;
	}
	if (!is_word(reader)) {
		return zm_conf_blame(reader, at, "a statement is expected here");
	}
	const struct zm_conf_statement *statement = find(reader, body->scope);
	if (statement == NULL && !check_slip(reader, body->scope)) {
		return false;
	}
	if (!zm_conf_advance(reader) || (statement != NULL && !statement->read(reader, body)) ||
	    !skip_statement(reader)) {
		return false;
	}
	if (reader->token.kind != ZM_CONF_SEMICOLON) {
		return zm_conf_blame(reader, at, "statement without a semicolon at its end");
	}
	return true;
}

bool zm_conf_read_body(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	while (reader->token.kind != ZM_CONF_END && reader->token.kind != ZM_CONF_CLOSE) {
		if (reader->token.kind != ZM_CONF_SEMICOLON && !read_statement(reader, body)) {
			return false;
		}
		if (!zm_conf_advance(reader)) {
			return false;
		}
	}
	return true;
}

/* ---- Files ---- */

bool zm_conf_read_file(struct zm_conf_reader *reader, const struct zm_source *source,
		       const struct zm_conf_body *body)
{
	struct zm_conf_file *outer = reader->file;
	struct zm_conf_token token = reader->token;
	struct zm_conf_file file = {*source, 0, outer, outer == NULL ? 0 : outer->depth + 1};
	reader->file = &file;
	reader->bytes += source->bytes.len;
	bool good = true;
	if (reader->bytes > ZM_CONF_BYTES_MAX) {
		good = zm_conf_blame(reader, zm_conf_place(reader, 0),
				     "more than %d bytes of configuration", ZM_CONF_BYTES_MAX);
	}
	good = good && zm_conf_advance(reader) && zm_conf_read_body(reader, body);
	if (good && reader->token.kind == ZM_CONF_CLOSE) {
		good = blame_token(reader, "closing brace without an opening one");
	}
	reader->file = outer;
	reader->token = token;
	return good;
}

static bool parse(struct zm_conf_reader *reader, const struct zm_source *source)
{
	const struct zm_conf_body top = {ZM_CONF_TOP, 0, 0};
	*reader->conf = (struct zm_conf){0};
	reader->base.conf = source->name;
	reader->view = zm_arena_grow(&reader->scratch, NULL, 0, &reader->view_capacity,
				     sizeof(*reader->view));
	reader->view[reader->views++] = (struct zm_conf_view){.is_internet = true};
	bool good = zm_conf_read_file(reader, source, &top) && zm_conf_resolve(reader);
	zm_arena_release(&reader->scratch);
	return good;
}

bool zm_conf_parse(struct zm_conf *conf, struct zm_arena *arena, const struct zm_source *source,
		   const char *root, struct zm_error *err)
{
	struct zm_conf_reader reader = {
		.arena = arena, .conf = conf, .root = root, .is_printed = true, .err = err};
	return parse(&reader, source);
}

enum zm_conf_result zm_conf_read(struct zm_conf *conf, struct zm_arena *arena, const char *path,
				 const char *root, struct zm_error *err)
{
	struct zm_arena scratch = {0};
	struct zm_file file;
	enum zm_conf_result result = ZM_CONF_UNREADABLE;
	if (zm_file_read(&file, &scratch, path, ZM_CONF_BYTES_MAX, err)) {
		struct zm_source source = {.name = path, .bytes = file.bytes};
		struct zm_conf_reader reader = {
			.arena = arena, .conf = conf, .root = root, .err = err};
		bool good = parse(&reader, &source);
		result = good ? ZM_CONF_READ : ZM_CONF_WRONG;
	}
	zm_arena_release(&scratch);
	return result;
}
