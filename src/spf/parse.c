#include "spf/term.h"

#include "base/mask.h"

#include <string.h>

static const struct zm_str version = {"v=spf1", 6};

bool zm_spf_is_record(struct zm_str text)
{
	return zm_str_starts_nocase(text, version) &&
	       (text.len == version.len || text.data[version.len] == ' ');
}

static size_t skip_blanks(struct zm_str text, size_t pos)
{
	while (pos < text.len && text.data[pos] == ' ') {
		pos++;
	}
	return pos;
}

static size_t end_of_term(struct zm_str text, size_t pos)
{
	const char *blank = memchr(text.data + pos, ' ', text.len - pos);
	return blank == NULL ? text.len : (size_t)(blank - text.data);
}

/* How often something follows a blank, from `pos` on, which is not 0. */
static size_t count_terms(struct zm_str text, size_t pos)
{
	size_t count = 0;
	for (; text.len - pos >= ZM_MASK_BYTES; pos += ZM_MASK_BYTES) {
		const char *p = text.data + pos;
		uint32_t starts = zm_mask_eq(p - 1, ' ') & ~zm_mask_eq(p, ' ');
		for (; starts != 0; starts &= starts - 1) {
			count++;
		}
	}
	for (; pos < text.len; pos++) {
		count += text.data[pos - 1] == ' ' && text.data[pos] != ' ';
	}
	return count;
}

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

void zm_spf_parse(struct zm_spf_record *record, struct zm_arena *arena, struct zm_str text)
{
	*record =
		(struct zm_spf_record){.text = text, .version_at = {0, version.len}, .valid = true};
	struct seen seen = {false, false};
	size_t count = count_terms(text, version.len);
	record->term = zm_arena_array(arena, count, sizeof(*record->term));
	size_t pos = skip_blanks(text, version.len);
	while (pos < text.len) {
		size_t end = end_of_term(text, pos);
		struct zm_spf_term *term = &record->term[record->count++];
		zm_spf_fill_term(term, zm_str_sub(text, pos, end));
		move_term(term, pos);
		note_term(record, term, &seen);
		pos = skip_blanks(text, end);
	}
}
