/*
 * allow_text: the words of one `zonemend:` comment. For allow.c only.
 */
#ifndef ZM_LINT_ALLOW_TEXT_H
#define ZM_LINT_ALLOW_TEXT_H

#include "base/arena.h"

struct zm_allowed {
	size_t *rule; /* their numbers in the catalogue */
	size_t count;
	bool has_end;
	uint32_t end;      /* the last day, 20270131 */
	const char *fault; /* what is wrong with it: then it allows nothing; else NULL */
};

/* The offset of `zonemend:` in a comment, where words for zonemend follow; SIZE_MAX: none do. It
 * stands at the comment's start or behind another `;`. */
size_t zm_allow_find(struct zm_str comment);

/* Reads what follows `zonemend:`. */
void zm_allow_parse(struct zm_allowed *allowed, struct zm_arena *arena, struct zm_str text);

#endif
