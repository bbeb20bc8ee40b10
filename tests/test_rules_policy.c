#include "lintkit.h"
#include "test.h"
#include "zone/load.h"

#define CHECK(rule, cases) zm_kit_check(rule, cases, sizeof(cases) / sizeof((cases)[0]))

/* ---- policy-missing-record ---- */

#define APEX  "version: 1\nspf: {names: [apex], default: \"v=spf1 mx -all\"}\n"
#define MX    "version: 1\nspf: {names: [mx], default: \"v=spf1 mx -all\"}\n"
#define HOSTS "version: 1\nspf: {names: [hosts], default: \"v=spf1 -all\"}\n"

#define INSERTS(owner, text)                                                                       \
	owner " has no SPF record\n  policy: insert " text "\n  " owner " + " text "\n"

static void a_listed_name_without_a_record_gets_one(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = APEX, .zone = "", .want = INSERTS("example.com.", "v=spf1 mx -all")},
		{.policy = APEX, .zone = "@ TXT \"v=spf1 -all\"\nwww MX 10 mail\n", .want = ""},
		{.policy = MX,
		 .zone = "@ TXT \"v=spf1 -all\"\nwww MX 10 mail\n*.x MX 10 mail\n",
		 .want = INSERTS("www.example.com.", "v=spf1 mx -all")
			 INSERTS("*.x.example.com.", "v=spf1 mx -all")},
		{.policy = HOSTS,
		 .zone = "ns1 A 192.0.2.1\nsub NS ns1.sub\nns1.sub A 192.0.2.2\n",
		 .want = INSERTS("ns1.example.com.", "v=spf1 -all")},
		{.policy =
			 "version: 1\nspf: {names: [\"*.example.com\"], exactly: \"v=spf1 -all\", "
			 "default: \"v=spf1 a -all\"}\n",
		 .zone = "www A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=none\"\nalias CNAME www\n",
		 .want = INSERTS("www.example.com.", "v=spf1 -all")},
		/* nothing to write */
		{.policy = "version: 1\nspf: {names: [apex]}\n",
		 .zone = "",
		 .want = "example.com. has no SPF record\n"},
		/* nobody asks */
		{.zone = "", .want = ""},
	};
	CHECK("policy-missing-record", cases);
}

static void no_record_is_put_beside_a_broken_one(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = APEX,
		 .zone = "@ TXT \"v=spf1mx -all\"\n",
		 .want = "example.com. has no SPF record that receivers take for one\n"},
		{.policy = APEX, .zone = "@ TXT \"v=spf1 mxx -all\"\n", .want = ""},
		{.policy = APEX,
		 .zone = "@ TXT \"something else\"\n",
		 .want = INSERTS("example.com.", "v=spf1 mx -all")},
	};
	CHECK("policy-missing-record", cases);
}

static void nothing_is_missing_where_no_mail_is_or_not_all_was_read(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = APEX,
		 .whole = true,
		 .zone = "$TTL 60\n$ORIGIN .\n@ SOA a. b. 1 2 3 4 5\nx.example MX 0 mail\n",
		 .want = ""},
		{.policy = MX,
		 .whole = true,
		 .zone = "$TTL 60\n$ORIGIN test.\n@ SOA a b 1 2 3 4 5\n@ MX 0 mail\n",
		 .want = INSERTS("test.", "v=spf1 mx -all")},
		{.policy = MX,
		 .whole = true,
		 .zone = "$TTL 60\n$ORIGIN 2.0.192.in-addr.arpa.\n@ SOA a b 1 2 3 4 5\n@ MX 0 a.\n",
		 .want = ""},
		{.policy = APEX, .zone = "$INCLUDE missing.inc\n", .want = ""},
		/* the record may be the one that could not be read */
		{.policy = APEX, .zone = "@ TXT \"v=spf1 -all\n", .want = ""},
		/* a network's number, and no name of the mail's world */
		{.policy = APEX,
		 .whole = true,
		 .zone = "$TTL 60\n$ORIGIN 192.0.2.\n@ SOA a b 1 2 3 4 5\n@ MX 0 a.\n",
		 .want = ""},
		{.policy = APEX,
		 .whole = true,
		 .zone = "$TTL 60\n$ORIGIN 2.example.\n@ SOA a b 1 2 3 4 5\n",
		 .want = INSERTS("2.example.", "v=spf1 mx -all")},
		/* what resolvers shall say of others, unless the zone has mail itself */
		{.policy = APEX,
		 .whole = true,
		 .zone = "$TTL 60\n$ORIGIN rpz.test.\n@ SOA a b 1 2 3 4 5\nbad.example CNAME .\n",
		 .want = ""},
		{.policy = APEX,
		 .whole = true,
		 .zone = "$TTL 60\n$ORIGIN rpz.test.\n@ SOA a b 1 2 3 4 5\nbad.example CNAME *.\n",
		 .want = ""},
		{.policy = APEX,
		 .whole = true,
		 .zone = "$TTL 60\n$ORIGIN x.test.\n@ SOA a b 1 2 3 4 5\nbad CNAME .\nx MX 0 m\n",
		 .want = INSERTS("x.test.", "v=spf1 mx -all")},
		{.policy = APEX, .zone = "$GENERATE 1-2000000 h$ A 192.0.2.1\n", .want = ""},
		{.policy = APEX, .whole = true, .zone = "$TTL 60\n@ IN NS ns1\n", .want = ""},
	};
	CHECK("policy-missing-record", cases);
}

