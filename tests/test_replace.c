#include "sandbox.h"
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* A user and a group that nobody has. */
enum { SOMEBODY = 12345, ANOTHER = 12346 };

static size_t files_in(struct zm_sandbox *box)
{
	size_t count = 0;
	DIR *listing = opendir(box->folder);
	CU_ASSERT_PTR_NOT_NULL_FATAL(listing);
	for (struct dirent *e = readdir(listing); e != NULL; e = readdir(listing)) {
		count += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 ? 1 : 0;
	}
	closedir(listing);
	return count;
}

/* The file and its folder are as they were: nothing was touched, nothing left behind. */
static void expect_untouched(struct zm_sandbox *box, size_t files)
{
	zm_sandbox_expect(box, zm_sandbox_path(box, "x.zone"), zm_sandbox_old);
	CU_ASSERT_EQUAL(files_in(box), files);
}

static enum zm_replace_result replace(struct zm_sandbox *box, const char *path)
{
	struct zm_file file = zm_sandbox_read(box, path);
	return zm_file_replace(path, &file.stat, zm_sandbox_new, &box->err);
}

static void a_file_is_replaced_whole_and_keeps_its_mode(void)
{
	static const mode_t modes[] = {0644, 0600, 0664, 0666, 0755, 0640, 02644};
	mode_t before = umask(077);
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		struct zm_sandbox box;
		const char *zone = zm_sandbox_with_zone(&box);
		CU_ASSERT_EQUAL(chmod(zone, modes[i]), 0);
		ino_t inode = zm_sandbox_read(&box, zone).stat.st_ino;
		CU_ASSERT_EQUAL(replace(&box, zone), ZM_REPLACED);
		zm_sandbox_expect(&box, zone, zm_sandbox_new);
		CU_ASSERT_EQUAL(zm_sandbox_read(&box, zone).stat.st_mode & 07777, modes[i]);
		CU_ASSERT_NOT_EQUAL(zm_sandbox_read(&box, zone).stat.st_ino, inode);
		CU_ASSERT_EQUAL(files_in(&box), 1);
		zm_sandbox_close(&box);
	}
	umask(before);
}

static void a_relative_path_and_an_empty_file_will_do(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	int back = open(".", O_RDONLY | O_DIRECTORY);
	CU_ASSERT_EQUAL(chdir(box.folder), 0);
	struct zm_file file = zm_sandbox_read(&box, "x.zone");
	CU_ASSERT_EQUAL(zm_file_replace("x.zone", &file.stat, ZM_STR(""), &box.err), ZM_REPLACED);
	CU_ASSERT_EQUAL(fchdir(back), 0);
	zm_sandbox_expect(&box, zone, ZM_STR(""));
	close(back);
	zm_sandbox_close(&box);
}

static void a_name_of_any_length_will_do(void)
{
	struct zm_sandbox box;
	zm_sandbox_with_zone(&box);
	char name[256] = {0};
	memset(name, 'n', 255);
	const char *path = zm_sandbox_path(&box, name);
	zm_sandbox_put(path, zm_sandbox_old);
	CU_ASSERT_EQUAL(replace(&box, path), ZM_REPLACED);
	zm_sandbox_expect(&box, path, zm_sandbox_new);
	CU_ASSERT_EQUAL(files_in(&box), 2);
	zm_sandbox_close(&box);
}

static void a_symbolic_link_stays_and_its_target_is_replaced(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	const char *link = zm_sandbox_path(&box, "link");
	CU_ASSERT_EQUAL(mkdir(zm_sandbox_path(&box, "far"), 0755), 0);
	CU_ASSERT_EQUAL(symlink("../x.zone", zm_sandbox_path(&box, "far/middle")), 0);
	CU_ASSERT_EQUAL(symlink("far/middle", link), 0);
	CU_ASSERT_EQUAL(replace(&box, link), ZM_REPLACED);
	struct stat now;
	CU_ASSERT_EQUAL(lstat(link, &now), 0);
	CU_ASSERT(S_ISLNK(now.st_mode));
	CU_ASSERT_EQUAL(lstat(zone, &now), 0);
	CU_ASSERT(S_ISREG(now.st_mode));
	zm_sandbox_expect(&box, zone, zm_sandbox_new);
	zm_sandbox_close(&box);
}

