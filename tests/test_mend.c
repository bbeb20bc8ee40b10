#include "test.h"

#include "fix/mend.h"

#define HEAD        "$ORIGIN example.com.\n$TTL 3600\n"
#define SOA(serial) "@ IN SOA ns1 h " serial " 3600 900 604800 300\n"
#define NS          "@ IN NS ns1\nns1 IN A 192.0.2.1\n"

enum { NOW = 1795435200 }; /* 2026-11-23 12:00 UTC */

/* What becomes of the zone under the policy iclasspro: the new bytes, `nothing`, or `refused: ` and
 * why. */
static struct zm_str mend(struct zm_arena *arena, const char *bytes)
{
	struct zm_policy_faults faults;
	struct zm_set set;
	struct zm_mend mend;
	struct zm_source *source = zm_arena_alloc(arena, sizeof(*source));
	struct zm_policy *policy = zm_policy_load(arena, &zm_rule_catalogue, "iclasspro", &faults);
	CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
	*source = (struct zm_source){.name = "z", .bytes = zm_str_from(bytes)};
	const struct zm_load_options load = {.keep = ZM_KEEP(ZM_TYPE_MX)};
	const struct zm_zone *zone = zm_zone_load(arena, source, &load);
	zm_set_init(&set, arena);
	zm_set_add(&set, zone);
	const struct zm_mend_options options = {
		.set = &set, .policy = policy, .load = &load, .serial = {.now = NOW}};
	zm_mend_plan(&mend, arena, zone, &options);
	switch (mend.outcome) {
	case ZM_MEND_PLANNED:
		return mend.bytes;
	case ZM_MEND_REFUSED:
		return zm_arena_printf(arena, "refused: %.*s", ZM_STR_ARG(mend.reason));
	default:
		return ZM_STR("nothing");
	}
}

static void check(const char *bytes, const char *want)
{
	struct zm_arena arena = {0};
	ZM_ASSERT_STR(mend(&arena, bytes), want);
	zm_arena_release(&arena);
}

static void what_is_mended_once_is_not_mended_again(void)
{
	static const char *const texts[] = {"v=spf1 mx -all", "v=spf1 ipv4:192.0.2.1 al",
					    "v=spf1include:x.example -all",
					    "v=spf1 ip4:192.0.2.9/24 mx mx ~all;"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct zm_arena arena = {0};
		struct zm_str zone = zm_arena_printf(
			&arena, HEAD SOA("2024010199") NS "@ TXT \"%s\"\n", texts[i]);
		struct zm_str once = zm_arena_copy(&arena, mend(&arena, zone.data));
		CU_ASSERT_FALSE(zm_str_eq(once, zone));
		if (!zm_str_starts(once, ZM_STR("refused"))) {
			ZM_ASSERT_STR(mend(&arena, once.data), "nothing");
		}
		zm_arena_release(&arena);
	}
}

static void a_merged_record_may_say_what_a_later_one_said(void)
{
	check(HEAD SOA("2024010199") NS
	      "@ TXT \"v=spf1 -all\"\n  MX 10 ns1\n  TXT \"v=spf1 include:iclassprov2.com ~all\"\n",
	      HEAD SOA("2026112300") NS
	      "@ TXT \"v=spf1 include:iclassprov2.com ~all\"\n  MX 10 ns1\n");
}

static void a_second_soa_is_a_refusal_though_it_says_the_same(void)
{
	check(HEAD SOA("2024010199") NS "@ TXT \"v=spf1 mx -all\"\n" SOA("2024010199"),
	      "refused: the zone has several SOA records: leave one");
}

static void an_inherited_ttl_that_would_change_is_named(void)
{
	check("$ORIGIN example.com.\n@ 7200 IN SOA ns1 h 2024010199 3600 900 604800 300\n" NS
	      "@ TXT \"v=spf1 include:iclassprov2.com a ~all\"\n@ 900 TXT \"v=spf1 mx ~all\"\nftp "
	      "A 192.0.2.2\n",
	      "refused: the result could not be proved, nothing was changed: a TTL is inherited "
	      "from a record "
	      "that would go, write it out in the A record of ftp.example.com.");
}

static void a_signed_zone_is_refused(void)
{
	check(HEAD SOA("2024010199") NS "@ TXT \"v=spf1 mx -all\"\n@ NSEC ns1 TXT\n",
	      "refused: the zone is signed: mend the unsigned source and sign it again");
}

static void a_zone_in_order_is_left_alone(void)
{
	check(HEAD SOA("2024010199") NS "@ TXT \"v=spf1 include:iclassprov2.com ~all\"\n",
	      "nothing");
}

static const struct zm_test_case cases[] = {
	{"what is mended once is not mended again", what_is_mended_once_is_not_mended_again},
	{"a merged record may say what a later one said",
	 a_merged_record_may_say_what_a_later_one_said},
	{"a second SOA is a refusal, though it says the same",
	 a_second_soa_is_a_refusal_though_it_says_the_same},
	{"an inherited TTL that would change is named",
	 an_inherited_ttl_that_would_change_is_named},
	{"a signed zone is refused", a_signed_zone_is_refused},
	{"a zone in order is left alone", a_zone_in_order_is_left_alone},
	{NULL, NULL},
};

void test_mend(void)
{
	zm_test_suite("mend", cases);
}
