#include "base/run.h"

#include "base/buf.h"
#include "base/ending.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMPLAINT_MAX = 8192, TICK = 100 /* milliseconds */ };

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

/* What has a time ends with all that it starts: as a group of processes. */
static void set_attributes(posix_spawnattr_t *attributes, const struct zm_run *run)
{
	sigset_t none;
	short flags = POSIX_SPAWN_SETSIGMASK;
	sigemptyset(&none);
	posix_spawnattr_init(attributes);
	posix_spawnattr_setsigmask(attributes, &none);
	posix_spawnattr_setpgroup(attributes, 0);
	posix_spawnattr_setflags(attributes,
				 run->seconds > 0 ? flags | POSIX_SPAWN_SETPGROUP : flags);
}

static int spawn(pid_t *pid, const struct zm_run *run, char **environment, int out, int complaint)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	set_attributes(&attributes, run);
	posix_spawn_file_actions_init(&actions);
	if (run->folder != NULL) {
		posix_spawn_file_actions_addchdir_np(&actions, run->folder);
	}
	if (run->input < 0) {
		posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	} else {
		posix_spawn_file_actions_adddup2(&actions, run->input, STDIN_FILENO);
	}
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, complaint, STDERR_FILENO);
	char *const *argv = (char *const *)(uintptr_t)run->argv;
	int failed = posix_spawnp(pid, run->argv[0], &actions, &attributes, argv, environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
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

static int64_t milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum hearing { HEARD_ALL, HEARD_TOO_MUCH, HEARD_TOO_LONG, HEARD_ENOUGH };

static enum hearing judge(const struct zm_buf *out, const struct zm_run *run, int64_t begun)
{
	if (out != NULL && out->full) {
		return HEARD_TOO_MUCH;
	}
	if (run->seconds > 0 && milliseconds() - begun > (int64_t)run->seconds * 1000) {
		return HEARD_TOO_LONG;
	}
	return run->seconds > 0 && zm_ending_is_asked() ? HEARD_ENOUGH : HEARD_ALL;
}

/* Both to their ends, or until it is too much. */
static enum hearing listen_to(const struct child *child, const struct zm_run *run,
			      struct zm_buf *out, struct zm_buf *complaint, int64_t begun)
{
	struct pollfd fd[2] = {{.fd = child->out, .events = POLLIN},
			       {.fd = child->err, .events = POLLIN}};
	enum hearing hearing = HEARD_ALL;
	while ((fd[0].fd >= 0 || fd[1].fd >= 0) && hearing == HEARD_ALL) {
		if (poll(fd, 2, run->seconds > 0 ? TICK : -1) < 0) {
			continue; /* only a signal interrupts it */
		}
		if (fd[0].revents != 0 && !hear(fd[0].fd, out)) {
			fd[0].fd = -1;
		}
		if (fd[1].revents != 0 && !hear(fd[1].fd, complaint)) {
			fd[1].fd = -1;
		}
		complaint->full = false; /* what it says first is enough */
		hearing = judge(out, run, begun);
	}
	return hearing;
}

static bool blame(const struct zm_run *run, enum hearing hearing, struct zm_error *err)
{
	switch (hearing) {
	case HEARD_TOO_MUCH:
		return zm_error_set(err, "%s says more than %zu bytes", run->argv[0], run->max);
	case HEARD_TOO_LONG:
		return zm_error_set(err, "%s takes longer than %u seconds", run->argv[0],
				    run->seconds);
	case HEARD_ENOUGH:
		return zm_error_set(err, "%s was stopped", run->argv[0]);
	default:
		return true;
	}
}

static bool has_ended(pid_t pid, int *status, int flags)
{
	pid_t ended;
	do {
		ended = waitpid(pid, status, flags);
	} while (ended < 0 && errno == EINTR);
	return ended != 0;
}

static void pause_a_moment(void)
{
	const struct timespec moment = {.tv_nsec = 1000000};
	nanosleep(&moment, NULL);
}

/* What has closed its output may go on for all that, but not longer than it may. */
static int wait_for(pid_t pid, const struct zm_run *run, enum hearing *hearing, int64_t begun)
{
	int status = 0;
	bool ended = false;
	while (run->seconds > 0 && *hearing == HEARD_ALL && !ended) {
		ended = has_ended(pid, &status, WNOHANG);
		if (!ended) {
			pause_a_moment();
			*hearing = judge(NULL, run, begun);
		}
	}
	if (*hearing != HEARD_ALL) {
		kill(run->seconds > 0 ? -pid : pid, SIGKILL);
	}
	if (!ended) {
		has_ended(pid, &status, 0);
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
	int64_t begun = milliseconds();
	enum hearing hearing = listen_to(&child, run, &out, &complaint, begun);
	close(child.out);
	close(child.err);
	output->status = wait_for(child.pid, run, &hearing, begun);
	bool good = blame(run, hearing, err);
	output->out = zm_buf_str(&out); /* which may be very long: it is not copied */
	output->complaint = zm_arena_copy(arena, first_line(zm_buf_str(&complaint)));
	zm_arena_defer(arena, free, out.data);
	zm_buf_release(&complaint);
	return good;
}
