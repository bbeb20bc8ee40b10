#include "test.h"

#include "spf/ip.h"

#include <stdio.h>

static struct zm_ip ip_of(const char *text)
{
	struct zm_ip ip;
	struct zm_str s = zm_str_from(text);
	if (!zm_ip4_parse(&ip, s) && !zm_ip6_parse(&ip, s)) {
		printf("\nno address: %s\n", text);
		CU_FAIL("no address");
		ip = (struct zm_ip){.family = 0};
	}
	return ip;
}

static void claim(bool holds, const char *text)
{
	if (!holds) {
		printf("\n%s\n", text);
	}
	CU_ASSERT(holds);
}

static void an_ip4_address_is_four_plain_numbers(void)
{
	static const char *const good[] = {"0.0.0.0", "192.0.2.1", "255.255.255.255", "1.20.3.0"};
	static const char *const bad[] = {
		"",           "1",
		"1.2.3",      "1.2.3.",
		"1.2.3.4.",   "1.2.3.4.5",
		".1.2.3",     "1..2.3",
		"256.1.1.1",  "1.2.3.010",
		"01.2.3.4",   "00.0.0.0",
		"1.2.3.1000", "1.2.3.4 ",
		" 1.2.3.4",   "1.2.3.-4",
		"1.2.3.+4",   "0x1.2.3.4",
		"1.2.3.x",    "1,2,3,4",
		"::1",        "1.2.3.999999999999999999999",
	};
	struct zm_ip ip;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		claim(zm_ip4_parse(&ip, zm_str_from(good[i])), good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		claim(!zm_ip4_parse(&ip, zm_str_from(bad[i])), bad[i]);
	}
	CU_ASSERT_FALSE(zm_ip4_parse(&ip, (struct zm_str){"1.2.3.4\0", 8}));
}

static const char *const good_ip6[] = {
	"::",
	"::1",
	"1::",
	"1:2:3:4:5:6:7:8",
	"1:2:3:4:5:6:7::",
	"::2:3:4:5:6:7:8",
	"2001:DB8::aB",
	"0001::0000",
	"::1.2.3.4",
	"::ffff:192.0.2.1",
	"1:2:3:4:5:6:1.2.3.4",
	"1::1.2.3.4",
	"1:2::7:8",
	"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255",
};
static const char *const bad_ip6[] = {
	"",
	":",
	":::",
	"1",
	"1:2:3:4:5:6:7",
	"1:2:3:4:5:6:7:8:9",
	"1:2:3:4:5:6:7:8::",
	"::1:2:3:4:5:6:7:8",
	"1:2:3:4::5:6:7:8",
	"1::2::3",
	"1:",
	":1",
	"1:::2",
	"12345::",
	"g::",
	"[::1]",
	"fe80::1%eth0",
	"::1/64",
	"::1.2.3",
	"::1.2.3.4:5",
	"1:2:3:4:5:6:7:1.2.3.4",
	"1.2.3.4::",
	"::1.2.3.04",
	"1:2:3:4:5:1.2.3.4",
	" ::1",
	"::1 ",
	"192.0.2.1",
	"1:2:3:4:5:6:7:",
	"::1:",
	"0000:0000:0000:0000:0000:0000:0000:0000:0000:0000",
	"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.2551",
};

static void an_ip6_address_is_rfc_4291_text(void)
{
	struct zm_ip ip;
	for (size_t i = 0; i < sizeof(good_ip6) / sizeof(*good_ip6); i++) {
		claim(zm_ip6_parse(&ip, zm_str_from(good_ip6[i])), good_ip6[i]);
	}
	for (size_t i = 0; i < sizeof(bad_ip6) / sizeof(*bad_ip6); i++) {
		claim(!zm_ip6_parse(&ip, zm_str_from(bad_ip6[i])), bad_ip6[i]);
	}
}

