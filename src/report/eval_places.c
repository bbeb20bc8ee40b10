#include "report/eval.h"

#include "zone/zone.h"

const struct zm_record *zm_eval_record(const struct zm_spf_visit *visit)
{
	return visit->from;
}

static bool has_record(const struct zm_spf_visit *visit)
{
	return visit->record.text.len > 0;
}

/* A record that is not there was asked for by a term, which stands for it. */
static struct zm_eval_place innermost(const struct zm_spf_outcome *outcome)
{
	const struct zm_spf_visit *visit = outcome->visit;
	struct zm_eval_place place = {visit, outcome->term, true};
	if (visit != NULL && !has_record(visit)) {
		place.visit = visit->parent;
		place.term = visit->by;
	}
	return place;
}

size_t zm_eval_places(struct zm_eval_place *place, const struct zm_spf_outcome *outcome)
{
	struct zm_eval_place last = innermost(outcome);
	size_t count = 0;
	for (const struct zm_spf_visit *v = last.visit; v != NULL; v = v->parent) {
		count++;
	}
	count = count < ZM_EVAL_PLACES_MAX ? count : ZM_EVAL_PLACES_MAX;
	for (size_t i = count; i > 0; i--) {
		place[i - 1] = last;
		last = (struct zm_eval_place){last.visit->parent, last.visit->by, false};
	}
	return count;
}

struct zm_span zm_eval_span(const struct zm_eval_place *place)
{
	const struct zm_spf_record *record = &place->visit->record;
	struct zm_span at = {0, record->text.len};
	if (place->term != NULL) {
		bool is_wrong = place->decides && place->term->problem != ZM_SPF_GOOD;
		at = is_wrong ? place->term->problem_at : place->term->at;
	}
	return zm_text_place(zm_eval_record(place->visit)->text, at);
}
