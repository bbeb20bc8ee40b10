/*
 * skim: runs of plain lines, read at the speed of the bytes.
 *
 *	example  3600 IN NS ns1.example.net. ; as most lines of most zones are
 *
 * A line is plain when it holds one record of a common type, without escapes, parentheses or
 *anything else that asks for care, and nothing is wrong with it. What is plain is decided on the
 *safe side; every other line is left to the walk, which would have read the plain ones just the
 *same, only slower: that both agree is a test.
 */
#ifndef ZM_ZONE_FAST_SKIM_H
#define ZM_ZONE_FAST_SKIM_H

#include "zone/whole/names.h"
#include "zone/zone.h"

/* Which TTL a record has that writes none (RFC 1035 5.1, RFC 2308 4). */
struct zm_ttl {
	uint32_t fallback; /* $TTL, or the SOA's minimum */
	uint32_t last;     /* the last record's */
	bool has_fallback;
	bool has_last;
	bool was_set;       /* the first of the two, by what was read */
	bool was_inherited; /* a record took one of the two, or lacked both */
};

/* What a plain line may depend on, and what it leaves behind. */
struct zm_skim {
	/* For the whole zone: */
	uint64_t apex_hash;
	struct zm_str apex_text; /* as a plain absolute name; empty where it cannot be written so */
	uint64_t keep;           /* ZM_KEEP() of the types of which every record is kept */
	struct zm_names *names;  /* NULL: nobody asks */
	const struct zm_wanted *wanted; /* names whose records are not to be skimmed, and nothing
					   is kept; NULL: none */
	bool is_padded;                 /* as in struct zm_source, for the file being read */
	/* For the origin in force: */
	const uint8_t *origin_wire; /* tells that the origin has changed */
	uint64_t origin_hash;
	size_t origin_len; /* of the wire form; 0: it lies outside of the zone */
	/* From line to line: */
	struct zm_span owner; /* the last owner as written; empty: none since the last odd line */
	uint64_t owner_hash;
	unsigned kinds; /* of the records seen at that owner, one after another */
	bool has_owner; /* `owner_hash` is that of the last record, also where the walk read it */
	struct zm_ttl ttl;
	size_t records; /* seen so far, kept or not */
};

/* The record on a plain line, for whoever keeps it. */
struct zm_skim_record {
	struct zm_span at; /* the whole line */
	struct zm_span owner_at;
	uint64_t
		owner_dots; /* of a line that was read again: bit i: byte i of the owner is a dot */
	struct zm_span ttl_at; /* these two are empty, at the line's start, where not written */
	struct zm_span class_at;
	struct zm_span type_at;
	struct zm_span data_at; /* of a text: one string with its quotes */
	struct zm_span comment_at;
	uint16_t type;
	uint32_t ttl;
	unsigned beside; /* as in struct zm_record */
};

enum zm_skim_stop {
	ZM_SKIM_ODD,  /* the line at `*at` is not plain, or the bytes end too soon to tell */
	ZM_SKIM_KEPT, /* `record` was read, and `*at` is the line after it */
};

void zm_skim_init(struct zm_skim *skim, struct zm_arena *arena, struct zm_name apex, uint64_t keep);

/*
 * Reads on from `*at`, which is where an entry starts, as far as lines are plain and end before
 * the bytes do. What is kept stops it: besides skim->keep, texts that mention SPF, and the apex's
 * texts and NS records.
 */
enum zm_skim_stop zm_skim_run(struct zm_skim *skim, struct zm_str bytes, size_t *at,
			      struct zm_skim_record *record);

/*
 * Reads the line at `at` again, where an owner was written and the skim has stopped for its text.
 * TTL and kinds are not set. False where the bytes are no longer what they were, as those of a file
 * that is written while it is read.
 */
bool zm_skim_again(const struct zm_source *source, size_t at, struct zm_skim_record *text);

/* Whether a TXT's text may be SPF, or was meant to be: it holds `spf` in any case. */
bool zm_skim_mentions_spf(struct zm_str text);

#endif
