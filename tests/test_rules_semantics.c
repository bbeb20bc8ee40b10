#include "lintkit.h"
#include "test.h"

/* Rules on sound terms and what they do together: what their pages do not show. */

#define TXT(text)          "@ TXT \"v=spf1 " text "\"\n"
#define FIXED(text)        "  example.com. = v=spf1 " text "\n"
#define CHECK(rule, cases) zm_kit_check(rule, cases, sizeof(cases) / sizeof((cases)[0]))

#define NEVER(term, all) term " is never reached, " all " comes first\n"

static const struct zm_kit_case after_all[] = {
	{.zone = TXT("mx -all exp=x.example ra=x redirect=x.example"), .want = ""},
	{.zone = TXT("mx"), .want = ""},
	/* A broken `all` ends nothing, and broken terms are for other rules. */
	{.zone = TXT("-all/8 mx"), .want = ""},
	{.zone = TXT("-all foo:bar"), .want = ""},
	{.zone = TXT("a -all mx  ip4:192.0.2.1 exp=x.example"),
	 .want = NEVER("mx", "-all") "  unsafe: move mx before -all\n" FIXED(
		 "a mx -all  ip4:192.0.2.1 exp=x.example")
		 NEVER("ip4:192.0.2.1", "-all") "  unsafe: move ip4:192.0.2.1 before -all\n" FIXED(
			 "a ip4:192.0.2.1 -all mx exp=x.example")},
	{.zone = TXT("a ~all A -a"),
	 .want = NEVER("A", "~all") "  safe: remove A\n" FIXED("a ~all -a")
		 NEVER("-a", "~all") "  unsafe: move -a before ~all\n" FIXED("a -a ~all A")},
};

static void a_term_after_all_moves_unless_it_is_a_copy(void)
{
	CHECK("terms-after-all", after_all);
}

static const struct zm_kit_case redirect[] = {
	{.zone = TXT("mx redirect=x.example"), .want = ""},
	{.zone = TXT("mx redirect=x -all"), .want = ""},
	{.zone = TXT("-all mx redirect=x.example"),
	 .want = "redirect= is ignored, the record has -all\n"
		 "  unsafe: remove redirect=\n" FIXED("-all mx")},
};

static void a_redirect_beside_all_is_ignored(void)
{
	CHECK("redirect-with-all", redirect);
}

#define PASSES(what)    what " lets every sender in the world pass\n"
#define ALL_POLICY(all) "version: 1\nspf:\n  all: " all "\n"

static const struct zm_kit_case pass[] = {
	{.zone = TXT("?all"), .want = ""},
	{.zone = TXT("mx ~all +all"), .want = ""},
	{.zone = TXT("mx - all"), .want = ""},
	{.zone = TXT("ALL"),
	 .want = PASSES("all without a qualifier is +all, which") "  unsafe: write ~all\n" FIXED(
		 "~all")},
	{.policy = ALL_POLICY("-all"),
	 .zone = TXT("mx +all exp=x.example"),
	 .want = PASSES("+all") "  unsafe: write -all\n" FIXED("mx -all exp=x.example")},
	/* A policy that asks for it is not followed here. */
};

static void an_all_that_passes_becomes_the_policys(void)
{
	CHECK("pass-all", pass);
}

#define PTR "ptr is slow and unreliable, RFC 7208 says not to use it\n"

static const struct zm_kit_case ptr[] = {
	{.zone = TXT("a:ptr.example include:x.ptr -all"), .want = ""},
	{.zone = TXT("-all ptr"), .want = ""},
	{.zone = TXT("ptr/24 -all"), .want = ""},
	{.zone = TXT("?PTR:x.example"),
	 .want = PTR "  unsafe: remove it\n  example.com. = v=spf1\n"},
};

static void a_ptr_that_is_reached_is_reported(void)
{
	CHECK("ptr-mechanism", ptr);
}

#define AGAIN(term) term " stands here again and costs one more of 10 lookups\n"

static const struct zm_kit_case include[] = {
	{.zone = TXT("include:x.example include:y.example a:x.example -all"), .want = ""},
	{.zone = TXT("include:x.example -all include:x.example"), .want = ""},
	{.zone = TXT("include:%{d}.x include:%{D}.x -all"), .want = ""},
	{.zone = TXT("include:%{d}.x mx +include:%{d}.X. -all"),
	 .want = AGAIN("+include:%{d}.X.") "  safe: remove the copy\n" FIXED(
		 "include:%{d}.x mx -all")},
	{.zone = TXT("include:x.example -include:x.example -include:x.example -all"),
	 .want = "-include:x.example never decides, include:x.example comes first\n" AGAIN(
		 "-include:x.example") "  safe: remove the copy\n" FIXED("include:x.example "
									 "-include:x.example "
									 "-all")},
};

static void an_include_twice_loses_the_later(void)
{
	CHECK("duplicate-include", include);
}

#define COPY(term) term " stands here again, the first decides\n"

