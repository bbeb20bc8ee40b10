/*
 * policy-require: terms that each record of a listed name must have, reached by a receiver:
 * directly, or through include: and redirect= inside of the zone set.
 */
#include "base/buf.h"
#include "lint/lookups.h"
#include "lint/reach.h"
#include "lint/rules/look.h"

/* ---- Is it there? ---- */

/* `a`, `mx` and `ptr` alone mean the record's own name (RFC 7208 4.8), another one elsewhere. */
static bool means_own_name(const struct zm_spf_term *term)
{
	return term->value.len == 0 &&
	       (term->kind == ZM_SPF_A || term->kind == ZM_SPF_MX || term->kind == ZM_SPF_PTR);
}

/* Of an included record only what passes counts (5.2), and none of its modifiers (6). */
static bool counts_in(const struct zm_reach_step *step, const struct zm_spf_term *term)
{
	if (step->via == NULL) {
		return true;
	}
	if (step->included && (!step->passes || zm_spf_is_modifier(term) ||
			       term->kind == ZM_SPF_ALL || term->qualifier != '+')) {
		return false;
	}
	return !means_own_name(term);
}

/* RFC 7208 6.1: beside an `all` a redirect= is ignored. */
static bool is_ignored(const struct zm_spf_record *spf, const struct zm_spf_term *term)
{
	return term->kind == ZM_SPF_REDIRECT && spf->all != NULL;
}

/* `redirect=x.example` lets pass whom `include:x.example` does (RFC 7208 6.1). */
static bool redirects_to(const struct zm_reach_step *step, const struct zm_spf_pattern *pattern,
			 const struct zm_spf_term *term)
{
	return term->kind == ZM_SPF_REDIRECT && term->problem == ZM_SPF_GOOD && step->passes &&
	       pattern->kind == ZM_SPF_INCLUDE && pattern->term.qualifier == '+' &&
	       !pattern->has_star &&
	       zm_str_eq_nocase(zm_spf_domain(term), zm_spf_domain(&pattern->term));
}

static bool provides(const struct zm_reach_step *step, const struct zm_spf_pattern *pattern)
{
	for (size_t i = 0; i < step->spf.count; i++) {
		const struct zm_spf_term *term = &step->spf.term[i];
		bool reached = i < zm_reach_terms(&step->spf) || zm_spf_is_modifier(term);
		bool same = zm_spf_pattern_provided(pattern, term) && counts_in(step, term);
		if (reached && (same || redirects_to(step, pattern, term)) &&
		    !is_ignored(&step->spf, term)) {
			return true;
		}
	}
	return false;
}

static bool is_reached(const struct zm_reach *reach, const struct zm_spf_pattern *pattern)
{
	for (size_t i = 0; i < reach->count; i++) {
		if (provides(&reach->step[i], pattern)) {
			return true;
		}
	}
	return false;
}

/* `include=x.example` is a modifier that receivers ignore, and was meant otherwise. */
static bool is_doubtful(const struct zm_spf_term *term)
{
	return term->problem != ZM_SPF_GOOD || term->kind == ZM_SPF_OTHER_MODIFIER;
}

/* Whether a broken term may have been meant to be the required one: then mending it is what is to
 * be done, and that is said elsewhere. */
static bool may_be_meant(struct zm_lint *lint, const struct zm_spf_record *spf,
			 const struct zm_spf_pattern *pattern)
{
	struct zm_str name = zm_str_at(pattern->text, pattern->term.name_at);
	struct zm_str part = pattern->value.len > 0 ? pattern->value : name;
	struct zm_str anywhere = zm_arena_printf(lint->arena, "*%.*s*", ZM_STR_ARG(part));
	for (size_t i = 0; i < spf->count; i++) {
		if (is_doubtful(&spf->term[i]) && zm_str_matches(spf->term[i].text, anywhere)) {
			return true;
		}
	}
	return false;
}

/* ---- What stands there instead ---- */

enum how {
	ABSENT,
	UNREACHED, /* it stands behind `all` */
	OTHERWISE, /* it stands there with another qualifier */
};

struct lack {
	const struct zm_policy_pattern *item;
	enum how how;
	const struct zm_spf_term *term; /* but for ABSENT */
};

