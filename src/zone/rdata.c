#include "zone/rdata.h"

#include "spf/ip.h"
#include "zone/types.h"

/* What a field may hold. Those from BASE64 on take all the words that are left. */
enum field {
	END,
	NAME, /* a domain name, RFC 1035 3.3 */
	U8,
	U16,
	U32,
	IP4,
	IP6,
	STRING,    /* a character-string, quoted or not */
	TAG,       /* letters and digits, RFC 8659 4.1 */
	ALGORITHM, /* a number of 8 bits, or a mnemonic */
	TYPE,
	TIME,   /* YYYYMMDDHHmmSS or seconds, RFC 4034 3.2 */
	SALT,   /* hex digits or `-`, RFC 5155 3.3 */
	BASE32, /* one word */
	BASE64,
	HEX,
	TYPES,
};

enum { FIELDS_MAX = 9 };

struct layout {
	uint16_t type;
	const char *name;
	enum field field[FIELDS_MAX];
	const char *field_name[FIELDS_MAX];
};

#define ONE_NAME(number, name, field)                                                              \
	{                                                                                          \
		number, name, {NAME},                                                              \
		{                                                                                  \
			field                                                                      \
		}                                                                                  \
	}
#define DIGEST(number, name)                                                                       \
	{                                                                                          \
		number, name, {U16, ALGORITHM, ALGORITHM, HEX},                                    \
		{                                                                                  \
			"key tag", "algorithm", "digest type", "digest"                            \
		}                                                                                  \
	}
#define PUBLIC_KEY(number, name)                                                                   \
	{                                                                                          \
		number, name, {U16, U8, ALGORITHM, BASE64},                                        \
		{                                                                                  \
			"flags", "protocol", "algorithm", "key"                                    \
		}                                                                                  \
	}
#define CERTIFICATE(number, name)                                                                  \
	{                                                                                          \
		number, name, {U8, U8, U8, HEX},                                                   \
		{                                                                                  \
			"usage", "selector", "matching type", "certificate data"                   \
		}                                                                                  \
	}

/* The frequent ones first. */
static const struct layout layouts[] = {
	ONE_NAME(2, "NS", "name server"), /* RFC 1035 3.3.11 */
	{1, "A", {IP4}, {"address"}},
	{28, "AAAA", {IP6}, {"address"}}, /* RFC 3596 2.2 */
	DIGEST(43, "DS"),                 /* RFC 4034 5.3 */
	ONE_NAME(5, "CNAME", "canonical name"),
	{15, "MX", {U16, NAME}, {"preference", "exchange"}},
	ONE_NAME(12, "PTR", "name"),
	{46,
	 "RRSIG",
	 {TYPE, ALGORITHM, U8, U32, TIME, TIME, U16, NAME, BASE64},
	 {"type covered", "algorithm", "labels", "original TTL", "expiration", "inception",
	  "key tag", "signer", "signature"}}, /* RFC 4034 3.2 */
	{50,
	 "NSEC3",
	 {ALGORITHM, U8, U16, SALT, BASE32, TYPES},
	 {"hash algorithm", "flags", "iterations", "salt", "next hash",
	  "types"}}, /* RFC 5155 3.3 */
	{47, "NSEC", {NAME, TYPES}, {"next name", "types"}},
	{51,
	 "NSEC3PARAM",
	 {ALGORITHM, U8, U16, SALT},
	 {"hash algorithm", "flags", "iterations", "salt"}},
	{33, "SRV", {U16, U16, U16, NAME}, {"priority", "weight", "port", "target"}}, /* RFC 2782 */
	{257, "CAA", {U8, TAG, STRING}, {"flags", "tag", "value"}},
	PUBLIC_KEY(48, "DNSKEY"),
	PUBLIC_KEY(60, "CDNSKEY"),
	DIGEST(59, "CDS"),
	CERTIFICATE(52, "TLSA"),   /* RFC 6698 2.2 */
	CERTIFICATE(53, "SMIMEA"), /* RFC 8162 2 */
	{44, "SSHFP", {U8, U8, HEX}, {"algorithm", "fingerprint type", "fingerprint"}},
	{35,
	 "NAPTR",
	 {U16, U16, STRING, STRING, STRING, NAME},
	 {"order", "preference", "flags", "services", "regexp", "replacement"}}, /* RFC 3403 4.1 */
	ONE_NAME(39, "DNAME", "target"),
	{13, "HINFO", {STRING, STRING}, {"CPU", "OS"}},
	{17, "RP", {NAME, NAME}, {"mailbox", "TXT name"}},
	{18, "AFSDB", {U16, NAME}, {"subtype", "host"}},
	{21, "RT", {U16, NAME}, {"preference", "host"}},
	{36, "KX", {U16, NAME}, {"preference", "exchanger"}},
};

