#include "test.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static const struct zm_str OLD = {"old bytes\n", 10};
static const struct zm_str NEW = {"new bytes, and more\r\n\0\xff", 23};

struct sandbox {
	char folder[64];
	struct zm_arena arena;
	struct zm_error err;
	const char *zone; /* FOLDER/x.zone, which holds OLD */
};

static const char *in_sandbox(struct sandbox *box, const char *name)
{
	return zm_arena_printf(&box->arena, "%s/%s", box->folder, name).data;
}

static void put(const char *path, struct zm_str bytes)
{
	FILE *file = fopen(path, "wb");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_EQUAL(fwrite(bytes.data, 1, bytes.len, file), bytes.len);
	CU_ASSERT_EQUAL(fclose(file), 0);
}

static struct sandbox open_sandbox(void)
{
	struct sandbox box = {.folder = "/tmp/zonemend-file-XXXXXX"};
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(box.folder));
	box.zone = in_sandbox(&box, "x.zone");
	put(box.zone, OLD);
	return box;
}

static void close_sandbox(struct sandbox *box)
{
	CU_ASSERT_EQUAL(system(zm_arena_printf(&box->arena, "rm -rf %s", box->folder).data), 0);
	zm_arena_release(&box->arena);
}

static size_t files_in(struct sandbox *box)
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

static struct zm_file read_now(struct sandbox *box, const char *path)
{
	struct zm_file file = {0};
	bool done = zm_file_read(&file, &box->arena, path, 0, &box->err);
	if (!done) {
		printf("\n%s\n", box->err.text);
	}
	CU_ASSERT(done);
	return file;
}

static void expect_bytes(struct sandbox *box, const char *path, struct zm_str want)
{
	CU_ASSERT(zm_str_eq(read_now(box, path).bytes, want));
}

static void expect_error(struct sandbox *box, const char *part)
{
	struct zm_str text = zm_str_from(box->err.text);
	bool there = zm_str_find(text, zm_str_from(part), 0) != SIZE_MAX;
	if (!there) {
		printf("\n[%s] lacks [%s]\n", box->err.text, part);
	}
	CU_ASSERT(there);
	CU_ASSERT_FALSE(zm_str_ends(text, ZM_STR(".")));
}

/* The file and its folder are as they were: nothing was touched, nothing left behind. */
static void expect_untouched(struct sandbox *box, size_t files)
{
	expect_bytes(box, box->zone, OLD);
	CU_ASSERT_EQUAL(files_in(box), files);
}

static enum zm_replace_result replace(struct sandbox *box, const char *path)
{
	struct zm_file file = read_now(box, path);
	return zm_file_replace(path, &file.stat, NEW, &box->err);
}

/* ---- reading ---- */

static void a_file_is_read_byte_for_byte(void)
{
	struct sandbox box = open_sandbox();
	put(box.zone, NEW);
	expect_bytes(&box, box.zone, NEW);
	put(box.zone, ZM_STR(""));
	expect_bytes(&box, box.zone, ZM_STR(""));
	CU_ASSERT_EQUAL(symlink("x.zone", in_sandbox(&box, "link")), 0);
	CU_ASSERT(S_ISREG(read_now(&box, in_sandbox(&box, "link")).stat.st_mode));
	close_sandbox(&box);
}

static void a_bound_is_kept_to_the_byte(void)
{
	struct sandbox box = open_sandbox();
	struct zm_file file;
	CU_ASSERT(zm_file_read(&file, &box.arena, box.zone, OLD.len, &box.err));
	CU_ASSERT_FALSE(zm_file_read(&file, &box.arena, box.zone, OLD.len - 1, &box.err));
	expect_error(&box, "x.zone: has 10 bytes, the limit is 9");
	close_sandbox(&box);
}