/* An address, and its one canonical text. */
static const struct {
	const char *text;
	const char *canonical;
} texts[] = {
	{"192.0.2.1", "192.0.2.1"},
	{"0.0.0.0", "0.0.0.0"},
	{"::", "::"},
	{"0:0:0:0:0:0:0:1", "::1"},
	{"1:0:0:0:0:0:0:0", "1::"},
	{"2001:0DB8:0:0::1", "2001:db8::1"},
	{"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
	{"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
	{"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
	{"0:1:0:1:0:1:0:1", "0:1:0:1:0:1:0:1"},
	{"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
	{"1:2:3:4:5:6::", "1:2:3:4:5:6::"},
	{"0:0:3:4:5:6:7:8", "::3:4:5:6:7:8"},
	{"::FFFF:c000:0201", "::ffff:192.0.2.1"},
	{"::1.2.3.4", "::102:304"},
	{"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
	{"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255",
	 "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
};

static void the_text_is_canonical_and_reads_back(void)
{
	struct zm_arena arena = {0};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct zm_ip ip = ip_of(texts[i].text);
		ZM_ASSERT_STR(zm_ip_text(&arena, ip), texts[i].canonical);
		CU_ASSERT(zm_ip_eq(ip, ip_of(texts[i].canonical)));
	}
	zm_arena_release(&arena);
}

/* An address, a prefix, and the network they are in. */
static const struct {
	const char *ip;
	unsigned prefix;
	const char *net;
} networks[] = {
	{"192.0.2.129", 32, "192.0.2.129"},    {"192.0.2.129", 25, "192.0.2.128"},
	{"192.0.2.129", 24, "192.0.2.0"},      {"192.0.2.129", 1, "128.0.0.0"},
	{"192.0.2.129", 0, "0.0.0.0"},         {"255.255.255.255", 9, "255.128.0.0"},
	{"2001:db8::ff", 128, "2001:db8::ff"}, {"2001:db8::ff", 121, "2001:db8::80"},
	{"2001:db8::ff", 32, "2001:db8::"},    {"2001:db8::ff", 31, "2001:db8::"},
	{"2001:db9::ff", 31, "2001:db8::"},    {"ffff::", 0, "::"},
};

static void a_network_is_the_bits_above_the_prefix(void)
{
	for (size_t i = 0; i < sizeof(networks) / sizeof(*networks); i++) {
		struct zm_ip ip = ip_of(networks[i].ip);
		struct zm_ip net = ip_of(networks[i].net);
		unsigned prefix = networks[i].prefix;
		claim(zm_ip_eq(zm_ip_network(ip, prefix), net), networks[i].ip);
		claim(zm_ip_has_host_bits(ip, prefix) == !zm_ip_eq(ip, net), networks[i].ip);
		claim(!zm_ip_has_host_bits(net, prefix), networks[i].net);
		claim(zm_ip_in_network(ip, net, prefix), networks[i].ip);
	}
}

static void an_address_outside_is_in_no_network(void)
{
	CU_ASSERT_FALSE(zm_ip_in_network(ip_of("192.0.3.0"), ip_of("192.0.2.0"), 24));
	CU_ASSERT(zm_ip_in_network(ip_of("192.0.3.0"), ip_of("192.0.2.0"), 23));
	CU_ASSERT_FALSE(zm_ip_in_network(ip_of("2001:db8:8000::"), ip_of("2001:db8::"), 33));
	CU_ASSERT_FALSE(zm_ip_in_network(ip_of("::"), ip_of("0.0.0.0"), 0));
	CU_ASSERT_FALSE(zm_ip_eq(ip_of("0.0.0.0"), ip_of("::")));
}

static const struct zm_test_case cases[] = {
	{"an ip4 address is four plain numbers", an_ip4_address_is_four_plain_numbers},
	{"an ip6 address is RFC 4291 text", an_ip6_address_is_rfc_4291_text},
	{"the text is canonical and reads back", the_text_is_canonical_and_reads_back},
	{"a network is the bits above the prefix", a_network_is_the_bits_above_the_prefix},
	{"an address outside is in no network", an_address_outside_is_in_no_network},
	{NULL, NULL},
};

void test_spf_ip(void)
{
	zm_test_suite("spf_ip", cases);
}
