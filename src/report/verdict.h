/*
 * verdict: a verdict in words.
 *
 *	pass  |  pass if include:_spf.x.example matches, else fail  |  what redirect=x.example says
 */
#ifndef ZM_REPORT_VERDICT_H
#define ZM_REPORT_VERDICT_H

#include "base/buf.h"
#include "spf/verdict.h"

struct zm_str zm_verdict_text(struct zm_arena *arena, const struct zm_verdicts *pool,
			      uint32_t verdict);

#endif
