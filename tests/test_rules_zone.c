#include "lintkit.h"
#include "test.h"

#define CHECK(rule, cases) zm_kit_check(rule, cases, sizeof(cases) / sizeof((cases)[0]))

#define HEAD "$TTL 3600\n@ IN SOA ns1 hostmaster 7 7200 900 1209600 3600\n@ IN NS ns1\n"

/* ---- The frame of the zone ---- */

static void the_apex_has_its_soa(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "www IN A 192.0.2.1\n", .want = ""},
		{.whole = true,
		 .zone = "$TTL 60\n@ NS ns1\n",
		 .want = "no SOA record for example.com. (the origin was taken from the file's "
			 "name)\n"},
		/* its own fault is enough where the record is there, but broken */
		{.whole = true, .zone = "$TTL 60\n@ IN SOA ns1 host ( 1 2 3 4 5\n", .want = ""},
		{.whole = true,
		 .zone = "$TTL 60\n@ IN SOA ns1 host 99999999999 2 3 4 5\n",
		 .want = ""},
		{.whole = true, .zone = "$TTL 60\n$INCLUDE soa.inc\n@ NS ns1\n", .want = ""},
		/* an SOA further down is none for the apex */
		{.whole = true,
		 .zone = "$TTL 60\nsub IN SOA ns1 host 1 2 3 4 5\n",
		 .want = "no SOA record for example.com. (the origin was taken from the file's "
			 "name)\n"},
		/* a directive that is not followed can hide none */
		{.whole = true,
		 .zone = "$TTL 60\n$GENERATE 1-2 h$ A 192.0.2.$\n",
		 .want = "no SOA record for example.com. (the origin was taken from the file's "
			 "name)\n"},
	};
	CHECK("soa-missing", cases);
}

static void a_second_soa_counts_when_it_differs(void)
{
	static const struct zm_kit_case cases[] = {
		{.whole = true,
		 .zone = HEAD "@ IN SOA ns1 hostmaster 7 7200 900 1209600 3600\n",
		 .want = ""},
		{.whole = true,
		 .zone = HEAD "example.com. 3600 SOA ns1.example.com. hostmaster 7 2h 15m 2w 1h\n",
		 .want = ""},
		{.whole = true,
		 .zone = HEAD "@ IN SOA ns1 hostmaster 8 7200 900 1209600 3600\n",
		 .want = "second SOA record, it differs from the one at line 2\n"},
		/* what a broken one was to say nobody knows */
		{.whole = true,
		 .zone = HEAD "@ IN SOA ns1 hostmaster x 7200 900 1209600 3600\n",
		 .want = ""},
		{.whole = true,
		 .zone = HEAD "sub IN SOA ns1 hostmaster 8 7200 900 1209600 3600\n",
		 .want = ""},
	};
	CHECK("soa-multiple", cases);
}

static void a_serial_is_a_number_of_32_bits(void)
{
#define SERIAL(text) "$TTL 60\n@ IN SOA ns1 host " text " 7200 900 1209600 3600\n"
	static const struct zm_kit_case cases[] = {
		{.whole = true, .zone = SERIAL("4294967295"), .want = ""},
		{.whole = true, .zone = SERIAL("0"), .want = ""},
		{.whole = true,
		 .zone = SERIAL("4294967296"),
		 .want = "serial 4294967296 is over 32 bits, the greatest is 4294967295\n"},
		{.whole = true, .zone = SERIAL("-1"), .want = "serial -1 is no number\n"},
		{.whole = true, .zone = SERIAL("1x"), .want = "serial 1x is no number\n"},
		{.whole = true,
		 .zone = SERIAL("$serial$"),
		 .want = "serial $serial$ is no number, a placeholder it seems: check the file "
			 "that is made from this one\n"},
		{.whole = true,
		 .zone = SERIAL("NEW_SERIAL"),
		 .want = "serial NEW_SERIAL is no number, a placeholder it seems: check the file "
			 "that is made from this one\n"},
	};
	CHECK("serial-invalid", cases);
#undef SERIAL
}

/* ---- What reading finds ---- */

static void a_fault_has_one_rule(void)
{
	static const char *const zone = "$TTL 3600\n"
					"@ IN SOA ns1 hostmaster 7 7200 900 1209600 3600\n"
					"a IN AA 192.0.2.1\n"
					"$INCLUDE missing.inc\n"
					"$GENERATE 1-3 h$ A 192.0.2.$\n"
					"other.example. IN A 192.0.2.1\n";
	static const struct {
		const char *rule;
		struct zm_kit_case c;
	} cases[] = {
		{"zone-syntax", {.want = "unknown record type\n"}},
		{"record-syntax", {.want = ""}},
		{"serial-invalid", {.want = ""}},
		{"include-missing",
		 {.want = "missing.inc: cannot include: No such file or directory\n"}},
		{"generate-not-followed",
		 {.want = "$GENERATE is not followed: the records that it makes were not "
			  "checked\n"}},
		{"out-of-zone",
		 {.want = "other.example. is outside of the zone example.com.: servers ignore the "
			  "record\n"}},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct zm_kit_case c = cases[i].c;
		c.whole = true;
		c.zone = zone;
		zm_kit_check(cases[i].rule, &c, 1);
	}
}

