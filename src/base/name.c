#include "base/name.h"

#include <stdio.h>
#include <string.h>

/* Writes labels one after another; `label` is the offset of the length byte of the label being
 * written. */
struct name_writer {
	struct zm_name_buf *out;
	size_t len;
	size_t label;
	const char *why;
};

static bool refuse(struct name_writer *w, const char *why)
{
	w->why = why;
	return false;
}

static bool put_bytes(struct name_writer *w, const void *bytes, size_t count)
{
	size_t label_room = ZM_LABEL_MAX + 1 - (w->len - w->label);
	size_t most = ZM_NAME_MAX - 1; /* the root's 0 needs a place */
	size_t name_room = w->len < most ? most - w->len : 0;
	if (count > label_room && label_room <= name_room) {
		return refuse(w, "label longer than 63 bytes");
	}
	if (count > name_room) {
		return refuse(w, "name longer than 255 bytes");
	}
	memcpy(w->out->wire + w->len, bytes, count);
	w->len += count;
	return true;
}

static bool end_label(struct name_writer *w)
{
	size_t size = w->len - w->label - 1;
	if (size == 0) {
		return refuse(w, "empty label");
	}
	w->out->wire[w->label] = (uint8_t)size;
	if (w->len >= ZM_NAME_MAX) {
		return refuse(w, "name longer than 255 bytes");
	}
	w->label = w->len++;
	return true;
}

static bool end_absolute(struct name_writer *w)
{
	w->out->wire[w->label] = 0;
	w->out->len = (uint8_t)(w->label + 1);
	return true;
}

static bool end_relative(struct name_writer *w, struct zm_name origin)
{
	if (!zm_name_is_set(origin)) {
		return refuse(w, "relative name without an origin");
	}
	if (w->label + origin.len > ZM_NAME_MAX) {
		return refuse(w, "name longer than 255 bytes");
	}
	memcpy(w->out->wire + w->label, origin.wire, origin.len);
	w->out->len = (uint8_t)(w->label + origin.len);
	return true;
}

/* RFC 1035 5.1: \DDD is the byte of that decimal number, \X is X itself. Returns how many bytes
 * were read, 0 when broken. */
static size_t read_escape(struct zm_str text, size_t at, uint8_t *byte)
{
	if (at + 1 >= text.len) {
		return 0;
	}
	if (!zm_is_digit(text.data[at + 1])) {
		*byte = (uint8_t)text.data[at + 1];
		return 2;
	}
	uint64_t value;
	if (at + 3 >= text.len || !zm_str_number(zm_str_sub(text, at + 1, at + 4), 255, &value)) {
		return 0;
	}
	*byte = (uint8_t)value;
	return 4;
}

/* How many bytes from `at` on stand for themselves. */
static size_t plain_run(struct zm_str text, size_t at, bool escapes)
{
	size_t end = at;
	while (end < text.len && text.data[end] != '.' && !(escapes && text.data[end] == '\\')) {
		end++;
	}
	return end - at;
}

static bool write_labels(struct name_writer *w, struct zm_str text, bool escapes)
{
	for (size_t i = 0; i < text.len;) {
		size_t size = plain_run(text, i, escapes);
		uint8_t byte;
		bool good;
		if (size > 0) {
			good = put_bytes(w, text.data + i, size);
		} else if (text.data[i] == '.') {
			size = 1;
			good = end_label(w);
		} else {
			size = read_escape(text, i, &byte);
			good = size > 0 ? put_bytes(w, &byte, 1) : refuse(w, "broken escape");
		}
		if (!good) {
			return false;
		}
		i += size;
	}
	return true;
}

static bool copy_origin(struct name_writer *w, struct zm_name origin)
{
	w->label = 0;
	return end_relative(w, origin);
}

static bool parse(struct name_writer *w, struct zm_str text, struct zm_name origin, bool escapes)
{
	if (text.len == 0) {
		return refuse(w, "empty name");
	}
	if (zm_str_eq(text, ZM_STR("."))) {
		return end_absolute(w);
	}
	if (escapes && zm_str_eq(text, ZM_STR("@"))) {
		return copy_origin(w, origin);
	}
	if (!write_labels(w, text, escapes)) {
		return false;
	}
	if (w->len == w->label + 1) { /* the last label was ended by a dot */
		return end_absolute(w);
	}
	if (!escapes) {
		return end_label(w) && end_absolute(w);
	}
	return end_label(w) && end_relative(w, origin);
}

bool zm_name_parse(struct zm_name_buf *out, struct zm_str text, struct zm_name origin,
		   const char **why)
{
	struct name_writer w = {.out = out, .len = 1};
	bool good = parse(&w, text, origin, true);
	*why = w.why;
	return good;
}

