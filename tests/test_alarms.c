/* Zones that are right and look as if a rule might fire, and the same a step further, where it has
 * to. named-checkzone loads each of the former. */
#include "lintkit.h"
#include "test.h"

#include <string.h>

#define HEAD                                                                                       \
	"$TTL 3600\n@ IN SOA ns1 hostmaster 7 7200 900 1209600 3600\n@ IN NS ns1\nns1 IN A "       \
	"192.0.2.1\n"

/* What is said of it: the line of the first finding of the rule, 0 for none. */
struct variation {
	const char *zone; /* HEAD stands before it, which has four lines */
	size_t line;
};

static size_t first_line(struct zm_kit *kit, const char *rule)
{
	for (size_t i = 0; i < kit->findings.count; i++) {
		const struct zm_finding *finding = kit->findings.item[i];
		if (strcmp(zm_rule_info[finding->rule].name, rule) == 0) {
			return zm_source_position(finding->source, finding->at.start).line;
		}
	}
	return 0;
}

static void check(const char *rule, const struct variation *variation, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct zm_kit kit;
		struct zm_arena arena = {0};
		struct zm_kit_case c = {.whole = true};
		c.zone = zm_arena_printf(&arena, "%s%s", HEAD, variation[i].zone).data;
		zm_kit_lint(&kit, &c);
		struct zm_str got = zm_arena_printf(&arena, "line %zu", first_line(&kit, rule));
		struct zm_str want = zm_arena_printf(&arena, "line %zu", variation[i].line);
		zm_test_eq(got, want, variation[i].zone);
		zm_kit_release(&kit);
		zm_arena_release(&arena);
	}
}

#define CHECK(rule, cases) check(rule, cases, sizeof(cases) / sizeof((cases)[0]))

static void an_alias_stands_alone(void)
{
	static const struct variation cases[] = {
		{"www CNAME web1\nwww RRSIG CNAME 13 3 3600 20300101000000 20200101000000 1 "
		 "example.com. MAAA\n",
		 0},
		{"www CNAME web1\nwww NSEC web2 CNAME RRSIG NSEC\n", 0},
		{"www CNAME web1\nwww CNAME web1\n", 0},
		{"www CNAME web1\nwww 60 CNAME WEB1.example.com.\n", 0},
		{"WWW CNAME web1\nwww2 TXT \"v=spf1 -all\"\n", 0},
		{"a.www CNAME web1\nwww A 192.0.2.2\n", 0},
		{"www CNAME web1\na.www TXT \"v=spf1 -all\"\n", 0},
		{"a\\.www CNAME web1\na.www TXT \"x\"\n", 0},
		{"*.w CNAME web1\na.w TXT \"x\"\n", 0},
		{"* CNAME web1\nwww A 192.0.2.2\n", 0},
		{"alias DNAME other.example.\nalias TXT \"v=spf1 -all\"\nalias A 192.0.2.3\n", 0},
		{"dn DNAME other.example.\ndn TXT \"v=spf1 -all\"\ndn MX 10 mail.other.example.\n",
		 0},
		{"$ORIGIN sub.example.com.\nwww CNAME web1\n$ORIGIN example.com.\nwww A "
		 "192.0.2.2\n",
		 0},
		{"www CNAME .\n", 0},
		{"www CNAME www2\nwww2 CNAME www3\nwww3 A 192.0.2.2\n", 0},
		{"www CNAME web1\nwww KEY 256 3 13 6dHl\n", 0},
		{"www TYPE5 \\# 5 0377656200\n", 0},
		{"www CNAME web1\nwww A 192.0.2.2\n", 6},
		{"www A 192.0.2.2\nother A 192.0.2.3\nwww CNAME web1\n", 7},
		{"www CNAME web1\nWWW CNAME web2\n", 6},
		{"www CNAME web1\n$ORIGIN www.example.com.\n@ TXT \"v=spf1 -all\"\n", 7},
		{"@ CNAME web1\n", 5},
		{"w\\119w A 192.0.2.2\nwww CNAME web1\n", 6},
		{"x DNAME a.example.\nx DNAME b.example.\n", 6},
		{"* CNAME web1\n* MX 10 mail.example.\n", 6},
		{"www TYPE5 \\# 5 0377656200\nwww MX 10 mail.example.\n", 6},
	};
	CHECK("cname-conflict", cases);
}

