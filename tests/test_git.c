#include "test.h"

#include "base/git.h"
#include "base/run.h"
#include "sandbox.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- Another program ---- */

static bool run(struct zm_sandbox *box, struct zm_run_output *output, size_t max,
		const char *const *argv)
{
	static const char *const unset[] = {"HOME", NULL};
	static const char *const set[] = {"GREETING=hello", NULL};
	struct zm_run run = {.argv = argv, .unset = unset, .set = set, .input = -1, .max = max};
	return zm_run(output, &box->arena, &run, &box->err);
}

static void a_program_is_heard_to_its_end(void)
{
	static const char *const argv[] = {
		"sh", "-c", "echo $GREETING ${HOME-gone}; cat; echo 'so and so' >&2; exit 3", NULL};
	struct zm_sandbox box;
	struct zm_run_output output;
	zm_sandbox_open(&box);
	CU_ASSERT_FATAL(run(&box, &output, 100, argv));
	ZM_ASSERT_STR(output.out, "hello gone\n");
	ZM_ASSERT_STR(output.complaint, "so and so");
	CU_ASSERT_EQUAL(output.status, 3);
	zm_sandbox_close(&box);
}

static void arguments_are_no_shell_words(void)
{
	static const char *const argv[] = {"printf", "%s|", "$HOME; id", "`id`", "a  b", NULL};
	struct zm_sandbox box;
	struct zm_run_output output;
	zm_sandbox_open(&box);
	CU_ASSERT_FATAL(run(&box, &output, 100, argv));
	ZM_ASSERT_STR(output.out, "$HOME; id|`id`|a  b|");
	zm_sandbox_close(&box);
}

static void more_than_the_maximum_is_a_failure_that_ends(void)
{
	static const char *const argv[] = {"yes", NULL};
	struct zm_sandbox box;
	struct zm_run_output output;
	zm_sandbox_open(&box);
	CU_ASSERT_FALSE(run(&box, &output, 1 << 16, argv));
	CU_ASSERT(strstr(box.err.text, "more than 65536 bytes") != NULL);
	zm_sandbox_close(&box);
}

static void a_program_that_is_missing_is_named(void)
{
	static const char *const argv[] = {"no-such-program-here", NULL};
	struct zm_sandbox box;
	struct zm_run_output output;
	zm_sandbox_open(&box);
	CU_ASSERT_FALSE(run(&box, &output, 100, argv));
	ZM_ASSERT_STR(zm_str_from(box.err.text), "no-such-program-here is not installed");
	zm_sandbox_close(&box);
}

static bool run_for(struct zm_sandbox *box, unsigned seconds, const char *script)
{
	const char *const argv[] = {"sh", "-c", script, NULL};
	const struct zm_run run = {
		.argv = argv, .folder = box->folder, .seconds = seconds, .input = -1, .max = 100};
	struct zm_run_output output;
	return zm_run(&output, &box->arena, &run, &box->err) && output.status == 0;
}

/* Nobody may have buried it yet, so that it is asked for its state: 27 (sleep) Z 1 ... */
static bool is_alive(pid_t pid)
{
	char path[32];
	char text[256] = {0};
	snprintf(path, sizeof(path), "/proc/%ld/stat", (long)pid);
	FILE *file = fopen(path, "re");
	bool is = file != NULL && fgets(text, sizeof(text), file) != NULL &&
		  strstr(text, ") Z ") == NULL && strstr(text, ") X ") == NULL;
	if (file != NULL) {
		fclose(file);
	}
	return is;
}

static bool has_ended(pid_t pid)
{
	for (size_t i = 0; i < 1000 && is_alive(pid); i++) {
		usleep(1000);
	}
	return !is_alive(pid);
}

static void what_takes_too_long_ends_with_all_that_it_started(void)
{
	static const char *const scripts[] = {
		"sleep 60 & echo $! > child; wait",
		"exec >&- 2>&-; sleep 60 & echo $! > child; wait",
	};
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
		struct zm_sandbox box;
		uint64_t child;
		zm_sandbox_open(&box);
		CU_ASSERT_FALSE(run_for(&box, 1, scripts[i]));
		zm_sandbox_expect_error(&box, "sh takes longer than 1 seconds");
		struct zm_file file = zm_sandbox_read(&box, zm_sandbox_path(&box, "child"));
		CU_ASSERT_FATAL(zm_str_number(zm_str_trim(file.bytes), INT32_MAX, &child));
		CU_ASSERT(has_ended((pid_t)child));
		zm_sandbox_close(&box);
	}
}

static void a_program_starts_in_the_folder_that_it_is_given(void)
{
	struct zm_sandbox box;
	zm_sandbox_open(&box);
	CU_ASSERT(run_for(&box, 10, "echo here > mark"));
	zm_sandbox_expect(&box, zm_sandbox_path(&box, "mark"), ZM_STR("here\n"));
	zm_sandbox_close(&box);
}

/* ---- Git ---- */

static void git(struct zm_sandbox *box, const char *a, const char *b, const char *c)
{
	const char *argv[] = {"git", "-c", "user.name=a", "-c", "user.email=a@b.example", a,
			      b,     c,    NULL};
	CU_ASSERT_FATAL(zm_sandbox_run(box, "", argv));
}

