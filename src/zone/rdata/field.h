/*
 * field: what one word of a record's data may be, by the kind of field it stands for.
 */
#ifndef ZM_ZONE_RDATA_FIELD_H
#define ZM_ZONE_RDATA_FIELD_H

#include "base/name.h"

/* Those from ZM_BASE64 on take all the words that are left. */
enum zm_field {
	ZM_END,
	ZM_NAME, /* a domain name, RFC 1035 3.3 */
	ZM_U8,
	ZM_U16,
	ZM_U32,
	ZM_IP4,
	ZM_IP6,
	ZM_STRING,    /* a character-string, quoted or not, RFC 1035 3.3 */
	ZM_URI,       /* a quoted text of any length, RFC 7553 4.5 */
	ZM_VALUE,     /* a text of any length, quoted or not, RFC 8659 4.1.1 */
	ZM_DIGITS,    /* a character-string of digits, RFC 1183 3.1 */
	ZM_REGEXP,    /* a character-string that is a substitution, RFC 3402 3.2 */
	ZM_TAG,       /* letters and digits, RFC 8659 4.1 */
	ZM_ALGORITHM, /* here and below: a number of 8 bits or a mnemonic of IANA's registry */
	ZM_DIGEST_TYPE,
	ZM_HASH,
	ZM_PROTOCOL,
	ZM_SCHEME,    /* RFC 9859 2.1 */
	ZM_KEY_FLAGS, /* the same of 16 bits, several joined by `|`, RFC 2535 7.1 */
	ZM_CERT_TYPE, /* of 16 bits, RFC 4398 2.1 */
	ZM_TYPE,
	ZM_COVERED, /* a type or its number */
	ZM_TIME,    /* YYYYMMDDHHmmSS or seconds, RFC 4034 3.2 */
	ZM_DATE,    /* the former only, RFC 2535 7.2 */
	ZM_SALT,    /* hex digits or `-`, RFC 5155 3.3 */
	ZM_BASE32,  /* one word */
	ZM_EUI48,   /* RFC 7043 3.2 */
	ZM_EUI64,
	ZM_LOCATOR, /* four groups of hex, RFC 6742 2.1.3 */
	ZM_ZERO,
	ZM_KNOWN_AS, /* a number, or the name of a protocol or service */
	ZM_NSAP,     /* 0x and hex digits, dots among them, RFC 1706 5 */
	ZM_HEX_WORD, /* these two end with the word */
	ZM_BASE64_WORD,
	ZM_BASE64,
	ZM_HEX,
	ZM_TYPES,
	ZM_LOW_TYPES, /* types below 128, RFC 2535 5.2 */
	ZM_NAMES,
	ZM_SERVICES,
	ZM_STRINGS,
};

/* One word with the quotes that it has. */
struct zm_field_word {
	struct zm_str text;
	bool quoted;
	struct zm_name origin;
};

/* For fields of one word. `*number` is what a numeric field says; the others leave it alone. */
bool zm_field_fits(enum zm_field field, const struct zm_field_word *word, uint32_t *number);

/* A type's mnemonic or TYPEnnn, TYPE0 too: what a list of types may hold. */
bool zm_field_is_listed_type(struct zm_str text);

/* One of those below 128, also as a number. */
bool zm_field_is_low_type(struct zm_str text);

/* `is no IPv4 address` */
const char *zm_field_complaint(enum zm_field field);

#endif
