#include "base/pool.h"

#include "base/ending.h"

#include <sched.h>

size_t zm_pool_processors(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof(set), &set) != 0) {
		return 1;
	}
	int count = CPU_COUNT(&set);
	return count < 1 ? 1 : (size_t)count;
}

static _Thread_local size_t worker;

size_t zm_pool_worker(void)
{
	return worker;
}

/* Takes pieces until there are none left. */
static void work_on(struct zm_pool *pool)
{
	for (;;) {
		size_t number = __atomic_fetch_add(&pool->next, 1, __ATOMIC_RELAXED);
		if (number >= pool->count) {
			return;
		}
		pool->work(pool->context, number);
	}
}

static void *help(void *argument)
{
	struct zm_pool *pool = argument;
	size_t seen = 0;
	zm_ending_leave_to_the_caller();
	pthread_mutex_lock(&pool->lock);
	worker = ++pool->named;
	for (;;) {
		while (!pool->stopping && pool->run == seen) {
			pthread_cond_wait(&pool->wake, &pool->lock);
		}
		if (pool->stopping) {
			break;
		}
		seen = pool->run;
		pthread_mutex_unlock(&pool->lock);
		work_on(pool);
		pthread_mutex_lock(&pool->lock);
		if (--pool->busy == 0) {
			pthread_cond_signal(&pool->done);
		}
	}
	pthread_mutex_unlock(&pool->lock);
	return NULL;
}

void zm_pool_start(struct zm_pool *pool, size_t jobs)
{
	*pool = (struct zm_pool){.threads = 0};
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->wake, NULL);
	pthread_cond_init(&pool->done, NULL);
	while (pool->threads + 1 < jobs && pool->threads < ZM_POOL_MAX - 1 &&
	       pthread_create(&pool->thread[pool->threads], NULL, help, pool) == 0) {
		pool->threads++;
	}
}

void zm_pool_run(struct zm_pool *pool, size_t count, void (*work)(void *context, size_t number),
		 void *context)
{
	if (pool == NULL || pool->threads == 0 || count < 2) {
		for (size_t i = 0; i < count; i++) {
			work(context, i);
		}
		return;
	}
	pthread_mutex_lock(&pool->lock);
	pool->work = work;
	pool->context = context;
	pool->count = count;
	pool->next = 0;
	pool->busy = pool->threads;
	pool->run++;
	pthread_cond_broadcast(&pool->wake);
	pthread_mutex_unlock(&pool->lock);
	work_on(pool);
	pthread_mutex_lock(&pool->lock);
	while (pool->busy > 0) {
		pthread_cond_wait(&pool->done, &pool->lock);
	}
	pthread_mutex_unlock(&pool->lock);
}

size_t zm_pool_jobs(const struct zm_pool *pool)
{
	return pool == NULL ? 1 : pool->threads + 1;
}

void zm_pool_stop(struct zm_pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	pool->stopping = true;
	pthread_cond_broadcast(&pool->wake);
	pthread_mutex_unlock(&pool->lock);
	for (size_t i = 0; i < pool->threads; i++) {
		pthread_join(pool->thread[i], NULL);
	}
	pthread_cond_destroy(&pool->done);
	pthread_cond_destroy(&pool->wake);
	pthread_mutex_destroy(&pool->lock);
}
