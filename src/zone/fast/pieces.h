/*
 * pieces: one large file read by several threads, with the same outcome as by one.
 *
 * The file is cut before lines that begin with an owner. Each piece is walked on its own, under a
 * guess at what is in force where it begins: that an entry begins there, and the $ORIGIN and $TTL
 * that were last seen before it. Then the pieces are joined in their order: one whose guess was
 * right is taken over as it is, any other is walked once more where its turn comes. So a wrong
 * guess costs time and nothing else.
 */
#ifndef ZM_ZONE_FAST_PIECES_H
#define ZM_ZONE_FAST_PIECES_H

#include "zone/keep.h"

enum { ZM_PIECES_MIN = 1 << 20 }; /* bytes: a smaller file is read before a thread wakes */

/* False, and nothing is done, where the file is too small, says $INCLUDE or $GENERATE, or there is
 * one thread only. The walk is one that was just started. */
bool zm_pieces_load(struct zm_walk *walk, struct zm_keeper *keeper);

#endif
