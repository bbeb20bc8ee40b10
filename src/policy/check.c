/* check: contradictions between the values of one view, found before any zone is read. */
#include "policy/fault.h"
#include "policy/layer.h"

/* A record that the policy writes: `default` or `exactly`. */
struct written {
	const char *key;
	const struct zm_policy_text *text;
	struct zm_spf_record record;
};

struct check {
	const struct zm_policy_spf *spf;
	struct zm_arena scratch;
	struct zm_policy_faults *faults;
};

/* Whether a receiver that reads the record comes upon the term: no mechanism after `all` (RFC 7208
 * 5.1), no redirect= beside it (6.1), and exp= wherever it stands (6). */
static bool provides(const struct zm_spf_record *record, const struct zm_spf_pattern *pattern)
{
	for (size_t i = 0; i < record->count; i++) {
		const struct zm_spf_term *term = &record->term[i];
		bool is_reached =
			record->all == NULL || term <= record->all || zm_spf_is_modifier(term);
		bool is_ignored = term->kind == ZM_SPF_REDIRECT && record->all != NULL;
		if (is_reached && !is_ignored && zm_spf_pattern_provided(pattern, term)) {
			return true;
		}
	}
	return false;
}

/* With a redirect= in force the rest of the record lies elsewhere (6.1), where zones will tell. */
static bool is_continued(const struct zm_spf_record *record)
{
	return record->redirect != NULL && record->all == NULL;
}

/* Whether a term with a placeholder may be the required one in some zone. */
static bool may_provide(struct check *check, const struct written *written,
			const struct zm_spf_pattern *pattern)
{
	struct zm_str text = zm_policy_starred(&check->scratch, written->text->text);
	if (zm_str_eq(text, written->text->text)) {
		return false;
	}
	for (size_t start = 0; start < text.len;) {
		size_t blank = zm_str_find(text, ZM_STR(" "), start);
		size_t end = blank == SIZE_MAX ? text.len : blank;
		if (zm_str_matches(pattern->text, zm_str_sub(text, start, end))) {
			return true;
		}
		start = end + 1;
	}
	return false;
}

static bool check_require(struct check *check, const struct written *written)
{
	const struct zm_policy_patterns *require = &check->spf->require;
	bool good = true;
	for (size_t i = 0; i < require->count && !is_continued(&written->record); i++) {
		const struct zm_policy_pattern *item = &require->item[i];
		if (!provides(&written->record, &item->pattern) &&
		    !may_provide(check, written, &item->pattern)) {
			good = zm_policy_fail(check->faults, written->text->place,
					      "%s lacks %s, required at %s", written->key,
					      zm_policy_quote(&check->scratch, item->pattern.text),
					      zm_policy_place_text(&check->scratch, item->place));
		}
	}
	return good;
}

static const struct zm_policy_pattern *who_forbids(const struct zm_policy_spf *spf,
						   const struct zm_spf_term *term)
{
	for (size_t i = 0; i < spf->forbid.count; i++) {
		if (zm_spf_pattern_forbids(&spf->forbid.item[i].pattern, term)) {
			return &spf->forbid.item[i];
		}
	}
	return NULL;
}

static bool check_forbid(struct check *check, const struct written *written)
{
	bool good = true;
	for (size_t i = 0; i < written->record.count; i++) {
		const struct zm_spf_term *term = &written->record.term[i];
		const struct zm_policy_pattern *item = who_forbids(check->spf, term);
		if (item != NULL) {
			good = zm_policy_fail(check->faults, written->text->place,
					      "%s holds %s, forbidden at %s", written->key,
					      zm_policy_quote(&check->scratch, term->text),
					      zm_policy_place_text(&check->scratch, item->place));
		}
	}
	return good;
}

/* RFC 7208 4.6.4, of the record's own terms: what they lead to, zones will tell. */
static size_t count_lookups(const struct zm_spf_record *record)
{
	size_t count = 0;
	for (size_t i = 0; i < record->count && &record->term[i] != record->all; i++) {
		enum zm_spf_kind kind = record->term[i].kind;
		count += kind == ZM_SPF_INCLUDE || kind == ZM_SPF_A || kind == ZM_SPF_MX ||
			 kind == ZM_SPF_PTR || kind == ZM_SPF_EXISTS;
	}
	return count + is_continued(record);
}

