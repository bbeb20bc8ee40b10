/*
 * print: terms → text. Two records whose canonical forms are equal mean the same to every receiver.
 *
 *	v=spf1  +IP4:192.0.2.9/24 redirect=X.example. MX/32 -all
 *	v=spf1 ip4:192.0.2.0/24 mx -all redirect=x.example
 *
 * Canonical is: one blank between terms; keywords and domains in lower case, but for the letter of
 *a macro; no final dot, no `+`, no bits below the prefix, no prefix that says "all bits"; addresses
 *by RFC 5952; mechanisms in their order, then modifiers in theirs (RFC 7208 6). A term that is not
 * sound stays as it is written.
 */
#ifndef ZM_SPF_PRINT_H
#define ZM_SPF_PRINT_H

#include "base/buf.h"
#include "spf/parse.h"

void zm_spf_print(struct zm_buf *out, const struct zm_spf_record *record);
void zm_spf_print_term(struct zm_buf *out, const struct zm_spf_term *term);

/*
 * Where a text of more than 255 bytes that starts at `from` is to be cut, so that the parts fit
 * into character-strings (RFC 7208 3.3): behind the last blank that leaves at most 255 bytes before
 * it, or after 255 bytes where there is none. The text's length when it needs no cut. The parts,
 * joined without anything between, are the text.
 */
size_t zm_spf_cut(struct zm_str text, size_t from);

#endif
