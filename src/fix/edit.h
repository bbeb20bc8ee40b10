/*
 * edit: byte edits of one file. An edit replaces the bytes [start, end) by others; edits of a list
 * never overlap and are sorted. Two insertions at one place keep their order.
 */
#ifndef ZM_FIX_EDIT_H
#define ZM_FIX_EDIT_H

#include "base/arena.h"
#include "base/source.h"

struct zm_edit {
	struct zm_source *source;
	struct zm_span at;  /* bytes of the source that go; empty: an insertion */
	struct zm_str text; /* bytes that come */
};

struct zm_edits {
	struct zm_edit *item;
	size_t count;
	size_t capacity;
	size_t settled; /* so many items at the front are known to be sorted and apart */
};

/* Items may be dropped from the end of a list by lowering its count, else only these change it. */
void zm_edits_add(struct zm_edits *edits, struct zm_arena *arena, struct zm_edit edit);

/*
 * Sorts by place, keeping the order of insertions at one place; an insertion comes before a
 * replacement that starts where it stands. Items that were added in order since the last time cost
 * only themselves. False when two overlap: then nothing may be applied.
 */
bool zm_edits_settle(struct zm_edits *edits);

/*
 * Whether an edit of `a` touches a byte or an insertion point of an edit of `b`: an insertion
 * touches every edit that reaches its place, also one that only ends or starts there, since the
 * order of the two would then be a guess. Fast when the longer list is settled.
 */
bool zm_edits_overlap(const struct zm_edits *a, const struct zm_edits *b);

/* The bytes with all edits applied, in the arena. The edits are settled and all of one source. */
struct zm_str zm_edits_apply(const struct zm_edits *edits, struct zm_arena *arena,
			     struct zm_str bytes);

#endif
