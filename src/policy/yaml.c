#include "policy/yaml.h"

#include "base/source.h"
#include "policy/fault.h"

#include <assert.h>
#include <yaml.h>

/* A list or mapping whose end has not come yet. */
struct level {
	struct zm_yaml_node *node;
	struct zm_yaml_node *last;
	struct zm_yaml_node *key; /* read, and its value has not come yet */
	char first;               /* the byte that it begins with */
};

struct tree {
	struct zm_arena *arena;
	struct zm_policy_faults *faults;
	const char *what;
	struct zm_source source;
	yaml_parser_t parser;
	size_t mark; /* libyaml counts characters: this many of them ... */
	size_t byte; /* ... end at this byte */
	struct level level[ZM_YAML_DEPTH_MAX];
	size_t depth;
	struct zm_yaml_node *root;
};

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

static bool has_bom(struct zm_str bytes)
{
	return zm_str_starts(bytes, ZM_STR("\xEF\xBB\xBF"));
}

static struct zm_policy_place place_of_byte(struct tree *tree, size_t byte)
{
	struct zm_position at = zm_source_position(&tree->source, byte);
	return (struct zm_policy_place){tree->source.name, at.line, at.column};
}

/* Columns count bytes, marks characters. Cheap when marks come in ascending order. */
static struct zm_policy_place place_of(struct tree *tree, yaml_mark_t mark)
{
	struct zm_str bytes = tree->source.bytes;
	if (mark.index < tree->mark || tree->byte == 0) {
		tree->mark = 0;
		tree->byte = has_bom(bytes) ? 3 : 0;
	}
	while (tree->mark < mark.index && tree->byte < bytes.len) {
		do {
			tree->byte++;
		} while (tree->byte < bytes.len && is_continuation(bytes.data[tree->byte]));
		tree->mark++;
	}
	return place_of_byte(tree, tree->byte);
}

/* What libyaml says, by the start of its words, and what the author of a policy probably meant. */
struct hint {
	const char *context; /* NULL: any */
	const char *problem; /* NULL: any */
	const char *text;
};

static const struct hint hints[] = {
	{"while scanning an alias", NULL,
	 "a text that begins with \"*\" stands in quotes: \"*.example\""},
	{"while scanning an anchor", NULL, "a text that begins with \"&\" stands in quotes"},
	{"while scanning a tag", NULL, "a text that begins with \"!\" stands in quotes"},
	{NULL, "mapping values are not allowed",
	 "a \":\" with a blank after it makes a mapping: write include:x without the blank, or the "
	 "text in quotes"},
	{NULL, "block sequence entries are not allowed",
	 "a \"-\" with a blank after it makes a list item: write -all without the blank"},
	{NULL, "found character that cannot start any token",
	 "indent with blanks, not tabs, and put a text that begins with @, % or ` in quotes"},
	{NULL, "found unexpected ':'", "put the text in quotes"},
	{"while scanning a quoted scalar", NULL, "the closing quote is missing"},
	{"while parsing a flow sequence", NULL, "the list is not closed by \"]\""},
	{"while parsing a flow mapping", NULL, "the mapping is not closed by \"}\""},
	{"while parsing a flow node", NULL,
	 "a value or a bracket is missing, or a text that begins with \"?\" or \":\" needs quotes"},
};

static bool says(const char *text, const char *start)
{
	return start == NULL || zm_str_starts(zm_str_from(text), zm_str_from(start));
}

static const char *hint_for(const yaml_parser_t *parser)
{
	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
		if (says(parser->context, hints[i].context) &&
		    says(parser->problem, hints[i].problem)) {
			return hints[i].text;
		}
	}
	return NULL;
}

/* Bytes that are no characters, or characters that no YAML text may hold. */
static bool fail_as_reader(struct tree *tree)
{
	const yaml_parser_t *parser = &tree->parser;
	size_t start = has_bom(tree->source.bytes) ? 3 : 0;
	struct zm_policy_place place = place_of_byte(tree, start + parser->problem_offset);
	if (!zm_str_starts(zm_str_from(parser->problem), ZM_STR("control characters"))) {
		return zm_policy_fail(tree->faults, place, "not a text in UTF-8: %s",
				      parser->problem);
	}
	if (parser->problem_value == 0) {
		return zm_policy_fail(tree->faults, place,
				      "NUL byte, which no policy may hold: remove it");
	}
	return zm_policy_fail(tree->faults, place,
			      "control character 0x%02X, which no policy may hold: remove it",
			      (unsigned)parser->problem_value);
}

static bool fail_as_libyaml(struct tree *tree)
{
	const yaml_parser_t *parser = &tree->parser;
	if (parser->error == YAML_MEMORY_ERROR) {
		zm_out_of_memory();
	}
	if (parser->error == YAML_READER_ERROR) {
		return fail_as_reader(tree);
	}
	struct zm_policy_place place = place_of(tree, parser->problem_mark);
	const char *hint = hint_for(parser);
	return zm_policy_fail(tree->faults, place, "not valid YAML: %s%s%s", parser->problem,
			      hint == NULL ? "" : "; ", hint == NULL ? "" : hint);
}

