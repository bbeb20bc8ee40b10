#include "lintkit.h"
#include "test.h"

#define CHECK(rule, cases) zm_kit_check(rule, cases, sizeof(cases) / sizeof((cases)[0]))

static void a_string_of_another_service_is_no_term(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ TXT \"v=spf1 mx -all\" \"google-site-verification=abc\"\n",
		 .want = "strings join without a space: receivers read "
			 "-allgoogle-site-verification=abc\n"},
		/* one modifier in two strings */
		{.zone = "@ TXT \"v=spf1 mx go\" \"ogle-site=abc -all\"\n", .want = ""},
	};
	static const struct zm_kit_case nothing_else[] = {
		{.zone = "@ TXT \"v=spf1 mx -all\" \"google-site-verification=abc\"\n", .want = ""},
	};
	CHECK("lossy-string-split", cases);
	CHECK("qualified-modifier", nothing_else);
}

static void words_without_quotes_lose_their_blanks(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ TXT v=spf1 mx -all\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1mx-all\n"
			 "  repair: put the record in quotes\n"
			 "  example.com. = v=spf1 mx -all\n"},
		{.zone = "@ TXT ( V=SPF1 ; why\n  mx -all )\n",
		 .want = "without quotes the spaces are lost: receivers read V=SPF1mx-all\n"
			 "  repair: put the record in quotes\n"
			 "  example.com. = V=SPF1 mx -all\n"},
		/* in part */
		{.zone = "@ TXT v=spf1 \"mx -all\"\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1mx -all\n"
			 "  repair: put the record in quotes\n"
			 "  example.com. = v=spf1 mx -all\n"},
		{.zone = "@ TXT \"v=spf1\" mx -all\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1mx-all\n"
			 "  repair: put the record in quotes\n"
			 "  example.com. = v=spf1 mx -all\n"},
		{.zone = "@ TXT v=spf1 \"mx \" -all\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1mx -all\n"
			 "  repair: put the record in quotes\n"
			 "  example.com. = v=spf1 mx -all\n"},
		/* some blanks are kept, others not */
		{.zone = "@ TXT v=spf1 \\032mx include:x.example\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1 "
			 "mxinclude:x.example\n"
			 "  repair: put the record in quotes\n"
			 "  example.com. = v=spf1 mx include:x.example\n"},
		/* quotes alone would not make it valid */
		{.zone = "@ TXT v=spf1 mxx -all\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1mxx-all\n"},
	};
	CHECK("unquoted-text", cases);
}

static void terms_behind_a_semicolon_are_not_guessed_at(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ TXT v=spf1 a ;mx -all\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1a, and the "
			 "rest is a comment\n"},
		{.zone = "@ TXT v=spf1 mx ;a\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1mx, and the "
			 "rest is a comment\n"},
		{.zone = "@ TXT v=spf1 mx ; mx a x\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1mx\n"
			 "  repair: put the record in quotes\n"
			 "  example.com. = v=spf1 mx\n"},
		{.zone = "@ TXT v=spf1 a ; the web server\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1a\n"
			 "  repair: put the record in quotes\n"
			 "  example.com. = v=spf1 a\n"},
		/* the record goes on behind it */
		{.zone = "@ TXT ( v=spf1 ;mx\n a )\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1a\n"
			 "  repair: put the record in quotes\n"
			 "  example.com. = v=spf1 a\n"},
	};
	CHECK("unquoted-text", cases);
}

static void words_that_lose_no_blank_are_left_alone(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ TXT v=spf1\\032mx\\032-all\n", .want = ""},
		{.zone = "@ TXT v=spf1\\032mx \\032-all\n", .want = ""},
		{.zone = "@ TXT v=spf1 \\032-all\n", .want = ""},
		{.zone = "@ TXT v=spf1 \\032mxx\n", .want = ""},
		{.zone = "@ TXT v=spf1\n", .want = ""},
		{.zone = "@ TXT v=spf1\\032include:_spf.exam ple.net\\032-all\n", .want = ""},
		{.zone = "@ TXT \"v=spf1\" \"mx -all\"\n", .want = ""},
		{.zone = "@ TXT some other words\n", .want = ""},
		{.zone = "@ TXT \\# 7 06 763d73706631\n", .want = ""},
	};
	CHECK("unquoted-text", cases);
}

