/* mixed-line-ends: bytes between and around the lines that servers take in different ways: RFC
 * 1035 5.1 does not say what ends a line. */
#include "lint/lint.h"

#include <string.h>

/* What ends the lines of a file, and where each kind is met first. */
struct line_ends {
	size_t lf;
	size_t crlf;
	size_t first_lf;
	size_t first_crlf;
	size_t lone_cr; /* SIZE_MAX: none */
};

static size_t find_byte(struct zm_str bytes, size_t from, char c)
{
	const char *found = memchr(bytes.data + from, c, bytes.len - from);
	return found == NULL ? SIZE_MAX : (size_t)(found - bytes.data);
}

static void count_cr(struct line_ends *ends, struct zm_str bytes)
{
	for (size_t at = find_byte(bytes, 0, '\r'); at != SIZE_MAX;
	     at = find_byte(bytes, at + 1, '\r')) {
		bool is_lone = at + 1 >= bytes.len || bytes.data[at + 1] != '\n';
		if (is_lone) {
			ends->lone_cr = ends->lone_cr == SIZE_MAX ? at : ends->lone_cr;
			continue;
		}
		ends->first_crlf = ends->crlf == 0 ? at : ends->first_crlf;
		ends->crlf++;
	}
}

static void count_lf(struct line_ends *ends, struct zm_str bytes)
{
	for (size_t at = find_byte(bytes, 0, '\n'); at != SIZE_MAX;
	     at = find_byte(bytes, at + 1, '\n')) {
		bool is_alone = at == 0 || bytes.data[at - 1] != '\r';
		if (is_alone) {
			ends->first_lf = ends->lf == 0 ? at : ends->first_lf;
			ends->lf++;
		}
	}
}

static void report_mixture(struct zm_lint *lint, struct zm_source *source,
			   const struct line_ends *ends)
{
	bool few_crlf = ends->crlf <= ends->lf;
	size_t at = few_crlf ? ends->first_crlf : ends->first_lf;
	struct zm_span place = {at, at + (few_crlf ? 2 : 1)};
	zm_lint_report_at(lint, source, place,
			  "CR LF ends %zu of %zu lines, LF the others: some servers refuse CR LF",
			  ends->crlf, ends->crlf + ends->lf);
}

static void check_ends(struct zm_lint *lint, struct zm_source *source)
{
	struct line_ends ends = {.lone_cr = SIZE_MAX};
	count_cr(&ends, source->bytes);
	if (ends.lone_cr != SIZE_MAX) {
		zm_lint_report_at(
			lint, source, (struct zm_span){ends.lone_cr, ends.lone_cr + 1},
			"CR without LF: it ends the line to BIND and is a blank to others");
	}
	if (ends.crlf > 0) {
		count_lf(&ends, source->bytes);
	}
	if (ends.crlf > 0 && ends.lf > 0) {
		report_mixture(lint, source, &ends);
	}
}

static void check_source(struct zm_lint *lint, struct zm_source *source)
{
	static const struct zm_str mark = {"\xef\xbb\xbf", 3};
	if (source->bytes.len == 0) {
		return;
	}
	if (zm_str_starts(source->bytes, mark)) {
		zm_lint_report_at(lint, source, (struct zm_span){0, mark.len},
				  "byte order mark: servers take it for a part of the first word");
	}
	if (source->has_plain_lines) {
		return;
	}
	size_t nul = find_byte(source->bytes, 0, '\0');
	if (nul != SIZE_MAX) {
		zm_lint_report_at(lint, source, (struct zm_span){nul, nul + 1},
				  "NUL byte: servers end a string or the file there");
	}
	check_ends(lint, source);
}

static void check_zone(struct zm_lint *lint)
{
	for (size_t i = 0; i < lint->zone->source_count; i++) {
		check_source(lint, lint->zone->sources[i]);
	}
}

const struct zm_rule zm_rule_mixed_line_ends = {.on_zone = check_zone};
