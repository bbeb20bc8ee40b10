/*
 * spf_suite: tests of check_host() as openspf.org's test suite writes them: YAML documents, each of
 * them tests and the DNS data that they see.
 *
 *	description: ...
 *	tests:
 *	  NAME: {host: 192.0.2.1, helo: h.example, mailfrom: a@b.example, result: fail,
 *	         explanation: text}
 *	zonedata:
 *	  b.example: [SPF: v=spf1 -all, A: 192.0.2.1, MX: [10, m.example], TIMEOUT]
 *
 * `result` may be a list of results that are all right. `explanation: DEFAULT` stands for none.
 * `SPF` is published as TXT unless the name has a TXT entry, and `TXT: NONE` is such an entry that
 * publishes nothing; a list of texts is one record of several strings. `TIMEOUT`, alone or as a
 * value, makes a query fail that finds nothing else.
 */
#ifndef ZM_TESTS_SPF_SUITE_H
#define ZM_TESTS_SPF_SUITE_H

#include "base/error.h"

#include <stdbool.h>

/* Adds every test of a file to CUnit's registry, a suite a document. False when the file cannot be
 * read or is no YAML. */
bool zm_spf_suite_add(const char *path, struct zm_error *err);

/* To be called after the tests have run. */
void zm_spf_suite_release(void);

#endif