static void a_seam_between_terms_loses_its_blank(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ TXT \"v=spf1 a mx\" \"include:x.example -all\"\n",
		 .want = "strings join without a space: receivers read mxinclude:x.example\n"
			 "  repair: put a space where the strings meet\n"
			 "  example.com. = v=spf1 a mx include:x.example -all\n"},
		{.zone = "@ TXT \"v=spf1\" \"mx -all\"\n",
		 .want = "strings join without a space: receivers read v=spf1mx\n"
			 "  repair: put a space where the strings meet\n"
			 "  example.com. = v=spf1 mx -all\n"},
		/* several at once, and one inside of a term among them */
		{.zone = "@ TXT \"v=spf1\" \"mx\" \"inclu\" \"de:x.example\" \"-all\"\n",
		 .want = "strings join without a space: receivers read "
			 "v=spf1mxinclude:x.example-all\n"
			 "  repair: put a space where the strings meet\n"
			 "  example.com. = v=spf1 mx include:x.example -all\n"},
		{.zone = "@ TXT \"v=spf1 mx\" \"a:b.example a:c.example\" \"-all\"\n",
		 .want = "strings join without a space: receivers read mxa:b.example and 1 more "
			 "like it\n"
			 "  repair: put a space where the strings meet\n"
			 "  example.com. = v=spf1 mx a:b.example a:c.example -all\n"},
		/* an empty string is no seam of its own */
		{.zone = "@ TXT \"v=spf1 mx\" \"\" \"-all\"\n",
		 .want = "strings join without a space: receivers read mx-all\n"
			 "  repair: put a space where the strings meet\n"
			 "  example.com. = v=spf1 mx -all\n"},
		/* words without quotes, where the version is not one of them */
		{.zone = "@ TXT \"v=spf1 a\" mx -all\n",
		 .want = "strings join without a space: receivers read amx-all\n"
			 "  repair: put a space where the strings meet\n"
			 "  example.com. = v=spf1 a mx -all\n"},
	};
	CHECK("lossy-string-split", cases);
}

static void a_seam_may_make_a_valid_term_that_nobody_meant(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ TXT \"v=spf1 include:a.example\" \"include:b.example -all\"\n",
		 .want = "strings join without a space: receivers read "
			 "include:a.exampleinclude:b.example\n"
			 "  repair: put a space where the strings meet\n"
			 "  example.com. = v=spf1 include:a.example include:b.example -all\n"},
		{.zone = "@ TXT \"v=spf1 include:a.example\" \"-all\"\n",
		 .want = "strings join without a space: receivers read include:a.example-all\n"
			 "  repair: put a space where the strings meet\n"
			 "  example.com. = v=spf1 include:a.example -all\n"},
		{.zone = "@ TXT \"v=spf1 mx\" \"redirect=b.example\"\n",
		 .want = "strings join without a space: receivers read mxredirect=b.example\n"
			 "  repair: put a space where the strings meet\n"
			 "  example.com. = v=spf1 mx redirect=b.example\n"},
		/* what is no SPF either way has no fix */
		{.zone = "@ TXT \"v=spf mx\" \"a -all\"\n",
		 .want = "strings join without a space: receivers read mxa\n"},
	};
	CHECK("lossy-string-split", cases);
}