static void data_that_its_type_does_not_allow_is_no_syntax_error(void)
{
	static const struct zm_kit_case cases[] = {
		{.whole = true,
		 .zone = "$TTL 60\n@ IN SOA ns1 host..master 1 2 3 4 5\n",
		 .want = "SOA record that ldns does not accept: Syntax error, could not parse the "
			 "RR's rdata\n"},
	};
	CHECK("record-syntax", cases);
}

/* ---- Strings ---- */

#define S50  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define S247 S50 S50 S50 S50 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void a_string_has_255_bytes(void)
{
	static const struct zm_kit_case cases[] = {
		/* 8 bytes of `v=spf1 a` before 247 */
		{.zone = "@ TXT \"v=spf1 a" S247 "\"\n", .want = ""},
		{.zone = "@ TXT \"v=spf1 aa" S247 "\"\n",
		 .want = "string of 256 bytes, the limit is 255\n"
			 "  safe: split it into strings of at most 255 bytes\n"
			 "  example.com. / \n"},
		/* an escape is the byte that it says */
		{.zone = "@ TXT \"v=spf1 \\097" S247 "\"\n", .want = ""},
		/* without quotes too; each record once */
		{.zone = "@ TXT \"v=spf1 a -all\" aa" S50 S50 S50 S50 S50 S50
			 " " S50 S50 S50 S50 S50 S50 "\n",
		 .want = "string of 302 bytes, the limit is 255\n"
			 "  safe: split it into strings of at most 255 bytes\n"
			 "  example.com. / \n"},
		/* what is not SPF is not ours to part */
		{.zone = "@ TXT \"key=" S247 S50 "\"\n",
		 .want = "string of 301 bytes, the limit is 255\n"},
		{.zone = "@ SPF \"v=spf1 aa" S247 "\"\n",
		 .want = "string of 256 bytes, the limit is 255\n"},
		{.zone = "@ TXT \"v=spf1 a\" \"" S247 "\"\n", .want = ""},
	};
	CHECK("string-over-255", cases);
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
		/* quotes alone would not make it valid */
		{.zone = "@ TXT v=spf1 mxx -all\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1mxx-all\n"},
		/* behind the semicolon stood terms, or a comment */
		{.zone = "@ TXT v=spf1 a ;mx -all\n",
		 .want = "without quotes the spaces are lost: receivers read v=spf1a, and the "
			 "rest is a comment\n"},
		{.zone = "@ TXT v=spf1 a ; the web server\n",
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
		/* valid as they are joined, but no host is called so, and no modifier */
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

#define SEVERAL "example.com. has 2 SPF records, which receivers answer with permerror\n"
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
		 .want = SEVERAL},
		{.zone = "@ TXT \"v=spf1 -all exp=a.example\"\n@ TXT \"v=spf1 -all "
			 "exp=b.example\"\n",
		 .want = SEVERAL},
		{.zone = "@ TXT \"v=spf1 mx redirect=a.example\"\n@ TXT \"v=spf1 mx -all\"\n",
		 .want = SEVERAL},
		{.zone = "@ TXT \"v=spf1 mx -all\"\n@ TXT \"v=spf1 ?mx -all\"\n", .want = SEVERAL},
		{.zone = "@ TXT \"v=spf1 mxx -all\"\n@ TXT \"v=spf1 mx -all\"\n", .want = SEVERAL},
		{.zone = "@ TXT \"v=spf1 mx +all\"\n@ TXT \"v=spf1 mx -all\"\n", .want = SEVERAL},
	};
	CHECK("multiple-records", cases);
}

static const struct zm_test_case cases[] = {
	{"the apex has its SOA", the_apex_has_its_soa},
	{"a second SOA counts when it differs", a_second_soa_counts_when_it_differs},
	{"a serial is a number of 32 bits", a_serial_is_a_number_of_32_bits},
	{"a fault has one rule", a_fault_has_one_rule},
	{"data that its type does not allow is no syntax error",
	 data_that_its_type_does_not_allow_is_no_syntax_error},
	{"a string has 255 bytes", a_string_has_255_bytes},
	{"words without quotes lose their blanks", words_without_quotes_lose_their_blanks},
	{"words that lose no blank are left alone", words_that_lose_no_blank_are_left_alone},
	{"a seam between terms loses its blank", a_seam_between_terms_loses_its_blank},
	{"a legal split is left alone", a_legal_split_is_left_alone},
	{"a text that lost its blanks is reported once",
	 a_text_that_lost_its_blanks_is_reported_once},
	{"copies go and the first stays", copies_go_and_the_first_stays},
	{"records are merged in order of place", records_are_merged_in_order_of_place},
	{"records that contradict are not merged", records_that_contradict_are_not_merged},
	{NULL, NULL},
};

void test_rules_zone(void)
{
	zm_test_suite("rules on the zone", cases);
}
