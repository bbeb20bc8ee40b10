#include "test.h"

#include "spf/ranges.h"

#include <stdio.h>
#include <string.h>

static struct zm_arena arena;

static unsigned family_of(const char *text)
{
	return strchr(text, ':') == NULL ? 4 : 6;
}

static struct zm_range network_of(struct zm_str text)
{
	size_t slash = zm_str_find(text, ZM_STR("/"), 0);
	uint64_t prefix = 128;
	struct zm_ip ip = {.family = 0};
	struct zm_str address = zm_str_sub(text, 0, slash);
	CU_ASSERT(zm_ip4_parse(&ip, address) || zm_ip6_parse(&ip, address));
	if (slash != SIZE_MAX) {
		CU_ASSERT(zm_str_number(zm_str_sub(text, slash + 1, text.len), 128, &prefix));
	}
	return zm_range_of(ip, (unsigned)prefix);
}

/* "192.0.2.0/24 198.51.100.7": networks with blanks between. */
static struct zm_ranges set_of(const char *text)
{
	struct zm_range range[16];
	size_t count = 0;
	struct zm_str rest = zm_str_from(text);
	while (rest.len > 0) {
		size_t blank = zm_str_find(rest, ZM_STR(" "), 0);
		size_t end = blank == SIZE_MAX ? rest.len : blank;
		range[count++] = network_of(zm_str_sub(rest, 0, end));
		rest = zm_str_sub(rest, end + 1, rest.len);
	}
	return zm_ranges_of(&arena, range, count);
}

static struct zm_str text_of(struct zm_ranges set, unsigned family)
{
	struct zm_str text = ZM_STR("");
	size_t count;
	const struct zm_network *network = zm_ranges_networks(&arena, set, family, &count);
	for (size_t i = 0; i < count; i++) {
		struct zm_str one = zm_network_text(&arena, network[i]);
		text = zm_arena_printf(&arena, "%.*s%s%.*s", ZM_STR_ARG(text), i == 0 ? "" : " ",
				       ZM_STR_ARG(one));
	}
	return text;
}

