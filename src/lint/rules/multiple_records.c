/*
 * multiple-records: with more than one SPF record at a name a receiver answers permerror (RFC 7208
 * 4.5).
 *
 *	v=spf1 mx include:a.example -all
 *	v=spf1 include:a.example a ~all      become      v=spf1 mx include:a.example a ~all
 *
 * The merged record has the terms of all, in order of place: mechanisms, one `all`, what stood
 * behind an `all` and was not reached, modifiers.
 */
#include "base/buf.h"
#include "lint/lint.h"
#include "lint/lookups.h"

/* Nobody writes more by hand; it bounds what comparing each with each costs. */
enum { MERGE_TERMS_MAX = 400 };

struct terms {
	const struct zm_spf_term *item[MERGE_TERMS_MAX];
	size_t count;
};

struct merge {
	struct terms reached;
	struct terms unreached; /* they stood behind an `all` */
	struct terms modifiers;
	const struct zm_spf_term *all; /* the most lenient one */
	bool some_redirect;            /* a record without `all` goes on elsewhere */
	const char *conflict;          /* why no merged record says what all of them say; NULL as
					  long as nothing contradicts */
};

static const struct zm_spf_term *find_target(const struct terms *terms,
					     const struct zm_spf_term *term)
{
	for (size_t i = 0; i < terms->count; i++) {
		if (zm_spf_same_target(terms->item[i], term)) {
			return terms->item[i];
		}
	}
	return NULL;
}

static const struct zm_spf_term *find_kind(const struct terms *terms, enum zm_spf_kind kind)
{
	for (size_t i = 0; i < terms->count; i++) {
		if (terms->item[i]->kind == kind) {
			return terms->item[i];
		}
	}
	return NULL;
}

static void add(struct merge *merge, struct terms *terms, const struct zm_spf_term *term)
{
	if (terms->count == MERGE_TERMS_MAX) {
		merge->conflict = "they have too many terms";
		return;
	}
	terms->item[terms->count++] = term;
}

/* The same term with two qualifiers says two things, and only their authors know which is meant. */
static void add_mechanism(struct merge *merge, const struct zm_spf_term *term)
{
	const struct zm_spf_term *known = find_target(&merge->reached, term);
	if (known == NULL) {
		add(merge, &merge->reached, term);
	} else if (known->qualifier != term->qualifier) {
		merge->conflict = "the same term stands there with two qualifiers";
	}
}

/* RFC 7208 6: redirect= and exp= may stand once. */
static void add_modifier(struct merge *merge, const struct zm_spf_term *term)
{
	if (find_target(&merge->modifiers, term) != NULL) {
		return;
	}
	if (term->kind != ZM_SPF_OTHER_MODIFIER &&
	    find_kind(&merge->modifiers, term->kind) != NULL) {
		merge->conflict = term->kind == ZM_SPF_EXP ? "each has another exp="
							   : "each has another redirect=";
	}
	add(merge, &merge->modifiers, term);
}

static int leniency(const struct zm_spf_term *all)
{
	switch (all->qualifier) {
	case '+':
		return 3;
	case '?':
		return 2;
	case '~':
		return 1;
	default:
		return 0;
	}
}

static void add_record(struct merge *merge, const struct zm_spf_record *spf)
{
	for (size_t i = 0; i < spf->count; i++) {
		const struct zm_spf_term *term = &spf->term[i];
		if (zm_spf_is_modifier(term)) {
			add_modifier(merge, term);
		} else if (spf->all != NULL && term > spf->all) {
			add(merge, &merge->unreached, term);
		} else if (term->kind != ZM_SPF_ALL) {
			add_mechanism(merge, term);
		} else if (merge->all == NULL || leniency(term) > leniency(merge->all)) {
			merge->all = term;
		}
	}
	merge->some_redirect = merge->some_redirect || (spf->redirect != NULL && spf->all == NULL);
}

/* An `all` beside a redirect= silences it (6.1), and one that lets everybody pass is no repair. */
static const char *find_conflict(const struct merge *merge, const struct zm_policy_text *policy)
{
	if (merge->conflict != NULL || merge->all == NULL) {
		return merge->conflict;
	}
	if (merge->some_redirect) {
		return "one has redirect=, another all";
	}
	bool passes_all = policy->text.data == NULL && merge->all->qualifier == '+';
	return passes_all ? "the outcome would let every sender pass" : NULL;
}

/* What ends the record; nothing where none had an `all` and the policy has no word on it. */
static struct zm_str choose_all(const struct merge *merge, const struct zm_policy_text *policy)
{
	if (merge->some_redirect) {
		return ZM_STR("");
	}
	if (policy->text.data != NULL) {
		return policy->text;
	}
	return merge->all == NULL ? ZM_STR("") : merge->all->text;
}

static void write_text(struct zm_buf *out, struct zm_str text)
{
	if (text.len > 0) {
		zm_buf_add_char(out, ' ');
		zm_buf_add(out, text);
	}
}

static void write_terms(struct zm_buf *out, const struct terms *terms)
{
	for (size_t i = 0; i < terms->count; i++) {
		write_text(out, terms->item[i]->text);
	}
}

