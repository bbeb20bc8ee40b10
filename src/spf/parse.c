#include "spf/term.h"

#include "base/mask.h"

#include <string.h>

static const struct zm_str version = {"v=spf1", 6};

bool zm_spf_is_record(struct zm_str text)
{
	return zm_str_starts_nocase(text, version) &&
	       (text.len == version.len || text.data[version.len] == ' ');
}

/* ---- Where terms stand ---- */

enum { FEW = 130 }; /* words, of a text up to twice as many bytes: nearly every one */

/* The words of a text, the version among them, as blanks part them. */
struct words {
	struct zm_span *item;
	size_t count;
	bool has_odd; /* a byte stands there that is no printable one of ASCII */
	bool is_open; /* the last one has not ended */
};

/* A blank after something else, or the other way round. */
static inline void take_edge(struct words *words, size_t at)
{
	if (words->is_open) {
		words->item[words->count++].end = at;
	} else {
		words->item[words->count].start = at;
	}
	words->is_open = !words->is_open;
}

/* Bytes from `at` on, of which the first `skip` have been looked at. */
static inline void take_block(struct words *words, const char *p, size_t at, size_t skip)
{
	uint32_t blank = zm_mask_eq(p, ' ');
	uint32_t seen = (UINT32_C(1) << skip) - 1;
	uint32_t before = blank << 1 | (uint32_t)!words->is_open << skip;
	uint32_t edges = (blank ^ before) & ~seen & ZM_MASK_ALL;
	words->has_odd = words->has_odd || (blank | zm_mask_graph(p)) != ZM_MASK_ALL;
	for (; edges != 0; edges &= edges - 1) {
		take_edge(words, at + (size_t)__builtin_ctz(edges));
	}
}

static void take_byte(struct words *words, char c, size_t at)
{
	words->has_odd = words->has_odd || c < ' ' || c > '~';
	if ((c == ' ') == words->is_open) {
		take_edge(words, at);
	}
}

static void find_words(struct words *words, struct zm_str text)
{
	size_t at = 0;
	for (; text.len - at >= ZM_MASK_BYTES; at += ZM_MASK_BYTES) {
		take_block(words, text.data + at, at, 0);
	}
	if (at > 0 && at < text.len) { /* the rest, with some of those before it */
		size_t last = text.len - ZM_MASK_BYTES;
		take_block(words, text.data + last, last, at - last);
		at = text.len;
	}
	for (; at < text.len; at++) {
		take_byte(words, text.data[at], at);
	}
	if (words->is_open) {
		words->item[words->count++].end = text.len;
	}
}

/* ---- Terms ---- */

static void move(struct zm_span *span, size_t by)
{
	span->start += by;
	span->end += by;
}

static void move_term(struct zm_spf_term *term, size_t by)
{
	move(&term->problem_at, by);
	move(&term->at, by);
	move(&term->name_at, by);
	move(&term->value_at, by);
	move(&term->prefix_at, by);
}

/* RFC 7208 6: redirect= and exp= may stand once. A broken first one counts too, but only what is
 * written as a modifier. */
static void refuse_second(struct zm_spf_term *term, bool *seen)
{
	bool is_written = term->has_separator && term->problem != ZM_SPF_MODIFIER_AS_MECHANISM &&
			  term->problem != ZM_SPF_QUALIFIED_MODIFIER;
	if (*seen && is_written && term->problem == ZM_SPF_GOOD) {
		term->problem = ZM_SPF_DUPLICATE_MODIFIER;
		term->problem_at = term->at;
	}
	*seen = *seen || is_written;
}

struct seen {
	bool redirect;
	bool exp;
};

static void note_term(struct zm_spf_record *record, struct zm_spf_term *term, struct seen *seen)
{
	unsigned kind = 1U << term->kind;
	record->repeated |= record->kinds & kind;
	record->kinds |= kind;
	if (term->kind == ZM_SPF_REDIRECT) {
		refuse_second(term, &seen->redirect);
	} else if (term->kind == ZM_SPF_EXP) {
		refuse_second(term, &seen->exp);
	}
	if (term->problem != ZM_SPF_GOOD) {
		record->valid = false;
	} else if (term->kind == ZM_SPF_ALL && record->all == NULL) {
		record->all = term;
	} else if (term->kind == ZM_SPF_REDIRECT) {
		record->redirect = term;
	}
}

static void add_term(struct zm_spf_record *record, struct zm_span at, bool has_odd,
		     struct seen *seen)
{
	struct zm_spf_term *term = &record->term[record->count++];
	zm_spf_fill_term(term, zm_str_at(record->text, at), has_odd);
	move_term(term, at.start);
	note_term(record, term, seen);
}

void zm_spf_parse(struct zm_spf_record *record, struct zm_arena *arena, struct zm_str text)
{
	struct zm_span few[FEW];
	size_t most = text.len / 2 + 1;
	struct words words = {
		.item = most <= FEW ? few : zm_arena_array(arena, most, sizeof(*words.item)),
	};
	struct seen seen = {false, false};
	words.item[0] = (struct zm_span){0, version.len};
	find_words(&words, text);
	*record = (struct zm_spf_record){.text = text, .version_at = words.item[0], .valid = true};
	record->term = zm_arena_array(arena, words.count - 1, sizeof(*record->term));
	for (size_t i = 1; i < words.count; i++) {
		add_term(record, words.item[i], words.has_odd, &seen);
	}
}
