#include "lint/lookups.h"

#include "lint/reach.h"
#include "spf/eval.h"

static bool asks(const struct zm_spf_term *term)
{
	switch (term->kind) {
	case ZM_SPF_INCLUDE:
	case ZM_SPF_A:
	case ZM_SPF_MX:
	case ZM_SPF_PTR:
	case ZM_SPF_EXISTS:
		return true;
	default:
		return false;
	}
}

size_t zm_lookups_asked(const struct zm_spf_record *spf)
{
	size_t lookups = spf->all == NULL && spf->redirect != NULL;
	for (size_t i = 0; i < zm_reach_terms(spf); i++) {
		lookups += asks(&spf->term[i]);
	}
	return lookups;
}

size_t zm_lookups_of(const struct zm_lint *lint, const struct zm_lint_record *record,
		     struct zm_str text)
{
	struct zm_arena arena = {0};
	struct zm_reach reach;
	struct zm_lint_record supposed = *record;
	struct zm_lint supposing = *lint;
	size_t lookups = 0;
	supposing.current = &supposed;
	zm_spf_parse(&supposed.spf, &arena, text);
	zm_reach_find(&reach, &arena, &supposing);
	for (size_t i = 0; i < reach.count; i++) {
		lookups += zm_lookups_asked(&reach.step[i].spf);
	}
	zm_arena_release(&arena);
	return lookups;
}

size_t zm_lookups_limit(const struct zm_lint *lint)
{
	const struct zm_policy_number *ceiling = &lint->view->spf.ceiling[ZM_CEILING_LOOKUPS];
	bool is_lower = ceiling->place.file != NULL && ceiling->value < ZM_SPF_LOOKUPS_MAX;
	return is_lower ? (size_t)ceiling->value : ZM_SPF_LOOKUPS_MAX;
}
