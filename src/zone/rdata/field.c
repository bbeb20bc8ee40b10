#include "zone/rdata/field.h"

#include "spf/ip.h"
#include "zone/rdata/digits.h"
#include "zone/rdata/regexp.h"
#include "zone/text.h"
#include "zone/types.h"

/* ---- Mnemonics ---- */

struct mnemonic {
	const char *name;
	uint16_t number;
};

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

/* IANA, DNS Security Algorithm Numbers. */
static const struct mnemonic algorithms[] = {
	{"RSAMD5", 1},
	{"DH", 2},
	{"DSA", 3},
	{"ECC", 4},
	{"RSASHA1", 5},
	{"NSEC3DSA", 6},
	{"DSA-NSEC3-SHA1", 6},
	{"NSEC3RSASHA1", 7},
	{"RSASHA1-NSEC3-SHA1", 7},
	{"RSASHA256", 8},
	{"RSASHA512", 10},
	{"ECCGOST", 12},
	{"ECC-GOST", 12},
	{"ECDSAP256SHA256", 13},
	{"ECDSAP384SHA384", 14},
	{"ED25519", 15},
	{"ED448", 16},
	{"INDIRECT", 252},
	{"PRIVATEDNS", 253},
	{"PRIVATEOID", 254},
};

/* IANA, DS RR Type Digest Algorithms. */
static const struct mnemonic digest_types[] = {
	{"SHA-1", 1}, {"SHA1", 1},    {"SHA-256", 2}, {"SHA256", 2},
	{"GOST", 3},  {"SHA-384", 4}, {"SHA384", 4},
};

static const struct mnemonic hashes[] = {{"SHA-1", 1}};

/* RFC 2535 7.1. */
static const struct mnemonic protocols[] = {
	{"NONE", 0}, {"TLS", 1}, {"EMAIL", 2}, {"DNSSEC", 3}, {"IPSEC", 4}, {"ALL", 255},
};

static const struct mnemonic schemes[] = {{"NOTIFY", 1}};

/* RFC 2535 3.1.2, in as far as they have names. */
static const struct mnemonic key_flags[] = {
	{"NOCONF", 0x4000}, {"NOAUTH", 0x8000}, {"NOKEY", 0xc000},  {"FLAG2", 0x2000},
	{"EXTEND", 0x1000}, {"FLAG4", 0x0800},  {"FLAG5", 0x0400},  {"USER", 0},
	{"ZONE", 0x0100},   {"HOST", 0x0200},   {"NTYP3", 0x0300},  {"FLAG8", 0x0080},
	{"FLAG9", 0x0040},  {"FLAG10", 0x0020}, {"FLAG11", 0x0010}, {"SIG0", 0},
	{"SIG1", 1},        {"SIG2", 2},        {"SIG3", 3},        {"SIG4", 4},
	{"SIG5", 5},        {"SIG6", 6},        {"SIG7", 7},        {"SIG8", 8},
	{"SIG9", 9},        {"SIG10", 10},      {"SIG11", 11},      {"SIG12", 12},
	{"SIG13", 13},      {"SIG14", 14},      {"SIG15", 15},      {"KSK", 1},
};

static const struct mnemonic cert_types[] = {
	{"PKIX", 1}, {"SPKI", 2},   {"PGP", 3},     {"IPKIX", 4}, {"ISPKI", 5},
	{"IPGP", 6}, {"ACPKIX", 7}, {"IACPKIX", 8}, {"URI", 253}, {"OID", 254},
};

static bool is_number(struct zm_str text, uint64_t max, uint32_t *number)
{
	uint64_t value;
	if (!zm_str_number(text, max, &value)) {
		return false;
	}
	*number = (uint32_t)value;
	return true;
}

static bool find(const struct mnemonic *list, size_t count, struct zm_str text, uint32_t *number)
{
	for (size_t i = 0; i < count; i++) {
		if (zm_str_eq_nocase(text, zm_str_from(list[i].name))) {
			*number = list[i].number;
			return true;
		}
	}
	return false;
}

static bool are_key_flags(struct zm_str text, uint32_t *flags)
{
	if (is_number(text, UINT16_MAX, flags)) {
		return true;
	}
	*flags = 0;
	for (size_t from = 0; from <= text.len;) {
		uint32_t flag;
		size_t bar = zm_str_find(text, ZM_STR("|"), from);
		size_t to = bar == SIZE_MAX ? text.len : bar;
		if (!find(key_flags, COUNT(key_flags), zm_str_sub(text, from, to), &flag)) {
			return false;
		}
		*flags |= flag;
		from = to + 1;
	}
	return true;
}

/* ---- Texts ---- */

static bool is_of(struct zm_str text, bool (*allows)(char c))
{
	for (size_t i = 0; i < text.len; i++) {
		if (!allows(text.data[i])) {
			return false;
		}
	}
	return text.len > 0;
}

