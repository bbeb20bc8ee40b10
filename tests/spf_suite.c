#include "spf_suite.h"

#include "base/file.h"
#include "spf/eval.h"
#include "spf_data.h"

#include <CUnit/CUnit.h>

#include <stdio.h>
#include <string.h>

enum { DOCUMENTS_MAX = 1000, CASES_MAX = 20000 };

/* One test, and the CUnit test that runs it. */
struct spf_case {
	CU_pTest test;
	struct zm_spf_data *data;
	const yaml_node_t *fields;
};

static struct zm_arena memory;
static struct spf_case cases[CASES_MAX];
static size_t case_count;

/* ---- One test ---- */

static const struct spf_case *current_case(void)
{
	for (size_t i = 0; i < case_count; i++) {
		if (cases[i].test == CU_get_current_test()) {
			return &cases[i];
		}
	}
	return NULL;
}

static yaml_node_t *field(const struct spf_case *c, const char *name)
{
	return zm_yaml_get(c->data->document, c->fields, name);
}

static bool is_expected_result(const struct spf_case *c, const char *result)
{
	yaml_node_t *want = field(c, "result");
	struct zm_str got = zm_str_from(result);
	if (want == NULL || want->type != YAML_SEQUENCE_NODE) {
		return zm_str_eq_nocase(zm_yaml_text(want), got);
	}
	for (yaml_node_item_t *item = want->data.sequence.items.start;
	     item < want->data.sequence.items.top; item++) {
		yaml_node_t *one = yaml_document_get_node(c->data->document, *item);
		if (zm_str_eq_nocase(zm_yaml_text(one), got)) {
			return true;
		}
	}
	return false;
}

static bool is_expected_text(const struct spf_case *c, const struct zm_spf_outcome *outcome)
{
	yaml_node_t *want = field(c, "explanation");
	struct zm_str text = zm_yaml_text(want);
	if (want == NULL || text.len == 0) {
		return true;
	}
	bool is_default = zm_str_eq(text, ZM_STR("DEFAULT"));
	return zm_str_eq(outcome->explanation, is_default ? (struct zm_str){0} : text);
}

static void complain(const struct spf_case *c, const struct zm_spf_outcome *outcome)
{
	struct zm_str result = zm_yaml_text(field(c, "result"));
	struct zm_str text = zm_yaml_text(field(c, "explanation"));
	printf("\n  is   %s [%.*s] %.*s\n  not  %.*s [%.*s]\n", zm_spf_result_name(outcome->result),
	       ZM_STR_ARG(outcome->explanation), ZM_STR_ARG(outcome->why), ZM_STR_ARG(result),
	       ZM_STR_ARG(text));
}

static void run_case(void)
{
	const struct spf_case *c = current_case();
	struct zm_arena arena = {0};
	struct zm_str host = zm_yaml_text(field(c, "host"));
	struct zm_spf_client client = {.sender = zm_yaml_text(field(c, "mailfrom")),
				       .helo = zm_yaml_text(field(c, "helo")),
				       .receiver = zm_yaml_text(field(c, "receiver")),
				       .trace = true};
	bool good = zm_ip4_parse(&client.ip, host) || zm_ip6_parse(&client.ip, host);
	CU_ASSERT_FATAL(good);
	struct zm_resolver resolver = zm_spf_data_resolver(c->data);
	const struct zm_spf_outcome *outcome = zm_spf_check_host(&arena, &client, &resolver);
	good = is_expected_result(c, zm_spf_result_name(outcome->result)) &&
	       is_expected_text(c, outcome);
	if (!good) {
		complain(c, outcome);
	}
	CU_ASSERT(good);
	zm_arena_release(&arena);
}

/* ---- One document ---- */

static void release_document(void *document)
{
	yaml_document_delete(document);
}

static void add_case(CU_pSuite suite, struct zm_spf_data *data, const yaml_node_pair_t *pair)
{
	struct zm_str name = zm_yaml_text(yaml_document_get_node(data->document, pair->key));
	if (case_count < CASES_MAX) {
		struct zm_str copy = zm_arena_copy(&memory, name);
		cases[case_count++] = (struct spf_case){
			.test = CU_add_test(suite, copy.data, run_case),
			.data = data,
			.fields = yaml_document_get_node(data->document, pair->value),
		};
	}
}

static void add_document(yaml_document_t *document, const char *path)
{
	yaml_node_t *root = yaml_document_get_root_node(document);
	yaml_node_t *tests = zm_yaml_get(document, root, "tests");
	yaml_node_t *description = zm_yaml_get(document, root, "description");
	struct zm_spf_data *data = zm_arena_alloc(&memory, sizeof(*data));
	data->document = document;
	data->zonedata = zm_yaml_get(document, root, "zonedata");
	if (data->zonedata != NULL && data->zonedata->type != YAML_MAPPING_NODE) {
		data->zonedata = NULL;
	}
	if (tests == NULL || tests->type != YAML_MAPPING_NODE) {
		return;
	}
	const char *file = strrchr(path, '/') == NULL ? path : strrchr(path, '/') + 1;
	struct zm_str name =
		zm_arena_printf(&memory, "%s: %.*s", file, ZM_STR_ARG(zm_yaml_text(description)));
	CU_pSuite suite = CU_add_suite(name.data, NULL, NULL);
	for (yaml_node_pair_t *pair = tests->data.mapping.pairs.start;
	     pair < tests->data.mapping.pairs.top && suite != NULL; pair++) {
		add_case(suite, data, pair);
	}
}

/* ---- One file ---- */

static bool add_documents(yaml_parser_t *parser, const char *path, struct zm_error *err)
{
	for (size_t i = 0; i < DOCUMENTS_MAX; i++) {
		yaml_document_t *document = zm_arena_alloc(&memory, sizeof(*document));
		if (!yaml_parser_load(parser, document)) {
			return zm_error_set(err, "%s:%zu: %s", path, parser->problem_mark.line + 1,
					    parser->problem);
		}
		zm_arena_defer(&memory, release_document, document);
		if (yaml_document_get_root_node(document) == NULL) {
			return true;
		}
		add_document(document, path);
	}
	return true;
}

bool zm_spf_suite_add(const char *path, struct zm_error *err)
{
	struct zm_file file;
	yaml_parser_t parser;
	if (!zm_file_read(&file, &memory, path, 0, err)) {
		return false;
	}
	if (!yaml_parser_initialize(&parser)) {
		return zm_error_set(err, "%s: cannot start the YAML parser", path);
	}
	yaml_parser_set_input_string(&parser, (const unsigned char *)file.bytes.data,
				     file.bytes.len);
	bool good = add_documents(&parser, path, err);
	yaml_parser_delete(&parser);
	return good;
}

void zm_spf_suite_release(void)
{
	zm_arena_release(&memory);
	case_count = 0;
}
