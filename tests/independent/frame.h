/*
 * frame: all of a TXT record's data but its strings and the blanks before them.
 */
#ifndef INDEPENDENT_FRAME_H
#define INDEPENDENT_FRAME_H

#include "read.h"

/* Whether the two have the same one; a line that held nothing but strings may have gone with them.
 */
bool same_frame(const struct reading *old, const struct line *was, const struct reading *new,
		const struct line *is);

#endif