/* The record's words, one after another. */
struct words {
	const struct zm_record *record;
	size_t at; /* the token to look at next */
	const struct zm_token *token;
	struct zm_str text;
};

static bool next_word(struct words *words)
{
	const struct zm_record *record = words->record;
	while (words->at < record->rdata_count) {
		const struct zm_token *token = &record->rdata[words->at++];
		if (token->kind == ZM_WORD || token->kind == ZM_QUOTED) {
			words->token = token;
			words->text = zm_str_sub(record->source->bytes, token->start, token->end);
			return true;
		}
	}
	return false; /* `token` stays the last one */
}

static bool is_number(struct zm_str text, uint64_t max)
{
	uint64_t number;
	return zm_str_number(text, max, &number);
}

static bool is_name(const struct words *words)
{
	struct zm_name_buf name;
	const char *why;
	return words->token->kind == ZM_WORD &&
	       zm_name_parse(&name, words->text, words->record->origin, &why);
}

static bool is_of(struct zm_str text, bool (*allows)(char c))
{
	for (size_t i = 0; i < text.len; i++) {
		if (!allows(text.data[i])) {
			return false;
		}
	}
	return true;
}

static bool is_hex_digit(char c)
{
	return zm_is_digit(c) || (zm_lower(c) >= 'a' && zm_lower(c) <= 'f');
}

static bool is_base32_digit(char c)
{
	return zm_is_digit(c) || (zm_lower(c) >= 'a' && zm_lower(c) <= 'v');
}

static bool is_base64_digit(char c)
{
	return zm_is_alnum(c) || c == '+' || c == '/' || c == '=';
}

/* How many bytes a character-string says; false for a broken escape or more than 255. */
static bool is_string(const struct words *words)
{
	bool quoted = words->token->kind == ZM_QUOTED;
	size_t at = quoted ? 1 : 0;
	size_t end = quoted ? words->text.len - 1 : words->text.len;
	size_t len = 0;
	while (at < end) {
		char byte;
		size_t size = zm_text_char(words->text, at, end, &byte);
		if (size == 0 || ++len > ZM_STRING_MAX) {
			return false;
		}
		at += size;
	}
	return true;
}

/* Mnemonics are many and grow; a word that begins with a letter is taken for one. */
static bool is_number_or_mnemonic(struct zm_str text)
{
	return is_number(text, UINT8_MAX) || zm_is_alpha(text.data[0]);
}

static bool is_type(struct zm_str text)
{
	uint16_t type;
	return zm_type_parse(&type, text) || is_number(text, UINT16_MAX);
}

static bool is_time(struct zm_str text)
{
	return (text.len == 14 || text.len <= 10) && is_of(text, zm_is_digit);
}

static bool fits(const struct words *words, enum field field)
{
	struct zm_str text = words->text;
	struct zm_ip ip;
	switch (field) {
	case NAME:
		return is_name(words);
	case U8:
		return is_number(text, UINT8_MAX);
	case U16:
		return is_number(text, UINT16_MAX);
	case U32:
		return is_number(text, UINT32_MAX);
	case IP4:
		return zm_ip4_parse(&ip, text);
	case IP6:
		return zm_ip6_parse(&ip, text);
	case STRING:
		return is_string(words);
	case TAG:
		return is_of(text, zm_is_alnum);
	case ALGORITHM:
		return is_number_or_mnemonic(text);
	case TYPE:
		return is_type(text);
	case TIME:
		return is_time(text);
	case SALT:
		return zm_str_eq(text, ZM_STR("-")) ||
		       (is_of(text, is_hex_digit) && text.len % 2 == 0);
	default:
		return is_of(text, is_base32_digit);
	}
}

