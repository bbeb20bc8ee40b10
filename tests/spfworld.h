/*
 * spfworld: a small DNS made from bytes: names with records of every kind that SPF asks for, SPF
 * records that lead to each other, names that do not exist, that fail, and that nobody knows.
 *
 *	n0.example ... n5.example     with SPF records, MX, addresses, or without
 *	h0.example ... h5.example     hosts
 *	anything.x.example            answers by its hash, for macros
 *	e0.example                    fails
 *	o0.test, o1.test              outside
 *
 * zm_world_check() claims, of the world that the bytes make, that the three ways to look at a
 *record say the same: check_host() for one client, the verdict on every address, the count of the
 *worst case.
 */
#ifndef ZM_TESTS_SPFWORLD_H
#define ZM_TESTS_SPFWORLD_H

#include "base/str.h"

/* Prints what does not hold, with the world that it does not hold in. */
bool zm_world_check(const uint8_t *data, size_t size);

#endif