static void make_socket(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	CU_ASSERT_EQUAL(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	close(fd);
}

static void only_regular_files_are_read(void)
{
	struct sandbox box = open_sandbox();
	struct zm_file file;
	CU_ASSERT_EQUAL(mkfifo(in_sandbox(&box, "fifo"), 0600), 0);
	make_socket(in_sandbox(&box, "socket"));
	const struct {
		const char *path;
		const char *part;
	} table[] = {
		{in_sandbox(&box, "fifo"), "fifo: is a FIFO, not a file"},
		{in_sandbox(&box, "socket"), "socket: is a socket, not a file"},
		{box.folder, ": is a folder, not a file"},
		{"/dev/zero", "/dev/zero: is a device, not a file"},
		{in_sandbox(&box, "none"), "none: cannot read: No such file or directory"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		CU_ASSERT_FALSE(zm_file_read(&file, &box.arena, table[i].path, 0, &box.err));
		expect_error(&box, table[i].part);
	}
	close_sandbox(&box);
}

/* A file of /proc says that it has no bytes and then gives some: to a reader it always changes. */
static void a_file_that_is_not_at_rest_is_an_error(void)
{
	struct sandbox box = open_sandbox();
	struct zm_file file;
	CU_ASSERT_FALSE(zm_file_read(&file, &box.arena, "/proc/self/status", 0, &box.err));
	expect_error(&box, "/proc/self/status: changed while it was read");
	close_sandbox(&box);
}

/* The child rewrites the file at two sizes, each of one letter, until it is told to stop. */
static pid_t start_writer(const char *path)
{
	pid_t child = fork();
	if (child != 0) {
		return child;
	}
	static char bytes[300000];
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	for (size_t i = 0;; i++) {
		size_t len = i % 2 == 0 ? sizeof(bytes) : sizeof(bytes) / 3;
		memset(bytes, i % 2 == 0 ? 'a' : 'b', sizeof(bytes));
		if (ftruncate(fd, 0) != 0 || pwrite(fd, bytes, len, 0) < 0) {
			_exit(1);
		}
	}
}

static void a_file_that_grows_and_shrinks_is_whole_or_an_error(void)
{
	struct sandbox box = open_sandbox();
	pid_t writer = start_writer(box.zone);
	for (size_t i = 0; i < 10; i++) {
		struct zm_file file;
		if (zm_file_read(&file, &box.arena, box.zone, 0, &box.err)) {
			CU_ASSERT_EQUAL(file.bytes.len, (size_t)file.stat.st_size);
		} else {
			expect_error(&box, "changed while it was read");
		}
	}
	kill(writer, SIGKILL);
	waitpid(writer, NULL, 0);
	close_sandbox(&box);
}

static void a_stream_is_read_to_its_end(void)
{
	struct sandbox box = open_sandbox();
	enum { LEN = 200000 };
	int ends[2];
	CU_ASSERT_EQUAL(pipe(ends), 0);
	pid_t writer = fork();
	if (writer == 0) {
		static char bytes[LEN];
		memset(bytes, 'x', LEN);
		close(ends[0]);
		_exit(write(ends[1], bytes, LEN) == LEN ? 0 : 1);
	}
	close(ends[1]);
	CU_ASSERT_EQUAL(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	struct zm_str bytes;
	CU_ASSERT(zm_file_read_stream(&bytes, &box.arena, ends[0], "<stdin>", LEN, &box.err));
	CU_ASSERT_EQUAL(bytes.len, LEN);
	CU_ASSERT_EQUAL(zm_str_find(bytes, ZM_STR("x"), LEN - 1), LEN - 1);
	waitpid(writer, NULL, 0);
	close(ends[0]);
	close_sandbox(&box);
}

static void a_stream_fails_past_its_bound_and_where_it_cannot_be_read(void)
{
	struct sandbox box = open_sandbox();
	struct zm_str bytes;
	int fd = open("/dev/zero", O_RDONLY);
	CU_ASSERT_FALSE(zm_file_read_stream(&bytes, &box.arena, fd, "<stdin>", 99999, &box.err));
	expect_error(&box, "<stdin>: has more than 99999 bytes");
	close(fd);
	fd = open(box.folder, O_RDONLY);
	CU_ASSERT_FALSE(zm_file_read_stream(&bytes, &box.arena, fd, "<stdin>", 0, &box.err));
	expect_error(&box, "<stdin>: cannot read: Is a directory");
	close(fd);
	close_sandbox(&box);
}

/* ---- replacing ---- */

static void a_file_is_replaced_whole_and_keeps_its_mode(void)
{
	static const mode_t modes[] = {0644, 0600, 0664, 0666, 0755, 0640, 02644};
	mode_t before = umask(077);
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		struct sandbox box = open_sandbox();
		CU_ASSERT_EQUAL(chmod(box.zone, modes[i]), 0);
		ino_t inode = read_now(&box, box.zone).stat.st_ino;
		CU_ASSERT_EQUAL(replace(&box, box.zone), ZM_REPLACED);
		expect_bytes(&box, box.zone, NEW);
		CU_ASSERT_EQUAL(read_now(&box, box.zone).stat.st_mode & 07777, modes[i]);
		CU_ASSERT_NOT_EQUAL(read_now(&box, box.zone).stat.st_ino, inode);
		CU_ASSERT_EQUAL(files_in(&box), 1);
		close_sandbox(&box);
	}
	umask(before);
}

static void a_relative_path_and_an_empty_file_will_do(void)
{
	struct sandbox box = open_sandbox();
	int back = open(".", O_RDONLY | O_DIRECTORY);
	CU_ASSERT_EQUAL(chdir(box.folder), 0);
	struct zm_file file = read_now(&box, "x.zone");
	CU_ASSERT_EQUAL(zm_file_replace("x.zone", &file.stat, ZM_STR(""), &box.err), ZM_REPLACED);
	CU_ASSERT_EQUAL(fchdir(back), 0);
	expect_bytes(&box, box.zone, ZM_STR(""));
	close(back);
	close_sandbox(&box);
}

static void a_name_of_any_length_will_do(void)
{
	struct sandbox box = open_sandbox();
	char name[256] = {0};
	memset(name, 'n', 255);
	const char *path = in_sandbox(&box, name);
	put(path, OLD);
	CU_ASSERT_EQUAL(replace(&box, path), ZM_REPLACED);
	expect_bytes(&box, path, NEW);
	CU_ASSERT_EQUAL(files_in(&box), 2);
	close_sandbox(&box);
}

static void a_symbolic_link_stays_and_its_target_is_replaced(void)
{
	struct sandbox box = open_sandbox();
	const char *link = in_sandbox(&box, "link");
	CU_ASSERT_EQUAL(mkdir(in_sandbox(&box, "far"), 0755), 0);
	CU_ASSERT_EQUAL(symlink("../x.zone", in_sandbox(&box, "far/middle")), 0);
	CU_ASSERT_EQUAL(symlink("far/middle", link), 0);
	CU_ASSERT_EQUAL(replace(&box, link), ZM_REPLACED);
	struct stat now;
	CU_ASSERT_EQUAL(lstat(link, &now), 0);
	CU_ASSERT(S_ISLNK(now.st_mode));
	CU_ASSERT_EQUAL(lstat(box.zone, &now), 0);
	CU_ASSERT(S_ISREG(now.st_mode));
	expect_bytes(&box, box.zone, NEW);
	close_sandbox(&box);
}

static void a_hard_link_is_refused(void)
{
	struct sandbox box = open_sandbox();
	CU_ASSERT_EQUAL(link(box.zone, in_sandbox(&box, "other")), 0);
	CU_ASSERT_EQUAL(replace(&box, box.zone), ZM_REPLACE_REFUSED);
	expect_error(&box, "x.zone: has several hard links");
	expect_untouched(&box, 2);
	close_sandbox(&box);
}

static void a_file_changed_since_it_was_read_is_refused(void)
{
	struct sandbox box = open_sandbox();
	struct stat real = read_now(&box, box.zone).stat;
	for (size_t i = 0; i < 6; i++) {
		struct stat seen = real;
		seen.st_dev += i == 0 ? 1 : 0;
		seen.st_ino += i == 1 ? 1 : 0;
		seen.st_size += i == 2 ? 1 : 0;
		seen.st_mtim.tv_nsec += i == 3 ? 1 : 0;
		seen.st_ctim.tv_nsec += i == 4 ? 1 : 0;
		seen.st_mtim.tv_sec += i == 5 ? 1 : 0;
		CU_ASSERT_EQUAL(zm_file_replace(box.zone, &seen, NEW, &box.err),
				ZM_REPLACE_REFUSED);
		expect_error(&box, "x.zone: was changed by someone else since it was read");
		expect_untouched(&box, 1);
	}
	CU_ASSERT_EQUAL(zm_file_replace(box.zone, &real, NEW, &box.err), ZM_REPLACED);
	close_sandbox(&box);
}

static void a_file_that_is_gone_is_refused(void)
{
	struct sandbox box = open_sandbox();
	struct stat seen = read_now(&box, box.zone).stat;
	CU_ASSERT_EQUAL(unlink(box.zone), 0);
	CU_ASSERT_EQUAL(zm_file_replace(box.zone, &seen, NEW, &box.err), ZM_REPLACE_REFUSED);
	expect_error(&box, "x.zone: is gone since it was read");
	CU_ASSERT_EQUAL(files_in(&box), 0);
	close_sandbox(&box);
}

static void what_is_read_only_is_refused(void)
{
	struct sandbox box = open_sandbox();
	CU_ASSERT_EQUAL(chmod(box.zone, 0444), 0);
	CU_ASSERT_EQUAL(replace(&box, box.zone), ZM_REPLACE_REFUSED);
	expect_error(&box, "x.zone: is a read-only file");
	CU_ASSERT_EQUAL(chmod(box.zone, 0644), 0);
	CU_ASSERT_EQUAL(chmod(box.folder, 0555), 0);
	CU_ASSERT_EQUAL(replace(&box, box.zone), ZM_REPLACE_REFUSED);
	expect_error(&box, "x.zone: is in a read-only folder");
	CU_ASSERT_EQUAL(chmod(box.folder, 0755), 0);
	expect_untouched(&box, 1);
	close_sandbox(&box);
}

/* In a child, so that the parent stays who it is. Gives the child's result of the replacement. */
static int replace_as(struct sandbox *box, uid_t user, bool limited, const char **part)
{
	struct stat seen = read_now(box, box->zone).stat;
	int ends[2];
	CU_ASSERT_EQUAL(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		struct rlimit limit = {5, 5};
		signal(SIGXFSZ, SIG_IGN);
		bool ready = (user == 0 || (setgid(user) == 0 && setuid(user) == 0)) &&
			     (!limited || setrlimit(RLIMIT_FSIZE, &limit) == 0);
		int result = zm_file_replace(box->zone, &seen, NEW, &box->err);
		bool told = write(ends[1], box->err.text, ZM_ERROR_MAX) == ZM_ERROR_MAX;
		_exit(ready && told ? result : 99);
	}
	close(ends[1]);
	box->err.text[0] = '\0';
	CU_ASSERT(read(ends[0], box->err.text, ZM_ERROR_MAX) == ZM_ERROR_MAX);
	close(ends[0]);
	int status = 0;
	waitpid(child, &status, 0);
	*part = box->err.text;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

static void a_failed_write_leaves_nothing_behind(void)
{
	struct sandbox box = open_sandbox();
	const char *text;
	CU_ASSERT_EQUAL(replace_as(&box, 0, true, &text), ZM_REPLACE_FAILED);
	expect_error(&box, "x.zone: cannot write the new file beside it: File too large");
	expect_untouched(&box, 1);
	close_sandbox(&box);
}

static void an_owner_is_kept_or_the_file_refused(void)
{
	if (geteuid() != 0) {
		printf("\nnot root: the owner could not be changed, so this was not tried\n");
		return;
	}
	enum { SOMEBODY = 12345, ANOTHER = 12346 };
	struct sandbox box = open_sandbox();
	const char *text;
	CU_ASSERT_EQUAL(chown(box.zone, SOMEBODY, ANOTHER), 0);
	CU_ASSERT_EQUAL(chmod(box.zone, 0666), 0);
	CU_ASSERT_EQUAL(chmod(box.folder, 0777), 0);
	CU_ASSERT_EQUAL(replace_as(&box, ANOTHER, false, &text), ZM_REPLACE_REFUSED);
	expect_error(&box, "x.zone: its owner 12345:12346 cannot be kept");
	expect_untouched(&box, 1);
	CU_ASSERT_EQUAL(chmod(box.zone, 0640), 0);
	CU_ASSERT_EQUAL(replace_as(&box, ANOTHER, false, &text), ZM_REPLACE_REFUSED);
	expect_error(&box, "x.zone: is a read-only file");
	CU_ASSERT_EQUAL(replace(&box, box.zone), ZM_REPLACED);
	struct stat now = read_now(&box, box.zone).stat;
	CU_ASSERT_EQUAL(now.st_uid, SOMEBODY);
	CU_ASSERT_EQUAL(now.st_gid, ANOTHER);
	CU_ASSERT_EQUAL(now.st_mode & 07777, 0640);
	close_sandbox(&box);
}

static bool has_attribute(const char *path, const char *name, struct zm_str want)
{
	char value[256];
	ssize_t len = getxattr(path, name, value, sizeof(value));
	return len >= 0 && zm_str_eq((struct zm_str){value, (size_t)len}, want);
}

static void extended_attributes_are_kept(void)
{
	struct sandbox box = open_sandbox();
	if (setxattr(box.zone, "user.zonemend", "a\0b", 3, 0) != 0) {
		printf("\n/tmp has no extended attributes (%s): not tried\n", strerror(errno));
	} else {
		CU_ASSERT_EQUAL(setxattr(box.zone, "user.empty", "", 0, 0), 0);
		CU_ASSERT_EQUAL(replace(&box, box.zone), ZM_REPLACED);
		expect_bytes(&box, box.zone, NEW);
		CU_ASSERT(has_attribute(box.zone, "user.zonemend", ZM_STR("a\0b")));
		CU_ASSERT(has_attribute(box.zone, "user.empty", ZM_STR("")));
	}
	close_sandbox(&box);
}

/* user::rw- user:12345:rw- group::r-- mask::rw- other::---, as the kernel stores it. */
static const struct zm_str ACL = {"\2\0\0\0"
				  "\1\0\6\0\xff\xff\xff\xff"
				  "\2\0\6\0\x39\x30\0\0"
				  "\4\0\4\0\xff\xff\xff\xff"
				  "\x10\0\6\0\xff\xff\xff\xff"
				  "\x20\0\0\0\xff\xff\xff\xff",
				  44};

static void an_access_control_list_is_kept_and_a_folders_default_does_not_come(void)
{
	static const char *const access_list = "system.posix_acl_access";
	struct sandbox box = open_sandbox();
	const char *plain = in_sandbox(&box, "plain");
	put(plain, OLD);
	CU_ASSERT_EQUAL(chmod(plain, 0640), 0);
	if (setxattr(box.zone, access_list, ACL.data, ACL.len, 0) != 0 ||
	    setxattr(box.folder, "system.posix_acl_default", ACL.data, ACL.len, 0) != 0) {
		printf("\n/tmp has no access control lists (%s): not tried\n", strerror(errno));
	} else {
		CU_ASSERT_EQUAL(replace(&box, box.zone), ZM_REPLACED);
		CU_ASSERT(has_attribute(box.zone, access_list, ACL));
		CU_ASSERT_EQUAL(read_now(&box, box.zone).stat.st_mode & 07777, 0660);
		CU_ASSERT_EQUAL(replace(&box, plain), ZM_REPLACED);
		CU_ASSERT_FALSE(has_attribute(plain, access_list, ACL));
		CU_ASSERT_EQUAL(getxattr(plain, access_list, NULL, 0), -1);
		CU_ASSERT_EQUAL(read_now(&box, plain).stat.st_mode & 07777, 0640);
	}
	close_sandbox(&box);
}

static void left_overs_of_this_file_are_removed_and_nothing_else(void)
{
	static const char *const stay[] = {
		".x.zone.zonemend-backup", ".x.zone.zonemend-AbC12", ".x.zone.zonemend-AbC1234",
		".y.zone.zonemend-AbC123", "x.zone.zonemend-AbC123", ".x.zone.zonemend-AbC12.",
	};
	enum { STAY = sizeof(stay) / sizeof(stay[0]) };
	struct sandbox box = open_sandbox();
	for (size_t i = 0; i < STAY; i++) {
		put(in_sandbox(&box, stay[i]), OLD);
	}
	CU_ASSERT_EQUAL(mkdir(in_sandbox(&box, ".x.zone.zonemend-FOLDER"), 0755), 0);
	put(in_sandbox(&box, ".x.zone.zonemend-AbC123"), OLD);
	put(in_sandbox(&box, ".x.zone.zonemend-000000"), OLD);
	CU_ASSERT_EQUAL(replace(&box, box.zone), ZM_REPLACED);
	CU_ASSERT_EQUAL(files_in(&box), STAY + 2);
	for (size_t i = 0; i < STAY; i++) {
		CU_ASSERT_EQUAL(access(in_sandbox(&box, stay[i]), F_OK), 0);
	}
	close_sandbox(&box);
}

/* Many processes have read the same bytes; one may write, the others see that it did. */
static void of_runs_at_once_one_replaces_and_the_others_are_refused(void)
{
	enum { RUNS = 12 };
	struct sandbox box = open_sandbox();
	struct stat seen = read_now(&box, box.zone).stat;
	int lock = open(box.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	CU_ASSERT_EQUAL(flock(lock, LOCK_EX), 0);
	for (size_t i = 0; i < RUNS; i++) {
		if (fork() == 0) {
			close(lock);
			_exit((int)zm_file_replace(box.zone, &seen, NEW, &box.err));
		}
	}
	expect_untouched(&box, 1); /* nobody gets past the lock */
	close(lock);
	size_t count[3] = {0};
	for (size_t i = 0; i < RUNS; i++) {
		int status = 0;
		wait(&status);
		CU_ASSERT_FATAL(WIFEXITED(status) && WEXITSTATUS(status) < 3);
		count[WEXITSTATUS(status)]++;
	}
	CU_ASSERT_EQUAL(count[ZM_REPLACED], 1);
	CU_ASSERT_EQUAL(count[ZM_REPLACE_REFUSED], RUNS - 1);
	expect_bytes(&box, box.zone, NEW);
	CU_ASSERT_EQUAL(files_in(&box), 1);
	close_sandbox(&box);
}

/* However early or late a run is killed: the file is the old one or the new one. */
static void a_killed_run_leaves_the_file_whole(void)
{
	struct sandbox box = open_sandbox();
	for (size_t i = 0; i < 40; i++) {
		put(box.zone, OLD);
		struct stat seen = read_now(&box, box.zone).stat;
		pid_t child = fork();
		if (child == 0) {
			_exit((int)zm_file_replace(box.zone, &seen, NEW, &box.err));
		}
		usleep((useconds_t)(i * 25));
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		struct zm_str bytes = read_now(&box, box.zone).bytes;
		CU_ASSERT(zm_str_eq(bytes, OLD) || zm_str_eq(bytes, NEW));
		CU_ASSERT(files_in(&box) <= 2);
	}
	CU_ASSERT_EQUAL(replace(&box, box.zone), ZM_REPLACED);
	CU_ASSERT_EQUAL(files_in(&box), 1);
	close_sandbox(&box);
}

static void no_descriptor_stays_open(void)
{
	struct sandbox box = open_sandbox();
	int before = dup(0);
	close(before);
	CU_ASSERT_EQUAL(replace(&box, box.zone), ZM_REPLACED);
	CU_ASSERT_EQUAL(link(box.zone, in_sandbox(&box, "other")), 0);
	CU_ASSERT_EQUAL(replace(&box, box.zone), ZM_REPLACE_REFUSED);
	int after = dup(0);
	close(after);
	CU_ASSERT_EQUAL(before, after);
	close_sandbox(&box);
}

static const struct zm_test_case cases[] = {
	{"a file is read byte for byte", a_file_is_read_byte_for_byte},
	{"a bound is kept to the byte", a_bound_is_kept_to_the_byte},
	{"only regular files are read", only_regular_files_are_read},
	{"a file that is not at rest is an error", a_file_that_is_not_at_rest_is_an_error},
	{"a file that grows and shrinks is whole or an error",
	 a_file_that_grows_and_shrinks_is_whole_or_an_error},
	{"a stream is read to its end", a_stream_is_read_to_its_end},
	{"a stream fails past its bound and where it cannot be read",
	 a_stream_fails_past_its_bound_and_where_it_cannot_be_read},
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
	{"extended attributes are kept", extended_attributes_are_kept},
	{"an access control list is kept and a folder's default does not come",
	 an_access_control_list_is_kept_and_a_folders_default_does_not_come},
	{"left-overs of this file are removed and nothing else",
	 left_overs_of_this_file_are_removed_and_nothing_else},
	{"of runs at once one replaces and the others are refused",
	 of_runs_at_once_one_replaces_and_the_others_are_refused},
	{"a killed run leaves the file whole", a_killed_run_leaves_the_file_whole},
	{"no descriptor stays open", no_descriptor_stays_open},
	{NULL, NULL},
};

void test_file(void)
{
	zm_test_suite("file", cases);
}
