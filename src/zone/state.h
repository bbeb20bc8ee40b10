/*
 * state: what is in force while the entries of a zone go by; shared by walk.c, directive.c and
 * generated.c, nobody else.
 */
#ifndef ZM_ZONE_STATE_H
#define ZM_ZONE_STATE_H

#include "zone/head.h"
#include "zone/include.h"
#include "zone/keep.h"
#include "zone/fast/skim.h"
#include "zone/walk.h"

struct zm_generation;

/* One open file, or the lines of a $GENERATE: an included one has an origin and owners of its own
 * (RFC 1035 5.1). */
struct zm_walk_file {
	struct zm_scan scan;
	struct zm_source *source;
	const struct zm_include *include; /* NULL for the zone's own file */
	struct zm_name origin;
	struct zm_name_buf owner;
	size_t entry;   /* where the one being read begins */
	bool has_named; /* an owner was written, if only a broken one */
	bool has_owner;
	bool in_zone;                     /* the owner is at or below the apex */
	bool is_noted;                    /* the skim knows this owner */
	struct zm_generation *generation; /* NULL for a file */
};

struct zm_walk {
	struct zm_arena own; /* holds this struct alone */
	struct zm_arena *arena;
	const struct zm_load_options *options;
	struct zm_zone *zone;
	struct zm_walk_file file[ZM_INCLUDE_DEPTH_MAX + 2]; /* the last for a $GENERATE */
	size_t depth; /* of the file being read; SIZE_MAX when all are read */
	size_t fault_capacity;
	size_t source_capacity;
	uint32_t generated; /* records, and bytes of their lines */
	size_t generated_bytes;
	uint32_t noted; /* bits of what differ.c has said */
	bool stopped;
	bool lacked_owner; /* a record inherits an owner where none was read */
	size_t end;        /* of the zone's own file: no entry is read that starts there or later */
	struct zm_skim *skim;     /* NULL: every record is to be seen */
	struct zm_keeper *keeper; /* with `skim`: has what is kept of plain lines */
	struct zm_lines *lines;   /* of the last of them */
	struct zm_ttl ttl;        /* an included file sets it for what comes after it, too */
};

static inline struct zm_walk_file *zm_walk_file(struct zm_walk *walk)
{
	return &walk->file[walk->depth];
}

/* From here on plain lines are skimmed, and zone->names is kept. The records on them that somebody
 * wants are the keeper's at once; no caller of the walk sees them. */
void zm_walk_skim(struct zm_walk *walk, struct zm_keeper *keeper);

/* From here on plain lines are skimmed but those of the wanted names, and nothing is kept. */
void zm_walk_seek(struct zm_walk *walk, const struct zm_wanted *wanted);

/* Reads on over plain lines. */
void zm_walk_plain(struct zm_walk *walk);

void zm_walk_add_fault(struct zm_walk *walk, struct zm_fault fault);

/* About a record's type, or the $GENERATE that made the record. */
struct zm_fault zm_fault_of(const struct zm_record *record, enum zm_fault_kind kind);

/* The same after the walk: `fault` has its source and entry. */
void zm_walk_add_late_fault(struct zm_walk *walk, struct zm_fault fault);

/* The message is constant or in the arena. */
void zm_walk_blame(struct zm_walk *walk, enum zm_fault_kind kind, struct zm_span at,
		   const char *message);

/* The same about a record whose owner has been read. */
void zm_walk_blame_record(struct zm_walk *walk, enum zm_fault_kind kind, struct zm_span at,
			  const char *message);

struct zm_span zm_entry_span(const struct zm_entry *entry, size_t i);

/* The token's bytes, without its quotes. */
struct zm_str zm_walk_word(struct zm_walk *walk, const struct zm_entry *entry, size_t i);

/* Obeys a directive; `first` is its token. An $INCLUDE makes the included file the one being read.
 */
void zm_walk_directive(struct zm_walk *walk, const struct zm_entry *entry, size_t first);

/* Obeys $GENERATE: its lines become what is being read. */
void zm_walk_generate(struct zm_walk *walk, const struct zm_entry *entry, size_t first);

/* Makes the next line of the $GENERATE being read; false after the last. */
bool zm_walk_generate_next(struct zm_walk *walk);

/* Moves a fault of a line that was made to the directive that made it; false where the directive
 * has been blamed enough. Where no $GENERATE is being read: true. */
bool zm_walk_generate_blames(struct zm_walk *walk, struct zm_fault *fault, bool is_harmless);

#endif
