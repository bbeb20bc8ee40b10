/*
 * head: the shape of an entry: nothing, a directive, or a record with its owner, TTL, class and
 *type.
 *
 *	www 1h IN TXT "a"        record: owner `www`, ttl `1h`, class `IN`, type `TXT`, rdata from
 *the blank before `"a"`
 */
#ifndef ZM_ZONE_HEAD_H
#define ZM_ZONE_HEAD_H

#include "zone/scan.h"

enum zm_entry_kind {
	ZM_ENTRY_BLANK, /* blanks, comments, line ends, empty parentheses */
	ZM_ENTRY_DIRECTIVE,
	ZM_ENTRY_RECORD,
	ZM_ENTRY_BROKEN, /* `why` and `bad` say where */
};

/* Tokens are numbered within the entry; SIZE_MAX where there is none. */
struct zm_head {
	enum zm_entry_kind kind;
	size_t first; /* the first WORD or QUOTED token: owner or directive */
	size_t owner; /* SIZE_MAX: the owner is the last record's */
	size_t ttl_token;
	size_t class_token;
	size_t type_token;
	uint32_t ttl;   /* with ttl_token; not yet bounded by ZM_TTL_MAX */
	uint16_t class; /* IN where none is written */
	uint16_t type;
	const char *why; /* BROKEN: a constant phrase */
	size_t bad;      /* BROKEN: the token to blame */
};

/* The number of the next WORD or QUOTED token at or after `from`, or SIZE_MAX. */
size_t zm_entry_word(const struct zm_entry *entry, size_t from);

/* The token's bytes, without its quotes. */
struct zm_str zm_entry_text(const struct zm_entry *entry, size_t i, struct zm_str bytes);

/* Reads the shape of an entry without fault. */
void zm_head_read(struct zm_head *head, const struct zm_entry *entry, struct zm_str bytes);

#endif
