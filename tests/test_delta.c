#include "test.h"

#include "base/buf.h"
#include "zone/whole/delta.h"

#include <string.h>

#define HEAD                                                                                       \
	"$ORIGIN example.com.\n$TTL 3600\n"                                                        \
	"@ IN SOA ns1 host 1 7200 900 1209600 300\n@ NS ns1\n"

struct kit {
	struct zm_arena arena;
	struct zm_delta delta;
};

static void compare(struct kit *kit, const char *before, const char *after)
{
	static const struct zm_load_options load;
	struct zm_source sources[] = {
		{.name = "example.com.zone", .bytes = zm_str_from(before)},
		{.name = "example.com.zone", .bytes = zm_str_from(after)},
	};
	const struct zm_reading old = {&sources[0], &load};
	const struct zm_reading new = {&sources[1], &load};
	zm_delta_find(&kit->delta, &kit->arena, &old, &new);
}

/* Lines after the head of the zone, of both states. */
static void compare_lines(struct kit *kit, const char *before, const char *after)
{
	struct zm_str old = zm_arena_printf(&kit->arena, "%s%s", HEAD, before);
	struct zm_str new = zm_arena_printf(&kit->arena, "%s%s", HEAD, after);
	compare(kit, old.data, new.data);
}

struct pair {
	const char *before;
	const char *after;
};

static void expect_none(const struct pair *pair, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct kit kit = {0};
		compare_lines(&kit, pair[i].before, pair[i].after);
		if (kit.delta.added + kit.delta.removed > 0) {
			CU_FAIL("a difference");
			printf("%s%s", pair[i].before, pair[i].after);
		}
		zm_arena_release(&kit.arena);
	}
}

static void expect_one(const struct pair *pair, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct kit kit = {0};
		compare_lines(&kit, pair[i].before, pair[i].after);
		if (kit.delta.added != 1 || kit.delta.removed != 1) {
			CU_FAIL("not one for one");
			printf("%s%s", pair[i].before, pair[i].after);
		}
		zm_arena_release(&kit.arena);
	}
}

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static void layout_comments_order_and_case_do_not_count(void)
{
	static const struct pair pairs[] = {
		{"a A 192.0.2.1\nb A 192.0.2.2\n",
		 "; new\nb  IN A ( 192.0.2.2 )\n\na 1h A 192.0.2.1"},
		{"a A 192.0.2.1\na AAAA 2001:db8::1\n", "A AAAA 2001:DB8:0::1\n  A 192.0.2.1\n"},
		{"a A 192.0.2.1\n", "a A 192.0.2.1\na A 192.0.2.1\n"},
		{"a A 192.0.2.1\na A 192.0.2.1\n", "a A 192.0.2.1\n"},
		{"x.y A 192.0.2.1\n", "$ORIGIN y.example.com.\nx A 192.0.2.1\n"},
		{"a 60 A 192.0.2.1\nb A 192.0.2.1\n", "b A 192.0.2.1\n$TTL 1m\na A 192.0.2.1\n"},
		{"$GENERATE 1-2 h$ A 192.0.2.$\n", "h1 A 192.0.2.1\nh2 A 192.0.2.2\n"},
	};
	expect_none(pairs, COUNT(pairs));
}

