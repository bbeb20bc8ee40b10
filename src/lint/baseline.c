#include "lint/baseline.h"

#include "lint/owners.h"
#include "policy/fault.h"
#include "policy/yaml.h"

#include <stdlib.h>

#define HEADER                                                                                     \
	"# Findings that `zonemend check --baseline` lets be. Written by zonemend: with both\n"    \
	"# --baseline and --write-baseline what has been mended is taken out.\n"

/* ---- Keys ---- */

static struct zm_str escape(struct zm_arena *arena, struct zm_str text)
{
	struct zm_buf out = {0};
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];
		if (c < ' ' || c > '~' || c == '\\') {
			zm_buf_printf(&out, "\\%03u", c);
		} else {
			zm_buf_add_char(&out, (char)c);
		}
	}
	struct zm_str escaped = zm_arena_copy(arena, zm_buf_str(&out));
	zm_buf_release(&out);
	return escaped;
}

static struct zm_baseline_entry entry_of(struct zm_arena *arena, const struct zm_finding *finding)
{
	struct zm_baseline_entry entry = {
		.rule = zm_str_from(zm_rule_info[finding->rule].name),
		.zone = zm_name_text(arena, finding->zone->origin),
		.count = 1,
	};
	if (zm_name_is_set(finding->owner)) {
		entry.owner = zm_name_text(arena, finding->owner);
	}
	/* No other TXT value may leave the zone. */
	if (finding->record != NULL && zm_lint_is_meant_record(finding->record)) {
		entry.record = escape(arena, finding->record->text->bytes);
	}
	/* What is let be is this serial, not the next one that is forgotten. */
	if (zm_rule_info[finding->rule].stage == ZM_STAGE_SERIAL) {
		entry.record = zm_arena_printf(arena, "serial %u",
					       (unsigned)finding->record->soa_data->serial);
	}
	return entry;
}

static int compare(const void *a, const void *b)
{
	const struct zm_baseline_entry *x = a;
	const struct zm_baseline_entry *y = b;
	int order = zm_str_compare(x->zone, y->zone);
	order = order != 0 ? order : zm_str_compare(x->owner, y->owner);
	order = order != 0 ? order : zm_str_compare(x->rule, y->rule);
	return order != 0 ? order : zm_str_compare(x->record, y->record);
}

static void add_entry(struct zm_baseline *baseline, struct zm_baseline_entry entry)
{
	baseline->item = zm_arena_grow(baseline->arena, baseline->item, baseline->count,
				       &baseline->capacity, sizeof(*baseline->item));
	baseline->item[baseline->count++] = entry;
}

void zm_baseline_add(struct zm_baseline *baseline, const struct zm_finding *finding)
{
	add_entry(baseline, entry_of(baseline->arena, finding));
}

void zm_baseline_settle(struct zm_baseline *baseline)
{
	if (baseline->count > 1) {
		qsort(baseline->item, baseline->count, sizeof(*baseline->item), compare);
	}
	size_t kept = 0;
	for (size_t i = 0; i < baseline->count; i++) {
		if (kept > 0 && compare(&baseline->item[kept - 1], &baseline->item[i]) == 0) {
			baseline->item[kept - 1].count += baseline->item[i].count;
		} else {
			baseline->item[kept++] = baseline->item[i];
		}
	}
	baseline->count = kept;
}

bool zm_baseline_lets(struct zm_baseline *baseline, const struct zm_finding *finding)
{
	struct zm_arena scratch = {0};
	struct zm_baseline_entry key = entry_of(&scratch, finding);
	struct zm_baseline_entry *entry =
		baseline->count == 0
			? NULL
			: bsearch(&key, baseline->item, baseline->count, sizeof(key), compare);
	zm_arena_release(&scratch);
	if (entry == NULL || entry->used == entry->count) {
		return false;
	}
	entry->used++;
	return true;
}

/* ---- Reading ---- */

struct reader {
	struct zm_baseline *baseline;
	struct zm_policy_faults *faults;
};

static bool read_member(struct reader *r, const struct zm_yaml_node *node,
			struct zm_baseline_entry *entry)
{
	static const char *const known[] = {"rule", "zone", "owner", "record", "count"};
	struct zm_str *const text[] = {&entry->rule, &entry->zone, &entry->owner, &entry->record};
	struct zm_str key = node->key->text;
	if (node->kind != ZM_YAML_TEXT) {
		return zm_policy_fail(r->faults, node->place, "a text belongs here");
	}
	for (size_t i = 0; i < 4; i++) {
		if (zm_str_eq(key, zm_str_from(known[i]))) {
			*text[i] = node->text;
			return true;
		}
	}
	if (!zm_str_eq(key, ZM_STR("count"))) {
		return zm_policy_fail(r->faults, node->key->place, "unknown key %s%s",
				      zm_policy_quote(r->baseline->arena, key),
				      zm_policy_suggest(r->baseline->arena, key, known, 5));
	}
	bool good = zm_str_number(node->text, UINT32_MAX, &entry->count) && entry->count > 0;
	return good || zm_policy_fail(r->faults, node->place, "count is a number from 1 on");
}

