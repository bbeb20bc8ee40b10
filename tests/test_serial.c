#include "test.h"

#include "zone/serial.h"

#include <stdio.h>

/* Midnights, UTC; checked against `date -u -d`. */
static const int64_t DAY = 86400;
static const int64_t NOW = INT64_C(1795435200); /* 2026-11-23 12:00:00 */

struct bump {
	uint32_t serial;
	enum zm_serial_style style;
	int64_t now;
	uint32_t next;
	enum zm_serial_style used;
	const char *warning; /* a part of it; NULL: none */
};

static void expect_bumps(const struct bump *bump, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct zm_serial_next next =
			zm_serial_bump(bump[i].serial, bump[i].style, bump[i].now);
		bool warns = next.warning != NULL && bump[i].warning != NULL &&
			     zm_str_find(zm_str_from(next.warning), zm_str_from(bump[i].warning),
					 0) != SIZE_MAX;
		bool same = next.serial == bump[i].next && next.style == bump[i].used &&
			    (warns || (next.warning == NULL && bump[i].warning == NULL));
		if (!same) {
			printf("\n%zu: %u at %jd gives %u (%s), %s; not %u\n", i, bump[i].serial,
			       (intmax_t)bump[i].now, next.serial, zm_serial_style_name(next.style),
			       next.warning == NULL ? "no warning" : next.warning, bump[i].next);
		}
		CU_ASSERT(same);
	}
}

#define EXPECT_BUMPS(table) expect_bumps((table), sizeof(table) / sizeof((table)[0]))

static void a_date_becomes_today_or_one_more(void)
{
	static const struct bump table[] = {
		{2024010199, ZM_SERIAL_AUTO, NOW, 2026112300, ZM_SERIAL_DATE, NULL},
		{2026112299, ZM_SERIAL_AUTO, NOW, 2026112300, ZM_SERIAL_DATE, NULL},
		{2026112300, ZM_SERIAL_AUTO, NOW, 2026112301, ZM_SERIAL_DATE, NULL},
		{2026112398, ZM_SERIAL_AUTO, NOW, 2026112399, ZM_SERIAL_DATE, NULL},
		{2026112399, ZM_SERIAL_AUTO, NOW, 2026112400, ZM_SERIAL_DATE, "used up"},
		{2026112400, ZM_SERIAL_AUTO, NOW, 2026112401, ZM_SERIAL_DATE, "in the future"},
		{2026123199, ZM_SERIAL_AUTO, NOW, 2026123200, ZM_SERIAL_DATE, "in the future"},
		{2099010100, ZM_SERIAL_AUTO, NOW, 2099010101, ZM_SERIAL_DATE, "in the future"},
		/* RFC 1982: today is after a date that is more than 2^31 ahead. */
		{4294010100, ZM_SERIAL_AUTO, NOW, 2026112300, ZM_SERIAL_DATE, NULL},
		{1970010100, ZM_SERIAL_AUTO, NOW, 2026112300, ZM_SERIAL_DATE, NULL},
	};
	EXPECT_BUMPS(table);
}

static void a_day_begins_at_midnight_utc(void)
{
	static const struct bump table[] = {
		{5, ZM_SERIAL_DATE, 0, 1970010100, ZM_SERIAL_DATE, NULL},
		{5, ZM_SERIAL_DATE, 86399, 1970010100, ZM_SERIAL_DATE, NULL},
		{5, ZM_SERIAL_DATE, 86400, 1970010200, ZM_SERIAL_DATE, NULL},
		{5, ZM_SERIAL_DATE, 951782399, 2000022800, ZM_SERIAL_DATE, NULL},
		{5, ZM_SERIAL_DATE, 951782400, 2000022900, ZM_SERIAL_DATE, NULL},
		{5, ZM_SERIAL_DATE, 951868800, 2000030100, ZM_SERIAL_DATE, NULL},
		{5, ZM_SERIAL_DATE, 1709164800, 2024022900, ZM_SERIAL_DATE, NULL},
		{5, ZM_SERIAL_DATE, 1798761599, 2026123100, ZM_SERIAL_DATE, NULL},
		{5, ZM_SERIAL_DATE, 1798761600, 2027010100, ZM_SERIAL_DATE, NULL},
		{5, ZM_SERIAL_DATE, 4107542399, 2100022800, ZM_SERIAL_DATE, NULL},
		{5, ZM_SERIAL_DATE, 4107542400, 2100030100, ZM_SERIAL_DATE, NULL},
	};
	EXPECT_BUMPS(table);
}