static void data_is_what_it_says_not_how_it_is_written(void)
{
	static const struct pair pairs[] = {
		{"@ MX 10 Mail\n", "@ MX 010 mail.EXAMPLE.com.\n"},
		{"@ TXT \"a b\" c\n", "@ TXT a\\ b \"\\099\"\n"},
		{"@ TXT \"ab\"\n", "@ TXT \\# 3 02 6162\n"},
		{"@ SPF \"x\"\n", "@ TYPE99 \"x\"\n"},
		{"a A 192.0.2.1\n", "a CLASS1 TYPE1 \\# 4 C0000201\n"},
		{"_s SRV 1 2 3 a\n", "_s SRV 1 2 3 A.example.com.\n"},
		{"@ DS 1 RSASHA256 2 "
		 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n",
		 "@ DS 1 8 SHA-256 00112233445566778899AABBCCDDEEFF (\n "
		 "00112233445566778899aabbccddeeff )\n"},
		{"@ DNSKEY 257 3 13 AAEC AwQF\n", "@ DNSKEY 257 DNSSEC ECDSAP256SHA256 AAECAwQF\n"},
		{"@ CAA 0 issue \"ca.example\"\n", "@ CAA 0 issue ca.example\n"},
		{"@ TYPE62 \\# 8 0000000100030001 00\n", "@ TYPE62 \\# 8 00000001 0003000100\n"},
		{"@ CSYNC 1 3 A NS AAAA\n", "@ CSYNC 1 3 AAAA TYPE2 A\n"},
		{"@ CSYNC 1 3 A\n", "@ CSYNC \\# 9 00000001 0003 00 01 40\n"},
		{"@ EUI48 00-00-5E-00-53-2a\n", "@ EUI48 \\# 6 00005e00532a\n"},
		{"@ NID 10 14:4fff:ff20:ee64\n", "@ NID 10 0014:4FFF:ff20:EE64\n"},
		{"@ NSEC3PARAM 1 0 0 -\n", "@ NSEC3PARAM \\# 5 0100000000\n"},
		{"@ HTTPS 1 . alpn=\"h2\"\n", "@ HTTPS 01 . alpn=h2\n"},
		{"@ HTTPS 1 . port=1 alpn=\"h2\"\n", "@ HTTPS 1 . alpn=h2 port=\"1\"\n"},
		{"@ NXT a A NS SOA\n", "@ NXT A NS TYPE6 A\n"},
		{"@ SVCB 1 Svc port=\"8443\"\n", "@ SVCB 1 svc.example.com. port=8443\n"},
		{"@ LOC 52 N 4 E 0m\n", "@ LOC \"52\" N 4 E 0m\n"},
		{"@ RRSIG A 8 2 3600 20300101000000 20200101000000 1 @ AAEC\n",
		 "@ RRSIG 1 8 2 3600 1893456000 1577836800 1 Example.Com. AAEC\n"},
		{"x 7200 SOA a b 1 2h 3m 4 5\n", "x 7200 SOA A B.example.com. 9 7200 180 4 5\n"},
	};
	expect_none(pairs, COUNT(pairs));
}

static void every_part_of_a_record_counts(void)
{
	static const struct pair pairs[] = {
		{"a A 192.0.2.1\n", "b A 192.0.2.1\n"},
		{"a A 192.0.2.1\n", "a A 192.0.2.2\n"},
		{"a A 192.0.2.1\n", "a 3601 A 192.0.2.1\n"},
		{"a MX 1 a\n", "a RT 1 a\n"},
		{"a TXT \"ab\"\n", "a TXT \"a\" \"b\"\n"},
		{"a TXT \"ab\"\n", "a TXT \"aB\"\n"},
		{"a TXT \"v=spf1 -all\"\n", "a TXT \"v=spf1 ~all\"\n"},
		{"a CAA 0 issue \"a\"\n", "a CAA 128 issue \"a\"\n"},
		{"a HTTPS 1 . alpn=h2\n", "a HTTPS 1 . alpn=h3\n"},
		{"a LOC 52 N 4 E 0m\n", "a LOC 52 N 5 E 0m\n"},
		{"a CSYNC 1 3 A NS\n", "a CSYNC 1 3 A\n"},
		{"x SOA a b 1 2 3 4 5\n", "x SOA a b 1 2 3 4 6\n"},
		{"x SOA a b 1 2 3 4 5\n", "x SOA a c 1 2 3 4 5\n"},
		{"$GENERATE 1-2 h$ A 192.0.2.$\n", "$GENERATE 1-3/2 h$ A 192.0.2.$\n"},
		{"$GENERATE 0-16777215 h$ A 192.0.2.1\n", "$GENERATE 0-16777214 h$ A 192.0.2.1\n"},
	};
	expect_one(pairs, COUNT(pairs));
}

