/*
 * lookup: on the way to a job's zm_earlier: its file in the commit, and what that says.
 */
#ifndef ZM_CLI_LOOKUP_H
#define ZM_CLI_LOOKUP_H

#include "cli/past.h"
#include "cli/session.h"
#include "lint/earlier.h"

/* One job's. */
struct zm_lookup {
	struct zm_job *job;
	enum zm_git_found found;
	struct zm_git_entry *entry; /* its file, or the submodule that it lies in; NULL: none */
	bool is_nested; /* in a repository inside of the repository: nothing is known of it */
	struct zm_past past;
	struct zm_source source; /* the file as it was */
	struct zm_load_options then;
	struct zm_load_options now;
	struct zm_earlier earlier;
	bool is_known;    /* `earlier` is filled */
	bool is_replaced; /* the file was another zone then, or none */
	const char *why;  /* it could not be read; NULL: it could, or was no such zone */
};

/* What its file was is known, or will not be. */
static inline bool zm_lookup_is_settled(const struct zm_lookup *lookup)
{
	return lookup->is_known || lookup->is_replaced || lookup->why != NULL;
}

struct zm_lookups {
	struct zm_session *session;
	struct zm_git git;
	struct zm_git_tree tree;
	struct zm_lookup *item; /* one a job with a zone, in their order */
	size_t count;
};

/* Under which a job's file is read as it was: one that the content told may have been another's. */
struct zm_name zm_lookup_origin(const struct zm_job *job);

/*
 * A zone whose file is new, or was another zone's, may have been in another file, which is gone now
 * or has become that of another zone in its turn: the only one of that zone, or the one whose path
 * ends most like the new one's. That becomes its entry. Whose file was another zone's is known only
 * once they are read: so it is asked twice.
 */
bool zm_lookup_find_moved(struct zm_lookups *lookups, struct zm_error *err);

/* Fetches what is not read yet of a list of any length, into the session's arena. */
bool zm_lookup_fetch(struct zm_lookups *lookups, struct zm_git_entry *const *list, size_t count,
		     struct zm_error *err);

/* Reads the zones as they were: fills `is_known`, `why` or `is_replaced` of those that have an
 * entry, whose bytes are in `source`, and none of the three yet. */
bool zm_lookup_read(struct zm_lookups *lookups, struct zm_error *err);

#endif
