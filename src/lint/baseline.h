/*
 * baseline: the findings that were there on some day, so that only new ones are seen. Sorted YAML,
 * to be read in a review:
 *
 *	version: 1
 *	findings:
 *	  - rule: ptr-mechanism
 *	    zone: example.com.
 *	    owner: www.example.com.
 *	    record: "v=spf1 ptr -all"
 *
 * A finding is told by its rule, zone, owner and the text of its record, never by a line. Of a TXT
 * record that was not meant to be SPF the text is left out. `count: 3` lets three alike be.
 */
#ifndef ZM_LINT_BASELINE_H
#define ZM_LINT_BASELINE_H

#include "base/buf.h"
#include "lint/lint.h"

enum { ZM_BASELINE_BYTES_MAX = 1 << 28 };

struct zm_baseline_entry {
	struct zm_str rule;
	struct zm_str zone;
	struct zm_str owner;  /* empty: none */
	struct zm_str record; /* bytes that are not printable ASCII, and backslashes, as \DDD */
	uint64_t count;       /* how many alike, 1 or more */
	uint64_t used;        /* how many of them were met */
	size_t line;          /* in the file it was read from */
};

struct zm_baseline {
	struct zm_arena *arena;
	struct zm_baseline_entry *item; /* sorted by zone, owner, rule and record */
	size_t count;
	size_t capacity;
};

/* Fails on anything that is no baseline; all is in the arena. */
bool zm_baseline_read(struct zm_baseline *baseline, struct zm_arena *arena, const char *file,
		      struct zm_str bytes, struct zm_policy_faults *faults);

/* Whether the finding is one that is let be; it is then used up. */
bool zm_baseline_lets(struct zm_baseline *baseline, const struct zm_finding *finding);

/* Adds a finding; zm_baseline_settle() before the next use. */
void zm_baseline_add(struct zm_baseline *baseline, const struct zm_finding *finding);

/* Sorts, and makes one of those alike. */
void zm_baseline_settle(struct zm_baseline *baseline);

void zm_baseline_write(struct zm_buf *out, const struct zm_baseline *baseline);

/* Whether the bytes begin like a baseline that zonemend wrote. */
bool zm_baseline_is(struct zm_str bytes);

#endif
