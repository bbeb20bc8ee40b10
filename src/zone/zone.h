/*
 * zone: a master file as records, faults and names; the result of reading, which nobody changes
 * afterwards.
 *
 * Only records that somebody asks for are kept (zm_load_options.keep); the others are counted and
 * forgotten, so that a zone of millions of delegations costs no memory beyond its bytes. Of the
 * records kept most are no more than the place of their line:
 *
 *	for (size_t i = 0; i < zone->record_count; i++) {
 *		const struct zm_record *record = zm_zone_record(zone, &arena, i);
 */
#ifndef ZM_ZONE_ZONE_H
#define ZM_ZONE_ZONE_H

#include "base/arena.h"
#include "base/name.h"
#include "base/source.h"
#include "zone/scan.h"
#include "zone/text.h"

enum zm_type { /* RFC 1035 3.2.2 and IANA's registry; the ones that zonemend treats apart */
	       ZM_TYPE_A = 1,
	       ZM_TYPE_NS = 2,
	       ZM_TYPE_MD = 3,
	       ZM_TYPE_MF = 4,
	       ZM_TYPE_CNAME = 5,
	       ZM_TYPE_SOA = 6,
	       ZM_TYPE_WKS = 11,
	       ZM_TYPE_PTR = 12,
	       ZM_TYPE_MX = 15,
	       ZM_TYPE_TXT = 16,
	       ZM_TYPE_NSAP = 22,
	       ZM_TYPE_SIG = 24,
	       ZM_TYPE_KEY = 25,
	       ZM_TYPE_GPOS = 27,
	       ZM_TYPE_AAAA = 28,
	       ZM_TYPE_LOC = 29,
	       ZM_TYPE_SRV = 33,
	       ZM_TYPE_ATMA = 34,
	       ZM_TYPE_A6 = 38,
	       ZM_TYPE_DNAME = 39,
	       ZM_TYPE_APL = 42,
	       ZM_TYPE_DS = 43,
	       ZM_TYPE_IPSECKEY = 45,
	       ZM_TYPE_RRSIG = 46,
	       ZM_TYPE_NSEC = 47,
	       ZM_TYPE_DNSKEY = 48,
	       ZM_TYPE_NSEC3 = 50,
	       ZM_TYPE_NSEC3PARAM = 51,
	       ZM_TYPE_HIP = 55,
	       ZM_TYPE_CDS = 59,
	       ZM_TYPE_CDNSKEY = 60,
	       ZM_TYPE_ZONEMD = 63,
	       ZM_TYPE_SVCB = 64,
	       ZM_TYPE_HTTPS = 65,
	       ZM_TYPE_SPF = 99,
	       ZM_TYPE_CAA = 257,
	       ZM_TYPE_DOA = 259,
	       ZM_TYPE_AMTRELAY = 260,
	       ZM_TYPE_ALIAS = 65401, /* PowerDNS's own, as the next */
	       ZM_TYPE_LUA = 65402,
};

/* What an SOA record says (RFC 1035 3.3.13); times are in seconds. */
struct zm_soa {
	struct zm_name server;
	struct zm_name mailbox;
	bool has_placeholder; /* some tool fills the serial in, which is 0 here */
	uint32_t serial;
	uint32_t refresh;
	uint32_t retry;
	uint32_t expire;
	uint32_t minimum;
};

/* One resource record as written. Offsets are of `source`. */
struct zm_record {
	struct zm_source *source;
	struct zm_span at; /* the whole entry, line end included */
	struct zm_name owner;
	uint32_t ttl; /* seconds, written or inherited */
	uint16_t class;
	uint16_t type;
	struct zm_span owner_at; /* empty, at the entry's start, when the owner is inherited */
	struct zm_span ttl_at;   /* empty where it is not written; likewise class_at */
	struct zm_span class_at;
	struct zm_span type_at;
	struct zm_name origin; /* the origin in force */
	const struct zm_token
		*rdata; /* all tokens after the type, blanks, comments and the line end included */
	size_t rdata_count;
	unsigned beside; /* bits of enum zm_kind: what was seen at this very owner just before, on
			    plain lines; there may be more */
	const struct zm_text *text;    /* TXT and SPF; else NULL */
	const struct zm_soa *soa_data; /* SOA that could be read; else NULL */
	struct zm_span serial_at;      /* SOA: the serial's word, or all of a placeholder */
};

/* What the texts on some plain lines have in common. */
struct zm_lines {
	struct zm_source *source;
	struct zm_name origin;
};

/*
 * A record that a zone keeps. A zone may hold half a million texts and is asked for few of them
 * twice, so that of one on a plain line (see fast/skim.h) only the place is kept, and it is read
 * from there whenever somebody wants to see it: zm_zone_record().
 */
struct zm_kept {
	uint64_t hash; /* of its owner: see zm_names_newest() */
	union {
		struct zm_record *record;     /* where it is not plain */
		const struct zm_lines *lines; /* where it is */
	};
	size_t line;     /* from here on, of a plain one: where its line begins */
	uint32_t ttl;    /* written or inherited */
	uint16_t beside; /* as in struct zm_record */
	bool is_plain;
};

/* Neighbours among the records that are kept. They stay where they are once they were read, so that
 * what several threads have read becomes one list without being copied. */
struct zm_kept_run {
	struct zm_kept *item;
	size_t first; /* the number of item[0] in the zone */
	size_t count;
};

