/*
 * verify: a command of the user's that must be content with a zone's new files before any of them
 * is written: named-checkzone {zone} {file}.
 *
 *	struct zm_verify verify;
 *	if (!zm_verify_init(&verify, word, words, &err)) ...
 *	if (!zm_verify_zone(&verify, &said, &arena, &change, &err)) ...
 *
 * The command sees the zone's files, the new ones and those that stay, in a folder of their own,
 * which is gone afterwards. It is started without a shell.
 */
#ifndef ZM_FIX_VERIFY_H
#define ZM_FIX_VERIFY_H

#include "base/error.h"
#include "fix/rewrite.h"

enum {
	ZM_VERIFY_SECONDS = 600,         /* for one zone */
	ZM_VERIFY_OUTPUT_MAX = 16 << 20, /* bytes */
};

struct zm_verify {
	const char *const *word;
	size_t words;
	unsigned seconds;
};

/* `{zone}` and `{file}` in a word are filled in later. False: `err` says what is wrong; `{file}`
 * has to be there. The words live as long as `verify`. */
bool zm_verify_init(struct zm_verify *verify, const char *const *word, size_t words,
		    struct zm_error *err);

struct zm_verify_change {
	const struct zm_zone *zone; /* as it was read */
	const struct zm_rewrites *files;
	const char *include_base; /* as in struct zm_load_options */
};

struct zm_verify_said {
	struct zm_str out;       /* all of standard output, which may hold anything */
	struct zm_str complaint; /* the first line of standard error, likewise */
};

/*
 * True: the command has ended with status 0. False: `err` says how it ended, or why it could not be
 * asked, and nothing of what it has said.
 */
bool zm_verify_zone(const struct zm_verify *verify, struct zm_verify_said *said,
		    struct zm_arena *arena, const struct zm_verify_change *change,
		    struct zm_error *err);

#endif
