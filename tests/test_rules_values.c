#include "lintkit.h"
#include "test.h"

/* Rules on the values of terms: what their pages do not show. */

#define TXT(text)          "@ TXT \"v=spf1 " text "\"\n"
#define FIXED(text)        "  example.com. = v=spf1 " text "\n"
#define CHECK(rule, cases) zm_kit_check(rule, cases, sizeof(cases) / sizeof((cases)[0]))

static const struct zm_kit_case invalid[] = {
	{.zone = TXT("ip4:192.0.2.1 ip4:0.0.0.0 ip6::: ip6:::ffff:192.0.2.1 -all"), .want = ""},
	{.zone = TXT("ip4:192.0.2.010 -all"),
	 .want = "\"192.0.2.010\" is no IPv4 address (permerror)\n"},
	{.zone = TXT("ip6:[2001:db8::1] -all"),
	 .want = "\"[2001:db8::1]\" is no IPv6 address (permerror)\n"},
	{.zone = TXT("ip4/24 -all"), .want = "ip4 without an address (permerror)\n"},
};

static void an_address_is_strict(void)
{
	CHECK("ip-invalid", invalid);
}

#define FAMILY(text) text " (permerror)\n"

static const struct zm_kit_case family[] = {
	{.zone = TXT("-ip6:192.0.2.0/24 -all"),
	 .want = FAMILY("ip6 takes an IPv6 address, 192.0.2.0 is IPv4") "  repair: write "
									"-ip4:192.0.2.0/24\n" FIXED(
										"-ip4:192.0.2.0/24 "
										"-all")},
	{.zone = TXT("ip6:192.0.2.0/64 -all"),
	 .want = FAMILY("ip6 takes an IPv6 address, 192.0.2.0 is IPv4")},
};

static void a_keyword_is_swapped_where_the_prefix_fits(void)
{
	CHECK("ip-family-mismatch", family);
}

static const struct zm_kit_case literal[] = {
	{.zone = TXT("a:192.0.2.1.example -all"), .want = ""},
	{.zone = TXT("~mx:192.0.2.0/24 -all"),
	 .want = FAMILY("mx takes a domain, 192.0.2.0 is an address") "  repair: write "
								      "~ip4:192.0.2.0/24\n" FIXED(
									      "~ip4:192.0.2.0/24 "
									      "-all")},
	{.zone = TXT("a:192.0.2.0/24//64 -all"),
	 .want = FAMILY("a takes a domain, 192.0.2.0 is an address")},
	{.zone = TXT("redirect=192.0.2.0"),
	 .want = FAMILY("redirect takes a domain, 192.0.2.0 is an address")},
};

static void an_address_for_a_domain_becomes_an_address(void)
{
	CHECK("ip-literal-as-domain", literal);
}

static const struct zm_kit_case prefix[] = {
	{.zone = TXT("ip4:192.0.2.0/0 ip6:2001:db8::/128 a/32 mx//0 -all"), .want = ""},
	{.zone = TXT("a:x.example/008//64 -all"),
	 .want = FAMILY("\"/008\" is a prefix length with a leading zero") "  repair: write "
									   "a:x.example/8//"
									   "64\n" FIXED(
										   "a:x.example/8//"
										   "64 -all")},
	{.zone = TXT("ip4:192.0.2.0/033 -all"),
	 .want = FAMILY("\"/033\" is a prefix length with a leading zero")},
	/* Every sender would pass. */
	{.zone = TXT("ip4:192.0.2.0/00 -all"),
	 .want = FAMILY("\"/00\" is no prefix length from /0 to /32")},
	{.zone = TXT("ip6:2001:db8::/x -all"),
	 .want = FAMILY("\"/x\" is no prefix length from /0 to /128")},
};

static void a_leading_zero_goes(void)
{
	CHECK("prefix-invalid", prefix);
}

#define ONE_SLASH(length)                                                                          \
	"\"" length "\" is one slash short, IPv6 prefix lengths take two (permerror)\n"

static const struct zm_kit_case dual[] = {
	{.zone = TXT("a/24//64 mx//64 -all"), .want = ""},
	{.zone = TXT("mx:x.y/24/64 -all"),
	 .want = ONE_SLASH("/64") "  repair: write mx:x.y/24//64\n" FIXED("mx:x.y/24//64 -all")},
	{.zone = TXT("a/24/129 -all"), .want = ONE_SLASH("/129")},
};

static void a_second_slash_comes_where_the_length_fits(void)
{
	CHECK("dual-cidr-syntax", dual);
}

