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

static const char *const good[] = {
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
	"APL 1:192.0.2.0/24 !2:2001:db8::/32",
	"SVCB 0 other.example.",
	"SVCB 1 \"foo.\" alpn=h2,h3 port=\"443\" ipv4hint=192.0.2.1,192.0.2.2",
	"HTTPS 1 . mandatory=alpn,key99 alpn=\"h2\" key99 no-default-alpn ech=AAAA",
	"HTTPS 1 . alpn=a\\\\,b dohpath=/dns-query{?dns} ipv6hint=::1",
	"SVCB 1 . key1=\\002h2 key3=ab key65535=x",
	"LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m",
	"LOC 90 N 180 W 42849672.95",
	"NAPTR 1 1 u x \"!(x)!\\\\1!i\" a",
	"NSEC b TYPE0 A",
	"IPSECKEY 10 3 2 a.b. AAAA AAAA",
	"IPSECKEY 10 0 2 . AAAA",
	"AMTRELAY 10 1 2 2001:db8::1",
	"A6 64 ::1 foo",
	"A6 128 foo",
	"ATMA 39.246f",
	"DOA 1 2 3 \"image/gif\" -",
	"HIP 2 2001 AAAA a b",
	"KEY NOCONF|NOAUTH DNSSEC RSASHA1",
	"CERT PGP 0 0 AAAA",
	"URI 10 1 \"https://a/\"",
	"EUI48 00-00-5e-00-53-2a",
	"L64 10 14:4fff:ff20:ee64",
	"NSAP 0x47.0005",
	"WKS 192.0.2.1 tcp smtp 53",
	"X25 12345",
	"ISDN 1",
	"DSYNC CDS NOTIFY 5300 b",
	"MX \\# 3 000a00",
};

static void good_data_is_silent(void)
{
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		check(good[i], "");
	}
}

static const char *const bad[][2] = {
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
	{"SVCB 1 . alpn=h2 alpn=h3", "20 parameter that is there twice"},
	{"SVCB 1 . foo=bar", "12 unknown parameter"},
	{"SVCB 1 . alpn=a,,b", "12 alpn with a value that it may not have"},
	{"SVCB 1 . port=65536", "12 port with a value that it may not have"},
	{"SVCB 1 . key3=abc", "12 port with a value that it may not have"},
	{"SVCB 1 . mandatory=port", "12 mandatory names a key that is not there"},
	{"SVCB 1 . no-default-alpn", "12 no-default-alpn without alpn"},
	{"SVCB 1 . key9=\"a\"b", "17 tls-supported-groups with a value that it may not have"},
	{"SVCB 1", "3 SVCB record lacks its target"},
	{"LOC 91 N 0 E 0", "7 LOC latitude that is none"},
	{"LOC 90 1 N 0 E 0", "10 LOC latitude that is none"},
	{"LOC 1 N 1 E 1 2 3 4 5", "23 text after the end of the LOC record"},
	{"LOC 1 N 1 E", "3 LOC record lacks its altitude"},
	{"LOC 1 N 1 E 1.234", "15 LOC altitude that is none"},
	{"DS 1 8 2 00", "12 DS digest of 1 bytes, its type has another length"},
	{"DS 1 8 SHA3 00", "10 DS digest type is no digest type"},
	{"ZONEMD 1 1 3 00", "16 ZONEMD digest of 1 bytes, its type has another length"},
	{"DNSKEY 257 3 NOSUCH AAAA", "16 DNSKEY algorithm is no algorithm"},
	{"DNSKEY 257 3 8 AAB=", "18 DNSKEY key is no base64 text"},
	{"NSEC b", "3 NSEC record lacks its types"},
	{"NSEC b 1", "10 NSEC types are no record types"},
	{"RRSIG A 8 1 60 20300101000000 20200101000000 1 b.example.com. AAAA",
	 "50 RRSIG signer of more labels than the owner has"},
	{"RRSIG A 8 3 60 20300230000000 20200101000000 1 b AAAA", "18 RRSIG expiration is no time"},
	{"NAPTR 1 1 u x \"!x!\\\\1!\" a",
	 "17 NAPTR regexp is no substitution such as !^.*$!sip:info@example.com!"},
	{"IPSECKEY 10 1 2 a.b. AAAA", "19 IPSECKEY gateway is no IPv4 address"},
	{"IPSECKEY 10 0 0 .", "3 IPSECKEY record lacks its key"},
	{"AMTRELAY 10 2 0 .", "15 AMTRELAY discovery is neither 0 nor 1"},
	{"KEY 49152 3 5 AAAA", "17 KEY key of 3 bytes, its type has another length"},
	{"URI 10 1 a", "12 URI target is no text in quotes"},
	{"MD b", "3 obsolete record type: servers refuse the zone"},
	{"APL 1:192.0.2.0/", "7 APL prefix without its length"},
	{"TYPE65280 x", "13 type whose data can be written as \\# only"},
	{"MX \\# 3 000a01", "11 \\# data that is no MX record"},
	{"NSEC \\# 4 00000100", "13 \\# data that is no NSEC record"},
	{"A \\# 4 zz", "10 \\# data that is not what its length says"},
};

static void bad_data_has_its_place_and_field(void)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		check(bad[i][0], bad[i][1]);
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
