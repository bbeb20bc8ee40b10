#include "zone/rdata/rdata.h"

#include "zone/rdata/digits.h"
#include "zone/rdata/layout.h"
#include "zone/rdata/loc.h"
#include "zone/record.h"
#include "zone/rdata/svcb.h"
#include "zone/types.h"
#include "zone/rdata/wire.h"
#include "zone/rdata/words.h"

/* ---- Described types ---- */

/* What the last field, all the words from this one on, comes to. */
struct rest {
	size_t count; /* of hex digits, or of words */
	struct zm_base64 base64;
};

static bool rest_word_fits(enum zm_field field, const struct zm_field_word *word, struct rest *rest)
{
	uint32_t number;
	rest->count += field == ZM_HEX ? word->text.len : 1;
	switch (field) {
	case ZM_TYPES:
		return zm_field_is_listed_type(word->text);
	case ZM_LOW_TYPES:
		return zm_field_is_low_type(word->text);
	case ZM_STRINGS:
		return zm_field_fits(ZM_STRING, word, &number);
	case ZM_NAMES:
		return zm_field_fits(ZM_NAME, word, &number);
	case ZM_SERVICES:
		return zm_field_fits(ZM_KNOWN_AS, word, &number);
	case ZM_HEX:
		return zm_is_hex(word->text);
	default:
		return zm_base64_add(&rest->base64, word->text);
	}
}

/* Whole bytes only. */
static bool is_whole(enum zm_field field, const struct rest *rest)
{
	return (field != ZM_HEX || rest->count % 2 == 0) &&
	       (field != ZM_BASE64 || zm_base64_ends(&rest->base64));
}

static size_t bytes_of(enum zm_field field, const struct rest *rest)
{
	if (field == ZM_HEX) {
		return rest->count / 2;
	}
	return field == ZM_BASE64 ? rest->base64.digits / 4 * 3 - rest->base64.padding
				  : rest->count;
}

/* What a last field may be where no word is left for it. */
static bool may_be_missing(const struct zm_layout *layout, size_t i, const uint32_t *number)
{
	switch (layout->field[i]) {
	case ZM_TYPES:
		return layout->type != ZM_TYPE_NSEC; /* RFC 4034 4.1.2: never without types */
	case ZM_LOW_TYPES:
	case ZM_NAMES:
	case ZM_SERVICES:
		return true;
	default:
		break;
	}
	bool is_last = i + 1 == ZM_FIELDS_MAX || layout->field[i + 1] == ZM_END;
	return is_last && (layout->size == ZM_SIZE_FREE ||
			   (layout->size == ZM_SIZE_KEY && zm_layout_size_fits(layout, number, 0)));
}

/* The current word is the first of the last field. */
static bool check_rest(struct zm_words *words, const struct zm_layout *layout, size_t field,
		       const uint32_t *number)
{
	struct rest rest = {0};
	enum zm_field kind = layout->field[field];
	do {
		if (!rest_word_fits(kind, &words->word, &rest)) {
			return zm_words_fail(words, "%s %s %s", layout->name,
					     layout->field_name[field], zm_field_complaint(kind));
		}
	} while (zm_words_next(words));
	if (!is_whole(kind, &rest)) {
		return zm_words_fail(words, "%s %s %s", layout->name, layout->field_name[field],
				     zm_field_complaint(kind));
	}
	size_t bytes = bytes_of(kind, &rest);
	if (!zm_layout_size_fits(layout, number, bytes)) {
		return zm_words_fail(words, "%s %s of %zu bytes, its type has another length",
				     layout->name, layout->field_name[field], bytes);
	}
	return true;
}

/* RFC 4034 3.1.7: the signer is the zone, so that the owner has as many labels at least. */
static bool is_signer(const struct zm_words *words, uint32_t labels)
{
	struct zm_name_buf signer;
	const char *why;
	return zm_name_parse(&signer, words->word.text, words->word.origin, &why) &&
	       zm_name_labels(zm_name_of(&signer)) <= labels;
}