static void a_legal_split_is_left_alone(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ TXT \"v=spf1 include:_spf.goo\" \"gle.com -all\"\n", .want = ""},
		{.zone = "@ TXT \"v=spf1 mx \" \"-all\"\n", .want = ""},
		{.zone = "@ TXT \"v=spf1 mx\" \" -all\"\n", .want = ""},
		{.zone = "@ TXT \"v=sp\" \"f1 mx -all\"\n", .want = ""},
		{.zone = "@ TXT \"v=spf1 ip4:192.0.2.1\" \"6/28 -all\"\n", .want = ""},
		/* the domain reads on: what is valid as it is was meant so */
		{.zone = "@ TXT \"v=spf1 a:x.example\" \"mx -all\"\n", .want = ""},
		{.zone = "@ TXT \"v=spf1 a:mail\" \"-all.example ~all\"\n", .want = ""},
		{.zone = "@ TXT \"v=spf1 exists:%{i}:x\" \".example ~all\"\n", .want = ""},
		/* broken, but not by the seam */
		{.zone = "@ TXT \"v=spf1 mxx \" \"-all\"\n", .want = ""},
		{.zone = "@ TXT \"v=spf1 inc\" \"lud:x.example -all\"\n", .want = ""},
		{.zone = "@ TXT \"one\" \"two\"\n", .want = ""},
		/* more seams in one term than are looked at */
		{.zone = "@ TXT \"v=spf1 \" \"mx\" \"mx\" \"mx\" \"mx\" \"mx\" \"mx\" \"mx\" "
			 "\"mx\" \"mx\" \"mx\" \"mx\" \"mx\" \"mx\" \"mx\" \"mx\" \"mx\" "
			 "\"mx\" \"mx\" \"mx\"\n",
		 .want = ""},
	};
	CHECK("lossy-string-split", cases);
}

static void a_text_that_lost_its_blanks_is_reported_once(void)
{
	static const char *const zones[] = {
		"@ TXT v=spf1 mx -all\n",
		"@ TXT v=spf1 include:x.example ~all\n",
		"@ TXT \"v=spf1\" \"mx -all\"\n",
		"@ TXT \"v=spf1 a mx\" \"include:x.example -all\"\n",
	};
	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		struct zm_kit kit;
		zm_kit_lint(&kit, &(struct zm_kit_case){.zone = zones[i]});
		CU_ASSERT_EQUAL(kit.findings.count, 1);
		zm_kit_release(&kit);
	}
}

/* ---- Several records ---- */

static void copies_go_and_the_first_stays(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ TXT \"v=spf1 mx -all\"\n@ TXT \"v=spf1 mx -all\"\n",
		 .want = "example.com. has 2 SPF records that say the same\n"
			 "  safe: keep the first\n"
			 "  example.com. - v=spf1 mx -all\n"},
		{.zone = "@ TXT \"v=spf1 mx include:x.example -all\"\n"
			 "@ TXT \"v=spf1  +MX INCLUDE:X.example. -all\"\n"
			 "@ TXT \"other\"\n"
			 "@ TXT \"v=spf1\" \" mx include:x.example -all\"\n",
		 .want = "example.com. has 3 SPF records that say the same\n"
			 "  safe: keep the first\n"
			 "  example.com. - v=spf1  +MX INCLUDE:X.example. -all\n"
			 "  example.com. - v=spf1 mx include:x.example -all\n"},
		/* broken ones as well, byte for byte */
		{.zone = "@ TXT \"v=spf1 mxx\"\n@ TXT \"v=spf1 mxx\"\n",
		 .want = "example.com. has 2 SPF records that say the same\n"
			 "  safe: keep the first\n"
			 "  example.com. - v=spf1 mxx\n"},
		{.zone = "@ TXT \"v=spf1 mx\"\nwww TXT \"v=spf1 mx\"\n", .want = ""},
		{.zone = "@ TXT \"v=spf1 mx\"\n@ TXT \"v=spf mx\"\n", .want = ""},
	};
	CHECK("multiple-records", cases);
}

#define PERMERROR    "example.com. has 2 SPF records, which receivers answer with permerror"
#define SEVERAL      PERMERROR "\n"
#define BY_HAND(why) PERMERROR "; merge them by hand: " why "\n"
#define MERGED(text, gone)                                                                         \
	SEVERAL "  repair: merge them into " text "\n  example.com. = " text                       \
		"\n  example.com. - " gone "\n"

