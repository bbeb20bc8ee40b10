/* timezone: how far a time zone is from UTC, by the C library's tables. */
#include "policy/policy.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* `+02:00`, `-0330`. */
static bool parse_offset(int64_t *seconds, struct zm_str text)
{
	uint64_t hours;
	uint64_t minutes;
	bool has_colon = text.len == 6 && text.data[3] == ':';
	if ((text.len != 5 && !has_colon) || (text.data[0] != '+' && text.data[0] != '-') ||
	    !zm_str_number(zm_str_sub(text, 1, 3), 14, &hours) ||
	    !zm_str_number(zm_str_sub(text, text.len - 2, text.len), 59, &minutes)) {
		return false;
	}
	*seconds = (int64_t)(hours * 60 + minutes) * 60;
	*seconds = text.data[0] == '-' ? -*seconds : *seconds;
	return true;
}

/* A name that leads to a file of the tz database and nowhere else: the C library takes any other
 * text for UTC without a word. */
static bool is_in_database(struct zm_str name)
{
	char path[PATH_MAX];
	struct stat st;
	const char *folder = getenv("TZDIR");
	for (size_t i = 0; i < name.len; i++) {
		char c = name.data[i];
		if (!zm_is_alnum(c) && c != '/' && c != '_' && c != '-' && c != '+') {
			return false;
		}
	}
	if (name.len == 0 || !zm_is_alpha(name.data[0])) {
		return false;
	}
	int len = snprintf(path, sizeof(path), "%s/%.*s",
			   folder != NULL ? folder : "/usr/share/zoneinfo", ZM_STR_ARG(name));
	return len > 0 && (size_t)len < sizeof(path) && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static int64_t ask_c_library(const char *name, int64_t now)
{
	char before[PATH_MAX];
	const char *old = getenv("TZ");
	snprintf(before, sizeof(before), "%s", old == NULL ? "" : old);
	setenv("TZ", name, 1);
	tzset();
	struct tm local = {0};
	time_t at = (time_t)now;
	localtime_r(&at, &local);
	if (old == NULL) {
		unsetenv("TZ");
	} else {
		setenv("TZ", before, 1);
	}
	tzset();
	return local.tm_gmtoff;
}

bool zm_policy_offset(int64_t *seconds, struct zm_str timezone, int64_t now)
{
	char name[NAME_MAX];
	*seconds = 0;
	if (zm_str_eq_nocase(timezone, ZM_STR("utc")) || parse_offset(seconds, timezone)) {
		return true;
	}
	if (timezone.len + 1 >= sizeof(name) || !is_in_database(timezone)) {
		return false;
	}
	snprintf(name, sizeof(name), ":%.*s", ZM_STR_ARG(timezone));
	*seconds = ask_c_library(name, now);
	return true;
}
