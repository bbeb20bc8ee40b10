#include "test.h"
#include "zone/kind.h"

#include <stdio.h>

static void what_only_named_reads_is_known_by_its_first_bytes(void)
{
	static const struct {
		struct zm_str bytes;
		const char *starts; /* NULL: it may be text */
	} table[] = {
		{{"\0\0\0\2\0\0\0\1k\6@_", 12}, "raw format"},
		{{"\0\0\0\2\0\0\0\0", 8}, "raw format"},
		{{"\0\0\0\3\0\0\0\1", 8}, "map format"},
		{{"\0\0\0\2\0\0\0\2", 8}, NULL},
		{{"\0\0\0\4\0\0\0\1", 8}, NULL},
		{{"\0\0\0\2\0\0\0", 7}, NULL},
		{{";BIND LOG V9\n\0\0\0", 16}, "a journal"},
		{{";BIND LOG V9.2\n\0", 16}, "a journal"},
		{{"; BIND LOG V9\n", 14}, NULL},
		{{"", 0}, NULL},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const char *kind = zm_kind_by_content(table[i].bytes);
		bool right = table[i].starts == NULL
				     ? kind == NULL
				     : kind != NULL && zm_str_starts(zm_str_from(kind),
								     zm_str_from(table[i].starts));
		if (!right) {
			printf("\n%zu: %s\n", i, kind == NULL ? "none" : kind);
			CU_FAIL("a file was taken for what it is not");
		}
	}
}

static void a_copy_names_its_original(void)
{
	static const struct {
		const char *path;
		const char *original; /* NULL: it is no copy */
		const char *what;
	} table[] = {
		{"db.a~", "db.a", "a backup copy"},
		{"z/db.a.bak", "z/db.a", "a backup copy"},
		{"z/#db.a#", "z/db.a", "an editor's copy"},
		{"#db.a#", "db.a", "an editor's copy"},
		{"z/a.zone.signed", "z/a.zone", "the signed copy"},
		{"db.a", NULL, NULL},
		{"z/.bak", NULL, NULL},
		{"z.orig/db.a", NULL, NULL},
		{"##", NULL, NULL},
		{"~", NULL, NULL},
	};
	struct zm_arena arena = {0};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const char *what = NULL;
		const char *original = zm_kind_original(&arena, table[i].path, &what);
		if (table[i].original == NULL) {
			CU_ASSERT_PTR_NULL(original);
			continue;
		}
		ZM_ASSERT_STR(zm_str_from(original), table[i].original);
		ZM_ASSERT_STR(zm_str_from(what), table[i].what);
	}
	zm_arena_release(&arena);
}

static void a_name_alone_tells_journals_and_configurations(void)
{
	CU_ASSERT_PTR_NOT_NULL(zm_kind_by_name("z/a.zone.jnl"));
	CU_ASSERT_PTR_NOT_NULL(zm_kind_by_name("a.zone.signed.jbk"));
	CU_ASSERT_PTR_NOT_NULL(zm_kind_by_name("etc/named.conf"));
	CU_ASSERT_PTR_NOT_NULL(zm_kind_by_name("named.conf.local"));
	CU_ASSERT_PTR_NOT_NULL(zm_kind_by_name("z/a.zone.j2"));
	CU_ASSERT_PTR_NULL(zm_kind_by_name("db.example.in"));
	CU_ASSERT_PTR_NULL(zm_kind_by_name("named.conf/a.zone"));
	CU_ASSERT_PTR_NULL(zm_kind_by_name("a.jnl.zone"));
}

static const struct zm_test_case cases[] = {
	{"what only named reads is known by its first bytes",
	 what_only_named_reads_is_known_by_its_first_bytes},
	{"a copy names its original", a_copy_names_its_original},
	{"a name alone tells journals and configurations",
	 a_name_alone_tells_journals_and_configurations},
	{NULL, NULL},
};

void test_kind(void)
{
	zm_test_suite("kind", cases);
}