#define OWN "@ TXT \"v=spf1 -all\"\n"

static void only_mail_of_the_zone_itself_counts(void)
{
	static const struct zm_kit_case cases[] = {
		/* at and below a delegation, wherever it stands */
		{.policy = MX,
		 .zone = OWN "sub MX 10 a\na.sub MX 10 a\nsub NS ns1\nasub MX 10 a\n",
		 .want = INSERTS("asub.example.com.", "v=spf1 mx -all")},
		/* below a DNAME, not at it */
		{.policy = MX,
		 .zone = OWN "sub MX 10 a\na.sub MX 10 a\nsub DNAME x.example.\n",
		 .want = INSERTS("sub.example.com.", "v=spf1 mx -all")},
		{.policy = MX, .zone = OWN "a MX 10 a\n@ DNAME x.example.\n", .want = ""},
		/* RFC 7505 */
		{.policy = MX, .zone = OWN "x MX 0 .\ny MX ( 0 ; none\n . )\n", .want = ""},
		{.policy = MX,
		 .zone = OWN "x MX 0 a.\n",
		 .want = INSERTS("x.example.com.", "v=spf1 mx -all")},
		{.policy = APEX,
		 .whole = true,
		 .zone = "$TTL 60\n@ SOA a b 1 2 3 4 5\n@ MX 0 .\n",
		 .want = INSERTS("example.com.", "v=spf1 mx -all")},
	};
	CHECK("policy-missing-record", cases);
}

static void only_who_asks_for_hosts_pays_for_them(void)
{
	static const struct {
		const char *policy;
		bool want;
	} rows[] = {
		{"recommended", false},
		{APEX, false},
		{MX, false},
		{HOSTS, true},
		{"version: 1\nzones: [{match: a.example, spf: {names: [hosts]}}]\n", true},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct zm_kit kit;
		zm_kit_lint(&kit, &(struct zm_kit_case){.policy = rows[i].policy, .zone = ""});
		uint64_t keeps = zm_lint_keeps(kit.policy);
		CU_ASSERT_EQUAL((keeps & ZM_KEEP(ZM_TYPE_A)) != 0, rows[i].want);
		CU_ASSERT_EQUAL((keeps & ZM_KEEP(ZM_TYPE_AAAA)) != 0, rows[i].want);
		zm_kit_release(&kit);
	}
}

/* ---- policy-forbid ---- */

#define FIX(title, text) "  policy: " title "\n  example.com. = " text "\n"
#define FORBID(list)     "version: 1\nspf: {forbid: [" list "], all: ~all}\n"
#define HAS(owner, term) "SPF record of " owner " has " term ", which the policy forbids\n"

