#include "test.h"
#include "zone/load.h"

#include <stdio.h>

#define SOA  "$ORIGIN example.com.\n$TTL 60\n@ SOA ns h 1 2 3 4 5\n"
#define HEAD SOA "@ NS ns.example.org.\n"

/* The faults as `line message;`, in the order of the file; `not loaded;` where there is none and
 * yet the zone does not load. */
static void check(const char *const *zone)
{
	struct zm_arena arena = {0};
	struct zm_source source = {.name = "example.com", .bytes = zm_str_from(zone[0])};
	const struct zm_load_options options = {.root = "/nonexistent"};
	const struct zm_zone *loaded = zm_zone_load(&arena, &source, &options);
	struct zm_str out = ZM_STR("");
	for (size_t i = 0; i < loaded->fault_count; i++) {
		const struct zm_fault *fault = &loaded->fault[i];
		if (fault->kind == ZM_FAULT_SERVERS_DIFFER) {
			continue;
		}
		out = zm_arena_printf(&arena, "%.*s%zu %.*s;", ZM_STR_ARG(out),
				      zm_source_position(&source, fault->at.start).line,
				      ZM_STR_ARG(fault->message));
	}
	if (!loaded->loads && loaded->fault_count == 0) {
		out = ZM_STR("not loaded;");
	}
	zm_test_eq(out, zm_str_from(zone[1]), zone[0]);
	bool is_occluded = zm_str_find(out, ZM_STR("SPF record"), 0) != SIZE_MAX;
	CU_ASSERT_EQUAL(loaded->loads, out.len == 0 || is_occluded);
	zm_arena_release(&arena);
}

#define CHECK(zones)                                                                               \
	for (size_t i = 0; i < sizeof(zones) / sizeof(*(zones)); i++) {                            \
		check(zones[i]);                                                                   \
	}

static void a_zone_has_one_soa(void)
{
	static const char *const zones[][2] = {
		{HEAD "@ SOA NS h 1 2 3 4 5\n", ""},
		{HEAD "@ SOA ns h 1 2 3 4 6\n", "not loaded;"},
		{"$TTL 60\nexample.com. NS ns.example.org.\n", "not loaded;"},
	};
	CHECK(zones)
}

static void a_zone_has_name_servers(void)
{
	static const char *const zones[][2] = {
		{SOA, "3 the zone example.com. has no NS record at its apex;"},
		{SOA "www NS ns\n", "3 the zone example.com. has no NS record at its apex;"},
		/* what could not be read may be one */
		{SOA "@ NX ns\n", "4 unknown record type;"},
		{SOA "$INCLUDE a\n", "4 a: cannot include: No such file or directory;"},
	};
	CHECK(zones)
}

#define NO_ADDRESS " has no address (A or AAAA) in the zone;"

static void a_name_server_in_the_zone_has_an_address(void)
{
	static const char *const zones[][2] = {
		{SOA "@ NS ns\nns A 192.0.2.1\n", ""},
		{SOA "@ NS ns\nNS AAAA ::1\n", ""},
		{SOA "@ NS @\n@ A 192.0.2.1\n", ""},
		{SOA "@ NS .\n", ""},
		{SOA "@ NS \\# 4 02786600\n", ""},
		{SOA "@ NS ns\n", "4 name server ns.example.com." NO_ADDRESS},
		{SOA "@ NS ns\nns TXT x\n", "4 name server ns.example.com." NO_ADDRESS},
		{SOA "@ NS a\n@ NS b\nb A 192.0.2.1\n", "4 name server a.example.com." NO_ADDRESS},
		{SOA "@ NS ns\nns CNAME a\na A 192.0.2.1\n",
		 "4 name server ns.example.com. is an alias (CNAME);"},
		{SOA "@ NS ns.b\nb DNAME c\n",
		 "4 name server ns.b.example.com. is below a DNAME record;"},
		/* another zone has it */
		{SOA "@ NS ns.sub\nsub NS ns.example.org.\n", ""},
		{SOA "@ NS ns.sub\nsub NS ns.example.org.\nns.sub CNAME a\n", ""},
		/* RFC 4592 3.3.1 */
		{SOA "@ NS ns\n* A 192.0.2.1\n", ""},
		{SOA "@ NS ns.b\n*.b A 192.0.2.1\nb TXT x\n", ""},
		{SOA "@ NS ns.b\n* A 192.0.2.1\nb TXT x\n",
		 "4 name server ns.b.example.com." NO_ADDRESS},
		/* RFC 4592 2.2.2: b exists, though it has no records */
		{SOA "@ NS ns.b\n* A 192.0.2.1\nx.b TXT x\n",
		 "4 name server ns.b.example.com." NO_ADDRESS},
		{SOA "@ NS b\n* A 192.0.2.1\nx.b TXT x\n",
		 "4 name server b.example.com." NO_ADDRESS},
		{SOA "@ NS ns.b\n* A 192.0.2.1\nx.c TXT x\n", ""},
		{SOA "@ NS ns\n@ NS NS\nx A 192.0.2.1\nns A 192.0.2.1\n", ""},
		{SOA "@ NS ns\n* CNAME a.example.org.\n",
		 "4 name server ns.example.com. is an alias (CNAME);"},
	};
	CHECK(zones)
}

