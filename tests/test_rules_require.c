#include "lintkit.h"
#include "test.h"

#include <stdio.h>

#define CHECK(rule, cases) zm_kit_check(rule, cases, sizeof(cases) / sizeof((cases)[0]))

/* ---- policy-require ---- */

#define REQUIRE(term)    "version: 1\nspf: {names: [apex], require: [" term "]}\n"
#define X                REQUIRE("\"include:x.example\"")
#define LACKS            "SPF record of example.com. lacks include:x.example\n"
#define FIX(title, text) "  policy: " title "\n  example.com. = " text "\n"

static void a_required_term_goes_before_what_ends_the_record(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 mx -all\"\n",
		 .want = LACKS FIX("insert include:x.example before -all",
				   "v=spf1 mx include:x.example -all")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 mx redirect=r.example\"\n",
		 .want = LACKS FIX("insert include:x.example before redirect=r.example",
				   "v=spf1 mx include:x.example redirect=r.example")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 mx exp=e.example\"\n",
		 .want = LACKS FIX("insert include:x.example before exp=e.example",
				   "v=spf1 mx include:x.example exp=e.example")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 exp=e.example mx \"\n",
		 .want = LACKS FIX("append include:x.example",
				   "v=spf1 exp=e.example mx include:x.example ")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 exp=e.example\"\n",
		 .want = LACKS FIX("insert include:x.example before exp=e.example",
				   "v=spf1 include:x.example exp=e.example")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 mx -all a\"\n",
		 .want = LACKS FIX("insert include:x.example before -all",
				   "v=spf1 mx include:x.example -all a")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1\"\n",
		 .want = LACKS FIX("append include:x.example", "v=spf1 include:x.example")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 -all\"\n",
		 .want = LACKS FIX("insert include:x.example before -all",
				   "v=spf1 include:x.example -all")},
	};
	CHECK("policy-require", cases);
}

static void a_required_term_is_there_however_it_is_written(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = X, .zone = "@ TXT \"v=spf1 +INCLUDE:X.Example. -all\"\n", .want = ""},
		{.policy = REQUIRE("\"ip4:192.0.2.0/24\""),
		 .zone = "@ TXT \"v=spf1 ip4:192.0.2.9/24 -all\"\n",
		 .want = ""},
		{.policy = REQUIRE("~all"), .zone = "@ TXT \"v=spf1 ~ALL\"\n", .want = ""},
		{.policy = REQUIRE("\"exp=e.example\""),
		 .zone = "@ TXT \"v=spf1 -all exp=e.example\"\n",
		 .want = ""},
		/* only listed names are asked, and records of which there is one */
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 include:x.example\"\nwww TXT \"v=spf1 -all\"\n",
		 .want = ""},
		{.policy = X, .zone = "@ TXT \"v=spf1 a\"\n@ TXT \"v=spf1 mx\"\n", .want = ""},
		{.policy = "version: 1\nspf: {names: [apex], require: [\"include:x.example\"]}\n"
			   "zones: [{match: [example.com], spf: {require: [], exactly: \"v=spf1 "
			   "-all\"}}]\n",
		 .zone = "@ TXT \"v=spf1 mx -all\"\n",
		 .want = ""},
	};
	CHECK("policy-require", cases);
}

static void a_required_term_in_the_wrong_place_or_with_another_qualifier_is_put_right(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 mx ~all include:x.example\"\n",
		 .want = "SPF record of example.com. has include:x.example only after ~all, where "
			 "it is never reached\n" FIX("move include:x.example before ~all",
						     "v=spf1 mx include:x.example ~all")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 ?include:x.example -all\"\n",
		 .want = "SPF record of example.com. has ?include:x.example, the policy requires "
			 "include:x.example\n" FIX(
				 "write include:x.example instead of ?include:x.example",
				 "v=spf1 include:x.example -all")},
		{.policy = REQUIRE("~all"),
		 .zone = "@ TXT \"v=spf1 mx -all\"\n",
		 .want = "SPF record of example.com. has -all, the policy requires ~all\n" FIX(
			 "write ~all instead of -all", "v=spf1 mx ~all")},
		{.policy = REQUIRE("~all"),
		 .zone = "@ TXT \"v=spf1 mx\"\n",
		 .want = "SPF record of example.com. lacks ~all\n" FIX("append ~all",
								       "v=spf1 mx ~all")},
	};
	CHECK("policy-require", cases);
}

