/*
 * plain: the records on plain lines; of most texts among them a zone keeps the places alone.
 */
#ifndef ZM_ZONE_FAST_PLAIN_H
#define ZM_ZONE_FAST_PLAIN_H

#include "zone/zone.h"

/* The record that stands there, read and made anew; all of it lies in the arena. Of a file that was
 * written over meanwhile: one that says nothing. */
const struct zm_record *zm_plain_record(struct zm_arena *arena, const struct zm_kept *kept);

#endif
