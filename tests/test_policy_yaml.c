/* Policies that are wrong as YAML: what the author sees, and where. */
#include "test.h"

#include "base/buf.h"
#include "policy_help.h"

#define V1  "version: 1\n"
#define SPF V1 "spf:\n  "

struct broken {
	const char *yaml;
	const char *error;
};

static const struct broken broken[] = {
	{SPF "forbid: [? all]\n", "p.yaml:3:12: YAML read a mapping with the key \"all\" where a "
				  "text belongs; write forbid: "
				  "[-all]"},
	{V1 "spf: {all: ?all}\n",
	 "p.yaml:2:12: not valid YAML: did not find expected node content; a value or a bracket is "
	 "missing, or a text that begins with \"?\" or \":\" needs quotes"},
	{"", "p.yaml:1:1: the policy is empty; it begins with \"version: 1\""},
	{" \n# only a comment\n", "p.yaml:1:1: the policy is empty; it begins with \"version: 1\""},
	{"- version: 1\n",
	 "p.yaml:1:1: YAML read a list where a mapping belongs; write keys such as version: 1"},
	{"version\n", "p.yaml:1:1: YAML read the text \"version\" where a mapping belongs; write "
		      "keys such as version: 1"},
	{"version: 2\n", "p.yaml:1:10: version \"2\" is not supported; write version: 1"},
	{"version: one\n", "p.yaml:1:10: version \"one\" is not supported; write version: 1"},
	{"version: [1]\n", "p.yaml:1:10: YAML read a list where a text belongs; write version: 1"},
	{"version:\n", "p.yaml:1:9: YAML read no value where a text belongs; write version: 1"},
	{"description: no version\n", "p.yaml:1:1: \"version\" is missing; write version: 1"},
	{V1 "version: 1\n",
	 "p.yaml:2:1: \"version\" stands here for a second time; the first is in line 1"},
	{V1 "description: [a]\n", "p.yaml:2:14: YAML read a list where a text belongs; write "
				  "description: what the policy is for"},
	{V1 "description: ~\n", "p.yaml:2:14: YAML read \"~\" as no value where a text belongs; "
				"write description: what the policy is for"},
	{V1 "url: https://x.example/\001\n",
	 "p.yaml:2:24: control character 0x01, which no policy may hold: remove it"},
	{V1 "extends: recommended\n", "p.yaml:2:10: YAML read the text \"recommended\" where a "
				      "list belongs; write extends: [recommended]"},
	{V1 "extends: [~]\n", "p.yaml:2:11: YAML read \"~\" as no value where a text belongs; "
			      "write extends: [recommended]"},
	{V1 "spf: -all\n", "p.yaml:2:6: YAML read the text \"-all\" where a mapping belongs; write "
			   "spf: {require: [include:x.example]}"},
	{V1 "spf:\n", "p.yaml:2:5: YAML read no value where a mapping belongs; write spf: "
		      "{require: [include:x.example]}"},
	{V1 "spf: [require]\n", "p.yaml:2:6: YAML read a list where a mapping belongs; write spf: "
				"{require: [include:x.example]}"},
	{SPF "names: apex\n",
	 "p.yaml:3:10: YAML read the text \"apex\" where a list belongs; write names: [apex]"},
	{SPF "names: \"*\"\n",
	 "p.yaml:3:10: YAML read the text \"*\" where a list belongs; write names: [apex, mx]"},
	{V1 "extends: iclasspro\n", "p.yaml:2:10: YAML read the text \"iclasspro\" where a list "
				    "belongs; write extends: [iclasspro]"},
	{SPF "names: [a..example]\n",
	 "p.yaml:3:11: \"a..example\" is no domain name or pattern: empty label"},
	{SPF "names: [*.example]\n",
	 "p.yaml:3:12: not valid YAML: did not find expected alphabetic or numeric character; a "
	 "text that begins with \"*\" stands in quotes: \"*.example\""},
	{SPF "require: include:x.example\n",
	 "p.yaml:3:12: YAML read the text \"include:x.example\" where a list belongs; write "
	 "require: [include:x.example]"},
	{SPF "require: include: x.example\n",
	 "p.yaml:3:19: not valid YAML: mapping values are not allowed in this context; a \":\" "
	 "with a blank after it makes a mapping: write include:x without the blank, or the text in "
	 "quotes"},
	{SPF "require: [include: x.example]\n",
	 "p.yaml:3:13: YAML read a mapping with the key \"include\" where a text belongs; write "
	 "require: [include:x.example]"},
	{SPF "require:\n    - include: x.example\n",
	 "p.yaml:4:7: YAML read a mapping with the key \"include\" where a text belongs; write "
	 "require: [include:x.example]"},
	{SPF "forbid: -all\n",
	 "p.yaml:3:11: YAML read the text \"-all\" where a list belongs; write forbid: [-all]"},
	{SPF "forbid: - all\n",
	 "p.yaml:3:11: not valid YAML: block sequence entries are not allowed in this context; a "
	 "\"-\" with a blank after it makes a list item: write -all without the blank"},
	{SPF "forbid:\n    - - all\n",
	 "p.yaml:4:7: YAML read a list where a text belongs; write forbid: [-all]"},
	{SPF "forbid: [~]\n",
	 "p.yaml:3:12: YAML read \"~\" as no value where a text belongs; write forbid: [-all]"},
	{SPF "forbid:\n",
	 "p.yaml:3:10: YAML read no value where a list belongs; write forbid: [-all]"},
	{SPF "forbid: [-all\n", "p.yaml:4:1: not valid YAML: did not find expected ',' or ']'; the "
				"list is not closed by \"]\""},
	{SPF "forbid: {-all: x}\n", "p.yaml:3:11: YAML read a mapping with the key \"-all\" where "
				    "a list belongs; write forbid: [-all]"},
	{SPF "all: -\n",
	 "p.yaml:3:8: not valid YAML: block sequence entries are not allowed in this context; a "
	 "\"-\" with a blank after it makes a list item: write -all without the blank"},
	{SPF "all: ~\n", "p.yaml:3:8: YAML read \"~\" as no value where a text belongs; write all: "
			 "~all, without a blank"},
	{SPF "all: [~all]\n",
	 "p.yaml:3:8: YAML read a list where a text belongs; write all: ~all, without a blank"},
	{SPF "default: ~\n", "p.yaml:3:12: YAML read \"~\" as no value where a text belongs; write "
			     "default: \"v=spf1 include:x.example ~all\""},
	{SPF "default: \"v=spf1 mx ~all\n", "p.yaml:4:1: not valid YAML: found unexpected end of "
					    "stream; the closing quote is missing"},
	{SPF "default: v=spf1 include: x ~all\n",
	 "p.yaml:3:26: not valid YAML: mapping values are not allowed in this context; a \":\" "
	 "with a blank after it makes a mapping: write include:x without the blank, or the text in "
	 "quotes"},
	{SPF "exactly: [v=spf1]\n", "p.yaml:3:12: YAML read a list where a text belongs; write "
				    "exactly: \"v=spf1 include:x.example ~all\""},
	{V1 "rules: {ptr-mechanism: }\n",
	 "p.yaml:2:24: YAML read no value where a text belongs; write off, info, warning or error"},
	{V1 "rules: {ptr-mechanism: [off]}\n",
	 "p.yaml:2:24: YAML read a list where a mapping belongs; write a severity such as warning, "
	 "or {severity: warning}"},
	{V1 "rules: [ptr-mechanism]\n", "p.yaml:2:8: YAML read a list where a mapping belongs; "
					"write rules: {ptr-mechanism: info}"},
	{V1 "rules:\n  ptr-mechanism: off\n  ptr-mechanism: info\n",
	 "p.yaml:4:3: \"ptr-mechanism\" stands here for a second time; the first is in line 3"},
	{V1 "zones: {match: x.example}\n",
	 "p.yaml:2:8: YAML read a mapping with the key \"match\" where a list belongs; write "
	 "zones: [{match: parked.example, spf: {...}}]"},
	{V1 "zones: [x.example]\n", "p.yaml:2:9: YAML read the text \"x.example\" where a mapping "
				    "belongs; write zones: [{match: parked.example, spf: {...}}]"},
	{V1 "zones: [{match: [], rules: {pass-all: off}}]\n",
	 "p.yaml:2:17: an empty match matches nothing"},
	{V1 "zones:\n  - match: *.example\n",
	 "p.yaml:3:13: not valid YAML: did not find expected alphabetic or numeric character; a "
	 "text that begins with \"*\" stands in quotes: \"*.example\""},
	{V1 "---\nversion: 1\n", "p.yaml:2:1: a second YAML document begins here; a policy is one"},
	{"%YAML 1.1\n---\nversion: 1\n", "p.yaml:1:1: a line that begins with \"%\" is a YAML "
					 "directive, which a policy has no use for"},
	{V1 "description: &a x\nurl: *a\n",
	 "p.yaml:2:14: YAML read an anchor here, which a policy has no use for; put a text that "
	 "begins with \"&\" in quotes"},
	{V1 "url: *a\n", "p.yaml:2:6: YAML read an alias here, which a policy has no use for; put "
			 "a text that begins with \"*\" in quotes"},
	{V1 "description: !!str x\n", "p.yaml:2:14: YAML read a tag here, which a policy has no "
				      "use for; put a text that begins with \"!\" in quotes"},
	{V1 "\tspf: {}\n",
	 "p.yaml:2:1: not valid YAML: found a tab character that violates indentation"},
	{V1 "spf:\n\tall: -all\n",
	 "p.yaml:3:1: not valid YAML: found character that cannot start any token; indent with "
	 "blanks, not tabs, and put a text that begins with @, % or ` in quotes"},
	{V1 "? [a]\n: b\n", "p.yaml:2:3: a key is a text, but YAML read a list"},
	{V1 "description: \377\n", "p.yaml:2:14: not a text in UTF-8: invalid leading UTF-8 octet"},
	{V1 "description: @x\n",
	 "p.yaml:2:14: not valid YAML: found character that cannot start any token; indent with "
	 "blanks, not tabs, and put a text that begins with @, % or ` in quotes"},
	{V1 "}\n", "p.yaml:2:1: not valid YAML: did not find expected key"},
	{V1 "spf: {\n",
	 "p.yaml:3:1: not valid YAML: did not find expected node content; a value or a bracket is "
	 "missing, or a text that begins with \"?\" or \":\" needs quotes"},
	{"\357\273\277verson: 1\n",
	 "p.yaml:1:4: unknown key \"verson\"; did you mean \"version\"?"},
	{"version: 1\r\nspfs: {}\r\n", "p.yaml:2:1: unknown key \"spfs\"; did you mean \"spf\"?"},
	{"$TTL 3600\n@ IN SOA a. b. (1 2 3 4 5)\n",
	 "p.yaml:1:1: YAML read the text \"$TTL 3600 @ IN SOA a. b. (1 2 3 4 5)\" where a mapping "
	 "belongs; write keys such as version: 1"},
	{V1 "description: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n",
	 "p.yaml:2:45: nested too deep, the limit is 32 levels"},
};

