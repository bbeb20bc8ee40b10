#include "base/buf.h"
#include "sandbox.h"
#include "test.h"
#include "zone/discover.h"
#include "zone/origin.h"

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
		{"\xef\xbb\xbf$TTL 1h\n@ 3600 IN SOA ns h 1 2 3 4 5\n", true},
		{"\xef\xbb\xbf; a comment\n@ IN SOA ns h 1 2 3 4 5\n", true},
		{"\xef\xbb\xbf", false},
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

/* What one look tells, reading on would tell too. */
static void a_look_tells_the_apex_too(void)
{
	static const struct {
		const char *bytes;
		const char *apex; /* NULL: it has to be looked for apart */
	} cases[] = {
		{"$ORIGIN example.com.\n@ SOA ns h 1 2 3 4 5\n", "example.com."},
		{"; x\nexample.com. 60 IN SOA ns h ( 1\n2 3 4 5 )\n$ORIGIN a.\n", "example.com."},
		{"$ORIGIN com.\n$TTL 5\nexample IN SOA ns h 1 2 3 4 5\n", "example.com."},
		{"$ORIGIN com.\n$INCLUDE x\nexample SOA ns h 1 2 3 4 5\n", "com."},
		{"@ SOA ns h 1 2 3 4 5\n", NULL},
		{"\xef\xbb\xbf; x\nexample.com. SOA ns h 1 2 3 4 5\n", NULL},
		{"a \"\nexample.com. SOA ns h 1 2 3 4 5\n$ORIGIN b.\n", NULL},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct zm_glance glance;
		struct zm_name_buf read;
		struct zm_arena arena = {0};
		struct zm_str bytes = zm_str_from(cases[i].bytes);
		zm_glance(&glance, bytes);
		CU_ASSERT_EQUAL_FATAL(glance.has_apex, cases[i].apex != NULL);
		if (glance.has_apex) {
			CU_ASSERT_TRUE(zm_origin_from_content(&read, bytes));
			CU_ASSERT_TRUE(zm_name_eq(zm_name_of(&read), zm_name_of(&glance.apex)));
			ZM_ASSERT_STR(zm_name_text(&arena, zm_name_of(&glance.apex)),
				      cases[i].apex);
		}
		zm_arena_release(&arena);
	}
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
		zm_sandbox_put(zm_sandbox_path(box, files[i]), ZM_STR("x"));
	}
	CU_ASSERT_EQUAL(symlink("a", "link"), 0);
	CU_ASSERT_EQUAL(symlink("b", "loop"), 0);
	CU_ASSERT_EQUAL(symlink("nowhere", "dangling"), 0);
	CU_ASSERT_EQUAL(symlink("selfish", "selfish"), 0);
	zm_sandbox_put(zm_sandbox_path(box, "b/empty"), ZM_STR(""));
	CU_ASSERT_EQUAL(mkfifo("fifo", 0600), 0);
}

static void join_paths(struct zm_buf *out, const struct zm_paths *paths)
{
	for (size_t i = 0; i < paths->count; i++) {
		const struct zm_found *found = &paths->item[i];
		zm_buf_printf(out, "%s%s%s%s\n", found->path, found->failed ? "!" : "",
			      found->why == NULL ? "" : ": ", found->why == NULL ? "" : found->why);
	}
}

static struct zm_str walk(struct zm_buf *list, struct zm_arena *arena, const char *folder)
{
	struct zm_paths paths = {0};
	zm_buf_clear(list);
	zm_walk_folder(&paths, arena, folder);
	join_paths(list, &paths);
	return zm_buf_str(list);
}

static void a_folder_is_walked_in_order(void)
{
	char before[4096];
	struct zm_sandbox box;
	CU_ASSERT_PTR_NOT_NULL_FATAL(getcwd(before, sizeof(before)));
	make_tree(&box);
	struct zm_arena arena = {0};
	struct zm_buf list = {0};
	ZM_ASSERT_STR(walk(&list, &arena, "."),
		      "a\nb/1\nb/2\nb/deep/zone\nb/empty\nb.x\n"
		      "dangling: a link that leads nowhere\nfifo: a FIFO, not a file\nlink\n"
		      "loop: a link to a folder, which is not followed\n"
		      "selfish: a link that leads nowhere\nz\n");
	ZM_ASSERT_STR(walk(&list, &arena, "b/"), "b/1\nb/2\nb/deep/zone\nb/empty\n");
	ZM_ASSERT_STR(walk(&list, &arena, "missing"),
		      "missing!: missing: cannot read the folder: No such file or directory\n");
	zm_buf_release(&list);
	zm_arena_release(&arena);
	CU_ASSERT_EQUAL(chdir(before), 0);
	zm_sandbox_close(&box);
}

