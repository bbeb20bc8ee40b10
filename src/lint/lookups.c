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

/* More are not told apart: each level of includes is one, so that this bounds what loops cost. */
enum { LOOKUPS_MAX = 100 };

struct counting {
	const struct zm_lint *lint;
	struct zm_arena arena;
	size_t lookups;
};

static void count(struct counting *c, const struct zm_spf_record *spf);

/* As often as something leads there: a receiver asks again. */
static void follow(struct counting *c, const struct zm_spf_term *term)
{
	struct zm_spf_record spf;
	const struct zm_record *record;
	if (zm_lookups_target(&record, c->lint, &c->arena, term) == ZM_SET_ONE) {
		zm_spf_parse(&spf, &c->arena, record->text->bytes);
		count(c, &spf);
	}
}

static void count(struct counting *c, const struct zm_spf_record *spf)
{
	c->lookups += zm_lookups_asked(spf);
	for (size_t i = 0; i < zm_reach_terms(spf) && c->lookups < LOOKUPS_MAX; i++) {
		if (spf->term[i].kind == ZM_SPF_INCLUDE) {
			follow(c, &spf->term[i]);
		}
	}
	if (spf->all == NULL && spf->redirect != NULL && c->lookups < LOOKUPS_MAX) {
		follow(c, spf->redirect);
	}
}

size_t zm_lookups_of(const struct zm_lint *lint, struct zm_str text)
{
	struct counting c = {.lint = lint};
	struct zm_spf_record spf;
	zm_spf_parse(&spf, &c.arena, text);
	count(&c, &spf);
	zm_arena_release(&c.arena);
	return c.lookups < LOOKUPS_MAX ? c.lookups : LOOKUPS_MAX;
}

bool zm_lookups_name(struct zm_name_buf *name, const struct zm_spf_term *term)
{
	const char *why;
	bool leads = term->kind == ZM_SPF_INCLUDE || term->kind == ZM_SPF_REDIRECT;
	return leads && term->problem == ZM_SPF_GOOD && !term->has_macro &&
	       zm_name_from_domain(name, zm_spf_domain(term), &why);
}

enum zm_set_answer zm_lookups_target(const struct zm_record **record, const struct zm_lint *lint,
				     struct zm_arena *arena, const struct zm_spf_term *term)
{
	struct zm_name_buf name;
	if (!zm_lookups_name(&name, term)) {
		return ZM_SET_UNKNOWN;
	}
	return zm_set_spf(lint->set, arena, lint->zone, zm_name_of(&name), record);
}

size_t zm_lookups_limit(const struct zm_lint *lint)
{
	const struct zm_policy_number *ceiling = &lint->view->spf.ceiling[ZM_CEILING_LOOKUPS];
	bool is_lower = ceiling->place.file != NULL && ceiling->value < ZM_SPF_LOOKUPS_MAX;
	return is_lower ? (size_t)ceiling->value : ZM_SPF_LOOKUPS_MAX;
}
