/*
 * lex: the words, blocks and comments of named.conf.
 *
 *	zone "example.com" { type primary; };      WORD QUOTED OPEN WORD WORD SEMICOLON CLOSE
 *SEMICOLON
 */
#ifndef ZM_CONF_LEX_H
#define ZM_CONF_LEX_H

#include "base/arena.h"
#include "base/source.h"

enum zm_conf_kind {
	ZM_CONF_END,
	ZM_CONF_WORD,
	ZM_CONF_QUOTED,
	ZM_CONF_OPEN,
	ZM_CONF_CLOSE,
	ZM_CONF_SEMICOLON,
	ZM_CONF_BROKEN, /* `text` is a constant phrase that says why */
};

struct zm_conf_token {
	enum zm_conf_kind kind;
	struct zm_str text; /* of a QUOTED one what is between the quotes, escapes as they stand */
	size_t at;
};

/* The token at or after `*at`, comments passed over; `*at` is then behind it. */
struct zm_conf_token zm_conf_next(struct zm_str bytes, size_t *at);

/* The token's value: as in named, a backslash counts before a quote only. */
struct zm_str zm_conf_text(struct zm_arena *arena, const struct zm_conf_token *token);

#endif
