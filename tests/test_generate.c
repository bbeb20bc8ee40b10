#include "test.h"
#include "zone/generate.h"
#include "zone/walk.h"

#include <stdio.h>

static void a_range_is_two_numbers_and_a_step(void)
{
	static const struct {
		const char *text;
		uint32_t count; /* 0: no range */
	} cases[] = {
		{"1-9", 9},
		{"0-0", 1},
		{"0-10/5", 3},
		{"1-10/4", 3},
		{"0-2147483647", 2147483648U},
		{"7-7/2147483647", 1},
		{"", 0},
		{"5", 0},
		{"5-", 0},
		{"-5", 0},
		{"9-1", 0},
		{"1-9/0", 0},
		{"1-9/", 0},
		{"1--9", 0},
		{"1-2147483648", 0},
		{"1-9/2x", 5},
		{"1-9/2/3", 5},
		{"1-9//2", 0},
		{"a-b", 0},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct zm_generate_range range;
		bool good = zm_generate_range_parse(&range, zm_str_from(cases[i].text));
		uint32_t count = good ? zm_generate_count(&range) : 0;
		if (count != cases[i].count) {
			printf("\n[%s] %u\n", cases[i].text, (unsigned)count);
			CU_FAIL("a range is not what it should be");
		}
	}
}

static void a_pattern_takes_the_number_in(void)
{
	static const struct {
		const char *pattern;
		uint32_t number;
		const char *text; /* NULL: broken */
	} cases[] = {
		{"host$", 7, "host7"},
		{"a$b$", 12, "a12b12"},
		{"$$", 1, "$"},
		{"$$$", 1, "$1"},
		{"\\$$", 1, "\\$1"},
		{"x\\", 1, "x\\"},
		{"${1}", 5, "6"},
		{"${+1}", 5, "6"},
		{"${-10}", 5, "-5"},
		{"${-10,4}", 5, "-005"},
		{"${0,3,d}", 5, "005"},
		{"${0,2,x}${0,2,X}", 171, "abAB"},
		{"${0,0,o}", 8, "10"},
		{"${0,1,n}", 5, "5"},
		{"${0,2,n}", 5, "5."},
		{"${0,3,N}", 171, "B.A"},
		{"${0,6,n}", 8, "8.0.0."},
		{"${1,2,d}}", 5, "06}"},
		{"${0,127}", 0,
		 "0000000000000000000000000000000000000000000000000000000000000000"
		 "000000000000000000000000000000000000000000000000000000000000000"},
		{"${0,128}", 0, NULL},
		{"${2147483647}", 1, NULL},
		{"${", 1, NULL},
		{"${}", 1, NULL},
		{"${1", 1, NULL},
		{"${1,2,}", 1, NULL},
		{"${1,2,z}", 1, NULL},
		{"${ 1}", 1, NULL},
		{"${1,-2}", 1, NULL},
		{"${99999999999}", 1, NULL},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct zm_buf out = {.max = 1000};
		const char *why = NULL;
		bool good =
			zm_generate_add(&out, zm_str_from(cases[i].pattern), cases[i].number, &why);
		CU_ASSERT_EQUAL(good, cases[i].text != NULL);
		CU_ASSERT_EQUAL(good, why == NULL);
		if (good) {
			zm_test_eq(zm_buf_str(&out), zm_str_from(cases[i].text), cases[i].pattern);
		}
		zm_buf_release(&out);
	}
}

/* Each record as `owner ttl type;`, each fault as `!line:column message;`. */
static struct zm_str dump(struct zm_arena *arena, const char *text)
{
	struct zm_source *source = zm_arena_alloc(arena, sizeof(*source));
	*source = (struct zm_source){.name = "example.com", .bytes = zm_str_from(text)};
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
		CU_ASSERT_PTR_EQUAL(fault->source, source);
		struct zm_position at = zm_source_position(fault->source, fault->at.start);
		out = zm_arena_printf(arena, "%.*s!%zu:%zu %.*s;", ZM_STR_ARG(out), at.line,
				      at.column, ZM_STR_ARG(fault->message));
	}
	zm_walk_end(walk);
	return out;
}

