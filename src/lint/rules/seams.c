/* unquoted-text, lossy-string-split: blanks that were lost where strings meet. */
#include "lint/rules/seams.h"

#include "base/buf.h"
#include "lint/lint.h"
#include "lint/rules/look.h"

static const struct zm_str version = {"v=spf1", 6};

/* What a text would be as SPF. */
static bool is_valid(struct zm_arena *arena, struct zm_str text)
{
	struct zm_spf_record spf;
	if (!zm_spf_is_record(text)) {
		return false;
	}
	zm_spf_parse(&spf, arena, text);
	return spf.valid;
}

static bool has_seams(const struct zm_lint_record *text)
{
	return text->record->text->strings > 1;
}

/* Whether the seam before string `i` parts two bytes that are no blanks. */
static bool is_bare_seam(const struct zm_text *text, size_t i)
{
	size_t at = text->string[i].bytes.start;
	return at > 0 && at < text->bytes.len && text->bytes.data[at - 1] != ' ' &&
	       text->bytes.data[at] != ' ' && text->string[i - 1].bytes.start != at;
}

/* ---- unquoted-text ---- */

static bool has_unquoted(const struct zm_text *text)
{
	for (size_t i = 0; i < text->strings; i++) {
		if (!text->string[i].quoted) {
			return true;
		}
	}
	return false;
}

static bool loses_blanks(const struct zm_text *text)
{
	for (size_t i = 1; i < text->strings; i++) {
		if (is_bare_seam(text, i)) {
			return true;
		}
	}
	return false;
}

static bool is_unquoted(const struct zm_lint_record *text)
{
	const struct zm_text *strings = text->record->text;
	return !(text->is_spf && text->spf.valid) && has_unquoted(strings) &&
	       zm_str_eq_nocase(zm_str_at(strings->bytes, strings->string[0].bytes), version) &&
	       loses_blanks(strings);
}

/* The strings with a blank between them. */
static struct zm_str spaced(struct zm_arena *arena, const struct zm_text *text)
{
	struct zm_buf out = {0};
	for (size_t i = 0; i < text->strings; i++) {
		if (i > 0 && is_bare_seam(text, i)) {
			zm_buf_add_char(&out, ' ');
		}
		zm_buf_add(&out, zm_str_at(text->bytes, text->string[i].bytes));
	}
	struct zm_str copy = zm_arena_copy(arena, zm_buf_str(&out));
	zm_buf_release(&out);
	return copy;
}

/* The comment that ends the record's last line, without its semicolon; or nothing. */
static struct zm_str last_comment(const struct zm_record *record)
{
	struct zm_str comment = {"", 0};
	for (size_t i = 0; i < record->rdata_count; i++) {
		const struct zm_token *token = &record->rdata[i];
		if (token->kind == ZM_COMMENT) {
			comment = zm_str_sub(record->source->bytes, token->start + 1, token->end);
		} else if (token->kind == ZM_WORD || token->kind == ZM_QUOTED) {
			comment = ZM_STR("");
		}
	}
	return zm_str_trim(comment);
}

/* `TXT v=spf1 a ;mx -all`: without quotes a semicolon begins a comment, and the terms behind it are
 * lost too. What the record was to say is then not ours to guess. */
static bool has_lost_terms(const struct zm_record *record)
{
	struct zm_str rest = last_comment(record);
	bool all_terms = rest.len > 0;
	while (all_terms && rest.len > 0) {
		size_t blank = zm_str_find(rest, ZM_STR(" "), 0);
		struct zm_str word = zm_str_sub(rest, 0, blank == SIZE_MAX ? rest.len : blank);
		all_terms = zm_look_is_term(word);
		rest = zm_str_trim(zm_str_sub(rest, word.len, rest.len));
	}
	return all_terms;
}

static void check_unquoted(struct zm_lint *lint, const struct zm_lint_record *text)
{
	const struct zm_text *strings = text->record->text;
	if (!has_seams(text) || !is_unquoted(text)) {
		return;
	}
	bool cut = has_lost_terms(text->record);
	struct zm_str read = zm_look_short(lint->arena, text->text);
	struct zm_finding *finding =
		zm_lint_report(lint, (struct zm_span){0, text->text.len},
			       "without quotes the spaces are lost: receivers read %.*s%s",
			       ZM_STR_ARG(read), cut ? ", and the rest is a comment" : "");
	struct zm_str whole = spaced(lint->arena, strings);
	if (!cut && is_valid(lint->arena, whole)) {
		zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "put the record in quotes");
		zm_fix_add(lint, finding,
			   (struct zm_op){
				   .kind = ZM_OP_REWRITE, .record = text->record, .text = whole});
	}
}