static void nothing_stands_beside_a_cname(void)
{
	static const char *const zones[][2] = {
		{HEAD "a CNAME b\nb A 192.0.2.1\n", ""},
		{HEAD "a CNAME b\nA CNAME B\n", ""},
		{HEAD "a CNAME b\na KEY 256 3 5 AQAB\na NSEC b CNAME\n", ""},
		{HEAD "a CNAME b\n A 192.0.2.1\n",
		 "6 A record beside the CNAME record of a.example.com.: a CNAME stands alone;"},
		{HEAD "A A 192.0.2.1\nb TXT x\n$ORIGIN org.\n$ORIGIN example.com.\na 5 CNAME b\n",
		 "9 CNAME record beside the A record of a.example.com.: a CNAME stands alone;"},
		{HEAD "a CNAME b\na TYPE65300 \\# 0\n",
		 "6 another record beside the CNAME record of a.example.com.: a CNAME stands "
		 "alone;"},
		{HEAD "a CNAME b\na CNAME c\na CNAME d\n",
		 "6 second CNAME record of a.example.com., a name has one at most;"},
		{HEAD "a DNAME b\nb DNAME c\na DNAME c\n",
		 "7 second DNAME record of a.example.com., a name has one at most;"},
		{HEAD "a A 192.0.2.1\n$GENERATE 1-9 a CNAME b\n",
		 "6 CNAME record beside the A record of a.example.com.: a CNAME stands alone;"},
	};
	CHECK(zones)
}

static void an_spf_record_of_another_zone_is_unseen(void)
{
	static const char *const zones[][2] = {
		{HEAD "s NS ns.example.org.\ns TXT x\nt TXT \"v=spf1 -all\"\n", ""},
		{HEAD "@ TXT \"v=spf1 -all\"\n", ""},
		{SOA "s NS ns.example.org.\ns TXT \"v=spf1 -all\"\n",
		 "3 the zone example.com. has no NS record at its apex;"},
		{HEAD "s NS ns.example.org.\nS TXT \"V=spf1 -all\"\n",
		 "6 SPF record of S.example.com. at the delegation of S.example.com.: no server "
		 "shows it;"},
		{HEAD "a.s SPF \"v=spf1 -all\"\nb.s NS a.b.\ns NS ns.example.org.\n",
		 "5 SPF record of a.s.example.com. below the delegation of s.example.com.: no "
		 "server shows it;"},
		{HEAD "s DNAME a.example.org.\ns TXT \"v=spf1 -all\"\na.s TXT \"v=spf1 -all\"\n",
		 "7 SPF record of a.s.example.com. below the DNAME record of s.example.com.: no "
		 "server shows it;"},
		{HEAD "s NS a.example.org.\n$GENERATE 1-3 a.s TXT \"\\\"v=spf1 -all\\\"\"\n",
		 "6 SPF record of a.s.example.com. below the delegation of s.example.com.: no "
		 "server shows it;"
		 "6 SPF record of a.s.example.com. below the delegation of s.example.com.: no "
		 "server shows it;"
		 "6 SPF record of a.s.example.com. below the delegation of s.example.com.: no "
		 "server shows it;"},
	};
	CHECK(zones)
}

static const struct zm_test_case cases[] = {
	{"a zone has one SOA", a_zone_has_one_soa},
	{"a zone has name servers", a_zone_has_name_servers},
	{"a name server in the zone has an address", a_name_server_in_the_zone_has_an_address},
	{"nothing stands beside a CNAME", nothing_stands_beside_a_cname},
	{"an SPF record of another zone is unseen", an_spf_record_of_another_zone_is_unseen},
	{NULL, NULL},
};

void test_whole(void)
{
	zm_test_suite("whole", cases);
}