static struct lack look_closer(const struct zm_spf_record *spf,
			       const struct zm_policy_pattern *item)
{
	struct lack lack = {.item = item};
	size_t reached = zm_reach_terms(spf);
	for (size_t i = 0; i < spf->count && lack.how == ABSENT; i++) {
		const struct zm_spf_term *term = &spf->term[i];
		if (zm_spf_is_modifier(term)) {
			continue;
		}
		if (i < reached && zm_spf_same_target(&item->pattern.term, term)) {
			lack.how = OTHERWISE;
			lack.term = term;
		} else if (i >= reached && zm_spf_pattern_provided(&item->pattern, term)) {
			lack.how = UNREACHED;
			lack.term = term;
		}
	}
	return lack;
}

static struct zm_finding *report(struct zm_lint *lint, const struct zm_spf_record *spf,
				 const struct lack *lack)
{
	struct zm_str name = zm_name_text(lint->arena, lint->owner->name);
	struct zm_str text = lack->item->pattern.text;
	struct zm_span whole = {0, spf->text.len};
	switch (lack->how) {
	case UNREACHED:
		return zm_lint_report(lint, lack->term->at,
				      "SPF record of %.*s has %.*s only after %.*s, where it is "
				      "never reached",
				      ZM_STR_ARG(name), ZM_STR_ARG(text),
				      ZM_STR_ARG(spf->all->text));
	case OTHERWISE:
		return zm_lint_report(lint, lack->term->at,
				      "SPF record of %.*s has %.*s, the policy requires %.*s",
				      ZM_STR_ARG(name), ZM_STR_ARG(lack->term->text),
				      ZM_STR_ARG(text));
	default:
		return zm_lint_report(lint, whole, "SPF record of %.*s lacks %.*s",
				      ZM_STR_ARG(name), ZM_STR_ARG(text));
	}
}

/* ---- The fix ---- */

static void offer_replace(struct zm_lint *lint, struct zm_finding *finding, const struct lack *lack)
{
	struct zm_str text = lack->item->pattern.text;
	zm_finding_fix(lint, finding, ZM_FIX_POLICY, "write %.*s instead of %.*s", ZM_STR_ARG(text),
		       ZM_STR_ARG(lack->term->text));
	zm_fix_replace(lint, finding, lack->term->at, text);
}

static void offer_move(struct zm_lint *lint, struct zm_finding *finding,
		       const struct zm_spf_record *spf, const struct lack *lack)
{
	struct zm_str text = lack->item->pattern.text;
	zm_finding_fix(lint, finding, ZM_FIX_POLICY, "move %.*s before %.*s", ZM_STR_ARG(text),
		       ZM_STR_ARG(spf->all->text));
	zm_fix_insert_before(lint, finding, spf->all, text);
	zm_fix_remove_term(lint, finding, lack->term);
}

static void offer_append(struct zm_lint *lint, struct zm_finding *finding, struct zm_str text)
{
	zm_finding_fix(lint, finding, ZM_FIX_POLICY, "append %.*s", ZM_STR_ARG(text));
	zm_fix_append(lint, finding, text);
}

/* The term before which a new mechanism goes: what ends the record, else the modifiers at its end;
 * NULL: there is none. */
static const struct zm_spf_term *find_next(const struct zm_spf_record *spf)
{
	if (spf->all != NULL || spf->redirect != NULL) {
		return spf->all != NULL ? spf->all : spf->redirect;
	}
	size_t next = spf->count;
	while (next > 0 && zm_spf_is_modifier(&spf->term[next - 1])) {
		next--;
	}
	return next == spf->count ? NULL : &spf->term[next];
}

static void offer_mechanism(struct zm_lint *lint, struct zm_finding *finding,
			    const struct zm_spf_record *spf, struct zm_str text)
{
	const struct zm_spf_term *next = find_next(spf);
	if (next == NULL) {
		offer_append(lint, finding, text);
		return;
	}
	zm_finding_fix(lint, finding, ZM_FIX_POLICY, "insert %.*s before %.*s", ZM_STR_ARG(text),
		       ZM_STR_ARG(next->text));
	zm_fix_insert_before(lint, finding, next, text);
}

static bool has_kind(const struct zm_spf_record *spf, enum zm_spf_kind kind)
{
	for (size_t i = 0; i < spf->count; i++) {
		if (spf->term[i].kind == kind) {
			return true;
		}
	}
	return false;
}

/* A modifier may stand once (RFC 7208 6), and `all` and redirect= exclude each other (6.1): where
 * one stands in the way, a person has to choose. */
static bool is_in_the_way(const struct zm_spf_record *spf, enum zm_spf_kind wanted)
{
	switch (wanted) {
	case ZM_SPF_ALL:
		return spf->redirect != NULL;
	case ZM_SPF_REDIRECT:
		return spf->redirect != NULL || spf->all != NULL;
	case ZM_SPF_EXP:
		return has_kind(spf, ZM_SPF_EXP);
	default:
		return false;
	}
}