/* ---- lossy-string-split ---- */

/* A term that is cut more often was cut by a machine, which counts bytes and loses none. */
enum { SEAMS_MAX = 16 };

/* Bytes without a blank, and the seams among them: `mx` | `include:x`. */
struct run {
	struct zm_str text;       /* of the record */
	size_t at[SEAMS_MAX + 2]; /* start, seams, end */
	size_t count;
	bool foreign; /* a piece behind a seam may also be `name=value` that SPF knows nothing of */
};

/*
 * What RFC 7208 7.1 allows in a domain, but no host has: a colon, as in `a:x.examplemx:y.example`,
 * or a top label that ends in `-all`, as in `a:x.example-all`. Where strings meet in it, two terms
 * were meant.
 */
static bool is_no_host(const struct run *run, size_t last, struct zm_str piece)
{
	struct zm_spf_term term;
	struct zm_str end = zm_str_sub(run->text, run->at[last - 1], run->at[last]);
	zm_spf_parse_term(&term, piece);
	return zm_str_eq_nocase(end, ZM_STR("-all")) ||
	       zm_str_find(zm_spf_domain(&term), ZM_STR(":"), 0) != SIZE_MAX;
}

/* `google-site-verification=abc`, which some other service asked for. */
static bool is_foreign(struct zm_str piece)
{
	struct zm_spf_term term;
	zm_spf_parse_term(&term, piece);
	return term.kind == ZM_SPF_OTHER_MODIFIER && term.problem == ZM_SPF_GOOD;
}

static bool is_piece(const struct run *run, size_t from, size_t to)
{
	struct zm_str piece = zm_str_sub(run->text, run->at[from], run->at[to]);
	if (run->at[from] == 0) {
		return zm_str_eq_nocase(piece, version);
	}
	if (run->foreign && from > 0 && is_foreign(piece)) {
		return true;
	}
	return zm_look_is_term(piece) && !(to - from > 1 && is_no_host(run, to, piece));
}

/*
 * Parts the run into as few terms as can be, at seams only; `cut[i]` is then whether a term begins
 * at at[i]. False when it cannot be done, or needs no cut.
 */
static bool part(const struct run *run, bool *cut)
{
	size_t pieces[SEAMS_MAX + 2] = {0}; /* how many end at at[i]; 0: none can */
	size_t start[SEAMS_MAX + 2] = {0};  /* where the last of them begins */
	for (size_t to = 1; to < run->count; to++) {
		for (size_t from = 0; from < to; from++) {
			bool reached = from == 0 || pieces[from] > 0;
			bool fewer = pieces[to] == 0 || pieces[from] + 1 < pieces[to];
			if (reached && fewer && is_piece(run, from, to)) {
				pieces[to] = pieces[from] + 1;
				start[to] = from;
			}
		}
	}
	for (size_t i = run->count - 1; pieces[i] > 0; i = start[i]) {
		cut[start[i]] = start[i] > 0;
	}
	return pieces[run->count - 1] > 1;
}

static bool is_broken(const struct run *run)
{
	struct zm_spf_term term;
	zm_spf_parse_term(&term, zm_str_sub(run->text, run->at[0], run->at[run->count - 1]));
	return term.problem != ZM_SPF_GOOD;
}

/* `run->foreign` is then whether it took a piece that is no SPF. */
static bool is_parted(struct run *run, bool *cut)
{
	run->foreign = false;
	if (run->count <= 2 || run->count > SEAMS_MAX + 2) {
		return false;
	}
	if (part(run, cut)) {
		return true;
	}
	run->foreign = is_broken(run);
	return run->foreign && part(run, cut);
}

/* The run of these bytes, whose first seam is before string `*i` or behind; `*i` is then the first
 * string after the run. */
static struct run read_run(const struct zm_text *text, struct zm_span bytes, size_t *i)
{
	struct run run = {.text = text->bytes, .at = {bytes.start}, .count = 1};
	for (; *i < text->strings && text->string[*i].bytes.start < bytes.end; (*i)++) {
		if (is_bare_seam(text, *i) && run.count <= SEAMS_MAX) {
			run.at[run.count] = text->string[*i].bytes.start;
		}
		run.count += is_bare_seam(text, *i);
	}
	if (run.count <= SEAMS_MAX + 1) {
		run.at[run.count] = bytes.end;
	}
	run.count++;
	return run;
}