static void every_mistake_is_told_with_its_place(void)
{
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		struct zm_arena arena = {0};
		struct zm_error err;
		CU_ASSERT_PTR_NULL(zm_test_policy(&arena, broken[i].yaml, &err));
		zm_test_eq(zm_str_from(err.text), zm_str_from(broken[i].error), broken[i].yaml);
		zm_arena_release(&arena);
	}
}

/* `head`, then `body` again and again up to `size` bytes: the error, in short time or the suite
 * stands still. */
static void expect_large(const char *head, const char *body, size_t size, const char *error)
{
	struct zm_arena arena = {0};
	struct zm_error err = {0};
	struct zm_buf buf = {0};
	zm_buf_add(&buf, zm_str_from(head));
	while (buf.len < size) {
		zm_buf_add(&buf, zm_str_from(body));
	}
	CU_ASSERT_PTR_NULL(zm_test_policy_bytes(&arena, zm_buf_str(&buf), &err));
	zm_test_eq(zm_str_from(err.text), zm_str_from(error), body);
	zm_buf_release(&buf);
	zm_arena_release(&arena);
}

static void a_large_policy_is_an_error_in_bounded_time(void)
{
	const size_t most = ZM_POLICY_BYTES_MAX - 64;
	expect_large(V1, "# ten bytes", 10 << 20,
		     "p.yaml:1:1: 10485761 bytes long, the limit is 1048576");
	expect_large(V1 "spf: ", "[", 1000, "p.yaml:2:37: nested too deep, the limit is 32 levels");
	expect_large(V1 "spf: ", "{a: ", most,
		     "p.yaml:2:130: nested too deep, the limit is 32 levels");
	expect_large("", "- ", most, "p.yaml:1:65: nested too deep, the limit is 32 levels");
	expect_large(
		"", "%TAG !a! x\n", most,
		"p.yaml:1:1: a line that begins with \"%\" is a YAML directive, which a policy "
		"has no use for");
	expect_large(
		"#", "\r%TAG !a! x", most,
		"p.yaml:1:3: a line that begins with \"%\" is a YAML directive, which a policy "
		"has no use for");
	expect_large("a: &a [x, x]\nb: ", "&b [*a, *a, *a, *a]\nc: ", most,
		     "p.yaml:1:4: YAML read an anchor here, which a policy has no use for; put a "
		     "text that begins with \"&\" in quotes");
}

