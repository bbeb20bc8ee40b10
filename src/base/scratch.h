/*
 * scratch: a folder for files of the moment, which nobody else can read.
 *
 *	const char *folder = zm_scratch_open(&arena, &err);
 *	...
 *	zm_scratch_remove(folder);
 */
#ifndef ZM_BASE_SCRATCH_H
#define ZM_BASE_SCRATCH_H

#include "base/arena.h"
#include "base/error.h"

/* Below TMPDIR, or /tmp. NULL: it cannot be made. */
const char *zm_scratch_open(struct zm_arena *arena, struct zm_error *err);

/* With all that is in it; what cannot be removed stays. */
void zm_scratch_remove(const char *folder);

#endif
