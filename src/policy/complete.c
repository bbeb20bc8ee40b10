/* complete: a `default` and an `all` that were written without knowing of all that is required and
 * forbidden beside them. */
#include "base/buf.h"
#include "policy/layer.h"

/* Where a mechanism goes: before what ends the record, else before the modifiers at its end. */
static size_t place_of_more(const struct zm_spf_record *record)
{
	if (record->all != NULL) {
		return record->all->at.start;
	}
	size_t next = record->count;
	while (next > 0 && zm_spf_is_modifier(&record->term[next - 1])) {
		next--;
	}
	return next < record->count ? record->term[next].at.start : record->text.len;
}

static void insert(struct zm_policy_spf *spf, struct zm_arena *arena,
		   const struct zm_spf_record *record, struct zm_str term)
{
	struct zm_str text = record->text;
	size_t at = place_of_more(record);
	struct zm_str before = zm_str_sub(text, 0, at);
	struct zm_str after = zm_str_sub(text, at, text.len);
	bool at_end = after.len == 0;
	spf->missing.text =
		zm_arena_printf(arena, "%.*s%s%.*s%s%.*s", ZM_STR_ARG(before), at_end ? " " : "",
				ZM_STR_ARG(term), at_end ? "" : " ", ZM_STR_ARG(after));
}

static bool holds(const struct zm_spf_record *record, const struct zm_spf_pattern *pattern)
{
	for (size_t i = 0; i < record->count; i++) {
		if (zm_spf_pattern_provided(pattern, &record->term[i])) {
			return true;
		}
	}
	return false;
}

void zm_policy_complete(struct zm_policy_spf *spf, struct zm_arena *arena, size_t count)
{
	for (size_t i = 0; i < count && i < spf->require.count; i++) {
		const struct zm_spf_pattern *pattern = &spf->require.item[i].pattern;
		struct zm_spf_record record;
		if (spf->missing.text.data == NULL) {
			return;
		}
		zm_spf_parse(&record, arena, spf->missing.text);
		/* An `all` has its place already; what a redirect= leads to, zones will tell. */
		bool fits = pattern->is_term && pattern->kind != ZM_SPF_ALL &&
			    !zm_spf_is_modifier(&pattern->term) &&
			    (record.redirect == NULL || record.all != NULL);
		if (holds(&record, pattern)) {
			continue;
		}
		if (fits) {
			insert(spf, arena, &record, pattern->text);
		} else if (pattern->has_star) { /* what stands for it, a person knows */
			spf->missing = (struct zm_policy_text){0};
		}
	}
}

/* ---- all ---- */

static bool is_forbidden(const struct zm_policy_spf *spf, size_t count,
			 const struct zm_spf_term *term)
{
	for (size_t i = 0; i < count && i < spf->forbid.count; i++) {
		if (zm_spf_pattern_forbids(&spf->forbid.item[i].pattern, term)) {
			return true;
		}
	}
	return false;
}

static void replace_all(struct zm_policy_text *text, struct zm_arena *arena,
			const struct zm_spf_term *all, struct zm_str better)
{
	struct zm_str before = zm_str_sub(text->text, 0, all->at.start);
	struct zm_str after = zm_str_sub(text->text, all->at.end, text->text.len);
	text->text = zm_arena_printf(arena, "%.*s%.*s%.*s", ZM_STR_ARG(before), ZM_STR_ARG(better),
				     ZM_STR_ARG(after));
}

void zm_policy_yield(struct zm_policy_spf *newer, struct zm_arena *arena,
		     const struct zm_policy_spf *older, size_t count)
{
	struct zm_spf_term all;
	struct zm_spf_record record;
	if (older->all.text.data == NULL) {
		return;
	}
	if (newer->all.text.data != NULL) {
		zm_spf_parse_term(&all, newer->all.text);
		newer->all = is_forbidden(older, count, &all) ? older->all : newer->all;
	}
	if (newer->missing.text.data != NULL) {
		zm_spf_parse(&record, arena, newer->missing.text);
		if (record.all != NULL && is_forbidden(older, count, record.all)) {
			replace_all(&newer->missing, arena, record.all, older->all.text);
		}
	}
}
