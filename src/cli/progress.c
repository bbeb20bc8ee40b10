#include "cli/progress.h"

#include "base/ending.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CELLS = 20, TICK_NANOSECONDS = 100000000, TICKS_BEFORE = 10, NANOSECONDS = 1000000000 };

#define CLEAR "\r\x1b[K"

static struct {
	pthread_t thread;
	pthread_mutex_t lock; /* of all but `done` */
	pthread_cond_t wake;
	bool is_running;
	bool is_stopping;
	bool is_drawn;
	const char *what; /* NULL: no stage has begun */
	size_t total;
	enum zm_unit unit;
	atomic_size_t done;
} progress = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

/* ---- The line ---- */

static void add_bytes(struct zm_buf *out, size_t done, size_t total)
{
	static const char *const name[] = {"kB", "MB", "GB", "TB"};
	size_t i = 0;
	double scale = 1e3;
	while (i < 3 && (double)total >= scale * 1e3) {
		scale *= 1e3;
		i++;
	}
	zm_buf_printf(out, "%.1f of %.1f %s", (double)done / scale, (double)total / scale, name[i]);
}

void zm_progress_line(struct zm_buf *out, const char *what, size_t done, size_t total,
		      enum zm_unit unit)
{
	done = done < total ? done : total;
	double part = total == 0 ? 0 : (double)done / (double)total;
	size_t cells = (size_t)(part * CELLS);
	zm_buf_printf(out, "%s  [", what);
	zm_buf_add_repeat(out, '#', cells);
	zm_buf_add_repeat(out, ' ', CELLS - cells);
	zm_buf_printf(out, "] %3d%%  ", (int)(part * 100));
	if (unit == ZM_UNIT_BYTES) {
		add_bytes(out, done, total);
	} else {
		const char *what_of = unit == ZM_UNIT_FILES ? "files" : "zones";
		zm_buf_printf(out, "%zu of %zu %s", done, total, what_of);
	}
}

/* ---- Drawing; the lock is held ---- */

static void put(struct zm_str text)
{
	fwrite(text.data, 1, text.len, stderr);
	fflush(stderr);
}

static void draw(void)
{
	struct zm_buf line = {0};
	if (progress.what == NULL) {
		return;
	}
	zm_buf_add(&line, ZM_STR(CLEAR));
	zm_progress_line(&line, progress.what, atomic_load(&progress.done), progress.total,
			 progress.unit);
	put(zm_buf_str(&line));
	progress.is_drawn = true;
	zm_buf_release(&line);
}

static void clear(void)
{
	if (progress.is_drawn) {
		put(ZM_STR(CLEAR));
		progress.is_drawn = false;
	}
}

static void *tick(void *nothing)
{
	struct timespec at;
	zm_ending_leave_to_the_caller();
	clock_gettime(CLOCK_REALTIME, &at);
	pthread_mutex_lock(&progress.lock);
	for (size_t ticks = 0; !progress.is_stopping;) {
		at.tv_nsec += TICK_NANOSECONDS;
		at.tv_sec += at.tv_nsec / NANOSECONDS;
		at.tv_nsec %= NANOSECONDS;
		while (!progress.is_stopping &&
		       pthread_cond_timedwait(&progress.wake, &progress.lock, &at) == 0) {
		}
		if (!progress.is_stopping && ++ticks > TICKS_BEFORE) {
			draw();
		}
	}
	clear();
	pthread_mutex_unlock(&progress.lock);
	return nothing;
}

/* ---- */

static bool can_show(const struct zm_options *options)
{
	const char *term = getenv("TERM");
	return !options->quiet && isatty(STDERR_FILENO) && term != NULL && term[0] != '\0' &&
	       strcmp(term, "dumb") != 0;
}

void zm_progress_start(const struct zm_options *options)
{
	if (progress.is_running || !can_show(options)) {
		return;
	}
	progress.is_stopping = false;
	progress.what = NULL;
	progress.is_running = pthread_create(&progress.thread, NULL, tick, NULL) == 0;
}

atomic_size_t *zm_progress_stage(const char *what, size_t total, enum zm_unit unit)
{
	pthread_mutex_lock(&progress.lock);
	progress.what = what;
	progress.total = total;
	progress.unit = unit;
	atomic_store(&progress.done, 0);
	pthread_mutex_unlock(&progress.lock);
	return &progress.done;
}

void zm_progress_hide(void)
{
	pthread_mutex_lock(&progress.lock);
	clear();
}

void zm_progress_show(void)
{
	pthread_mutex_unlock(&progress.lock);
}

void zm_progress_stop(void)
{
	if (!progress.is_running) {
		return;
	}
	pthread_mutex_lock(&progress.lock);
	progress.is_stopping = true;
	pthread_cond_signal(&progress.wake);
	pthread_mutex_unlock(&progress.lock);
	pthread_join(progress.thread, NULL);
	progress.is_running = false;
}
