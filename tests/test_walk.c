#include "test.h"

#include "zone/load.h"
#include "zone/walk.h"

#include <stdio.h>
#include <string.h>

#define HEAD "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns h 1 2 3 4 5\n"

/* Every record as `owner ttl type;`, then every fault as `!line:column message;`. */
static struct zm_str dump(struct zm_arena *arena, const char *name, const char *bytes)
{
	struct zm_source *source = zm_arena_alloc(arena, sizeof(*source));
	*source = (struct zm_source){.name = name, .bytes = zm_str_from(bytes)};
	const struct zm_load_options options = {0};
	struct zm_walk *walk = zm_walk_start(arena, source, &options);
	struct zm_record record;
	struct zm_str out = ZM_STR("");
	while (zm_walk_next(walk, &record)) {
		struct zm_str owner = zm_name_text(arena, record.owner);
		out = zm_arena_printf(arena, "%.*s%.*s %u %u;", ZM_STR_ARG(out), ZM_STR_ARG(owner),
				      (unsigned)record.ttl, (unsigned)record.type);
	}
	const struct zm_zone *zone = zm_walk_zone(walk);
	for (size_t i = 0; i < zone->fault_count; i++) {
		const struct zm_fault *fault = &zone->fault[i];
		if (fault->kind == ZM_FAULT_SERVERS_DIFFER) {
			continue;
		}
		struct zm_position at = zm_source_position(fault->source, fault->at.start);
		out = zm_arena_printf(arena, "%.*s!%zu:%zu %.*s;", ZM_STR_ARG(out), at.line,
				      at.column, ZM_STR_ARG(fault->message));
	}
	zm_walk_end(walk);
	return out;
}

static void check_all(const char *const table[][2], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct zm_arena arena = {0};
		ZM_ASSERT_STR(dump(&arena, "zone", table[i][0]), table[i][1]);
		zm_arena_release(&arena);
	}
}

#define CHECK(table) check_all(table, sizeof(table) / sizeof(*(table)))

static void records_inherit_owner_class_and_ttl(void)
{
	static const char *const table[][2] = {
		{HEAD "a A 1.2.3.4\n  60 AAAA ::1\n",
		 "example.com. 3600 6;a.example.com. 3600 1;a.example.com. 60 28;"},
		{HEAD "a IN 60 A 1.2.3.4\nb 1h30m IN A 1.2.3.4\n",
		 "example.com. 3600 6;a.example.com. 60 1;b.example.com. 5400 1;"},
		{"$ORIGIN example.com.\n@ SOA ns h 1 2 3 4 5\na A 1.2.3.4\n",
		 "example.com. 5 6;a.example.com. 5 1;"},
		{"$ORIGIN example.com.\n@ 60 SOA ns h 1 2 3 4 5\na A 1.2.3.4\nb 7 A 1.2.3.4\nc A "
		 "1.2.3.4\n",
		 "example.com. 60 6;a.example.com. 60 1;b.example.com. 7 1;c.example.com. 7 1;"},
		{HEAD "$origin sub\na A 1.2.3.4\n@ A 1.2.3.4\n",
		 "example.com. 3600 6;a.sub.example.com. 3600 1;sub.example.com. 3600 1;"},
		{HEAD "$ttl 1w\na A 1.2.3.4\n", "example.com. 3600 6;a.example.com. 604800 1;"},
		{HEAD "a 2147483648 A 1.2.3.4\n", "example.com. 3600 6;a.example.com. 0 1;"},
		{HEAD "a\\.b type65280 \\# 0\n\"c d\" CLASS1 A 1.2.3.4\n",
		 "example.com. 3600 6;a\\.b.example.com. 3600 65280;c\\032d.example.com. 3600 1;"},
		{HEAD "\"$ORIGIN\" sub\na A 1.2.3.4\n\"$TTL\" 5\na A 1.2.3.4\n",
		 "example.com. 3600 6;a.sub.example.com. 3600 1;a.sub.example.com. 5 1;"},
		{HEAD "\\$ORIGIN A 1.2.3.4\n",
		 "example.com. 3600 6;\\$ORIGIN.example.com. 3600 1;"},
		{HEAD "( a A ) 1.2.3.4\na ( A 1.2.3.4\n)\n",
		 "example.com. 3600 6;a.example.com. 3600 1;a.example.com. 3600 1;"},
		{HEAD "$DATE 20240101000000\nALIAS ALIAS x\nIN LUA A \"x\"\n",
		 "example.com. 3600 6;ALIAS.example.com. 3600 65401;IN.example.com. 3600 65402;"},
	};
	CHECK(table);
}

