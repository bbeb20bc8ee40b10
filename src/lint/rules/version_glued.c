#include "lint/lint.h"
#include "lint/rules/look.h"

static const struct zm_str version = {"v=spf1", 6};

static bool is_mark(char c)
{
	return c == ';' || c == ',' || c == ':' || c == '.';
}

/* The marks behind the version, or the empty place there; {0, 0} where no version begins the text.
 */
static struct zm_span find_seam(struct zm_str text)
{
	size_t start = 0;
	while (start < text.len && text.data[start] == ' ') {
		start++;
	}
	if (!zm_str_starts_nocase(zm_str_sub(text, start, text.len), version)) {
		return (struct zm_span){0, 0};
	}
	struct zm_span seam = {start + version.len, start + version.len};
	while (seam.end < text.len && is_mark(text.data[seam.end])) {
		seam.end++;
	}
	return seam;
}

/* Up to the first blank or mark that ends it. */
static struct zm_str first_word(struct zm_str text)
{
	size_t end = 0;
	while (end < text.len && (unsigned char)text.data[end] > ' ' && text.data[end] != ';' &&
	       text.data[end] != ',') {
		end++;
	}
	return zm_str_sub(text, 0, end);
}

/* The first word behind the seam is a term, or nothing is there but marks. */
static bool is_glued(struct zm_str text, struct zm_span seam)
{
	struct zm_str rest = zm_str_trim(zm_str_sub(text, seam.end, text.len));
	struct zm_spf_term term;
	bool has_marks = seam.start < seam.end;
	if (seam.end == 0 || rest.len == 0) {
		return has_marks;
	}
	if (!has_marks && (unsigned char)text.data[seam.end] <= ' ') {
		return false; /* a space is right, a tab is control-or-tab's */
	}
	zm_spf_parse_term(&term, first_word(rest));
	return term.kind != ZM_SPF_UNKNOWN && term.kind != ZM_SPF_OTHER_MODIFIER;
}

static void offer_space(struct zm_lint *lint, struct zm_finding *finding, struct zm_span seam)
{
	struct zm_str text = lint->current->text;
	struct zm_str rest = zm_str_trim(zm_str_sub(text, seam.end, text.len));
	struct zm_str marks = zm_str_at(text, seam);
	struct zm_spf_record record;
	zm_spf_parse(&record, lint->arena,
		     zm_arena_printf(lint->arena, "v=spf1 %.*s", ZM_STR_ARG(rest)));
	if (!record.valid || (record.all != NULL && record.all->qualifier == '+')) {
		return;
	}
	if (marks.len > 0) {
		zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "remove \"%.*s\"", ZM_STR_ARG(marks));
	} else {
		zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "insert the missing space");
	}
	bool has_space = seam.end == text.len || text.data[seam.end] == ' ';
	zm_fix_replace(lint, finding, seam, has_space ? ZM_STR("") : ZM_STR(" "));
	if (seam.start > version.len) {
		zm_fix_replace(lint, finding, (struct zm_span){0, seam.start - version.len},
			       ZM_STR(""));
	}
}

/* version-glued: RFC 7208 4.5, a record is `v=spf1` alone or before a space. */
static void check_text(struct zm_lint *lint, const struct zm_lint_record *record)
{
	if (record->is_spf) {
		return;
	}
	struct zm_span seam = find_seam(record->text);
	if (!is_glued(record->text, seam)) {
		return;
	}
	struct zm_span at = {seam.start - version.len, seam.end};
	struct zm_finding *finding = zm_lint_report(
		lint, at, "v=spf1 is not followed by a space: receivers see no SPF record");
	offer_space(lint, finding, seam);
}

const struct zm_rule zm_rule_version_glued = {.on_text = check_text};