static void a_directive_is_the_records_that_it_makes(void)
{
	static const char *const table[][2] = {
		{"a 1 TXT a\n$GENERATE 1-2 b$ 60 A 192.0.2.$\n TXT a\n",
		 "a.example.com. 1 16;b1.example.com. 60 1;b2.example.com. 60 1;a.example.com. 60 "
		 "16;"},
		{"$generate 1-1 @ IN 5 TXT \"x $\" ; c\n", "example.com. 5 16;"},
		{"$GENERATE 1-1 $$ 5 TXT $\n", "\\$.example.com. 5 16;"},
		{"$GENERATE 1-1 \\$TTL 5 TXT $\n", "\\$TTL.example.com. 5 16;"},
		{"$GENERATE 1-3 a$ 5 TXT x y\n",
		 "!1:26 text after the data of $GENERATE: put quotes around all of it;"},
		{"$GENERATE 1-3 a$ 5 TXT\n", "!1:1 $GENERATE that lacks its data;"},
		{"$GENERATE 3-1 a$ 5 TXT x\n", "!1:11 $GENERATE of what is no range of numbers;"},
		{"$GENERATE 1-3 a$ 5 FOO x\n", "!1:20 record type that $GENERATE cannot make;"},
		{"$GENERATE 1-3 a$ 5 TKEY x\n", "!1:20 record type that $GENERATE cannot make;"},
		{"$GENERATE 1-3 \"a$\" 5 A 1.2.3.$\n",
		 "!1:15 parenthesis or quote that may not stand in $GENERATE;"},
		{"$GENERATE 1-3 a$ 5 A ( 1.2.3.$ )\n",
		 "!1:22 parenthesis or quote that may not stand in $GENERATE;"},
		{"$GENERATE 255-300 a$ 5 A 1.2.3.$\nb 5 A 1.2.3.4\n",
		 "a255.example.com. 5 1;a256.example.com. 5 1;b.example.com. 5 1;"
		 "!1:1 A address is no IPv4 address;"},
		{"$GENERATE 1-9 a$.net. 5 A 1.2.3.$\n",
		 "!1:1 owner outside of the zone: servers ignore the record;"},
		{"$GENERATE 1-2 a${0,2,q} 5 A 1.2.3.$\n", "!1:1 broken ${offset,width,radix};"},
		{"$GENERATE 0-2147483647 a$ 5 A 1.2.3.4\nb 5 A 1.2.3.4\n",
		 "b.example.com. 5 1;!1:11 $GENERATE of 2147483648 records was not followed, the "
		 "limit is 1048576 a zone;"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct zm_arena arena = {0};
		ZM_ASSERT_STR(dump(&arena, table[i][0]), table[i][1]);
		zm_arena_release(&arena);
	}
}

static void the_limits_are_of_the_zone(void)
{
	static const char two[] = "$GENERATE 1-700000 a 5 A 192.0.2.1\n"
				  "$GENERATE 1-700000 b 5 A 192.0.2.1\n";
	static const char wide[] = "$GENERATE 1-1000000 a 5 TXT ${0,127,d}${0,127,d}\n";
	static const struct {
		const char *text;
		size_t records;
	} cases[] = {{two, 700000}, {wide, 1 << 19}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct zm_arena arena = {0};
		struct zm_source source = {.name = "example.com",
					   .bytes = zm_str_from(cases[i].text)};
		const struct zm_load_options options = {0};
		struct zm_walk *walk = zm_walk_start(&arena, &source, &options);
		struct zm_record record;
		size_t count = 0;
		while (zm_walk_next(walk, &record)) {
			count++;
		}
		CU_ASSERT_TRUE(count <= cases[i].records && count > 0);
		const struct zm_zone *zone = zm_walk_zone(walk);
		CU_ASSERT_EQUAL(zone->fault_count, 2);
		CU_ASSERT_EQUAL(zone->fault[0].kind, ZM_FAULT_SERVERS_DIFFER);
		CU_ASSERT_EQUAL(zone->fault[1].kind, ZM_FAULT_NOT_FOLLOWED);
		CU_ASSERT_FALSE(zone->complete);
		zm_walk_end(walk);
		zm_arena_release(&arena);
	}
}

static const struct zm_test_case cases[] = {
	{"a range is two numbers and a step", a_range_is_two_numbers_and_a_step},
	{"a pattern takes the number in", a_pattern_takes_the_number_in},
	{"a directive is the records that it makes", a_directive_is_the_records_that_it_makes},
	{"the limits are of the zone", the_limits_are_of_the_zone},
	{NULL, NULL},
};

void test_generate(void)
{
	zm_test_suite("generate", cases);
}