static void records_are_merged_in_order_of_place(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ TXT \"v=spf1 mx include:a.example -all\"\n"
			 "@ TXT \"v=spf1 include:A.example. a ~all\"\n",
		 .want = MERGED("v=spf1 mx include:a.example a ~all",
				"v=spf1 include:A.example. a ~all")},
		{.zone = "@ TXT \"v=spf1 mx ?all\"\n@ TXT \"v=spf1 a ~all\"\n",
		 .want = MERGED("v=spf1 mx a ?all", "v=spf1 a ~all")},
		/* a bare version counts, and adds nothing */
		{.zone = "@ TXT \"v=spf1\"\n@ TXT \"v=spf1 a -all\"\n",
		 .want = MERGED("v=spf1 a -all", "v=spf1 a -all")},
		{.zone = "@ TXT \"v=spf1 mx\"\n@ TXT \"v=spf1 a\"\n",
		 .want = MERGED("v=spf1 mx a", "v=spf1 a")},
		/* modifiers last, each once */
		{.zone = "@ TXT \"v=spf1 exp=e.example mx -all\"\n"
			 "@ TXT \"v=spf1 a -all exp=E.example ra=x\"\n",
		 .want = MERGED("v=spf1 mx a -all exp=e.example ra=x",
				"v=spf1 a -all exp=E.example ra=x")},
		{.zone = "@ TXT \"v=spf1 mx redirect=r.example\"\n@ TXT \"v=spf1 a\"\n",
		 .want = MERGED("v=spf1 mx a redirect=r.example", "v=spf1 a")},
		/* what was not reached stays so */
		{.zone = "@ TXT \"v=spf1 mx -all a ptr\"\n@ TXT \"v=spf1 a -all\"\n",
		 .want = MERGED("v=spf1 mx a -all ptr", "v=spf1 a -all")},
		/* the policy's all */
		{.policy = "version: 1\nspf: {all: -all}\n",
		 .zone = "@ TXT \"v=spf1 mx ?all\"\n@ TXT \"v=spf1 a +all\"\n",
		 .want = MERGED("v=spf1 mx a -all", "v=spf1 a +all")},
		{.policy = "version: 1\nspf: {all: -all}\n",
		 .zone = "@ TXT \"v=spf1 mx redirect=r.example\"\n@ TXT \"v=spf1 a\"\n",
		 .want = MERGED("v=spf1 mx a redirect=r.example", "v=spf1 a")},
	};
	CHECK("multiple-records", cases);
}

static void records_that_contradict_are_not_merged(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ TXT \"v=spf1 redirect=a.example\"\n@ TXT \"v=spf1 "
			 "redirect=b.example\"\n",
		 .want = BY_HAND("each has another redirect=")},
		{.zone = "@ TXT \"v=spf1 -all exp=a.example\"\n@ TXT \"v=spf1 -all "
			 "exp=b.example\"\n",
		 .want = BY_HAND("each has another exp=")},
		{.zone = "@ TXT \"v=spf1 mx redirect=a.example\"\n@ TXT \"v=spf1 mx -all\"\n",
		 .want = BY_HAND("one has redirect=, another all")},
		{.zone = "@ TXT \"v=spf1 mx -all\"\n@ TXT \"v=spf1 ?mx -all\"\n",
		 .want = BY_HAND("the same term stands there with two qualifiers")},
		{.zone = "@ TXT \"v=spf1 mxx -all\"\n@ TXT \"v=spf1 mx -all\"\n",
		 .want = BY_HAND("one has an error, which comes first")},
		{.zone = "@ TXT \"v=spf1 mx +all\"\n@ TXT \"v=spf1 mx -all\"\n",
		 .want = BY_HAND("the outcome would let every sender pass")},
	};
	CHECK("multiple-records", cases);
}

static const struct zm_test_case cases[] = {
	{"a string of another service is no term", a_string_of_another_service_is_no_term},
	{"words without quotes lose their blanks", words_without_quotes_lose_their_blanks},
	{"terms behind a semicolon are not guessed at",
	 terms_behind_a_semicolon_are_not_guessed_at},
	{"words that lose no blank are left alone", words_that_lose_no_blank_are_left_alone},
	{"a seam between terms loses its blank", a_seam_between_terms_loses_its_blank},
	{"a seam may make a valid term that nobody meant",
	 a_seam_may_make_a_valid_term_that_nobody_meant},
	{"a legal split is left alone", a_legal_split_is_left_alone},
	{"a text that lost its blanks is reported once",
	 a_text_that_lost_its_blanks_is_reported_once},
	{"copies go and the first stays", copies_go_and_the_first_stays},
	{"records are merged in order of place", records_are_merged_in_order_of_place},
	{"records that contradict are not merged", records_that_contradict_are_not_merged},
	{NULL, NULL},
};

void test_rules_records(void)
{
	zm_test_suite("rules on records as a whole", cases);
}
