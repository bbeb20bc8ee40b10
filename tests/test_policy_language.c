/* Policies that are wrong in what came to the language with ceilings, settings, files, serials and
 * expectations: every message with its place; and the lists of all mistakes. */
#include "test.h"

#include "base/buf.h"
#include "policy_help.h"

#include <string.h>
#include <time.h>

#define V1    "version: 1\n"
#define SPF   V1 "spf:\n  "
#define RULES V1 "rules:\n  "
#define EX    V1 "expect:\n  - "

struct broken {
	const char *yaml;
	const char *error;
};

static const struct broken broken[] = {
	/* ---- ceilings ---- */
	{SPF "lookups: 11\n", "p.yaml:3:12: lookups is 11, the limit is 10 (RFC 7208 4.6.4)"},
	{SPF "lookups: many\n",
	 "p.yaml:3:12: lookups is \"many\", which is no whole number; write lookups: 8"},
	{SPF "lookups: -1\n",
	 "p.yaml:3:12: lookups is \"-1\", which is no whole number; write lookups: 8"},
	{SPF "lookups: 1.5\n",
	 "p.yaml:3:12: lookups is \"1.5\", which is no whole number; write lookups: 8"},
	{SPF "lookups: [8]\n",
	 "p.yaml:3:12: YAML read a list where a text belongs; write lookups: 8"},
	{SPF "lookups: 99999999999999999999\n",
	 "p.yaml:3:12: lookups is \"99999999999999999999\", which is no whole number; write "
	 "lookups: 8"},
	{SPF "void_lookups: 3\n",
	 "p.yaml:3:17: void_lookups is 3, the limit is 2 (RFC 7208 4.6.4)"},
	{SPF "void-lookups: 1\n",
	 "p.yaml:3:3: unknown key \"void-lookups\" in spf; did you mean \"void_lookups\"?"},
	{SPF "length: 5\n", "p.yaml:3:11: length is 5, the least is 6 (what a TXT record holds)"},
	{SPF "length: 100000\n",
	 "p.yaml:3:11: length is 100000, the limit is 65280 (what a TXT record holds)"},
	{SPF "ipv4_addresses: 4294967297\n",
	 "p.yaml:3:19: ipv4_addresses is 4294967297, the limit is 4294967296 (there are no more)"},
	{SPF "lookups: 1\n  default: v=spf1 mx a ~all\n",
	 "p.yaml:4:12: default needs 2 DNS lookups, the limit is 1 (p.yaml:3:12)"},
	{SPF "lookups: 0\n  exactly: v=spf1 redirect=_spf.x.example\n",
	 "p.yaml:4:12: exactly needs 1 DNS lookup, the limit is 0 (p.yaml:3:12)"},
	{SPF "default: v=spf1 a a:1.x a:2.x a:3.x a:4.x a:5.x a:6.x a:7.x a:8.x a:9.x mx ~all\n",
	 "p.yaml:3:12: default needs 11 DNS lookups, the limit is 10 (RFC 7208 4.6.4)"},
	{SPF "length: 11\n  default: v=spf1 mx -all\n",
	 "p.yaml:4:12: default needs 14 bytes, the limit is 11 (p.yaml:3:11)"},
	/* ---- required terms against each other ---- */
	{SPF "require: [-all, ~all]\n",
	 "p.yaml:3:19: the required term \"~all\" excludes \"-all\", required at p.yaml:3:13"},
	{SPF "require: [redirect=a.example, redirect=b.example]\n",
	 "p.yaml:3:33: the required term \"redirect=b.example\" excludes \"redirect=a.example\", "
	 "required at p.yaml:3:13"},
	{SPF "names: [apex]\n  require: [redirect=x.example]\n"
	     "  default: v=spf1 redirect=x.example -all\n",
	 "p.yaml:5:12: default holds \"redirect=x.example\" beside an all, so that receivers "
	 "ignore "
	 "it"},
	{SPF "names: [apex]\n  exactly: v=spf1 mx +all\n",
	 "p.yaml:4:12: exactly holds \"+all\" which lets every sender pass"},
	{SPF "names: [apex]\n  default: v=spf1 include:x.example ~Include:X.example. -all\n",
	 "p.yaml:4:12: default holds \"~Include:X.example.\" twice"},
	{SPF "names: [apex]\n  default: |\n    v=spf1 mx\n    -all\n",
	 "p.yaml:4:12: default is no valid SPF record: \"mx\\x0a-all\": a byte that no term holds; "
	 "a "
	 "pattern is one term without blanks"},
	{SPF "require: [-all]\n  all: ~all\n",
	 "p.yaml:4:8: the all term \"~all\" is not \"-all\", required at p.yaml:3:13"},
	{SPF "require: [mx, -mx]\n",
	 "p.yaml:3:17: the required term \"-mx\" excludes \"mx\", required at p.yaml:3:13"},
	{SPF "require: [include:x.example, +include:X.example., ~include:x.example]\n",
	 "p.yaml:3:53: the required term \"~include:x.example\" excludes \"include:x.example\", "
	 "required at p.yaml:3:13"},
	/* ---- what would lead nowhere ---- */
	{SPF "all: all\n",
	 "p.yaml:3:8: all is \"all\", which lets every sender pass; write -all, ~all or ?all"},
	{SPF "all: +ALL\n",
	 "p.yaml:3:8: all is \"+ALL\", which lets every sender pass; write -all, ~all or ?all"},
	{SPF "require: [v=spf1]\n",
	 "p.yaml:3:13: \"v=spf1\" is no term that can be required: the version begins each record "
	 "and is no term of it"},
	{SPF "forbid: [V=spf1]\n",
	 "p.yaml:3:12: \"V=spf1\" is no term that can be forbidden: the version begins each record "
	 "and is no term of it"},
	{SPF "require: [mx]\n",
	 "p.yaml:3:12: require asks nobody, for names is not set; write names: [apex, mx]"},
	{SPF "default: v=spf1 mx -all\n",
	 "p.yaml:3:12: default asks nobody, for names is not set; write names: [apex, mx]"},
	{SPF "exactly: v=spf1 -all\n",
	 "p.yaml:3:12: exactly asks nobody, for names is not set; write names: [apex, mx]"},
	{V1 "zones: [{match: x.example, spf: {exactly: v=spf1 -all}}]\n",
	 "p.yaml:2:43: exactly asks nobody, for names is not set; write names: [apex, mx]"},
	{RULES "pass-all: no\n", "p.yaml:3:13: unknown severity \"no\"; did you mean \"off\"?"},
	{RULES "pass-all: False\n",
	 "p.yaml:3:13: unknown severity \"False\"; did you mean \"off\"?"},
	/* ---- placeholders ---- */
	{SPF "default: \"v=spf1 include:_spf.{zon} ~all\"\n",
	 "p.yaml:3:12: default holds the unknown placeholder \"{zon}\"; did you mean \"zone\"?"},
	{SPF "exactly: \"v=spf1 include:{name} ~all\"\n",
	 "p.yaml:3:12: exactly holds the unknown placeholder \"{name}\"; known are zone, owner"},
	{SPF "default: \"v=spf1 include:{zone ~all\"\n",
	 "p.yaml:3:12: default holds \"{zone ~all\", a placeholder without its }"},
	{SPF "default: \"v=spf1 ip4:{zone} ~all\"\n",
	 "p.yaml:3:12: default is no valid SPF record: \"ip4:zone.example\": not an IP address"},
	{SPF "require: [include:_spf.x.example]\n  default: \"v=spf1 include:a.{zone} ~all\"\n",
	 "p.yaml:4:12: default lacks \"include:_spf.x.example\", required at p.yaml:3:13"},
	/* ---- settings of rules ---- */
	{RULES "host-bits-set: {ip4: 33}\n", "p.yaml:3:24: ip4 is 33, the limit is 32"},
	{RULES "host-bits-set: {ip6: 0}\n", "p.yaml:3:24: ip6 is 0, the least is 1"},
	{RULES "host-bits-set: {ip5: 1}\n",
	 "p.yaml:3:19: unknown key \"ip5\" in \"host-bits-set\"; did you mean \"ip4\"?"},
	{RULES "host-bits-set: {length: 1}\n",
	 "p.yaml:3:19: unknown key \"length\" in \"host-bits-set\"; known are severity, ip4, ip6"},
	{RULES "host-bits-set: {ip4: /16}\n",
	 "p.yaml:3:24: ip4 is \"/16\", which is no whole number; write ip4: 16"},
	{RULES "host-bits-set: [info]\n", "p.yaml:3:18: YAML read a list where a mapping belongs; "
					  "write a severity such as warning, or {severity: "
					  "warning}"},
	/* ---- zones ---- */
	{V1 "zones: [{file: [], rules: {pass-all: off}}]\n",
	 "p.yaml:2:16: an empty file names no file"},
	{V1 "zones: [{match: [], rules: {pass-all: off}}]\n",
	 "p.yaml:2:17: an empty match matches nothing"},
	{V1 "zones: [{match: x.example, origin: y.example}]\n",
	 "p.yaml:2:36: origin says which zone a file holds; write file: beside it"},
	{V1 "zones: [{file: a.db, origin: \"*.example\"}]\n",
	 "p.yaml:2:30: origin is \"*.example\"; it is one name and may hold no \"*\""},
	{V1 "zones: [{file: /etc/a.db, origin: y.example}]\n",
	 "p.yaml:2:16: \"/etc/a.db\" is no pattern of paths: it is relative to this file's folder, "
	 "without / at its start and without .."},
	{V1 "zones: [{file: ../a.db, origin: y.example}]\n",
	 "p.yaml:2:16: \"../a.db\" is no pattern of paths: it is relative to this file's folder, "
	 "without / at its start and without .."},
	{V1 "zones: [{file: \"\", origin: y.example}]\n",
	 "p.yaml:2:16: \"\" is no pattern of paths: it is empty"},
	{V1 "zones: [{file: {a: b}, origin: y.example}]\n",
	 "p.yaml:2:16: YAML read a mapping with the key \"a\" where a text belongs; write file: "
	 "\"legacy/**\""},
	{V1 "zones:\n  - match: a.example\n    spf: {exactly: v=spf1 -all}\n"
	    "  - match: \"*.example\"\n    spf: {exactly: v=spf1 mx -all}\n",
	 "p.yaml:3:12: this entry has no effect: the one in line 5 comes later, covers it and sets "
	 "all that it sets; put the narrower one last"},
	{V1 "zones:\n  - match: [a.example, \"b*.example\"]\n    rules: {pass-all: off}\n"
	    "  - match: \"*\"\n    rules: {pass-all: info, ptr-mechanism: off}\n",
	 "p.yaml:3:12: this entry has no effect: the one in line 5 comes later, covers it and sets "
	 "all that it sets; put the narrower one last"},
	{V1 "zones:\n  - file: a/**\n    serial: {style: date}\n"
	    "  - file: a/**\n    serial: {style: epoch}\n",
	 "p.yaml:3:11: this entry has no effect: the one in line 5 comes later, covers it and sets "
	 "all that it sets; put the narrower one last"},
	/* ---- serial, server, files ---- */
	{V1 "server: bind\n",
	 "p.yaml:2:9: unknown server \"bind\"; known are named, nsd, knot, pdns"},
	{V1 "server: [nsd]\n", "p.yaml:2:9: YAML read a list where a text belongs; write server: "
			       "named"},
	{V1 "serial: date\n", "p.yaml:2:9: YAML read the text \"date\" where a mapping belongs; "
			      "write serial: {style: auto}"},
	{V1 "serial: {style: dates}\n",
	 "p.yaml:2:17: unknown style \"dates\"; did you mean \"date\"?"},
	{V1 "serial: {style: counter}\n", "p.yaml:2:17: unknown style \"counter\"; known are auto, "
					  "date, epoch, increment, keep"},
	{V1 "serial: {first: 2}\n", "p.yaml:2:17: first is 2, the limit is 1"},
	{V1 "serial: {timezone: Atlantis/Capital}\n",
	 "p.yaml:2:20: timezone \"Atlantis/Capital\" is not known here; write utc, an offset such "
	 "as \"+02:00\", or a name such as Europe/Berlin"},
	{V1 "serial: {timezone: ../../../etc/passwd}\n",
	 "p.yaml:2:20: timezone \"../../../etc/passwd\" is not known here; write utc, an offset "
	 "such as \"+02:00\", or a name such as Europe/Berlin"},
	{V1 "serial: {timezone: +2}\n",
	 "p.yaml:2:20: timezone \"+2\" is not known here; write utc, an offset such as "
	 "\"+02:00\", or a name such as Europe/Berlin"},
	{V1 "serial: {zone: utc}\n",
	 "p.yaml:2:10: unknown key \"zone\" in serial; known are style, timezone, first"},
	{V1 "files: {exclude: \"*.tmpl\"}\n", "p.yaml:2:18: YAML read the text \"*.tmpl\" where a "
					      "list belongs; write exclude: [\"*.tmpl\"]"},
	{V1 "files: {exlude: [a]}\n",
	 "p.yaml:2:9: unknown key \"exlude\" in files; did you mean \"exclude\"?"},
	{V1 "files: {generated: [a/../../b]}\n",
	 "p.yaml:2:21: \"a/../../b\" is no pattern of paths: it is relative to this file's folder, "
	 "without / at its start and without .."},
	/* ---- expect ---- */
	{V1 "expect: {zone: x.example}\n",
	 "p.yaml:2:9: YAML read a mapping with the key \"zone\" where a list belongs; write "
	 "expect: [{zone: example.com, sender: office@example.com, ip: 192.0.2.1, result: pass}]"},
	{EX "{zone: x.example, sender: a@x.example, ip: 192.0.2.1, result: passed}\n",
	 "p.yaml:3:67: unknown result \"passed\"; did you mean \"pass\"?"},
	{EX "{zone: x.example, sender: a@x.example, ip: 192.0.2, result: pass}\n",
	 "p.yaml:3:48: ip \"192.0.2\" is no IPv4 or IPv6 address; write 192.0.2.1"},
	{EX "{zone: x.example, sender: a@x.example, ip: 192.0.2.0/24, result: pass}\n",
	 "p.yaml:3:48: ip \"192.0.2.0/24\" is no IPv4 or IPv6 address; write 192.0.2.1"},
	{EX "{zone: x.example, sender: a@, ip: 192.0.2.1, result: pass}\n",
	 "p.yaml:3:31: sender \"a@\" has no domain name; write office@example.com"},
	{EX "{zone: x.example, sender: a@y.example, ip: 192.0.2.1, result: pass}\n",
	 "p.yaml:3:5: sender \"a@y.example\" is not in the zone x.example."},
	{EX "{zone: x.example, helo: y.example, ip: 192.0.2.1, result: pass}\n",
	 "p.yaml:3:5: helo \"y.example\" is not in the zone x.example."},
	{EX "{zone: x.example, ip: 192.0.2.1, result: pass}\n",
	 "p.yaml:3:5: an expectation has neither sender nor helo; write sender: "
	 "office@example.com"},
	{EX "{zone: x.example, sender: x.example, result: pass}\n",
	 "p.yaml:3:5: \"ip\" is missing in expect; write ip: 192.0.2.1"},
	{EX "{zone: \"*.example\", sender: x.example, ip: \"::1\", result: pass}\n",
	 "p.yaml:3:12: zone is \"*.example\"; it is one name and may hold no \"*\""},
	{EX "{zone: x.example, sender: x.example, ip: \"::1\", result: pass, results: fail}\n",
	 "p.yaml:3:67: unknown key \"results\" in expect; did you mean \"result\"?"},
	{EX "{zone: x.example, sender: x.example, ip: \"::1\", result: pass}\n"
	    "  - {zone: X.example., sender: X.EXAMPLE, ip: \"0::1\", result: fail}\n",
	 "p.yaml:4:5: expects fail of a sender of whom line 3 expects pass"},
	/* ---- more than one ---- */
	{"verson: 1\nspf: {requir: [mx], forbid: [al, ptrr]}\nrules: {ptr: off, x: {}}\n",
	 "p.yaml:1:1: unknown key \"verson\"; did you mean \"version\"?\n"
	 "p.yaml:2:7: unknown key \"requir\" in spf; did you mean \"require\"?\n"
	 "p.yaml:2:30: \"al\" is no term that can be forbidden: no such mechanism; did you mean "
	 "\"all\"?\n"
	 "p.yaml:2:34: \"ptrr\" is no term that can be forbidden: no such mechanism; did you mean "
	 "\"ptr\"?\n"
	 "p.yaml:3:9: unknown rule \"ptr\"; did you mean \"ptr-mechanism\"?\n"
	 "p.yaml:3:19: unknown rule \"x\""},
	{V1 "extends: [recomended, recommended, strickt]\n",
	 "p.yaml:2:11: unknown policy \"recomended\"; did you mean \"recommended\"? (a path has a "
	 "\"/\" or ends in .yaml)\n"
	 "p.yaml:2:36: unknown policy \"strickt\"; did you mean \"strict\"? (a path has a \"/\" or "
	 "ends in .yaml)"},
	{SPF "require: [mx, a]\n  forbid: [-all]\n  default: v=spf1 -all\n",
	 "p.yaml:5:12: default lacks \"mx\", required at p.yaml:3:13\n"
	 "p.yaml:5:12: default lacks \"a\", required at p.yaml:3:17\n"
	 "p.yaml:5:12: default holds \"-all\", forbidden at p.yaml:4:12"},
	{V1 "spf: {forbid: [-all]}\nzones:\n  - {match: a.example, spf: {all: -all}}\n"
	    "  - {match: b.example, spf: {exactly: v=spf1 -all, forbid: [-all]}}\n",
	 "p.yaml:4:35: the all term \"-all\" is forbidden at p.yaml:2:16\n"
	 "p.yaml:5:39: exactly holds \"-all\", forbidden at p.yaml:5:61"},
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

/* ---- Bounds ---- */

static void repeat(struct zm_buf *buf, const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		zm_buf_add(buf, zm_str_from(text));
	}
}

