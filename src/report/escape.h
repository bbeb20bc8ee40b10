/*
 * escape: bytes from a zone, a policy or a path → text that a terminal, a shell or a JSON reader
 * takes for what it is.
 *
 * A zone may hold any byte. What could steer a terminal (control bytes), is no UTF-8, or would turn
 * the order of what is read (bidirectional marks) is written as zone files write it: `\DDD`, one a
 * byte.
 */
#ifndef ZM_REPORT_ESCAPE_H
#define ZM_REPORT_ESCAPE_H

#include "base/buf.h"

enum { ZM_GLYPH_MAX = 16 }; /* four bytes, each as `\DDD` */

/* One character as it is displayed. */
struct zm_glyph {
	char text[ZM_GLYPH_MAX];
	size_t len;   /* bytes of `text` */
	size_t width; /* columns on a terminal, 1 or more */
	size_t eaten; /* bytes of the input that it stands for, 1 or more */
};

/* The character that starts at byte `at` of `text`, which is before its end. */
struct zm_glyph zm_glyph_at(struct zm_str text, size_t at);

/* How many bytes of [at, end) in a row are printable ASCII: each is a glyph of one column, as it
 * is. */
size_t zm_glyph_plain(struct zm_str text, size_t at, size_t end);

void zm_escape(struct zm_buf *out, struct zm_str text);

/* One word for a POSIX shell; in single quotes where it would not stay one word as it is. */
void zm_escape_shell(struct zm_buf *out, struct zm_str word);

/* The same text as valid UTF-8: each byte that is in no valid sequence becomes U+FFFD. */
void zm_utf8_repair(struct zm_buf *out, struct zm_str text);

#endif
