/*
 * schema: the policy language as a JSON Schema (2020-12), from the tables that the parser reads by.
 */
#ifndef ZM_POLICY_SCHEMA_H
#define ZM_POLICY_SCHEMA_H

#include "base/buf.h"
#include "policy/catalogue.h"

/* For editors: names, kinds, limits and a line on each key. What needs more than that to be judged,
 * contradictions above all, `policy check` finds. */
void zm_policy_schema(struct zm_buf *out, const struct zm_catalogue *catalogue);

#endif
