/*
 * pool: a few threads that share out numbered pieces of work.
 *
 *	struct zm_pool pool;
 *	zm_pool_start(&pool, 2);
 *	zm_pool_run(&pool, count, work, context);       (work(context, 0) to work(context, count -
 *1)) zm_pool_stop(&pool);
 *
 * The pieces are begun in the order of their numbers and each is done once, by any thread, the
 * caller's among them; the run is over when all are done. So what the work writes must lie apart,
 * piece by piece, and the outcome cannot depend on how many threads there are.
 */
#ifndef ZM_BASE_POOL_H
#define ZM_BASE_POOL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { ZM_POOL_MAX = 64 }; /* threads */

struct zm_pool {
	pthread_t thread[ZM_POOL_MAX];
	size_t threads; /* beside the caller's */
	pthread_mutex_t lock;
	pthread_cond_t wake; /* there is work, or it is time to stop */
	pthread_cond_t done; /* the last helper has left the run */
	bool stopping;
	size_t named; /* helpers that have their number */
	size_t run;   /* the number of the run, so that a helper joins each once */
	size_t busy;
	size_t count;
	size_t next;
	void (*work)(void *context, size_t number);
	void *context;
};

/* How many processors this process may use, 1 at the least. */
size_t zm_pool_processors(void);

/* `jobs` threads in all, from 1 to ZM_POOL_MAX; where a thread cannot be had, fewer do the work. */
void zm_pool_start(struct zm_pool *pool, size_t jobs);

/* NULL: the caller does all of it. One run at a time; work may not start a run of its own. */
void zm_pool_run(struct zm_pool *pool, size_t count, void (*work)(void *context, size_t number),
		 void *context);

/* How many threads a run has at the most. */
size_t zm_pool_jobs(const struct zm_pool *pool);

/* Which of the pool's threads does the work that asks: 0 for the caller's, below zm_pool_jobs() for
 * all. So what a thread needs for itself, it finds by that. */
size_t zm_pool_worker(void);

void zm_pool_stop(struct zm_pool *pool);

#endif
