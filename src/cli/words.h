/*
 * words: a command of the user's as a list of arguments, which no shell will ever see.
 */
#ifndef ZM_CLI_WORDS_H
#define ZM_CLI_WORDS_H

#include "base/arena.h"
#include "base/error.h"

enum { ZM_WORDS_MAX = 256 };

struct zm_words {
	const char *word[ZM_WORDS_MAX];
	size_t count;
};

/* Divided by blanks, or a JSON array of strings; in `arena`. False: `err` says what is wrong. */
bool zm_words_split(struct zm_words *words, struct zm_arena *arena, const char *text,
		    struct zm_error *err);

#endif
