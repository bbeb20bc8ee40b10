/*
 * load: a whole file → a zone, with the records that somebody asks for. For a look at every record
 *in turn, keeping none, see walk.h.
 *
 *	struct zm_zone *zone = zm_zone_load(&arena, source, &options);
 *
 * Reading never fails: what is wrong in the text is a fault in the zone.
 */
#ifndef ZM_ZONE_LOAD_H
#define ZM_ZONE_LOAD_H

#include "base/pool.h"
#include "zone/zone.h"

#include <stdatomic.h>

enum {
	ZM_INCLUDE_DEPTH_MAX = 10,
	ZM_INCLUDES_MAX = 1000, /* in one zone, each $INCLUDE counted */
};

/* A bit of zm_load_options.keep. SOA and SPF records, TXT records that mention SPF, and the apex's
 * NS and TXT records are always kept. */
#define ZM_KEEP(type) (UINT64_C(1) << (type))
#define ZM_KEEP_ALL   UINT64_MAX /* of every type, those above 63 too */

static inline bool zm_keeps(uint64_t keep, uint16_t type)
{
	return keep == ZM_KEEP_ALL || (type < 64 && (keep & ZM_KEEP(type)) != 0);
}

/* Where the files of $INCLUDE are, in place of the file system. */
struct zm_files {
	/* Sets the bytes of the file of that path, which live as long as the arena, and its stat
	 * where it is one that somebody has looked at; false: there is none. */
	bool (*read)(void *context, struct zm_arena *arena, const char *path,
		     struct zm_source *source);
	void *context;
};

struct zm_load_options {
	struct zm_name origin; /* unset: told from the content, then from the file's name */
	enum zm_origin_from origin_from; /* with `origin`: who said so */
	const char *const *view;         /* of the server, see zm_zone; lives as long as the zone */
	size_t views;
	uint64_t keep;           /* ZM_KEEP() of the types to keep, those below 64 */
	const char *root;        /* $INCLUDE may not leave this folder; NULL: no bound */
	struct zm_pool *pool;    /* to read large files with; NULL: this thread alone */
	size_t piece;            /* bytes that one thread reads at a time; 0: what suits the file */
	atomic_size_t *progress; /* bytes of the file that were read are added; NULL: nobody asks */
	const char *include_base;     /* named.conf's directory; NULL: the current folder */
	const struct zm_files *files; /* NULL: the file system */
};

/* Whether a record of this type may be among those that a load keeps. */
bool zm_load_may_keep(const struct zm_load_options *options, uint16_t type);

/* What is known of a zone as a whole, all of it in `arena`: no records but the SOA, no names, no
 * faults. So the memory of a zone about which there is nothing more to say may go; its source has
 * to stay, but not the bytes. For a zone of one file. */
struct zm_zone *zm_zone_outline(struct zm_arena *arena, const struct zm_zone *zone);

/* Always returns a zone; `source` (and the options' pointers) must live as long as the arena. */
struct zm_zone *zm_zone_load(struct zm_arena *arena, struct zm_source *source,
			     const struct zm_load_options *options);

#endif
