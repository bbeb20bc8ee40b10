#include "base/buf.h"
#include "sandbox.h"
#include "test.h"
#include "zone/discover.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void a_zone_is_known_by_its_soa(void)
{
	static const struct {
		const char *bytes;
		bool is_zone;
	} cases[] = {
		{"@ IN SOA ns h 1 2 3 4 5\n", true},
		{"@ in soa ns h 1 2 3 4 5", true},
		{"$TTL 1h\n@ 3600 IN SOA ns h (\n 1 ; serial\n 2 3 4 5 )\n", true},
		{"; a comment\n\n  SOA ns h 1 2 3 4 5\r\n", true},
		{"@ IN SOA ns h 1 2 3 4\n", false},
		{"@ IN NS ns\nwww A 192.0.2.1\n", false},
		{"", false},
		{"An SOA record has seven fields, as every hostmaster knows well.\n", false},
		{"one two three four\nfive six seven\nexample. IN SOA ns h 1 2 3 4 5\n", false},
		{"{\"type\": \"SOA\", \"data\": \"ns h 1 2 3 4 5\"}\n", false},
		{"; @ IN SOA ns h 1 2 3 4 5\n", false},
		{"soa.example.com\n", false},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (zm_looks_like_zone(zm_str_from(cases[i].bytes)) != cases[i].is_zone) {
			printf("\n[%s]\n", cases[i].bytes);
			CU_FAIL("a file was taken for what it is not");
		}
	}
	static const char binary[] = "\0\0SOA\0\0\0\n\0SOA";
	CU_ASSERT_FALSE(zm_looks_like_zone((struct zm_str){binary, sizeof(binary)}));
}

static void make_tree(struct zm_sandbox *box)
{
	zm_sandbox_open(box);
	CU_ASSERT_EQUAL_FATAL(chdir(box->folder), 0);
	static const char *const folders[] = {"b", "b/deep", ".git", "c.d"};
	static const char *const files[] = {"z",   "a",      "b/2",         "b/1",
					    "b.x", ".git/x", "b/deep/zone", ".hidden"};
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		CU_ASSERT_EQUAL_FATAL(mkdir(folders[i], 0700), 0);
	}
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		zm_sandbox_put(zm_sandbox_path(box, files[i]), ZM_STR(""));
	}
	CU_ASSERT_EQUAL(symlink("a", "link"), 0);
	CU_ASSERT_EQUAL(symlink("b", "loop"), 0);
	CU_ASSERT_EQUAL(symlink("nowhere", "dangling"), 0);
	CU_ASSERT_EQUAL(mkfifo("fifo", 0600), 0);
}

static void join_paths(struct zm_buf *out, const struct zm_paths *paths)
{
	for (size_t i = 0; i < paths->count; i++) {
		zm_buf_printf(out, "%s ", paths->path[i]);
	}
}

static void a_folder_is_walked_in_order(void)
{
	char before[4096];
	struct zm_sandbox box;
	CU_ASSERT_PTR_NOT_NULL_FATAL(getcwd(before, sizeof(before)));
	make_tree(&box);
	struct zm_arena arena = {0};
	struct zm_paths paths = {0};
	struct zm_buf list = {0};
	struct zm_error err;
	CU_ASSERT(zm_walk_folder(&paths, &arena, ".", &err));
	join_paths(&list, &paths);
	ZM_ASSERT_STR(zm_buf_str(&list), "a b/1 b/2 b/deep/zone b.x link z ");

	paths.count = 0;
	zm_buf_clear(&list);
	CU_ASSERT(zm_walk_folder(&paths, &arena, "b/", &err));
	join_paths(&list, &paths);
	ZM_ASSERT_STR(zm_buf_str(&list), "b/1 b/2 b/deep/zone ");

	CU_ASSERT_FALSE(zm_walk_folder(&paths, &arena, "missing", &err));
	ZM_ASSERT_STR(zm_str_from(err.text),
		      "missing: cannot read the folder: No such file or directory");
	zm_buf_release(&list);
	zm_arena_release(&arena);
	CU_ASSERT_EQUAL(chdir(before), 0);
	zm_sandbox_close(&box);
}

static const struct zm_test_case cases[] = {
	{"a zone is known by its SOA", a_zone_is_known_by_its_soa},
	{"a folder is walked in order, without what is hidden or a link to a folder",
	 a_folder_is_walked_in_order},
	{NULL, NULL},
};

void test_discover(void)
{
	zm_test_suite("discover", cases);
}