static void an_epoch_becomes_now_or_one_more(void)
{
	static const struct bump table[] = {
		{1700000000, ZM_SERIAL_AUTO, NOW, 1795435200, ZM_SERIAL_EPOCH, NULL},
		{1795435199, ZM_SERIAL_AUTO, NOW, 1795435200, ZM_SERIAL_EPOCH, NULL},
		{1795435200, ZM_SERIAL_AUTO, NOW, 1795435201, ZM_SERIAL_EPOCH, NULL},
		{1795435201, ZM_SERIAL_AUTO, NOW, 1795435202, ZM_SERIAL_EPOCH, NULL},
		{1795521600, ZM_SERIAL_AUTO, NOW, 1795521601, ZM_SERIAL_EPOCH, NULL},
		{1795521601, ZM_SERIAL_EPOCH, NOW, 1795521602, ZM_SERIAL_EPOCH, "in the future"},
		{2026112300, ZM_SERIAL_EPOCH, NOW, 2026112301, ZM_SERIAL_EPOCH, "in the future"},
		{5, ZM_SERIAL_EPOCH, NOW, 1795435200, ZM_SERIAL_EPOCH, NULL},
		{UINT32_MAX, ZM_SERIAL_EPOCH, NOW, 1795435200, ZM_SERIAL_EPOCH, NULL},
	};
	EXPECT_BUMPS(table);
}

static void any_other_number_grows_by_one_and_never_to_zero(void)
{
	static const struct bump table[] = {
		{0, ZM_SERIAL_AUTO, NOW, 1, ZM_SERIAL_INCREMENT, NULL},
		{1, ZM_SERIAL_AUTO, NOW, 2, ZM_SERIAL_INCREMENT, NULL},
		{UINT32_MAX, ZM_SERIAL_AUTO, NOW, 1, ZM_SERIAL_INCREMENT, NULL},
		{UINT32_MAX - 1, ZM_SERIAL_AUTO, NOW, UINT32_MAX, ZM_SERIAL_INCREMENT, NULL},
		{2024023001, ZM_SERIAL_AUTO, NOW, 2024023002, ZM_SERIAL_INCREMENT, NULL},
		{2026112300, ZM_SERIAL_INCREMENT, NOW, 2026112301, ZM_SERIAL_INCREMENT, NULL},
		{7, ZM_SERIAL_KEEP, NOW, 7, ZM_SERIAL_KEEP, NULL},
	};
	EXPECT_BUMPS(table);
}

static void a_style_asked_for_is_used_on_any_serial(void)
{
	static const struct bump table[] = {
		{5, ZM_SERIAL_DATE, NOW, 2026112300, ZM_SERIAL_DATE, NULL},
		{1795435200, ZM_SERIAL_DATE, NOW, 2026112300, ZM_SERIAL_DATE, NULL},
		{3000000000, ZM_SERIAL_DATE, NOW, 3000000001, ZM_SERIAL_DATE, "not before"},
		/* Exactly 2^31 apart is not "after" (RFC 1982 3.2). */
		{4173595948, ZM_SERIAL_DATE, NOW, 4173595949, ZM_SERIAL_DATE, "not before"},
		{4173595949, ZM_SERIAL_DATE, NOW, 2026112300, ZM_SERIAL_DATE, NULL},
	};
	EXPECT_BUMPS(table);
}

static void a_time_that_does_not_fit_falls_back_to_one_more(void)
{
	static const struct bump table[] = {
		{5, ZM_SERIAL_DATE, -1, 6, ZM_SERIAL_INCREMENT, NULL},
		{5, ZM_SERIAL_DATE, INT64_MAX, 6, ZM_SERIAL_INCREMENT, NULL},
		{5, ZM_SERIAL_DATE, INT64_MIN, 6, ZM_SERIAL_INCREMENT, NULL},
		{4294000000, ZM_SERIAL_DATE, INT64_C(73369929599), 4294123100, ZM_SERIAL_DATE,
		 NULL}, /* 4294-12-31 */
		{4294000000, ZM_SERIAL_DATE, INT64_C(73369929600), 4294000001, ZM_SERIAL_INCREMENT,
		 NULL}, /* 4295-01-01 */
		{5, ZM_SERIAL_EPOCH, 0, 6, ZM_SERIAL_INCREMENT, NULL},
		{5, ZM_SERIAL_EPOCH, INT64_C(4294967296), 6, ZM_SERIAL_INCREMENT, NULL},
		{5, ZM_SERIAL_AUTO, INT64_MAX, 6, ZM_SERIAL_INCREMENT, NULL},
		{5, ZM_SERIAL_AUTO, INT64_MIN, 6, ZM_SERIAL_INCREMENT, NULL},
	};
	EXPECT_BUMPS(table);
}

