/*
 * differ: ways of writing that named reads and another server does not, as measured with BIND 9.18,
 * NSD 4.6, Knot 3.2 and PowerDNS. Each is said once a zone, at its first place.
 */
#ifndef ZM_ZONE_DIFFER_H
#define ZM_ZONE_DIFFER_H

#include "zone/state.h"

/* Notes what servers read differently in a record whose head was read. */
void zm_differ_record(struct zm_walk *walk, const struct zm_entry *entry,
		      const struct zm_head *head);

/* Likewise in a directive; `first` is its token, `argument` that of its first argument. */
void zm_differ_directive(struct zm_walk *walk, const struct zm_entry *entry, size_t first,
			 size_t argument);

#endif
