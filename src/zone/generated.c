/* generated: $GENERATE in the walk. Its lines are read one by one, as if each were a file that is
 * included there. */
#include "zone/generate.h"
#include "zone/state.h"
#include "zone/types.h"

#include <string.h>

/* A pattern and its range, in the arena. */
struct zm_generation {
	struct zm_generate_range range;
	uint32_t left;   /* lines to come */
	uint32_t number; /* of the next one */
	struct zm_str owner;
	struct zm_str head; /* TTL, class and type, as written */
	struct zm_str rdata;
	bool stays;  /* its records may be kept: each line lives as long as the zone */
	bool blamed; /* one fault is enough for a directive */
	struct zm_source *directive; /* where it stands */
	struct zm_span at;
	struct zm_buf line;
};

/* The words of a directive, in their order; SIZE_MAX where there is none. */
struct words {
	size_t range;
	size_t owner;
	size_t type;
	size_t rdata;
};

static bool blame(struct zm_walk *walk, struct zm_span at, const char *why)
{
	zm_walk_blame(walk, ZM_FAULT_SYNTAX, at, why);
	return false;
}

/* named takes parentheses nowhere in this directive, and quotes around the data only. */
static bool is_plain(struct zm_walk *walk, const struct zm_entry *entry, const struct words *words)
{
	for (size_t i = 0; i < entry->count; i++) {
		enum zm_token_kind kind = entry->token[i].kind;
		bool bad = kind == ZM_OPEN || kind == ZM_CLOSE ||
			   (kind == ZM_QUOTED && i < words->rdata);
		if (bad) {
			return blame(walk, zm_entry_span(entry, i),
				     "parenthesis or quote that may not stand in $GENERATE");
		}
	}
	return true;
}

static size_t find_type(struct zm_walk *walk, const struct zm_entry *entry, size_t word)
{
	uint16_t class;
	uint32_t ttl;
	bool has_class = false;
	bool has_ttl = false;
	for (; word != SIZE_MAX; word = zm_entry_word(entry, word + 1)) {
		struct zm_str text = zm_walk_word(walk, entry, word);
		if (!has_class && zm_class_parse(&class, text)) {
			has_class = true;
		} else if (!has_ttl && zm_ttl_parse(&ttl, text)) {
			has_ttl = true;
		} else {
			break;
		}
	}
	return word;
}

static bool find_words(struct zm_walk *walk, const struct zm_entry *entry, size_t first,
		       struct words *words)
{
	words->range = zm_entry_word(entry, first + 1);
	words->owner = zm_entry_word(entry, words->range + 1);
	words->type = find_type(walk, entry, zm_entry_word(entry, words->owner + 1));
	words->rdata = words->type == SIZE_MAX ? SIZE_MAX : zm_entry_word(entry, words->type + 1);
	if (words->rdata == SIZE_MAX) {
		return blame(walk, zm_entry_span(entry, first), "$GENERATE that lacks its data");
	}
	size_t extra = zm_entry_word(entry, words->rdata + 1);
	if (extra != SIZE_MAX) {
		return blame(walk, zm_entry_span(entry, extra),
			     "text after the data of $GENERATE: put quotes around all of it");
	}
	return is_plain(walk, entry, words);
}

/* Inside its quotes `\"` is a quote of the data's own. */
static struct zm_str read_rdata(struct zm_walk *walk, const struct zm_entry *entry, size_t word)
{
	struct zm_str text = zm_walk_word(walk, entry, word);
	if (entry->token[word].kind != ZM_QUOTED) {
		return text;
	}
	char *data = zm_arena_alloc(walk->arena, text.len);
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		bool escapes = text.data[i] == '\\' && i + 1 < text.len;
		if (escapes && text.data[i + 1] != '"') {
			data[len++] = text.data[i];
		}
		i += escapes;
		data[len++] = text.data[i];
	}
	return (struct zm_str){data, len};
}

static struct zm_generation *new_generation(struct zm_walk *walk, const struct zm_entry *entry,
					    size_t first, const struct words *words, uint16_t type)
{
	const struct zm_source *source = zm_walk_file(walk)->source;
	struct zm_generation *made = zm_arena_alloc(walk->arena, sizeof(*made));
	made->directive = zm_walk_file(walk)->source;
	made->at = (struct zm_span){entry->token[first].start, entry->token[words->rdata].end};
	made->owner = zm_walk_word(walk, entry, words->owner);
	made->head = zm_str_sub(source->bytes, entry->token[words->owner].end,
				entry->token[words->type].end);
	made->rdata = read_rdata(walk, entry, words->rdata);
	made->stays = zm_load_may_keep(walk->options, type);
	made->line.max = ZM_GENERATED_BYTES_MAX;
	return made;
}

static void release_line(void *made)
{
	zm_buf_release(&((struct zm_generation *)made)->line);
}

