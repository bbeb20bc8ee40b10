#include "sandbox.h"

#include "test.h"

#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OPEN_FOLDERS_MAX = 16 };

const struct zm_str zm_sandbox_old = {"old bytes\n", 10};
const struct zm_str zm_sandbox_new = {"new bytes, and more\r\n\0\xff", 23};

void zm_sandbox_open(struct zm_sandbox *box)
{
	*box = (struct zm_sandbox){.folder = "/tmp/zonemend-......"};
	memset(strrchr(box->folder, '-') + 1, 'X', strlen("......")); /* what mkdtemp() replaces */
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(box->folder));
}

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *place)
{
	(void)stat;
	(void)kind;
	(void)place;
	return remove(path);
}

void zm_sandbox_close(struct zm_sandbox *box)
{
	CU_ASSERT_EQUAL(nftw(box->folder, remove_one, OPEN_FOLDERS_MAX, FTW_DEPTH | FTW_PHYS), 0);
	zm_arena_release(&box->arena);
}

const char *zm_sandbox_path(struct zm_sandbox *box, const char *name)
{
	return zm_arena_printf(&box->arena, "%s/%s", box->folder, name).data;
}

void zm_sandbox_put(const char *path, struct zm_str bytes)
{
	FILE *file = fopen(path, "wb");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_EQUAL(fwrite(bytes.data, 1, bytes.len, file), bytes.len);
	CU_ASSERT_EQUAL(fclose(file), 0);
}

struct zm_file zm_sandbox_read(struct zm_sandbox *box, const char *path)
{
	struct zm_file file = {0};
	bool done = zm_file_read(&file, &box->arena, path, 0, &box->err);
	if (!done) {
		printf("\n%s\n", box->err.text);
	}
	CU_ASSERT_FATAL(done);
	return file;
}

const char *zm_sandbox_with_zone(struct zm_sandbox *box)
{
	zm_sandbox_open(box);
	const char *zone = zm_sandbox_path(box, "x.zone");
	zm_sandbox_put(zone, zm_sandbox_old);
	return zone;
}

void zm_sandbox_expect(struct zm_sandbox *box, const char *path, struct zm_str want)
{
	CU_ASSERT(zm_str_eq(zm_sandbox_read(box, path).bytes, want));
}

void zm_sandbox_expect_error(struct zm_sandbox *box, const char *part)
{
	struct zm_str text = zm_str_from(box->err.text);
	bool there = zm_str_find(text, zm_str_from(part), 0) != SIZE_MAX;
	if (!there) {
		printf("\n[%s] lacks [%s]\n", box->err.text, part);
	}
	CU_ASSERT(there);
	CU_ASSERT_FALSE(zm_str_ends(text, ZM_STR(".")));
}

/* No GIT_ variable comes along: tests also run inside of git's hooks. */
bool zm_sandbox_run(struct zm_sandbox *box, const char *where, const char *const *argument)
{
	const char *path = getenv("PATH");
	const char *environment[] = {
		zm_arena_printf(&box->arena, "PATH=%s", path == NULL ? "/usr/bin:/bin" : path).data,
		zm_arena_printf(&box->arena, "HOME=%s", box->folder).data,
		"GIT_CONFIG_NOSYSTEM=1",
		NULL,
	};
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addchdir_np(&actions, zm_sandbox_path(box, where));
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	pid_t child = 0;
	int status = 0;
	int failed = posix_spawnp(&child, argument[0], &actions, NULL, (char *const *)argument,
				  (char *const *)environment);
	posix_spawn_file_actions_destroy(&actions);
	return failed == 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}
