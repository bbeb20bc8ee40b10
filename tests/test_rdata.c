#include "test.h"

#include "zone/load.h"

#define HEAD "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns h 1 2 3 4 5\n@ NS ns.example.org.\na "

/* The one fault that a record of `a.example.com.` gives, as `column message`; empty: none. */
static void check(const char *record, const char *want)
{
	struct zm_arena arena = {0};
	struct zm_source source = {.name = "z",
				   .bytes = zm_arena_printf(&arena, HEAD "%s\n", record)};
	const struct zm_load_options options = {0};
	const struct zm_zone *zone = zm_zone_load(&arena, &source, &options);
	struct zm_str got = ZM_STR("");
	CU_ASSERT_TRUE(zone->fault_count <= 1);
	if (zone->fault_count > 0) {
		struct zm_position at = zm_source_position(&source, zone->fault[0].at.start);
		got = zm_arena_printf(&arena, "%zu %.*s", at.column,
				      ZM_STR_ARG(zone->fault[0].message));
	}
	ZM_ASSERT_STR(got, want);
	CU_ASSERT_EQUAL(zone->loads, want[0] == '\0');
	zm_arena_release(&arena);
}

static void good_data_is_silent(void)
{
	static const char *const table[] = {
		"A 192.0.2.1",
		"AAAA 2001:db8::192.0.2.1",
		"NS .",
		"CNAME @",
		"MX ( 10 ; first\n mail )",
		"SRV 0 65535 443 b\\.c",
		"CAA 0 issue \"ca.example; x=\\\"y\\\"\"",
		"CAA 128 issue ca.example",
		"DS 60485 5 1 2BB183AF5F225884 79A53B0A98631FAD1A292118",
		"DS 60485 RSASHA1 SHA-1 2BB183AF5F22588479A53B0A98631FAD1A292118",
		"DNSKEY 256 3 5 AQPS mw==",
		"RRSIG A 5 3 86400 20300322173103 20200220173103 2642 example.com. oJB1",
		"RRSIG TYPE65280 RSASHA256 3 86400 1900000000 1600000000 2642 @ oJB1",
		"NSEC host.example.com. A MX TYPE1234",
		"A 192.0.2.1\na0 NSEC3 1 1 12 aabbccdd 2vptu5timamqttgl4luu9kg21e0aor3s MX RRSIG",
		"A 192.0.2.1\na0 NSEC3 1 0 0 - 2vptu5timamqttgl4luu9kg21e0aor3s",
		"TLSA 3 1 1 aabb cc",
		"SSHFP 4 3 aabb",
		"NAPTR 100 10 \"\" \"\" \"!^.*$!sip:x@example.com!\" .",
		"HINFO \"a b\" c",
		"TYPE65280 \\# 3 aabb cc",
		"A \\# 4 c0000201",
		"APL",
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		check(table[i], "");
	}
}

static void bad_data_has_its_place_and_field(void)
{
	static const char *const table[][2] = {
		{"A 300.1.2.3", "5 A address is no IPv4 address"},
		{"A 1.2.3.4 x", "13 text after the end of the A record"},
		{"A ::1", "5 A address is no IPv4 address"},
		{"AAAA 1.2.3.4", "8 AAAA address is no IPv6 address"},
		{"NS a..b", "6 NS name server is no domain name"},
		{"NS \"a\"", "6 NS name server is no domain name"},
		{"MX 10", "3 MX record lacks its exchange"},
		{"MX mail", "6 MX preference is no number from 0 to 65535"},
		{"MX 65536 mail", "6 MX preference is no number from 0 to 65535"},
		{"SRV 1 2 b", "11 SRV port is no number from 0 to 65535"},
		{"CAA 256 issue x", "7 CAA flags is no number from 0 to 255"},
		{"CAA 0 is_sue x", "9 CAA tag is no tag of letters and digits"},
		{"DS 1 5 1 abc", "12 DS digest is no row of whole bytes in hex"},
		{"DS 1 5 1", "3 DS record lacks its digest"},
		{"DNSKEY 256 3 5 AQPSmw=", "18 DNSKEY key is no base64 text"},
		{"NSEC b FOO", "10 NSEC types are no record types"},
		{"TYPE65280 \\# 3 aabb", "18 \\# data that is not what its length says"},
		{"A \\# 4 zz", "10 \\# data that is not what its length says"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		check(table[i][0], table[i][1]);
	}
}

static const struct zm_test_case cases[] = {
	{"good data is silent", good_data_is_silent},
	{"bad data has its place and field", bad_data_has_its_place_and_field},
	{NULL, NULL},
};

void test_rdata(void)
{
	zm_test_suite("rdata", cases);
}