static void a_forbidden_term_is_removed_and_an_all_replaced(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = FORBID("-all"),
		 .zone = "@ TXT \"v=spf1 mx -all exp=e.example\"\n",
		 .want = HAS("example.com.", "-all")
			 FIX("write ~all instead of -all", "v=spf1 mx ~all exp=e.example")},
		{.policy = FORBID("ptr"),
		 .zone = "@ TXT \"v=spf1 ptr mx -ptr:x.example ~all\"\n",
		 .want = HAS("example.com.", "ptr")
			 FIX("remove ptr", "v=spf1 mx -ptr:x.example ~all")
				 HAS("example.com.", "-ptr:x.example")
					 FIX("remove -ptr:x.example", "v=spf1 ptr mx ~all")},
		/* in every record, listed or not, and behind all too */
		{.policy = FORBID("\"include:*.old.example\""),
		 .zone = "www TXT \"v=spf1 ~all include:a.old.example\"\n",
		 .want = "SPF record of www.example.com. has include:a.old.example, which the "
			 "policy forbids\n"
			 "  policy: remove include:a.old.example\n"
			 "  www.example.com. = v=spf1 ~all\n"},
		{.policy = "version: 1\nspf: {forbid: [+all]}\n",
		 .zone = "@ TXT \"v=spf1 mx all\"\n",
		 .want = HAS("example.com.", "all")},
		/* what ends a record goes for another end, or stays */
		{.policy = FORBID("redirect"),
		 .zone = "@ TXT \"v=spf1 mx redirect=x.example exp=e.example\"\n",
		 .want = HAS("example.com.", "redirect=x.example")
			 FIX("write ~all instead of redirect=x.example",
			     "v=spf1 mx ~all exp=e.example")},
		{.policy = FORBID("redirect"),
		 .zone = "@ TXT \"v=spf1 redirect=x.example mx\"\n",
		 .want = HAS("example.com.", "redirect=x.example")
			 FIX("write ~all instead of redirect=x.example", "v=spf1 mx ~all")},
		{.policy = FORBID("redirect"),
		 .zone = "@ TXT \"v=spf1 redirect=x.example mx -all\"\n",
		 .want = HAS("example.com.", "redirect=x.example")
			 FIX("remove redirect=x.example", "v=spf1 mx -all")},
		{.policy = "version: 1\nspf: {forbid: [redirect]}\n",
		 .zone = "@ TXT \"v=spf1 redirect=x.example\"\n",
		 .want = HAS("example.com.", "redirect=x.example")},
		{.policy = FORBID("-all, ptr"), .zone = "@ TXT \"v=spf1 mx ~all\"\n", .want = ""},
		{.policy = FORBID("+all"), .zone = "@ TXT \"v=spf1 mx -all\"\n", .want = ""},
		{.policy = FORBID("\"ip4:10.0.0.0/8\""),
		 .zone = "@ TXT \"v=spf1 ip4:11.0.0.0/8 ~all\"\n",
		 .want = ""},
	};
	CHECK("policy-forbid", cases);
}

static void half_a_fix_is_none(void)
{
	static const struct zm_kit_case cases[] = {
		/* These are not merged, and a permerror with or without ptr. */
		{.policy = FORBID("ptr"),
		 .zone = "@ TXT \"v=spf1 ptr -all\"\n@ TXT \"v=spf1 redirect=x.example\"\n",
		 .want = HAS("example.com.", "ptr")},
		/* These are. */
		{.policy = FORBID("ptr"),
		 .zone = "@ TXT \"v=spf1 ptr -all\"\n@ TXT \"v=spf1 mx -all\"\n",
		 .want = HAS("example.com.", "ptr") FIX("remove ptr", "v=spf1 -all")},
		/* A broken term that nobody can mend, and one that is mended. */
		{.policy = FORBID("ptr"),
		 .zone = "@ TXT \"v=spf1 ptr foo:bar -all\"\n",
		 .want = HAS("example.com.", "ptr")},
		{.policy = FORBID("ptr"),
		 .zone = "@ TXT \"v=spf1 ptr includ:x.example -all\"\n",
		 .want = HAS("example.com.", "ptr")
			 FIX("remove ptr", "v=spf1 includ:x.example -all")},
		/* A rule that is off mends nothing. */
		{.policy = FORBID("ptr") "rules: {unknown-mechanism: off}\n",
		 .zone = "@ TXT \"v=spf1 ptr includ:x.example -all\"\n",
		 .want = HAS("example.com.", "ptr")},
		{.policy = FORBID("ptr") "rules: {multiple-records: off}\n",
		 .zone = "@ TXT \"v=spf1 ptr -all\"\n@ TXT \"v=spf1 mx -all\"\n",
		 .want = HAS("example.com.", "ptr")},
	};
	static const struct zm_kit_case meaning[] = {
		{.zone = "@ TXT \"v=spf1 ip4:192.0.2.1/24 foo:bar -all\"\n",
		 .want = "192.0.2.1 has bits set below /24, receivers compare with 192.0.2.0\n"},
		{.zone = "@ TXT \"v=spf1 ip4:192.0.2.1/24 -all\"\n@ TXT \"v=spf1 "
			 "redirect=x.example\"\n",
		 .want = "192.0.2.1 has bits set below /24, receivers compare with 192.0.2.0\n"},
	};
	CHECK("policy-forbid", cases);
	CHECK("host-bits-set", meaning);
}