/* The first string that begins after byte `pos`; the number of strings where none does. */
static size_t string_after(const struct zm_text *text, size_t pos)
{
	size_t low = 0;
	size_t high = text->strings;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (text->string[middle].bytes.start > pos) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return low;
}

bool zm_seams_part(const struct zm_text *text, struct zm_span bytes)
{
	bool cut[SEAMS_MAX + 2];
	size_t first = string_after(text, bytes.start);
	struct run run = read_run(text, bytes, &first);
	return is_parted(&run, cut);
}

/* The seams of a text that lose a blank, in order. */
struct losses {
	size_t *at;
	size_t count;
	size_t capacity;
	size_t runs;          /* how many terms they made into one */
	struct zm_span first; /* the first such run */
	bool foreign;         /* what is no SPF stands in one of them */
};

static void find_in_run(struct losses *losses, struct zm_arena *arena, struct run *run)
{
	bool cut[SEAMS_MAX + 2] = {false};
	if (!is_parted(run, cut)) {
		return;
	}
	losses->foreign = losses->foreign || run->foreign;
	for (size_t i = 1; i + 1 < run->count; i++) {
		if (cut[i]) {
			losses->at = zm_arena_grow(arena, losses->at, losses->count,
						   &losses->capacity, sizeof(*losses->at));
			losses->at[losses->count++] = run->at[i];
		}
	}
	if (losses->runs++ == 0) {
		losses->first = (struct zm_span){run->at[0], run->at[run->count - 1]};
	}
}

/* The bytes around `at` that no blank parts. */
static struct zm_span bytes_around(struct zm_str text, size_t at)
{
	size_t start = at;
	while (start > 0 && text.data[start - 1] != ' ') {
		start--;
	}
	size_t blank = zm_str_find(text, ZM_STR(" "), at);
	return (struct zm_span){start, blank == SIZE_MAX ? text.len : blank};
}

/* Each run that holds a seam, once. */
static struct losses find_losses(struct zm_arena *arena, const struct zm_text *text)
{
	struct losses losses = {0};
	size_t i = 1;
	while (i < text->strings) {
		if (!is_bare_seam(text, i)) {
			i++;
			continue;
		}
		struct zm_span bytes = bytes_around(text->bytes, text->string[i].bytes.start);
		struct run run = read_run(text, bytes, &i);
		find_in_run(&losses, arena, &run);
	}
	return losses;
}

static struct zm_str with_blanks(struct zm_arena *arena, struct zm_str text,
				 const struct losses *losses)
{
	struct zm_buf out = {0};
	size_t at = 0;
	for (size_t i = 0; i < losses->count; i++) {
		zm_buf_add(&out, zm_str_sub(text, at, losses->at[i]));
		zm_buf_add_char(&out, ' ');
		at = losses->at[i];
	}
	zm_buf_add(&out, zm_str_sub(text, at, text.len));
	struct zm_str copy = zm_arena_copy(arena, zm_buf_str(&out));
	zm_buf_release(&out);
	return copy;
}

static void report_losses(struct zm_lint *lint, const struct zm_lint_record *text,
			  const struct losses *losses)
{
	struct zm_str read = zm_look_short(lint->arena, zm_str_at(text->text, losses->first));
	struct zm_str more =
		losses->runs == 1
			? ZM_STR("")
			: zm_arena_printf(lint->arena, " and %zu more like it", losses->runs - 1);
	struct zm_finding *finding = zm_lint_report(
		lint, losses->first, "strings join without a space: receivers read %.*s%.*s",
		ZM_STR_ARG(read), ZM_STR_ARG(more));
	/* Where the other string belongs is not ours to say. */
	if (losses->foreign) {
		return;
	}
	/* A text that is no SPF yet shall not become a record that is a permerror. */
	if (!text->is_spf && !is_valid(lint->arena, with_blanks(lint->arena, text->text, losses))) {
		return;
	}
	zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "put a space where the strings meet");
	for (size_t i = 0; i < losses->count; i++) {
		zm_fix_replace(lint, finding, (struct zm_span){losses->at[i], losses->at[i]},
			       ZM_STR(" "));
	}
}

static void check_lossy(struct zm_lint *lint, const struct zm_lint_record *text)
{
	if (!has_seams(text) || is_unquoted(text)) {
		return;
	}
	struct losses losses = find_losses(lint->arena, text->record->text);
	if (losses.count > 0) {
		report_losses(lint, text, &losses);
	}
}

const struct zm_rule zm_rule_unquoted_text = {.on_text = check_unquoted};
const struct zm_rule zm_rule_lossy_string_split = {.on_text = check_lossy};