static void a_hard_link_is_refused(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	CU_ASSERT_EQUAL(link(zone, zm_sandbox_path(&box, "other")), 0);
	CU_ASSERT_EQUAL(replace(&box, zone), ZM_REPLACE_REFUSED);
	zm_sandbox_expect_error(&box, "x.zone: has several hard links");
	expect_untouched(&box, 2);
	zm_sandbox_close(&box);
}

static void a_file_changed_since_it_was_read_is_refused(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	struct stat real = zm_sandbox_read(&box, zone).stat;
	for (size_t i = 0; i < 6; i++) {
		struct stat seen = real;
		seen.st_dev += i == 0 ? 1 : 0;
		seen.st_ino += i == 1 ? 1 : 0;
		seen.st_size += i == 2 ? 1 : 0;
		seen.st_mtim.tv_nsec += i == 3 ? 1 : 0;
		seen.st_ctim.tv_nsec += i == 4 ? 1 : 0;
		seen.st_mtim.tv_sec += i == 5 ? 1 : 0;
		CU_ASSERT_EQUAL(zm_file_replace(zone, &seen, zm_sandbox_new, &box.err),
				ZM_REPLACE_CHANGED);
		zm_sandbox_expect_error(&box,
					"x.zone: was changed by someone else since it was read");
		expect_untouched(&box, 1);
	}
	CU_ASSERT_EQUAL(zm_file_replace(zone, &real, zm_sandbox_new, &box.err), ZM_REPLACED);
	zm_sandbox_close(&box);
}

static void a_file_that_is_gone_is_refused(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	struct stat seen = zm_sandbox_read(&box, zone).stat;
	CU_ASSERT_EQUAL(unlink(zone), 0);
	CU_ASSERT_EQUAL(zm_file_replace(zone, &seen, zm_sandbox_new, &box.err), ZM_REPLACE_CHANGED);
	zm_sandbox_expect_error(&box, "x.zone: is gone since it was read");
	CU_ASSERT_EQUAL(files_in(&box), 0);
	zm_sandbox_close(&box);
}

static void what_is_read_only_is_refused(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	CU_ASSERT_EQUAL(chmod(zone, 0444), 0);
	CU_ASSERT_EQUAL(replace(&box, zone), ZM_REPLACE_REFUSED);
	zm_sandbox_expect_error(&box, "x.zone: is a read-only file");
	CU_ASSERT_EQUAL(chmod(zone, 0644), 0);
	CU_ASSERT_EQUAL(chmod(box.folder, 0555), 0);
	CU_ASSERT_EQUAL(replace(&box, zone), ZM_REPLACE_REFUSED);
	zm_sandbox_expect_error(&box, "x.zone: is in a read-only folder");
	CU_ASSERT_EQUAL(chmod(box.folder, 0755), 0);
	expect_untouched(&box, 1);
	zm_sandbox_close(&box);
}