static void what_stands_in_the_way_is_for_a_person_to_remove(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = REQUIRE("~all"),
		 .zone = "@ TXT \"v=spf1 mx redirect=r.example\"\n",
		 .want = "SPF record of example.com. lacks ~all\n"},
		{.policy = REQUIRE("\"redirect=x.example\""),
		 .zone = "@ TXT \"v=spf1 mx -all\"\n",
		 .want = "SPF record of example.com. lacks redirect=x.example\n"},
		/* beside an all it is ignored */
		{.policy = REQUIRE("\"redirect=x.example\""),
		 .zone = "@ TXT \"v=spf1 mx -all redirect=x.example\"\n",
		 .want = "SPF record of example.com. lacks redirect=x.example\n"},
		{.policy = REQUIRE("\"exp=x.example\""),
		 .zone = "@ TXT \"v=spf1 mx -all exp=y.example\"\n",
		 .want = "SPF record of example.com. lacks exp=x.example\n"},
		{.policy = REQUIRE("\"exp=x.example\""),
		 .zone = "@ TXT \"v=spf1 mx -all\"\n",
		 .want = "SPF record of example.com. lacks exp=x.example\n" FIX(
			 "append exp=x.example", "v=spf1 mx -all exp=x.example")},
		{.policy = REQUIRE("\"redirect=x.example\""),
		 .zone = "@ TXT \"v=spf1 mx\"\n",
		 .want = "SPF record of example.com. lacks redirect=x.example\n" FIX(
			 "append redirect=x.example", "v=spf1 mx redirect=x.example")},
	};
	CHECK("policy-require", cases);
}

static void a_broken_record_is_mended_first(void)
{
	static const struct zm_kit_case cases[] = {
		/* certainly absent, but no fix yet */
		{.policy = X, .zone = "@ TXT \"v=spf1 mxx -all\"\n", .want = LACKS},
		/* perhaps meant */
		{.policy = X, .zone = "@ TXT \"v=spf1 includ:x.example -all\"\n", .want = ""},
		{.policy = X, .zone = "@ TXT \"v=spf1 include=x.example -all\"\n", .want = ""},
		{.policy = X, .zone = "@ TXT \"v=spf1 mxinclude:X.example. -all\"\n", .want = ""},
		{.policy = REQUIRE("mx"), .zone = "@ TXT \"v=spf1 a,mx -all\"\n", .want = ""},
	};
	CHECK("policy-require", cases);
}

static void a_required_term_counts_where_it_is_reached(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 redirect=_spf.example.com\"\n"
			 "_spf TXT \"v=spf1 include:x.example -all\"\n",
		 .want = ""},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 include:a.example.com -all\"\n"
			 "a TXT \"v=spf1 redirect=example.net\"\n",
		 .other = "@ TXT \"v=spf1 mx include:x.example -all\"\n",
		 .want = ""},
		/* the way that lets pass counts, also after one that does not */
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 ?include:a.example.com include:a.example.com -all\"\n"
			 "a TXT \"v=spf1 include:x.example -all\"\n",
		 .want = ""},
		{.policy = REQUIRE("~all"),
		 .zone = "@ TXT \"v=spf1 redirect=_spf.example.com\"\n_spf TXT \"v=spf1 ~all\"\n",
		 .want = ""},
	};
	CHECK("policy-require", cases);
}

static void a_required_term_does_not_count_where_it_is_not_reached(void)
{
	static const struct zm_kit_case cases[] = {
		/* loops end */
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 include:a.example.com -all\"\n"
			 "a TXT \"v=spf1 include:example.com include:a.example.com -all\"\n",
		 .want = LACKS FIX("insert include:x.example before -all",
				   "v=spf1 include:a.example.com include:x.example -all")},
		/* behind an all, by a term that gives no pass, by a redirect beside an all: not
		   reached */
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 include:a.example.com -all\"\n"
			 "a TXT \"v=spf1 -all include:x.example\"\n",
		 .want = LACKS FIX("insert include:x.example before -all",
				   "v=spf1 include:a.example.com include:x.example -all")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 ?include:a.example.com -all\"\n"
			 "a TXT \"v=spf1 include:x.example -all\"\n",
		 .want = LACKS FIX("insert include:x.example before -all",
				   "v=spf1 ?include:a.example.com include:x.example -all")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 redirect=a.example.com -all\"\n"
			 "a TXT \"v=spf1 include:x.example -all\"\n",
		 .want = LACKS FIX("insert include:x.example before -all",
				   "v=spf1 redirect=a.example.com include:x.example -all")},
		/* outside of the set nothing is known */
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 include:%{d}.a.example include:elsewhere.example -all\"\n",
		 .want = LACKS FIX("insert include:x.example before -all",
				   "v=spf1 include:%{d}.a.example include:elsewhere.example "
				   "include:x.example -all")},
	};
	CHECK("policy-require", cases);
}

