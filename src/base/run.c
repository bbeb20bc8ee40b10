#include "base/run.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COMPLAINT_MAX = 8192 };

extern char **environ;

/* ---- Its environment ---- */

static size_t length(const char *const *list)
{
	size_t count = 0;
	while (list != NULL && list[count] != NULL) {
		count++;
	}
	return count;
}

static bool is_variable(const char *entry, const char *name)
{
	size_t len = strlen(name);
	return strncmp(entry, name, len) == 0 && entry[len] == '=';
}

static bool is_unset(const struct zm_run *run, const char *entry)
{
	for (size_t i = 0; run->unset != NULL && run->unset[i] != NULL; i++) {
		if (is_variable(entry, run->unset[i])) {
			return true;
		}
	}
	return false;
}

static char **environment_of(const struct zm_run *run, struct zm_arena *arena)
{
	size_t inherited = length((const char *const *)environ);
	size_t count = 0;
	char **list = zm_arena_array(arena, inherited + length(run->set) + 1, sizeof(*list));
	/* Of two with one name the first counts for getenv(). */
	for (size_t i = 0; run->set != NULL && run->set[i] != NULL; i++) {
		list[count++] = (char *)(uintptr_t)run->set[i];
	}
	for (size_t i = 0; i < inherited; i++) {
		if (!is_unset(run, environ[i])) {
			list[count++] = environ[i];
		}
	}
	return list;
}

/* ---- Starting ---- */

struct child {
	pid_t pid;
	int out; /* the ends to read from */
	int err;
};

static bool open_pipes(int out[2], int complaint[2])
{
	if (pipe2(out, O_CLOEXEC) != 0) {
		return false;
	}
	if (pipe2(complaint, O_CLOEXEC) == 0) {
		return true;
	}
	close(out[0]);
	close(out[1]);
	return false;
}

static int spawn(pid_t *pid, const struct zm_run *run, char **environment, int out, int complaint)
{
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	if (run->input < 0) {
		posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	} else {
		posix_spawn_file_actions_adddup2(&actions, run->input, STDIN_FILENO);
	}
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, complaint, STDERR_FILENO);
	char *const *argv = (char *const *)(uintptr_t)run->argv;
	int failed = posix_spawnp(pid, run->argv[0], &actions, NULL, argv, environment);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

static bool start(struct child *child, const struct zm_run *run, struct zm_arena *arena,
		  struct zm_error *err)
{
	int out[2];
	int complaint[2];
	if (!open_pipes(out, complaint)) {
		return zm_error_sys(err, run->argv[0], "cannot start");
	}
	errno = spawn(&child->pid, run, environment_of(run, arena), out[1], complaint[1]);
	close(out[1]);
	close(complaint[1]);
	child->out = out[0];
	child->err = complaint[0];
	if (errno == 0) {
		return true;
	}
	bool is_missing = errno == ENOENT;
	zm_error_sys(err, run->argv[0], "cannot start");
	close(out[0]);
	close(complaint[0]);
	return is_missing ? zm_error_set(err, "%s is not installed", run->argv[0]) : false;
}

/* ---- Listening ---- */

/* Reads once; false at the end. What passes the maximum of `buf` is lost, and `full` says so. */
static bool hear(int fd, struct zm_buf *buf)
{
	char bytes[4096];
	ssize_t got = read(fd, bytes, sizeof(bytes));
	if (got > 0) {
		zm_buf_add(buf, (struct zm_str){bytes, (size_t)got});
	}
	return got > 0 || (got < 0 && errno == EINTR);
}

/* Both to their ends, or until standard output is too much. */
static void listen_to(const struct child *child, struct zm_buf *out, struct zm_buf *complaint)
{
	struct pollfd fd[2] = {{.fd = child->out, .events = POLLIN},
			       {.fd = child->err, .events = POLLIN}};
	while ((fd[0].fd >= 0 || fd[1].fd >= 0) && !out->full) {
		if (poll(fd, 2, -1) < 0) {
			continue; /* only a signal interrupts it */
		}
		if (fd[0].revents != 0 && !hear(fd[0].fd, out)) {
			fd[0].fd = -1;
		}
		if (fd[1].revents != 0 && !hear(fd[1].fd, complaint)) {
			fd[1].fd = -1;
		}
		complaint->full = false; /* what it says first is enough */
	}
}

static int wait_for(pid_t pid)
{
	int status = 0;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static struct zm_str first_line(struct zm_str text)
{
	return zm_str_trim(zm_str_sub(text, 0, zm_str_find(text, ZM_STR("\n"), 0)));
}

bool zm_run(struct zm_run_output *output, struct zm_arena *arena, const struct zm_run *run,
	    struct zm_error *err)
{
	struct child child;
	struct zm_buf out = {.max = run->max};
	struct zm_buf complaint = {.max = COMPLAINT_MAX};
	if (!start(&child, run, arena, err)) {
		return false;
	}
	listen_to(&child, &out, &complaint);
	if (out.full) {
		kill(child.pid, SIGKILL);
	}
	close(child.out);
	close(child.err);
	output->status = wait_for(child.pid);
	bool good = !out.full ||
		    zm_error_set(err, "%s says more than %zu bytes", run->argv[0], run->max);
	output->out = zm_buf_str(&out); /* which may be very long: it is not copied */
	output->complaint = zm_arena_copy(arena, first_line(zm_buf_str(&complaint)));
	zm_arena_defer(arena, free, out.data);
	zm_buf_release(&complaint);
	return good;
}
