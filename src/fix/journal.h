/*
 * journal: the file in which named keeps the changes to a zone that it has not yet written into the
 * zone's own file: what dynamic updates brought, or how one version of the zone came from another.
 */
#ifndef ZM_FIX_JOURNAL_H
#define ZM_FIX_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

enum zm_journal_state {
	ZM_JOURNAL_ABSENT,
	ZM_JOURNAL_MERGED,  /* all that it holds is in a file of that serial: it ends there, or
			       before */
	ZM_JOURNAL_AHEAD,   /* it holds changes that the file lacks */
	ZM_JOURNAL_UNKNOWN, /* it cannot be read or understood */
};

struct zm_journal {
	enum zm_journal_state state;
	bool has_serials; /* it holds changes: those that lead from `begin` to `end` */
	uint32_t begin;
	uint32_t end;
};

/* Reads the head of the journal `path` beside a zone file of that serial; NULL: the file's serial
 * is not known. */
void zm_journal_read(struct zm_journal *journal, const char *path, const uint32_t *serial);

#endif