static void what_an_included_record_says_of_itself_does_not_count(void)
{
	static const struct zm_kit_case cases[] = {
		/* another name's mx */
		{.policy = REQUIRE("mx"),
		 .zone = "@ TXT \"v=spf1 redirect=_spf.example.com\"\n_spf TXT \"v=spf1 mx "
			 "-all\"\n",
		 .want = "SPF record of example.com. lacks mx\n" FIX(
			 "insert mx before redirect=_spf.example.com",
			 "v=spf1 mx redirect=_spf.example.com")},
		/* an included all ends the included record only */
		{.policy = REQUIRE("~all"),
		 .zone = "@ TXT \"v=spf1 include:_spf.example.com\"\n_spf TXT \"v=spf1 ~all\"\n",
		 .want = "SPF record of example.com. lacks ~all\n" FIX(
			 "append ~all", "v=spf1 include:_spf.example.com ~all")},
		/* nor does one with another qualifier say more than its own record's */
		{.policy = REQUIRE("\"?a:x.example\""),
		 .zone = "@ TXT \"v=spf1 include:_spf.example.com -all\"\n"
			 "_spf TXT \"v=spf1 ?a:x.example\"\n",
		 .want = "SPF record of example.com. lacks ?a:x.example\n" FIX(
			 "insert ?a:x.example before -all",
			 "v=spf1 include:_spf.example.com ?a:x.example -all")},
	};
	CHECK("policy-require", cases);
}

/* From the apex over n0, n1 and so on, `links` includes in all. */
static const char *chain(char zone[4096], int links)
{
	size_t len = (size_t)snprintf(zone, 4096, "@ TXT \"v=spf1 include:n0.example.com -all\"\n");
	for (int i = 0; i < links - 1; i++) {
		len += (size_t)snprintf(zone + len, 4096 - len,
					"n%d TXT \"v=spf1 include:n%d.example.com -all\"\n", i,
					i + 1);
	}
	snprintf(zone + len, 4096 - len, "n%d TXT \"v=spf1 -all\"\n", links - 1);
	return zone;
}

static void no_record_is_made_to_need_more_lookups_than_there_are(void)
{
	char nine[4096];
	char ten[4096];
	char forty[4096];
	const struct zm_kit_case cases[] = {
		{.policy = X,
		 .zone = chain(nine, 9),
		 .want = LACKS FIX("insert include:x.example before -all",
				   "v=spf1 include:n0.example.com include:x.example -all")},
		{.policy = X,
		 .zone = chain(ten, 10),
		 .want = "SPF record of example.com. lacks include:x.example; with all that it "
			 "lacks it needs 11 DNS lookups, the limit is 10\n"},
		{.policy = X,
		 .zone = chain(forty, 40),
		 .want = "SPF record of example.com. lacks include:x.example; with all that it "
			 "lacks it needs 41 DNS lookups, the limit is 10\n"},
		{.policy = REQUIRE("\"include:x.example\", \"ip4:192.0.2.1\""),
		 .zone = "@ TXT \"v=spf1 a mx ptr exists:a.example exists:b.example "
			 "exists:c.example exists:d.example exists:e.example exists:f.example "
			 "exists:g.example include:x.example -all\"\n",
		 .want = "SPF record of example.com. lacks ip4:192.0.2.1\n" FIX(
			 "insert ip4:192.0.2.1 before -all",
			 "v=spf1 a mx ptr exists:a.example exists:b.example exists:c.example "
			 "exists:d.example exists:e.example exists:f.example exists:g.example "
			 "include:x.example ip4:192.0.2.1 -all")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 a mx ptr exists:a.example exists:b.example "
			 "exists:c.example exists:d.example exists:e.example "
			 "redirect=w.example\"\n",
		 .want = LACKS FIX("insert include:x.example before redirect=w.example",
				   "v=spf1 a mx ptr exists:a.example exists:b.example "
				   "exists:c.example exists:d.example exists:e.example "
				   "include:x.example redirect=w.example")},
	};
	CHECK("policy-require", cases);
}

