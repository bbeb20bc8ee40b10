/*
 * split: terms that stand together without a space.
 *
 *	ip4:192.0.2.1include:a.example~all     is     ip4:192.0.2.1 | include:a.example | ~all
 *
 * A cut is made only where a mechanism with its qualifier begins, or one with its colon (a modifier
 * with its `=`), and only when every part is a term of its own. A host name that ends in `-all` is
 * no broken term, so nobody asks about it.
 */
#ifndef ZM_LINT_RULES_SPLIT_H
#define ZM_LINT_RULES_SPLIT_H

#include "lint/rules/look.h"

/* More is no slip of the pen. It also bounds the time: each way to cut is tried. */
enum { ZM_SPLIT_MAX = 8, ZM_SPLIT_TEXT_MAX = 512 };

struct zm_split {
	struct zm_span part[ZM_SPLIT_MAX]; /* of the text, without gaps */
	size_t count;                      /* 2 or more */
	bool certain; /* there is no other way to cut, and no other way to read the text */
};

/* False when the text falls into no such parts; `split` is then undefined. */
bool zm_split_find(struct zm_split *split, struct zm_str text);

#endif