static bool is_rule(struct reader *r, const struct zm_yaml_node *node, struct zm_str rule)
{
	const struct zm_catalogue *known = &zm_rule_catalogue;
	for (size_t i = 0; i < known->count; i++) {
		if (zm_str_eq(rule, zm_str_from(known->name[i]))) {
			return true;
		}
	}
	return zm_policy_fail(
		r->faults, node->place, "unknown rule %s%s",
		zm_policy_quote(r->baseline->arena, rule),
		zm_policy_suggest(r->baseline->arena, rule, known->name, known->count));
}

static bool read_entry(struct reader *r, const struct zm_yaml_node *node)
{
	struct zm_baseline_entry entry = {.count = 1, .line = node->place.line};
	if (node->kind != ZM_YAML_MAPPING) {
		return zm_policy_fail(r->faults, node->place, "a finding has rule, zone and owner");
	}
	bool good = true;
	for (const struct zm_yaml_node *m = node->first; m != NULL; m = m->next) {
		good = read_member(r, m, &entry) && good;
	}
	if (good && (entry.rule.len == 0 || entry.zone.len == 0)) {
		return zm_policy_fail(r->faults, node->place, "a finding has a rule and a zone");
	}
	add_entry(r->baseline, entry);
	return good && is_rule(r, node, entry.rule);
}

static bool read_findings(struct reader *r, const struct zm_yaml_node *list)
{
	if (list->kind != ZM_YAML_LIST) {
		return zm_policy_fail(r->faults, list->place, "findings is a list");
	}
	bool good = true;
	for (const struct zm_yaml_node *i = list->first; i != NULL; i = i->next) {
		good = read_entry(r, i) && good;
	}
	return good;
}

static bool read_root(struct reader *r, const struct zm_yaml_node *root)
{
	const struct zm_yaml_node *version = root->first;
	bool is_mapping = root->kind == ZM_YAML_MAPPING && version != NULL;
	bool has_version = is_mapping && zm_str_eq(version->key->text, ZM_STR("version")) &&
			   zm_str_eq(version->text, ZM_STR("1"));
	if (!has_version) {
		return zm_policy_fail(r->faults, root->place,
				      "a baseline begins with \"version: 1\"");
	}
	const struct zm_yaml_node *list = version->next;
	if (list == NULL || !zm_str_eq(list->key->text, ZM_STR("findings")) || list->next != NULL) {
		return zm_policy_fail(r->faults, root->place,
				      "a baseline has version and findings, nothing else");
	}
	return read_findings(r, list);
}

bool zm_baseline_read(struct zm_baseline *baseline, struct zm_arena *arena, const char *file,
		      struct zm_str bytes, struct zm_policy_faults *faults)
{
	const struct zm_yaml_file yaml = {file, bytes, ZM_BASELINE_BYTES_MAX, "baseline"};
	struct reader reader = {baseline, faults};
	*baseline = (struct zm_baseline){.arena = arena};
	*faults = (struct zm_policy_faults){.arena = arena};
	const struct zm_yaml_node *root = zm_yaml_parse(arena, &yaml, faults);
	bool good = root != NULL && read_root(&reader, root);
	zm_baseline_settle(baseline);
	return good;
}

/* ---- Writing ---- */

/* What zonemend takes from a zone is printable ASCII; a person may have written more. */
static void add_text(struct zm_buf *out, const char *key, struct zm_str text)
{
	if (text.len == 0) {
		return;
	}
	zm_buf_printf(out, "    %s: \"", key);
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];
		if (c < ' ' || c == 0x7F) {
			zm_buf_printf(out, "\\x%02x", c);
			continue;
		}
		zm_buf_add(out, c == '"' || c == '\\' ? ZM_STR("\\") : ZM_STR(""));
		zm_buf_add_char(out, (char)c);
	}
	zm_buf_add(out, ZM_STR("\"\n"));
}

void zm_baseline_write(struct zm_buf *out, const struct zm_baseline *baseline)
{
	zm_buf_add(out, ZM_STR(HEADER "version: 1\n"));
	zm_buf_add(out, baseline->count == 0 ? ZM_STR("findings: []\n") : ZM_STR("findings:\n"));
	for (size_t i = 0; i < baseline->count; i++) {
		const struct zm_baseline_entry *entry = &baseline->item[i];
		zm_buf_printf(out, "  - rule: %.*s\n", ZM_STR_ARG(entry->rule));
		add_text(out, "zone", entry->zone);
		add_text(out, "owner", entry->owner);
		add_text(out, "record", entry->record);
		if (entry->count > 1) {
			zm_buf_printf(out, "    count: %llu\n", (unsigned long long)entry->count);
		}
	}
}

bool zm_baseline_is(struct zm_str bytes)
{
	return zm_str_starts(bytes, ZM_STR("# Findings that `zonemend check --baseline`"));
}
