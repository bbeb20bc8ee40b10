#include "base/plan/record.h"

#include "base/replacing.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>

static const struct zm_str FIRST_LINE = {"zonemend-plan 1", 15};

/* ---- Digests ---- */

/* Eight bytes at a time; every step can be undone, so that one changed word always shows. */
static uint64_t stir(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

struct zm_plan_digest zm_plan_digest_of(struct zm_str bytes)
{
	uint64_t hash = UINT64_C(0x6a09e667f3bcc908);
	size_t at = 0;
	for (; bytes.len - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
		uint64_t word;
		memcpy(&word, bytes.data + at, sizeof(word));
		hash = stir(hash, word);
	}
	for (; at < bytes.len; at++) {
		hash = stir(hash, (uint8_t)bytes.data[at]);
	}
	return (struct zm_plan_digest){bytes.len, hash};
}

bool zm_plan_digest_eq(struct zm_plan_digest a, struct zm_plan_digest b)
{
	return a.size == b.size && a.hash == b.hash;
}

/* ---- Printing ---- */

static bool is_plain(char c)
{
	return zm_is_alnum(c) || (c != '\0' && strchr("/._-", c) != NULL);
}

static void print_path(struct zm_buf *out, const char *path)
{
	for (; *path != '\0'; path++) {
		if (is_plain(*path)) {
			zm_buf_add_char(out, *path);
		} else {
			zm_buf_printf(out, "%%%02x", (unsigned)(uint8_t)*path);
		}
	}
}

static void print_file(struct zm_buf *out, const struct zm_plan_file *file)
{
	zm_buf_printf(out, "file %zu %" PRIu64 " %016" PRIx64 " %" PRIu64 " %016" PRIx64 " ",
		      file->folder, file->old.size, file->old.hash, file->new.size, file->new.hash);
	print_path(out, file->temporary);
	zm_buf_add_char(out, ' ');
	print_path(out, file->name);
	zm_buf_add_char(out, '\n');
}

void zm_plan_print(struct zm_buf *out, const struct zm_plan *plan)
{
	zm_buf_add(out, FIRST_LINE);
	zm_buf_add_char(out, '\n');
	for (size_t i = 0; i < plan->folders; i++) {
		zm_buf_add(out, ZM_STR("folder "));
		print_path(out, plan->folder[i]);
		zm_buf_add_char(out, '\n');
	}
	for (size_t i = 0; i < plan->files; i++) {
		print_file(out, &plan->file[i]);
	}
	zm_buf_add(out, ZM_STR("end\n"));
}

/* ---- Parsing ---- */

struct parser {
	struct zm_arena *arena;
	struct zm_str rest;
	struct zm_plan *plan;
	bool has_ended;
	size_t folder_capacity;
	size_t file_capacity;
};

/* Takes all up to `end` off `text`; false where there is none. */
static bool take(struct zm_str *text, const char *end, struct zm_str *taken)
{
	size_t at = zm_str_find(*text, zm_str_from(end), 0);
	if (at == SIZE_MAX) {
		return false;
	}
	*taken = zm_str_sub(*text, 0, at);
	*text = zm_str_sub(*text, at + 1, text->len);
	return true;
}

static int hex_value(char c)
{
	if (zm_is_digit(c)) {
		return c - '0';
	}
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse_hash(struct zm_str text, uint64_t *hash)
{
	*hash = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (hex_value(text.data[i]) < 0) {
			return false;
		}
		*hash = *hash << 4 | (uint64_t)hex_value(text.data[i]);
	}
	return text.len == 16;
}

static bool parse_digest(struct zm_str *line, struct zm_plan_digest *digest)
{
	struct zm_str size;
	struct zm_str hash;
	return take(line, " ", &size) && take(line, " ", &hash) &&
	       zm_str_number(size, SIZE_MAX, &digest->size) && parse_hash(hash, &digest->hash);
}

/* The length of what stands for one byte of a path at its start, 0 where nothing may. */
static size_t parse_byte(struct zm_str text, char *byte)
{
	if (text.data[0] != '%') {
		*byte = text.data[0];
		return is_plain(*byte) ? 1 : 0;
	}
	int high = text.len >= 3 ? hex_value(text.data[1]) : -1;
	int low = text.len >= 3 ? hex_value(text.data[2]) : -1;
	*byte = (char)(high * 16 + low);
	return high < 0 || low < 0 || *byte == '\0' ? 0 : 3;
}

/* NULL: it is none. */
static const char *parse_path(struct zm_arena *arena, struct zm_str text)
{
	char *path = zm_arena_array(arena, text.len + 1, 1);
	size_t len = 0;
	for (size_t at = 0; at < text.len;) {
		size_t taken = parse_byte(zm_str_sub(text, at, text.len), &path[len++]);
		if (taken == 0) {
			return NULL;
		}
		at += taken;
	}
	return len == 0 || len >= PATH_MAX ? NULL : path;
}

static bool parse_folder(struct parser *p, struct zm_str line)
{
	struct zm_plan *plan = p->plan;
	const char *path = parse_path(p->arena, line);
	if (path == NULL || path[0] != '/' || plan->folders == ZM_PLAN_FOLDERS_MAX) {
		return false;
	}
	plan->folder = zm_arena_grow(p->arena, plan->folder, plan->folders, &p->folder_capacity,
				     sizeof(*plan->folder));
	plan->folder[plan->folders++] = path;
	return true;
}

/* A name of one file, of which the other one is a temporary: nothing else can be touched by a plan,
 * whoever wrote it. */
static bool is_pair(const struct zm_plan_file *file)
{
	return file->name != NULL && file->temporary != NULL && strchr(file->name, '/') == NULL &&
	       strcmp(file->name, ".") != 0 && strcmp(file->name, "..") != 0 &&
	       zm_replacing_is_temporary(file->temporary, file->name);
}

static bool parse_file(struct parser *p, struct zm_str line)
{
	struct zm_plan *plan = p->plan;
	struct zm_plan_file file = {0};
	struct zm_str number;
	struct zm_str temporary;
	uint64_t folder;
	bool good = plan->files < ZM_PLAN_FILES_MAX && take(&line, " ", &number) &&
		    zm_str_number(number, SIZE_MAX, &folder) && folder < plan->folders &&
		    parse_digest(&line, &file.old) && parse_digest(&line, &file.new) &&
		    take(&line, " ", &temporary);
	if (!good) {
		return false;
	}
	file.folder = (size_t)folder;
	file.temporary = parse_path(p->arena, temporary);
	file.name = parse_path(p->arena, line);
	plan->file = zm_arena_grow(p->arena, plan->file, plan->files, &p->file_capacity,
				   sizeof(*plan->file));
	plan->file[plan->files++] = file;
	return is_pair(&file);
}

/* False at the last line, and where one is none. */
static bool parse_line(struct parser *p)
{
	struct zm_str line;
	if (!take(&p->rest, "\n", &line)) {
		return false;
	}
	if (zm_str_starts(line, ZM_STR("folder ")) && p->plan->files == 0) {
		return parse_folder(p, zm_str_sub(line, 7, line.len));
	}
	if (zm_str_starts(line, ZM_STR("file "))) {
		return parse_file(p, zm_str_sub(line, 5, line.len));
	}
	p->has_ended = zm_str_eq(line, ZM_STR("end")) && p->rest.len == 0;
	return false;
}

bool zm_plan_parse(struct zm_plan *plan, struct zm_arena *arena, struct zm_str text)
{
	struct parser p = {.arena = arena, .rest = text, .plan = plan};
	struct zm_str line;
	*plan = (struct zm_plan){0};
	if (!take(&p.rest, "\n", &line) || !zm_str_eq(line, FIRST_LINE)) {
		return false;
	}
	while (parse_line(&p)) {
	}
	return p.has_ended && plan->folders > 0 && plan->files > 0;
}
