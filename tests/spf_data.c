#include "spf_data.h"

#include <stdlib.h>

enum { RECORDS_MAX = 256, CNAMES_MAX = 10 };

struct zm_str zm_yaml_text(const yaml_node_t *node)
{
	if (node == NULL || node->type != YAML_SCALAR_NODE) {
		return (struct zm_str){0};
	}
	struct zm_str text = {(const char *)node->data.scalar.value, node->data.scalar.length};
	bool is_null = node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
		       (zm_str_eq(text, ZM_STR("~")) || zm_str_eq_nocase(text, ZM_STR("null")));
	return is_null ? (struct zm_str){0} : text;
}

yaml_node_t *zm_yaml_get(yaml_document_t *document, const yaml_node_t *mapping, const char *key)
{
	if (mapping == NULL || mapping->type != YAML_MAPPING_NODE) {
		return NULL;
	}
	for (yaml_node_pair_t *pair = mapping->data.mapping.pairs.start;
	     pair < mapping->data.mapping.pairs.top; pair++) {
		yaml_node_t *name = yaml_document_get_node(document, pair->key);
		if (zm_str_eq(zm_yaml_text(name), zm_str_from(key))) {
			return yaml_document_get_node(document, pair->value);
		}
	}
	return NULL;
}

/* ---- Values ---- */

/* What is being gathered for one question. */
struct gathering {
	yaml_document_t *document;
	struct zm_arena *arena;
	struct zm_question question;
	struct zm_answer_record *record;
	size_t count;
	bool exists;
	bool times_out;
	struct zm_name cname;
};

static yaml_node_t *item(const struct gathering *g, const yaml_node_t *list, size_t i)
{
	yaml_node_item_t *first = list->data.sequence.items.start;
	bool is_there = list->type == YAML_SEQUENCE_NODE &&
			i < (size_t)(list->data.sequence.items.top - first);
	return is_there ? yaml_document_get_node(g->document, first[i]) : NULL;
}

static struct zm_name read_name(const struct gathering *g, struct zm_str text)
{
	struct zm_name_buf buf;
	const char *why;
	if (!zm_name_from_domain(&buf, text, &why)) {
		return (struct zm_name){0};
	}
	return zm_name_copy(g->arena, zm_name_of(&buf));
}

static struct zm_str join(const struct gathering *g, const yaml_node_t *value)
{
	struct zm_str text = zm_yaml_text(value);
	for (size_t i = 0; item(g, value, i) != NULL; i++) {
		struct zm_str part = zm_yaml_text(item(g, value, i));
		text = zm_arena_printf(g->arena, "%.*s%.*s", ZM_STR_ARG(text), ZM_STR_ARG(part));
	}
	return text;
}

static bool read_value(const struct gathering *g, struct zm_answer_record *record,
		       const yaml_node_t *value)
{
	uint64_t preference = 0;
	switch (g->question.type) {
	case ZM_ASK_A:
		return zm_ip4_parse(&record->ip, zm_yaml_text(value));
	case ZM_ASK_AAAA:
		return zm_ip6_parse(&record->ip, zm_yaml_text(value));
	case ZM_ASK_TXT:
		record->text = join(g, value);
		return true;
	case ZM_ASK_MX:
		zm_str_number(zm_yaml_text(item(g, value, 0)), UINT16_MAX, &preference);
		record->preference = (uint16_t)preference;
		record->name = read_name(g, zm_yaml_text(item(g, value, 1)));
		return zm_name_is_set(record->name);
	default:
		record->name = read_name(g, zm_yaml_text(value));
		return zm_name_is_set(record->name);
	}
}

/* ---- Entries ---- */

static void add_value(struct gathering *g, const yaml_node_t *value)
{
	struct zm_answer_record record = {0};
	struct zm_str text = zm_yaml_text(value);
	if (zm_str_eq(text, ZM_STR("TIMEOUT"))) {
		g->times_out = true;
	} else if (zm_str_eq(text, ZM_STR("NONE")) || g->count == RECORDS_MAX) {
		return;
	} else if (read_value(g, &record, value)) {
		g->record[g->count++] = record;
	}
}

/* `TYPE: value`, or the word TIMEOUT. */
static void add_entry(struct gathering *g, const yaml_node_t *entry, const char *type)
{
	yaml_node_t *value = zm_yaml_get(g->document, entry, type);
	yaml_node_t *cname = zm_yaml_get(g->document, entry, "CNAME");
	if (zm_str_eq(zm_yaml_text(entry), ZM_STR("TIMEOUT"))) {
		g->times_out = true;
	}
	if (cname != NULL) {
		g->cname = read_name(g, zm_yaml_text(cname));
	}
	if (value != NULL) {
		add_value(g, value);
	}
}

/* The type under which a name publishes what is asked for: SPF is TXT where no TXT is. */
static const char *type_of(const struct gathering *g, const yaml_node_t *entries)
{
	const char *type = zm_ask_name(g->question.type);
	if (g->question.type != ZM_ASK_TXT) {
		return type;
	}
	for (size_t i = 0; item(g, entries, i) != NULL; i++) {
		if (zm_yaml_get(g->document, item(g, entries, i), "TXT") != NULL) {
			return type;
		}
	}
	return "SPF";
}

static void gather(struct gathering *g, const yaml_node_t *zonedata)
{
	for (yaml_node_pair_t *pair = zonedata->data.mapping.pairs.start;
	     pair < zonedata->data.mapping.pairs.top; pair++) {
		yaml_node_t *key = yaml_document_get_node(g->document, pair->key);
		yaml_node_t *entries = yaml_document_get_node(g->document, pair->value);
		struct zm_name name = read_name(g, zm_yaml_text(key));
		if (!zm_name_is_set(name) || !zm_name_eq(name, g->question.name)) {
			continue;
		}
		g->exists = true;
		const char *type = type_of(g, entries);
		for (size_t i = 0; item(g, entries, i) != NULL; i++) {
			add_entry(g, item(g, entries, i), type);
		}
	}
}

static void finish(const struct gathering *g, struct zm_answer *answer)
{
	answer->record = g->record;
	answer->count = g->count;
	if (g->count > 0) {
		answer->status = ZM_ANSWER_FOUND;
	} else if (g->times_out) {
		answer->status = ZM_ANSWER_ERROR;
	} else {
		answer->status = g->exists ? ZM_ANSWER_NO_DATA : ZM_ANSWER_NO_NAME;
	}
}

static void ask(void *ctx, struct zm_arena *arena, const struct zm_question *question,
		struct zm_answer *answer)
{
	const struct zm_spf_data *data = ctx;
	struct zm_question next = *question;
	*answer = (struct zm_answer){.status = ZM_ANSWER_NO_NAME};
	for (size_t i = 0; i <= CNAMES_MAX && data->zonedata != NULL; i++) {
		struct gathering g = {.document = data->document, .arena = arena, .question = next};
		g.record = zm_arena_array(arena, RECORDS_MAX, sizeof(*g.record));
		gather(&g, data->zonedata);
		finish(&g, answer);
		if (g.count > 0 || !zm_name_is_set(g.cname)) {
			return;
		}
		next.name = g.cname;
	}
}

struct zm_resolver zm_spf_data_resolver(struct zm_spf_data *data)
{
	return (struct zm_resolver){.ctx = data, .ask = ask};
}