static void keys_in_one_mapping_are_bounded(void)
{
	struct zm_arena arena = {0};
	struct zm_error err;
	struct zm_buf buf = {0};
	zm_buf_add(&buf, ZM_STR("rules:\n"));
	for (int i = 0; i < 100000; i++) {
		zm_buf_printf(&buf, "  r%d:\n", i);
	}
	CU_ASSERT_PTR_NULL(zm_test_policy(&arena, buf.data, &err));
	ZM_ASSERT_STR(zm_str_from(err.text),
		      "p.yaml:514:3: more keys in one mapping than the limit of 512");
	zm_buf_release(&buf);
	zm_arena_release(&arena);
}

static void a_nul_is_no_text(void)
{
	struct zm_arena arena = {0};
	struct zm_error err = {0};
	CU_ASSERT_PTR_NULL(zm_test_policy_bytes(&arena, ZM_STR("version: 1\nurl: a\0b\n"), &err));
	ZM_ASSERT_STR(zm_str_from(err.text),
		      "p.yaml:2:7: NUL byte, which no policy may hold: remove it");
	zm_arena_release(&arena);
}

static const struct zm_test_case cases[] = {
	{"every mistake is told with its place", every_mistake_is_told_with_its_place},
	{"a large policy is an error in bounded time", a_large_policy_is_an_error_in_bounded_time},
	{"keys in one mapping are bounded", keys_in_one_mapping_are_bounded},
	{"a NUL is no text", a_nul_is_no_text},
	{NULL, NULL},
};

void test_policy_yaml(void)
{
	zm_test_suite("policy_yaml", cases);
}
