/*
 * catalogue: what the policy language knows of rules: their names and default severities. The rules
 * themselves live in lint/, a layer above, which hands its table down.
 */
#ifndef ZM_POLICY_CATALOGUE_H
#define ZM_POLICY_CATALOGUE_H

#include "base/str.h"

enum zm_severity { ZM_OFF, ZM_INFO, ZM_WARNING, ZM_ERROR };

/* A number of a rule's own, such as the shortest prefix that is not yet too broad. */
struct zm_catalogue_setting {
	size_t rule;
	const char *name;
	uint64_t value; /* by default */
	uint64_t min;
	uint64_t max;
	const char *about; /* one line */
};

struct zm_catalogue {
	const char *const
		*name; /* sorted as in rules.def; a rule's index is its number everywhere */
	const enum zm_severity *severity;
	size_t count;
	const char *const *summary;                 /* one line a rule, for the schema */
	const struct zm_catalogue_setting *setting; /* those of a rule stand together */
	size_t settings;
};

const char *zm_severity_name(enum zm_severity severity); /* off, info, warning, error */
bool zm_severity_parse(enum zm_severity *severity, struct zm_str text);

#endif