static void a_zone_may_come_by_include(void)
{
	static const struct {
		const char *bytes;
		bool found;
	} table[] = {
		{"$INCLUDE soa\n", true},
		{"@ NS ns\n$include \"soa\" ; by another name\n", true},
		{"$INCLUDE nested\n", true},
		{"$INCLUDE none\n", false},
		{"$INCLUDE missing\n", false},
		{"$INCLUDE\n", false},
		{"; $INCLUDE soa\n", false},
		{"$INCLUDE self\n", false},
	};
	struct zm_sandbox box;
	zm_sandbox_open(&box);
	zm_sandbox_put(zm_sandbox_path(&box, "soa"), ZM_STR("@ IN SOA ns h 1 2 3 4 5\n"));
	zm_sandbox_put(zm_sandbox_path(&box, "none"), ZM_STR("www A 192.0.2.1\n"));
	zm_sandbox_put(zm_sandbox_path(&box, "nested"), ZM_STR("$INCLUDE none\n$INCLUDE soa\n"));
	zm_sandbox_put(zm_sandbox_path(&box, "self"), ZM_STR("$INCLUDE self\n"));
	const struct zm_load_options options = {0};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct zm_source source = {.name = zm_sandbox_path(&box, "zone"),
					   .bytes = zm_str_from(table[i].bytes)};
		if (zm_includes_zone(&source, &options) != table[i].found) {
			printf("\n[%s]\n", table[i].bytes);
			CU_FAIL("an SOA record was found where none is, or not found");
		}
	}
	zm_sandbox_close(&box);
}

static void an_included_soa_tells_the_apex(void)
{
	static const struct {
		const char *bytes;
		const char *apex; /* empty: it does not tell */
	} table[] = {
		{"$INCLUDE soa\n", "told.example."},
		{"$INCLUDE relative\n", ""},
		{"$ORIGIN own.example.\n$INCLUDE soa\n", "own.example."},
		{"@ IN SOA ns h 1 2 3 4 5\n$INCLUDE soa\n", ""},
		{"own.example. IN SOA ns h 1 2 3 4 5\n$INCLUDE soa\n", "own.example."},
	};
	struct zm_sandbox box;
	zm_sandbox_open(&box);
	zm_sandbox_put(zm_sandbox_path(&box, "soa"),
		       ZM_STR("told.example. IN SOA ns h 1 2 3 4 5\n"));
	zm_sandbox_put(zm_sandbox_path(&box, "relative"), ZM_STR("@ IN SOA ns h 1 2 3 4 5\n"));
	const struct zm_load_options options = {0};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct zm_source source = {.name = zm_sandbox_path(&box, "nameless"),
					   .bytes = zm_str_from(table[i].bytes)};
		struct zm_name_buf apex;
		struct zm_str text = ZM_STR("");
		if (zm_origin_find(&apex, &source, &options) == ZM_ORIGIN_CONTENT) {
			text = zm_name_text(&box.arena, zm_name_of(&apex));
		}
		ZM_ASSERT_STR(text, table[i].apex);
	}
	zm_sandbox_close(&box);
}

static const struct zm_test_case cases[] = {
	{"a zone is known by its SOA", a_zone_is_known_by_its_soa},
	{"a look tells the apex too", a_look_tells_the_apex_too},
	{"a folder is walked in order, without what is hidden or a link to a folder",
	 a_folder_is_walked_in_order},
	{"a zone may come by $INCLUDE", a_zone_may_come_by_include},
	{"an included SOA tells the apex", an_included_soa_tells_the_apex},
	{NULL, NULL},
};

void test_discover(void)
{
	zm_test_suite("discover", cases);
}
