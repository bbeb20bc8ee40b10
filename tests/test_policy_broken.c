/* Policies that are YAML and yet wrong: every message with its place. */
#include "test.h"

#include "policy_help.h"

#define V1  "version: 1\n"
#define SPF V1 "spf:\n  "

struct broken {
	const char *yaml;
	const char *error;
};

static const struct broken broken[] = {
	{V1 "rules: {\"\\x9b31m\": off}\n", "p.yaml:2:9: unknown rule \"\\xc2\\x9b31m\""},
	{V1 "verson: 1\n", "p.yaml:2:1: unknown key \"verson\"; did you mean \"version\"?"},
	{V1 "specs: {}\n", "p.yaml:2:1: unknown key \"specs\"; known are version, description, "
			   "url, extends, spf, rules, zones, serial, server, files, expect"},
	{V1 "colour: red\n", "p.yaml:2:1: unknown key \"colour\"; known are version, description, "
			     "url, extends, spf, rules, zones, serial, server, files, expect"},
	{V1 "url: www.example.com\n",
	 "p.yaml:2:6: url \"www.example.com\" is no address that begins with https:// or http://"},
	{V1 "url: \"https://x y\"\n",
	 "p.yaml:2:6: url \"https://x y\" is no address that begins with https:// or http://"},
	{V1 "extends: [recomended]\n", "p.yaml:2:11: unknown policy \"recomended\"; did you mean "
				       "\"recommended\"? (a path has a \"/\" or ends in .yaml)"},
	{V1 "extends: [nothing-like-it]\n",
	 "p.yaml:2:11: unknown policy \"nothing-like-it\"; known are amazon-ses, google-workspace, "
	 "hubspot, iclasspro, mailchimp, microsoft-365, no-mail, parked, recommended, sendgrid, "
	 "strict, zendesk (a path has a \"/\" or ends in .yaml)"},
	{V1 "extends: [./missing.yaml]\n",
	 "p.yaml:2:11: ./missing.yaml: cannot read: No such file or directory"},
	{SPF "requires: [mx]\n",
	 "p.yaml:3:3: unknown key \"requires\" in spf; did you mean \"require\"?"},
	{SPF "requre: [mx]\n",
	 "p.yaml:3:3: unknown key \"requre\" in spf; did you mean \"require\"?"},
	{SPF "x: 1\n", "p.yaml:3:3: unknown key \"x\" in spf; known are names, require, forbid, "
		       "default, exactly, all, lookups, void_lookups, length, ipv4_addresses"},
	{SPF "names: [apx]\n", "p.yaml:3:11: \"apx\" in names is no pattern, which has a dot or a "
			       "\"*\"; did you mean \"apex\"?"},
	{SPF "names: [example]\n", "p.yaml:3:11: \"example\" in names is no pattern, which has a "
				   "dot or a \"*\"; known are apex, mx, hosts"},
	{SPF "names: [\"m\303\274n.example\"]\n",
	 "p.yaml:3:11: \"m\303\274n.example\" is no domain name or pattern: write the name in "
	 "ASCII (xn--...)"},
	{SPF "names: [\"a b.example\"]\n",
	 "p.yaml:3:11: \"a b.example\" is no domain name or pattern: only letters, digits and - _ "
	 ". / * belong there"},
	{SPF "names: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example]\n",
	 "p.yaml:3:11: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...\" is no "
	 "domain name or pattern: label longer than 63 bytes"},
	{SPF "require: [includ:x.example]\n",
	 "p.yaml:3:13: \"includ:x.example\" is no term that can be required: no such mechanism; "
	 "did you mean \"include\"?"},
	{SPF "require: [include]\n",
	 "p.yaml:3:13: \"include\" is no term that can be required: it lacks its value"},
	{SPF "require: [\"include:x.example mx\"]\n",
	 "p.yaml:3:13: \"include:x.example mx\" is no term that can be required: a byte that no "
	 "term holds; a pattern is one term without blanks"},
	{SPF "require: [ip4:300.1.1.1]\n",
	 "p.yaml:3:13: \"ip4:300.1.1.1\" is no term that can be required: not an IP address"},
	{SPF "require: [include=x.example]\n",
	 "p.yaml:3:13: \"include=x.example\" is no term that can be required: a mechanism takes "
	 "\":\", not \"=\""},
	{SPF "require: [-redirect=x.example]\n",
	 "p.yaml:3:13: \"-redirect=x.example\" is no term that can be required: a modifier takes "
	 "no qualifier"},
	{SPF "require: [\"\"]\n",
	 "p.yaml:3:13: \"\" is no term that can be required: no such mechanism"},
	{SPF "forbid: [al]\n", "p.yaml:3:12: \"al\" is no term that can be forbidden: no such "
			       "mechanism; did you mean \"all\"?"},
	{SPF "forbid: [--all]\n", "p.yaml:3:12: \"--all\" is no term that can be forbidden: a "
				  "qualifier is one of + - ~ ?, before a mechanism"},
	{SPF "forbid: [foo]\n",
	 "p.yaml:3:12: \"foo\" is no term that can be forbidden: no such mechanism"},
	{SPF "forbid: [\"-all, +all\"]\n",
	 "p.yaml:3:12: \"-all, +all\" is no term that can be forbidden: a byte that no term holds; "
	 "a pattern is one term without blanks"},
	{SPF "all: off\n",
	 "p.yaml:3:8: all is \"off\", which is no all term; write -all, ~all or ?all"},
	{SPF "all: mx\n",
	 "p.yaml:3:8: all is \"mx\", which is no all term; write -all, ~all or ?all"},
	{SPF "all: \"~ all\"\n",
	 "p.yaml:3:8: all is \"~ all\", which is no all term; write -all, ~all or ?all"},
	{SPF "all: -all:x\n",
	 "p.yaml:3:8: all is \"-all:x\", which is no all term; write -all, ~all or ?all"},
	{SPF "default: include:x.example\n", "p.yaml:3:12: default is no SPF record, which begins "
					     "with \"v=spf1\" and a blank: \"include:x.example\""},
	{SPF "default: v=spf1 includ:x.example ~all\n",
	 "p.yaml:3:12: default is no valid SPF record: \"includ:x.example\": no such mechanism; "
	 "did you mean \"include\"?"},
	{SPF "default: v=spf1 include ~all\n",
	 "p.yaml:3:12: default is no valid SPF record: \"include\": it lacks its value"},
	{SPF "default: v=spf2 ~all\n", "p.yaml:3:12: default is no SPF record, which begins with "
				       "\"v=spf1\" and a blank: \"v=spf2 ~all\""},
	{SPF "default: v=spf1 redirect=a.example redirect=b.example\n",
	 "p.yaml:3:12: default is no valid SPF record: \"redirect=b.example\": stands there twice"},
	{SPF "exactly: v=spf1-all\n", "p.yaml:3:12: exactly is no SPF record, which begins with "
				      "\"v=spf1\" and a blank: \"v=spf1-all\""},
	{SPF "require: [include:x.example]\n  default: v=spf1 mx ~all\n",
	 "p.yaml:4:12: default lacks \"include:x.example\", required at p.yaml:3:13"},
	{SPF "require: [include:x.example]\n  default: v=spf1 ~all include:x.example\n",
	 "p.yaml:4:12: default holds \"include:x.example\" behind its all, where no receiver comes "
	 "to it"},
	{SPF "forbid: [-all]\n  default: v=spf1 mx -all\n",
	 "p.yaml:4:12: default holds \"-all\", forbidden at p.yaml:3:12"},
	{SPF "require: [ptr]\n  forbid: [ptr]\n",
	 "p.yaml:3:13: the required term \"ptr\" is forbidden at p.yaml:4:12"},
	{SPF "forbid: [include]\n  require: [include:x.example]\n",
	 "p.yaml:4:13: the required term \"include:x.example\" is forbidden at p.yaml:3:12"},
	{SPF "forbid: [-all]\n  all: -all\n",
	 "p.yaml:4:8: the all term \"-all\" is forbidden at p.yaml:3:12"},
	{SPF "require: [mx]\n  exactly: v=spf1 -all\n",
	 "p.yaml:4:12: exactly lacks \"mx\", required at p.yaml:3:13"},
	{SPF "exactly: v=spf1 -all\n  forbid: [-all]\n",
	 "p.yaml:3:12: exactly holds \"-all\", forbidden at p.yaml:4:12"},
	{V1 "extends: [iclasspro]\nspf:\n  forbid: [~all]\n",
	 "policies/iclasspro.yaml:20:8: the all term \"~all\" is forbidden at p.yaml:4:12"},
	{V1 "extends: [iclasspro]\nspf:\n  default: v=spf1 mx ~all\n",
	 "p.yaml:4:12: default lacks \"include:iclassprov2.com\", required at "
	 "policies/iclasspro.yaml:15:7"},
	{V1 "extends: [iclasspro]\nspf: {all: -all}\n",
	 "p.yaml:3:12: the all term \"-all\" is forbidden at policies/iclasspro.yaml:17:7"},
	{V1 "rules: {ptr-mechanisms: off}\n",
	 "p.yaml:2:9: unknown rule \"ptr-mechanisms\"; did you mean \"ptr-mechanism\"?"},
	{V1 "rules: {ptr: off}\n",
	 "p.yaml:2:9: unknown rule \"ptr\"; did you mean \"ptr-mechanism\"?"},
	{V1 "rules: {ptr-mechanism: no}\n",
	 "p.yaml:2:24: unknown severity \"no\"; did you mean \"off\"?"},
	{V1 "rules: {ptr-mechanism: warn}\n",
	 "p.yaml:2:24: unknown severity \"warn\"; did you mean \"warning\"?"},
	{V1 "rules: {ptr-mechanism: Off}\n",
	 "p.yaml:2:24: unknown severity \"Off\"; did you mean \"off\"?"},
	{V1 "rules: {ptr-mechanism: {severity: warnin}}\n",
	 "p.yaml:2:35: unknown severity \"warnin\"; did you mean \"warning\"?"},
	{V1 "rules: {ptr-mechanism: {}}\n",
	 "p.yaml:2:24: \"ptr-mechanism\" has no severity; write {severity: warning}"},
	{V1 "rules: {ptr-mechanism: {ip4: 16}}\n",
	 "p.yaml:2:25: unknown key \"ip4\" in \"ptr-mechanism\"; known is severity"},
	{V1 "zones: [{spf: {all: -all}}]\n",
	 "p.yaml:2:9: an entry of zones has neither match nor file; write match: "
	 "parked.example"},
	{V1 "zones: [{match: x.example}]\n",
	 "p.yaml:2:9: an entry of zones without spf, rules or serial changes nothing"},
	{V1 "zones: [{match: x.example, spf: {}, rules: {}}]\n",
	 "p.yaml:2:9: an entry of zones without spf, rules or serial changes nothing"},
	{V1 "zones: [{match: parked, rules: {pass-all: off}}]\n",
	 "p.yaml:2:17: \"parked\" has neither a dot nor a \"*\"; a top-level name ends in a dot"},
	{V1 "zones: [{match: x.example, mach: y}]\n",
	 "p.yaml:2:28: unknown key \"mach\" in zones; did you mean \"match\"?"},
	{V1 "zones: [{file: \"legacy/**\"}]\n",
	 "p.yaml:2:9: an entry of zones without spf, rules or serial changes nothing"},
	{V1 "zones: [{match: x.example, origin: y}]\n",
	 "p.yaml:2:36: \"y\" has neither a dot nor a \"*\"; a top-level name ends in a dot"},
	{V1 "zones:\n  - match: x.example\n    spf: {requir: []}\n",
	 "p.yaml:4:11: unknown key \"requir\" in spf; did you mean \"require\"?"},
	{V1 "spf: {forbid: [-all]}\nzones:\n  - match: x.example\n    spf: {all: -all}\n",
	 "p.yaml:5:16: the all term \"-all\" is forbidden at p.yaml:2:16"},
	{V1 "spf: {require: [mx]}\nzones:\n  - match: x.example\n    spf: {default: v=spf1 -all}\n",
	 "p.yaml:5:20: default lacks \"mx\", required at p.yaml:2:17"},
	{V1 "\"\\e[31m\": 1\n",
	 "p.yaml:2:1: unknown key \"\\x1b[31m\"; known are version, "
	 "description, url, extends, spf, rules, zones, serial, server, files, expect"},
	{V1 "description: \303\251 \303\251\nspf: {\303\251: 1}\n",
	 "p.yaml:3:7: unknown key \"\303\251\" in spf; known are names, require, forbid, default, "
	 "exactly, all, lookups, void_lookups, length, ipv4_addresses"},
	{V1 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: 1\n",
	 "p.yaml:2:1: unknown key "
	 "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...\"; known are version, "
	 "description, url, extends, spf, rules, zones, serial, server, files, expect"},
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

static void an_unknown_policy_names_the_nearest(void)
{
	static const struct {
		const char *name;
		const char *error;
	} rows[] = {
		{"iclaspro",
		 "unknown policy \"iclaspro\"; did you mean \"iclasspro\"? (a path has a "
		 "\"/\" or ends in .yaml)"},
		{"", "unknown policy \"\"; known are amazon-ses, google-workspace, hubspot, "
		     "iclasspro, mailchimp, microsoft-365, no-mail, parked, recommended, sendgrid, "
		     "strict, zendesk (a path has a \"/\" or ends in .yaml)"},
		{"no/such", "no/such: cannot read: No such file or directory"},
		{"nix.yml", "nix.yml: cannot read: No such file or directory"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct zm_arena arena = {0};
		struct zm_error err = {0};
		CU_ASSERT_PTR_NULL(zm_test_load(&arena, rows[i].name, &err));
		zm_test_eq(zm_str_from(err.text), zm_str_from(rows[i].error), rows[i].name);
		zm_arena_release(&arena);
	}
}

static const struct zm_test_case cases[] = {
	{"every mistake is told with its place", every_mistake_is_told_with_its_place},
	{"an unknown policy names the nearest", an_unknown_policy_names_the_nearest},
	{NULL, NULL},
};

void test_policy_broken(void)
{
	zm_test_suite("policy_broken", cases);
}
