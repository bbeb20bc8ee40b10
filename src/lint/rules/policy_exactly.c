/* policy-exactly: the policy says, word for word, what the record shall be. */
#include "lint/lint.h"
#include "lint/rules/look.h"

/* Case, final dots, a written `+` and blanks apart. */
static bool says_the_same(const struct zm_spf_record *a, const struct zm_spf_record *b)
{
	bool same = a->count == b->count;
	for (size_t i = 0; same && i < a->count; i++) {
		same = zm_spf_same_target(&a->term[i], &b->term[i]) &&
		       a->term[i].qualifier == b->term[i].qualifier;
	}
	return same;
}

static void check(struct zm_lint *lint, const struct zm_spf_record *spf)
{
	const struct zm_policy_text *exactly = &lint->view->spf.exactly;
	const struct zm_lint_owner *owner = lint->owner;
	if (!owner->must_have || owner->spf_count != 1 || exactly->text.data == NULL) {
		return;
	}
	struct zm_spf_record wanted;
	struct zm_str text =
		zm_policy_written(lint->arena, exactly->text, lint->zone->origin, owner->name);
	zm_spf_parse(&wanted, lint->arena, text);
	if (says_the_same(spf, &wanted)) {
		return;
	}
	struct zm_str name = zm_name_text(lint->arena, owner->name);
	struct zm_str shown = zm_look_short(lint->arena, text);
	struct zm_finding *finding = zm_lint_report(lint, (struct zm_span){0, spf->text.len},
						    "SPF record of %.*s is not %.*s",
						    ZM_STR_ARG(name), ZM_STR_ARG(shown));
	finding->policy = exactly->place;
	if (!wanted.valid) { /* a placeholder's name makes no record of it */
		return;
	}
	zm_finding_fix(lint, finding, ZM_FIX_POLICY, "write %.*s", ZM_STR_ARG(text));
	zm_fix_add(lint, finding,
		   (struct zm_op){
			   .kind = ZM_OP_REWRITE, .record = lint->current->record, .text = text});
}

const struct zm_rule zm_rule_policy_exactly = {.on_record = check};