static bool is_key_free(struct tree *tree, const struct level *level,
			const struct zm_yaml_node *key)
{
	if (level->node->count == ZM_YAML_KEYS_MAX) {
		return zm_policy_fail(tree->faults, key->place,
				      "more keys in one mapping than the limit of %d",
				      ZM_YAML_KEYS_MAX);
	}
	for (const struct zm_yaml_node *m = level->node->first; m != NULL; m = m->next) {
		if (zm_str_eq(m->key->text, key->text)) {
			return zm_policy_fail(tree->faults, key->place,
					      "%s stands here for a second time; the first is in "
					      "line %zu",
					      zm_policy_quote(tree->arena, key->text),
					      m->key->place.line);
		}
	}
	return true;
}

static void append(struct level *level, struct zm_yaml_node *node)
{
	node->key = level->key;
	level->key = NULL;
	if (level->last == NULL) {
		level->node->first = node;
	} else {
		level->last->next = node;
	}
	level->last = node;
	level->node->count++;
}

/* Hangs a node where it belongs: the root, a list's item, a mapping's key or the value of one. */
static bool attach(struct tree *tree, struct zm_yaml_node *node)
{
	if (tree->depth == 0) {
		tree->root = node;
		return true;
	}
	struct level *level = &tree->level[tree->depth - 1];
	if (level->node->kind == ZM_YAML_LIST || level->key != NULL) {
		append(level, node);
		return true;
	}
	if (node->kind != ZM_YAML_TEXT) {
		return zm_policy_fail(tree->faults, node->place,
				      "a key is a text, but YAML read a %s",
				      node->kind == ZM_YAML_LIST ? "list" : "mapping");
	}
	level->key = node;
	return is_key_free(tree, level, node);
}

static struct zm_yaml_node *new_node(struct tree *tree, enum zm_yaml_kind kind,
				     const yaml_event_t *event)
{
	struct zm_yaml_node *node = zm_arena_alloc(tree->arena, sizeof(*node));
	node->kind = kind;
	node->place = place_of(tree, event->start_mark);
	return node;
}

static bool open_level(struct tree *tree, enum zm_yaml_kind kind, const yaml_event_t *event)
{
	struct zm_yaml_node *node = new_node(tree, kind, event);
	if (!attach(tree, node)) {
		return false;
	}
	if (tree->depth == ZM_YAML_DEPTH_MAX) {
		return zm_policy_fail(tree->faults, node->place,
				      "nested too deep, the limit is %d levels", ZM_YAML_DEPTH_MAX);
	}
	/* new_node() has left tree->byte there. */
	struct zm_str first = zm_str_sub(tree->source.bytes, tree->byte, tree->byte + 1);
	tree->level[tree->depth++] =
		(struct level){.node = node, .first = first.len == 0 ? '\0' : first.data[0]};
	return true;
}

/*
 * libyaml takes the `?` of `[?all]` for the mark of a key and makes `[{all: }]` of it, as YAML 1.1
 * did; YAML 1.2 and the authors of policies mean the text "?all".
 */
static void undo_question_mark(struct tree *tree, const struct level *level)
{
	struct zm_yaml_node *node = level->node;
	const struct zm_yaml_node *value = node->first;
	bool is_lone = node->kind == ZM_YAML_MAPPING && node->count == 1;
	if (level->first != '?' || !is_lone || !value->key->is_plain ||
	    !zm_yaml_is_nothing(value) || value->text.len > 0) {
		return;
	}
	struct zm_policy_place key = value->key->place;
	if (key.line != node->place.line || key.column != node->place.column + 1) {
		return;
	}
	node->kind = ZM_YAML_TEXT;
	node->is_plain = true;
	node->text = zm_arena_printf(tree->arena, "?%.*s", ZM_STR_ARG(value->key->text));
	node->first = NULL;
	node->count = 0;
}

static bool close_level(struct tree *tree)
{
	assert(tree->depth > 0);
	tree->depth--;
	undo_question_mark(tree, &tree->level[tree->depth]);
	return true;
}

static bool add_text(struct tree *tree, const yaml_event_t *event)
{
	struct zm_yaml_node *node = new_node(tree, ZM_YAML_TEXT, event);
	struct zm_str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
	node->text = zm_arena_copy(tree->arena, value);
	node->is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	return attach(tree, node);
}

/* What begins with & or !, where libyaml takes it for an anchor or a tag. */
static bool is_unadorned(struct tree *tree, const yaml_event_t *event, const yaml_char_t *anchor,
			 const yaml_char_t *tag)
{
	const char *what = anchor != NULL ? "an anchor" : "a tag";
	if (anchor == NULL && tag == NULL) {
		return true;
	}
	return zm_policy_fail(tree->faults, place_of(tree, event->start_mark),
			      "YAML read %s here, which a %s has no use for; put a text that "
			      "begins with \"%s\" in quotes",
			      what, tree->what, anchor != NULL ? "&" : "!");
}

