#include "zone/differ.h"
#include "zone/state.h"
#include "zone/types.h"

static void set_origin(struct zm_walk *walk, const struct zm_entry *entry, size_t argument)
{
	struct zm_walk_file *file = zm_walk_file(walk);
	struct zm_name_buf name;
	const char *why;
	if (!zm_name_parse(&name, zm_walk_word(walk, entry, argument), file->origin, &why)) {
		zm_walk_blame(walk, ZM_FAULT_SYNTAX, zm_entry_span(entry, argument), why);
		return;
	}
	file->origin = zm_name_copy(walk->arena, zm_name_of(&name));
}

static void set_default_ttl(struct zm_walk *walk, const struct zm_entry *entry, size_t argument)
{
	uint32_t ttl;
	if (!zm_ttl_parse(&ttl, zm_walk_word(walk, entry, argument))) {
		zm_walk_blame(walk, ZM_FAULT_SYNTAX, zm_entry_span(entry, argument),
			      "$TTL that is no time");
		return;
	}
	walk->ttl.fallback = ttl > ZM_TTL_MAX ? 0 : ttl;
	walk->ttl.has_fallback = true;
	walk->ttl.was_set = true;
}

/* From here on the included file is read; zm_walk_next() goes back to this one at its end. Its
 * first records may inherit this file's owner, as named has it; what it makes of that stays there.
 */
static void enter(struct zm_walk *walk, const struct zm_include *include, struct zm_name origin)
{
	struct zm_zone *zone = walk->zone;
	const struct zm_walk_file *file = zm_walk_file(walk);
	zone->sources = zm_arena_grow(walk->arena, zone->sources, zone->source_count,
				      &walk->source_capacity, sizeof(struct zm_source *));
	zone->sources[zone->source_count++] = include->source;
	walk->depth++;
	*zm_walk_file(walk) = (struct zm_walk_file){
		.scan = zm_scan_start(include->source->bytes),
		.source = include->source,
		.include = include,
		.origin = origin,
		.owner = file->owner,
		.has_owner = file->has_owner,
		.in_zone = file->in_zone,
	};
}

/* One that is found from the folder that a server is in, another only from the including file's: to
 * name the other one; NULL: there is none. */
static const struct zm_source *find_opposite(const struct zm_zone *zone,
					     const struct zm_source *source)
{
	for (size_t i = 1; source->is_only_there && i < zone->source_count; i++) {
		const struct zm_source *other = zone->sources[i];
		if (other->is_only_there && other->is_from_base != source->is_from_base) {
			return other;
		}
	}
	return NULL;
}

static bool fits_the_others(struct zm_walk *walk, const struct zm_source *source,
			    struct zm_error *err)
{
	const struct zm_source *other = find_opposite(walk->zone, source);
	if (other == NULL || walk->options->files != NULL) {
		return true; /* among other files than those of now it was so before */
	}
	const struct zm_source *based = source->is_from_base ? source : other;
	const struct zm_source *beside = source->is_from_base ? other : source;
	return zm_error_set(err,
			    "the name of %s begins where the server is, that of %s in the folder "
			    "of its file: no server finds both; write whole paths",
			    based->name, beside->name);
}

/* `origin_word` is SIZE_MAX where the directive names no origin. */
static void follow_include(struct zm_walk *walk, const struct zm_entry *entry, size_t argument,
			   size_t origin_word)
{
	struct zm_walk_file *file = zm_walk_file(walk);
	struct zm_name origin = file->origin;
	struct zm_name_buf name;
	struct zm_error err;
	const char *why;
	walk->zone->has_include = true;
	if (origin_word != SIZE_MAX) {
		if (!zm_name_parse(&name, zm_walk_word(walk, entry, origin_word), origin, &why)) {
			zm_walk_blame(walk, ZM_FAULT_SYNTAX, zm_entry_span(entry, origin_word),
				      why);
			return;
		}
		origin = zm_name_copy(walk->arena, zm_name_of(&name));
	}
	if (walk->zone->source_count > ZM_INCLUDES_MAX) {
		zm_walk_blame(walk, ZM_FAULT_INCLUDE, zm_entry_span(entry, argument),
			      "over 1000 files are included: no more are read");
		return;
	}
	const struct zm_include_query query = {
		.name = zm_walk_word(walk, entry, argument),
		.from = file->source,
		.includer = file->include,
		.options = walk->options,
	};
	const struct zm_include *include = zm_include_open(walk->arena, &query, &err);
	if (include == NULL || !fits_the_others(walk, include->source, &err)) {
		struct zm_str message = zm_arena_copy(walk->arena, zm_str_from(err.text));
		zm_walk_blame(walk, ZM_FAULT_INCLUDE, zm_entry_span(entry, argument), message.data);
		return;
	}
	enter(walk, include, origin);
}

