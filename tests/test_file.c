#include "sandbox.h"
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static void a_file_is_read_byte_for_byte(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	zm_sandbox_put(zone, zm_sandbox_new);
	zm_sandbox_expect(&box, zone, zm_sandbox_new);
	zm_sandbox_put(zone, ZM_STR(""));
	zm_sandbox_expect(&box, zone, ZM_STR(""));
	CU_ASSERT_EQUAL(symlink("x.zone", zm_sandbox_path(&box, "link")), 0);
	CU_ASSERT(S_ISREG(zm_sandbox_read(&box, zm_sandbox_path(&box, "link")).stat.st_mode));
	zm_sandbox_close(&box);
}

static void a_bound_is_kept_to_the_byte(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	struct zm_file file;
	CU_ASSERT(zm_file_read(&file, &box.arena, zone, zm_sandbox_old.len, &box.err));
	CU_ASSERT_FALSE(zm_file_read(&file, &box.arena, zone, zm_sandbox_old.len - 1, &box.err));
	zm_sandbox_expect_error(&box, "x.zone: has 10 bytes, the limit is 9");
	zm_sandbox_close(&box);
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
	struct zm_sandbox box;
	zm_sandbox_with_zone(&box);
	struct zm_file file;
	CU_ASSERT_EQUAL(mkfifo(zm_sandbox_path(&box, "fifo"), 0600), 0);
	make_socket(zm_sandbox_path(&box, "socket"));
	const struct {
		const char *path;
		const char *part;
	} table[] = {
		{zm_sandbox_path(&box, "fifo"), "fifo: is a FIFO, not a file"},
		{zm_sandbox_path(&box, "socket"), "socket: is a socket, not a file"},
		{box.folder, ": is a folder, not a file"},
		{"/dev/zero", "/dev/zero: is a device, not a file"},
		{zm_sandbox_path(&box, "none"), "none: cannot read: No such file or directory"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		CU_ASSERT_FALSE(zm_file_read(&file, &box.arena, table[i].path, 0, &box.err));
		zm_sandbox_expect_error(&box, table[i].part);
	}
	zm_sandbox_close(&box);
}

/* A file of /proc says that it has no bytes and then gives some: to a reader it always changes. */
static void a_file_that_is_not_at_rest_is_an_error(void)
{
	struct zm_sandbox box;
	zm_sandbox_with_zone(&box);
	struct zm_file file;
	CU_ASSERT_FALSE(zm_file_read(&file, &box.arena, "/proc/self/status", 0, &box.err));
	zm_sandbox_expect_error(&box, "/proc/self/status: changed while it was read");
	zm_sandbox_close(&box);
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
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	pid_t writer = start_writer(zone);
	for (size_t i = 0; i < 10; i++) {
		struct zm_file file;
		if (zm_file_read(&file, &box.arena, zone, 0, &box.err)) {
			CU_ASSERT_EQUAL(file.bytes.len, (size_t)file.stat.st_size);
		} else {
			zm_sandbox_expect_error(&box, "changed while it was read");
		}
	}
	kill(writer, SIGKILL);
	waitpid(writer, NULL, 0);
	zm_sandbox_close(&box);
}

static void a_stream_is_read_to_its_end(void)
{
	struct zm_sandbox box;
	zm_sandbox_with_zone(&box);
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
	struct zm_stream stream = {.fd = ends[0], .name = "<stdin>", .max = LEN};
	struct zm_str bytes;
	CU_ASSERT(zm_file_read_stream(&bytes, &box.arena, &stream, &box.err));
	CU_ASSERT_EQUAL(bytes.len, LEN);
	CU_ASSERT_EQUAL(zm_str_find(bytes, ZM_STR("x"), LEN - 1), LEN - 1);
	close(ends[0]); /* first: a writer that is not read to its end would wait for ever */
	waitpid(writer, NULL, 0);
	zm_sandbox_close(&box);
}

static void a_stream_fails_past_its_bound_and_where_it_cannot_be_read(void)
{
	struct zm_sandbox box;
	zm_sandbox_with_zone(&box);
	struct zm_str bytes;
	struct zm_stream stream = {.name = "<stdin>", .max = 99999};
	stream.fd = open("/dev/zero", O_RDONLY);
	CU_ASSERT_FALSE(zm_file_read_stream(&bytes, &box.arena, &stream, &box.err));
	zm_sandbox_expect_error(&box, "<stdin>: has more than 99999 bytes");
	close(stream.fd);
	stream = (struct zm_stream){.fd = open(box.folder, O_RDONLY), .name = "<stdin>"};
	CU_ASSERT_FALSE(zm_file_read_stream(&bytes, &box.arena, &stream, &box.err));
	zm_sandbox_expect_error(&box, "<stdin>: cannot read: Is a directory");
	close(stream.fd);
	zm_sandbox_close(&box);
}

static void an_inode_alone_makes_no_file_the_same(void)
{
	const struct stat seen = {
		.st_dev = 1, .st_ino = 2, .st_size = 3, .st_mtim = {4, 5}, .st_ctim = {6, 7}};
	struct stat other = seen;
	CU_ASSERT_TRUE(zm_file_is_same(&seen, &other));
	other.st_ctim.tv_nsec++; /* the number was given back, and the next new file got it */
	CU_ASSERT_FALSE(zm_file_is_same(&seen, &other));
	other = seen;
	other.st_mtim.tv_sec++;
	CU_ASSERT_FALSE(zm_file_is_same(&seen, &other));
	other = seen;
	other.st_size++;
	CU_ASSERT_FALSE(zm_file_is_same(&seen, &other));
	other = seen;
	other.st_dev++;
	CU_ASSERT_FALSE(zm_file_is_same(&seen, &other));
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
	{"an inode alone makes no file the same", an_inode_alone_makes_no_file_the_same},
	{NULL, NULL},
};

void test_file(void)
{
	zm_test_suite("file", cases);
}
