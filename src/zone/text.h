/*
 * text: what the character-strings of a TXT record say, joined as a receiver joins them (RFC 7208
 * 3.3), and for each byte of it the place in the file that it was written at.
 *
 *	TXT "v=spf1 a\059" " -all"     says   v=spf1 a; -all
 *	    ^12                        byte 8 (`;`) was written at [21, 25), byte 9 at [28, 29)
 *
 * No table of places is kept: a zone may hold half a million texts and asks for the places of few.
 */
#ifndef ZM_ZONE_TEXT_H
#define ZM_ZONE_TEXT_H

#include "base/arena.h"
#include "base/name.h"
#include "zone/scan.h"

/* One character-string: a WORD or QUOTED token. */
struct zm_text_string {
	struct zm_span at;    /* the token in the file, quotes included */
	struct zm_span bytes; /* what it says, in zm_text.bytes */
	bool quoted;
};

struct zm_text {
	struct zm_str bytes; /* joined and unescaped: a view of the file where that is the same */
	struct zm_str file;
	const struct zm_text_string *string;
	size_t strings;
	bool generic; /* written as RFC 3597 `\# 5 04616263`: `string` is then the hex words, as one
		       */
};

/*
 * Joins the WORD and QUOTED tokens among `token`, which are of text->file; the caller sets that.
 * Fails on a broken escape (`\` at the end, `\12`, `\256`) or broken `\#` data: `*bad` is its
 * place. Strings over 255 bytes are joined all the same; it is for others to mind them.
 */
bool zm_text_join(struct zm_text *text, struct zm_arena *arena, const struct zm_token *token,
		  size_t count, struct zm_span *bad);

/*
 * The place in the file of bytes [start, end) of the text: from the first one's place to the last
 * one's, with whatever lies between. Of an empty span: the empty place before byte `start` in the
 * string that holds it, or after the last byte. Of a generic text: all of its words.
 */
struct zm_span zm_text_place(const struct zm_text *text, struct zm_span bytes);

/* The same for bytes of one string, where `bytes` lies inside text->string[i].bytes. */
struct zm_span zm_text_place_in(const struct zm_text *text, size_t i, struct zm_span bytes);

/* How many bytes of `file` the character at `at` takes, escape included, and which byte it says; 0:
 * a broken escape. */
size_t zm_text_char(struct zm_str file, size_t at, size_t end, char *byte);

#endif