static bool check_ceiling(struct check *check, const struct written *written, size_t cost,
			  enum zm_policy_ceiling which)
{
	static const char *const unit[] = {"DNS lookup", "void lookup", "byte"};
	static const uint64_t standard[] = {10, 2, UINT64_MAX, UINT64_MAX};
	const struct zm_policy_number *ceiling = &check->spf->ceiling[which];
	bool is_set = ceiling->place.file != NULL;
	uint64_t limit = is_set ? ceiling->value : standard[which];
	return cost <= limit ||
	       zm_policy_fail(check->faults, written->text->place,
			      "%s needs %zu %s%s, the limit is %llu (%s)", written->key, cost,
			      unit[which], cost == 1 ? "" : "s", (unsigned long long)limit,
			      is_set ? zm_policy_place_text(&check->scratch, ceiling->place)
				     : "RFC 7208 4.6.4");
}

/* The one before it that asks the same, so that this one is never asked (RFC 7208 4.6.2). */
static bool is_repeated(const struct zm_spf_record *record, const struct zm_spf_term *term)
{
	for (const struct zm_spf_term *t = record->term; t < term; t++) {
		if (zm_spf_same_target(t, term)) {
			return true;
		}
	}
	return false;
}

/* Why a receiver never comes to the term, or it does harm; NULL: nothing is wrong with it. */
static const char *what_is_vain(const struct zm_spf_record *record, const struct zm_spf_term *term)
{
	bool is_modifier = zm_spf_is_modifier(term);
	if (record->all != NULL && term > record->all && !is_modifier) {
		return "behind its all, where no receiver comes to it"; /* 5.1 */
	}
	if (record->all != NULL && term->kind == ZM_SPF_REDIRECT) {
		return "beside an all, so that receivers ignore it"; /* 6.1 */
	}
	if (term == record->all && term->qualifier == '+') {
		return "which lets every sender pass";
	}
	return !is_modifier && is_repeated(record, term) ? "twice" : NULL;
}

static bool check_shape(struct check *check, const struct written *written)
{
	bool good = true;
	for (size_t i = 0; i < written->record.count; i++) {
		const struct zm_spf_term *term = &written->record.term[i];
		const char *why = what_is_vain(&written->record, term);
		if (why != NULL) {
			good = zm_policy_fail(check->faults, written->text->place, "%s holds %s %s",
					      written->key,
					      zm_policy_quote(&check->scratch, term->text), why);
		}
	}
	return good;
}

static bool check_written(struct check *check, const char *key, const struct zm_policy_text *text)
{
	struct written written = {.key = key, .text = text};
	if (text->text.data == NULL) {
		return true;
	}
	zm_spf_parse(&written.record, &check->scratch,
		     zm_policy_sample(&check->scratch, text->text));
	bool good = check_shape(check, &written) && check_require(check, &written);
	good = check_forbid(check, &written) && good;
	good = check_ceiling(check, &written, count_lookups(&written.record), ZM_CEILING_LOOKUPS) &&
	       good;
	/* With placeholders the length is each name's own. */
	bool fixed = zm_str_eq(written.record.text, text->text);
	return (!fixed || check_ceiling(check, &written, text->text.len, ZM_CEILING_LENGTH)) &&
	       good;
}

/* A term that has to be and must not be. */
static bool check_term(struct check *check, const char *what, struct zm_str text,
		       struct zm_policy_place place)
{
	struct zm_spf_term term;
	zm_spf_parse_term(&term, text);
	const struct zm_policy_pattern *item = who_forbids(check->spf, &term);
	if (item == NULL) {
		return true;
	}
	return zm_policy_fail(check->faults, place, "%s %s is forbidden at %s", what,
			      zm_policy_quote(&check->scratch, text),
			      zm_policy_place_text(&check->scratch, item->place));
}

