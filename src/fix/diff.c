#include "fix/diff.h"

#include <string.h>

enum {
	CONTEXT = 3,
	WINDOW_FIRST = 8, /* lines looked ahead for the place where both go on alike */
	WINDOW_STEP = 8,  /* ... and how much more, until the last */
	WINDOW_LAST = 512,
};

/* A place in one of the two files: always the start of a line, or the end. */
struct cursor {
	struct zm_str bytes;
	size_t at;
	size_t line; /* from 0 */
};

/* The hunk being built: lines [start, end) of both sides are in `body`. */
struct hunk {
	struct cursor before_start;
	struct cursor after_start;
	struct cursor before_end;
	struct cursor after_end;
	struct zm_buf body;
	bool open;
};

/* The lines ahead of a cursor. */
struct window {
	struct zm_str line[WINDOW_LAST];
	size_t count;
	bool to_the_end; /* no line comes after them */
};

/* Lines to skip on both sides. */
struct skip {
	size_t before;
	size_t after;
};

/* The line at the cursor with its LF, which the last one may lack; empty at the end. */
static struct zm_str line_at(const struct cursor *cursor)
{
	if (cursor->at == cursor->bytes.len) {
		return (struct zm_str){0};
	}
	const char *start = cursor->bytes.data + cursor->at;
	const char *lf = memchr(start, '\n', cursor->bytes.len - cursor->at);
	size_t end = lf == NULL ? cursor->bytes.len : (size_t)(lf - cursor->bytes.data) + 1;
	return zm_str_sub(cursor->bytes, cursor->at, end);
}

static void advance(struct cursor *cursor, size_t lines)
{
	for (; lines > 0; lines--) {
		cursor->at += line_at(cursor).len;
		cursor->line++;
	}
}

static void step_back(struct cursor *cursor)
{
	cursor->line--;
	cursor->at--;
	while (cursor->at > 0 && cursor->bytes.data[cursor->at - 1] != '\n') {
		cursor->at--;
	}
}

static void skip_what_is_alike(struct cursor *before, struct cursor *after)
{
	struct zm_str line = line_at(before);
	while (line.len > 0 && zm_str_eq(line, line_at(after))) {
		before->at += line.len;
		before->line++;
		after->at += line.len;
		after->line++;
		line = line_at(before);
	}
}

/* Reads on until the window holds `lines` lines, or all there are. */
static void look_ahead(struct window *window, struct cursor *reader, size_t lines)
{
	while (window->count < lines && reader->at < reader->bytes.len) {
		window->line[window->count++] = line_at(reader);
		advance(reader, 1);
	}
	window->to_the_end = reader->at == reader->bytes.len;
}

/* Do both files go on alike from these lines: two lines of each, as far as there are two? */
static bool go_on_alike(const struct window *before, size_t i, const struct window *after, size_t j)
{
	if (i == before->count || j == after->count) {
		return i == before->count && before->to_the_end && j == after->count &&
		       after->to_the_end;
	}
	if (!zm_str_eq(before->line[i], after->line[j])) {
		return false;
	}
	bool both_known = i + 1 < before->count && j + 1 < after->count;
	return !both_known || zm_str_eq(before->line[i + 1], after->line[j + 1]);
}

/* The fewest lines to skip in all, so that both files go on alike; false when the windows hold no
 * such place. */
static bool find_meeting(struct skip *skip, const struct window *before, const struct window *after)
{
	for (size_t sum = 1; sum <= before->count + after->count; sum++) {
		size_t first = sum > after->count ? sum - after->count : 0;
		for (size_t i = first; i <= sum && i <= before->count; i++) {
			if (go_on_alike(before, i, after, sum - i)) {
				*skip = (struct skip){i, sum - i};
				return true;
			}
		}
	}
	return false;
}

/*
 * How much differs from here on, where the lines at the cursors are known to differ. Small windows
 * first: a repair changes a line or two, and looking at 512 for each would cost more than all the
 * rest.
 */
static struct skip lines_that_differ(const struct cursor *before, const struct cursor *after)
{
	struct window ahead_before;
	struct window ahead_after;
	ahead_before.count = 0; /* the lines stay unset until they are read: 8 KB each time */
	ahead_after.count = 0;
	struct cursor reader_before = *before;
	struct cursor reader_after = *after;
	struct skip skip = {0};
	for (size_t lines = WINDOW_FIRST; lines <= WINDOW_LAST; lines *= WINDOW_STEP) {
		look_ahead(&ahead_before, &reader_before, lines);
		look_ahead(&ahead_after, &reader_after, lines);
		if (find_meeting(&skip, &ahead_before, &ahead_after)) {
			return skip;
		}
	}
	return (struct skip){ahead_before.count, ahead_after.count};
}

/* Moves the cursor over `lines` lines and adds them to the body, each after `sign`. */
static void add_lines(struct zm_buf *body, struct cursor *cursor, size_t lines, char sign)
{
	for (; lines > 0 && cursor->at < cursor->bytes.len; lines--) {
		struct zm_str line = line_at(cursor);
		zm_buf_add_char(body, sign);
		zm_buf_add(body, line);
		if (line.data[line.len - 1] != '\n') {
			zm_buf_add(body, ZM_STR("\n\\ No newline at end of file\n"));
		}
		advance(cursor, 1);
	}
}

static void add_context(struct hunk *hunk, size_t lines)
{
	size_t first = hunk->before_end.line;
	add_lines(&hunk->body, &hunk->before_end, lines, ' ');
	advance(&hunk->after_end, hunk->before_end.line - first);
}

/* Lines count from 1; an empty range is named by the line before it. */
static void add_range(struct zm_buf *out, const struct cursor *start, const struct cursor *end)
{
	size_t count = end->line - start->line;
	zm_buf_printf(out, "%zu,%zu", start->line + (count > 0 ? 1 : 0), count);
}

