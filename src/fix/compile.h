/*
 * compile: a fix's operations on records → byte edits, in the layout that the file has.
 *
 * Comments, line breaks, parentheses and the strings that are not touched stay as they are; new
 * text is quoted and escaped; a string that would pass 255 bytes is split at a term boundary; a new
 * record looks like its neighbours.
 */
#ifndef ZM_FIX_COMPILE_H
#define ZM_FIX_COMPILE_H

#include "fix/edit.h"
#include "lint/finding.h"

/* Fails when the operations cannot be done without losing a byte that is not theirs; `err` says
 * why. Edits are settled. */
bool zm_fix_compile(struct zm_edits *edits, struct zm_arena *arena, const struct zm_zone *zone,
		    const struct zm_fix *fix, struct zm_error *err);

#endif