static const struct zm_kit_case cidr[] = {
	{.zone = TXT("include:x.example exists:x/y.example a:x.example/24 -all"), .want = ""},
	{.zone = TXT("redirect=x.example/24"),
	 .want = FAMILY("redirect takes no prefix length") "  unsafe: remove /24\n" FIXED(
		 "redirect=x.example")},
	{.zone = TXT("ptr//64 -all"),
	 .want = FAMILY("ptr takes no prefix length") "  unsafe: remove //64\n" FIXED("ptr -all")},
};

static void a_prefix_length_goes_where_none_may_stand(void)
{
	CHECK("cidr-not-allowed", cidr);
}

#define LABEL63 "a23456789b23456789c23456789d23456789e23456789f23456789g23456789"

static const struct zm_kit_case domain[] = {
	{.zone = TXT("a:x.example. a:_x-y.example a:" LABEL63 ".example a:%{d} -all"), .want = ""},
	{.zone = TXT("redirect=localhost"),
	 .want = FAMILY("\"localhost\" has no dot, and SPF appends no origin")},
	{.zone = TXT("a:.example -all"), .want = FAMILY("\".example\" holds an empty label")},
	{.zone = TXT("a:" LABEL63 "h.x -all"),
	 .want = FAMILY("\"a23456789b23456789c23456789d23456789e23456789f23456789g23...\""
			" has a label over 63 bytes")},
	{.zone = TXT("a:x.ex_ample -all"),
	 .want = FAMILY("\"x.ex_ample\" does not end in a top-level domain")},
};

static void a_domain_says_what_is_wrong_with_it(void)
{
	CHECK("domain-spec-invalid", domain);
}

static const struct zm_kit_case missing[] = {
	{.zone = TXT("a mx ptr a/24 mx//64 -all"), .want = ""},
	{.zone = TXT("include exists: exp"),
	 .want = FAMILY("include without a domain") FAMILY("exists: without a domain")
		 FAMILY("exp without a domain")},
	{.zone = TXT("redirect="), .want = FAMILY("redirect= without a domain")},
};

static void a_domain_is_missing_where_there_is_no_default(void)
{
	CHECK("domain-spec-missing", missing);
}

static const struct zm_kit_case argument[] = {
	{.zone = TXT("~all/8"),
	 .want = FAMILY("all takes no argument") "  repair: write ~all\n" FIXED("~all")},
	{.zone = TXT("all:x.example"), .want = FAMILY("all takes no argument")},
};

static void an_argument_of_all_goes(void)
{
	CHECK("argument-on-all", argument);
}

static const struct zm_kit_case duplicate[] = {
	{.zone = TXT("redirect=x.example exp=x.example ra=x ra=x"), .want = ""},
	{.zone = TXT("exp=x.example mx EXP=X.example. -all"),
	 .want = FAMILY("exp= stands here again, the limit is 1") "  repair: remove the "
								  "copy\n" FIXED(
									  "exp=x.example mx -all")},
	/* A capital letter makes another macro of it (RFC 7208 7.3). */
	{.zone = TXT("redirect=%{d}.x redirect=%{D}.x"),
	 .want = FAMILY("redirect= stands here again, the limit is 1")},
};

static void a_copy_of_a_modifier_goes(void)
{
	CHECK("duplicate-modifier", duplicate);
}

static const struct zm_kit_case macro[] = {
	{.zone = TXT("exists:%{ir}.%{v}.%{d2}.x.example a:%%.x.example -all"), .want = ""},
	{.zone = TXT("a:%{d.x.example exp=100%.x.example -all"),
	 .want = FAMILY("\"%{d.x.example\" is no macro") FAMILY("\"%.\" is no macro")},
};

static void a_macro_is_shown_where_it_breaks(void)
{
	CHECK("macro-syntax", macro);
}

static const struct zm_test_case cases[] = {
	{"an address is strict", an_address_is_strict},
	{"a keyword is swapped where the prefix fits", a_keyword_is_swapped_where_the_prefix_fits},
	{"an address for a domain becomes an address", an_address_for_a_domain_becomes_an_address},
	{"a leading zero goes", a_leading_zero_goes},
	{"a second slash comes where the length fits", a_second_slash_comes_where_the_length_fits},
	{"a prefix length goes where none may stand", a_prefix_length_goes_where_none_may_stand},
	{"a domain says what is wrong with it", a_domain_says_what_is_wrong_with_it},
	{"a domain is missing where there is no default",
	 a_domain_is_missing_where_there_is_no_default},
	{"an argument of all goes", an_argument_of_all_goes},
	{"a copy of a modifier goes", a_copy_of_a_modifier_goes},
	{"a macro is shown where it breaks", a_macro_is_shown_where_it_breaks},
	{NULL, NULL},
};

void test_rules_values(void)
{
	zm_test_suite("rules on values", cases);
}
