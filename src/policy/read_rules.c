/* read_rules: `rules:`, severities and the settings that some rules have. */
#include "policy/fault.h"
#include "policy/kind.h"
#include "policy/layer.h"

const char *const zm_policy_severities[] = {"off", "info", "warning", "error", NULL};

/* Where the values of one rule go. */
struct target {
	size_t rule;
	struct zm_policy_rule *severity;
	struct zm_policy_set_number *number;
	size_t *numbers;
};

/* What YAML 1.1 takes for the same as `off`, and what its tools write instead of it. */
static bool is_off_otherwise(struct zm_str text)
{
	return zm_str_eq_nocase(text, ZM_STR("no")) || zm_str_eq_nocase(text, ZM_STR("false"));
}

static bool read_severity(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct target *target = into;
	target->severity->place = value->place;
	if (zm_severity_parse(&target->severity->severity, value->text)) {
		return true;
	}
	const char *meant =
		is_off_otherwise(value->text)
			? "; did you mean \"off\"?"
			: zm_policy_suggest(r->arena, value->text, zm_policy_severities, 4);
	return zm_policy_fail(r->faults, value->place, "unknown severity %s%s",
			      zm_policy_quote(r->arena, value->text), meant);
}

static bool read_setting(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct target *target = into;
	struct zm_policy_set_number *number = &target->number[(*target->numbers)++];
	number->setting = r->key->index;
	return zm_policy_read_number(r, value, &number->value);
}

/* The keys of one rule: its severity, and what the catalogue has for it. */
static struct zm_policy_keys keys_of(struct zm_policy_reader *r, size_t rule, const char *where)
{
	const struct zm_catalogue *catalogue = r->catalogue;
	struct zm_policy_key *key = zm_arena_array(r->arena, catalogue->settings + 1, sizeof(*key));
	size_t count = 0;
	key[count++] = (struct zm_policy_key){
		.name = "severity", .form = "severity: warning", .read = read_severity};
	for (size_t i = 0; i < catalogue->settings; i++) {
		const struct zm_catalogue_setting *setting = &catalogue->setting[i];
		if (setting->rule != rule) {
			continue;
		}
		key[count++] = (struct zm_policy_key){
			.name = setting->name,
			.form = zm_arena_printf(r->arena, "%s: %llu", setting->name,
						(unsigned long long)setting->value)
					.data,
			.read = read_setting,
			.shape = ZM_SHAPE_NUMBER,
			.min = setting->min,
			.max = setting->max,
			.index = i,
		};
	}
	return (struct zm_policy_keys){
		"rule", where, "a severity such as warning, or {severity: warning}", key, count};
}

static bool read_rule(struct zm_policy_reader *r, const struct zm_yaml_node *value,
		      struct target *target)
{
	static const struct zm_policy_key severity = {.name = "severity"};
	if (value->kind == ZM_YAML_TEXT) {
		r->key = &severity;
		return zm_policy_wants_text(r, value, "off, info, warning or error") &&
		       read_severity(r, value, target);
	}
	const char *name = zm_policy_quote(r->arena, value->key->text);
	const char *where = zm_arena_printf(r->arena, " in %s", name).data;
	struct zm_policy_keys keys = keys_of(r, target->rule, where);
	if (!zm_policy_read_keys(r, value, &keys, target)) {
		return false;
	}
	return value->count > 0 ||
	       zm_policy_fail(r->faults, value->place,
			      "%s has no severity; write {severity: warning}", name);
}

static bool find_rule(struct zm_policy_reader *r, const struct zm_yaml_node *key, size_t *rule)
{
	const struct zm_catalogue *catalogue = r->catalogue;
	for (*rule = 0; *rule < catalogue->count; (*rule)++) {
		if (zm_str_eq(key->text, zm_str_from(catalogue->name[*rule]))) {
			return true;
		}
	}
	return zm_policy_fail(
		r->faults, key->place, "unknown rule %s%s", zm_policy_quote(r->arena, key->text),
		zm_policy_suggest(r->arena, key->text, catalogue->name, catalogue->count));
}

/* A rule of which only a setting is said keeps its severity. */
static void keep_severity(struct zm_policy_says *says, struct zm_policy_setting *setting,
			  const struct zm_policy_setting *read)
{
	if (read->value.place.file != NULL) {
		setting[says->settings++] = *read;
	}
}

bool zm_policy_read_rules(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			  struct zm_policy_says *says)
{
	struct zm_policy_setting *setting =
		zm_arena_array(r->arena, value->count, sizeof(*setting));
	struct zm_policy_set_number *number =
		zm_arena_array(r->arena, r->catalogue->settings, sizeof(*number));
	bool good = true;
	for (const struct zm_yaml_node *m = value->first; m != NULL; m = m->next) {
		struct zm_policy_setting read = {0};
		struct target target = {0, &read.value, number, &says->numbers};
		good = find_rule(r, m->key, &target.rule) && read_rule(r, m, &target) && good;
		read.rule = target.rule;
		keep_severity(says, setting, &read);
	}
	says->setting = setting;
	says->number = number;
	return good;
}
