#include "sandbox.h"
#include "test.h"

#include "fix/diff.h"

#include <stdio.h>
#include <sys/stat.h>

static void expect_patch(const char *path, const char *before, const char *after, const char *want)
{
	struct zm_buf out = {0};
	zm_diff(&out, path, zm_str_from(before), zm_str_from(after));
	ZM_ASSERT_STR(zm_buf_str(&out), want);
	zm_buf_release(&out);
}

static void a_patch_has_three_lines_of_context(void)
{
	expect_patch("z", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nX\n6\n7\n8\n9\n",
		     "--- a/z\n+++ b/z\n"
		     "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n");
	expect_patch("z", "1\n2\n", "0\n1\n2\n", "--- a/z\n+++ b/z\n@@ -1,2 +1,3 @@\n+0\n 1\n 2\n");
	expect_patch("z", "1\n2\n", "1\n", "--- a/z\n+++ b/z\n@@ -1,2 +1,1 @@\n 1\n-2\n");
	expect_patch("z", "", "1\n", "--- a/z\n+++ b/z\n@@ -0,0 +1,1 @@\n+1\n");
	expect_patch("z", "1\n", "", "--- a/z\n+++ b/z\n@@ -1,1 +0,0 @@\n-1\n");
}

static void near_changes_share_a_hunk_and_far_ones_do_not(void)
{
	expect_patch("z", "a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
		     "--- a/z\n+++ b/z\n@@ -1,8 +1,8 @@\n"
		     "-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
	expect_patch("z", "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n+\n1\n2\n3\n4\n5\n6\n7\nB\n",
		     "--- a/z\n+++ b/z\n@@ -1,4 +1,5 @@\n-a\n+A\n++\n 1\n 2\n 3\n"
		     "@@ -6,4 +7,4 @@\n 5\n 6\n 7\n-b\n+B\n");
}

static void a_missing_final_newline_is_said(void)
{
	expect_patch("z", "1\n2", "1\n3",
		     "--- a/z\n+++ b/z\n@@ -1,2 +1,2 @@\n 1\n"
		     "-2\n\\ No newline at end of file\n"
		     "+3\n\\ No newline at end of file\n");
	expect_patch("z", "1\n2", "0\n2",
		     "--- a/z\n+++ b/z\n@@ -1,2 +1,2 @@\n-1\n+0\n"
		     " 2\n\\ No newline at end of file\n");
	expect_patch("z", "1\n2", "1\n2\n",
		     "--- a/z\n+++ b/z\n@@ -1,2 +1,2 @@\n 1\n"
		     "-2\n\\ No newline at end of file\n+2\n");
}

static void the_same_bytes_give_no_patch(void)
{
	expect_patch("z", "", "", "");
	expect_patch("z", "1\n2", "1\n2", "");
}

static void a_path_is_written_as_git_wants_it(void)
{
	static const struct {
		const char *path;
		const char *header;
	} table[] = {
		{"zones/x.zone", "--- a/zones/x.zone\n+++ b/zones/x.zone\n"},
		{"./zones/x", "--- a/zones/x\n+++ b/zones/x\n"},
		{"/etc//bind/./x", "--- a/etc/bind/x\n+++ b/etc/bind/x\n"},
		{"a b", "--- a/a b\t\n+++ b/a b\t\n"},
		{"a\"b\\c\td", "--- \"a/a\\\"b\\\\c\\td\"\n+++ \"b/a\\\"b\\\\c\\td\"\n"},
		{"m\xc3\xbcller x\x01",
		 "--- \"a/m\\303\\274ller x\\001\"\n+++ \"b/m\\303\\274ller x\\001\"\n"},
		{"..x/.y", "--- a/..x/.y\n+++ b/..x/.y\n"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct zm_buf out = {0};
		zm_diff(&out, table[i].path, ZM_STR("1\n"), ZM_STR("2\n"));
		size_t hunk = zm_str_find(zm_buf_str(&out), ZM_STR("@@"), 0);
		ZM_ASSERT_STR(zm_str_sub(zm_buf_str(&out), 0, hunk), table[i].header);
		zm_buf_release(&out);
	}
}

/* One way to apply the patch `p` to the file in the folder `w` beside it. */
static const char *const git_init[] = {"git", "init", "-q", ".", NULL};
static const char *const git_check[] = {"git", "apply", "--check", "../p", NULL};
static const char *const git_apply[] = {"git", "apply", "../p", NULL};
static const char *const patch_version[] = {"patch", "--version", NULL};
static const char *const patch_apply[] = {
	"patch", "-s", "-p1", "--binary", "-F0", "--no-backup-if-mismatch", "-i", "../p", NULL};

/* The file as it was becomes the file as it shall be. */
static void expect_applied(struct zm_sandbox *box, const char *const *command, const char *name,
			   struct zm_str before, struct zm_str after)
{
	const char *path = zm_sandbox_path(box, zm_arena_printf(&box->arena, "w/%s", name).data);
	zm_sandbox_put(path, before);
	bool applied = zm_sandbox_run(box, "w", command);
	if (!applied) {
		printf("\n%s does not take the patch for %s\n", command[0], name);
	}
	CU_ASSERT(applied);
	CU_ASSERT(zm_str_eq(zm_sandbox_read(box, path).bytes, after));
}

/* git, and patch where it is installed, give back exactly the new bytes. */
static void expect_patch_works(const char *name, struct zm_str before, struct zm_str after)
{
	struct zm_sandbox box;
	struct zm_buf patch = {0};
	zm_sandbox_open(&box);
	CU_ASSERT_EQUAL(mkdir(zm_sandbox_path(&box, "w"), 0700), 0);
	zm_diff(&patch, name, before, after);
	zm_sandbox_put(zm_sandbox_path(&box, "p"), zm_buf_str(&patch));
	bool has_git = zm_sandbox_run(&box, "w", git_init);
	bool has_patch = zm_sandbox_run(&box, "w", patch_version);
	if (has_git) {
		expect_applied(&box, git_check, name, before, before);
		expect_applied(&box, git_apply, name, before, after);
	}
	if (has_patch) {
		expect_applied(&box, patch_apply, name, before, after);
	}
	if (!has_git && !has_patch) {
		printf("\nneither git nor patch is installed: the patch was not tried\n");
	}
	zm_buf_release(&patch);
	zm_sandbox_close(&box);
}

static void odd_bytes_survive_git_and_patch(void)
{
	static const struct {
		const char *name;
		struct zm_str before;
		struct zm_str after;
	} table[] = {
		{"lf", ZM_STR("a\nb\nc\n"), ZM_STR("a\nB\nc\n")},
		{"crlf", ZM_STR("a\r\nb\r\nc\r\n"), ZM_STR("a\r\nB\r\nc\r\n")},
		{"mixed", ZM_STR("a\r\nb\nc\rd\n"), ZM_STR("a\r\nb\r\nc\rD\n")},
		{"no final newline", ZM_STR("a\nb"), ZM_STR("a\nc")},
		{"newline comes", ZM_STR("a\nb"), ZM_STR("a\nb\nc\n")},
		{"newline goes", ZM_STR("a\nb\n"), ZM_STR("a\nb")},
		{"latin", ZM_STR("; M\xfcller\na\n"), ZM_STR("; M\xfcller\nb \xff\x01\n")},
		{"nul", ZM_STR("a\0b\nc\n"), ZM_STR("a\0b\nd\0\n")},
		{"looks like a patch", ZM_STR("-- a\n++ b\n@@ x\n"), ZM_STR("-- a\n-- b\n@@ x\n")},
		{"\"odd\\ m\xc3\xbcller\tx", ZM_STR("a\n"), ZM_STR("b\n")},
		{"insert first", ZM_STR("a\n"), ZM_STR("b\na\n")},
		{"insert last", ZM_STR("a\n"), ZM_STR("a\nb\n")},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		expect_patch_works(table[i].name, table[i].before, table[i].after);
	}
}

static uint64_t random_state = 1;

static size_t draw(size_t below)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (size_t)(random_state % below);
}

/* Lines that repeat a lot, some of them changed, gone or new in `after`. */
static void draw_files(struct zm_buf *before, struct zm_buf *after, size_t lines, size_t one_in)
{
	zm_buf_clear(before);
	zm_buf_clear(after);
	for (size_t i = 0; i < lines; i++) {
		char line[32];
		snprintf(line, sizeof(line), "line %zu\n", draw(4) == 0 ? i : draw(3));
		struct zm_str text = zm_str_from(line);
		size_t what = draw(one_in);
		zm_buf_add(before, what == 1 ? ZM_STR("") : text);
		zm_buf_add(after, what == 0 || what == 1 ? ZM_STR("new\n") : text);
		zm_buf_add(before, what == 2 ? ZM_STR("old\n") : ZM_STR(""));
	}
	zm_buf_add(before, draw(2) == 0 ? ZM_STR("end") : ZM_STR(""));
	zm_buf_add(after, draw(2) == 0 ? ZM_STR("end") : ZM_STR(""));
}

static void random_changes_survive_git_and_patch(void)
{
	struct zm_buf before = {0};
	struct zm_buf after = {0};
	for (size_t i = 0; i < 30; i++) {
		draw_files(&before, &after, 5 + draw(200), 3 + draw(30));
		expect_patch_works("random", zm_buf_str(&before), zm_buf_str(&after));
	}
	zm_buf_release(&before);
	zm_buf_release(&after);
}

static void more_lines_than_the_window_may_differ(void)
{
	struct zm_buf before = {0};
	struct zm_buf after = {0};
	for (size_t i = 0; i < 3000; i++) {
		zm_buf_printf(&before, "line %zu\n", i);
		if (i < 500 || i > 1800) {
			zm_buf_printf(&after, "line %zu\n", i);
		}
	}
	expect_patch_works("gone", zm_buf_str(&before), zm_buf_str(&after));
	expect_patch_works("new", zm_buf_str(&after), zm_buf_str(&before));
	zm_buf_release(&before);
	zm_buf_release(&after);
}

/* One line in a hundred changes: the patch names these lines and their context, no others. */
static void a_large_file_gives_a_patch_of_its_changes_only(void)
{
	enum { LINES = 200000, EVERY = 100 };
	struct zm_buf before = {0};
	struct zm_buf after = {0};
	struct zm_buf patch = {0};
	for (size_t i = 0; i < LINES; i++) {
		zm_buf_printf(&before, "host%zu IN A 192.0.2.1\n", i);
		zm_buf_printf(&after, "host%zu IN A 192.0.2.%d\n", i, i % EVERY == 50 ? 2 : 1);
	}
	zm_diff(&patch, "z", zm_buf_str(&before), zm_buf_str(&after));
	size_t lines = 0;
	for (size_t i = 0; i < patch.len; i++) {
		lines += patch.data[i] == '\n' ? 1 : 0;
	}
	CU_ASSERT_EQUAL(lines, 2 + LINES / EVERY * 9);
	zm_buf_release(&before);
	zm_buf_release(&after);
	zm_buf_release(&patch);
}

static const struct zm_test_case cases[] = {
	{"a patch has three lines of context", a_patch_has_three_lines_of_context},
	{"near changes share a hunk and far ones do not",
	 near_changes_share_a_hunk_and_far_ones_do_not},
	{"a missing final newline is said", a_missing_final_newline_is_said},
	{"the same bytes give no patch", the_same_bytes_give_no_patch},
	{"a path is written as git wants it", a_path_is_written_as_git_wants_it},
	{"odd bytes survive git and patch", odd_bytes_survive_git_and_patch},
	{"random changes survive git and patch", random_changes_survive_git_and_patch},
	{"more lines than the window may differ", more_lines_than_the_window_may_differ},
	{"a large file gives a patch of its changes only",
	 a_large_file_gives_a_patch_of_its_changes_only},
	{NULL, NULL},
};

void test_diff(void)
{
	zm_test_suite("diff", cases);
}
