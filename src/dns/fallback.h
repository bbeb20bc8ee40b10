/*
 * fallback: two resolvers as one. What the first does not know is asked of the second, from where
 * the first one's aliases led.
 */
#ifndef ZM_DNS_FALLBACK_H
#define ZM_DNS_FALLBACK_H

#include "spf/resolve.h"

struct zm_fallback {
	struct zm_resolver first;
	struct zm_resolver second;
};

struct zm_resolver zm_fallback_resolver(struct zm_fallback *fallback);

#endif
