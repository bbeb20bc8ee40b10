#include "cli/options.h"

/* Days from 1970-01-01 to a day of the Gregorian calendar. Years begin in March, so that the leap
 * day is the last one. */
static int64_t days_to(int64_t year, int64_t month, int64_t day)
{
	year -= month <= 2;
	int64_t era = year / 400;
	int64_t year_of_era = year - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

static int days_in(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return month == 2 && leap ? 29 : days[month - 1];
}

/* Digits [start, end) as a number of at most `max`; -1 when they are none. */
static int field(struct zm_str text, size_t start, size_t end, int max)
{
	uint64_t value;
	if (end > text.len || !zm_str_number(zm_str_sub(text, start, end), (uint64_t)max, &value)) {
		return -1;
	}
	return (int)value;
}

/* `Z`, `+01:00`; the offset in seconds. */
static bool parse_offset(int64_t *offset, struct zm_str text)
{
	*offset = 0;
	if (text.len == 1 && zm_lower(text.data[0]) == 'z') {
		return true;
	}
	int hours = field(text, 1, 3, 23);
	int minutes = field(text, 4, 6, 59);
	bool signed_ = text.len == 6 && (text.data[0] == '+' || text.data[0] == '-');
	if (!signed_ || text.data[3] != ':' || hours < 0 || minutes < 0) {
		return false;
	}
	*offset = (hours * 60 + minutes) * 60 * (text.data[0] == '-' ? -1 : 1);
	return true;
}

static bool has_separators(struct zm_str text)
{
	char t = text.data[10];
	return text.data[4] == '-' && text.data[7] == '-' && (zm_lower(t) == 't' || t == ' ') &&
	       text.data[13] == ':' && text.data[16] == ':';
}

/* RFC 3339 5.6: 2026-11-23T12:00:00.5+01:00. */
static bool parse_date_time(int64_t *seconds, struct zm_str text)
{
	if (text.len < 20 || !has_separators(text)) {
		return false;
	}
	int year = field(text, 0, 4, 9999);
	int month = field(text, 5, 7, 12);
	int day = field(text, 8, 10, 31);
	int hour = field(text, 11, 13, 23);
	int minute = field(text, 14, 16, 59);
	int second = field(text, 17, 19, 60);
	size_t end = 19;
	if (text.data[end] == '.') {
		do {
			end++;
		} while (end < text.len && zm_is_digit(text.data[end]));
	}
	int64_t offset;
	bool good = year >= 1970 && month >= 1 && day >= 1 && hour >= 0 && minute >= 0 &&
		    second >= 0 && day <= days_in(year, month) &&
		    parse_offset(&offset, zm_str_sub(text, end, text.len));
	if (good) {
		*seconds = ((days_to(year, month, day) * 24 + hour) * 60 + minute) * 60 + second -
			   offset;
	}
	return good;
}

bool zm_time_parse(int64_t *seconds, struct zm_str text)
{
	uint64_t number;
	if (zm_str_number(text, INT64_C(253402300799), &number)) { /* the year 9999 */
		*seconds = (int64_t)number;
		return true;
	}
	return parse_date_time(seconds, text);
}
