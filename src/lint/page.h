/*
 * page: the rules' pages, docs/rules/NAME.md, as the binary carries them for `zonemend explain`.
 */
#ifndef ZM_LINT_PAGE_H
#define ZM_LINT_PAGE_H

#include "base/str.h"

struct zm_page {
	const char *name; /* the rule's; NULL ends the table */
	const char *start;
	const char *end;
};

/* Made from docs/rules/ at build time. */
extern const struct zm_page zm_page[];

#endif
