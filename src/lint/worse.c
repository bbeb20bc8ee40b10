#include "lint/worse.h"

#include "base/buf.h"
#include "lint/lookups.h"
#include "lint/reach.h"
#include "zone/whole/names.h"

#include <string.h>

enum { CHANGES_MAX = 256 }; /* of one record, that are looked at */

/* What a receiver makes of a text. */
struct effect {
	size_t lookups;
	bool is_lost; /* an include or redirect leads to where there surely is no record */
	bool is_open; /* an address lets everybody pass */
};

struct judging {
	struct zm_lint *lint;
	struct zm_arena arena;
	const struct zm_lint_record *record;
	size_t limit;
	size_t first; /* finding */
	struct effect before;
	const struct zm_op *op[CHANGES_MAX]; /* by place */
	size_t count;
};

/* ---- A text and its effect ---- */

/* Whether `*.above`, for a name above, may answer for it (RFC 4592). */
static bool has_wildcard(const struct zm_zone *zone, struct zm_name name)
{
	for (struct zm_name at = name; at.len > zone->origin.len; at = zm_name_parent(at)) {
		struct zm_name_buf star = {.wire = {1, '*'}};
		struct zm_name above = zm_name_parent(at);
		if (above.len + 2 > ZM_NAME_MAX) {
			continue;
		}
		memcpy(star.wire + 2, above.wire, above.len);
		star.len = (uint8_t)(above.len + 2);
		if (zm_names_kinds(zone->names, zm_name_of(&star)) != 0) {
			return true;
		}
	}
	return false;
}

/* Whether nothing but the zone's own texts can answer for the name: no alias, no wildcard, no other
 * server. */
static bool is_answered_here(const struct zm_lint *lint, struct zm_name name)
{
	struct zm_name_path path;
	zm_name_split(&path, name);
	const struct zm_zone *zone = zm_set_authority(lint->set, lint->zone, &path);
	if (zone == NULL || !zone->complete) {
		return false;
	}
	unsigned kinds = zm_names_kinds(zone->names, name);
	bool is_alias = (kinds & ZM_KIND_CNAME) != 0;
	bool is_cut_off = zm_name_is_set(zm_names_cut(zone->names, zone->origin, name));
	return !is_alias && !is_cut_off && (kinds != 0 || !has_wildcard(zone, name));
}

static bool is_lost(const struct zm_lint *lint, struct zm_arena *arena,
		    const struct zm_spf_term *term)
{
	struct zm_name_buf name;
	const struct zm_record *record;
	if (!zm_lookups_name(&name, term)) {
		return false;
	}
	if (zm_name_eq(zm_name_of(&name), lint->owner->name)) {
		return true;
	}
	enum zm_set_answer answer = zm_lookups_target(&record, lint, arena, term);
	return answer == ZM_SET_SEVERAL ||
	       (answer == ZM_SET_NONE && is_answered_here(lint, zm_name_of(&name)));
}

static bool is_open(const struct zm_spf_term *term)
{
	bool is_address = term->kind == ZM_SPF_IP4 || term->kind == ZM_SPF_IP6;
	return is_address && term->problem == ZM_SPF_GOOD && term->qualifier == '+' &&
	       zm_spf_prefix(term) == 0;
}

static struct effect effect_of(struct judging *j, struct zm_str text)
{
	struct zm_spf_record spf;
	struct effect effect = {0};
	if (!zm_spf_is_record(text)) {
		return effect;
	}
	zm_spf_parse(&spf, &j->arena, text);
	effect.lookups = zm_lookups_of(j->lint, text);
	for (size_t i = 0; i < zm_reach_terms(&spf); i++) {
		effect.is_lost = effect.is_lost || is_lost(j->lint, &j->arena, &spf.term[i]);
		effect.is_open = effect.is_open || is_open(&spf.term[i]);
	}
	return effect;
}

/* Why that is worse than what there is, a phrase; empty: it is not. */
static struct zm_str why_worse(struct judging *j, struct zm_str text)
{
	struct zm_arena *arena = j->lint->arena;
	const struct effect after = effect_of(j, text);
	if (after.lookups > j->limit && after.lookups > j->before.lookups) {
		return zm_arena_printf(arena,
				       "the record would need %zu DNS lookups, the limit is %zu",
				       after.lookups, j->limit);
	}
	if (after.is_lost && !j->before.is_lost) {
		return ZM_STR("the record would lead to itself, or to a name that has no SPF "
			      "record or several");
	}
	return after.is_open && !j->before.is_open ? ZM_STR("everybody would pass") : ZM_STR("");
}

/* ---- Changes ---- */

static void add_op(struct judging *j, const struct zm_op *op)
{
	if (j->count == CHANGES_MAX) {
		return;
	}
	size_t at = j->count++;
	for (; at > 0 && j->op[at - 1]->at.start > op->at.start; at--) {
		j->op[at] = j->op[at - 1];
	}
	j->op[at] = op;
}