static void the_serial_alone_is_no_difference(void)
{
	struct kit kit = {0};
	compare(&kit, HEAD,
		"$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 host 2 2h 900 1209600 300\n@ NS ns1\n");
	CU_ASSERT_EQUAL(kit.delta.added + kit.delta.removed, 0);
	compare(&kit, HEAD,
		"$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 host 1 2h 900 1209600 301\n@ NS ns1\n");
	CU_ASSERT_EQUAL(kit.delta.added, 1);
	CU_ASSERT_EQUAL(kit.delta.type, 6);
	zm_arena_release(&kit.arena);
}

static void the_first_record_added_is_named_else_one_removed(void)
{
	struct kit kit = {0};
	compare_lines(&kit, "a A 192.0.2.1\nb A 192.0.2.2\n",
		      "b A 192.0.2.2\nc MX 1 d\nc MX 2 d\nb A 192.0.2.2\n");
	CU_ASSERT_EQUAL(kit.delta.added, 2);
	CU_ASSERT_EQUAL(kit.delta.removed, 1);
	CU_ASSERT_EQUAL(kit.delta.type, 15);
	ZM_ASSERT_STR(zm_name_text(&kit.arena, kit.delta.owner), "c.example.com.");
	compare_lines(&kit, "a A 192.0.2.1\nb A 192.0.2.2\na A 192.0.2.1\n", "b A 192.0.2.2\n");
	CU_ASSERT_EQUAL(kit.delta.added, 0);
	CU_ASSERT_EQUAL(kit.delta.removed, 1);
	ZM_ASSERT_STR(zm_name_text(&kit.arena, kit.delta.owner), "a.example.com.");
	compare_lines(&kit, "", "$GENERATE 0-16777215 h$ A 192.0.2.1\n");
	CU_ASSERT_EQUAL(kit.delta.added, 1);
	CU_ASSERT_EQUAL(kit.delta.type, 0);
	zm_arena_release(&kit.arena);
}

/* Far more than one table holds, in another order. */
static void a_large_zone_may_be_sorted_anew(void)
{
	enum { RECORDS = 5000 };
	struct kit kit = {0};
	struct zm_buf up = {0};
	struct zm_buf down = {0};
	zm_buf_add(&up, ZM_STR(HEAD));
	zm_buf_add(&down, ZM_STR(HEAD));
	for (unsigned i = 0; i < RECORDS; i++) {
		zm_buf_printf(&up, "h%u A 192.0.2.1\n", i);
		zm_buf_printf(&down, "h%u A 192.0.2.1\n", RECORDS - 1 - i);
	}
	compare(&kit, up.data, down.data);
	CU_ASSERT_EQUAL(kit.delta.added + kit.delta.removed, 0);
	zm_buf_add(&down, ZM_STR("one-more A 192.0.2.1\n"));
	compare(&kit, up.data, down.data);
	CU_ASSERT_EQUAL(kit.delta.added, 1);
	CU_ASSERT_EQUAL(kit.delta.removed, 0);
	zm_buf_release(&up);
	zm_buf_release(&down);
	zm_arena_release(&kit.arena);
}

static const struct zm_test_case cases[] = {
	{"layout, comments, order and case do not count",
	 layout_comments_order_and_case_do_not_count},
	{"data is what it says, not how it is written", data_is_what_it_says_not_how_it_is_written},
	{"every part of a record counts", every_part_of_a_record_counts},
	{"the serial alone is no difference", the_serial_alone_is_no_difference},
	{"the first record added is named, else one removed",
	 the_first_record_added_is_named_else_one_removed},
	{"a large zone may be sorted anew", a_large_zone_may_be_sorted_anew},
	{NULL, NULL},
};

void test_delta(void)
{
	zm_test_suite("delta", cases);
}