enum directive { ORIGIN, TTL, INCLUDE, GENERATE, DATE, DIRECTIVES };

/* How many words each may have after its name. */
static const struct {
	const char *name;
	size_t least;
	size_t most;
} directives[DIRECTIVES] = {
	[ORIGIN] = {"$ORIGIN", 1, 1},   [TTL] = {"$TTL", 1, 1},
	[INCLUDE] = {"$INCLUDE", 1, 2}, [GENERATE] = {"$GENERATE", 3, SIZE_MAX},
	[DATE] = {"$DATE", 1, 1},
};

static enum directive find_directive(struct zm_str word)
{
	enum directive found = ORIGIN;
	while (found < DIRECTIVES && !zm_str_eq_nocase(word, zm_str_from(directives[found].name))) {
		found++;
	}
	return found;
}

static size_t count_words(const struct zm_entry *entry, size_t from)
{
	size_t count = 0;
	for (size_t i = zm_entry_word(entry, from); i != SIZE_MAX;
	     i = zm_entry_word(entry, i + 1)) {
		count++;
	}
	return count;
}

/* The number of the word after `most` others, for a directive that has more of them. */
static size_t extra_word(const struct zm_entry *entry, size_t first, size_t most)
{
	size_t word = zm_entry_word(entry, first + 1);
	for (; most > 0; most--) {
		word = zm_entry_word(entry, word + 1);
	}
	return word;
}

/* The word that named does not take in quotes; SIZE_MAX: none. An included file's name may have
 * them, and $GENERATE makes words of its own. */
static size_t quoted_word(const struct zm_entry *entry, size_t first, enum directive directive)
{
	size_t word = directive == GENERATE ? SIZE_MAX : zm_entry_word(entry, first + 1);
	if (directive == INCLUDE) {
		word = zm_entry_word(entry, word + 1);
	}
	bool is_quoted = word != SIZE_MAX && entry->token[word].kind == ZM_QUOTED;
	return is_quoted ? word : SIZE_MAX;
}

static bool has_right_arguments(struct zm_walk *walk, const struct zm_entry *entry, size_t first,
				enum directive directive)
{
	size_t words = count_words(entry, first + 1);
	if (words < directives[directive].least) {
		zm_walk_blame(walk, ZM_FAULT_SYNTAX, zm_entry_span(entry, first),
			      "directive that lacks its argument");
		return false;
	}
	if (words > directives[directive].most) {
		size_t extra = extra_word(entry, first, directives[directive].most);
		zm_walk_blame(walk, ZM_FAULT_SYNTAX, zm_entry_span(entry, extra),
			      "text after the end of the directive");
		return false;
	}
	size_t quoted = quoted_word(entry, first, directive);
	if (quoted != SIZE_MAX) {
		zm_walk_blame(walk, ZM_FAULT_SYNTAX, zm_entry_span(entry, quoted),
			      "quotes around the argument of a directive");
		return false;
	}
	/* To named the end of the file is no end of a line here; only an $INCLUDE may lack it. */
	bool has_line_end = entry->token[entry->count - 1].kind == ZM_NEWLINE;
	if (!has_line_end && (directive != INCLUDE || words > 1)) {
		zm_walk_blame(walk, ZM_FAULT_SYNTAX, zm_entry_span(entry, first),
			      "directive on a last line that lacks its line end");
		return false;
	}
	return true;
}

void zm_walk_directive(struct zm_walk *walk, const struct zm_entry *entry, size_t first)
{
	enum directive directive = find_directive(zm_walk_word(walk, entry, first));
	if (directive == DIRECTIVES) {
		zm_walk_blame(walk, ZM_FAULT_SYNTAX, zm_entry_span(entry, first),
			      "unknown directive");
		return;
	}
	if (!has_right_arguments(walk, entry, first, directive)) {
		return;
	}
	size_t argument = zm_entry_word(entry, first + 1);
	zm_differ_directive(walk, entry, first, argument);
	switch (directive) {
	case ORIGIN:
		set_origin(walk, entry, argument);
		break;
	case TTL:
		set_default_ttl(walk, entry, argument);
		break;
	case INCLUDE:
		follow_include(walk, entry, argument, zm_entry_word(entry, argument + 1));
		break;
	case GENERATE:
		zm_walk_generate(walk, entry, first);
		break;
	default: /* $DATE says when a dump was made; servers skip it */
		break;
	}
}
