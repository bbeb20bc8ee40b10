#include "lintkit.h"

#include "base/buf.h"
#include "fix/edit.h"
#include "test.h"
#include "zone/load.h"

#include <stdio.h>
#include <string.h>

/* The frame that named wants of a zone; the serial is none that a rule minds. */
#define FRAME                                                                                      \
	"$TTL 3600\n@ IN SOA ns1 hostmaster 2026112300 7200 900 1209600 3600\n@ IN NS "            \
	"ns.example.org.\n"
#define MAIL "@ IN MX 10 mail\n"

static struct zm_zone *load(struct zm_kit *kit, const char *name, struct zm_str text)
{
	struct zm_source *source = zm_arena_alloc(&kit->arena, sizeof(*source));
	*source = (struct zm_source){.name = name, .bytes = text};
	struct zm_load_options options = {.keep = zm_lint_keeps(kit->policy)};
	return zm_zone_load(&kit->arena, source, &options);
}

static struct zm_policy *read_policy(struct zm_kit *kit, const char *policy)
{
	struct zm_policy_faults faults;
	struct zm_policy *read;
	if (policy == NULL || strchr(policy, ':') != NULL) {
		const char *yaml = policy == NULL ? "version: 1\n" : policy;
		const struct zm_policy_bytes bytes = {"zonemend.yaml", zm_str_from(yaml)};
		read = zm_policy_parse(&kit->arena, &zm_rule_catalogue, &bytes, &faults);
	} else {
		read = zm_policy_load(&kit->arena, &zm_rule_catalogue, policy, &faults);
	}
	if (read == NULL) {
		printf("\n%s\n", faults.text[0]);
	}
	CU_ASSERT_PTR_NOT_NULL_FATAL(read);
	return read;
}

void zm_kit_lint(struct zm_kit *kit, const struct zm_kit_case *c)
{
	*kit = (struct zm_kit){0};
	kit->policy = read_policy(kit, c->policy);
	kit->policy->now = ZM_KIT_NOW;
	zm_set_init(&kit->set, &kit->arena);
	struct zm_str text =
		zm_arena_printf(&kit->arena, "%s%s", c->whole ? "" : FRAME MAIL, c->zone);
	kit->zone = load(kit, "example.com.zone", text);
	zm_set_add(&kit->set, kit->zone);
	if (c->other != NULL) {
		text = zm_arena_printf(&kit->arena, FRAME "%s", c->other);
		zm_set_add(&kit->set, load(kit, "example.net.zone", text));
	}
	zm_lint_zone(&kit->findings, &kit->arena, kit->zone, &kit->set, kit->policy);
}

void zm_kit_release(struct zm_kit *kit)
{
	zm_arena_release(&kit->arena);
}

/* What all REPLACE operations of the fix make of a record's text. */
static struct zm_str replaced(struct zm_kit *kit, const struct zm_fix *fix,
			      const struct zm_record *record)
{
	struct zm_edits edits = {0};
	for (size_t i = 0; i < fix->count; i++) {
		if (fix->op[i].kind == ZM_OP_REPLACE && fix->op[i].record == record) {
			zm_edits_add(
				&edits, &kit->arena,
				(struct zm_edit){.at = fix->op[i].at, .text = fix->op[i].text});
		}
	}
	if (!zm_edits_settle(&edits)) {
		return ZM_STR("(operations that overlap)");
	}
	return zm_edits_apply(&edits, &kit->arena, record->text->bytes);
}

static bool is_first_of_record(const struct zm_fix *fix, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (fix->op[j].kind == ZM_OP_REPLACE && fix->op[j].record == fix->op[i].record) {
			return false;
		}
	}
	return true;
}

static void say_op(struct zm_kit *kit, struct zm_buf *out, const struct zm_fix *fix, size_t i)
{
	const struct zm_op *op = &fix->op[i];
	bool inserts = op->kind == ZM_OP_INSERT;
	struct zm_name owner = inserts ? op->owner : op->record->owner;
	struct zm_str text = op->text;
	char sign = '=';
	if (op->kind == ZM_OP_REPLACE) {
		if (!is_first_of_record(fix, i)) {
			return;
		}
		text = replaced(kit, fix, op->record);
	} else if (op->kind == ZM_OP_DELETE) {
		sign = '-';
		text = op->record->text->bytes;
	} else if (op->kind == ZM_OP_RESPLIT) {
		sign = '/';
		text = ZM_STR("");
	} else if (inserts) {
		sign = '+';
	}
	zm_buf_printf(out, "  %.*s %c %.*s\n", ZM_STR_ARG(zm_name_text(&kit->arena, owner)), sign,
		      ZM_STR_ARG(text));
}

static void say_finding(struct zm_kit *kit, struct zm_buf *out, const struct zm_finding *finding)
{
	const struct zm_fix *fix = &finding->fix;
	zm_buf_printf(out, "%.*s\n", ZM_STR_ARG(finding->message));
	if (fix->safety == ZM_FIX_NONE) {
		return;
	}
	zm_buf_printf(out, "  %s: %.*s\n", zm_safety_name(fix->safety), ZM_STR_ARG(fix->title));
	for (size_t i = 0; i < fix->count; i++) {
		say_op(kit, out, fix, i);
	}
}

struct zm_str zm_kit_say(struct zm_kit *kit, const char *rule)
{
	struct zm_buf out = {0};
	for (size_t i = 0; i < kit->findings.count; i++) {
		const struct zm_finding *finding = kit->findings.item[i];
		if (strcmp(zm_rule_info[finding->rule].name, rule) == 0) {
			say_finding(kit, &out, finding);
		}
	}
	struct zm_str said = zm_arena_copy(&kit->arena, zm_buf_str(&out));
	zm_buf_release(&out);
	return said;
}

void zm_kit_check(const char *rule, const struct zm_kit_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct zm_kit kit;
		zm_kit_lint(&kit, &cases[i]);
		zm_test_eq(zm_kit_say(&kit, rule), zm_str_from(cases[i].want), cases[i].zone);
		zm_kit_release(&kit);
	}
}
