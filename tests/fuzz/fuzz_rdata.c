/*
 * The tables of record data against ldns: whatever the bytes, both accept them or both reject them,
 * but for the differences listed here, in which named is of the tables' mind. The input is what
 * stands behind the owner of a record, `MX 10 mail`.
 */
#include "zone/load.h"
#include "zone/record.h"
#include "zone/types.h"
#include "zone/walk.h"

#include <ldns/ldns.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 2000 }; /* bytes; no honest data comes near, and ldns's buffers are 65,536 */

#define HEAD "$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns.example.org.\n"

/* How ldns is known to differ. */
enum difference {
	NONE = 0,
	LAX = 1,    /* it accepts what named rejects */
	STRICT = 2, /* it rejects what named accepts */
};

/* The types in which they differ; all others must agree. ldns takes numbers modulo their width, and
 * signs; digests of any length; unknown types in lists; and has types whose words it does not look
 * into, or does not know. */
static const struct {
	uint16_t type;
	unsigned difference;
} known[] = {
	/* numbers over their bound, and signs */
	{ZM_TYPE_SOA, LAX},
	{ZM_TYPE_MX, LAX},
	{18, LAX}, /* AFSDB */
	{21, LAX}, /* RT */
	{26, LAX}, /* PX */
	{33, LAX}, /* SRV */
	{35, LAX}, /* NAPTR: an expression that is none */
	{36, LAX}, /* KX */
	{51, LAX}, /* NSEC3PARAM */
	{52, LAX}, /* TLSA */
	{53, LAX}, /* SMIMEA */
	{ZM_TYPE_HIP, LAX},
	{108, LAX}, /* EUI48 */
	{109, LAX}, /* EUI64 */
	{104, LAX}, /* NID */
	{105, LAX}, /* L32 */
	{106, LAX}, /* L64 */
	{107, LAX}, /* LP */
	/* digests of a wrong length, half a byte in hex */
	{ZM_TYPE_DS, LAX},
	{ZM_TYPE_CDS, LAX},
	{32769, LAX}, /* DLV */
	{44, LAX},    /* SSHFP */
	{ZM_TYPE_ZONEMD, LAX},
	{31, LAX}, /* EID */
	{32, LAX}, /* NIMLOC */
	/* unknown types in a list or as the one covered; an empty list */
	{ZM_TYPE_NSEC, LAX},
	{ZM_TYPE_NSEC3, LAX},
	{ZM_TYPE_RRSIG, LAX | STRICT}, /* and times before 1970, which named takes */
	{ZM_TYPE_SIG, LAX | STRICT},
	{62, LAX | STRICT}, /* CSYNC: the list may be empty, but not to ldns */
	/* fields that are not looked into: an X.25 address of letters, a size in LOC */
	{19, LAX},                    /* X25 */
	{ZM_TYPE_APL, LAX},           /* a prefix without its length */
	{49, LAX},                    /* DHCID: no base64 */
	{61, LAX},                    /* OPENPGPKEY, likewise */
	{ZM_TYPE_NSAP, LAX | STRICT}, /* half a byte; 0X in capitals */
	{23, LAX | STRICT},           /* NSAP-PTR: a string to ldns */
	{ZM_TYPE_MD, LAX},            /* obsolete */
	{ZM_TYPE_MF, LAX},
	{10, LAX},                      /* NULL, and the next ones: no text form but RFC 3597's */
	{100, LAX},                     /* UINFO */
	{101, LAX},                     /* UID */
	{102, LAX},                     /* GID */
	{ZM_TYPE_LOC, LAX | STRICT},    /* seconds without digits before the point */
	{ZM_TYPE_WKS, LAX | STRICT},    /* protocols and services by name, or none */
	{ZM_TYPE_DNSKEY, LAX | STRICT}, /* flags and protocols by name */
	{ZM_TYPE_CDNSKEY, LAX | STRICT},
	{ZM_TYPE_KEY, LAX | STRICT}, /* and a key that is to be none */
	{30, LAX | STRICT},          /* NXT: read by the old format only */
	{257, LAX | STRICT},         /* CAA: a value without quotes; tags of other characters */
	/* types that ldns does not know */
	{40, LAX | STRICT},    /* SINK */
	{56, LAX | STRICT},    /* NINFO */
	{57, LAX | STRICT},    /* RKEY */
	{66, LAX | STRICT},    /* DSYNC */
	{67, LAX | STRICT},    /* HHIT */
	{68, LAX | STRICT},    /* BRID */
	{103, LAX | STRICT},   /* UNSPEC */
	{258, LAX | STRICT},   /* AVC */
	{261, LAX | STRICT},   /* RESINFO */
	{262, LAX | STRICT},   /* WALLET */
	{32768, LAX | STRICT}, /* TA */
	{65401, LAX | STRICT}, /* ALIAS */
	{65402, LAX | STRICT}, /* LUA */
};

