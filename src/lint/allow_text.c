#include "lint/allow_text.h"

#include "lint/lint.h"

static const struct zm_str mark = {"zonemend:", 9};

enum { QUOTED_MAX = 40 }; /* bytes of a word that a message shows */

size_t zm_allow_find(struct zm_str comment)
{
	for (size_t i = 0; i < comment.len; i++) {
		size_t at = i + 1;
		while (at < comment.len && (comment.data[at] == ' ' || comment.data[at] == '\t')) {
			at++;
		}
		if (comment.data[i] == ';' &&
		    zm_str_starts_nocase(zm_str_sub(comment, at, comment.len), mark)) {
			return at;
		}
	}
	return SIZE_MAX;
}

/* ---- Words ---- */

static bool is_between(char c)
{
	return c == ' ' || c == '\t' || c == ',';
}

/* Takes the next word off the front; empty at the end. */
static struct zm_str take_word(struct zm_str *text)
{
	size_t start = 0;
	while (start < text->len && is_between(text->data[start])) {
		start++;
	}
	size_t end = start;
	while (end < text->len && !is_between(text->data[end])) {
		end++;
	}
	struct zm_str word = zm_str_sub(*text, start, end);
	*text = zm_str_sub(*text, end, text->len);
	return word;
}

/* A comment may hold anything, what somebody keeps secret too: of a word that is no name nothing is
 * shown. */
static const char *shown(struct zm_arena *arena, struct zm_str word)
{
	bool is_name = word.len <= QUOTED_MAX;
	for (size_t i = 0; i < word.len; i++) {
		is_name = is_name && (zm_is_alpha(word.data[i]) || word.data[i] == '-');
	}
	return is_name ? zm_arena_printf(arena, " \"%.*s\"", ZM_STR_ARG(word)).data : "";
}

static void blame(struct zm_allowed *allowed, const char *fault)
{
	if (allowed->fault == NULL) {
		allowed->fault = fault;
	}
}

/* ---- The parts ---- */

static const char *unknown_rule(struct zm_arena *arena, struct zm_str word)
{
	const struct zm_catalogue *known = &zm_rule_catalogue;
	const char *nearest = zm_str_nearest(word, known->name, known->count);
	return zm_arena_printf(arena, "there is no rule%s%s%s%s", shown(arena, word),
			       nearest == NULL ? "" : "; did you mean \"",
			       nearest == NULL ? "" : nearest, nearest == NULL ? "" : "\"?")
		.data;
}

static void add_rule(struct zm_allowed *allowed, struct zm_arena *arena, struct zm_str word)
{
	const struct zm_catalogue *known = &zm_rule_catalogue;
	for (size_t i = 0; i < known->count; i++) {
		if (zm_str_eq(word, zm_str_from(known->name[i]))) {
			allowed->rule[allowed->count++] = i;
			return;
		}
	}
	blame(allowed, unknown_rule(arena, word));
}

static bool take_number(struct zm_str text, size_t start, size_t end, uint64_t *number)
{
	return zm_str_number(zm_str_sub(text, start, end), 9999, number);
}

/* `2027-01-31`; a day that no month has is after the last that it has, which is good enough for an
 * end. */
static void read_end(struct zm_allowed *allowed, struct zm_str word)
{
	uint64_t year;
	uint64_t month;
	uint64_t day;
	bool good = word.len == 10 && word.data[4] == '-' && word.data[7] == '-' &&
		    take_number(word, 0, 4, &year) && take_number(word, 5, 7, &month) &&
		    take_number(word, 8, 10, &day) && month >= 1 && month <= 12 && day >= 1 &&
		    day <= 31;
	if (!good) {
		blame(allowed, "until needs a day: until 2027-01-31");
		return;
	}
	allowed->has_end = true;
	allowed->end = (uint32_t)(year * 10000 + month * 100 + day);
}

/* `--` as a word of its own. */
static size_t find_reason(struct zm_str text)
{
	for (size_t at = 0; (at = zm_str_find(text, ZM_STR("--"), at)) != SIZE_MAX; at++) {
		bool before = at > 0 && is_between(text.data[at - 1]);
		bool after = at + 2 == text.len || is_between(text.data[at + 2]);
		if (before && after) {
			return at;
		}
	}
	return text.len;
}

static size_t count_words(struct zm_str text)
{
	size_t count = 0;
	while (take_word(&text).len > 0) {
		count++;
	}
	return count;
}

static void read_rules(struct zm_allowed *allowed, struct zm_arena *arena, struct zm_str text)
{
	allowed->rule = zm_arena_array(arena, count_words(text), sizeof(*allowed->rule));
	struct zm_str word = take_word(&text);
	bool any = false;
	while (word.len > 0 && !zm_str_eq_nocase(word, ZM_STR("until"))) {
		add_rule(allowed, arena, word);
		any = true;
		word = take_word(&text);
	}
	if (!any) {
		blame(allowed, "it names no rule: allow RULE -- reason");
	}
	if (word.len > 0) {
		read_end(allowed, take_word(&text));
		if (take_word(&text).len > 0) {
			blame(allowed, "after the day only -- and the reason may follow");
		}
	}
}

void zm_allow_parse(struct zm_allowed *allowed, struct zm_arena *arena, struct zm_str text)
{
	*allowed = (struct zm_allowed){0};
	text = zm_str_trim(zm_str_sub(text, mark.len, text.len));
	size_t dashes = find_reason(text);
	struct zm_str head = zm_str_sub(text, 0, dashes);
	struct zm_str reason = zm_str_trim(zm_str_sub(text, dashes + 2, text.len));
	struct zm_str verb = take_word(&head);
	if (!zm_str_eq_nocase(verb, ZM_STR("allow"))) {
		bool near = zm_str_distance(verb, ZM_STR("allow"), 2) <= 2;
		blame(allowed, zm_arena_printf(arena, "zonemend: is followed by allow, not%s%s",
					       verb.len == 0 ? " by nothing" : shown(arena, verb),
					       near ? "; did you mean \"allow\"?" : "")
				       .data);
		return;
	}
	read_rules(allowed, arena, head);
	if (reason.len == 0) {
		blame(allowed, "it gives no reason: write -- and why at its end");
	}
}
