/*
 * order: findings in the order in which people read them.
 */
#ifndef ZM_LINT_ORDER_H
#define ZM_LINT_ORDER_H

/* For qsort() of struct zm_finding *: by file, then by place, then by the catalogue's order. */
int zm_finding_compare(const void *a, const void *b);

#endif