bool zm_name_from_domain(struct zm_name_buf *out, struct zm_str text, const char **why)
{
	struct name_writer w = {.out = out, .len = 1};
	bool good = parse(&w, text, (struct zm_name){0}, false);
	*why = w.why;
	return good;
}

/* Length bytes are below 'A', so that lower-casing every byte leaves them alone. */
static bool same_bytes(const uint8_t *a, const uint8_t *b, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (a[i] != b[i] && zm_lower((char)a[i]) != zm_lower((char)b[i])) {
			return false;
		}
	}
	return true;
}

bool zm_name_eq(struct zm_name a, struct zm_name b)
{
	return a.len == b.len &&
	       (memcmp(a.wire, b.wire, a.len) == 0 || same_bytes(a.wire, b.wire, a.len));
}

int zm_name_compare(struct zm_name a, struct zm_name b)
{
	if (a.len != b.len) {
		return a.len < b.len ? -1 : 1;
	}
	for (size_t i = 0; i < a.len; i++) {
		int difference = zm_lower((char)a.wire[i]) - zm_lower((char)b.wire[i]);
		if (difference != 0) {
			return difference;
		}
	}
	return 0;
}

struct zm_name zm_name_parent(struct zm_name name)
{
	if (name.len <= 1) {
		return (struct zm_name){0};
	}
	size_t skip = (size_t)name.wire[0] + 1;
	return (struct zm_name){name.wire + skip, name.len - skip};
}

bool zm_name_is_below(struct zm_name name, struct zm_name parent)
{
	while (name.len > parent.len) {
		name = zm_name_parent(name);
	}
	return zm_name_eq(name, parent);
}

bool zm_name_is_wildcard(struct zm_name name)
{
	return name.len > 2 && name.wire[0] == 1 && name.wire[1] == '*';
}

static const uint32_t fnv_start = 2166136261u; /* FNV-1a */
static const uint32_t fnv_prime = 16777619u;

/* From the last byte to the first, so that the parent's hash is a step on the way. */
uint32_t zm_name_hash(struct zm_name name)
{
	uint32_t hash = fnv_start;
	for (size_t i = name.len; i > 0; i--) {
		hash = (hash ^ (uint8_t)zm_lower((char)name.wire[i - 1])) * fnv_prime;
	}
	return hash;
}

void zm_name_split(struct zm_name_path *path, struct zm_name name)
{
	size_t count = 0;
	for (struct zm_name n = name; zm_name_is_set(n); n = zm_name_parent(n)) {
		path->name[count++] = n;
	}
	uint32_t hash = fnv_start;
	size_t end = name.len;
	path->count = count;
	while (count > 0) {
		count--;
		size_t start = name.len - path->name[count].len;
		for (; end > start; end--) {
			hash = (hash ^ (uint8_t)zm_lower((char)name.wire[end - 1])) * fnv_prime;
		}
		path->hash[count] = hash;
	}
}

size_t zm_name_labels(struct zm_name name)
{
	size_t labels = 0;
	while (name.len > 1) {
		name = zm_name_parent(name);
		labels++;
	}
	return labels;
}

struct zm_name zm_name_copy(struct zm_arena *arena, struct zm_name name)
{
	struct zm_str copy =
		zm_arena_copy(arena, (struct zm_str){(const char *)name.wire, name.len});
	return (struct zm_name){(const uint8_t *)copy.data, name.len};
}

static size_t print_byte(char *out, uint8_t byte)
{
	if (byte <= ' ' || byte >= 127) {
		return (size_t)snprintf(out, 5, "\\%03u", (unsigned)byte);
	}
	size_t len = 0;
	if (!zm_is_alnum((char)byte) && memchr(".\\\"();@$", byte, 8) != NULL) {
		out[len++] = '\\';
	}
	out[len++] = (char)byte;
	return len;
}

struct zm_str zm_name_text(struct zm_arena *arena, struct zm_name name)
{
	char text[ZM_NAME_MAX * 4 + 2];
	size_t len = 0;
	for (size_t i = 0; i < name.len && name.wire[i] != 0; i += (size_t)name.wire[i] + 1) {
		for (size_t j = 1; j <= name.wire[i]; j++) {
			len += print_byte(text + len, name.wire[i + j]);
		}
		text[len++] = '.';
	}
	if (len == 0) {
		text[len++] = '.';
	}
	return zm_arena_copy(arena, (struct zm_str){text, len});
}

struct zm_str zm_name_domain(struct zm_arena *arena, struct zm_name name)
{
	char *text = zm_arena_alloc(arena, name.len + 1);
	size_t len = 0;
	for (; name.len > 1; name = zm_name_parent(name)) {
		memcpy(text + len, name.wire + 1, name.wire[0]);
		len += name.wire[0];
		text[len++] = '.';
	}
	return (struct zm_str){text, len > 0 ? len - 1 : 0};
}
