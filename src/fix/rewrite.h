/*
 * rewrite: the files of one zone that get new bytes. A file that the zone includes several times is
 * one file: what is done to it at one of its places is done at all of them.
 *
 *	uneven = zm_rewrites_unite(&edits, zone);              NULL: every file's edits agree
 *	zm_rewrites_apply(&files, &target, &edits);            → new bytes of each
 *	load.files = zm_rewrites_give(arena, &files, first);   → the zone, read again with them
 */
#ifndef ZM_FIX_REWRITE_H
#define ZM_FIX_REWRITE_H

#include "fix/edit.h"
#include "zone/load.h"

/* A file that has other bytes than when it was read. */
struct zm_rewrite {
	const struct zm_source *source; /* as it was read first */
	struct zm_str bytes;
};

struct zm_rewrites {
	struct zm_rewrite *item;
	size_t count;
	size_t capacity;
};

/* The file among `files`, or NULL: it has its old bytes. */
const struct zm_rewrite *zm_rewrites_find(const struct zm_rewrites *files,
					  const struct zm_source *source);

void zm_rewrites_add(struct zm_rewrites *files, struct zm_arena *arena, struct zm_rewrite file);

/*
 * Of a file that the zone includes at several places, the edits at all places must be the same:
 * then those of the first place stay and the others go. NULL: they are; else a file of which they
 * are not. The edits are settled before and after.
 */
const struct zm_source *zm_rewrites_unite(struct zm_edits *edits, const struct zm_zone *zone);

struct zm_rewrites_target {
	const struct zm_zone *first; /* as it was read */
	struct zm_arena *list;       /* in which `files` grows */
	struct zm_arena *bytes;      /* for all new bytes, also of files that no edit concerns */
};

/* Brings `files` up to date with the edits, which are settled, united, and of the bytes that the
 * zone's sources have now. */
void zm_rewrites_apply(struct zm_rewrites *files, const struct zm_rewrites_target *target,
		       const struct zm_edits *edits);

/* The files of a zone as it is to be read again: what was read of `first`, but for those that have
 * new bytes, now. The bytes must live as long as what is returned, which is in `arena`. */
const struct zm_files *zm_rewrites_give(struct zm_arena *arena, const struct zm_rewrites *files,
					const struct zm_zone *first);

/* The zone's own file, likewise. */
struct zm_source *zm_rewrites_own(struct zm_arena *arena, const struct zm_rewrites *files,
				  const struct zm_zone *first);

#endif
