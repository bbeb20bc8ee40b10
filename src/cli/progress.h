/*
 * progress: one line on standard error, where that is a terminal, of how far the work has come. It
 * appears after a second, is drawn anew ten times a second, and is gone before anything else is
 * said there.
 *
 *	reading  [########            ]  42%  1.2 of 2.8 GB
 *	checking  [##########          ]  50%  1200 of 2400 zones
 *
 *	zm_progress_start(options);                       (one in a process)
 *	atomic_size_t *done = zm_progress_stage("reading", total, ZM_UNIT_BYTES);
 *	atomic_fetch_add(done, 4096);                     (by any thread)
 *	zm_progress_hide(); fputs(..., stderr); zm_progress_show();
 *	zm_progress_stop();
 */
#ifndef ZM_CLI_PROGRESS_H
#define ZM_CLI_PROGRESS_H

#include "base/buf.h"
#include "cli/options.h"

#include <stdatomic.h>

enum zm_unit { ZM_UNIT_BYTES, ZM_UNIT_FILES, ZM_UNIT_ZONES };

/* Does nothing where there is no terminal that can, or with --quiet. */
void zm_progress_start(const struct zm_options *options);

/* What is done from now on, `total` of it in all. The counter, which starts at 0, stays valid. */
atomic_size_t *zm_progress_stage(const char *what, size_t total, enum zm_unit unit);

/* Between the two nothing is drawn, and the line is empty. */
void zm_progress_hide(void);
void zm_progress_show(void);

/* The line goes. May be called again, and without a start. */
void zm_progress_stop(void);

/* The line itself, without anything around it; more than all counts as all. */
void zm_progress_line(struct zm_buf *out, const char *what, size_t done, size_t total,
		      enum zm_unit unit);

#endif
