#include "lint/rules/split.h"

#include <string.h>

/* Where parts may begin, and for each how many ways lead from there to the end. */
struct cuts {
	struct zm_str text;
	size_t at[ZM_SPLIT_MAX + 1]; /* the last is the text's end */
	size_t count;                /* the end not counted */
	unsigned ways[ZM_SPLIT_MAX + 1];
	size_t next[ZM_SPLIT_MAX + 1]; /* the end of the part that begins there */
};

static bool is_qualifier(char c)
{
	return c != '\0' && strchr("+-~?", c) != NULL;
}

/* Whether a term opens the text: a keyword, with a qualifier before it or its separator behind. */
static bool opens_term(struct zm_str text)
{
	bool qualified = is_qualifier(text.data[0]);
	struct zm_str rest = zm_str_sub(text, qualified, text.len);
	for (int kind = 0; zm_spf_kind_name((enum zm_spf_kind)kind) != NULL; kind++) {
		struct zm_str keyword = zm_str_from(zm_spf_kind_name((enum zm_spf_kind)kind));
		char separator = kind < ZM_SPF_REDIRECT ? ':' : '=';
		bool separated = rest.len > keyword.len && rest.data[keyword.len] == separator;
		if (zm_str_starts_nocase(rest, keyword) && (qualified || separated)) {
			return true;
		}
	}
	return false;
}

/* False when there are none, or too many. */
static bool find_cuts(struct cuts *cuts, struct zm_str text)
{
	*cuts = (struct cuts){.text = text, .count = 1};
	for (size_t pos = 1; pos < text.len; pos++) {
		if (!opens_term(zm_str_sub(text, pos, text.len))) {
			continue;
		}
		if (cuts->count == ZM_SPLIT_MAX) {
			return false;
		}
		cuts->at[cuts->count++] = pos;
	}
	cuts->at[cuts->count] = text.len;
	return cuts->count > 1;
}

/* From the end to the front: all ways from a cut are those of its parts' ends, added up. */
static void count_ways(struct cuts *cuts)
{
	cuts->ways[cuts->count] = 1;
	for (size_t from = cuts->count; from-- > 0;) {
		for (size_t to = from + 1; to <= cuts->count; to++) {
			struct zm_str part = zm_str_sub(cuts->text, cuts->at[from], cuts->at[to]);
			if (cuts->ways[to] > 0 && zm_look_is_term(part)) {
				cuts->ways[from] += cuts->ways[to];
				cuts->next[from] = to;
			}
		}
	}
}

/* A mechanism that would then stand after an `all` was hardly meant. */
static bool has_term_after_all(const struct zm_split *split, struct zm_str text)
{
	bool after_all = false;
	for (size_t i = 0; i < split->count; i++) {
		struct zm_spf_term term;
		zm_spf_parse_term(&term, zm_str_at(text, split->part[i]));
		if (after_all && !zm_spf_is_modifier(&term)) {
			return true;
		}
		after_all = after_all || term.kind == ZM_SPF_ALL;
	}
	return false;
}

/* `mxa:x.example` may as well be `mx:x.example` with a letter too many. */
static bool has_rival(struct zm_str text)
{
	struct zm_spf_term term;
	size_t distance = 0;
	zm_spf_parse_term(&term, text);
	const char *keyword = zm_look_nearest(zm_look_part(&term, term.name_at), &distance);
	return keyword != NULL && distance == 1;
}

bool zm_split_find(struct zm_split *split, struct zm_str text)
{
	struct cuts cuts;
	if (text.len > ZM_SPLIT_TEXT_MAX || !find_cuts(&cuts, text)) {
		return false;
	}
	count_ways(&cuts);
	if (cuts.ways[0] == 0) {
		return false;
	}
	split->count = 0;
	for (size_t cut = 0; cut < cuts.count; cut = cuts.next[cut]) {
		split->part[split->count++] =
			(struct zm_span){cuts.at[cut], cuts.at[cuts.next[cut]]};
	}
	split->certain = cuts.ways[0] == 1 && !has_term_after_all(split, text) && !has_rival(text);
	return split->count > 1;
}
