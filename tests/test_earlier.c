#include "test.h"

#include "lint/earlier.h"

/* 2026-11-23T12:00:00Z */
static const int64_t NOON = 1795435200;

struct step {
	uint32_t earlier;
	uint32_t serial;
	enum zm_serial_style style;
	uint32_t next;
};

static void the_next_serial_is_ahead_of_the_earlier_one(void)
{
	static const struct step steps[] = {
		{7, 7, ZM_SERIAL_AUTO, 8},
		{7, 8, ZM_SERIAL_AUTO, 8},                   /* ahead already */
		{7, 2147483654, ZM_SERIAL_AUTO, 2147483654}, /* as far as can be */
		{7, 2147483655, ZM_SERIAL_AUTO, 8},          /* 2^31: in no order */
		{7, 6, ZM_SERIAL_AUTO, 8},
		{7, 6, ZM_SERIAL_KEEP, 6},
		{7, 7, ZM_SERIAL_KEEP, 7},
		{4294967295, 4294967295, ZM_SERIAL_AUTO, 1},
		{4294967295, 3, ZM_SERIAL_AUTO, 3},
		{2026112205, 2026112205, ZM_SERIAL_AUTO, 2026112300},
		{2026112300, 5, ZM_SERIAL_AUTO, 2026112301}, /* by the earlier one's style */
		{2026112300, 2026112300, ZM_SERIAL_INCREMENT, 2026112301},
		{5, 5, ZM_SERIAL_DATE, 2026112300},
	};
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		const struct zm_earlier earlier = {
			.serial = steps[i].earlier,
			.how = {.style = steps[i].style, .now = NOON},
		};
		uint32_t next = zm_earlier_next(&earlier, steps[i].serial).serial;
		CU_ASSERT_EQUAL(next, steps[i].next);
	}
}

static const struct zm_test_case cases[] = {
	{"the next serial is ahead of the earlier one",
	 the_next_serial_is_ahead_of_the_earlier_one},
	{NULL, NULL},
};

void test_earlier(void)
{
	zm_test_suite("earlier", cases);
}
