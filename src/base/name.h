/*
 * name: domain names (RFC 1035 3.1, RFC 4343), held in wire form: one length byte a label, ended by
 *the root's 0. The wire form compares exactly whatever escapes the file used. A struct zm_name is a
 *view, a struct zm_name_buf is storage.
 *
 *	example.com.   is   07 e x a m p l e 03 c o m 00   (13 bytes)
 */
#ifndef ZM_BASE_NAME_H
#define ZM_BASE_NAME_H

#include "base/arena.h"
#include "base/str.h"

enum { ZM_NAME_MAX = 255, ZM_LABEL_MAX = 63 }; /* RFC 1035 2.3.4 */
enum { ZM_STRING_MAX = 255 };                  /* bytes of a character-string, RFC 1035 3.3 */

struct zm_name {
	const uint8_t *wire; /* NULL: no name */
	size_t len;          /* 1 to 255, the root's 0 counted */
};

struct zm_name_buf {
	uint8_t wire[ZM_NAME_MAX];
	uint8_t len;
};

static inline struct zm_name zm_name_of(const struct zm_name_buf *buf)
{
	return (struct zm_name){buf->wire, buf->len};
}

static inline bool zm_name_is_set(struct zm_name name)
{
	return name.wire != NULL && name.len > 0;
}

/*
 * Reads a name in zone file notation: `\.` and `\DDD` escapes, `@` for the origin, relative when no
 * dot ends it. Fails when a label is empty or over 63 bytes, the name over 255, an escape broken,
 * or the name relative with no origin set;
 * `*why` is then a constant phrase such as "label longer than 63 bytes", and `out` is undefined.
 */
bool zm_name_parse(struct zm_name_buf *out, struct zm_str text, struct zm_name origin,
		   const char **why);

/* Reads a name as SPF and policies write it: no escapes, always absolute, a final dot allowed.
 * Fails as zm_name_parse() does. */
bool zm_name_from_domain(struct zm_name_buf *out, struct zm_str text, const char **why);

bool zm_name_eq(struct zm_name a, struct zm_name b);     /* case ignored */
int zm_name_compare(struct zm_name a, struct zm_name b); /* an order to sort by, 0 when equal */
bool zm_name_is_below(struct zm_name name, struct zm_name parent); /* at or below */
bool zm_name_is_wildcard(struct zm_name name);                     /* first label is `*` */
uint32_t zm_name_hash(struct zm_name name);                        /* case ignored */
size_t zm_name_labels(struct zm_name name);                        /* the root not counted */
struct zm_name zm_name_parent(struct zm_name name);                /* of the root: unset */

enum { ZM_NAME_PATH_MAX = 128 }; /* a name and all above it: 127 labels, and the root */

/* A name and those above it, the root last, each with its hash. */
struct zm_name_path {
	size_t count;
	uint32_t hash[ZM_NAME_PATH_MAX];
	struct zm_name name[ZM_NAME_PATH_MAX];
};

/* Views of `name`. Takes no longer than one zm_name_hash(). */
void zm_name_split(struct zm_name_path *path, struct zm_name name);

struct zm_name zm_name_copy(struct zm_arena *arena, struct zm_name name);

/* Zone file notation, absolute (`example.com.`), every byte that is not printable ASCII as `\DDD`.
 */
struct zm_str zm_name_text(struct zm_arena *arena, struct zm_name name);

/* As SPF writes it: labels with dots between them, no escapes, no final dot; of the root, nothing.
 */
struct zm_str zm_name_domain(struct zm_arena *arena, struct zm_name name);

#endif