static void the_style_is_told_from_the_number_and_the_time(void)
{
	static const struct {
		uint32_t serial;
		enum zm_serial_style style;
	} table[] = {
		{2026112300, ZM_SERIAL_DATE},      {2024022901, ZM_SERIAL_DATE},
		{2023022901, ZM_SERIAL_INCREMENT}, {2000022900, ZM_SERIAL_DATE},
		{2100022900, ZM_SERIAL_INCREMENT}, {2024023001, ZM_SERIAL_INCREMENT},
		{2024043100, ZM_SERIAL_INCREMENT}, {2024001000, ZM_SERIAL_INCREMENT},
		{2024130100, ZM_SERIAL_INCREMENT}, {2024010000, ZM_SERIAL_INCREMENT},
		{1970010100, ZM_SERIAL_DATE},      {1969123199, ZM_SERIAL_INCREMENT},
		{4294123199, ZM_SERIAL_DATE},      {1712010101, ZM_SERIAL_EPOCH},
		{1795435200, ZM_SERIAL_EPOCH},     {1795521600, ZM_SERIAL_EPOCH},
		{1795521601, ZM_SERIAL_INCREMENT}, {1322071200, ZM_SERIAL_EPOCH},
		{1322071199, ZM_SERIAL_INCREMENT}, {0, ZM_SERIAL_INCREMENT},
		{20240101, ZM_SERIAL_INCREMENT},   {UINT32_MAX, ZM_SERIAL_INCREMENT},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		enum zm_serial_style style = zm_serial_style_of(table[i].serial, NOW);
		if (style != table[i].style) {
			printf("\n%u is %s\n", table[i].serial, zm_serial_style_name(style));
		}
		CU_ASSERT_EQUAL(style, table[i].style);
	}
}

static void after_is_that_of_rfc_1982(void)
{
	const uint32_t half = UINT32_C(1) << 31;
	CU_ASSERT(zm_serial_is_after(1, 0));
	CU_ASSERT_FALSE(zm_serial_is_after(0, 1));
	CU_ASSERT_FALSE(zm_serial_is_after(7, 7));
	CU_ASSERT(zm_serial_is_after(0, UINT32_MAX));
	CU_ASSERT(zm_serial_is_after(100, UINT32_MAX - 100));
	CU_ASSERT(zm_serial_is_after(half - 1, 0));
	CU_ASSERT_FALSE(zm_serial_is_after(half, 0));
	CU_ASSERT_FALSE(zm_serial_is_after(0, half));
	CU_ASSERT_FALSE(zm_serial_is_after(half + 1, 0));
	CU_ASSERT(zm_serial_is_after(0, half + 1));
}

static uint64_t random_state = 88172645463325252;

static uint64_t next_random(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state;
}

static void a_successor_is_always_greater(void)
{
	size_t wrong = 0;
	for (size_t i = 0; i < 300000; i++) {
		uint64_t draw = next_random();
		int64_t now = draw % 4 == 0 ? (int64_t)next_random()
					    : (int64_t)(next_random() % UINT32_MAX);
		uint32_t today = zm_serial_bump(0, ZM_SERIAL_DATE, now).serial;
		uint32_t serial = draw % 3 == 0 ? (uint32_t)next_random()
						: (draw % 3 == 1 ? today : (uint32_t)now) +
							  (uint32_t)(next_random() % 400) - 200;
		enum zm_serial_style style = (enum zm_serial_style)(draw / 16 % ZM_SERIAL_KEEP);
		struct zm_serial_next next = zm_serial_bump(serial, style, now);
		wrong += zm_serial_is_after(next.serial, serial) && next.serial != 0 ? 0 : 1;
		wrong += next.style == ZM_SERIAL_AUTO ? 1 : 0;
	}
	CU_ASSERT_EQUAL(wrong, 0);
}

