#include "policy/layer.h"

static bool has_ceiling(const struct zm_policy_spf *spf)
{
	for (size_t i = 0; i < ZM_CEILINGS; i++) {
		if (spf->ceiling[i].place.file != NULL) {
			return true;
		}
	}
	return false;
}

bool zm_policy_asks_nothing(const struct zm_policy_spf *spf)
{
	return !has_ceiling(spf) && spf->names.place.file == NULL &&
	       spf->require.place.file == NULL && spf->forbid.place.file == NULL &&
	       spf->missing.text.data == NULL && spf->exactly.text.data == NULL &&
	       spf->all.text.data == NULL;
}

static bool holds(const struct zm_policy_pattern *item, size_t count, struct zm_str text)
{
	for (size_t i = 0; i < count; i++) {
		if (zm_str_eq_nocase(item[i].pattern.text, text)) {
			return true;
		}
	}
	return false;
}

/* Both lists in one, what is in both once, at its older place. */
static void add_patterns(struct zm_arena *arena, struct zm_policy_patterns *older,
			 const struct zm_policy_patterns *newer)
{
	struct zm_policy_pattern *item =
		zm_arena_array(arena, older->count + newer->count, sizeof(*item));
	size_t count = 0;
	for (size_t i = 0; i < older->count; i++) {
		item[count++] = older->item[i];
	}
	for (size_t i = 0; i < newer->count; i++) {
		if (!holds(item, count, newer->item[i].pattern.text)) {
			item[count++] = newer->item[i];
		}
	}
	*older = (struct zm_policy_patterns){item, count, newer->place};
}

static void merge_patterns(struct zm_arena *arena, struct zm_policy_patterns *older,
			   const struct zm_policy_patterns *newer, bool adds)
{
	if (newer->place.file == NULL) {
		return;
	}
	if (adds) {
		add_patterns(arena, older, newer);
	} else {
		*older = *newer;
	}
}

static void merge_text(struct zm_policy_text *older, const struct zm_policy_text *newer)
{
	if (newer->text.data != NULL) {
		*older = *newer;
	}
}

static void merge_number(struct zm_policy_number *older, const struct zm_policy_number *newer)
{
	if (newer->place.file != NULL) {
		*older = *newer;
	}
}

/* `exactly` and the parts of a record are two ways to ask: the later one voids the earlier. Only
 * within one layer do they contradict each other. */
static void void_other_way(struct zm_policy_spf *spf, const struct zm_policy_spf *newer)
{
	if (newer->exactly.text.data != NULL) {
		struct zm_policy_spf kept = {.names = spf->names};
		for (size_t i = 0; i < ZM_CEILINGS; i++) {
			kept.ceiling[i] = spf->ceiling[i];
		}
		*spf = kept;
	} else if (newer->require.place.file != NULL || newer->missing.text.data != NULL) {
		spf->exactly = (struct zm_policy_text){0};
	}
}

static void merge_spf(struct zm_policy_spf *spf, struct zm_arena *arena,
		      const struct zm_policy_spf *newer, bool adds)
{
	void_other_way(spf, newer);
	if (newer->names.place.file != NULL) {
		spf->names = newer->names;
	}
	merge_patterns(arena, &spf->require, &newer->require, adds);
	merge_patterns(arena, &spf->forbid, &newer->forbid, adds);
	merge_text(&spf->missing, &newer->missing);
	merge_text(&spf->exactly, &newer->exactly);
	merge_text(&spf->all, &newer->all);
	for (size_t i = 0; i < ZM_CEILINGS; i++) {
		merge_number(&spf->ceiling[i], &newer->ceiling[i]);
	}
	/* A default that is older than a required term knew nothing of it. */
	if (newer->require.place.file != NULL && newer->missing.text.data == NULL) {
		zm_policy_complete(spf, arena, spf->require.count);
	}
}

static void merge_serial(struct zm_policy_serial *older, const struct zm_policy_serial *newer)
{
	if (newer->style_place.file != NULL) {
		older->style = newer->style;
		older->style_place = newer->style_place;
	}
	merge_text(&older->timezone, &newer->timezone);
	merge_number(&older->first, &newer->first);
}

static void merge_rules(struct zm_policy_view *view, struct zm_arena *arena, size_t count,
			const struct zm_policy_says *says)
{
	struct zm_policy_rule *rule = zm_arena_array(arena, count, sizeof(*rule));
	for (size_t i = 0; i < count; i++) {
		rule[i] = view->rule[i];
	}
	for (size_t i = 0; i < says->settings; i++) {
		rule[says->setting[i].rule] = says->setting[i].value;
	}
	view->rule = rule;
}

static void merge_numbers(struct zm_policy_view *view, struct zm_arena *arena, size_t count,
			  const struct zm_policy_says *says)
{
	struct zm_policy_number *number = zm_arena_array(arena, count, sizeof(*number));
	for (size_t i = 0; i < count; i++) {
		number[i] = view->setting[i];
	}
	for (size_t i = 0; i < says->numbers; i++) {
		number[says->number[i].setting] = says->number[i].value;
	}
	view->setting = number;
}

void zm_policy_merge(struct zm_policy_view *view, struct zm_arena *arena,
		     const struct zm_catalogue *catalogue, const struct zm_policy_says *says,
		     bool adds)
{
	merge_spf(&view->spf, arena, &says->spf, adds);
	merge_serial(&view->serial, &says->serial);
	if (says->settings > 0) {
		merge_rules(view, arena, catalogue->count, says);
	}
	if (says->numbers > 0) {
		merge_numbers(view, arena, catalogue->settings, says);
	}
}
