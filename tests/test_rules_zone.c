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
		/* a fault elsewhere hides none */
		{.whole = true,
		 .zone = "$TTL 60\nxsoa AA 192.0.2.1\n",
		 .want = "no SOA record for example.com. (the origin was taken from the file's "
			 "name)\n"},
		/* a directive that is not followed can hide none */
		{.whole = true,
		 .zone = "$TTL 60\n$GENERATE 1-2000000 h$ A 192.0.2.1\n",
		 .want = "no SOA record for example.com. (the origin was taken from the file's "
			 "name)\n"},
	};
	CHECK("soa-missing", cases);
}

static void a_missing_soa_is_missed_at_the_first_word(void)
{
	struct zm_kit kit;
	zm_kit_lint(&kit, &(struct zm_kit_case){.whole = true, .zone = "; none\n\n$TTL 60\n"});
	CU_ASSERT_EQUAL_FATAL(kit.findings.count, 1);
	CU_ASSERT_EQUAL(kit.findings.item[0]->at.start, 8);
	CU_ASSERT_EQUAL(kit.findings.item[0]->at.end, 12);
	zm_kit_release(&kit);
	zm_kit_lint(&kit, &(struct zm_kit_case){.whole = true, .zone = ""});
	CU_ASSERT_EQUAL_FATAL(kit.findings.count, 1);
	CU_ASSERT_EQUAL(kit.findings.item[0]->at.end, 0);
	zm_kit_release(&kit);
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
		 .zone = SERIAL("YYYYMMDDnn"),
		 .want = "serial YYYYMMDDnn is no number\n"},
		{.whole = true,
		 .zone = SERIAL("2024{{serial}}"),
		 .want = "serial 2024{{serial}} is no number\n"},
		{.whole = true, .zone = SERIAL("$serial$"), .want = ""},
		{.whole = true, .zone = SERIAL("NEW_SERIAL"), .want = ""},
	};
	CHECK("serial-invalid", cases);
}

static void a_placeholder_for_the_serial_is_told(void)
{
#define IS(text)                                                                                   \
	{                                                                                          \
		.whole = true, .zone = SERIAL(text),                                               \
		.want = "serial " text                                                             \
			" is a placeholder: fix lets it be, and whatever fills it in has "         \
			"to count it up\n"                                                         \
	}
	static const struct zm_kit_case cases[] = {
		IS("@SERIAL@"),
		IS("$serial$"),
		IS("{{ soa.serial_no }}"),
		IS("<%= serial %>"),
		{.whole = true, .zone = SERIAL("serial"), .want = ""},
		{.whole = true, .zone = SERIAL("2024010101"), .want = ""},
		{.whole = true, .zone = SERIAL("{{ serial }} {{ serial }}"), .want = ""},
	};
	CHECK("serial-placeholder", cases);
#undef IS
#undef SERIAL
}

/* ---- What reading finds ---- */

static void a_fault_has_one_rule(void)
{
	static const char *const zone = "$TTL 3600\n"
					"@ IN SOA ns1 hostmaster 7 7200 900 1209600 3600\n"
					"a IN AA 192.0.2.1\n"
					"$INCLUDE missing.inc\n"
					"$GENERATE 1-2000000 h$ A 192.0.2.1\n"
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
		 {.want = "$GENERATE of 2000000 records was not followed, the limit is 1048576 a "
			  "zone\n"}},
		{"out-of-zone",
		 {.want = "other.example. is outside of the zone example.com.: servers ignore the "
			  "record (the origin was taken from the file's name)\n"}},
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
		 .want = "SOA mailbox is no domain name\n"},
		{.whole = true,
		 .zone = "$TTL 60\n@ IN SOA \"ns1\" host 1 2 3 4 5\n",
		 .want = "SOA name server is no domain name\n"},
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

static const struct zm_test_case cases[] = {
	{"the apex has its SOA", the_apex_has_its_soa},
	{"a missing soa is missed at the first word", a_missing_soa_is_missed_at_the_first_word},
	{"a second SOA counts when it differs", a_second_soa_counts_when_it_differs},
	{"a serial is a number of 32 bits", a_serial_is_a_number_of_32_bits},
	{"a placeholder for the serial is told", a_placeholder_for_the_serial_is_told},
	{"a fault has one rule", a_fault_has_one_rule},
	{"data that its type does not allow is no syntax error",
	 data_that_its_type_does_not_allow_is_no_syntax_error},
	{"a string has 255 bytes", a_string_has_255_bytes},
	{NULL, NULL},
};

void test_rules_zone(void)
{
	zm_test_suite("rules on the zone", cases);
}