static void each_absent_term_is_a_finding_of_its_own(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = REQUIRE("\"include:x.example\", mx, \"a:y.example\""),
		 .zone = "@ TXT \"v=spf1 mx -all\"\n",
		 .want = LACKS FIX(
			 "insert include:x.example before -all",
			 "v=spf1 mx include:x.example -all") "SPF record of example.com. lacks "
							     "a:y.example\n" FIX("insert "
										 "a:y.example "
										 "before -all",
										 "v=spf1 mx "
										 "a:y.example "
										 "-all")},
	};
	CHECK("policy-require", cases);
}

static void a_redirect_provides_what_an_include_would(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = X, .zone = "@ TXT \"v=spf1 mx redirect=X.example.\"\n", .want = ""},
		{.policy = REQUIRE("\"-include:x.example\""),
		 .zone = "@ TXT \"v=spf1 redirect=x.example\"\n",
		 .want = "SPF record of example.com. lacks -include:x.example\n" FIX(
			 "insert -include:x.example before redirect=x.example",
			 "v=spf1 -include:x.example redirect=x.example")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 redirect=x.example -all\"\n",
		 .want = LACKS FIX("insert include:x.example before -all",
				   "v=spf1 redirect=x.example include:x.example -all")},
	};
	CHECK("policy-require", cases);
}

static void where_a_chain_is_lost_nothing_is_inserted(void)
{
	static const struct zm_kit_case cases[] = {
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 include:a.w -all\"\n",
		 .want = LACKS FIX("insert include:x.example before -all",
				   "v=spf1 include:a.w include:x.example -all")},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 include:a.w.example.com -all\"\n"
			 "*.w TXT \"v=spf1 include:x.example -all\"\n",
		 .want = LACKS},
		/* by a macro to who knows where, but to none of these zones */
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 include:%{ir}.%{l1r-.}.w.test -all\"\n",
		 .want = LACKS FIX("insert include:x.example before -all",
				   "v=spf1 include:%{ir}.%{l1r-.}.w.test include:x.example -all")},
		{.policy = X, .zone = "@ TXT \"v=spf1 include:w.%{d} -all\"\n", .want = LACKS},
		{.policy = X,
		 .zone = "@ TXT \"v=spf1 include:%{l}.w.example.com -all\"\n",
		 .want = LACKS},
		{.policy = X, .zone = "@ TXT \"v=spf1 include:%{d}.com -all\"\n", .want = LACKS},
	};
	CHECK("policy-require", cases);
}

static const struct zm_test_case cases[] = {
	{"a required term goes before what ends the record",
	 a_required_term_goes_before_what_ends_the_record},
	{"a required term is there however it is written",
	 a_required_term_is_there_however_it_is_written},
	{"a required term in the wrong place or with another qualifier is put right",
	 a_required_term_in_the_wrong_place_or_with_another_qualifier_is_put_right},
	{"what stands in the way is for a person to remove",
	 what_stands_in_the_way_is_for_a_person_to_remove},
	{"a broken record is mended first", a_broken_record_is_mended_first},
	{"a required term counts where it is reached", a_required_term_counts_where_it_is_reached},
	{"a required term does not count where it is not reached",
	 a_required_term_does_not_count_where_it_is_not_reached},
	{"what an included record says of itself does not count",
	 what_an_included_record_says_of_itself_does_not_count},
	{"no record is made to need more lookups than there are",
	 no_record_is_made_to_need_more_lookups_than_there_are},
	{"a redirect provides what an include would", a_redirect_provides_what_an_include_would},
	{"where a chain is lost nothing is inserted", where_a_chain_is_lost_nothing_is_inserted},
	{"each absent term is a finding of its own", each_absent_term_is_a_finding_of_its_own},
	{NULL, NULL},
};

void test_rules_require(void)
{
	zm_test_suite("policy-require", cases);
}
