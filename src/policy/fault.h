/*
 * fault: how the policy language says what is wrong: `FILE:LINE:COLUMN: text`, and what it quotes
 * from a file made fit for a terminal.
 */
#ifndef ZM_POLICY_FAULT_H
#define ZM_POLICY_FAULT_H

#include "policy/policy.h"

/* Adds a fault; always false. A place without a file gives the text alone. What was said before is
 * not said again. */
bool zm_policy_fail(struct zm_policy_faults *faults, struct zm_policy_place place,
		    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Where more was found than is told: how much, as a line; else NULL. */
const char *zm_policy_untold(const struct zm_policy_faults *faults);

/* The text in double quotes, control bytes as \xNN, cut after some 60 bytes. In the arena, ended by
 * a NUL. */
const char *zm_policy_quote(struct zm_arena *arena, struct zm_str text);

/* `; did you mean "require"?`, or `; known are names, require` where none is near, or "" where
 * nothing is known. In the arena. */
const char *zm_policy_suggest(struct zm_arena *arena, struct zm_str text, const char *const *name,
			      size_t count);

/* `FILE:LINE:COLUMN`, in the arena; for the second place of a message. */
const char *zm_policy_place_text(struct zm_arena *arena, struct zm_policy_place place);

#endif