#define REACHES(term, path)                                                                        \
	"SPF record of example.com. reaches " term ", which the policy forbids, through " path "\n"

static void a_forbidden_term_is_found_in_another_zone(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = FORBID("ptr"),
		 .zone = "@ TXT \"v=spf1 include:a.example.com ~all\"\na TXT \"v=spf1 "
			 "redirect=example.net\"\n",
		 .other = "@ TXT \"v=spf1 ptr ~all\"\n",
		 .want = REACHES(
			 "ptr",
			 "include:a.example.com, redirect=example.net") "SPF record of "
									"a.example.com. reaches "
									"ptr, which the policy "
									"forbids, "
									"through "
									"redirect=example.net\n"},
		/* an included -all does nothing, a pass does */
		{.policy = FORBID("-all, +all"),
		 .zone = "@ TXT \"v=spf1 include:example.net ~all\"\n",
		 .other = "@ TXT \"v=spf1 mx -all\"\n",
		 .want = ""},
		{.policy = FORBID("-all, +all"),
		 .zone = "@ TXT \"v=spf1 include:example.net ~all\"\n",
		 .other = "@ TXT \"v=spf1 +all\"\n",
		 .want = REACHES("+all", "include:example.net")},
		{.policy = FORBID("-all"),
		 .zone = "@ TXT \"v=spf1 redirect=example.net\"\n",
		 .other = "@ TXT \"v=spf1 mx -all\"\n",
		 .want = REACHES("-all", "redirect=example.net")},
		/* not reached */
		{.policy = FORBID("ptr"),
		 .zone = "@ TXT \"v=spf1 ~all include:example.net\"\n",
		 .other = "@ TXT \"v=spf1 ptr ~all\"\n",
		 .want = ""},
		{.policy = FORBID("ptr"),
		 .zone = "@ TXT \"v=spf1 include:example.net ~all\"\n",
		 .other = "@ TXT \"v=spf1 mx ~all ptr\"\n",
		 .want = ""},
	};
	CHECK("policy-forbid", cases);
}

static void a_record_of_the_own_zone_is_reported_where_it_stands(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = FORBID("ptr"),
		 .zone = "@ TXT \"v=spf1 include:a.example.com ~all\"\na TXT \"v=spf1 ptr ~all\"\n",
		 .want = "SPF record of a.example.com. has ptr, which the policy forbids\n"
			 "  policy: remove ptr\n"
			 "  a.example.com. = v=spf1 ~all\n"},
		/* but where the policy lets it be there */
		{.policy = "version: 1\nspf: {forbid: [ptr]}\n"
			   "zones: [{match: [a.example.com], spf: {forbid: []}}]\n",
		 .zone = "@ TXT \"v=spf1 include:a.example.com ~all\"\na TXT \"v=spf1 ptr ~all\"\n",
		 .want = REACHES("ptr", "include:a.example.com")},
	};
	CHECK("policy-forbid", cases);
}

/* ---- policy-exactly ---- */

#define EXACTLY(text) "version: 1\nspf: {names: [apex], exactly: \"" text "\"}\n"
#define IS_NOT(text)  "SPF record of example.com. is not " text "\n" FIX("write " text, text)

static void the_record_is_the_one_that_the_policy_gives(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = EXACTLY("v=spf1 -all"),
		 .zone = "@ TXT \"v=spf1 mx -all\"\n",
		 .want = IS_NOT("v=spf1 -all")},
		{.policy = EXACTLY("v=spf1 -all"),
		 .zone = "@ TXT \"v=spf1 ~all\"\n",
		 .want = IS_NOT("v=spf1 -all")},
		{.policy = EXACTLY("v=spf1 mx a -all"),
		 .zone = "@ TXT \"v=spf1 a mx -all\"\n",
		 .want = IS_NOT("v=spf1 mx a -all")},
		{.policy = EXACTLY("v=spf1 mx -all"),
		 .zone = "@ TXT \"v=spf1 mx -all all\"\n",
		 .want = IS_NOT("v=spf1 mx -all")},
		{.policy = EXACTLY("v=spf1 mx -all"),
		 .zone = "@ TXT \"v=spf1 mxx -all\"\n",
		 .want = IS_NOT("v=spf1 mx -all")},
		/* the same in other letters */
		{.policy = EXACTLY("v=spf1 include:x.example -all"),
		 .zone = "@ TXT \"V=spf1  +Include:X.example. \" \"-ALL \"\n",
		 .want = ""},
		/* not asked of others; several are merged first; a missing one is inserted */
		{.policy = EXACTLY("v=spf1 -all"),
		 .zone = "@ TXT \"v=spf1 -all\"\nwww TXT \"v=spf1 mx -all\"\n",
		 .want = ""},
		{.policy = EXACTLY("v=spf1 -all"),
		 .zone = "@ TXT \"v=spf1 a\"\n@ TXT \"v=spf1 mx\"\n",
		 .want = ""},
		{.policy = EXACTLY("v=spf1 -all"), .zone = "", .want = ""},
	};
	CHECK("policy-exactly", cases);
}

