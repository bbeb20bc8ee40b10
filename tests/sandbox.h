/*
 * sandbox: a folder for one test, empty at first, gone after it.
 *
 *	struct zm_sandbox box;
 *	zm_sandbox_open(&box);
 *	zm_sandbox_put(zm_sandbox_path(&box, "x.zone"), ZM_STR("..."));
 *	zm_sandbox_close(&box);
 */
#ifndef ZM_TESTS_SANDBOX_H
#define ZM_TESTS_SANDBOX_H

#include "base/file.h"

struct zm_sandbox {
	char folder[64]; /* in /tmp, which other users may enter */
	struct zm_arena arena;
	struct zm_error err;
};

/* A failure here ends the test. */
void zm_sandbox_open(struct zm_sandbox *box);
void zm_sandbox_close(struct zm_sandbox *box);

/* What a file is written over with in the tests of writing, and what it held. */
extern const struct zm_str zm_sandbox_old;
extern const struct zm_str zm_sandbox_new;

/* Opens a sandbox with x.zone in it, which holds zm_sandbox_old; gives its path. */
const char *zm_sandbox_with_zone(struct zm_sandbox *box);

/* FOLDER/NAME; lives as long as the sandbox. */
const char *zm_sandbox_path(struct zm_sandbox *box, const char *name);

void zm_sandbox_put(const char *path, struct zm_str bytes);
struct zm_file zm_sandbox_read(struct zm_sandbox *box, const char *path);

/* The test fails where the file holds other bytes, or where the sandbox's error does not say that
 * part or ends with a full stop. */
void zm_sandbox_expect(struct zm_sandbox *box, const char *path, struct zm_str want);
void zm_sandbox_expect_error(struct zm_sandbox *box, const char *part);

/*
 * Runs a program in FOLDER/WHERE with an environment of its own (PATH, and HOME in the sandbox),
 * its output thrown away. False when it is not installed or its status is not 0.
 */
bool zm_sandbox_run(struct zm_sandbox *box, const char *where, const char *const *argument);

#endif
