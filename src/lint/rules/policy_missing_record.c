/* policy-missing-record: the policy's spf.names lists a name that has no SPF record. */
#include "lint/lint.h"

/* What the policy wants there; data NULL: it does not say, or this name makes no record of it. */
static struct zm_str wanted_record(struct zm_lint *lint, struct zm_name owner)
{
	const struct zm_policy_spf *spf = &lint->view->spf;
	struct zm_str text = spf->exactly.text.data != NULL ? spf->exactly.text : spf->missing.text;
	struct zm_spf_record record;
	if (text.data == NULL) {
		return text;
	}
	text = zm_policy_written(lint->arena, text, lint->zone->origin, owner);
	zm_spf_parse(&record, lint->arena, text);
	return record.valid ? text : (struct zm_str){0};
}

/* The owner's name in the record that stands for it, or that record's type where it has none. */
static struct zm_span place_of(const struct zm_record *record)
{
	bool written = record->owner_at.start < record->owner_at.end;
	return written ? record->owner_at : record->type_at;
}

static void check(struct zm_lint *lint, const struct zm_lint_owner *owner)
{
	if (!owner->must_have || owner->spf_count > 0 || lint->is_garbled) {
		return;
	}
	const struct zm_policy_spf *spf = &lint->view->spf;
	const struct zm_record *anchor = owner->anchor != NULL ? owner->anchor : lint->zone->soa;
	struct zm_str name = zm_name_text(lint->arena, owner->name);
	struct zm_str text = wanted_record(lint, owner->name);
	struct zm_finding *finding = zm_lint_report_at(
		lint, anchor->source, place_of(anchor), "%.*s has no SPF record%s",
		ZM_STR_ARG(name), owner->count > 0 ? " that receivers take for one" : "");
	finding->entry = zm_lint_entry_of(anchor);
	finding->policy = spf->names.place;
	/* A record that was meant to be SPF is to be mended; another beside it would be one too
	 * many. Beside names that one directive makes, a line for each would be nobody's wish. */
	if (owner->count == 0 && text.data != NULL && anchor->source->made_by == NULL) {
		zm_finding_fix(lint, finding, ZM_FIX_POLICY, "insert %.*s", ZM_STR_ARG(text));
		zm_fix_add(
			lint, finding,
			(struct zm_op){.kind = ZM_OP_INSERT, .owner = owner->name, .text = text});
	}
}

const struct zm_rule zm_rule_policy_missing_record = {.on_owner = check};
