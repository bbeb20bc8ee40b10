/*
 * diff: two states of a file as a patch in unified format that `git apply` and `patch -p1` take,
 * byte for byte: CR, odd bytes and a missing final newline are kept.
 *
 *	--- a/zones/example.com.zone
 *	+++ b/zones/example.com.zone
 *	@@ -1,4 +1,4 @@
 *	 ...
 */
#ifndef ZM_FIX_DIFF_H
#define ZM_FIX_DIFF_H

#include "base/buf.h"

/*
 * Adds the patch that turns `before` into `after`; nothing when they are the same. `path` is
 * written as git wants it: without a leading `/` or `./`, quoted where it holds odd bytes.
 *
 * Time is linear for what a repair does, many small changes far apart. The patch is exact always;
 * it is longer than it need be where more than 512 lines in a row differ.
 */
void zm_diff(struct zm_buf *out, const char *path, struct zm_str before, struct zm_str after);

#endif
