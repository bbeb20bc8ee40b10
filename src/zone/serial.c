#include "zone/serial.h"

#include <assert.h>

enum { SECONDS_A_DAY = 86400, SERIALS_A_DAY = 100 };

/* The oldest time that still counts as a serial in seconds: fifteen years of 365.25 days. */
static const int64_t EPOCH_BACK = INT64_C(15) * 31557600;

/*
 * Years that a date serial may name. The upper bound is the last one whose numbers fit 32 bits. The
 * lower one keeps seconds since 1970 apart from dates: 1712010101 is a moment of 2024, not a day of
 * 1712.
 */
enum { FIRST_YEAR = 1970, LAST_YEAR = 4294 };

static const char *const WARN_FUTURE = "the serial lies in the future";
static const char *const WARN_NO_DATE = "the serial is not before today's date as a number";
static const char *const WARN_CARRIED =
	"the day's hundred numbers are used up, the serial runs into the next day's";

static const char *const style_name[] = {
	[ZM_SERIAL_AUTO] = "auto",           [ZM_SERIAL_DATE] = "date", [ZM_SERIAL_EPOCH] = "epoch",
	[ZM_SERIAL_INCREMENT] = "increment", [ZM_SERIAL_KEEP] = "keep",
};

enum { STYLES = sizeof(style_name) / sizeof(style_name[0]) };

const char *zm_serial_style_name(enum zm_serial_style style)
{
	assert((size_t)style < STYLES);
	return style_name[style];
}

bool zm_serial_style_parse(enum zm_serial_style *style, struct zm_str text)
{
	for (size_t i = 0; i < STYLES; i++) {
		if (zm_str_eq(text, zm_str_from(style_name[i]))) {
			*style = (enum zm_serial_style)i;
			return true;
		}
	}
	return false;
}

bool zm_serial_is_after(uint32_t a, uint32_t b)
{
	uint32_t ahead = a - b;
	return ahead != 0 && ahead < UINT32_C(1) << 31;
}

static bool is_leap_year(uint32_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool is_date(uint32_t year, uint32_t month, uint32_t day)
{
	static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) {
		return false;
	}
	bool has_leap_day = month == 2 && is_leap_year(year);
	return day <= days[month - 1] + (has_leap_day ? 1U : 0U);
}

static bool has_date(uint32_t serial)
{
	return is_date(serial / 1000000, serial / 10000 % 100, serial / 100 % 100);
}

/*
 * The first serial of the day that holds `now`: YYYYMMDD00 in the Gregorian calendar, UTC; 0 when
 * its year is out of bounds.
 *
 * Days are counted from 1 March of the year 0: the leap day is then the last day of its year, 400
 * years have 146,097 days, and the months from March on begin on days 0, 31, 61, 92 ... which is
 * (153 * month + 2) / 5.
 */
static uint32_t first_serial_of_day(int64_t now)
{
	if (now < 0) {
		return 0;
	}
	int64_t day = now / SECONDS_A_DAY + 719468;
	int64_t era = day / 146097;
	int64_t day_of_era = day % 146097;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t months = (5 * day_of_year + 2) / 153;
	int64_t day_of_month = day_of_year - (153 * months + 2) / 5 + 1;
	int64_t month = months < 10 ? months + 3 : months - 9;
	int64_t year = era * 400 + year_of_era + (months < 10 ? 0 : 1);
	if (year > LAST_YEAR) {
		return 0;
	}
	return (uint32_t)((year * 10000 + month * 100 + day_of_month) * SERIALS_A_DAY);
}

enum zm_serial_style zm_serial_style_of(uint32_t serial, int64_t now)
{
	if (has_date(serial)) {
		return ZM_SERIAL_DATE;
	}
	/* Written so that no `now` overflows. */
	bool not_old = now < EPOCH_BACK || (int64_t)serial >= now - EPOCH_BACK;
	bool not_ahead = (int64_t)serial - SECONDS_A_DAY <= now;
	return serial > 0 && now >= 0 && not_old && not_ahead ? ZM_SERIAL_EPOCH
							      : ZM_SERIAL_INCREMENT;
}

/* 0 is left out: some servers take it for "no serial". RFC 1982 3.1 has 1 after 4294967295 too. */
static uint32_t one_more(uint32_t serial)
{
	return serial == UINT32_MAX ? 1 : serial + 1;
}

static struct zm_serial_next increment(uint32_t serial)
{
	return (struct zm_serial_next){.serial = one_more(serial), .style = ZM_SERIAL_INCREMENT};
}

/* Why the day's first number was not taken for a date serial: NULL where that is as it should be.
 */
static const char *date_warning(uint32_t serial, uint32_t today)
{
	if (!has_date(serial)) {
		return WARN_NO_DATE;
	}
	if (serial / SERIALS_A_DAY != today / SERIALS_A_DAY) {
		return WARN_FUTURE;
	}
	return serial % SERIALS_A_DAY == SERIALS_A_DAY - 1 ? WARN_CARRIED : NULL;
}

static struct zm_serial_next bump_date(uint32_t serial, const struct zm_serial_how *how)
{
	uint32_t today = first_serial_of_day(how->now + how->ahead);
	if (today == 0) {
		return increment(serial);
	}
	today += how->first;
	if (zm_serial_is_after(today, serial)) {
		return (struct zm_serial_next){.serial = today, .style = ZM_SERIAL_DATE};
	}
	return (struct zm_serial_next){.serial = one_more(serial),
				       .style = ZM_SERIAL_DATE,
				       .warning = date_warning(serial, today)};
}

/* A serial a little ahead of the clock is normal: two bumps in one second, a server's clock. */
static struct zm_serial_next bump_epoch(uint32_t serial, int64_t now)
{
	if (now <= 0 || now > UINT32_MAX) {
		return increment(serial);
	}
	if (zm_serial_is_after((uint32_t)now, serial)) {
		return (struct zm_serial_next){.serial = (uint32_t)now, .style = ZM_SERIAL_EPOCH};
	}
	bool far_ahead = serial - (uint32_t)now > SECONDS_A_DAY;
	return (struct zm_serial_next){.serial = one_more(serial),
				       .style = ZM_SERIAL_EPOCH,
				       .warning = far_ahead ? WARN_FUTURE : NULL};
}

struct zm_serial_next zm_serial_bump_by(uint32_t serial, const struct zm_serial_how *how)
{
	enum zm_serial_style style = how->style;
	if (style == ZM_SERIAL_AUTO) {
		style = zm_serial_style_of(serial, how->now);
	}
	switch (style) {
	case ZM_SERIAL_DATE:
		return bump_date(serial, how);
	case ZM_SERIAL_EPOCH:
		return bump_epoch(serial, how->now);
	case ZM_SERIAL_KEEP:
		return (struct zm_serial_next){.serial = serial, .style = ZM_SERIAL_KEEP};
	case ZM_SERIAL_AUTO:
	case ZM_SERIAL_INCREMENT:
		break;
	}
	return increment(serial);
}

struct zm_serial_next zm_serial_bump(uint32_t serial, enum zm_serial_style style, int64_t now)
{
	const struct zm_serial_how how = {.style = style, .now = now};
	return zm_serial_bump_by(serial, &how);
}
