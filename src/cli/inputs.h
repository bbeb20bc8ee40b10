/*
 * inputs: what the command line names, as a list of files to read: PATHs, folders walked,
 * --files-from. Nothing is opened yet but the lists and folders.
 */
#ifndef ZM_CLI_INPUTS_H
#define ZM_CLI_INPUTS_H

#include "cli/options.h"
#include "cli/status.h"

struct zm_configured;

enum { ZM_LIST_BYTES_MAX = 1 << 28 }; /* of --files-from */

struct zm_input {
	const char *path; /* as shown; of standard input: --stdin-filename, or <stdin> */
	size_t folder;    /* the number of the folder that it was found in; SIZE_MAX: it was named
			     itself, and is a zone whatever it holds */
	bool is_stdin;
	const char *why; /* it is not to be read: a phrase, or where `failed` the whole message */
	bool failed;     /* a folder that could not be read */
	bool is_link;    /* found as a symbolic link */
	const struct zm_configured *configured; /* what --named-conf says of it, or NULL */
	bool is_listed;                         /* nobody named it but --named-conf */
};

struct zm_inputs {
	struct zm_input *item; /* in the order of the paths, no file twice under one name */
	size_t count;
	size_t capacity;
	const char **folder;
	size_t folders;
	size_t folder_capacity;
};

/* What cannot be read is said on standard error and noted in `result`; the rest is in the list. */
void zm_inputs_collect(struct zm_inputs *inputs, struct zm_arena *arena,
		       const struct zm_options *options, struct zm_result *result);

#endif