static void offer_fix(struct zm_lint *lint, struct zm_finding *finding,
		      const struct zm_spf_record *spf, const struct lack *lack)
{
	const struct zm_spf_pattern *pattern = &lack->item->pattern;
	if (lack->how == OTHERWISE) {
		offer_replace(lint, finding, lack);
	} else if (lack->how == UNREACHED) {
		offer_move(lint, finding, spf, lack);
	} else if (is_in_the_way(spf, pattern->kind) || !pattern->is_term) {
		return; /* what stands for a star, a person knows */
	} else if (zm_spf_is_modifier(&pattern->term)) {
		offer_append(lint, finding, pattern->text);
	} else {
		offer_mechanism(lint, finding, spf, pattern->text);
	}
}

/* ---- */

static bool is_lacking(struct zm_lint *lint, const struct zm_reach *reach,
		       const struct zm_policy_pattern *item)
{
	return !is_reached(reach, &item->pattern) &&
	       !may_be_meant(lint, &lint->current->spf, &item->pattern);
}

/* The lookups of the record with all that it lacks. */
static size_t count_lookups(struct zm_lint *lint, const struct zm_reach *reach)
{
	const struct zm_policy_patterns *require = &lint->view->spf.require;
	const struct zm_lint_record *record = lint->current;
	struct zm_str rest = zm_str_sub(record->text, record->spf.version_at.end, record->text.len);
	struct zm_buf text = {0};
	zm_buf_add(&text, ZM_STR("v=spf1"));
	for (size_t i = 0; i < require->count; i++) {
		const struct zm_policy_pattern *item = &require->item[i];
		bool comes = item->pattern.is_term && is_lacking(lint, reach, item) &&
			     look_closer(&record->spf, item).how != OTHERWISE;
		if (comes) {
			zm_buf_printf(&text, " %.*s", ZM_STR_ARG(item->pattern.text));
		}
	}
	zm_buf_add(&text, rest);
	size_t lookups = zm_lookups_of(lint, zm_buf_str(&text));
	zm_buf_release(&text);
	return lookups;
}

/* With one lookup too many the record would work for nobody. */
static bool is_too_much(struct zm_lint *lint, struct zm_finding *finding,
			const struct zm_reach *reach)
{
	size_t limit = zm_lookups_limit(lint);
	size_t lookups = count_lookups(lint, reach);
	bool is = lookups > limit && lookups > zm_lookups_of(lint, lint->current->text);
	if (is) {
		finding->message = zm_arena_printf(
			lint->arena,
			"%.*s; with all that it lacks it needs %zu DNS lookups, the limit is %zu",
			ZM_STR_ARG(finding->message), lookups, limit);
	}
	return is;
}

static void check_item(struct zm_lint *lint, const struct zm_reach *reach,
		       const struct zm_policy_pattern *item)
{
	const struct zm_spf_record *spf = &lint->current->spf;
	if (!is_lacking(lint, reach, item)) {
		return;
	}
	struct lack lack = look_closer(spf, item);
	struct zm_finding *finding = report(lint, spf, &lack);
	finding->policy = item->place;
	if (!reach->is_open && !is_too_much(lint, finding, reach)) {
		offer_fix(lint, finding, spf, &lack);
	}
}

/* The usual record has it all, and no other need be looked at. */
static bool has_all_itself(const struct zm_spf_record *spf,
			   const struct zm_policy_patterns *require)
{
	const struct zm_reach_step itself = {.spf = *spf, .passes = true};
	for (size_t i = 0; i < require->count; i++) {
		if (!provides(&itself, &require->item[i].pattern)) {
			return false;
		}
	}
	return true;
}

static void check(struct zm_lint *lint, const struct zm_spf_record *spf)
{
	const struct zm_policy_spf *policy = &lint->view->spf;
	const struct zm_lint_owner *owner = lint->owner;
	bool is_prescribed = policy->exactly.text.data != NULL;
	if (!owner->must_have || owner->spf_count != 1 || is_prescribed ||
	    has_all_itself(spf, &policy->require)) {
		return;
	}
	struct zm_arena arena = {0};
	struct zm_reach reach;
	zm_reach_find(&reach, &arena, lint);
	for (size_t i = 0; i < policy->require.count; i++) {
		check_item(lint, &reach, &policy->require.item[i]);
	}
	zm_arena_release(&arena);
}

const struct zm_rule zm_rule_policy_require = {.on_record = check};
