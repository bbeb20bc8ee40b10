/*
 * earlier: --base: what the zones of a run were in a commit.
 */
#ifndef ZM_CLI_EARLIER_H
#define ZM_CLI_EARLIER_H

#include "cli/session.h"

/*
 * Gives each job its zm_earlier, where there is one: a zone whose file is new has none, and of one
 * that could not be read then, that is said. Called once, when all zones stand. False: what files
 * were cannot be told, of one of them or of all, which was said; nothing may be done then.
 */
bool zm_earlier_find(struct zm_session *session);

#endif
