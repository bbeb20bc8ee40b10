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
	struct zm_error *err;
};

/* Whether a receiver that reads the record comes upon the term: none after `all` (RFC 7208 5.1). */
static bool provides(const struct zm_spf_record *record, const struct zm_spf_pattern *pattern)
{
	for (size_t i = 0; i < record->count; i++) {
		if (zm_spf_pattern_provided(pattern, &record->term[i])) {
			return true;
		}
		if (&record->term[i] == record->all) {
			return false;
		}
	}
	return false;
}

/* With a redirect= in force the rest of the record lies elsewhere (6.1), where zones will tell. */
static bool is_continued(const struct zm_spf_record *record)
{
	return record->redirect != NULL && record->all == NULL;
}

static bool check_require(struct check *check, const struct written *written)
{
	const struct zm_policy_patterns *require = &check->spf->require;
	for (size_t i = 0; i < require->count && !is_continued(&written->record); i++) {
		const struct zm_policy_pattern *item = &require->item[i];
		if (!provides(&written->record, &item->pattern)) {
			return zm_policy_fail(check->err, written->text->place,
					      "%s lacks %s, required at %s", written->key,
					      zm_policy_quote(&check->scratch, item->pattern.text),
					      zm_policy_place_text(&check->scratch, item->place));
		}
	}
	return true;
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
	for (size_t i = 0; i < written->record.count; i++) {
		const struct zm_spf_term *term = &written->record.term[i];
		const struct zm_policy_pattern *item = who_forbids(check->spf, term);
		if (item != NULL) {
			return zm_policy_fail(check->err, written->text->place,
					      "%s holds %s, forbidden at %s", written->key,
					      zm_policy_quote(&check->scratch, term->text),
					      zm_policy_place_text(&check->scratch, item->place));
		}
	}
	return true;
}

static bool check_written(struct check *check, const char *key, const struct zm_policy_text *text)
{
	struct written written = {.key = key, .text = text};
	if (text->text.data == NULL) {
		return true;
	}
	zm_spf_parse(&written.record, &check->scratch, text->text);
	return check_require(check, &written) && check_forbid(check, &written);
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
	return zm_policy_fail(check->err, place, "%s %s is forbidden at %s", what,
			      zm_policy_quote(&check->scratch, text),
			      zm_policy_place_text(&check->scratch, item->place));
}

static bool check_terms(struct check *check)
{
	const struct zm_policy_spf *spf = check->spf;
	for (size_t i = 0; i < spf->require.count; i++) {
		const struct zm_policy_pattern *item = &spf->require.item[i];
		if (!check_term(check, "the required term", item->pattern.text, item->place)) {
			return false;
		}
	}
	return spf->all.text.data == NULL ||
	       check_term(check, "the all term", spf->all.text, spf->all.place);
}

bool zm_policy_check(const struct zm_policy_spf *spf, struct zm_error *err)
{
	struct check check = {.spf = spf, .err = err};
	bool good = check_terms(&check) && check_written(&check, "default", &spf->missing) &&
		    check_written(&check, "exactly", &spf->exactly);
	zm_arena_release(&check.scratch);
	return good;
}
