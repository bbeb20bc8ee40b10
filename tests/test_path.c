/* Patterns over paths. */
#include "test.h"

#include "base/path.h"

#include <stdio.h>
#include <string.h>

struct row {
	const char *pattern;
	const char *path;
	bool matches;
};

static const struct row rows[] = {
	{"*.tmpl", "a.tmpl", true},
	{"*.tmpl", "zones/deep/a.tmpl", true},
	{"*.tmpl", "a.tmpl.zone", false},
	{"*.tmpl", "zones.tmpl/a.zone", true},
	{"drafts", "drafts/a.zone", true},
	{"drafts/", "x/drafts/b/a.zone", true},
	{"drafts", "drafts.zone", false},
	{"octodns/**", "octodns/a", true},
	{"octodns/**", "octodns/b/c/d", true},
	{"octodns/**", "octodns", false},
	{"octodns/**", "x/octodns/a", false},
	{"zones/*.db", "zones/a.db", true},
	{"zones/*.db", "zones/x/a.db", false},
	{"zones/*", "zones/x/a.db", true}, /* the folder x is named */
	{"zones/**/*.db", "zones/a.db", true},
	{"zones/**/*.db", "zones/x/y/a.db", true},
	{"zones/**/*.db", "zones/x/y/a.dbx", false},
	{"**/a.db", "a.db", true},
	{"**/a.db", "x/y/a.db", true},
	{"**/a.db", "x/ya.db", false},
	{"**", "a", true},
	{"a/**/b/**/c", "a/b/c", true},
	{"a/**/b/**/c", "a/x/b/y/z/c", true},
	{"a/**/b/**/c", "a/x/y/z/c", false},
	{"a**b", "axxb", true}, /* not a part of its own: as one star */
	{"a**b/c", "ax/xb/c", false},
	{"db.?", "db.a", true},
	{"db.?", "db.", false},
	{"x/?/y", "x///y", false},
	{"A.db", "a.db", false},
	{"*a*b", "xaab", true},
	{"*a*b", "xbba", false},
	{"zones/main.db", "zones/main.db", true},
	{"zones/main.db", "old/zones/main.db", false},
	{"", "", true},
	{"a", "", false},
};

static void patterns_name_paths(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *row = &rows[i];
		bool matches = zm_path_matches(zm_str_from(row->path), zm_str_from(row->pattern));
		if (matches != row->matches) {
			printf("\n%s against %s\n", row->pattern, row->path);
		}
		CU_ASSERT_EQUAL(matches, row->matches);
	}
}

/* What makes naive matchers take years. */
static void stars_cost_no_years(void)
{
	char path[2001];
	char pattern[201];
	memset(path, 'a', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	for (size_t i = 0; i + 1 < sizeof(pattern); i += 2) {
		memcpy(pattern + i, "*a", 2);
	}
	pattern[sizeof(pattern) - 2] = 'b';
	pattern[sizeof(pattern) - 1] = '\0';
	CU_ASSERT_FALSE(zm_path_matches(zm_str_from(path), zm_str_from(pattern)));
	for (size_t i = 1; i + 1 < sizeof(path); i += 2) {
		path[i] = '/';
	}
	CU_ASSERT_FALSE(zm_path_matches(zm_str_from(path),
					ZM_STR("**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/b")));
}

static const struct zm_test_case cases[] = {
	{"patterns name paths", patterns_name_paths},
	{"stars cost no years", stars_cost_no_years},
	{NULL, NULL},
};

void test_path(void)
{
	zm_test_suite("path", cases);
}