/* Which protocols and services there are, /etc tells, and not the same everywhere. */
static bool is_known_as_char(char c)
{
	return zm_is_alnum(c) || c == '-' || c == '_' || c == '+' || c == '.';
}

/* How many bytes a text says; SIZE_MAX for a broken escape. */
static size_t length_of(const struct zm_field_word *word)
{
	size_t at = word->quoted ? 1 : 0;
	size_t end = word->quoted ? word->text.len - 1 : word->text.len;
	size_t len = 0;
	while (at < end) {
		char byte;
		size_t size = zm_text_char(word->text, at, end, &byte);
		if (size == 0) {
			return SIZE_MAX;
		}
		at += size;
		len++;
	}
	return len;
}

static struct zm_str without_quotes(const struct zm_field_word *word)
{
	return word->quoted ? zm_str_sub(word->text, 1, word->text.len - 1) : word->text;
}

static bool is_name(const struct zm_field_word *word)
{
	struct zm_name_buf name;
	const char *why;
	return !word->quoted && zm_name_parse(&name, word->text, word->origin, &why);
}

static bool is_type(struct zm_str text)
{
	uint16_t type;
	return zm_type_parse(&type, text);
}

bool zm_field_is_listed_type(struct zm_str text)
{
	return is_type(text) || zm_str_eq_nocase(text, ZM_STR("TYPE0"));
}

bool zm_field_is_low_type(struct zm_str text)
{
	uint16_t type;
	uint32_t number;
	return (zm_type_parse(&type, text) && type < 128) || is_number(text, 127, &number);
}

static uint32_t two_digits(struct zm_str text, size_t at)
{
	return (uint32_t)(text.data[at] - '0') * 10 + (uint32_t)(text.data[at + 1] - '0');
}

