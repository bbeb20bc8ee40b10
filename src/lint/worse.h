/*
 * worse: fixes that mend one thing and break another: that lead a receiver to a permerror, over ten
 * lookups or to a name without a record, or let everybody pass.
 */
#ifndef ZM_LINT_WORSE_H
#define ZM_LINT_WORSE_H

#include "lint/lint.h"

/* Takes the fix from those findings from number `before` on that change the record's text so, alone
 * or with others of their stage, and says why. */
void zm_withhold_worse(struct zm_lint *lint, const struct zm_lint_record *record, size_t before);

#endif
