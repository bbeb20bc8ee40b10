/* check_lists: what the entries of one file's lists take away from each other. */
#include "policy/fault.h"
#include "policy/layer.h"

/* ---- zones ---- */

/* Whether `later` holds a pattern that matches all that `pattern` does. A star of the pattern is
 * matched by none but a star. */
static bool covers_pattern(const struct zm_policy_entry *later, struct zm_str pattern)
{
	for (size_t i = 0; i < later->matches; i++) {
		if (zm_str_matches(pattern, later->match[i])) {
			return true;
		}
	}
	return false;
}

static bool same_globs(const struct zm_policy_globs *a, const struct zm_policy_globs *b)
{
	bool same = a->count == b->count;
	for (size_t i = 0; same && i < a->count; i++) {
		same = zm_str_eq(a->item[i].text, b->item[i].text);
	}
	return same;
}

/* Whether `later` applies wherever `entry` does. Of patterns over paths only equal ones are taken
 * to cover each other. */
static bool covers(const struct zm_policy_entry *later, const struct zm_policy_entry *entry)
{
	if (later->file.count > 0 && !same_globs(&later->file, &entry->file)) {
		return false;
	}
	if (later->match != NULL && entry->match == NULL) {
		return false;
	}
	for (size_t i = 0; later->match != NULL && i < entry->matches; i++) {
		if (!covers_pattern(later, entry->match[i])) {
			return false;
		}
	}
	return true;
}

static bool is_set(struct zm_policy_place place)
{
	return place.file != NULL;
}

/* Whether what `older` says of records is all said anew, or made void by the other way to ask. */
static bool replaces_spf(const struct zm_policy_spf *later, const struct zm_policy_spf *older)
{
	bool exactly = later->exactly.text.data != NULL;
	bool parts = is_set(later->require.place) || later->missing.text.data != NULL;
	bool ceilings = true;
	for (size_t i = 0; i < ZM_CEILINGS; i++) {
		ceilings = ceilings &&
			   (!is_set(older->ceiling[i].place) || is_set(later->ceiling[i].place));
	}
	return ceilings && (!is_set(older->names.place) || is_set(later->names.place)) &&
	       (!is_set(older->require.place) || exactly || is_set(later->require.place)) &&
	       (!is_set(older->forbid.place) || exactly || is_set(later->forbid.place)) &&
	       (older->missing.text.data == NULL || exactly || later->missing.text.data != NULL) &&
	       (older->exactly.text.data == NULL || exactly || parts) &&
	       (older->all.text.data == NULL || exactly || later->all.text.data != NULL);
}

static bool has_setting(const struct zm_policy_says *says, size_t rule)
{
	for (size_t i = 0; i < says->settings; i++) {
		if (says->setting[i].rule == rule) {
			return true;
		}
	}
	return false;
}

static bool has_number(const struct zm_policy_says *says, size_t setting)
{
	for (size_t i = 0; i < says->numbers; i++) {
		if (says->number[i].setting == setting) {
			return true;
		}
	}
	return false;
}

static bool replaces_serial(const struct zm_policy_serial *later,
			    const struct zm_policy_serial *older)
{
	return (!is_set(older->style_place) || is_set(later->style_place)) &&
	       (!is_set(older->timezone.place) || is_set(later->timezone.place)) &&
	       (!is_set(older->first.place) || is_set(later->first.place));
}

static bool replaces(const struct zm_policy_entry *later, const struct zm_policy_entry *older)
{
	bool all = older->origin.text.data == NULL || later->origin.text.data != NULL;
	for (size_t i = 0; i < older->says.settings; i++) {
		all = all && has_setting(&later->says, older->says.setting[i].rule);
	}
	for (size_t i = 0; i < older->says.numbers; i++) {
		all = all && has_number(&later->says, older->says.number[i].setting);
	}
	return all && replaces_spf(&later->says.spf, &older->says.spf) &&
	       replaces_serial(&later->says.serial, &older->says.serial);
}

/* Of thousands of entries only so many are compared with each other. */
enum { COMPARED_MAX = 512 };

static bool check_zones(const struct zm_policy_layer *layer, struct zm_policy_faults *faults)
{
	bool good = true;
	for (size_t i = 0; i < layer->entries && layer->entries <= COMPARED_MAX; i++) {
		const struct zm_policy_entry *entry = &layer->entry[i];
		size_t j = i + 1;
		while (j < layer->entries &&
		       !(covers(&layer->entry[j], entry) && replaces(&layer->entry[j], entry))) {
			j++;
		}
		if (j < layer->entries) {
			good = zm_policy_fail(faults, entry->place,
					      "this entry has no effect: the one in line %zu comes "
					      "later, covers it and sets all that it sets; put the "
					      "narrower one last",
					      layer->entry[j].place.line);
		}
	}
	return good;
}

/* ---- expect ---- */

static bool is_same_sender(const struct zm_policy_expect *a, const struct zm_policy_expect *b)
{
	return zm_str_eq(a->zone, b->zone) && zm_str_eq_nocase(a->sender, b->sender) &&
	       zm_str_eq_nocase(a->helo, b->helo) && zm_ip_eq(a->ip, b->ip);
}

static bool check_expects(const struct zm_policy_layer *layer, struct zm_policy_faults *faults)
{
	bool good = true;
	for (size_t i = 1; i < layer->expects && layer->expects <= COMPARED_MAX; i++) {
		const struct zm_policy_expect *expect = &layer->expect[i];
		size_t j = 0;
		while (j < i && !is_same_sender(&layer->expect[j], expect)) {
			j++;
		}
		if (j < i && !zm_str_eq(layer->expect[j].result, expect->result)) {
			good = zm_policy_fail(faults, expect->place,
					      "expects %.*s of a sender of whom line %zu expects "
					      "%.*s",
					      ZM_STR_ARG(expect->result),
					      layer->expect[j].place.line,
					      ZM_STR_ARG(layer->expect[j].result));
		}
	}
	return good;
}

bool zm_policy_check_lists(const struct zm_policy_layer *layer, struct zm_policy_faults *faults)
{
	bool good = check_zones(layer, faults);
	return check_expects(layer, faults) && good;
}