/* Whether field `i` goes with the numbers before it. */
static bool check_company(struct zm_words *words, const struct zm_layout *layout, size_t i,
			  const uint32_t *number)
{
	enum { SHA1_DIGITS = 32 }; /* of 20 bytes in base 32 */
	if (layout->type == ZM_TYPE_RRSIG && i == 7 && !is_signer(words, number[2])) {
		return zm_words_fail(words, "RRSIG signer of more labels than the owner has");
	}
	if (layout->type == ZM_TYPE_NSEC3 && i == 4 && number[0] == 1 &&
	    words->word.text.len != SHA1_DIGITS) {
		return zm_words_fail(words, "NSEC3 next hash that is no SHA-1 hash");
	}
	return true;
}

/* The first word has been read already, to see whether the data is generic. */
static bool check_fields(struct zm_words *words, const struct zm_layout *layout)
{
	uint32_t number[ZM_FIELDS_MAX] = {0};
	for (size_t i = 0; i < ZM_FIELDS_MAX && layout->field[i] != ZM_END; i++) {
		enum zm_field field = layout->field[i];
		if (i > 0 && !zm_words_next(words)) {
			return may_be_missing(layout, i, number) ||
			       zm_words_lack(words, layout->name, layout->field_name[i]);
		}
		if (field >= ZM_BASE64) {
			return check_rest(words, layout, i, number);
		}
		if (!zm_field_fits(field, &words->word, &number[i])) {
			return zm_words_fail(words, "%s %s %s", layout->name, layout->field_name[i],
					     zm_field_complaint(field));
		}
		if (!check_company(words, layout, i, number)) {
			return false;
		}
	}
	return zm_words_end(words, layout->name);
}

/* ---- Types whose first fields decide on the others ---- */

/* What a gateway of this kind may be (RFC 4025 2.3, RFC 8777 4.2.3). */
static bool check_gateway(struct zm_words *words, const char *type, uint32_t kind)
{
	static const enum zm_field fields[] = {ZM_NAME, ZM_IP4, ZM_IP6, ZM_NAME};
	uint32_t number;
	if (kind >= sizeof(fields) / sizeof(*fields)) {
		return zm_words_fail(words, "%s gateway of an unknown type", type);
	}
	if (!zm_words_field(words, fields[kind], type, "gateway", &number)) {
		return false;
	}
	if (kind == 0 && !zm_str_eq(words->word.text, ZM_STR("."))) {
		return zm_words_fail(words, "%s gateway that is to be none is written as .", type);
	}
	return true;
}

/* RFC 4025 3.1. */
static bool check_ipseckey(struct zm_words *words)
{
	static const struct zm_layout key = {
		.name = "IPSECKEY",
		.field = {ZM_BASE64},
		.field_name = {"key"},
	};
	uint32_t precedence;
	uint32_t kind;
	uint32_t algorithm;
	if (!zm_words_field(words, ZM_U8, "IPSECKEY", "precedence", &precedence) ||
	    !zm_words_field(words, ZM_U8, "IPSECKEY", "gateway type", &kind) ||
	    !zm_words_field(words, ZM_U8, "IPSECKEY", "algorithm", &algorithm) ||
	    !check_gateway(words, "IPSECKEY", kind)) {
		return false;
	}
	if (!zm_words_next(words)) {
		return zm_words_lack(words, "IPSECKEY", "key");
	}
	return check_rest(words, &key, 0, NULL);
}

/* RFC 8777 4.3. */
static bool check_amtrelay(struct zm_words *words)
{
	uint32_t precedence;
	uint32_t discovery;
	uint32_t kind;
	if (!zm_words_field(words, ZM_U8, "AMTRELAY", "precedence", &precedence) ||
	    !zm_words_field(words, ZM_U8, "AMTRELAY", "discovery", &discovery)) {
		return false;
	}
	if (discovery > 1) {
		return zm_words_fail(words, "AMTRELAY discovery is neither 0 nor 1");
	}
	return zm_words_field(words, ZM_U8, "AMTRELAY", "relay type", &kind) &&
	       check_gateway(words, "AMTRELAY", kind) && zm_words_end(words, "AMTRELAY");
}