static bool add_fix(struct judging *j, const struct zm_fix *fix)
{
	for (size_t i = 0; i < fix->count; i++) {
		const struct zm_op *op = &fix->op[i];
		if (op->kind != ZM_OP_REPLACE || !zm_record_is(op->record, j->record->record)) {
			return false;
		}
	}
	for (size_t i = 0; i < fix->count; i++) {
		add_op(j, &fix->op[i]);
	}
	return fix->count > 0;
}

/* The text with the changes; what overlaps is left out, as a fix leaves it for its next round. */
static struct zm_str changed_text(struct judging *j)
{
	struct zm_str text = j->record->text;
	struct zm_buf out = {0};
	size_t at = 0;
	for (size_t i = 0; i < j->count; i++) {
		const struct zm_op *op = j->op[i];
		if (op->at.start >= at) {
			zm_buf_add(&out, zm_str_sub(text, at, op->at.start));
			zm_buf_add(&out, op->text);
			at = op->at.end;
		}
	}
	zm_buf_add(&out, zm_str_sub(text, at, text.len));
	struct zm_str changed = zm_arena_copy(&j->arena, zm_buf_str(&out));
	zm_buf_release(&out);
	j->count = 0;
	return changed;
}

/* ---- Findings ---- */

static void withhold(struct judging *j, struct zm_finding *finding, struct zm_str why)
{
	finding->fix = (struct zm_fix){.safety = ZM_FIX_NONE};
	finding->message = zm_arena_printf(j->lint->arena, "%.*s; mend it by hand: %.*s",
					   ZM_STR_ARG(finding->message), ZM_STR_ARG(why));
}

static bool is_of_stage(const struct zm_finding *finding, enum zm_stage stage)
{
	return finding->fix.safety != ZM_FIX_NONE && zm_rule_info[finding->rule].stage == stage;
}

static void judge_each(struct judging *j)
{
	const struct zm_findings *findings = j->lint->findings;
	for (size_t i = j->first; i < findings->count; i++) {
		struct zm_finding *finding = findings->item[i];
		if (finding->fix.safety == ZM_FIX_NONE || !add_fix(j, &finding->fix)) {
			continue;
		}
		struct zm_str why = why_worse(j, changed_text(j));
		if (why.len > 0) {
			withhold(j, finding, why);
		}
	}
}

/* One that writes the record anew is done alone. */
static void judge_rewrites(struct judging *j)
{
	const struct zm_findings *findings = j->lint->findings;
	for (size_t i = j->first; i < findings->count; i++) {
		struct zm_finding *finding = findings->item[i];
		bool rewrites = finding->fix.safety != ZM_FIX_NONE && finding->fix.count == 1 &&
				finding->fix.op[0].kind == ZM_OP_REWRITE;
		struct zm_str why = rewrites ? why_worse(j, finding->fix.op[0].text) : ZM_STR("");
		if (why.len > 0) {
			withhold(j, finding, why);
		}
	}
}

/* Those of one stage are done together. */
static void judge_stage(struct judging *j, enum zm_stage stage)
{
	const struct zm_findings *findings = j->lint->findings;
	size_t fixes = 0;
	for (size_t i = j->first; i < findings->count; i++) {
		const struct zm_finding *finding = findings->item[i];
		fixes += is_of_stage(finding, stage) && add_fix(j, &finding->fix);
	}
	struct zm_str why = fixes > 1 ? why_worse(j, changed_text(j)) : ZM_STR("");
	j->count = 0;
	for (size_t i = j->first; why.len > 0 && i < findings->count; i++) {
		struct zm_finding *finding = findings->item[i];
		if (is_of_stage(finding, stage) && add_fix(j, &finding->fix) &&
		    effect_of(j, changed_text(j)).lookups > j->before.lookups) {
			withhold(j, finding, why);
		}
	}
}

static bool any_fix(const struct zm_findings *findings, size_t first)
{
	bool any = false;
	for (size_t i = first; i < findings->count; i++) {
		any = any || findings->item[i]->fix.safety != ZM_FIX_NONE;
	}
	return any;
}

void zm_withhold_worse(struct zm_lint *lint, const struct zm_lint_record *record, size_t before)
{
	if (!any_fix(lint->findings, before)) {
		return;
	}
	struct judging j = {
		.lint = lint,
		.record = record,
		.limit = zm_lookups_limit(lint),
		.first = before,
	};
	j.before = effect_of(&j, record->text);
	judge_each(&j);
	judge_rewrites(&j);
	for (size_t stage = 0; stage < ZM_STAGE_SERIAL; stage++) {
		judge_stage(&j, (enum zm_stage)stage);
	}
	zm_arena_release(&j.arena);
}
