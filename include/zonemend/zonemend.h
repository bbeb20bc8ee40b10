/*
 * zonemend: lints and repairs SPF in DNS zone files. This is all of the library's public interface.
 *
 *	char why[ZONEMEND_ERROR_MAX];
 *	struct zonemend_policy *policy = zonemend_policy_load("iclasspro", why);
 *	struct zonemend_request request = {.bytes = text, .length = size, .origin = "example.com"};
 *	struct zonemend_result *result = zonemend_mend(policy, &request, why);
 *	for (size_t i = 0; i < zonemend_finding_count(result); i++) {
 *		struct zonemend_finding finding;
 *		zonemend_finding_get(result, i, &finding);
 *		...
 *	}
 *	const char *mended = zonemend_bytes(result, &size);
 *	zonemend_result_free(result);
 *	zonemend_policy_free(policy);
 *
 * A zone is a buffer in memory. $INCLUDE opens files, and the policy's loader reads them; nothing
 * is ever written, and the network is never touched. What one call is given does not change what
 * another one says: there are no globals. A policy may be used by one thread at a time. When
 * memory ends, the process ends with status 3.
 */
#ifndef ZONEMEND_H
#define ZONEMEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The size of the buffer for an error: one line, lower case, without a full stop. */
#define ZONEMEND_ERROR_MAX 1024

struct zonemend_policy;
struct zonemend_result;

/* The library's version, "0.1.0". */
const char *zonemend_version(void);

/* ---- Policies ---- */

/*
 * Loads a built-in policy by its name ("recommended", "strict", "iclasspro"), or a YAML file by its
 * path (with a `/` or ending in .yaml or .yml). NULL when it cannot be read or is wrong anywhere:
 * `why` says where, as FILE:LINE:COLUMN.
 */
struct zonemend_policy *zonemend_policy_load(const char *name, char why[ZONEMEND_ERROR_MAX]);

/* Frees the policy, after all results that were made with it. NULL is allowed. */
void zonemend_policy_free(struct zonemend_policy *policy);

/* ---- Zones ---- */

/* How the SOA's serial is bumped (zonemend_mend only). */
enum zonemend_serial {
	ZONEMEND_SERIAL_AUTO, /* by the style that it has */
	ZONEMEND_SERIAL_DATE, /* YYYYMMDDnn */
	ZONEMEND_SERIAL_EPOCH,
	ZONEMEND_SERIAL_INCREMENT,
	ZONEMEND_SERIAL_KEEP
};

/* What to look at. Zeroed members have the meaning that is given for them. */
struct zonemend_request {
	const char *bytes; /* the zone; need not end in NUL, read only during the call */
	size_t length;
	const char *name;   /* the path that it has, for messages and $INCLUDE; NULL: <memory> */
	const char *origin; /* the zone's name; NULL: told from the content, then from `name` */
	bool unsafe;        /* mend also with fixes that may change who passes */
	enum zonemend_serial serial;
	int64_t now; /* seconds since 1970; 0: the clock */
};

/*
 * What is wrong with the zone. NULL when its origin cannot be told; `why` says so. A zone that does
 * not parse is no failure: that is a finding.
 */
struct zonemend_result *zonemend_check(const struct zonemend_policy *policy,
				       const struct zonemend_request *request,
				       char why[ZONEMEND_ERROR_MAX]);

/*
 * The same, with all that may be mended mended and the serial bumped, proved record by record. The
 * findings are those that remain; zonemend_bytes() is the new zone.
 */
struct zonemend_result *zonemend_mend(const struct zonemend_policy *policy,
				      const struct zonemend_request *request,
				      char why[ZONEMEND_ERROR_MAX]);

/* Frees the result and all that it gave. NULL is allowed. */
void zonemend_result_free(struct zonemend_result *result);

/* ---- Results; all pointers are valid as long as the result ---- */

enum zonemend_outcome {
	ZONEMEND_NOTHING, /* nothing was to be changed, or it was a check */
	ZONEMEND_MENDED,
	ZONEMEND_REFUSED /* something could be mended, but not here: zonemend_refusal() */
};
enum zonemend_outcome zonemend_outcome(const struct zonemend_result *result);

/* Why nothing was mended, or NULL where it was not refused. */
const char *zonemend_refusal(const struct zonemend_result *result);

/* The zone as it should be: the new bytes where it was mended, else the same that were given (a
 * copy). Not ended in NUL. */
const char *zonemend_bytes(const struct zonemend_result *result, size_t *length);

enum zonemend_severity { ZONEMEND_INFO = 1, ZONEMEND_WARNING, ZONEMEND_ERROR };

/* How far a fix may be trusted. */
enum zonemend_fix {
	ZONEMEND_FIX_NONE,
	ZONEMEND_FIX_SAFE,   /* the same result for every sender */
	ZONEMEND_FIX_REPAIR, /* the record was broken and has one plausible reading */
	ZONEMEND_FIX_POLICY, /* the policy asks for it */
	ZONEMEND_FIX_UNSAFE  /* it may change who passes */
};

struct zonemend_finding {
	const char *rule; /* its name: "policy-require" */
	enum zonemend_severity severity;
	const char *message; /* one line, may hold any byte of the record but NUL */
	const char *file;    /* the zone's name, or that of an included file */
	const char *owner;   /* the record's owner, absolute; NULL: of the zone as a whole */
	size_t start;        /* bytes of the file, from 0; the end is exclusive */
	size_t end;
	size_t line;   /* of `start`, from 1 */
	size_t column; /* of `start`, in bytes, from 1 */
	enum zonemend_fix fix;
	const char *fix_title; /* what the fix does; NULL: there is none */
};

size_t zonemend_finding_count(const struct zonemend_result *result);

/* The finding of that number, in the order of the bytes; false when there is none. */
bool zonemend_finding_get(const struct zonemend_result *result, size_t number,
			  struct zonemend_finding *finding);

#ifdef __cplusplus
}
#endif

#endif
