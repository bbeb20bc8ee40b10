/*
 * excerpt: the source line of a finding as it is shown, with the place to underline.
 *
 *	@       IN TXT  "v=spf1 mx -all" ; mail
 *	                 ^~~~~~~~~~~~~~
 *
 * Only SPF text and what every resolver may see of a zone's frame is shown. A TXT value that is not
 * SPF, a quoted string that is not SPF, the data of a type that may hold keys, and a comment with a
 * quote in it (a record that somebody commented out) never are: the line ends before them in `…`,
 * or is not shown at all when the place itself lies there.
 *
 *	struct zm_excerpter excerpter = {0};
 *	struct zm_excerpt excerpt = {0};
 *	if (zm_excerpt_make(&excerpt, &excerpter, finding)) ...
 *	zm_excerpt_release(&excerpt);
 *	zm_excerpter_release(&excerpter);
 */
#ifndef ZM_REPORT_EXCERPT_H
#define ZM_REPORT_EXCERPT_H

#include "base/buf.h"
#include "lint/finding.h"
#include "zone/scan.h"

enum { ZM_EXCERPT_COLUMNS = 120 }; /* a longer line is cut around the place */

struct zm_excerpt {
	struct zm_buf line; /* escaped, tabs as blanks */
	size_t caret;       /* columns before the place */
	size_t width;       /* columns to underline, 1 or more */
};

/* Where the last finding lay: cheap when findings come in the order of the bytes. */
struct zm_excerpter {
	const struct zm_source *source;
	struct zm_scan scan;
	struct zm_entry entry;
	bool has_entry;
};

/* False: nothing of the line may be shown, or there is no line. The excerpt may be used again after
 * either answer. */
bool zm_excerpt_make(struct zm_excerpt *excerpt, struct zm_excerpter *excerpter,
		     const struct zm_finding *finding);

void zm_excerpt_release(struct zm_excerpt *excerpt);
void zm_excerpter_release(struct zm_excerpter *excerpter);

#endif
