#include "policy/layer.h"

bool zm_policy_asks_nothing(const struct zm_policy_spf *spf)
{
	return spf->names.place.file == NULL && spf->require.place.file == NULL &&
	       spf->forbid.place.file == NULL && spf->missing.text.data == NULL &&
	       spf->exactly.text.data == NULL && spf->all.text.data == NULL;
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

/* `exactly` and the parts of a record are two ways to ask: the later one voids the earlier. Only
 * within one layer do they contradict each other. */
static void void_other_way(struct zm_policy_spf *spf, const struct zm_policy_spf *newer)
{
	if (newer->exactly.text.data != NULL) {
		*spf = (struct zm_policy_spf){.names = spf->names};
	} else if (newer->require.place.file != NULL || newer->missing.text.data != NULL) {
		spf->exactly = (struct zm_policy_text){0};
	}
}

void zm_policy_merge(struct zm_policy_view *view, struct zm_arena *arena,
		     const struct zm_catalogue *catalogue, const struct zm_policy_says *says,
		     bool adds)
{
	struct zm_policy_spf *spf = &view->spf;
	void_other_way(spf, &says->spf);
	if (says->spf.names.place.file != NULL) {
		spf->names = says->spf.names;
	}
	merge_patterns(arena, &spf->require, &says->spf.require, adds);
	merge_patterns(arena, &spf->forbid, &says->spf.forbid, adds);
	merge_text(&spf->missing, &says->spf.missing);
	merge_text(&spf->exactly, &says->spf.exactly);
	merge_text(&spf->all, &says->spf.all);
	if (says->settings == 0) {
		return;
	}
	struct zm_policy_rule *rule = zm_arena_array(arena, catalogue->count, sizeof(*rule));
	for (size_t i = 0; i < catalogue->count; i++) {
		rule[i] = view->rule[i];
	}
	for (size_t i = 0; i < says->settings; i++) {
		rule[says->setting[i].rule] = says->setting[i].value;
	}
	view->rule = rule;
}