static const struct zm_kit_case term[] = {
	{.zone = TXT("a mx a:x.example mx/24 mx//64 -all"), .want = ""},
	{.zone = TXT("mx -mx include:x.example include:x.example -all"), .want = ""},
	{.zone = TXT("mx -all mx ra=x ra=x"), .want = ""},
	{.zone = TXT("ip4:192.0.2.0/24 ip4:192.0.2.0/25 ip4:192.0.2.0 -all"), .want = ""},
	{.zone = TXT("foo foo -all"), .want = ""},
	{.zone = TXT("ip6:2001:db8::1 IP6:2001:DB8:0::1/128 -all"),
	 .want = COPY("IP6:2001:DB8:0::1/128") "  safe: remove the copy\n" FIXED(
		 "ip6:2001:db8::1 -all")},
	{.zone = TXT("a/32 -a a//128 -all"),
	 .want = COPY("a//128") "  safe: remove the copy\n" FIXED("a/32 -a -all")},
};

static void a_term_twice_loses_the_later(void)
{
	CHECK("duplicate-term", term);
}

static const struct zm_kit_case bits[] = {
	{.zone = TXT("ip4:192.0.2.9 ip4:192.0.2.9/32 ip4:192.0.2.0/24 ip4:192.0.2.8/29 -all"),
	 .want = ""},
	{.zone = TXT("a:x.example/24 mx/24 ip6:2001:db8::/32 ip6:2001:db8::1/128 -all"),
	 .want = ""},
	{.zone = TXT("ip4:192.0.2.9/33 -all"), .want = ""},
	{.zone = TXT("-IP4:192.0.2.9/8 -all"),
	 .want = "192.0.2.9 has bits set below /8, receivers compare with 192.0.0.0\n"
		 "  safe: write ip4:192.0.0.0/8\n" FIXED("-IP4:192.0.0.0/8 -all")},
	{.zone = TXT("ip6:2001:DB8:0:1:2::3/64 -all"),
	 .want = "2001:DB8:0:1:2::3 has bits set below /64, receivers compare with 2001:db8:0:1::\n"
		 "  safe: write ip6:2001:db8:0:1::/64\n" FIXED("ip6:2001:db8:0:1::/64 -all")},
};

static void host_bits_are_cleared(void)
{
	CHECK("host-bits-set", bits);
}

static const struct zm_kit_case broad[] = {
	{.zone = TXT("ip4:192.0.0.0/16 ip6:2001:db8::/32 ~ip4:0.0.0.0/0 -ip6:::/0 ?all"),
	 .want = ""},
	{.zone = TXT("ip4:192.0.0.0/15 ip6:2001::/31 -all"),
	 .want = "/15 lets 2^17 addresses pass, the shortest prefix for ip4 is /16\n"
		 "/31 lets 2^97 addresses pass, the shortest prefix for ip6 is /32\n"},
	{.policy = "version: 1\nrules: {broad-prefix: {ip4: 24, ip6: 31}}\n",
	 .zone = TXT("ip4:192.0.2.0/23 ip6:2001::/31 -all"),
	 .want = "/23 lets 2^9 addresses pass, the shortest prefix for ip4 is /24\n"},
	/* private ones, and what reaches beyond them */
	{.zone = TXT("ip4:10.0.0.0/8 ip4:172.16.0.0/12 ip4:100.64.0.0/10 ip4:127.0.0.0/8 -all"),
	 .want = ""},
	{.zone = TXT("ip6:fc00::/7 ip6:fd00::/8 ip6:fe80::/10 -all"), .want = ""},
	{.zone = TXT("ip4:10.0.0.0/7 ip4:172.0.0.0/11 ip6:fc00::/6 -all"),
	 .want = "/7 lets 2^25 addresses pass, the shortest prefix for ip4 is /16\n"
		 "/11 lets 2^21 addresses pass, the shortest prefix for ip4 is /16\n"
		 "/6 lets 2^122 addresses pass, the shortest prefix for ip6 is /32\n"},
};

static void a_network_is_as_large_as_the_policy_has_it(void)
{
	CHECK("broad-prefix", broad);
}

static const struct zm_test_case cases[] = {
	{"a term after all moves, unless it is a copy", a_term_after_all_moves_unless_it_is_a_copy},
	{"a redirect beside all is ignored", a_redirect_beside_all_is_ignored},
	{"an all that passes becomes the policy's", an_all_that_passes_becomes_the_policys},
	{"a ptr that is reached is reported", a_ptr_that_is_reached_is_reported},
	{"an include twice loses the later", an_include_twice_loses_the_later},
	{"a term twice loses the later", a_term_twice_loses_the_later},
	{"host bits are cleared", host_bits_are_cleared},
	{"a network is as large as the policy has it", a_network_is_as_large_as_the_policy_has_it},
	{NULL, NULL},
};

void test_rules_semantics(void)
{
	zm_test_suite("rules on what terms do", cases);
}
