/*
 * show: a source line with a place underlined, and what is said of it below, as every report for
 * people has them.
 *
 *	   14 | @       IN TXT  "v=spf1 mx -all" ; mail
 *	      |                  ^~~~~~~~~~~~~~
 *	      = fix: ...
 */
#ifndef ZM_REPORT_SHOW_H
#define ZM_REPORT_SHOW_H

#include "report/excerpt.h"

#include <stdio.h>

struct zm_show {
	FILE *out;
	bool color;
	bool unnumbered;    /* the lines are of no file */
	struct zm_buf line; /* the one being made, for whoever adds to it */
	struct zm_excerpt excerpt;
	struct zm_excerpter excerpter;
};

/* Prints both lines, or nothing where none of the line may be shown. `line` is empty before and
 * after. */
void zm_show_excerpt(struct zm_show *show, const struct zm_finding *finding);

/* Begins `      = label: ` in `line`. */
void zm_show_detail(struct zm_show *show, const char *label);

void zm_show_release(struct zm_show *show);

#endif
