#include "lint/reach.h"

size_t zm_reach_terms(const struct zm_spf_record *spf)
{
	return spf->all == NULL ? spf->count : (size_t)(spf->all - spf->term) + 1;
}

static bool is_known(const struct zm_reach *reach, const struct zm_reach_step *step)
{
	for (size_t i = 0; i < reach->count; i++) {
		const struct zm_reach_step *known = &reach->step[i];
		if (zm_record_is(known->record, step->record) &&
		    known->included == step->included && known->passes == step->passes) {
			return true;
		}
	}
	return false;
}

/* What no macro can change of a domain: `spf.x.example` of `%{ir}.spf.x.example` (RFC 7208 7.1).
 * False where the macros go up to its last label. */
static bool read_fixed_end(struct zm_name_buf *name, struct zm_str domain)
{
	const char *why;
	size_t start = domain.len;
	while (start > 0 && domain.data[start - 1] != '%') {
		start--;
	}
	/* Dots stand in braces too: %{l1r-.}. */
	size_t brace = zm_str_find(domain, ZM_STR("}"), start);
	size_t dot = zm_str_find(domain, ZM_STR("."), brace == SIZE_MAX ? start : brace);
	return dot != SIZE_MAX &&
	       zm_name_from_domain(name, zm_str_sub(domain, dot + 1, domain.len), &why) &&
	       zm_name_labels(zm_name_of(name)) > 0;
}

/* A name with a macro that lies outside of the set whatever the macro is: as unknown as any other
 * name out there. */
static bool leads_outside(const struct zm_lint *lint, const struct zm_spf_term *term)
{
	struct zm_name_buf end;
	return term->has_macro && read_fixed_end(&end, zm_spf_domain(term)) &&
	       zm_set_is_outside(lint->set, zm_name_of(&end));
}

/* Adds the record that the term of step `from` leads to, where the zone set has one. */
static void follow(struct zm_reach *reach, struct zm_arena *arena, const struct zm_lint *lint,
		   size_t from, const struct zm_spf_term *term)
{
	const struct zm_reach_step *parent = &reach->step[from];
	bool includes = term->kind == ZM_SPF_INCLUDE;
	struct zm_reach_step step = {
		.via = term,
		.from = from,
		.included = parent->included || includes,
		.passes = parent->passes && (!includes || term->qualifier == '+'),
	};
	struct zm_name_buf name;
	const char *why;
	bool known_name = !term->has_macro && zm_name_from_domain(&name, zm_spf_domain(term), &why);
	enum zm_set_answer answer = known_name ? zm_set_spf(lint->set, arena, lint->zone,
							    zm_name_of(&name), &step.record)
					       : ZM_SET_UNKNOWN;
	/* A wildcard or a CNAME may answer where the name has none, and the set follows neither. */
	bool is_open = answer == ZM_SET_NONE || (term->has_macro && !leads_outside(lint, term));
	reach->is_open = reach->is_open || is_open;
	if (answer != ZM_SET_ONE || is_known(reach, &step) || reach->count == ZM_REACH_MAX) {
		return;
	}
	zm_spf_parse(&step.spf, arena, step.record->text->bytes);
	reach->step[reach->count++] = step;
}

void zm_reach_find(struct zm_reach *reach, struct zm_arena *arena, const struct zm_lint *lint)
{
	reach->step[0] = (struct zm_reach_step){
		.record = lint->current->record, .spf = lint->current->spf, .passes = true};
	reach->count = 1;
	reach->is_open = false;
	for (size_t i = 0; i < reach->count; i++) {
		const struct zm_spf_record *spf = &reach->step[i].spf;
		for (size_t j = 0; j < zm_reach_terms(spf); j++) {
			const struct zm_spf_term *term = &spf->term[j];
			if (term->kind == ZM_SPF_INCLUDE && term->problem == ZM_SPF_GOOD) {
				follow(reach, arena, lint, i, term);
			}
		}
		/* RFC 7208 6.1: beside an `all` it is ignored. */
		if (spf->redirect != NULL && spf->all == NULL) {
			follow(reach, arena, lint, i, spf->redirect);
		}
	}
}

struct zm_str zm_reach_path(struct zm_arena *arena, const struct zm_reach *reach, size_t step)
{
	struct zm_str path = reach->step[step].via->text;
	for (step = reach->step[step].from; step != 0; step = reach->step[step].from) {
		path = zm_arena_printf(arena, "%.*s, %.*s", ZM_STR_ARG(reach->step[step].via->text),
				       ZM_STR_ARG(path));
	}
	return path;
}
