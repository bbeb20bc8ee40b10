/* The resolved policy as text: what it looks like, and that it is the same policy read again. */
#include "test.h"

#include "policy/show.h"
#include "policy_help.h"

#include <string.h>

static void show(struct zm_buf *out, const struct zm_policy *policy,
		 const struct zm_policy_view *view)
{
	zm_buf_clear(out);
	zm_policy_show(out, policy, view);
}

/* Each line without its comment, which tells places and so differs. */
static void strip(struct zm_buf *buf)
{
	size_t kept = 0;
	for (size_t at = 0; at < buf->len;) {
		char *end = memchr(buf->data + at, '\n', buf->len - at);
		CU_ASSERT_PTR_NOT_NULL_FATAL(end);
		size_t next = (size_t)(end - buf->data) + 1;
		char *hash = memrchr(buf->data + at, '#', next - 1 - at);
		size_t stop = hash == NULL ? next - 1 : (size_t)(hash - buf->data);
		while (stop > at && buf->data[stop - 1] == ' ') {
			stop--;
		}
		memmove(buf->data + kept, buf->data + at, stop - at);
		kept += stop - at;
		buf->data[kept++] = '\n';
		at = next;
	}
	buf->len = kept;
}

static void the_policy_is_shown_with_its_places(void)
{
	struct zm_arena arena = {0};
	struct zm_buf out = {0};
	const struct zm_policy *policy =
		zm_test_good_policy(&arena, "version: 1\n"
					    "extends: [parked]\n"
					    "description: Mail of \"X\" # not of Y\n"
					    "spf:\n"
					    "  names: [mx, www.x.example]\n"
					    "  require: [include:x.example]\n"
					    "  forbid: []\n"
					    "zones:\n"
					    "  - match: a.example\n"
					    "    rules: {pass-all: off}\n");
	show(&out, policy, &policy->base);
	const char *tail = strstr(out.data, "\nzones:");
	CU_ASSERT_PTR_NOT_NULL_FATAL(tail);
	const char *second_rule = strstr(out.data, "  soa-missing");
	CU_ASSERT_PTR_NOT_NULL_FATAL(second_rule);
	ZM_ASSERT_STR(zm_str_sub(zm_buf_str(&out), 0, (size_t)(second_rule - out.data)),
		      "version: 1\n"
		      "description: \"Mail of \\\"X\\\"\"                # p.yaml:3\n"
		      "url: \"https://www.rfc-editor.org/rfc/rfc7208#section-10.1.2\"  # "
		      "policies/parked.yaml:10\n"
		      "\n"
		      "spf:\n"
		      "  names:\n"
		      "    - mx                                    # p.yaml:5\n"
		      "    - www.x.example.                        # p.yaml:5\n"
		      "  require:\n"
		      "    - include:x.example                     # p.yaml:6\n"
		      "  forbid: []                                # p.yaml:7\n"
		      "\n"
		      "rules:\n"
		      "  zone-syntax: error                        # default\n");
	ZM_ASSERT_STR(zm_str_from(tail),
		      "\nzones:\n"
		      "  - match:\n"
		      "      - a.example.                          # p.yaml:9\n"
		      "    rules:\n"
		      "      pass-all: off                         # p.yaml:10\n");
	zm_buf_release(&out);
	zm_arena_release(&arena);
}

static void a_view_is_shown_without_zones(void)
{
	struct zm_arena arena = {0};
	struct zm_buf out = {0};
	const struct zm_policy *policy = zm_test_good_policy(
		&arena, "version: 1\nzones: [{match: a.example, spf: {all: \"?all\"}}]\n");
	show(&out, policy, zm_test_view(policy, "a.example", "a.example"));
	CU_ASSERT_PTR_NOT_NULL(strstr(out.data, "\nspf:\n  all: ?all"));
	CU_ASSERT_PTR_NULL(strstr(out.data, "zones:"));
	zm_buf_release(&out);
	zm_arena_release(&arena);
}

static const char *const shown[] = {
	"version: 1\n",
	"version: 1\nextends: [iclasspro]\n",
	"version: 1\nextends: [parked]\n",
	"version: 1\ndescription: \"a\\tb\\nc\\x1b\\x9b\\u2028  x\\uFEFF\\uFFFE \\U0001F422 "
	"\xc3\xa9 "
	"\\\\ #\"\n",
	"version: 1\ndescription: \"\"\nurl: https://x.example/a#b\n",
	"version: 1\nspf: {names: [], require: [], forbid: []}\n",
	"version: 1\nspf: {names: [hosts, \"*\", a.example, 0/25.2.0.192.in-addr.arpa]}\n",
	"version: 1\nspf: {forbid: [?all, \"ip4:*/0\", ip6:2001:db8::/32, \"ip6:::/0\", exp, "
	"\"include:*.old\"]}\n",
	"version: 1\nspf: {names: [mx], require: [\"exists:%{i}.x.example\", -all, ip6:::1]}\n",
	"version: 1\nspf: {names: [mx], exactly: v=spf1 -all, default: v=spf1 mx -all}\n",
	"version: 1\nspf: {names: [mx]}\nrules: {pass-all: off}\nzones:\n  - match: [\"*\", "
	"null.example]\n"
	"    spf: {exactly: v=spf1 -all}\n    rules: {ptr-mechanism: info}\n"
	"  - match: b.example\n    spf: {names: []}\n",
};

static void what_is_shown_is_the_same_policy(void)
{
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		struct zm_arena arena = {0};
		struct zm_buf once = {0};
		struct zm_buf twice = {0};
		const struct zm_policy *policy = zm_test_good_policy(&arena, shown[i]);
		show(&once, policy, &policy->base);
		policy = zm_test_good_policy(&arena, once.data);
		show(&twice, policy, &policy->base);
		strip(&once);
		strip(&twice);
		zm_test_eq(zm_buf_str(&twice), zm_buf_str(&once), shown[i]);
		zm_buf_release(&once);
		zm_buf_release(&twice);
		zm_arena_release(&arena);
	}
}

static const struct zm_test_case cases[] = {
	{"the policy is shown with its places", the_policy_is_shown_with_its_places},
	{"a view is shown without zones", a_view_is_shown_without_zones},
	{"what is shown is the same policy", what_is_shown_is_the_same_policy},
	{NULL, NULL},
};

void test_policy_show(void)
{
	zm_test_suite("policy_show", cases);
}