enum { ZM_KEPT_BLOCK = 4096 }; /* how many records lie between two of zm_zone.run_of */

/* More than anybody mends by hand; it bounds what a file that is no zone costs. */
enum { ZM_FAULTS_MAX = 10000 };

enum zm_fault_kind {
	ZM_FAULT_SYNTAX,         /* what named-checkzone calls a syntax error */
	ZM_FAULT_RECORD,         /* RDATA that its type does not allow */
	ZM_FAULT_SERIAL,         /* the SOA's serial is no number of 32 bits */
	ZM_FAULT_STRING_LONG,    /* a character-string over 255 bytes */
	ZM_FAULT_INCLUDE,        /* $INCLUDE of what cannot be read or may not be followed */
	ZM_FAULT_NOT_FOLLOWED,   /* $GENERATE of more records than are read */
	ZM_FAULT_SERVERS,        /* no NS record at the apex, or a server without an address */
	ZM_FAULT_CNAME,          /* records that may not stand at one name */
	ZM_FAULT_KEYS,           /* what the apex says of its keys, which are not there */
	ZM_FAULT_OCCLUDED,       /* an SPF record at or below a zone cut */
	ZM_FAULT_SERVERS_DIFFER, /* what one server reads and another one does not */
	ZM_FAULT_TOO_MANY,       /* over ZM_FAULTS_MAX faults: reading stopped here */
	ZM_FAULT_OUT_OF_ZONE,    /* an owner that is not at or below the apex: servers ignore the
				    record */
};

/* Something wrong in the text of the zone: work goes on after it. */
struct zm_fault {
	enum zm_fault_kind kind;
	struct zm_source *source;
	struct zm_span at;
	size_t entry;  /* where the entry that holds it begins */
	uint32_t once; /* a bit of zm_walk.noted, for what is said once a zone; 0 for others */
	struct zm_str message; /* lower case, no full stop, no value of a record other than SPF */
	struct zm_name owner;  /* may be unset */
};

/* Always false: what fails returns it. */
static inline bool zm_fault_set(struct zm_fault *fault, enum zm_fault_kind kind, struct zm_span at,
				struct zm_str message)
{
	fault->kind = kind;
	fault->at = at;
	fault->message = message;
	return false;
}

enum zm_origin_from {
	ZM_ORIGIN_UNKNOWN,
	ZM_ORIGIN_OPTION,
	ZM_ORIGIN_NAMED_CONF,
	ZM_ORIGIN_POLICY,
	ZM_ORIGIN_CONTENT,
	ZM_ORIGIN_FILE_NAME
};

struct zm_zone {
	struct zm_arena *arena;   /* holds everything below */
	struct zm_source *source; /* the file itself; [0] of `sources` */
	struct zm_source *
		*sources; /* with the files that it includes, in the order they were opened */
	size_t source_count;
	struct zm_name origin; /* unset when it cannot be told: then nothing else below is filled */
	enum zm_origin_from origin_from;
	const char *const *view; /* those of the server that have the zone; none: all do */
	size_t views;
	struct zm_kept_run *run; /* the records that are kept, in the order of the file(s) */
	size_t runs;
	size_t *run_of; /* the run of record 0, of record ZM_KEPT_BLOCK, of twice that, … */
	size_t record_count;
	struct zm_owned *by_owner; /* see whole/owned.h; NULL: nobody has asked */
	struct zm_record **odd; /* those of them that are kept whole, also in order: all but texts,
				   and all of the apex */
	size_t odd_count;
	size_t spf_records;     /* TXT records among them that are SPF (RFC 7208 4.5) */
	size_t records_seen;    /* kept or not */
	struct zm_names *names; /* the owners of all of them; see names.h */
	struct zm_fault *fault;
	size_t fault_count;
	struct zm_record *soa; /* the first SOA at the apex, or NULL */
	bool has_servers;      /* NS records at the apex */
	bool is_signed;        /* holds RRSIG, NSEC or NSEC3 */
	bool has_digest;       /* holds ZONEMD */
	bool has_actions;      /* holds CNAME records of the root, or of a star below it */
	bool names_keys;       /* holds CDS, CDNSKEY or NSEC3PARAM at its apex */
	bool loads;            /* no fault that makes named refuse the zone */
	bool has_include;      /* says $INCLUDE anywhere */
	bool complete; /* every record was looked at: no $GENERATE, no $INCLUDE that failed */
};

/* What is kept of record `number`. */
static inline const struct zm_kept *zm_zone_kept(const struct zm_zone *zone, size_t number)
{
	const struct zm_kept_run *run = &zone->run[zone->run_of[number / ZM_KEPT_BLOCK]];
	while (number - run->first >= run->count) {
		run++;
	}
	return &run->item[number - run->first];
}

/*
 * Record `number` of those kept. One on a plain line is made in `arena`, each time anew: two that
 * are the same may lie at different places, see zm_record_is().
 */
const struct zm_record *zm_zone_record(const struct zm_zone *zone, struct zm_arena *arena,
				       size_t number);

/* Whether two are one and the same record of a zone, not only equal. */
bool zm_record_is(const struct zm_record *a, const struct zm_record *b);

/* Whether servers load the zone all the same. */
bool zm_fault_is_harmless(enum zm_fault_kind kind);

/* Whether something could not be read that may be a record. */
bool zm_zone_is_garbled(const struct zm_zone *zone);

#endif
