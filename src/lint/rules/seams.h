/*
 * seams: where the strings of a record meet. A receiver joins them without anything between them
 * (RFC 7208 3.3), so that a blank that stood between two strings is lost.
 */
#ifndef ZM_LINT_RULES_SEAMS_H
#define ZM_LINT_RULES_SEAMS_H

#include "zone/text.h"

/*
 * Whether these bytes, which no blank parts, fall into terms where strings meet among them: `mx` |
 * `include:x.example`. The rules on seams speak about them then.
 */
bool zm_seams_part(const struct zm_text *text, struct zm_span bytes);

#endif
