#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

static bool is_control(char c)
{
	return (unsigned char)c < ' ' || c == '\x7f';
}

static size_t end_of_controls(struct zm_str text, size_t pos)
{
	while (pos < text.len && is_control(text.data[pos])) {
		pos++;
	}
	return pos;
}

static size_t end_of_piece(struct zm_str text, size_t pos)
{
	while (pos < text.len && !is_control(text.data[pos])) {
		pos++;
	}
	return pos;
}

/* Whether the term is terms once its control bytes are spaces. */
static bool is_terms(struct zm_str text)
{
	for (size_t pos = end_of_controls(text, 0); pos < text.len;) {
		size_t end = end_of_piece(text, pos);
		if (!zm_look_is_repair(zm_str_sub(text, pos, end))) {
			return false;
		}
		pos = end_of_controls(text, end);
	}
	return true;
}

/* A run of control bytes between two pieces becomes a space; at an end of the term it goes. */
static void replace_controls(struct zm_lint *lint, struct zm_finding *finding,
			     const struct zm_spf_term *term)
{
	struct zm_str text = term->text;
	for (size_t pos = 0; pos < text.len;) {
		size_t start = end_of_piece(text, pos);
		pos = end_of_controls(text, start);
		bool inside = start > 0 && pos < text.len;
		if (start < pos) {
			zm_fix_replace(
				lint, finding,
				(struct zm_span){term->at.start + start, term->at.start + pos},
				inside ? ZM_STR(" ") : ZM_STR(""));
		}
	}
}

static const char *name_of(char c)
{
	switch (c) {
	case '\t':
		return "a tab";
	case '\r':
		return "a carriage return";
	case '\n':
		return "a line feed";
	default:
		return "a control byte";
	}
}

/* control-or-tab: RFC 7208 12, terms are parted by spaces and nothing else. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_finding *finding = zm_lint_report(
		lint, term->problem_at, "%s stands where only a space may part terms (permerror)",
		name_of(zm_look_part(term, term->problem_at).data[0]));
	if (end_of_controls(term->text, 0) == term->text.len) {
		zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "remove it");
		zm_fix_remove_term(lint, finding, term);
	} else if (is_terms(term->text)) {
		zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "part the terms by a space");
		replace_controls(lint, finding, term);
	}
}

/* RFC 7208 4.5: right behind the version it makes the record none at all. */
static void check_text(struct zm_lint *lint, const struct zm_lint_record *text)
{
	struct zm_str version = ZM_STR("v=spf1");
	if (text->is_spf) {
		return;
	}
	size_t end = end_of_controls(text->text, version.len);
	if (!zm_str_starts_nocase(text->text, version) || end == version.len) {
		return;
	}
	struct zm_span at = {version.len, end};
	struct zm_finding *finding =
		zm_lint_report(lint, at, "%s stands behind v=spf1: receivers see no SPF record",
			       name_of(text->text.data[version.len]));
	zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "write a space instead");
	zm_fix_replace(lint, finding, at, ZM_STR(" "));
}

const struct zm_rule zm_rule_control_or_tab = {.on_text = check_text, .on_odd_term = check_term};