/* The start of the first fault of these bytes, and that it came soon. */
static void fails_soon(const struct zm_buf *yaml, const char *want)
{
	struct zm_arena arena = {0};
	struct zm_error err;
	clock_t start = clock();
	CU_ASSERT_PTR_NULL(zm_test_policy_bytes(&arena, zm_buf_str(yaml), &err));
	double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	struct zm_str text = zm_str_from(err.text);
	zm_test_eq(zm_str_sub(text, 0, strlen(want)), zm_str_from(want), want);
	CU_ASSERT(seconds < 5);
	zm_arena_release(&arena);
}

static void what_is_too_much_is_an_error_soon(void)
{
	struct zm_buf buf = {0};
	repeat(&buf, "# ten bytes", 1 << 20);
	fails_soon(&buf, "p.yaml:1:1: 11534336 bytes long, the limit is 1048576");
	zm_buf_clear(&buf);
	repeat(&buf, "a: &a [x, x]\n", 1);
	repeat(&buf, "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n", 1);
	fails_soon(&buf, "p.yaml:1:4: YAML read an anchor here");
	zm_buf_clear(&buf);
	repeat(&buf, "[", 1000);
	fails_soon(&buf, "p.yaml:1:33: nested too deep, the limit is 32 levels");
	zm_buf_clear(&buf);
	repeat(&buf, "version: 1\nspf:\n  forbid:\n", 1);
	repeat(&buf, "    - x\n", 501);
	fails_soon(&buf, "p.yaml:4:5: has 501 terms, the limit is 500");
	zm_buf_clear(&buf);
	repeat(&buf, "version: 1\nexpect:\n", 1);
	repeat(&buf, "  - {}\n", 4097);
	fails_soon(&buf, "p.yaml:3:3: has 4097 expectations, the limit is 4096");
	zm_buf_release(&buf);
}

static void of_many_mistakes_twenty_are_told(void)
{
	struct zm_arena arena = {0};
	struct zm_buf yaml = {0};
	struct zm_policy_faults faults;
	zm_buf_add(&yaml, ZM_STR("version: 1\nrules:\n"));
	for (int i = 0; i < 300; i++) {
		zm_buf_printf(&yaml, "  no-such-rule-%d: off\n", i);
	}
	const struct zm_policy_bytes bytes = {"p.yaml", zm_buf_str(&yaml)};
	CU_ASSERT_PTR_NULL(zm_policy_parse(&arena, &zm_test_catalogue, &bytes, &faults));
	CU_ASSERT_EQUAL(faults.count, 20);
	CU_ASSERT_EQUAL(faults.untold, 280);
	zm_buf_release(&yaml);
	zm_arena_release(&arena);
}

static const struct zm_test_case cases[] = {
	{"every mistake is told with its place", every_mistake_is_told_with_its_place},
	{"what is too much is an error soon", what_is_too_much_is_an_error_soon},
	{"of many mistakes twenty are told", of_many_mistakes_twenty_are_told},
	{NULL, NULL},
};

void test_policy_language(void)
{
	zm_test_suite("policy_language", cases);
}