static bool start_document(struct tree *tree, const yaml_event_t *event)
{
	if (tree->root == NULL) {
		return true;
	}
	return zm_policy_fail(tree->faults, place_of(tree, event->start_mark),
			      "a second YAML document begins here; a %s is one", tree->what);
}

static bool handle(struct tree *tree, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		return start_document(tree, event);
	case YAML_ALIAS_EVENT:
		return zm_policy_fail(tree->faults, place_of(tree, event->start_mark),
				      "YAML read an alias here, which a %s has no use for; put "
				      "a text that begins with \"*\" in quotes",
				      tree->what);
	case YAML_SCALAR_EVENT:
		return is_unadorned(tree, event, event->data.scalar.anchor,
				    event->data.scalar.tag) &&
		       add_text(tree, event);
	case YAML_SEQUENCE_START_EVENT:
		return is_unadorned(tree, event, event->data.sequence_start.anchor,
				    event->data.sequence_start.tag) &&
		       open_level(tree, ZM_YAML_LIST, event);
	case YAML_MAPPING_START_EVENT:
		return is_unadorned(tree, event, event->data.mapping_start.anchor,
				    event->data.mapping_start.tag) &&
		       open_level(tree, ZM_YAML_MAPPING, event);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_level(tree);
	default:
		return true;
	}
}

static bool read_events(struct tree *tree)
{
	yaml_event_type_t type;
	do {
		yaml_event_t event;
		if (!yaml_parser_parse(&tree->parser, &event)) {
			return fail_as_libyaml(tree);
		}
		type = event.type;
		bool good = handle(tree, &event);
		yaml_event_delete(&event);
		if (!good) {
			return false;
		}
	} while (type != YAML_STREAM_END_EVENT);
	return true;
}

/* What libyaml counts as the end of a line: besides LF and CR also NEL, LS and PS. */
static bool starts_line(struct zm_str bytes, size_t at)
{
	static const char *const ends[] = {"\n", "\r", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
	struct zm_str before = zm_str_sub(bytes, 0, at);
	if (before.len == 0 || (before.len == 3 && has_bom(bytes))) {
		return true;
	}
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		if (zm_str_ends(before, zm_str_from(ends[i]))) {
			return true;
		}
	}
	return false;
}

/* Refused before libyaml sees them, whose time grows with the square of the number of %TAG lines.
 */
static bool has_no_directive(struct tree *tree)
{
	struct zm_str bytes = tree->source.bytes;
	size_t at = zm_str_find(bytes, ZM_STR("%"), 0);
	while (at != SIZE_MAX) {
		if (starts_line(bytes, at)) {
			return zm_policy_fail(tree->faults, place_of_byte(tree, at),
					      "a line that begins with \"%%\" is a YAML directive, "
					      "which a %s has no use for",
					      tree->what);
		}
		at = zm_str_find(bytes, ZM_STR("%"), at + 1);
	}
	return true;
}

static bool read_tree(struct tree *tree)
{
	struct zm_str bytes = tree->source.bytes;
	struct zm_str text = zm_str_sub(bytes, has_bom(bytes) ? 3 : 0, bytes.len);
	if (!yaml_parser_initialize(&tree->parser)) {
		zm_out_of_memory();
	}
	yaml_parser_set_encoding(&tree->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&tree->parser,
				     (const unsigned char *)(text.data == NULL ? "" : text.data),
				     text.len);
	bool good = read_events(tree);
	yaml_parser_delete(&tree->parser);
	return good;
}

const struct zm_yaml_node *zm_yaml_parse(struct zm_arena *arena, const struct zm_yaml_file *file,
					 struct zm_policy_faults *faults)
{
	struct tree tree = {.arena = arena,
			    .faults = faults,
			    .what = file->what,
			    .source = {.name = file->name, .bytes = file->bytes}};
	struct zm_policy_place start = {file->name, 1, 1};
	if (file->bytes.len > file->max) {
		zm_policy_fail(faults, start, "%zu bytes long, the limit is %zu", file->bytes.len,
			       file->max);
		return NULL;
	}
	if (!has_no_directive(&tree) || !read_tree(&tree)) {
		return NULL;
	}
	if (tree.root == NULL) {
		zm_policy_fail(faults, start, "the %s is empty; it begins with \"version: 1\"",
			       file->what);
	}
	return tree.root;
}

bool zm_yaml_is_nothing(const struct zm_yaml_node *node)
{
	static const char *const nothing[] = {"", "~", "null", "Null", "NULL"};
	if (node->kind != ZM_YAML_TEXT || !node->is_plain) {
		return false;
	}
	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++) {
		if (zm_str_eq(node->text, zm_str_from(nothing[i]))) {
			return true;
		}
	}
	return false;
}
