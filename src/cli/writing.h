/*
 * writing: what was planned for all zones of the run comes into their files, or is shown.
 *
 * Zones that share a file which changes are one group: all their files are replaced together, those
 * that are included before those that hold an SOA record, or none is.
 */
#ifndef ZM_CLI_WRITING_H
#define ZM_CLI_WRITING_H

#include "cli/uses.h"

/* Standard input first, which goes to standard output; then group by group in the order of the
 * paths. Results and reports are set for each job. */
void zm_writing_run(struct zm_session *session, const struct zm_uses *uses);

/* The same as a patch on standard output: nothing is written. */
void zm_writing_show(struct zm_session *session, const struct zm_uses *uses);

#endif