/* A repository in the sandbox with two files in one commit; both are other ones since. */
static void make_repository(struct zm_sandbox *box, struct zm_git *out)
{
	zm_sandbox_open(box);
	git(box, "init", "-q", NULL);
	CU_ASSERT_FATAL(mkdir(zm_sandbox_path(box, "zones"), 0700) == 0);
	zm_sandbox_put(zm_sandbox_path(box, "zones/a b.zone"), (struct zm_str){"a\n\0b", 4});
	zm_sandbox_put(zm_sandbox_path(box, "top"), ZM_STR(""));
	CU_ASSERT_FATAL(symlink("/etc/passwd", zm_sandbox_path(box, "zones/link")) == 0);
	git(box, "add", "-A", NULL);
	git(box, "commit", "-q", "-mone");
	zm_sandbox_put(zm_sandbox_path(box, "zones/a b.zone"), ZM_STR("new"));
	CU_ASSERT_FATAL(unlink(zm_sandbox_path(box, "top")) == 0);
	CU_ASSERT_FATAL(zm_git_open(out, &box->arena, zm_sandbox_path(box, "zones/gone/x"), "HEAD",
				    &box->err));
}

static struct zm_str name_of(struct zm_sandbox *box, const struct zm_git *repository,
			     const char *path)
{
	struct zm_str name = ZM_STR("?");
	zm_git_name(repository, &box->arena, zm_sandbox_path(box, path), &name, &box->err);
	return name;
}

static void a_path_has_a_name_in_the_repository(void)
{
	struct zm_sandbox box;
	struct zm_git repository;
	struct zm_str name;
	make_repository(&box, &repository);
	ZM_ASSERT_STR(name_of(&box, &repository, "zones/a b.zone"), "zones/a b.zone");
	ZM_ASSERT_STR(name_of(&box, &repository, "zones/"), "zones");
	ZM_ASSERT_STR(name_of(&box, &repository, "zones/../top"), "top");
	ZM_ASSERT_STR(name_of(&box, &repository, "gone/x"), "gone/x");
	ZM_ASSERT_STR(name_of(&box, &repository, "."), "");
	CU_ASSERT_FALSE(zm_git_name(&repository, &box.arena, "/etc/passwd", &name, &box.err));
	CU_ASSERT(strstr(box.err.text, "is not in the git repository") != NULL);
	zm_sandbox_close(&box);
}

static void all_files_are_exported_but_links(void)
{
	struct zm_sandbox box;
	struct zm_git repository;
	struct stat st;
	make_repository(&box, &repository);
	const char *folder = zm_sandbox_path(&box, "export");
	CU_ASSERT_FATAL(mkdir(folder, 0700) == 0);
	CU_ASSERT(zm_git_export(&repository, folder, &box.err));
	struct zm_file file = zm_sandbox_read(&box, zm_sandbox_path(&box, "export/zones/a b.zone"));
	CU_ASSERT(zm_str_eq(file.bytes, (struct zm_str){"a\n\0b", 4}));
	CU_ASSERT(stat(zm_sandbox_path(&box, "export/top"), &st) == 0 && st.st_size == 0);
	CU_ASSERT(lstat(zm_sandbox_path(&box, "export/zones/link"), &st) != 0);
	zm_sandbox_close(&box);
}

static void what_is_no_commit_is_refused(void)
{
	static const char *const ref[] = {"nowhere", "", "-h", "--all", "HEAD:top", "HEAD nowhere"};
	struct zm_sandbox box;
	struct zm_git repository;
	make_repository(&box, &repository);
	for (size_t i = 0; i < sizeof(ref) / sizeof(*ref); i++) {
		CU_ASSERT_FALSE(zm_git_open(&repository, &box.arena, box.folder, ref[i], &box.err));
		CU_ASSERT(strstr(box.err.text, "no such commit") != NULL);
	}
	zm_sandbox_close(&box);
}

static void head_before_the_first_commit_is_a_commit_without_files(void)
{
	struct zm_sandbox box;
	struct zm_git repository;
	zm_sandbox_open(&box);
	git(&box, "init", "-q", NULL);
	CU_ASSERT(zm_git_open(&repository, &box.arena, box.folder, "HEAD", &box.err));
	const char *folder = zm_sandbox_path(&box, "export");
	CU_ASSERT_FATAL(mkdir(folder, 0700) == 0);
	CU_ASSERT(zm_git_export(&repository, folder, &box.err));
	CU_ASSERT(rmdir(folder) == 0); /* nothing is in it */
	CU_ASSERT_FALSE(zm_git_open(&repository, &box.arena, box.folder, "main", &box.err));
	zm_sandbox_close(&box);
}

static void a_bare_repository_is_refused(void)
{
	struct zm_sandbox box;
	struct zm_git repository;
	zm_sandbox_open(&box);
	git(&box, "init", "-q", "--bare");
	CU_ASSERT_FALSE(zm_git_open(&repository, &box.arena, box.folder, "HEAD", &box.err));
	CU_ASSERT(strstr(box.err.text, "a bare repository") != NULL);
	zm_sandbox_close(&box);
}

static const struct zm_test_case cases[] = {
	{"a program is heard to its end", a_program_is_heard_to_its_end},
	{"arguments are no shell words", arguments_are_no_shell_words},
	{"more than the maximum is a failure that ends",
	 more_than_the_maximum_is_a_failure_that_ends},
	{"a program that is missing is named", a_program_that_is_missing_is_named},
	{"what takes too long ends with all that it started",
	 what_takes_too_long_ends_with_all_that_it_started},
	{"a program starts in the folder that it is given",
	 a_program_starts_in_the_folder_that_it_is_given},
	{"a path has a name in the repository", a_path_has_a_name_in_the_repository},
	{"all files are exported but links", all_files_are_exported_but_links},
	{"what is no commit is refused", what_is_no_commit_is_refused},
	{"HEAD before the first commit is a commit without files",
	 head_before_the_first_commit_is_a_commit_without_files},
	{"a bare repository is refused", a_bare_repository_is_refused},
	{NULL, NULL},
};

void test_git(void)
{
	zm_test_suite("git", cases);
}