static void a_zone_has_servers(void)
{
	static const struct variation cases[] = {
		{"", 0},
		{"NS TXT \"x\"\n", 0},
		{"@ TYPE2 \\# 5 0378797a00\n", 0},
		{"@ NS ns.other.example.\n", 0},
		{"EXAMPLE.com. NS ns.other.example.\n", 0},
		{"@ NS ns2.sub\nsub NS ns2.sub\nns2.sub A 192.0.2.2\n", 0},
		{"@ NS ns2.sub\nsub NS ns.other.example.\n", 0},
		{"@ NS deep\n*.x A 192.0.2.2\ndeep AAAA 2001:db8::1\n", 0},
		{"@ NS a.wild\n*.wild A 192.0.2.2\n", 0},
		{"@ NS NS1\n@ NS ns1\n", 0},
		{"@ NS n\\1151\n", 0},
		{"$ORIGIN com.\nexample NS ns.other.example.\n", 0},
		{"$GENERATE 2-3 @ NS ns$\n$GENERATE 2-3 ns$ A 192.0.2.$\n", 0},
		{"sub NS ns.sub\n", 0},
		{"@ CLASS1 TYPE2 ns.other.example.\n", 0},
		{"@ 60 IN NS ns1\n", 0},
		{"@ NS host\nhost ( A\n 192.0.2.2 )\n", 0},
		{"@ NS nohost\n", 5},
		{"@ NS al\nal CNAME ns1\n", 5},
		{"@ NS x.d\nd DNAME other.example.\n", 5},
		{"@ NS onlytxt\nonlytxt TXT \"x\"\n", 5},
		{"@ NS ns1.example.com\n", 5},
	};
	CHECK("ns-missing", cases);
}

static void an_owner_is_in_the_zone(void)
{
	static const struct variation cases[] = {
		{"EXAMPLE.COM. TXT \"x\"\n", 0},
		{"sub.Example.Com. A 192.0.2.2\n", 0},
		{"\\101xample.com. TXT \"x\"\n", 0},
		{"a\\.b.example.com. TXT \"x\"\n", 0},
		{"$ORIGIN sub.example.com.\n@ A 192.0.2.2\nexample.com. TXT \"x\"\n", 0},
		{"$ORIGIN com.\nexample TXT \"x\"\nsub.example A 192.0.2.2\n", 0},
		{"$ORIGIN .\nexample.com TXT \"x\"\nwww.example.com A 192.0.2.2\n", 0},
		{"a MX 10 other.example.\n", 0},
		{"a CNAME www.elsewhere.example.\n", 0},
		{"sub NS ns.sub.example.com.\nns.sub.example.com. A 192.0.2.2\n", 0},
		{"*.example.com. TXT \"x\"\n", 0},
		{"com TXT \"x\"\n", 0},
		{"example.com TXT \"x\"\n", 0},
		{"1.0.0.127.in-addr.arpa PTR x\n", 0},
		{"$ORIGIN \\101XAMPLE.com.\na TXT \"x\"\n", 0},
		{"$GENERATE 1-2 h$.example.com. A 192.0.2.$\n", 0},
		{"other.example. TXT \"x\"\n", 5},
		{"com. TXT \"x\"\n", 5},
		{". TXT \"x\"\n", 5},
		{"notexample.com. TXT \"x\"\n", 5},
		{"example\\.com. TXT \"x\"\n", 5},
		{"$ORIGIN net.\nexample.com TXT \"x\"\n", 6},
		{"$ORIGIN .\na TXT \"x\"\n", 6},
		{"ns.other.example. A 192.0.2.2\n A 192.0.2.3\n", 5},
	};
	CHECK("out-of-zone", cases);
}

