/*
 * session: one run over many files: read, given their policies, put into one zone set, linted (or
 * mended) in the order of the paths, and reported.
 *
 *	struct zm_session session;
 *	bool good = zm_session_start(&session, options, ZM_REPORT_CHECK);
 *	for (size_t i = 0; i < session.count; i++) ... (fills findings and result of each job)
 *	return zm_session_end(&session);               (reports, releases, computes the status)
 */
#ifndef ZM_CLI_SESSION_H
#define ZM_CLI_SESSION_H

#include "base/file.h"
#include "cli/configured.h"
#include "cli/inputs.h"
#include "cli/policies.h"
#include "dns/set.h"
#include "fix/mend.h"
#include "lint/baseline.h"

/* What a fix makes of a job. */
struct zm_fixing {
	struct zm_mend mend;
	struct zm_mend_bar *bar; /* files that it may not change */
	size_t bars;
	size_t bar_capacity;
	bool was_weighed;     /* planned anew for what others plan; see weigh.h */
	bool follows;         /* asks for nothing itself; see planning.h */
	const char *stays;    /* why it is left as it is, whatever is planned, or NULL */
	size_t files_written; /* for it and all that share files with it, told by the first */
};

/* One file. */
struct zm_job {
	struct zm_arena arena; /* holds what was read of it and all that follows from it */
	struct zm_input input;
	struct zm_file file; /* of standard input only the bytes */
	struct zm_source source;
	const struct zm_policy *policy;
	struct zm_load_options load;
	const struct zm_zone *zone; /* NULL: it is no zone or could not be read */
	const char *note;   /* without a zone: why, a phrase where the file was skipped, else the
			       whole message; NULL: that was said already */
	bool is_of_another; /* without a zone: another job is this very zone, or includes it */
	enum zm_zone_state state; /* of a check for people, which does not tell it: STATIC */
	bool is_linted;           /* as soon as it was read, for no other zone has a say in it */
	const struct zm_earlier *earlier; /* what it was in --base; NULL: that is not known */
	struct zm_findings findings;      /* those to report */
	struct zm_fixing *fixing;         /* NULL: it has no zone, or nothing is fixed */
	bool fixed;                       /* written, or printed under --diff */
	const char *refused;              /* why it was not fixed, or NULL */
};

/* A file that may include others than is known; see shared.h. */
struct zm_doubt {
	const struct zm_job *job;
	struct zm_str bytes; /* of one that is no zone, in the session's arena */
	bool of_all;         /* it could not be read at all */
};

struct zm_doubts {
	struct zm_doubt *item; /* in the order of the jobs */
	size_t count;
	size_t capacity;
	bool are_known; /* they have been looked for */
};

struct zm_session {
	const struct zm_options *options;
	enum zm_report_task task;
	struct zm_arena arena;
	struct zm_configuration configuration;
	struct zm_inputs inputs;
	struct zm_policies policies;
	struct zm_set set;
	struct zm_baseline baseline; /* --baseline, or what --write-baseline writes */
	struct zm_pool pool;
	struct zm_supply *supply; /* one a thread of the pool, for the arenas of the jobs */
	struct zm_supply *rest;   /* likewise, for what is left of jobs that are done */
	struct zm_job *job;
	struct zm_result *result; /* one a job, and at [count] that of the run as a whole */
	size_t count;
	struct zm_doubts doubts;
	bool has_one_policy; /* the same for all jobs */
	atomic_size_t *done; /* jobs, while they are read */
	int64_t now;         /* fix only: seconds since 1970, for the serials */
	bool asks;           /* started by zm_session_ask() */
	bool stopped;        /* before anything was done: nothing is reported or written */
	FILE *output;        /* the file of --output; NULL: none was named */
	bool out_is_taken;   /* standard output carries a patch or a zone: the report goes to
				standard error */
};

/* Reads everything. What cannot be read or is no zone is said on standard error and noted in the
 * results; those jobs have no zone. False: options and inputs contradict each other, which was
 * said, and nothing but zm_session_end() may follow. */
bool zm_session_start(struct zm_session *session, const struct zm_options *options,
		      enum zm_report_task task);

/* The same for a command that asks the zones and answers in its own way: of the policy only
 * `origin` and `exclude` count, every record is kept, and zm_session_end() reports nothing. */
bool zm_session_ask(struct zm_session *session, const struct zm_options *options);

/* Of the thread that asks; lend to a job's arena what is done for it, where there may be many jobs.
 */
static inline struct zm_supply *zm_session_supply(const struct zm_session *session)
{
	return &session->supply[zm_pool_worker()];
}

/* Whether the job's files are to be written. */
static inline bool zm_job_is_planned(const struct zm_job *job)
{
	return job->fixing != NULL && job->fixing->mend.outcome == ZM_MEND_PLANNED;
}

/* Reports, releases all memory and returns the exit status. */
int zm_session_end(struct zm_session *session);

#endif
