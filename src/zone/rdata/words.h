/*
 * words: the words of a record's data, one after another, and what is said of a bad one.
 *
 *	struct zm_words words = {.record = record, .arena = arena, .fault = fault};
 *	while (zm_words_next(&words)) ...
 */
#ifndef ZM_ZONE_RDATA_WORDS_H
#define ZM_ZONE_RDATA_WORDS_H

#include "zone/rdata/field.h"
#include "zone/zone.h"

struct zm_words {
	const struct zm_record *record;
	struct zm_arena *arena; /* for messages only */
	struct zm_fault *fault;
	size_t at;                    /* the token to look at next */
	const struct zm_token *token; /* the current one; NULL before the first */
	struct zm_field_word word;
};

/* Moves on; false where the words have ended: the current one stays the last. */
bool zm_words_next(struct zm_words *words);

/* Whether the word after the current one touches it. */
bool zm_words_touch(const struct zm_words *words);

/* Always false: fills the fault with the current word's place, the type's where there is none. */
bool zm_words_fail(struct zm_words *words, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same at the type: a field is missing. */
bool zm_words_lack(struct zm_words *words, const char *type, const char *field);

/* The next word as a field of one word; false, and the fault, where it is missing or wrong. */
bool zm_words_field(struct zm_words *words, enum zm_field field, const char *type, const char *name,
		    uint32_t *number);

/* True where no word is left. */
bool zm_words_end(struct zm_words *words, const char *type);

#endif