/* All the words from this one on. Base64 and hex digits make whole bytes. */
static bool rest_fits(struct words *words, enum field field)
{
	size_t digits = 0;
	do {
		bool good = is_type(words->text);
		if (field != TYPES) {
			good = is_of(words->text, field == HEX ? is_hex_digit : is_base64_digit);
		}
		if (!good) {
			return false;
		}
		digits += words->text.len;
	} while (next_word(words));
	return field == TYPES || digits % (field == HEX ? 2 : 4) == 0;
}

static const char *complaint(enum field field)
{
	static const char *const complaints[] = {
		[NAME] = "is no domain name",
		[U8] = "is no number from 0 to 255",
		[U16] = "is no number from 0 to 65535",
		[U32] = "is no number of 32 bits",
		[IP4] = "is no IPv4 address",
		[IP6] = "is no IPv6 address",
		[STRING] = "is no string of at most 255 bytes",
		[TAG] = "is no tag of letters and digits",
		[ALGORITHM] = "is no algorithm",
		[TYPE] = "is no record type",
		[TIME] = "is no time",
		[SALT] = "is no row of hex digits",
		[BASE32] = "is no base32 text",
		[BASE64] = "is no base64 text",
		[HEX] = "is no row of whole bytes in hex",
		[TYPES] = "are no record types",
	};
	return complaints[field];
}

static const struct layout *find_layout(uint16_t type)
{
	for (size_t i = 0; i < sizeof(layouts) / sizeof(*layouts); i++) {
		if (layouts[i].type == type) {
			return &layouts[i];
		}
	}
	return NULL;
}

static bool fail(struct zm_fault *fault, const struct words *words, struct zm_str message)
{
	fault->kind = ZM_FAULT_RECORD;
	fault->at = words->record->type_at;
	if (words->token != NULL) {
		fault->at = (struct zm_span){words->token->start, words->token->end};
	}
	fault->message = message;
	return false;
}

/* RFC 3597 5: `\# 4 C0000201`, a length and as many bytes. */
static bool check_generic(struct words *words, struct zm_arena *arena, struct zm_fault *fault)
{
	uint64_t size = 0;
	size_t digits = 0;
	bool good = next_word(words) && zm_str_number(words->text, UINT16_MAX, &size);
	while (good && next_word(words)) {
		good = is_of(words->text, is_hex_digit);
		digits += words->text.len;
	}
	if (!good || digits != size * 2) {
		return fail(fault, words,
			    zm_arena_printf(arena, "\\# data that is not what its length says"));
	}
	return true;
}

static bool lacks(const struct layout *layout, size_t field, struct words *words,
		  struct zm_arena *arena, struct zm_fault *fault)
{
	words->token = NULL; /* nothing to point at but the type */
	return fail(fault, words,
		    zm_arena_printf(arena, "%s record lacks its %s", layout->name,
				    layout->field_name[field]));
}

/* The first word has been read already, to see whether the data is generic. */
static bool check_fields(const struct layout *layout, struct words *words, struct zm_arena *arena,
			 struct zm_fault *fault)
{
	for (size_t i = 0; i < FIELDS_MAX && layout->field[i] != END; i++) {
		enum field field = layout->field[i];
		if (i > 0 && !next_word(words)) {
			/* A list of types may be empty. */
			return field == TYPES || lacks(layout, i, words, arena, fault);
		}
		if (field >= BASE64 ? !rest_fits(words, field) : !fits(words, field)) {
			return fail(fault, words,
				    zm_arena_printf(arena, "%s %s %s", layout->name,
						    layout->field_name[i], complaint(field)));
		}
	}
	if (next_word(words)) {
		return fail(fault, words,
			    zm_arena_printf(arena, "text after the end of the %s record",
					    layout->name));
	}
	return true;
}

bool zm_rdata_check(const struct zm_record *record, struct zm_arena *arena, struct zm_fault *fault)
{
	const struct layout *layout = find_layout(record->type);
	struct words words = {.record = record};
	if (!next_word(&words)) {
		return true; /* record without data: the walk has said so */
	}
	if (zm_str_eq(words.text, ZM_STR("\\#"))) {
		return check_generic(&words, arena, fault);
	}
	return layout == NULL || check_fields(layout, &words, arena, fault);
}
