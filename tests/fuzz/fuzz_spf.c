/* Any text: what the parser says of it holds together, and nothing outside of it is read. */
#include "spf/parse.h"
#include "spf/pattern.h"
#include "spf/print.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds, const char *claim)
{
	if (!holds) {
		fprintf(stderr, "not so: %s\n", claim);
		abort();
	}
}

static bool is_inside(struct zm_span inner, struct zm_span outer)
{
	return outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end;
}

static void check_spans(const struct zm_spf_term *term)
{
	expect(is_inside(term->name_at, term->at), "a name lies in its term");
	expect(is_inside(term->value_at, term->at), "a value lies in its term");
	expect(is_inside(term->prefix_at, term->at), "a prefix length lies in its term");
	expect(is_inside(term->problem_at, term->at), "a problem lies in its term");
	expect(term->name_at.end <= term->value_at.start, "the value is behind the name");
	expect(term->value_at.end <= term->prefix_at.start, "the length is behind the value");
	bool is_marked = term->problem_at.start < term->problem_at.end;
	expect(is_marked == (term->problem != ZM_SPF_GOOD) || term->text.len == 0,
	       "a problem has bytes, and no problem has none");
}

/* The parts of a good term and what stands between them are its bytes. */
static void check_parts(const struct zm_spf_term *term)
{
	size_t separator = term->has_separator ? 1 : 0;
	size_t qualifier = term->qualifier_written ? 1 : 0;
	if (term->problem == ZM_SPF_GOOD) {
		expect(term->name_at.start == term->at.start + qualifier, "the name comes first");
		expect(term->value_at.start == term->name_at.end + separator, "then the value");
		expect(term->prefix_at.start == term->value_at.end, "then the length");
		expect(term->prefix_at.end == term->at.end, "then nothing");
		expect(term->kind != ZM_SPF_UNKNOWN, "a good term is known");
		expect(zm_spf_same_target(term, term), "a good term is the same as itself");
	}
	expect(zm_spf_domain(term).len <= term->value.len, "a domain is a part of its value");
}

static void check_alone(const struct zm_spf_term *term)
{
	struct zm_spf_term alone;
	zm_spf_parse_term(&alone, term->text);
	expect(alone.kind == term->kind, "a term alone is of the same kind");
	if (term->problem == ZM_SPF_DUPLICATE_MODIFIER) {
		expect(alone.problem == ZM_SPF_GOOD, "only a good modifier is a second one");
		return;
	}
	size_t offset = term->at.start;
	expect(alone.problem == term->problem, "a term alone has the same problem");
	expect(alone.problem_at.start + offset == term->problem_at.start, "in the same place");
	expect(alone.problem_at.end + offset == term->problem_at.end, "and as long");
	expect(alone.prefix4 == term->prefix4 && alone.prefix6 == term->prefix6,
	       "a term alone has the same lengths");
	expect(zm_spf_same_target(&alone, term) == zm_spf_is_sound(term),
	       "a sound term alone means the same");
}

/* A pattern made of a sound term is provided by that term and forbids it. */
static void check_pattern(const struct zm_spf_term *term)
{
	struct zm_spf_pattern pattern;
	const char *why = NULL;
	bool is_pattern = zm_spf_pattern_parse(&pattern, term->text, &why);
	expect(is_pattern || why != NULL, "what is no pattern has a reason");
	if (!is_pattern) {
		return;
	}
	bool forbids = zm_spf_pattern_forbids(&pattern, term);
	bool provided = zm_spf_pattern_provided(&pattern, term);
	expect(pattern.is_term || pattern.is_bare || pattern.has_star, "a pattern has a form");
	if (zm_spf_is_sound(term)) {
		expect(forbids, "a term as a pattern forbids itself");
		expect(provided || (pattern.qualifier == 0 && term->qualifier != '+'),
		       "a term as a pattern is provided by itself");
	}
}

static void check_record(const struct zm_spf_record *record)
{
	struct zm_str text = record->text;
	size_t pos = record->version_at.end;
	bool valid = true;
	for (size_t i = 0; i < record->count; i++) {
		const struct zm_spf_term *term = &record->term[i];
		expect(term->at.start > pos && term->at.end > term->at.start, "terms are in order");
		expect(term->at.end <= text.len, "terms lie in the text");
		for (; pos < term->at.start; pos++) {
			expect(text.data[pos] == ' ', "between terms are blanks");
		}
		expect(term->text.data == text.data + term->at.start, "a term is a view");
		expect(term->text.len == term->at.end - term->at.start, "a term is all its bytes");
		check_spans(term);
		check_parts(term);
		check_alone(term);
		check_pattern(term);
		valid = valid && term->problem == ZM_SPF_GOOD;
		pos = term->at.end;
	}
	for (; pos < text.len; pos++) {
		expect(text.data[pos] == ' ', "behind the last term are blanks");
	}
	expect(record->valid == valid, "a record is valid when its terms are");
	expect(record->all == NULL || record->all->kind == ZM_SPF_ALL, "all is an all");
	expect(record->redirect == NULL || record->redirect->kind == ZM_SPF_REDIRECT,
	       "redirect is a redirect");
}

static void check_term(struct zm_str text)
{
	struct zm_spf_term term;
	zm_spf_parse_term(&term, text);
	expect(term.at.start == 0 && term.at.end == text.len, "a term alone is all the text");
	check_spans(&term);
	check_parts(&term);
	check_pattern(&term);
}

/* The term of the printed record that a term became: mechanisms come first, then modifiers. */
static const struct zm_spf_term *printed_twin(const struct zm_spf_record *record, size_t i,
					      const struct zm_spf_record *printed)
{
	bool is_modifier = zm_spf_is_modifier(&record->term[i]);
	size_t before = 0;
	for (size_t j = 0; j < record->count; j++) {
		bool other = zm_spf_is_modifier(&record->term[j]);
		before += other == is_modifier ? j < i : is_modifier;
	}
	return &printed->term[before];
}

static void check_print(struct zm_arena *arena, const struct zm_spf_record *record)
{
	struct zm_buf once = {0};
	struct zm_buf twice = {0};
	struct zm_spf_record printed;
	zm_spf_print(&once, record);
	zm_spf_parse(&printed, arena, zm_buf_str(&once));
	zm_spf_print(&twice, &printed);
	expect(zm_str_eq(zm_buf_str(&once), zm_buf_str(&twice)), "the canonical form is stable");
	expect(printed.count == record->count, "and has all the terms");
	expect(printed.valid == record->valid, "and is as good");
	for (size_t i = 0; i < record->count; i++) {
		const struct zm_spf_term *twin = printed_twin(record, i, &printed);
		bool same = zm_spf_same_target(twin, &record->term[i]) &&
			    (twin->qualifier == record->term[i].qualifier);
		expect(same == zm_spf_is_sound(&record->term[i]), "and each means the same");
	}
	zm_buf_release(&once);
	zm_buf_release(&twice);
}

static void check_cuts(struct zm_str text)
{
	for (size_t at = 0; at < text.len;) {
		size_t cut = zm_spf_cut(text, at);
		expect(cut > at && cut - at <= 255 && cut <= text.len, "a part fits a string");
		at = cut;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_arena arena = {0};
	struct zm_str text = {(const char *)data, size};
	check_term(text);
	check_cuts(text);
	if (zm_spf_is_record(text)) {
		struct zm_spf_record record;
		zm_spf_parse(&record, &arena, text);
		check_record(&record);
		check_print(&arena, &record);
	}
	zm_arena_release(&arena);
	return 0;
}