static void a_record_is_hidden_by_a_cut(void)
{
	static const struct variation cases[] = {
		{"sub NS ns.sub\nns.sub A 192.0.2.2\nns.sub AAAA 2001:db8::1\n", 0},
		{"sub NS ns.other.example.\nsub DS 1 13 2 "
		 "1f987cc6583e92df0890718c42e00b2f5ff3c4a4c6d4ee2c11bbb1c5fe23dd61\nsub NSEC www "
		 "NS DS\n",
		 0},
		{"sub NS ns.other.example.\nsub2 TXT \"v=spf1 -all\"\n", 0},
		{"sub NS ns.other.example.\nxsub TXT \"v=spf1 -all\"\n", 0},
		{"sub NS ns.other.example.\nsub.sub2 TXT \"v=spf1 -all\"\n", 0},
		{"a\\.sub TXT \"v=spf1 -all\"\nsub NS ns.other.example.\n", 0},
		{"@ TXT \"v=spf1 -all\"\n@ NS ns.other.example.\n", 0},
		{"d DNAME other.example.\nd TXT \"v=spf1 -all\"\n", 0},
		{"d DNAME other.example.\nd2 TXT \"v=spf1 -all\"\n", 0},
		{"x.sub NS ns.other.example.\nsub TXT \"v=spf1 -all\"\n", 0},
		{"sub NS ns.other.example.\n* TXT \"v=spf1 -all\"\n", 0},
		{"sub NS ns.other.example.\nns.sub TXT \"no spf\"\n", 0},
		{"$ORIGIN sub.example.com.\nx NS ns.other.example.\n@ TXT \"v=spf1 -all\"\n", 0},
		{"sub NS ns.other.example.\nSUB2 TXT \"v=spf1 -all\"\nsu TXT \"v=spf1 -all\"\n", 0},
		{"mail A 192.0.2.2\nmail TXT \"v=spf1 -all\"\nmail.sub NS ns.other.example.\n", 0},
		{"sub NS ns.other.example.\nsub TXT \"v=spf1 -all\"\n", 6},
		{"sub NS ns.other.example.\na.b.sub TXT \"v=spf1 -all\"\n", 6},
		{"a.SUB TXT \"v=spf1 -all\"\nsub NS ns.other.example.\n", 5},
		{"d DNAME other.example.\nx.d TXT \"v=spf1 -all\"\n", 6},
		{"sub NS ns.other.example.\n*.sub TXT \"v=spf1 -all\"\n", 6},
		{"$ORIGIN sub.example.com.\n@ NS ns.other.example.\n@ TXT \"v=spf1 -all\"\n", 7},
	};
	CHECK("occluded-record", cases);
}

static void line_ends_are_of_one_kind(void)
{
	static const struct variation cases[] = {
		{"", 0},
		{"a TXT \"x\\013y\"\n", 0},
		{"a TXT \"last line has no end\"", 0},
		{"a TXT \"x\" ; tab\tand\013form\014feed\n", 0},
		{"\n\n\n   \n\t\n", 0},
		{"a TXT \"v=spf1 -all\" ; caf\303\251\n", 0},
		{"a TXT ( \"x\"\n ; comment\n \"y\" )\n", 0},
		{"a TXT \"\\010\\013\"\n", 0},
		{"a TXT \\013\n", 0},
		{"; only a comment", 0},
		{"a TXT \"x\" ; \\r\\n\n", 0},
		{"a TXT \"x\"\r\nb TXT \"y\"\n", 5},
		{"a TXT \"x\" ; c\rb TXT\n", 5},
		{"a TXT ( \"x\"\r\n \"y\" )\n", 5},
	};
	CHECK("mixed-line-ends", cases);
}

static void what_all_servers_read(void)
{
	static const struct variation cases[] = {
		{"$TTL 1h\na TXT \"x\"\n", 0},
		{"$TTL 3600s\na TXT \"x\"\n", 0},
		{"$ORIGIN sub.example.com.\na TXT \"x\"\n", 0},
		{"$origin sub.example.com.\na TXT \"x\"\n", 0},
		{"a IN 300 TXT \"x\"\n", 0},
		{"a 300 IN TXT \"x\"\n", 0},
		{"a TXT ( \"x\"\n \"y\" )\n", 0},
		{"a TXT \"$GENERATE 1-2 a\"\n", 0},
		{"a TXT \"x\" ; $DATE\n", 0},
		{"a TXT \"(\" \")\"\n", 0},
		{"a\\.b TXT \"x\"\n", 0},
		{"a TXT \"\\\"x\\\"\"\n", 0},
		{"a TYPE16 \\# 2 0161\n", 0},
		{"a TXT x y\n", 0},
		{"a MX 10 ( mail )\n", 0},
		{"alias CNAME lua\n", 0},
		{"lua TXT \"ALIAS\"\n", 0},
		{"in A 192.0.2.2\n", 0},
		{"$GENERATE 1-2 h$ A 192.0.2.$\n", 5},
		{"$ORIGIN sub.example.com\na TXT \"x\"\n", 5},
		{"a 1h30m TXT \"x\"\n", 5},
		{"a CLASS1 TXT \"x\"\n", 5},
		{"\"a\" TXT \"x\"\n", 5},
		{"a TXT \"x\"\"y\"\n", 5},
		{"a ( TXT \"x\" )\n", 5},
		{"a\\ b TXT \"x\"\n", 5},
	};
	CHECK("server-dependent", cases);
}

static const struct zm_test_case cases[] = {
	{"an alias stands alone", an_alias_stands_alone},
	{"a zone has servers", a_zone_has_servers},
	{"an owner is in the zone", an_owner_is_in_the_zone},
	{"a record is hidden by a cut", a_record_is_hidden_by_a_cut},
	{"line ends are of one kind", line_ends_are_of_one_kind},
	{"what all servers read", what_all_servers_read},
	{NULL, NULL},
};

void test_alarms(void)
{
	zm_test_suite("alarms, false and true", cases);
}
