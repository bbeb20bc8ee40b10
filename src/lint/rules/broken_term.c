#include "lint/rules/broken_term.h"

#include "lint/rules/look.h"
#include "lint/rules/seams.h"
#include "lint/rules/split.h"

/* Where the look of a term tells no more than its problem does. */
static const size_t rule_of_problem[] = {
	[ZM_SPF_GOOD] = ZM_RULE_COUNT,
	[ZM_SPF_UNKNOWN_MECHANISM] = ZM_RULE_unknown_mechanism,
	[ZM_SPF_BAD_QUALIFIER] = ZM_RULE_bad_qualifier,
	[ZM_SPF_QUALIFIED_MODIFIER] = ZM_RULE_qualified_modifier,
	[ZM_SPF_MODIFIER_AS_MECHANISM] = ZM_RULE_modifier_as_mechanism,
	[ZM_SPF_DOMAIN_MISSING] = ZM_RULE_domain_spec_missing,
	[ZM_SPF_DOMAIN_INVALID] = ZM_RULE_domain_spec_invalid,
	[ZM_SPF_DOMAIN_IS_ADDRESS] = ZM_RULE_ip_literal_as_domain,
	[ZM_SPF_DOMAIN_NOT_ASCII] = ZM_RULE_non_ascii_domain,
	[ZM_SPF_MACRO_SYNTAX] = ZM_RULE_macro_syntax,
	[ZM_SPF_MACRO_EXP_ONLY] = ZM_RULE_macro_exp_only,
	[ZM_SPF_MACRO_IN_IP] = ZM_RULE_macro_in_ip,
	[ZM_SPF_IP_MISSING] = ZM_RULE_ip_invalid,
	[ZM_SPF_IP_INVALID] = ZM_RULE_ip_invalid,
	[ZM_SPF_IP_FAMILY] = ZM_RULE_ip_family_mismatch,
	[ZM_SPF_PREFIX_INVALID] = ZM_RULE_prefix_invalid,
	[ZM_SPF_DUAL_CIDR_SYNTAX] = ZM_RULE_dual_cidr_syntax,
	[ZM_SPF_CIDR_NOT_ALLOWED] = ZM_RULE_cidr_not_allowed,
	[ZM_SPF_ARGUMENT_ON_ALL] = ZM_RULE_argument_on_all,
	[ZM_SPF_DUPLICATE_MODIFIER] = ZM_RULE_duplicate_modifier,
	[ZM_SPF_BAD_BYTE] = ZM_RULE_unknown_mechanism,
};

_Static_assert(sizeof(rule_of_problem) / sizeof(rule_of_problem[0]) == ZM_SPF_BAD_BYTE + 1,
	       "every problem has its rule");

static bool has_control(const struct zm_spf_term *term)
{
	struct zm_str bad = zm_look_part(term, term->problem_at);
	return term->problem == ZM_SPF_BAD_BYTE && bad.len > 0 && (unsigned char)bad.data[0] < 128;
}

/* `~all;`, or a `;` that stands alone. */
static bool ends_in_punctuation(const struct zm_spf_term *term)
{
	struct zm_str bare = zm_look_stripped(term->text);
	return bare.len < term->text.len && !zm_look_has_punctuation(bare) &&
	       (bare.len == 0 || zm_look_is_term(bare));
}

static bool is_mechanism_with_equals_sign(const struct zm_spf_term *term)
{
	if (term->kind != ZM_SPF_OTHER_MODIFIER ||
	    (term->problem != ZM_SPF_GOOD && term->problem != ZM_SPF_QUALIFIED_MODIFIER)) {
		return false;
	}
	struct zm_str name = zm_look_part(term, term->name_at);
	return zm_look_is_mechanism(name) ||
	       (zm_look_is_ip_slip(name) && zm_look_family(term->value) != 0);
}

static bool is_ip_slip(const struct zm_spf_term *term)
{
	return term->problem == ZM_SPF_UNKNOWN_MECHANISM && term->has_separator &&
	       zm_look_is_ip_slip(zm_look_part(term, term->name_at)) &&
	       zm_look_family(term->value) != 0;
}

size_t zm_broken_rule(const struct zm_spf_term *term)
{
	struct zm_split split;
	if (is_mechanism_with_equals_sign(term)) {
		return ZM_RULE_mechanism_as_modifier;
	}
	if (zm_spf_is_sound(term)) {
		return rule_of_problem[term->problem];
	}
	if (has_control(term)) {
		return ZM_RULE_control_or_tab;
	}
	if (ends_in_punctuation(term)) {
		return ZM_RULE_trailing_punctuation;
	}
	if (zm_split_find(&split, term->text)) {
		return ZM_RULE_missing_space;
	}
	return is_ip_slip(term) ? ZM_RULE_ip_keyword_typo : rule_of_problem[term->problem];
}

bool zm_broken_is_mine(const struct zm_lint *lint, const struct zm_spf_term *term)
{
	return zm_broken_rule(term) == lint->rule &&
	       !zm_seams_part(lint->current->record->text, term->at);
}

/* RFC 7208 6: redirect= and exp= may stand once, broken ones counted. */
static bool has_twin(const struct zm_lint *lint, const struct zm_spf_term *term, struct zm_str text)
{
	struct zm_spf_term repaired;
	const struct zm_spf_record *spf = &lint->current->spf;
	zm_spf_parse_term(&repaired, text);
	for (size_t i = 0; zm_spf_is_modifier(&repaired) && i < spf->count; i++) {
		if (spf->term[i].kind == repaired.kind && spf->term[i].at.start != term->at.start) {
			return true;
		}
	}
	return false;
}

void zm_broken_rewrite(struct zm_lint *lint, struct zm_finding *finding,
		       const struct zm_spf_term *term, struct zm_str text)
{
	struct zm_str old = term->text;
	size_t least = old.len < text.len ? old.len : text.len;
	size_t head = 0;
	while (head < least && old.data[head] == text.data[head]) {
		head++;
	}
	size_t tail = 0;
	while (tail < least - head &&
	       old.data[old.len - 1 - tail] == text.data[text.len - 1 - tail]) {
		tail++;
	}
	zm_fix_replace(lint, finding, (struct zm_span){term->at.start + head, term->at.end - tail},
		       zm_str_sub(text, head, text.len - tail));
}

void zm_broken_repair(struct zm_lint *lint, struct zm_finding *finding,
		      const struct zm_spf_term *term, struct zm_str text)
{
	if (!zm_look_is_repair(text) || has_twin(lint, term, text)) {
		return;
	}
	struct zm_str shown = zm_look_short(lint->arena, text);
	zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "write %.*s", ZM_STR_ARG(shown));
	zm_broken_rewrite(lint, finding, term, text);
}