/* YYYYMMDDHHmmSS, a time that there is, in any year: it counts modulo 2^32 (RFC 4034 3.1.5). */
static bool is_date(struct zm_str text)
{
	static const uint8_t days_of[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	uint32_t year = two_digits(text, 0) * 100 + two_digits(text, 2);
	uint32_t month = two_digits(text, 4);
	uint32_t day = two_digits(text, 6);
	bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	if (month < 1 || month > 12) {
		return false;
	}
	uint32_t days = days_of[month - 1] + (month == 2 && is_leap);
	return day >= 1 && day <= days && two_digits(text, 8) <= 23 && two_digits(text, 10) <= 59 &&
	       two_digits(text, 12) <= 60;
}

static bool is_time(struct zm_str text)
{
	uint32_t number;
	if (text.len == 14 && is_of(text, zm_is_digit)) {
		return is_date(text);
	}
	return text.len <= 10 && is_number(text, UINT32_MAX, &number);
}

static bool text_fits(enum zm_field field, const struct zm_field_word *word)
{
	size_t len = length_of(word);
	switch (field) {
	case ZM_STRING:
		return len <= ZM_STRING_MAX;
	case ZM_URI:
		return word->quoted && len != SIZE_MAX;
	case ZM_VALUE:
		return len != SIZE_MAX;
	case ZM_REGEXP:
		return len <= ZM_STRING_MAX && zm_regexp_is_substitution(without_quotes(word));
	default:
		return len >= 4 && len <= ZM_STRING_MAX && is_of(without_quotes(word), zm_is_digit);
	}
}

static bool mnemonic_fits(enum zm_field field, struct zm_str text, uint32_t *number)
{
	switch (field) {
	case ZM_KEY_FLAGS:
		return are_key_flags(text, number);
	case ZM_CERT_TYPE:
		return is_number(text, UINT16_MAX, number) ||
		       find(cert_types, COUNT(cert_types), text, number);
	case ZM_ALGORITHM:
		return is_number(text, UINT8_MAX, number) ||
		       find(algorithms, COUNT(algorithms), text, number);
	case ZM_DIGEST_TYPE:
		return is_number(text, UINT8_MAX, number) ||
		       find(digest_types, COUNT(digest_types), text, number);
	case ZM_HASH:
		return is_number(text, UINT8_MAX, number) ||
		       find(hashes, COUNT(hashes), text, number);
	case ZM_SCHEME:
		return is_number(text, UINT8_MAX, number) ||
		       find(schemes, COUNT(schemes), text, number);
	default:
		return is_number(text, UINT8_MAX, number) ||
		       find(protocols, COUNT(protocols), text, number);
	}
}

static bool code_fits(enum zm_field field, struct zm_str text)
{
	uint32_t number;
	switch (field) {
	case ZM_TAG:
		return is_of(text, zm_is_alnum);
	case ZM_TYPE:
		return is_type(text);
	case ZM_TIME:
		return is_time(text);
	case ZM_DATE:
		return text.len == 14 && is_time(text);
	case ZM_SALT:
		return zm_str_eq(text, ZM_STR("-")) ||
		       (zm_is_hex(text) && text.len % 2 == 0 && text.len <= 2 * UINT8_MAX);
	case ZM_EUI48:
		return zm_is_groups(text, 6, '-');
	case ZM_EUI64:
		return zm_is_groups(text, 8, '-');
	case ZM_LOCATOR:
		return zm_is_groups(text, 4, ':');
	case ZM_COVERED:
		return is_number(text, UINT16_MAX, &number) || zm_field_is_listed_type(text);
	case ZM_ZERO:
		return is_number(text, 0, &number);
	case ZM_KNOWN_AS:
		return is_of(text, is_known_as_char);
	case ZM_NSAP:
		return zm_is_nsap(text);
	case ZM_HEX_WORD:
		return zm_is_hex(text) && text.len % 2 == 0 && text.len <= 2 * UINT8_MAX;
	case ZM_BASE64_WORD:
		return zm_is_base64(text);
	default:
		return zm_is_base32(text);
	}
}

bool zm_field_fits(enum zm_field field, const struct zm_field_word *word, uint32_t *number)
{
	struct zm_ip ip;
	switch (field) {
	case ZM_NAME:
		return is_name(word);
	case ZM_U8:
		return is_number(word->text, UINT8_MAX, number);
	case ZM_U16:
		return is_number(word->text, UINT16_MAX, number);
	case ZM_U32:
		return is_number(word->text, UINT32_MAX, number);
	case ZM_IP4:
		return zm_ip4_parse(&ip, word->text);
	case ZM_IP6:
		return zm_ip6_parse(&ip, word->text);
	case ZM_STRING:
	case ZM_URI:
	case ZM_VALUE:
	case ZM_DIGITS:
	case ZM_REGEXP:
		return text_fits(field, word);
	default:
		break;
	}
	if (field >= ZM_ALGORITHM && field <= ZM_CERT_TYPE) {
		return mnemonic_fits(field, word->text, number);
	}
	return code_fits(field, word->text);
}

const char *zm_field_complaint(enum zm_field field)
{
	static const char *const complaints[] = {
		[ZM_NAME] = "is no domain name",
		[ZM_U8] = "is no number from 0 to 255",
		[ZM_U16] = "is no number from 0 to 65535",
		[ZM_U32] = "is no number of 32 bits",
		[ZM_IP4] = "is no IPv4 address",
		[ZM_IP6] = "is no IPv6 address",
		[ZM_STRING] = "is no string of at most 255 bytes",
		[ZM_URI] = "is no text in quotes",
		[ZM_VALUE] = "is no text",
		[ZM_DIGITS] = "is no row of 4 to 255 digits",
		[ZM_REGEXP] = "is no substitution such as !^.*$!sip:info@example.com!",
		[ZM_TAG] = "is no tag of letters and digits",
		[ZM_ALGORITHM] = "is no algorithm",
		[ZM_DIGEST_TYPE] = "is no digest type",
		[ZM_HASH] = "is no hash algorithm",
		[ZM_PROTOCOL] = "is no protocol",
		[ZM_SCHEME] = "is no scheme",
		[ZM_KEY_FLAGS] = "are no flags of a key",
		[ZM_CERT_TYPE] = "is no certificate type",
		[ZM_TYPE] = "is no record type",
		[ZM_COVERED] = "is no record type",
		[ZM_ZERO] = "is not 0",
		[ZM_KNOWN_AS] = "is no number or name",
		[ZM_NSAP] = "is no NSAP address such as 0x47.0005",
		[ZM_HEX_WORD] = "is no row of whole bytes in hex",
		[ZM_BASE64_WORD] = "is no base64 text",
		[ZM_LOW_TYPES] = "are no record types below 128",
		[ZM_NAMES] = "is no domain name",
		[ZM_SERVICES] = "is no number or name",
		[ZM_TIME] = "is no time",
		[ZM_DATE] = "is no time such as 20260101000000",
		[ZM_SALT] = "is no row of hex digits",
		[ZM_BASE32] = "is no base32 text",
		[ZM_EUI48] = "is no EUI-48 address such as 00-00-5e-00-53-2a",
		[ZM_EUI64] = "is no EUI-64 address such as 00-00-5e-ef-10-00-00-2a",
		[ZM_LOCATOR] = "is no row of four groups of hex digits",
		[ZM_BASE64] = "is no base64 text",
		[ZM_HEX] = "is no row of whole bytes in hex",
		[ZM_TYPES] = "are no record types",
		[ZM_STRINGS] = "is no string of at most 255 bytes",
	};
	return complaints[field];
}
