#include "read.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- Memory ---- */

/* Room for one more; sizes are powers of two. */
static void *grow(void *items, size_t count, size_t size)
{
	bool is_full = (count & (count - 1)) == 0;
	if (!is_full) {
		return items;
	}
	void *more = realloc(items, (count == 0 ? 1 : 2 * count) * size);
	if (more == NULL) {
		abort();
	}
	return more;
}

static char *own(struct reading *reading, size_t size)
{
	char *memory = malloc(size + 1);
	if (memory == NULL) {
		abort();
	}
	reading->own = grow(reading->own, reading->owned, sizeof(*reading->own));
	reading->own[reading->owned++] = memory;
	return memory;
}

bool same_bytes(struct bytes a, struct bytes b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

struct bytes bytes_at(const struct reading *reading, size_t start, size_t end)
{
	return (struct bytes){reading->bytes.data + start, end - start};
}

static struct bytes piece_bytes(const struct reading *reading, size_t i)
{
	return bytes_at(reading, reading->piece[i].start, reading->piece[i].end);
}

static bool is_word(struct bytes bytes, const char *word)
{
	return bytes.len == strlen(word) && strncasecmp(bytes.data, word, bytes.len) == 0;
}

/* ---- Pieces ---- */

/* A backslash takes the next byte along, but never a line end. */
static size_t string_end(struct bytes b, size_t at)
{
	bool quoted = b.data[at] == '"';
	for (at += quoted; at < b.len; at++) {
		char c = b.data[at];
		if (quoted && c == '"') {
			return at + 1;
		}
		if (c == '\n' || (!quoted && c != '\0' && strchr("\r \t;()\"", c) != NULL)) {
			break;
		}
		bool escapes = c == '\\' && at + 1 < b.len;
		if (escapes && (quoted || (b.data[at + 1] != '\n' && b.data[at + 1] != '\r'))) {
			at++;
		}
	}
	bool carries = quoted && at < b.len && b.data[at - 1] == '\r';
	return at > b.len ? b.len : at - carries;
}

static struct piece next_piece(struct bytes b, size_t at)
{
	size_t end = at + 1;
	switch (b.data[at]) {
	case ' ':
	case '\t':
		while (end < b.len && (b.data[end] == ' ' || b.data[end] == '\t')) {
			end++;
		}
		return (struct piece){at, end, BLANKS};
	case '\n':
		return (struct piece){at, end, LINE_END};
	case '\r':
		return (struct piece){at, end + (end < b.len && b.data[end] == '\n'), LINE_END};
	case ';':
		while (end < b.len && b.data[end] != '\n') {
			end++;
		}
		return (struct piece){at, end - (end < b.len && b.data[end - 1] == '\r'), COMMENT};
	case '(':
		return (struct piece){at, end, OPENING};
	case ')':
		return (struct piece){at, end, CLOSING};
	default:
		return (struct piece){at, string_end(b, at), STRING};
	}
}

/* The pieces of one more line. */
static struct line *cut_line(struct reading *reading, size_t at)
{
	reading->line = grow(reading->line, reading->lines, sizeof(*reading->line));
	struct line *line = &reading->line[reading->lines++];
	*line = (struct line){.start = at, .piece = reading->pieces, .serial = SIZE_MAX};
	size_t depth = 0;
	bool more = true;
	while (more && at < reading->bytes.len) {
		struct piece piece = next_piece(reading->bytes, at);
		depth += piece.kind == OPENING;
		depth -= piece.kind == CLOSING && depth > 0;
		more = piece.kind != LINE_END || depth > 0;
		at = piece.end;
		reading->piece = grow(reading->piece, reading->pieces, sizeof(*reading->piece));
		reading->piece[reading->pieces++] = piece;
	}
	line->end = at;
	line->pieces = reading->pieces - line->piece;
	return line;
}

/* The number of the next string from piece `i` on, or SIZE_MAX. */
static size_t next_string(const struct reading *reading, const struct line *line, size_t i)
{
	for (; i < line->piece + line->pieces; i++) {
		if (reading->piece[i].kind == STRING) {
			return i;
		}
	}
	return SIZE_MAX;
}

/* ---- Names ---- */

static bool is_absolute(struct bytes word)
{
	return word.len > 0 && word.data[word.len - 1] == '.' &&
	       (word.len == 1 || word.data[word.len - 2] != '\\');
}

/* The name in full; `out` has room for word, dot and origin. */
static struct bytes full_name(char *out, struct bytes word, struct bytes origin)
{
	bool is_origin = word.len == 1 && word.data[0] == '@';
	size_t len = is_origin ? 0 : word.len;
	memcpy(out, word.data, len);
	if (is_absolute(word)) {
		return (struct bytes){out, len};
	}
	if (!is_origin && !(origin.len == 1 && origin.data[0] == '.')) {
		out[len++] = '.';
	}
	memcpy(out + len, origin.data, origin.len);
	return (struct bytes){out, len + origin.len};
}

bool same_owner(const struct line *a, const struct line *b)
{
	if (same_bytes(a->word, b->word) && same_bytes(a->origin, b->origin)) {
		return true;
	}
	char *one = malloc(a->word.len + a->origin.len + 1);
	char *two = malloc(b->word.len + b->origin.len + 1);
	if (one == NULL || two == NULL) {
		abort();
	}
	struct bytes x = full_name(one, a->word, a->origin);
	struct bytes y = full_name(two, b->word, b->origin);
	bool same = x.len == y.len && strncasecmp(x.data, y.data, x.len) == 0;
	free(one);
	free(two);
	return same;
}

/* ---- Records ---- */

/* What lines hand on to later ones. */
struct state {
	struct bytes origin;
	struct bytes word;
	struct bytes word_origin;
	bool has_default;
	uint32_t default_ttl;
	bool has_last;
	uint32_t last_ttl;
};

/* `3600`, `1h30m`. */
static bool read_ttl(uint32_t *ttl, struct bytes word)
{
	static const char units[] = "smhdw";
	static const uint32_t seconds[] = {1, 60, 3600, 86400, 604800};
	uint32_t number = 0;
	*ttl = 0;
	if (word.len == 0 || word.data[0] < '0' || word.data[0] > '9') {
		return false;
	}
	for (size_t i = 0; i < word.len; i++) {
		char c = word.data[i];
		const char *unit = c == '\0' ? NULL : strchr(units, c | 0x20);
		if (c >= '0' && c <= '9') {
			number = number * 10 + (uint32_t)(c - '0');
		} else if (unit != NULL) {
			*ttl += number * seconds[unit - units];
			number = 0;
		} else {
			return false;
		}
	}
	*ttl += number;
	return true;
}

static bool is_class(struct bytes word)
{
	return is_word(word, "IN") || is_word(word, "CH") || is_word(word, "HS") ||
	       is_word(word, "CS") || (word.len > 5 && strncasecmp(word.data, "CLASS", 5) == 0);
}

static void obey(struct reading *reading, struct line *line, struct state *state)
{
	size_t i = next_string(reading, line, line->piece);
	size_t j = next_string(reading, line, i + 1);
	if (j == SIZE_MAX) {
		return;
	}
	struct bytes word = piece_bytes(reading, j);
	if (is_word(piece_bytes(reading, i), "$ORIGIN")) {
		char *name = own(reading, word.len + state->origin.len + 1);
		state->origin = full_name(name, word, state->origin);
	} else if (is_word(piece_bytes(reading, i), "$TTL")) {
		state->has_default = read_ttl(&state->default_ttl, word);
	}
}

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c | 0x20 : c);
	return at == NULL ? -1 : (int)(at - digits);
}