/* RFC 2874 3.1: 64 ::1 foo. The address or the name is missing at either end. */
static bool check_a6(struct zm_words *words)
{
	uint32_t prefix;
	uint32_t number;
	if (!zm_words_field(words, ZM_U8, "A6", "prefix length", &prefix)) {
		return false;
	}
	if (prefix > 128) {
		return zm_words_fail(words, "A6 prefix length is no number from 0 to 128");
	}
	if (prefix < 128 && !zm_words_field(words, ZM_IP6, "A6", "suffix", &number)) {
		return false;
	}
	if (prefix > 0 && !zm_words_field(words, ZM_NAME, "A6", "prefix name", &number)) {
		return false;
	}
	return zm_words_end(words, "A6");
}

/* Hex digits with dots among them, or `+` and a number (ATM Forum, AF-DANS-0152). */
static bool check_atma(struct zm_words *words)
{
	struct zm_str text;
	size_t digits = 0;
	if (!zm_words_next(words)) {
		return zm_words_lack(words, "ATMA", "address");
	}
	text = words->word.text;
	bool is_number = text.data[0] == '+';
	for (size_t i = is_number ? 1 : 0; i < text.len; i++) {
		struct zm_str digit = zm_str_sub(text, i, i + 1);
		bool is_dot = text.data[i] == '.';
		if (!is_dot && !(is_number ? zm_is_digit(text.data[i]) : zm_is_hex(digit))) {
			return zm_words_fail(words, "ATMA address that is none");
		}
		digits += !is_dot;
	}
	if (digits == 0 || (!is_number && digits % 2 != 0)) {
		return zm_words_fail(words, "ATMA address that is none");
	}
	return zm_words_end(words, "ATMA");
}

/* draft-durand-doa-over-dns: the data is base64 or `-`. */
static bool check_doa(struct zm_words *words)
{
	static const struct zm_layout data = {
		.name = "DOA",
		.field = {ZM_BASE64},
		.field_name = {"data"},
	};
	uint32_t number;
	if (!zm_words_field(words, ZM_U32, "DOA", "enterprise", &number) ||
	    !zm_words_field(words, ZM_U32, "DOA", "type", &number) ||
	    !zm_words_field(words, ZM_U8, "DOA", "location", &number) ||
	    !zm_words_field(words, ZM_STRING, "DOA", "media type", &number)) {
		return false;
	}
	if (!zm_words_next(words)) {
		return zm_words_lack(words, "DOA", "data");
	}
	if (zm_str_eq(words->word.text, ZM_STR("-"))) {
		return zm_words_end(words, "DOA");
	}
	return check_rest(words, &data, 0, NULL);
}

/* ---- */

/* A type that nobody describes has RFC 3597 data only; one whose description nobody here has read
 * is ldns's to check. */
static bool check_other(struct zm_words *words)
{
	switch (words->record->type) {
	case ZM_TYPE_SVCB:
	case ZM_TYPE_HTTPS:
		return zm_svcb_check(words);
	case ZM_TYPE_IPSECKEY:
		return check_ipseckey(words);
	case ZM_TYPE_AMTRELAY:
		return check_amtrelay(words);
	case ZM_TYPE_A6:
		return check_a6(words);
	case ZM_TYPE_ATMA:
		return check_atma(words);
	case ZM_TYPE_DOA:
		return check_doa(words);
	case ZM_TYPE_LOC:
		return zm_loc_check(words);
	case ZM_TYPE_APL:
		return zm_record_check_foreign(words);
	default:
		zm_words_next(words);
		return zm_words_fail(words, "type whose data can be written as \\# only");
	}
}

bool zm_rdata_check(const struct zm_record *record, struct zm_arena *arena, struct zm_fault *fault)
{
	struct zm_words words = {.record = record, .arena = arena, .fault = fault};
	const struct zm_layout *layout = zm_layout_find(record->type);
	if (record->type == ZM_TYPE_MD || record->type == ZM_TYPE_MF) {
		return zm_words_fail(&words, "obsolete record type: servers refuse the zone");
	}
	if (!zm_words_next(&words)) {
		return true; /* record without data: the walk has said so */
	}
	if (zm_str_eq(words.word.text, ZM_STR("\\#"))) {
		return zm_wire_check(&words, layout);
	}
	if (layout != NULL) {
		return check_fields(&words, layout);
	}
	words = (struct zm_words){.record = record, .arena = arena, .fault = fault};
	return check_other(&words);
}
