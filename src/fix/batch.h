/*
 * batch: the fixes of one round, of one stage, none touching what another touches, as edits of the
 * zone's files.
 */
#ifndef ZM_FIX_BATCH_H
#define ZM_FIX_BATCH_H

#include "base/error.h"
#include "fix/mend.h"

struct zm_batch {
	const struct zm_fix **fix;
	size_t count;
	struct zm_edits edits; /* settled, one list a file */
};

/* The zone as it is now, and which of its findings may be mended how. */
struct zm_batch_query {
	const struct zm_zone *zone;
	const struct zm_findings *findings;
	const struct zm_mend_options *options;
	enum zm_stage stage;
};

/* Whether the finding is one that is mended under these options. */
bool zm_batch_may_apply(const struct zm_mend_options *options, const struct zm_finding *finding);

/* In `arena`. `err` says why the last fix that had to be left out was. */
struct zm_batch zm_batch_collect(const struct zm_batch_query *query, struct zm_arena *arena,
				 struct zm_error *err);

/* Whether the source, of the zone as it is now, may be changed; else `err` says why not. */
bool zm_batch_may_change(const struct zm_mend_options *options, const struct zm_zone *zone,
			 const struct zm_source *source, struct zm_error *err);

#endif