/* A record has one `all` and one redirect=, and not both (RFC 7208 5.1, 6, 6.1). */
static bool exclude_each_other(const struct zm_spf_pattern *a, const struct zm_spf_pattern *b)
{
	bool a_ends = a->kind == ZM_SPF_ALL || a->kind == ZM_SPF_REDIRECT;
	bool b_ends = b->kind == ZM_SPF_ALL || b->kind == ZM_SPF_REDIRECT;
	bool both_terms = a->is_term && b->is_term;
	/* Of one mechanism with two qualifiers the second is never asked (4.6.2). */
	bool same_target = both_terms && zm_spf_same_target(&a->term, &b->term);
	return both_terms && ((a_ends && b_ends) || same_target) &&
	       !zm_spf_pattern_provided(a, &b->term);
}

static bool check_pairs(struct check *check)
{
	const struct zm_policy_patterns *require = &check->spf->require;
	for (size_t i = 0; i < require->count; i++) {
		for (size_t j = 0; j < i; j++) {
			const struct zm_policy_pattern *a = &require->item[j];
			const struct zm_policy_pattern *b = &require->item[i];
			if (exclude_each_other(&a->pattern, &b->pattern)) {
				return zm_policy_fail(
					check->faults, b->place,
					"the required term %s excludes %s, required at %s",
					zm_policy_quote(&check->scratch, b->pattern.text),
					zm_policy_quote(&check->scratch, a->pattern.text),
					zm_policy_place_text(&check->scratch, a->place));
			}
		}
	}
	return true;
}

/* Where an `all` is required, it is the one to write. */
static bool check_all(struct check *check)
{
	const struct zm_policy_spf *spf = check->spf;
	struct zm_spf_term all;
	if (spf->all.text.data == NULL) {
		return true;
	}
	zm_spf_parse_term(&all, spf->all.text);
	for (size_t i = 0; i < spf->require.count; i++) {
		const struct zm_policy_pattern *item = &spf->require.item[i];
		if (item->pattern.kind == ZM_SPF_ALL &&
		    !zm_spf_pattern_provided(&item->pattern, &all)) {
			return zm_policy_fail(check->faults, spf->all.place,
					      "the all term %s is not %s, required at %s",
					      zm_policy_quote(&check->scratch, spf->all.text),
					      zm_policy_quote(&check->scratch, item->pattern.text),
					      zm_policy_place_text(&check->scratch, item->place));
		}
	}
	return check_term(check, "the all term", spf->all.text, spf->all.place);
}

static bool check_terms(struct check *check)
{
	const struct zm_policy_spf *spf = check->spf;
	bool good = true;
	for (size_t i = 0; i < spf->require.count; i++) {
		const struct zm_policy_pattern *item = &spf->require.item[i];
		good = (!item->pattern.is_term ||
			check_term(check, "the required term", item->pattern.text, item->place)) &&
		       good;
	}
	return check_all(check) && good;
}

/* What is asked of the names that must have a record. */
bool zm_policy_check_names(const struct zm_policy_spf *spf, struct zm_policy_faults *faults)
{
	const struct zm_policy_place none = {0};
	const struct asked {
		const char *key;
		struct zm_policy_place place;
	} asked[] = {
		{"require", spf->require.count > 0 ? spf->require.place : none},
		{"default", spf->missing.place},
		{"exactly", spf->exactly.place},
	};
	bool good = true;
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		if (asked[i].place.file != NULL) {
			good = zm_policy_fail(faults, asked[i].place,
					      "%s asks nobody, for names is not set; write names: "
					      "[apex, mx]",
					      asked[i].key);
		}
	}
	return good;
}

bool zm_policy_check(const struct zm_policy_spf *spf, struct zm_policy_faults *faults)
{
	struct check check = {.spf = spf, .faults = faults};
	bool good = check_terms(&check);
	good = check_pairs(&check) && good;
	/* A term that has to be and must not be is told once, not for each record again. */
	if (good) {
		good = check_written(&check, "default", &spf->missing);
		good = check_written(&check, "exactly", &spf->exactly) && good;
	}
	zm_arena_release(&check.scratch);
	return good;
}
