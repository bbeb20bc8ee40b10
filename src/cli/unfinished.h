/*
 * unfinished: what an earlier fix of several files has left when it was cut short; see
 * base/plan/plan.h. Until it is completed, some of its files are old and some are new.
 */
#ifndef ZM_CLI_UNFINISHED_H
#define ZM_CLI_UNFINISHED_H

#include "cli/session.h"

/*
 * Looks into the folders of all inputs, and of the files that links among them lead to, before any
 * of them is read. A fix completes what it finds
 * there and says so; whoever only reads says that there is something, for what it is about to find
 * may be neither the old state nor the new one. Noted in `whole`, also what cannot be completed. A
 * fix also removes what killed runs have left beside files.
 */
void zm_unfinished_find(struct zm_session *session, struct zm_result *whole);

/* The same for who reads one file: whether something is left beside it, or behind it where it is a
 * link, or that cannot be told, which was said then. */
bool zm_unfinished_is_near(const char *path);

#endif
