/*
 * scan: bytes of a master file → entries of tagged tokens, without losing one byte (RFC 1035 5.1).
 *
 *	www  IN TXT ( "a b" ; why⏎
 *	     c )⏎
 *
 * is one entry: WORD "www", SPACE, WORD "IN", SPACE, WORD "TXT", SPACE, OPEN, SPACE, QUOTED "\"a
 *b\"", SPACE, COMMENT "; why", NEWLINE, SPACE, WORD "c", SPACE, CLOSE, NEWLINE. The tokens of an
 *entry touch each other and the entries of a file too: the file is exactly their concatenation,
 *also where it is broken.
 *
 *	struct zm_scan scan = zm_scan_start(bytes);
 *	struct zm_entry entry;
 *	while (zm_scan_next(&scan, &entry)) ...
 *	zm_scan_release(&scan);
 *
 * A broken entry is still an entry: `fault` says what is wrong with it and the scan goes on after
 *it.
 */
#ifndef ZM_ZONE_SCAN_H
#define ZM_ZONE_SCAN_H

#include "base/arena.h"
#include "base/str.h"

/* A record's RDATA has at most 65,535 bytes, so that no honest entry comes near. */
enum { ZM_ENTRY_TOKENS_MAX = 1 << 20 };

enum zm_token_kind {
	ZM_SPACE,   /* blanks and tabs */
	ZM_NEWLINE, /* LF, CR LF or a lone CR */
	ZM_COMMENT, /* from `;` to before the line end */
	ZM_OPEN,    /* ( */
	ZM_CLOSE,   /* ) */
	ZM_WORD,    /* unquoted, escapes and all */
	ZM_QUOTED,  /* from quote to quote, both included (the second missing in an unbalanced one)
		     */
};

struct zm_token {
	size_t start; /* bytes of the file, as everywhere */
	size_t end;
	enum zm_token_kind kind;
};

enum zm_scan_fault {
	ZM_SCAN_GOOD,
	ZM_SCAN_UNBALANCED_QUOTE, /* the line or the file ended inside quotes */
	ZM_SCAN_UNCLOSED_PAREN,   /* the file ended inside parentheses */
	ZM_SCAN_STRAY_CLOSE,      /* a `)` without its `(` */
	ZM_SCAN_NUL,              /* a NUL byte outside of quotes and comments */
	ZM_SCAN_TOO_LONG,         /* over ZM_ENTRY_TOKENS_MAX tokens: the entry was cut there */
	ZM_SCAN_REST,             /* what comes after the cut, up to the record's own end */
};

/* One directive, record, blank or comment line, with its line end: `count` tokens with no gap
 * between them. */
struct zm_entry {
	const struct zm_token *token; /* valid until the next zm_scan_next() */
	size_t count;
	struct zm_span at;
	enum zm_scan_fault fault; /* the first one in the entry */
	struct zm_span fault_at;
};

struct zm_scan {
	struct zm_str bytes;
	size_t at;              /* where the next entry starts */
	size_t depth;           /* in parentheses, after a cut; else 0 */
	bool is_cut;            /* the next entry is the rest of one that was cut */
	struct zm_token *token; /* of the current entry, in the scan's own arena */
	size_t capacity;
	struct zm_arena arena;
};

struct zm_scan zm_scan_start(struct zm_str bytes);
bool zm_scan_next(struct zm_scan *scan, struct zm_entry *entry); /* false at the end of the bytes */
void zm_scan_release(struct zm_scan *scan);

/* Those that are to outlive their entry. */
const struct zm_token *zm_tokens_copy(struct zm_arena *arena, const struct zm_token *token,
				      size_t count);

#endif