/* False where the directive is broken or makes more records than are read. */
static bool check(struct zm_walk *walk, const struct zm_entry *entry, const struct words *words,
		  uint16_t *type, struct zm_generate_range *range)
{
	if (!zm_generate_range_parse(range, zm_walk_word(walk, entry, words->range))) {
		return blame(walk, zm_entry_span(entry, words->range),
			     "$GENERATE of what is no range of numbers");
	}
	if (!zm_type_parse(type, zm_walk_word(walk, entry, words->type)) ||
	    zm_type_is_meta(*type) || *type == ZM_TYPE_SOA) {
		return blame(walk, zm_entry_span(entry, words->type),
			     "record type that $GENERATE cannot make");
	}
	uint32_t count = zm_generate_count(range);
	if (count > ZM_GENERATED_MAX - walk->generated) {
		struct zm_str message = zm_arena_printf(
			walk->arena,
			"$GENERATE of %u records was not followed, the limit is %d a zone",
			(unsigned)count, ZM_GENERATED_MAX);
		zm_walk_blame(walk, ZM_FAULT_NOT_FOLLOWED, zm_entry_span(entry, words->range),
			      message.data);
		return false;
	}
	walk->generated += count;
	return true;
}

void zm_walk_generate(struct zm_walk *walk, const struct zm_entry *entry, size_t first)
{
	struct words words;
	struct zm_generate_range range;
	uint16_t type;
	if (!find_words(walk, entry, first, &words) || !check(walk, entry, &words, &type, &range)) {
		return;
	}
	struct zm_generation *made = new_generation(walk, entry, first, &words, type);
	zm_arena_defer(walk->arena, release_line, made);
	made->range = range;
	made->number = range.start;
	made->left = zm_generate_count(&range);
	struct zm_name origin = zm_walk_file(walk)->origin;
	walk->depth++;
	*zm_walk_file(walk) = (struct zm_walk_file){
		.source = made->directive,
		.origin = origin,
		.generation = made,
	};
}

/* In quotes an owner is no blank, whatever it holds, and behind a backslash no directive. */
static bool make_line(struct zm_generation *made, const char **why)
{
	struct zm_buf *line = &made->line;
	zm_buf_clear(line);
	bool is_apex = zm_str_eq(made->owner, ZM_STR("@"));
	bool has_dollar = zm_str_starts(made->owner, ZM_STR("$$"));
	zm_buf_add(line, is_apex ? ZM_STR("") : has_dollar ? ZM_STR("\"\\") : ZM_STR("\""));
	if (!zm_generate_add(line, made->owner, made->number, why)) {
		return false;
	}
	zm_buf_add(line, is_apex ? ZM_STR("") : ZM_STR("\""));
	zm_buf_add(line, made->head);
	zm_buf_add_char(line, ' ');
	if (!zm_generate_add(line, made->rdata, made->number, why)) {
		return false;
	}
	zm_buf_add_char(line, '\n');
	return true;
}

static void take_line(struct zm_walk *walk, struct zm_generation *made)
{
	struct zm_walk_file *file = zm_walk_file(walk);
	bool is_first = file->source == made->directive;
	struct zm_str bytes = zm_buf_str(&made->line);
	if (made->stays) {
		bytes = zm_arena_copy(walk->arena, bytes);
	}
	if (made->stays || is_first) {
		file->source = zm_arena_alloc(walk->arena, sizeof(*file->source));
	}
	*file->source = (struct zm_source){
		.name = made->directive->name,
		.bytes = bytes,
		.made_by = made->directive,
		.made_at = made->at,
	};
	file->scan.bytes = bytes;
	file->scan.at = 0;
}

bool zm_walk_generate_next(struct zm_walk *walk)
{
	struct zm_generation *made = zm_walk_file(walk)->generation;
	const char *why;
	if (made->left == 0) {
		return false;
	}
	if (!make_line(made, &why)) {
		zm_walk_blame(walk, ZM_FAULT_SYNTAX, made->at, why);
		return false;
	}
	walk->generated_bytes += made->line.len;
	if (walk->generated_bytes > ZM_GENERATED_BYTES_MAX) {
		zm_walk_blame(walk, ZM_FAULT_NOT_FOLLOWED, made->at,
			      "$GENERATE makes over 128 MiB of text: the rest was not followed");
		return false;
	}
	take_line(walk, made);
	made->left--;
	made->number += made->left > 0 ? made->range.step : 0;
	return true;
}

bool zm_walk_generate_blames(struct zm_walk *walk, struct zm_fault *fault, bool is_harmless)
{
	struct zm_generation *made = zm_walk_file(walk)->generation;
	if (made == NULL) {
		return true;
	}
	bool is_new = !made->blamed;
	made->blamed = true;
	made->left = is_harmless ? made->left : 0;
	fault->at = made->at;
	fault->entry = 0;
	fault->source = made->directive;
	return is_new || !is_harmless;
}