static unsigned known_difference(uint16_t type)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (known[i].type == type) {
			return known[i].difference;
		}
	}
	return NONE;
}

/* ldns's own faults of memory, and what only named reads: never given to ldns. */
static bool is_for_ldns(uint16_t type, struct zm_str input)
{
	switch (type) {
	case ZM_TYPE_SVCB:
	case ZM_TYPE_HTTPS:
	case ZM_TYPE_IPSECKEY:
	case 37: /* CERT */
	case ZM_TYPE_A6:
	case ZM_TYPE_ATMA:
	case ZM_TYPE_DOA:
	case ZM_TYPE_AMTRELAY:
	case ZM_TYPE_TXT:
	case ZM_TYPE_SPF:
		return false;
	default:
		break;
	}
	for (size_t i = 0; i < input.len; i++) {
		uint8_t c = (uint8_t)input.data[i];
		if (c < ' ' || c > '~' || strchr("\\\"();", c) != NULL) {
			return false;
		}
	}
	return true;
}

static bool accepts_ldns(struct zm_arena *arena, struct zm_str input)
{
	struct zm_str line = zm_arena_printf(arena, "a.example.com. 60 IN %.*s", ZM_STR_ARG(input));
	ldns_rdf *origin = ldns_dname_new_frm_str("example.com.");
	ldns_rr *rr = NULL;
	ldns_status status = ldns_rr_new_frm_str(&rr, line.data, 60, origin, NULL);
	ldns_rr_free(rr);
	ldns_rdf_deep_free(origin);
	return status == LDNS_STATUS_OK;
}

/* The type of the one record of the input; 0 where it is not one. */
static uint16_t read_ours(struct zm_arena *arena, struct zm_str input, bool *accepts)
{
	const char *owner = zm_str_starts_nocase(input, ZM_STR("SOA")) ? "@" : "a";
	struct zm_str text = zm_arena_printf(arena, HEAD "%s %.*s\n", owner, ZM_STR_ARG(input));
	struct zm_source source = {.name = "example.com", .bytes = text};
	const struct zm_load_options options = {.root = "/nonexistent"};
	struct zm_walk *walk = zm_walk_start(arena, &source, &options);
	struct zm_record record;
	uint16_t type = 0;
	while (zm_walk_next(walk, &record)) {
		type = record.ttl_at.end > record.ttl_at.start ||
				       record.class_at.end > record.class_at.start
			       ? 0
			       : record.type;
	}
	const struct zm_zone *zone = zm_walk_zone(walk);
	*accepts = zone->fault_count == 0;
	zm_walk_end(walk);
	return zone->records_seen == 3 ? type : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_arena arena = {0};
	struct zm_str input = {(const char *)data, size};
	bool ours;
	uint16_t type = 0;
	if (size < INPUT_MAX && memchr(data, '\0', size) == NULL) {
		type = read_ours(&arena, input, &ours);
	}
	if (type != 0 && zm_type_name(type) != NULL && is_for_ldns(type, input)) {
		bool theirs = accepts_ldns(&arena, input);
		unsigned difference = ours == theirs ? NONE : ours ? STRICT : LAX;
		if ((difference & ~known_difference(type)) != 0) {
			abort();
		}
	}
	zm_arena_release(&arena);
	return 0;
}
