#include "lintkit.h"
#include "test.h"

#define CHECK(cases) zm_kit_check("dnssec-mismatch", cases, sizeof(cases) / sizeof((cases)[0]))

/* A key of algorithm 13, and a digest of it; neither is looked into. */
#define KEY                                                                                        \
	"13 "                                                                                      \
	"6dHl3BGzKPXe9b2dvCTwn8ENYwYhiUJfJAJYEPRVPfD5xvjVqDCNMOVrvHTCT9aUxFGTGZAr7SlTrJfjL1mtZg=="
#define DNSKEY "@ DNSKEY 257 3 " KEY "\n"
#define DIGEST "1f987cc6583e92df0890718c42e00b2f5ff3c4a4c6d4ee2c11bbb1c5fe23dd61"

static void a_cds_record_is_of_a_key_that_is_there(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = DNSKEY "@ CDS 1 13 2 " DIGEST "\n", .want = ""},
		{.zone = "@ CDS 1 13 2 " DIGEST "\n" DNSKEY, .want = ""},
		{.zone = DNSKEY "@ CDS 1 ECDSAP256SHA256 2 " DIGEST "\n", .want = ""},
		{.zone = DNSKEY "@ TYPE59 \\# 36 00010d02 " DIGEST "\n", .want = ""},
		{.zone = DNSKEY "@ CDNSKEY 257 3 " KEY "\n", .want = ""},
		{.zone = "sub CDS 1 8 2 " DIGEST "\n", .want = ""},
		{.zone = "@ CDS 1 8 2 " DIGEST "\n",
		 .want = "CDS record of algorithm 8, of which the zone has no DNSKEY record\n"},
		{.zone = DNSKEY "@ TYPE59 \\# 36 00010802 " DIGEST "\n",
		 .want = "CDS record of algorithm 8, of which the zone has no DNSKEY record\n"},
		{.zone = DNSKEY "@ CDNSKEY 257 3 8 6dHl\n",
		 .want = "CDNSKEY record of algorithm 8, of which the zone has no DNSKEY record\n"},
		/* a key of another name is none */
		{.zone = "sub DNSKEY 257 3 " KEY "\n@ CDS 1 13 2 " DIGEST "\n",
		 .want = "CDS record of algorithm 13, of which the zone has no DNSKEY record\n"},
		/* once for each algorithm */
		{.zone = "@ CDS 1 8 2 " DIGEST "\n@ CDS 2 8 2 " DIGEST "\n@ CDS 3 13 2 " DIGEST
			 "\n",
		 .want = "CDS record of algorithm 8, of which the zone has no DNSKEY record\n"
			 "CDS record of algorithm 13, of which the zone has no DNSKEY record\n"},
	};
	CHECK(cases);
}

static void a_record_that_asks_for_deletion_stands_alone(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ CDS 0 0 0 00\n@ CDNSKEY 0 3 0 AA==\n", .want = ""},
		{.zone = DNSKEY "@ CDNSKEY 0 3 0 AA==\n@ CDS 1 13 2 " DIGEST "\n", .want = ""},
		{.zone = DNSKEY "@ CDS 0 0 0 00\n@ CDS 1 13 2 " DIGEST "\n",
		 .want = "CDS record that asks for deletion, beside one that does not\n"},
		{.zone = DNSKEY "@ CDNSKEY 257 3 " KEY "\n@ CDNSKEY 0 3 0 AA==\n",
		 .want = "CDNSKEY record that asks for deletion, beside one that does not\n"},
		/* no deletion: a key tag, or a digest */
		{.zone = "@ CDS 1 0 0 00\n",
		 .want = "CDS record of algorithm 0, of which the zone has no DNSKEY record\n"},
		{.zone = "@ CDS 0 0 2 " DIGEST "\n",
		 .want = "CDS record of algorithm 0, of which the zone has no DNSKEY record\n"},
	};
	CHECK(cases);
}

static void some_hash_algorithm_is_known(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ NSEC3PARAM 1 0 0 -\n", .want = ""},
		{.zone = "@ NSEC3PARAM SHA-1 0 0 -\n", .want = ""},
		{.zone = "@ NSEC3PARAM 2 0 0 -\n@ NSEC3PARAM 1 0 0 -\n", .want = ""},
		{.zone = "sub NSEC3PARAM 2 0 0 -\n", .want = ""},
		{.zone = "@ NSEC3PARAM 2 0 0 -\n",
		 .want = "NSEC3PARAM record with hash algorithm 2: none but 1 (SHA-1) is known\n"},
	};
	CHECK(cases);
}

static void what_was_not_read_may_hold_the_key(void)
{
	static const struct zm_kit_case cases[] = {
		{.zone = "@ CDS 1 8 2 " DIGEST "\n$INCLUDE keys.inc\n", .want = ""},
		{.zone = "@ CDS 1 8 2 " DIGEST "\n@ DNSKEY 257 3 8\n", .want = ""},
	};
	CHECK(cases);
}

static const struct zm_test_case cases[] = {
	{"a CDS record is of a key that is there", a_cds_record_is_of_a_key_that_is_there},
	{"a record that asks for deletion stands alone",
	 a_record_that_asks_for_deletion_stands_alone},
	{"some hash algorithm is known", some_hash_algorithm_is_known},
	{"what was not read may hold the key", what_was_not_read_may_hold_the_key},
	{NULL, NULL},
};

void test_rules_keys(void)
{
	zm_test_suite("rules on keys", cases);
}