/* RFC 3597: `\# LENGTH HEX...`; each string begins with its length. */
static void join_hex(const struct reading *reading, struct line *line, size_t i, char *out)
{
	size_t left = 0;
	int high = -1;
	line->text = (struct bytes){out, 0};
	for (; i != SIZE_MAX; i = next_string(reading, line, i + 1)) {
		struct bytes word = piece_bytes(reading, i);
		for (size_t k = 0; k < word.len; k++) {
			int digit = hex_digit(word.data[k]);
			if (high < 0) {
				high = digit;
				continue;
			}
			char byte = (char)(high * 16 + digit);
			high = -1;
			if (left > 0) {
				out[line->text.len++] = byte;
				left--;
			} else {
				left = (uint8_t)byte;
			}
		}
	}
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* One string, without quotes and escapes; how many bytes it says. */
static size_t unescape(char *out, struct bytes word)
{
	size_t len = 0;
	bool quoted = word.len > 1 && word.data[0] == '"' && word.data[word.len - 1] == '"';
	size_t end = word.len - quoted;
	for (size_t i = quoted; i < end; i++) {
		const char *c = word.data + i;
		if (*c != '\\' || i + 1 == end) {
			out[len++] = *c;
		} else if (i + 3 < end && is_digit(c[1]) && is_digit(c[2]) && is_digit(c[3])) {
			out[len++] = (char)((c[1] - '0') * 100 + (c[2] - '0') * 10 + (c[3] - '0'));
			i += 3;
		} else {
			out[len++] = c[1];
			i++;
		}
	}
	return len;
}

static void join_text(struct reading *reading, struct line *line)
{
	size_t i = next_string(reading, line, line->type + 1);
	char *out = own(reading, line->end - line->start);
	line->text = (struct bytes){out, 0};
	if (i != SIZE_MAX && is_word(piece_bytes(reading, i), "\\#")) {
		size_t length = next_string(reading, line, i + 1);
		join_hex(reading, line,
			 length == SIZE_MAX ? length : next_string(reading, line, length + 1), out);
		return;
	}
	for (; i != SIZE_MAX; i = next_string(reading, line, i + 1)) {
		size_t len = unescape(out + line->text.len, piece_bytes(reading, i));
		line->longest = len > line->longest ? len : line->longest;
		line->text.len += len;
	}
}

static bool begins_as_spf(struct bytes text)
{
	size_t at = text.len >= 3 && memcmp(text.data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	while (at < text.len && text.data[at] != '\0' && strchr(" \t\"", text.data[at]) != NULL) {
		at++;
	}
	return text.len - at >= 5 && strncasecmp(text.data + at, "v=spf", 5) == 0;
}

static void read_data(struct reading *reading, struct line *line)
{
	struct bytes type = piece_bytes(reading, line->type);
	line->says = SAYS_OTHER;
	if (is_word(type, "SOA") || is_word(type, "TYPE6")) {
		line->says = SAYS_SOA;
		line->serial = line->type;
		for (size_t words = 0; words < 3 && line->serial != SIZE_MAX; words++) {
			line->serial = next_string(reading, line, line->serial + 1);
		}
	} else if (is_word(type, "TXT") || is_word(type, "TYPE16")) {
		join_text(reading, line);
		line->says = begins_as_spf(line->text) ? SAYS_SPF : SAYS_TEXT;
	}
}

/* Where nothing tells a TTL, the SOA's minimum does, for all that follow (RFC 1035, RFC 2308 4). */
static void take_minimum(struct reading *reading, struct line *line, struct state *state)
{
	size_t last = SIZE_MAX;
	for (size_t i = line->serial; i != SIZE_MAX; i = next_string(reading, line, i + 1)) {
		last = i;
	}
	state->has_default =
		last != SIZE_MAX && read_ttl(&state->default_ttl, piece_bytes(reading, last));
	line->has_ttl = state->has_default;
	line->ttl = state->default_ttl;
}

/* Class and TTL in any order, then the type. */
static void read_record(struct reading *reading, struct line *line, struct state *state, size_t i)
{
	bool written = false;
	for (; i != SIZE_MAX; i = next_string(reading, line, i + 1)) {
		bool is_ttl = !written && read_ttl(&line->ttl, piece_bytes(reading, i));
		written = written || is_ttl;
		if (!is_ttl && !is_class(piece_bytes(reading, i))) {
			break;
		}
	}
	if (written) {
		state->has_last = true;
		state->last_ttl = line->ttl;
	} else {
		line->ttl = state->has_default ? state->default_ttl : state->last_ttl;
	}
	line->has_ttl = written || state->has_default || state->has_last;
	line->says = SAYS_OTHER;
	line->type = i == SIZE_MAX ? line->piece : i;
	if (i != SIZE_MAX) {
		read_data(reading, line);
	}
	if (line->says == SAYS_SOA && !line->has_ttl) {
		take_minimum(reading, line, state);
	}
}

static void read_line(struct reading *reading, struct line *line, struct state *state)
{
	size_t i = next_string(reading, line, line->piece);
	if (i == SIZE_MAX) {
		line->says = SAYS_NOTHING;
		return;
	}
	bool takes_over = reading->piece[line->piece].kind == BLANKS;
	struct bytes first = piece_bytes(reading, i);
	if (!takes_over && first.data[0] == '$') {
		line->says = SAYS_ORDER;
		obey(reading, line, state);
		return;
	}
	if (!takes_over) {
		state->word = first;
		state->word_origin = state->origin;
		i = next_string(reading, line, i + 1);
	}
	line->word = state->word;
	line->origin = state->word_origin;
	read_record(reading, line, state, i);
}

void reading_start(struct reading *reading, struct bytes bytes, const char *origin)
{
	struct state state = {.origin = {origin, strlen(origin)}};
	*reading = (struct reading){.bytes = bytes};
	for (size_t at = 0; at < bytes.len; at = reading->line[reading->lines - 1].end) {
		read_line(reading, cut_line(reading, at), &state);
	}
}

void reading_end(struct reading *reading)
{
	for (size_t i = 0; i < reading->owned; i++) {
		free(reading->own[i]);
	}
	free(reading->own);
	free(reading->piece);
	free(reading->line);
}