/* Counts the days up one by one, by a calendar that knows only how long months are. */
static void every_day_until_4294_has_its_number(void)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int64_t now = DAY - 1;
	size_t wrong = 0;
	for (int year = 1970; year <= 4294; year++) {
		for (int month = 1; month <= 12; month++) {
			bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
			int last = days[month - 1] + (month == 2 && leap ? 1 : 0);
			for (int day = 1; day <= last; day++, now += DAY) {
				uint32_t want = (uint32_t)year * 1000000 + (uint32_t)month * 10000 +
						(uint32_t)day * 100;
				uint32_t before = want - 1;
				wrong += zm_serial_bump(before, ZM_SERIAL_DATE, now).serial == want
						 ? 0
						 : 1;
			}
		}
	}
	CU_ASSERT_EQUAL(wrong, 0);
}

static void a_style_is_read_by_its_name_only(void)
{
	enum zm_serial_style style = ZM_SERIAL_KEEP;
	for (int i = ZM_SERIAL_AUTO; i <= ZM_SERIAL_KEEP; i++) {
		const char *name = zm_serial_style_name((enum zm_serial_style)i);
		CU_ASSERT(zm_serial_style_parse(&style, zm_str_from(name)));
		CU_ASSERT_EQUAL((int)style, i);
	}
	CU_ASSERT_FALSE(zm_serial_style_parse(&style, ZM_STR("Date")));
	CU_ASSERT_FALSE(zm_serial_style_parse(&style, ZM_STR("")));
	CU_ASSERT_EQUAL(style, ZM_SERIAL_KEEP);
}

/* 2026-11-23T23:30:00Z. */
static void a_day_has_its_own_time_zone_and_first_number(void)
{
	static const struct {
		struct zm_serial_how how;
		uint32_t serial;
		uint32_t want;
	} rows[] = {
		{{ZM_SERIAL_DATE, 1795476600, 0, 0}, 2026010100, 2026112300},
		{{ZM_SERIAL_DATE, 1795476600, 3600, 0}, 2026010100, 2026112400},
		{{ZM_SERIAL_DATE, 1795476600, -86400, 0}, 2026010100, 2026112200},
		{{ZM_SERIAL_DATE, 1795476600, 0, 1}, 2026010100, 2026112301},
		{{ZM_SERIAL_DATE, 1795476600, 0, 1}, 2026112300, 2026112301},
		{{ZM_SERIAL_DATE, 1795476600, 0, 1}, 2026112301, 2026112302},
		{{ZM_SERIAL_EPOCH, 1795476600, 3600, 1}, 5, 1795476600},
		{{ZM_SERIAL_AUTO, 1795476600, 3600, 1}, 2026112300, 2026112401},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CU_ASSERT_EQUAL(zm_serial_bump_by(rows[i].serial, &rows[i].how).serial,
				rows[i].want);
	}
}

static const struct zm_test_case cases[] = {
	{"a date becomes today's first number, or one more", a_date_becomes_today_or_one_more},
	{"a day begins at midnight, UTC", a_day_begins_at_midnight_utc},
	{"an epoch becomes now, or one more", an_epoch_becomes_now_or_one_more},
	{"any other number grows by one and never to zero",
	 any_other_number_grows_by_one_and_never_to_zero},
	{"a style asked for is used on any serial", a_style_asked_for_is_used_on_any_serial},
	{"a time that does not fit falls back to one more",
	 a_time_that_does_not_fit_falls_back_to_one_more},
	{"the style is told from the number and the time",
	 the_style_is_told_from_the_number_and_the_time},
	{"after is that of RFC 1982", after_is_that_of_rfc_1982},
	{"a successor is always greater", a_successor_is_always_greater},
	{"every day until 4294 has its number", every_day_until_4294_has_its_number},
	{"a style is read by its name only", a_style_is_read_by_its_name_only},
	{"a day has its own time zone and first number",
	 a_day_has_its_own_time_zone_and_first_number},
	{NULL, NULL},
};

void test_serial(void)
{
	zm_test_suite("serial", cases);
}