static struct zm_str write_record(struct zm_arena *arena, const struct merge *merge,
				  const struct zm_policy_text *policy)
{
	struct zm_buf out = {0};
	struct terms left = {.count = 0};
	for (size_t i = 0; i < merge->unreached.count; i++) {
		const struct zm_spf_term *term = merge->unreached.item[i];
		bool repeats = term->kind == ZM_SPF_ALL ||
			       find_target(&merge->reached, term) != NULL ||
			       find_target(&left, term) != NULL;
		if (!repeats) {
			left.item[left.count++] = term;
		}
	}
	zm_buf_add(&out, ZM_STR("v=spf1"));
	write_terms(&out, &merge->reached);
	write_text(&out, choose_all(merge, policy));
	write_terms(&out, &left);
	write_terms(&out, &merge->modifiers);
	struct zm_str text = zm_arena_copy(arena, zm_buf_str(&out));
	zm_buf_release(&out);
	return text;
}

/* ---- Copies ---- */

static bool says_the_same(const struct zm_spf_record *a, const struct zm_spf_record *b)
{
	if (zm_str_eq(a->text, b->text)) {
		return true;
	}
	bool same = a->valid && b->valid && a->count == b->count;
	for (size_t i = 0; same && i < a->count; i++) {
		same = zm_spf_same_target(&a->term[i], &b->term[i]) &&
		       a->term[i].qualifier == b->term[i].qualifier;
	}
	return same;
}

/* The SPF record after `i`, or count. */
static size_t next_spf(const struct zm_lint_owner *owner, size_t i)
{
	do {
		i++;
	} while (i < owner->count && !owner->record[i].is_spf);
	return i;
}

static size_t first_spf(const struct zm_lint_owner *owner)
{
	return owner->record[0].is_spf ? 0 : next_spf(owner, 0);
}

static bool all_say_the_same(const struct zm_lint_owner *owner)
{
	size_t first = first_spf(owner);
	for (size_t i = next_spf(owner, first); i < owner->count; i = next_spf(owner, i)) {
		if (!says_the_same(&owner->record[first].spf, &owner->record[i].spf)) {
			return false;
		}
	}
	return true;
}

/* ---- */

static void delete_others(struct zm_lint *lint, const struct zm_lint_owner *owner,
			  struct zm_finding *finding)
{
	for (size_t i = next_spf(owner, first_spf(owner)); i < owner->count;
	     i = next_spf(owner, i)) {
		zm_fix_add(lint, finding,
			   (struct zm_op){.kind = ZM_OP_DELETE, .record = owner->record[i].record});
	}
}

/* NULL: `merge` holds all records of the owner; else why they cannot be merged. */
static const char *merge_records(struct merge *merge, const struct zm_lint_owner *owner,
				 const struct zm_policy_text *policy)
{
	for (size_t i = first_spf(owner); i < owner->count; i = next_spf(owner, i)) {
		if (!owner->record[i].spf.valid) {
			return "one has an error, which comes first";
		}
	}
	for (size_t i = first_spf(owner); i < owner->count && merge->conflict == NULL;
	     i = next_spf(owner, i)) {
		add_record(merge, &owner->record[i].spf);
	}
	return find_conflict(merge, policy);
}

static void offer_merge(struct zm_lint *lint, const struct zm_lint_owner *owner,
			struct zm_finding *finding)
{
	const struct zm_policy_text *policy = &lint->view->spf.all;
	struct merge merge = {.conflict = NULL};
	const char *conflict = merge_records(&merge, owner, policy);
	if (conflict != NULL) {
		finding->message = zm_arena_printf(lint->arena, "%.*s; merge them by hand: %s",
						   ZM_STR_ARG(finding->message), conflict);
		return;
	}
	struct zm_str text = write_record(lint->arena, &merge, policy);
	size_t lookups = zm_lookups_of(lint, text);
	if (lookups > zm_lookups_limit(lint)) {
		finding->message = zm_arena_printf(lint->arena,
						   "%.*s; merge them by hand: together they need "
						   "%zu DNS lookups, the limit is "
						   "%zu",
						   ZM_STR_ARG(finding->message), lookups,
						   zm_lookups_limit(lint));
		return;
	}
	zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "merge them into %.*s", ZM_STR_ARG(text));
	zm_fix_add(lint, finding,
		   (struct zm_op){.kind = ZM_OP_REWRITE,
				  .record = owner->record[first_spf(owner)].record,
				  .text = text});
	delete_others(lint, owner, finding);
}

static void check(struct zm_lint *lint, const struct zm_lint_owner *owner)
{
	if (owner->spf_count < 2) {
		return;
	}
	bool copies = all_say_the_same(owner);
	struct zm_str name = zm_name_text(lint->arena, owner->name);
	struct zm_finding *finding = zm_lint_report_record(
		lint, owner->record[next_spf(owner, first_spf(owner))].record,
		"%.*s has %zu SPF records%s", ZM_STR_ARG(name), owner->spf_count,
		copies ? " that say the same" : ", which receivers answer with permerror");
	if (copies) {
		zm_finding_fix(lint, finding, ZM_FIX_SAFE, "keep the first");
		delete_others(lint, owner, finding);
	} else {
		offer_merge(lint, owner, finding);
	}
}

const struct zm_rule zm_rule_multiple_records = {.on_owner = check};