static void what_named_rejects_is_a_fault_and_reading_goes_on(void)
{
	static const char *const table[][2] = {
		{HEAD "a FOO x\nb A 1.2.3.4\n",
		 "example.com. 3600 6;b.example.com. 3600 1;!4:3 unknown record type;"},
		{HEAD "a\n", "example.com. 3600 6;!4:1 record without a type;"},
		{HEAD "$TTL 5",
		 "example.com. 3600 6;!4:1 directive on a last line that lacks its line end;"},
		{HEAD "a.org. A 1\n",
		 "example.com. 3600 6;!4:1 owner outside of the zone: servers ignore the record;"
		 "!4:10 A address is no IPv4 address;"},
		{HEAD "@ DS 1 1 9 00\n",
		 "example.com. 3600 6;example.com. 3600 43;!4:3 DS record at the top of the zone, "
		 "it belongs into the parent zone;"},
		{HEAD "a A\n",
		 "example.com. 3600 6;a.example.com. 3600 1;!4:3 record without data;"},
		{HEAD "a CH A 1.2.3.4\n", "example.com. 3600 6;!4:3 class other than IN;"},
		{HEAD "a ANY x\n", "example.com. 3600 6;!4:3 type that may not stand in a zone;"},
		{HEAD "a 1h30 A 1.2.3.4\n", "example.com. 3600 6;!4:3 unknown record type;"},
		{HEAD "a..b A 1.2.3.4\n", "example.com. 3600 6;!4:1 owner name: empty label;"},
		{HEAD "$FOO x\n", "example.com. 3600 6;!4:1 unknown directive;"},
		{HEAD "$TTL\n", "example.com. 3600 6;!4:1 directive that lacks its argument;"},
		{HEAD "$TTL 1 h\n",
		 "example.com. 3600 6;!4:8 text after the end of the directive;"},
		{HEAD "$TTL 1y\n", "example.com. 3600 6;!4:6 $TTL that is no time;"},
		{HEAD "$ORIGIN x. y\n",
		 "example.com. 3600 6;!4:12 text after the end of the directive;"},
		{HEAD "$ORIGIN \"x\"\n",
		 "example.com. 3600 6;!4:9 quotes around the argument of a directive;"},
		{HEAD "$TTL ( \"1h\" )\n",
		 "example.com. 3600 6;!4:8 quotes around the argument of a directive;"},
		{HEAD "$DATE \"20260101\"\n",
		 "example.com. 3600 6;!4:7 quotes around the argument of a directive;"},
		{HEAD "a TXT \"b\nc A 1.2.3.4\n",
		 "example.com. 3600 6;c.example.com. 3600 1;!4:7 quote that is never closed;"},
		{HEAD "a TXT ( \"b\"\nc A 1.2.3.4\n",
		 "example.com. 3600 6;!4:7 parenthesis that is never closed;"},
		{HEAD "a TXT b )\n",
		 "example.com. 3600 6;!4:9 closing parenthesis without an opening one;"},
		{" A 1.2.3.4\n" HEAD, "example.com. 3600 6;!1:2 no owner before this record;"},
		{"$ORIGIN example.com.\na A 1.2.3.4\n@ SOA ns h 1 2 3 4 5\n",
		 "a.example.com. 0 1;example.com. 5 6;!2:3 record without a TTL, and no $TTL "
		 "before it;"},
		{HEAD "a SOA ns h 1 2 3 4 5\n", "example.com. 3600 6;a.example.com. 3600 6;!4:3 "
						"SOA record that is not at the top of the zone;"},
		{HEAD "a.example.net. A 1.2.3.4\n A 1.2.3.4\nb A 1.2.3.4\n",
		 "example.com. 3600 6;b.example.com. 3600 1;!4:1 owner outside of the zone: "
		 "servers ignore the record;"},
		{HEAD "a TXT \"\\256\"\n",
		 "example.com. 3600 6;a.example.com. 3600 16;!4:8 broken escape or record data;"},
	};
	CHECK(table);
}

static void a_serial_is_a_number_of_32_bits(void)
{
	static const char *const table[][2] = {
		{"$ORIGIN e.com.\n@ 1 SOA ns h 20230609000001 2 3 4 5\n",
		 "e.com. 1 6;!2:14 serial 20230609000001 is over 32 bits, the greatest is "
		 "4294967295;"},
		{"$ORIGIN e.com.\n@ 1 SOA ns h -1 2 3 4 5\n",
		 "e.com. 1 6;!2:14 serial -1 is no number;"},
		{"$ORIGIN e.com.\n@ 1 SOA ns h serial 2 3 4 5\n",
		 "e.com. 1 6;!2:14 serial serial is no number;"},
		{"$ORIGIN e.com.\n@ 1 SOA ns h 4294967295 2 3 4 5\n", "e.com. 1 6;"},
		{"$ORIGIN e.com.\n@ 1 SOA ns h 1 2 3 4\n",
		 "e.com. 1 6;!2:9 SOA has 6 fields, it needs 7;"},
		{"$ORIGIN e.com.\n@ 1 SOA ns h 1 1h 2m 3w 4d\n", "e.com. 1 6;"},
	};
	CHECK(table);
}