static void a_prescribed_record_is_not_asked_what_it_holds(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = "version: 1\nspf: {names: [apex], exactly: \"v=spf1 -all\", forbid: "
			   "[ptr]}\n",
		 .zone = "@ TXT \"v=spf1 ptr -all\"\nwww TXT \"v=spf1 ptr -all\"\n",
		 .want = "SPF record of www.example.com. has ptr, which the policy forbids\n"
			 "  policy: remove ptr\n"
			 "  www.example.com. = v=spf1 -all\n"},
	};
	CHECK("policy-forbid", cases);
}

static void a_missing_record_is_missed_at_its_owner(void)
{
	struct zm_kit kit;
	zm_kit_lint(&kit, &(struct zm_kit_case){.policy = MX,
						.zone = "@ TXT \"v=spf1 -all\"\n"
							"www A 192.0.2.1\n MX 10 mail\n"
							"ftp MX 10 mail\n"});
	CU_ASSERT_EQUAL_FATAL(kit.findings.count, 2);
	/* the second MX's type, for it inherits its owner; then `ftp` */
	struct zm_str bytes = kit.zone->source->bytes;
	ZM_ASSERT_STR(zm_str_at(bytes, kit.findings.item[0]->at), "MX");
	ZM_ASSERT_STR(zm_str_at(bytes, kit.findings.item[1]->at), "ftp");
	zm_kit_release(&kit);
}

static void a_finding_of_the_policy_says_where_it_asks(void)
{
	static const struct zm_kit_case c = {.policy = "version: 1\n"
						       "spf:\n"
						       "  names: [apex, mx]\n"
						       "  require: [mx]\n"
						       "  forbid:\n"
						       "    - ptr\n",
					     .zone = "@ TXT \"v=spf1 ptr ~all\"\nwww MX 10 mail\n"};
	static const struct {
		const char *rule;
		size_t line;
	} places[] = {{"policy-missing-record", 3}, {"policy-require", 4}, {"policy-forbid", 6}};
	struct zm_kit kit;
	size_t found = 0;
	zm_kit_lint(&kit, &c);
	for (size_t i = 0; i < kit.findings.count; i++) {
		const struct zm_finding *finding = kit.findings.item[i];
		for (size_t j = 0; j < 3; j++) {
			bool is_it = zm_str_eq(zm_str_from(zm_rule_info[finding->rule].name),
					       zm_str_from(places[j].rule));
			found += is_it && finding->policy.line == places[j].line;
		}
	}
	CU_ASSERT_EQUAL(found, 3);
	zm_kit_release(&kit);
}

static const struct zm_test_case cases[] = {
	{"a listed name without a record gets one", a_listed_name_without_a_record_gets_one},
	{"no record is put beside a broken one", no_record_is_put_beside_a_broken_one},
	{"nothing is missing where no mail is or not all was read",
	 nothing_is_missing_where_no_mail_is_or_not_all_was_read},
	{"a forbidden term is removed and an all replaced",
	 a_forbidden_term_is_removed_and_an_all_replaced},
	{"half a fix is none", half_a_fix_is_none},
	{"only mail of the zone itself counts", only_mail_of_the_zone_itself_counts},
	{"only who asks for hosts pays for them", only_who_asks_for_hosts_pays_for_them},
	{"a forbidden term is found in another zone", a_forbidden_term_is_found_in_another_zone},
	{"a record of the own zone is reported where it stands",
	 a_record_of_the_own_zone_is_reported_where_it_stands},
	{"the record is the one that the policy gives",
	 the_record_is_the_one_that_the_policy_gives},
	{"a prescribed record is not asked what it holds",
	 a_prescribed_record_is_not_asked_what_it_holds},
	{"a missing record is missed at its owner", a_missing_record_is_missed_at_its_owner},
	{"a finding of the policy says where it asks", a_finding_of_the_policy_says_where_it_asks},
	{NULL, NULL},
};

void test_rules_policy(void)
{
	zm_test_suite("rules on the policy", cases);
}