static void close_hunk(struct hunk *hunk, struct zm_buf *out)
{
	if (!hunk->open) {
		return;
	}
	add_context(hunk, CONTEXT);
	zm_buf_add(out, ZM_STR("@@ -"));
	add_range(out, &hunk->before_start, &hunk->before_end);
	zm_buf_add(out, ZM_STR(" +"));
	add_range(out, &hunk->after_start, &hunk->after_end);
	zm_buf_add(out, ZM_STR(" @@\n"));
	zm_buf_add(out, zm_buf_str(&hunk->body));
	zm_buf_clear(&hunk->body);
	hunk->open = false;
}

/* Begins at most CONTEXT lines before the change: further hunks are far enough away from this one.
 */
static void open_hunk(struct hunk *hunk, struct cursor before, struct cursor after)
{
	for (size_t i = 0; i < CONTEXT && before.line > 0 && after.line > 0; i++) {
		step_back(&before);
		step_back(&after);
	}
	hunk->before_start = hunk->before_end = before;
	hunk->after_start = hunk->after_end = after;
	hunk->open = true;
}

static void add_change(struct hunk *hunk, struct zm_buf *out, const struct cursor *before,
		       const struct cursor *after, struct skip skip)
{
	if (hunk->open && before->line - hunk->before_end.line > 2 * CONTEXT) {
		close_hunk(hunk, out);
	}
	if (!hunk->open) {
		open_hunk(hunk, *before, *after);
	}
	add_context(hunk, before->line - hunk->before_end.line);
	add_lines(&hunk->body, &hunk->before_end, skip.before, '-');
	add_lines(&hunk->body, &hunk->after_end, skip.after, '+');
}

static bool needs_quotes(struct zm_str path)
{
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.data[i];
		if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
			return true;
		}
	}
	return false;
}

static void add_escaped(struct zm_buf *out, struct zm_str path)
{
	static const struct zm_str plain = {"\a\b\t\n\v\f\r\"\\", 9};
	static const char letter[] = "abtnvfr\"\\";
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.data[i];
		size_t named = zm_str_find(plain, (struct zm_str){path.data + i, 1}, 0);
		if (named != SIZE_MAX) {
			zm_buf_add_char(out, '\\');
			zm_buf_add_char(out, letter[named]);
		} else if (c < ' ' || c >= 0x7f) {
			zm_buf_printf(out, "\\%03o", c);
		} else {
			zm_buf_add_char(out, path.data[i]);
		}
	}
}

/* Takes the last part off; false where there is none but `..`. */
static bool drop_part(struct zm_buf *path)
{
	struct zm_str text = zm_buf_str(path);
	if (text.len == 0 || zm_str_eq(text, ZM_STR("..")) || zm_str_ends(text, ZM_STR("/.."))) {
		return false;
	}
	while (path->len > 0 && path->data[path->len - 1] != '/') {
		path->len--;
	}
	path->len -= path->len > 0;
	return true;
}

/* git takes neither `/`, `//`, `.` nor `..` in a path. A `..` that leads out of where we are stays:
 * there is no way around it. */
static void add_plain_path(struct zm_buf *out, struct zm_str path)
{
	size_t at = 0;
	bool absolute = zm_str_starts(path, ZM_STR("/"));
	while (at < path.len) {
		size_t end = zm_str_find(path, ZM_STR("/"), at);
		end = end == SIZE_MAX ? path.len : end;
		struct zm_str part = zm_str_sub(path, at, end);
		bool up = zm_str_eq(part, ZM_STR(".."));
		bool stays = part.len > 0 && !zm_str_eq(part, ZM_STR("."));
		if (stays && !(up && (drop_part(out) || absolute))) {
			zm_buf_add(out, out->len > 0 ? ZM_STR("/") : ZM_STR(""));
			zm_buf_add(out, part);
		}
		at = end + 1;
	}
}

/* A blank in the name asks for a tab after it, else git and patch cut the name there. */
static void add_header(struct zm_buf *out, const char *sign_and_side, struct zm_str path)
{
	bool quoted = needs_quotes(path);
	zm_buf_printf(out, "%.4s%s%s", sign_and_side, quoted ? "\"" : "", sign_and_side + 4);
	if (quoted) {
		add_escaped(out, path);
		zm_buf_add_char(out, '"');
	} else {
		zm_buf_add(out, path);
	}
	if (!quoted && zm_str_find(path, ZM_STR(" "), 0) != SIZE_MAX) {
		zm_buf_add_char(out, '\t');
	}
	zm_buf_add_char(out, '\n');
}

static void add_headers(struct zm_buf *out, const char *path)
{
	struct zm_buf plain = {0};
	add_plain_path(&plain, zm_str_from(path));
	add_header(out, "--- a/", zm_buf_str(&plain));
	add_header(out, "+++ b/", zm_buf_str(&plain));
	zm_buf_release(&plain);
}

void zm_diff(struct zm_buf *out, const char *path, struct zm_str before, struct zm_str after)
{
	if (zm_str_eq(before, after)) {
		return;
	}
	add_headers(out, path);
	struct cursor old = {.bytes = before};
	struct cursor new = {.bytes = after};
	struct hunk hunk = {0};
	skip_what_is_alike(&old, &new);
	while (old.at < before.len || new.at < after.len) {
		struct skip skip = lines_that_differ(&old, &new);
		add_change(&hunk, out, &old, &new, skip);
		advance(&old, skip.before);
		advance(&new, skip.after);
		skip_what_is_alike(&old, &new);
	}
	close_hunk(&hunk, out);
	zm_buf_release(&hunk.body);
}
