/*
 * nameserver: the programs that load zone files, and the step that makes each of them read one
 * again. It is for a person to run: nothing here or elsewhere runs it.
 */
#ifndef ZM_ZONE_NAMESERVER_H
#define ZM_ZONE_NAMESERVER_H

#include "base/str.h"

enum { ZM_NAMESERVERS = 4 };

struct zm_nameserver {
	const char *reload; /* the command; the zone's name follows, without a final dot */
	const char *thaw;   /* likewise, for a zone that was frozen; NULL: there is no such thing */
	bool has_views;     /* ` IN VIEW` may follow */
};

/* As the option and the policy have them; ended by NULL. */
extern const char *const zm_nameserver_names[ZM_NAMESERVERS + 1];

/* In the same order: named first, which is also the one where nobody says which it is. */
extern const struct zm_nameserver zm_nameservers[ZM_NAMESERVERS];

/* The one of that name, or NULL. */
const struct zm_nameserver *zm_nameserver_find(struct zm_str name);

#endif
