#include "cli/progress.h"

#include "test.h"

static void the_line_tells_how_far_it_is(void)
{
	static const struct {
		const char *what;
		size_t done;
		size_t total;
		enum zm_unit unit;
		const char *line;
	} table[] = {
		{"reading", 1200000000, 2800000000, ZM_UNIT_BYTES,
		 "reading  [########            ]  42%  1.2 of 2.8 GB"},
		{"reading", 0, 999949, ZM_UNIT_BYTES,
		 "reading  [                    ]   0%  0.0 of 999.9 kB"},
		{"reading", 1200, 20000, ZM_UNIT_FILES,
		 "reading  [#                   ]   6%  1200 of 20000 files"},
		{"checking", 1200, 20000, ZM_UNIT_ZONES,
		 "checking  [#                   ]   6%  1200 of 20000 zones"},
		{"checking", 3, 2, ZM_UNIT_ZONES,
		 "checking  [####################] 100%  2 of 2 zones"},
		{"reading", 0, 0, ZM_UNIT_BYTES,
		 "reading  [                    ]   0%  0.0 of 0.0 kB"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct zm_buf line = {0};
		zm_progress_line(&line, table[i].what, table[i].done, table[i].total,
				 table[i].unit);
		ZM_ASSERT_STR(zm_buf_str(&line), table[i].line);
		zm_buf_release(&line);
	}
}

static const struct zm_test_case cases[] = {
	{"the line tells how far it is", the_line_tells_how_far_it_is},
	{NULL, NULL},
};

void test_progress(void)
{
	zm_test_suite("progress", cases);
}
