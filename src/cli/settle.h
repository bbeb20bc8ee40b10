/*
 * settle: what can be decided only once all files are read: which of them are mere parts of others.
 */
#ifndef ZM_CLI_SETTLE_H
#define ZM_CLI_SETTLE_H

#include "cli/session.h"

/*
 * To be called once, when every job was read. A file that a zone of the run includes, and that is
 * no zone of its own, loses its zone. Then says, in the order of the jobs, what was skipped, could
 * not be read or has no name, and adds the zones to the session's set.
 */
void zm_settle(struct zm_session *session);

#endif
