/*
 * generate: the lines that a $GENERATE directive stands for (BIND 9's manual, "$GENERATE").
 *
 *	$GENERATE 8-12/4 host$ A 192.0.2.${1}     stands for   host8 A 192.0.2.9
 *	                                                       host12 A 192.0.2.13
 *
 * `$` is the number, `$$` and `\$` a dollar sign; `${OFFSET,WIDTH,MODE}` adds, pads and chooses d,
 * o, x, X, or the nibbles n and N of a reverse name.
 */
#ifndef ZM_ZONE_GENERATE_H
#define ZM_ZONE_GENERATE_H

#include "base/buf.h"

enum {
	ZM_GENERATED_MAX = 1 << 20,       /* records of one zone: as many as a /12 has addresses */
	ZM_GENERATED_BYTES_MAX = 1 << 27, /* of all their lines */
};

struct zm_generate_range {
	uint32_t start; /* at most 2^31 - 1, as the others */
	uint32_t stop;
	uint32_t step; /* from 1 */
};

/* `1-9`, `0-255/5`. False where it is no range, or an empty one. */
bool zm_generate_range_parse(struct zm_generate_range *range, struct zm_str text);

/* How many numbers the range has. */
uint32_t zm_generate_count(const struct zm_generate_range *range);

/* Adds the pattern with `number` put in; false at a broken one: `*why` is then a constant phrase.
 */
bool zm_generate_add(struct zm_buf *out, struct zm_str pattern, uint32_t number, const char **why);

#endif
