/*
 * read: a zone file as lines of pieces, for those who want to contradict zonemend: nothing here
 * knows of it or shares a line with it. RFC 1035 5.1 and no more: what each record's data means is
 * not asked, but for the serial of an SOA and the text of a TXT.
 */
#ifndef INDEPENDENT_READ_H
#define INDEPENDENT_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
	const char *data;
	size_t len;
};

enum piece_kind { BLANKS, LINE_END, COMMENT, OPENING, CLOSING, STRING };

struct piece {
	size_t start; /* bytes of the file, as everywhere */
	size_t end;
	enum piece_kind kind;
};

enum saying {
	SAYS_NOTHING, /* blank, or a comment */
	SAYS_ORDER,   /* $ORIGIN and the like */
	SAYS_OTHER,   /* a record of another type */
	SAYS_SOA,
	SAYS_TEXT, /* TXT that is not SPF */
	SAYS_SPF,  /* TXT that begins as SPF does, whatever case, quotes and blanks stand before */
};

/* A line, with all that parentheses make a part of it. */
struct line {
	size_t start;
	size_t end;   /* after its line end */
	size_t piece; /* the first one's number */
	size_t pieces;
	enum saying says;
	struct bytes word;   /* the owner as written here or by the line it is taken over from */
	struct bytes origin; /* that in force where the word stands */
	bool has_ttl;
	uint32_t ttl;      /* as written here, by $TTL, or by the record before it */
	size_t type;       /* records: the piece of the type */
	struct bytes text; /* TXT: all of its strings, unescaped */
	size_t longest;    /* TXT: bytes of the longest string */
	size_t serial;     /* SOA: the piece of the serial, or SIZE_MAX */
};

struct reading {
	struct bytes bytes;
	struct piece *piece;
	size_t pieces;
	struct line *line;
	size_t lines;
	void **own; /* what texts and origins live in */
	size_t owned;
};

/* `origin` is absolute and lives as long as the reading; so do the bytes. */
void reading_start(struct reading *reading, struct bytes bytes, const char *origin);
void reading_end(struct reading *reading);

bool same_bytes(struct bytes a, struct bytes b);
struct bytes bytes_at(const struct reading *reading, size_t start, size_t end);

/* Whether two lines have the same owner, however it is written. */
bool same_owner(const struct line *a, const struct line *b);

#endif
