#include "sandbox.h"
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* In a child, where a file may have `limit` bytes. */
static enum zm_replace_result overwrite_within(struct zm_sandbox *box, rlim_t limit)
{
	const char *zone = zm_sandbox_path(box, "x.zone");
	struct stat seen = zm_sandbox_read(box, zone).stat;
	struct rlimit limits = {limit, limit};
	int ends[2];
	CU_ASSERT_EQUAL(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		signal(SIGXFSZ, SIG_IGN);
		bool ready = setrlimit(RLIMIT_FSIZE, &limits) == 0;
		int result = zm_file_overwrite(zone, &seen, zm_sandbox_new, &box->err);
		bool told = write(ends[1], box->err.text, ZM_ERROR_MAX) == ZM_ERROR_MAX;
		_exit(ready && told ? result : 99);
	}
	close(ends[1]);
	CU_ASSERT(read(ends[0], box->err.text, ZM_ERROR_MAX) == ZM_ERROR_MAX);
	close(ends[0]);
	int status = 0;
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	CU_ASSERT_FATAL(WIFEXITED(status));
	return (enum zm_replace_result)WEXITSTATUS(status);
}

static void all_hard_links_have_the_new_bytes(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	const char *other = zm_sandbox_path(&box, "other");
	CU_ASSERT_EQUAL(link(zone, other), 0);
	CU_ASSERT_EQUAL(chmod(zone, 0640), 0);
	struct zm_file file = zm_sandbox_read(&box, zone);
	CU_ASSERT_EQUAL(zm_file_may_replace(zone, &file.stat, false, &box.err), ZM_REPLACE_REFUSED);
	CU_ASSERT_EQUAL(zm_file_may_replace(zone, &file.stat, true, &box.err), ZM_REPLACED);
	CU_ASSERT_EQUAL(zm_file_overwrite(zone, &file.stat, zm_sandbox_new, &box.err), ZM_REPLACED);
	zm_sandbox_expect(&box, other, zm_sandbox_new);
	struct stat now = zm_sandbox_read(&box, zone).stat;
	CU_ASSERT_EQUAL(now.st_ino, file.stat.st_ino);
	CU_ASSERT_EQUAL(now.st_nlink, 2);
	CU_ASSERT_EQUAL(now.st_mode & 07777, 0640);
	CU_ASSERT_EQUAL(zm_file_overwrite(zone, &now, ZM_STR("x"), &box.err), ZM_REPLACED);
	zm_sandbox_expect(&box, other, ZM_STR("x"));
	zm_sandbox_close(&box);
}

static void in_place_too_a_changed_or_read_only_file_is_refused(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	struct stat seen = zm_sandbox_read(&box, zone).stat;
	seen.st_mtim.tv_nsec += 1;
	CU_ASSERT_EQUAL(zm_file_overwrite(zone, &seen, zm_sandbox_new, &box.err),
			ZM_REPLACE_CHANGED);
	zm_sandbox_expect_error(&box, "x.zone: was changed by someone else");
	CU_ASSERT_EQUAL(chmod(zone, 0444), 0);
	seen = zm_sandbox_read(&box, zone).stat;
	CU_ASSERT_EQUAL(zm_file_overwrite(zone, &seen, zm_sandbox_new, &box.err),
			ZM_REPLACE_REFUSED);
	zm_sandbox_expect_error(&box, "x.zone: is a read-only file");
	CU_ASSERT_EQUAL(chmod(zone, 0644), 0);
	zm_sandbox_expect(&box, zm_sandbox_path(&box, "x.zone"), zm_sandbox_old);
	zm_sandbox_close(&box);
}

static void a_failed_write_in_place_puts_the_old_bytes_back(void)
{
	struct zm_sandbox box;
	zm_sandbox_with_zone(&box);
	CU_ASSERT_EQUAL(overwrite_within(&box, zm_sandbox_old.len), ZM_REPLACE_FAILED);
	zm_sandbox_expect_error(&box, "x.zone: cannot write into it: File too large");
	zm_sandbox_expect(&box, zm_sandbox_path(&box, "x.zone"), zm_sandbox_old);
	CU_ASSERT_EQUAL(overwrite_within(&box, zm_sandbox_new.len), ZM_REPLACED);
	zm_sandbox_expect(&box, zm_sandbox_path(&box, "x.zone"), zm_sandbox_new);
	zm_sandbox_close(&box);
}

static void bytes_that_cannot_be_put_back_are_said(void)
{
	enum { ROOM = 3 };
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	zm_sandbox_put(zone, ZM_STR("old bytes, more of them than new ones\n"));
	CU_ASSERT_EQUAL(overwrite_within(&box, ROOM), ZM_REPLACE_FAILED);
	zm_sandbox_expect_error(&box,
				"x.zone: could not be written whole, nor its old bytes put back");
	zm_sandbox_close(&box);
}

static const struct zm_test_case cases[] = {
	{"all hard links have the new bytes", all_hard_links_have_the_new_bytes},
	{"in place too, a changed or read-only file is refused",
	 in_place_too_a_changed_or_read_only_file_is_refused},
	{"a failed write in place puts the old bytes back",
	 a_failed_write_in_place_puts_the_old_bytes_back},
	{"bytes that cannot be put back are said", bytes_that_cannot_be_put_back_are_said},
	{NULL, NULL},
};

void test_overwrite(void)
{
	zm_test_suite("overwrite", cases);
}