static void the_origin_is_told_by_content_then_by_name(void)
{
	static const struct {
		const char *name;
		const char *bytes;
		const char *origin;
		enum zm_origin_from from;
	} table[] = {
		{"x/db.a.org", "$ORIGIN b.org.\n@ SOA x\n", "b.org.", ZM_ORIGIN_CONTENT},
		{"x/db.a.org", "b.org. SOA x\n", "b.org.", ZM_ORIGIN_CONTENT},
		{"x/db.a.org", "$ORIGIN org.\nb SOA x\n", "b.org.", ZM_ORIGIN_CONTENT},
		{"x/db.a.org", "$ORIGIN org.\n$ORIGIN b\n IN SOA x\n", "a.org.",
		 ZM_ORIGIN_FILE_NAME},
		{"x/db.a.org", "@ SOA x\n", "a.org.", ZM_ORIGIN_FILE_NAME},
		{"x/zone.a.org", "", "a.org.", ZM_ORIGIN_FILE_NAME},
		{"a.org.zone", "", "a.org.", ZM_ORIGIN_FILE_NAME},
		{"a.org.db", "", "a.org.", ZM_ORIGIN_FILE_NAME},
		{"a.org.hosts", "", "a.org.", ZM_ORIGIN_FILE_NAME},
		{"a.org.dns", "", "a.org.", ZM_ORIGIN_FILE_NAME},
		{"a.org", "", "a.org.", ZM_ORIGIN_FILE_NAME},
		{"example.zone", "", "example.", ZM_ORIGIN_FILE_NAME},
		{"zones.txt", "@ SOA x\n", "", ZM_ORIGIN_UNKNOWN},
		{"zonefile", "@ SOA x\n", "", ZM_ORIGIN_UNKNOWN},
		{"<stdin>", "@ SOA x\n", "", ZM_ORIGIN_UNKNOWN},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct zm_arena arena = {0};
		struct zm_source source = {.name = table[i].name,
					   .bytes = zm_str_from(table[i].bytes)};
		const struct zm_load_options options = {0};
		const struct zm_zone *zone = zm_zone_load(&arena, &source, &options);
		CU_ASSERT_EQUAL(zone->origin_from, table[i].from);
		if (zone->origin_from != ZM_ORIGIN_UNKNOWN) {
			ZM_ASSERT_STR(zm_name_text(&arena, zone->origin), table[i].origin);
		}
		zm_arena_release(&arena);
	}
}

static void only_records_that_are_asked_for_are_kept(void)
{
	struct zm_arena arena = {0};
	struct zm_source source = {
		.name = "z",
		.bytes = ZM_STR(HEAD
				"@ NS ns\na NS ns\na A 1.2.3.4\na MX 1 b\na TXT c\na TXT vSpf\n")};
	struct zm_load_options options = {0};
	const struct zm_zone *zone = zm_zone_load(&arena, &source, &options);
	CU_ASSERT_EQUAL(zone->records_seen, 7);
	CU_ASSERT_EQUAL(zone->record_count, 3); /* SOA, the apex's NS, the text that mentions SPF */
	options.keep = ZM_KEEP(ZM_TYPE_MX);
	zone = zm_zone_load(&arena, &source, &options);
	CU_ASSERT_EQUAL(zone->record_count, 4);
	CU_ASSERT_PTR_EQUAL(zone->soa, zone->odd[0]);
	zm_arena_release(&arena);
}

static void faults_are_bounded(void)
{
	struct zm_arena arena = {0};
	size_t lines = 2 * (size_t)ZM_FAULTS_MAX;
	char *bytes = zm_arena_array(&arena, lines, 6);
	for (size_t i = 0; i < lines; i++) {
		memcpy(bytes + 6 * i, "a FOO\n", 6);
	}
	struct zm_source source = {.name = "a.org", .bytes = {bytes, 6 * lines}};
	const struct zm_load_options options = {0};
	const struct zm_zone *zone = zm_zone_load(&arena, &source, &options);
	CU_ASSERT_EQUAL(zone->fault_count, (size_t)ZM_FAULTS_MAX + 1);
	CU_ASSERT_EQUAL(zone->fault[ZM_FAULTS_MAX].kind, ZM_FAULT_TOO_MANY);
	CU_ASSERT_FALSE(zone->complete);
	zm_arena_release(&arena);
}

static const struct zm_test_case cases[] = {
	{"records inherit owner, class and TTL", records_inherit_owner_class_and_ttl},
	{"what named rejects is a fault, and reading goes on",
	 what_named_rejects_is_a_fault_and_reading_goes_on},
	{"a serial is a number of 32 bits", a_serial_is_a_number_of_32_bits},
	{"the origin is told by content, then by name", the_origin_is_told_by_content_then_by_name},
	{"only records that are asked for are kept", only_records_that_are_asked_for_are_kept},
	{"faults are bounded", faults_are_bounded},
	{NULL, NULL},
};

void test_walk(void)
{
	zm_test_suite("walk", cases);
}
