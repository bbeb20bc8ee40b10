/*
 * spfclaims: of the world that bytes make (spfworld.h), the three ways to look at a record say the
 * same: check_host() for one client, the verdict on every address, the count of the worst case;
 * also when what lies outside turns out to hold nothing, or everything. And two records differ for
 * the addresses that the changes from one to the other hold, and no others.
 */
#ifndef ZM_TESTS_SPFCLAIMS_H
#define ZM_TESTS_SPFCLAIMS_H

#include "base/str.h"

/* Prints what does not hold, with the world that it does not hold in. */
bool zm_claims_hold(const uint8_t *data, size_t size);

#endif