static void networks_come_out_sorted_joined_and_fewest(void)
{
	static const struct {
		const char *in;
		const char *out;
	} set[] = {
		{"", ""},
		{"192.0.2.7", "192.0.2.7"},
		{"192.0.2.128/25 192.0.2.0/25", "192.0.2.0/24"},
		{"192.0.2.0/24 192.0.2.9", "192.0.2.0/24"},
		{"192.0.2.9 192.0.2.0/24", "192.0.2.0/24"},
		{"198.51.100.0/24 192.0.2.0/24", "192.0.2.0/24 198.51.100.0/24"},
		{"192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4", "192.0.2.1 192.0.2.2/31 192.0.2.4"},
		{"0.0.0.0/1 128.0.0.0/1", "0.0.0.0/0"},
		{"255.255.255.255 255.255.255.254", "255.255.255.254/31"},
		{"0.0.0.0 255.255.255.255", "0.0.0.0 255.255.255.255"},
		{"::/1 8000::/1", "::/0"},
		{"::/0 ffff::/16", "::/0"},
		{"2001:db8::/33 2001:db8:8000::/33", "2001:db8::/32"},
		{"::ffff:ffff:ffff:ffff ::1:0:0:0:0", "::ffff:ffff:ffff:ffff 0:0:0:1::"},
		{"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ::",
		 ":: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
	};
	for (size_t i = 0; i < sizeof(set) / sizeof(*set); i++) {
		ZM_ASSERT_STR(text_of(set_of(set[i].in), family_of(set[i].in)), set[i].out);
	}
}

static void sets_unite_intersect_and_subtract(void)
{
	static const struct {
		const char *a;
		const char *b;
		const char *both;
		const char *common;
		const char *rest;
	} set[] = {
		{"192.0.2.0/24", "", "192.0.2.0/24", "", "192.0.2.0/24"},
		{"192.0.2.0/25", "192.0.2.128/25", "192.0.2.0/24", "", "192.0.2.0/25"},
		{"192.0.2.0/24", "192.0.2.0/26", "192.0.2.0/24", "192.0.2.0/26",
		 "192.0.2.64/26 192.0.2.128/25"},
		{"192.0.2.0/26", "192.0.2.0/24", "192.0.2.0/24", "192.0.2.0/26", ""},
		{"0.0.0.0/0", "0.0.0.0", "0.0.0.0/0", "0.0.0.0",
		 "0.0.0.1 0.0.0.2/31 0.0.0.4/30 0.0.0.8/29 0.0.0.16/28 0.0.0.32/27 0.0.0.64/26 "
		 "0.0.0.128/25 0.0.1.0/24 0.0.2.0/23 0.0.4.0/22 0.0.8.0/21 0.0.16.0/20 0.0.32.0/19 "
		 "0.0.64.0/18 0.0.128.0/17 0.1.0.0/16 0.2.0.0/15 0.4.0.0/14 0.8.0.0/13 0.16.0.0/12 "
		 "0.32.0.0/11 0.64.0.0/10 0.128.0.0/9 1.0.0.0/8 2.0.0.0/7 4.0.0.0/6 8.0.0.0/5 "
		 "16.0.0.0/4 32.0.0.0/3 64.0.0.0/2 128.0.0.0/1"},
		{"192.0.2.0/30 192.0.2.8/30", "192.0.2.2/31 192.0.2.4/30 192.0.2.8",
		 "192.0.2.0/29 192.0.2.8/30", "192.0.2.2/31 192.0.2.8",
		 "192.0.2.0/31 192.0.2.9 192.0.2.10/31"},
		{"::/0", "8000::/1", "::/0", "8000::/1", "::/1"},
		{"::/0", "::/0", "::/0", "::/0", ""},
	};
	for (size_t i = 0; i < sizeof(set) / sizeof(*set); i++) {
		unsigned family = family_of(set[i].a);
		struct zm_ranges a = set_of(set[i].a);
		struct zm_ranges b = set_of(set[i].b);
		ZM_ASSERT_STR(text_of(zm_ranges_union(&arena, a, b), family), set[i].both);
		ZM_ASSERT_STR(text_of(zm_ranges_intersect(&arena, a, b), family), set[i].common);
		ZM_ASSERT_STR(text_of(zm_ranges_subtract(&arena, a, b), family), set[i].rest);
		CU_ASSERT(
			zm_ranges_eq(zm_ranges_union(&arena, a, b), zm_ranges_union(&arena, b, a)));
	}
}

static void addresses_are_counted_up_to_all_of_them(void)
{
	static const struct {
		const char *set;
		const char *count;
	} set[] = {
		{"", "0"},
		{"192.0.2.0/24 198.51.100.7", "257"},
		{"0.0.0.0/0", "4294967296"},
		{"2001:db8::/64", "18446744073709551616"},
		{"2001:db8::/64 2001:db9::1", "18446744073709551617"},
		{"::/1", "170141183460469231731687303715884105728"},
		{"::/0", "340282366920938463463374607431768211456"},
	};
	for (size_t i = 0; i < sizeof(set) / sizeof(*set); i++) {
		ZM_ASSERT_STR(zm_count_text(&arena, zm_ranges_count(set_of(set[i].set))),
			      set[i].count);
	}
	struct zm_count all = zm_ranges_count(set_of("::/0"));
	struct zm_count half = zm_ranges_count(set_of("::/1"));
	CU_ASSERT(zm_count_compare(half, all) < 0 && zm_count_compare(all, half) > 0);
	CU_ASSERT(zm_count_compare(all, all) == 0);
}

static void a_set_holds_its_edges_and_nothing_beyond(void)
{
	struct zm_ranges set = set_of("192.0.2.4/30 198.51.100.7 255.255.255.255");
	for (size_t i = 0; i < set.count; i++) {
		CU_ASSERT(zm_ranges_hold(set, set.item[i].first));
		CU_ASSERT(zm_ranges_hold(set, set.item[i].last));
		CU_ASSERT_FALSE(zm_ranges_hold(set, zm_addr_previous(set.item[i].first)));
		CU_ASSERT_FALSE(zm_ranges_hold(set, zm_addr_next(set.item[i].last)));
	}
	CU_ASSERT_FALSE(zm_ranges_hold(set_of(""), (struct zm_addr){0, 0}));
}

static void an_address_is_a_number_and_back(void)
{
	static const char *const text[] = {"0.0.0.0", "192.0.2.1",         "255.255.255.255",
					   "::",      "2001:db8::1:0:0:7", "ffff::"};
	for (size_t i = 0; i < sizeof(text) / sizeof(*text); i++) {
		struct zm_addr addr = network_of(zm_str_from(text[i])).first;
		struct zm_ip ip = zm_addr_ip(addr, family_of(text[i]));
		ZM_ASSERT_STR(zm_ip_text(&arena, ip), text[i]);
		CU_ASSERT(zm_addr_eq(zm_addr_previous(zm_addr_next(addr)), addr));
	}
	zm_arena_release(&arena);
}

static const struct zm_test_case cases[] = {
	{"networks come out sorted, joined and fewest", networks_come_out_sorted_joined_and_fewest},
	{"sets unite, intersect and subtract", sets_unite_intersect_and_subtract},
	{"addresses are counted up to all of them", addresses_are_counted_up_to_all_of_them},
	{"a set holds its edges and nothing beyond", a_set_holds_its_edges_and_nothing_beyond},
	{"an address is a number and back", an_address_is_a_number_and_back},
	{NULL, NULL},
};

void test_spf_ranges(void)
{
	zm_test_suite("spf ranges", cases);
}