/* In a child, so that the parent stays who it is; `limit` is the most that a file may have. */
static enum zm_replace_result replace_as(struct zm_sandbox *box, uid_t user, rlim_t limit)
{
	const char *zone = zm_sandbox_path(box, "x.zone");
	struct stat seen = zm_sandbox_read(box, zone).stat;
	struct rlimit limits = {limit, limit};
	int ends[2];
	CU_ASSERT_EQUAL(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		signal(SIGXFSZ, SIG_IGN);
		bool ready = setrlimit(RLIMIT_FSIZE, &limits) == 0 &&
			     (user == 0 || (setgid(user) == 0 && setuid(user) == 0));
		int result = zm_file_replace(zone, &seen, zm_sandbox_new, &box->err);
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

static void a_failed_write_leaves_nothing_behind(void)
{
	struct zm_sandbox box;
	zm_sandbox_with_zone(&box);
	CU_ASSERT_EQUAL(replace_as(&box, 0, 5), ZM_REPLACE_FAILED);
	zm_sandbox_expect_error(&box,
				"x.zone: cannot write the new file beside it: File too large");
	expect_untouched(&box, 1);
	zm_sandbox_close(&box);
}

static void an_owner_is_kept_or_the_file_refused(void)
{
	if (geteuid() != 0) {
		printf("\nnot root: the owner could not be changed, so this was not tried\n");
		return;
	}
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	CU_ASSERT_EQUAL(chown(zone, SOMEBODY, ANOTHER), 0);
	CU_ASSERT_EQUAL(chmod(zone, 0666), 0);
	CU_ASSERT_EQUAL(chmod(box.folder, 0777), 0);
	CU_ASSERT_EQUAL(replace_as(&box, ANOTHER, RLIM_INFINITY), ZM_REPLACE_REFUSED);
	zm_sandbox_expect_error(&box, "x.zone: its owner 12345:12346 cannot be kept");
	expect_untouched(&box, 1);
	CU_ASSERT_EQUAL(chmod(zone, 0640), 0);
	CU_ASSERT_EQUAL(replace_as(&box, ANOTHER, RLIM_INFINITY), ZM_REPLACE_REFUSED);
	zm_sandbox_expect_error(&box, "x.zone: is a read-only file");
	CU_ASSERT_EQUAL(replace(&box, zone), ZM_REPLACED);
	struct stat now = zm_sandbox_read(&box, zone).stat;
	CU_ASSERT_EQUAL(now.st_uid, SOMEBODY);
	CU_ASSERT_EQUAL(now.st_gid, ANOTHER);
	CU_ASSERT_EQUAL(now.st_mode & 07777, 0640);
	zm_sandbox_close(&box);
}

/* By the first replacement in a folder, and again when somebody has changed the folder. */
static void left_overs_are_removed_and_nothing_else(void)
{
	static const char *const stay[] = {
		".x.zone.zonemend-backup", ".x.zone.zonemend-AbC12", ".x.zone.zonemend-AbC1234",
		".x.zone.zonemend.AbC123", "x.zone.zonemend-AbC123", ".x.zone.zonemend-AbC12.",
		".zonemend-AbC123",
	};
	enum { STAY = sizeof(stay) / sizeof(stay[0]), TICK_US = 20000 };
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	for (size_t i = 0; i < STAY; i++) {
		zm_sandbox_put(zm_sandbox_path(&box, stay[i]), zm_sandbox_old);
	}
	CU_ASSERT_EQUAL(mkdir(zm_sandbox_path(&box, ".x.zone.zonemend-FOLDER"), 0755), 0);
	for (size_t i = 0; i < 3; i++) {
		usleep(TICK_US); /* the clock of the file system is coarse */
		zm_sandbox_put(zm_sandbox_path(&box, ".x.zone.zonemend-AbC123"), zm_sandbox_old);
		const char *given = zm_sandbox_path(&box, ".y.zone.zonemend-000000");
		zm_sandbox_put(given, zm_sandbox_old);
		/* Root may have been killed after it gave the new file to its owner. */
		CU_ASSERT(geteuid() != 0 || chown(given, SOMEBODY, ANOTHER) == 0);
		CU_ASSERT_EQUAL(replace(&box, zone), ZM_REPLACED);
		CU_ASSERT_EQUAL(files_in(&box), STAY + 2);
	}
	for (size_t i = 0; i < STAY; i++) {
		CU_ASSERT_EQUAL(access(zm_sandbox_path(&box, stay[i]), F_OK), 0);
	}
	zm_sandbox_close(&box);
}

static void a_folder_is_tidied_unless_somebody_works_there(void)
{
	struct zm_sandbox box;
	zm_sandbox_with_zone(&box);
	const char *left = zm_sandbox_path(&box, ".x.zone.zonemend-AbC123");
	zm_sandbox_put(left, zm_sandbox_old);
	int worker = open(box.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	CU_ASSERT_EQUAL(flock(worker, LOCK_EX), 0);
	zm_file_tidy(box.folder);
	CU_ASSERT_EQUAL(access(left, F_OK), 0);
	close(worker);
	zm_file_tidy(box.folder);
	CU_ASSERT_NOT_EQUAL(access(left, F_OK), 0);
	expect_untouched(&box, 1);
	zm_sandbox_close(&box);
}

/* Many processes have read the same bytes; one may write, the others see that it did. */
static void of_runs_at_once_one_replaces_and_the_others_are_refused(void)
{
	enum { RUNS = 12 };
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	struct stat seen = zm_sandbox_read(&box, zone).stat;
	int lock = open(box.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	CU_ASSERT_EQUAL(flock(lock, LOCK_EX), 0);
	for (size_t i = 0; i < RUNS; i++) {
		if (fork() == 0) {
			close(lock);
			_exit((int)zm_file_replace(zone, &seen, zm_sandbox_new, &box.err));
		}
	}
	expect_untouched(&box, 1); /* nobody gets past the lock */
	close(lock);
	size_t count[ZM_REPLACE_FAILED + 1] = {0};
	for (size_t i = 0; i < RUNS; i++) {
		int status = 0;
		wait(&status);
		CU_ASSERT_FATAL(WIFEXITED(status) && WEXITSTATUS(status) <= ZM_REPLACE_FAILED);
		count[WEXITSTATUS(status)]++;
	}
	CU_ASSERT_EQUAL(count[ZM_REPLACED], 1);
	CU_ASSERT_EQUAL(count[ZM_REPLACE_CHANGED], RUNS - 1);
	zm_sandbox_expect(&box, zone, zm_sandbox_new);
	CU_ASSERT_EQUAL(files_in(&box), 1);
	zm_sandbox_close(&box);
}

/* However early or late a run is killed: the file is the old one or the new one. */
static void a_killed_run_leaves_the_file_whole(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	for (size_t i = 0; i < 40; i++) {
		zm_sandbox_put(zone, zm_sandbox_old);
		struct stat seen = zm_sandbox_read(&box, zone).stat;
		pid_t child = fork();
		if (child == 0) {
			_exit((int)zm_file_replace(zone, &seen, zm_sandbox_new, &box.err));
		}
		usleep((useconds_t)(i * 25));
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		struct zm_str bytes = zm_sandbox_read(&box, zone).bytes;
		CU_ASSERT(zm_str_eq(bytes, zm_sandbox_old) || zm_str_eq(bytes, zm_sandbox_new));
		CU_ASSERT(files_in(&box) <= 2);
	}
	CU_ASSERT_EQUAL(replace(&box, zone), ZM_REPLACED);
	CU_ASSERT_EQUAL(files_in(&box), 1);
	zm_sandbox_close(&box);
}

static size_t open_descriptors(void)
{
	enum { ENOUGH = 100 };
	size_t count = 0;
	for (int fd = 0; fd < ENOUGH; fd++) {
		count += fcntl(fd, F_GETFD) >= 0 ? 1 : 0;
	}
	return count;
}

static void no_descriptor_stays_open(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	size_t before = open_descriptors();
	CU_ASSERT_EQUAL(replace(&box, zone), ZM_REPLACED);
	CU_ASSERT_EQUAL(link(zone, zm_sandbox_path(&box, "other")), 0);
	CU_ASSERT_EQUAL(replace(&box, zone), ZM_REPLACE_REFUSED);
	CU_ASSERT_EQUAL(open_descriptors(), before);
	zm_sandbox_close(&box);
}

static const struct zm_test_case cases[] = {
	{"a file is replaced whole and keeps its mode",
	 a_file_is_replaced_whole_and_keeps_its_mode},
	{"a relative path and an empty file will do", a_relative_path_and_an_empty_file_will_do},
	{"a name of any length will do", a_name_of_any_length_will_do},
	{"a symbolic link stays and its target is replaced",
	 a_symbolic_link_stays_and_its_target_is_replaced},
	{"a hard link is refused", a_hard_link_is_refused},
	{"a file changed since it was read is refused",
	 a_file_changed_since_it_was_read_is_refused},
	{"a file that is gone is refused", a_file_that_is_gone_is_refused},
	{"what is read-only is refused", what_is_read_only_is_refused},
	{"a failed write leaves nothing behind", a_failed_write_leaves_nothing_behind},
	{"an owner is kept or the file refused", an_owner_is_kept_or_the_file_refused},
	{"left-overs are removed and nothing else", left_overs_are_removed_and_nothing_else},
	{"a folder is tidied unless somebody works there",
	 a_folder_is_tidied_unless_somebody_works_there},
	{"of runs at once one replaces and the others are refused",
	 of_runs_at_once_one_replaces_and_the_others_are_refused},
	{"a killed run leaves the file whole", a_killed_run_leaves_the_file_whole},
	{"no descriptor stays open", no_descriptor_stays_open},
	{NULL, NULL},
};

void test_replace(void)
{
	zm_test_suite("replace", cases);
}
