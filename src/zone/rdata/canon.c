#include "zone/rdata/canon.h"

#include "spf/ip.h"
#include "zone/rdata/code.h"
#include "zone/rdata/layout.h"
#include "zone/rdata/words.h"
#include "zone/types.h"

#include <stdlib.h>

/* ---- Fields of one word ---- */

static void add_number(struct zm_buf *out, uint32_t number, size_t bytes)
{
	while (bytes-- > 0) {
		zm_buf_add_char(out, (char)(number >> (8 * bytes)));
	}
}

void zm_canon_name(struct zm_buf *out, struct zm_name name)
{
	char wire[ZM_NAME_MAX];
	for (size_t i = 0; i < name.len; i++) {
		wire[i] = zm_lower((char)name.wire[i]); /* a length is below the letters */
	}
	zm_buf_add(out, (struct zm_str){wire, name.len});
}

static bool add_name(struct zm_buf *out, const struct zm_field_word *word)
{
	struct zm_name_buf name;
	const char *why;
	if (word->quoted || !zm_name_parse(&name, word->text, word->origin, &why)) {
		return false;
	}
	zm_canon_name(out, zm_name_of(&name));
	return true;
}

/* What the text says, without quotes and escapes. */
static bool add_text(struct zm_buf *out, const struct zm_field_word *word)
{
	size_t at = word->quoted ? 1 : 0;
	size_t end = word->text.len - at;
	while (at < end) {
		char byte;
		size_t size = zm_text_char(word->text, at, end, &byte);
		if (size == 0) {
			return false;
		}
		zm_buf_add_char(out, byte);
		at += size;
	}
	return true;
}

/* The length, which stands before what is not known yet. */
static bool add_counted(struct zm_buf *out, const struct zm_field_word *word,
			bool (*add)(struct zm_buf *out, const struct zm_field_word *word))
{
	size_t start = out->len;
	zm_buf_add_char(out, '\0');
	if (!add(out, word) || out->full) {
		return false;
	}
	size_t len = out->len - start - 1;
	out->data[start] = (char)len;
	return len <= UINT8_MAX;
}

static bool add_salt(struct zm_buf *out, const struct zm_field_word *word)
{
	return zm_str_eq(word->text, ZM_STR("-")) || zm_code_add_hex(out, word->text);
}

static bool add_base32(struct zm_buf *out, const struct zm_field_word *word)
{
	return zm_code_add_base32(out, word->text);
}

static bool add_address(struct zm_buf *out, const struct zm_field_word *word, bool is_ip4)
{
	struct zm_ip ip;
	if (!(is_ip4 ? zm_ip4_parse(&ip, word->text) : zm_ip6_parse(&ip, word->text))) {
		return false;
	}
	zm_buf_add(out, (struct zm_str){(const char *)ip.byte, is_ip4 ? 4 : 16});
	return true;
}

static bool add_type(struct zm_buf *out, struct zm_str text)
{
	uint16_t type = 0;
	uint64_t number = 0;
	bool is_number = zm_str_number(text, UINT16_MAX, &number);
	bool is_none = zm_str_eq_nocase(text, ZM_STR("TYPE0"));
	if (!is_number && !is_none && !zm_type_parse(&type, text)) {
		return false;
	}
	add_number(out, is_number ? (uint32_t)number : type, 2);
	return true;
}

/* How many bytes a field of a number takes; 0: it is none. */
static size_t number_size(enum zm_field field)
{
	switch (field) {
	case ZM_U8:
	case ZM_ALGORITHM:
	case ZM_DIGEST_TYPE:
	case ZM_HASH:
	case ZM_PROTOCOL:
	case ZM_SCHEME:
		return 1;
	case ZM_U16:
	case ZM_KEY_FLAGS:
	case ZM_CERT_TYPE:
		return 2;
	case ZM_U32:
		return 4;
	default:
		return 0;
	}
}

static bool add_code(struct zm_buf *out, enum zm_field field, const struct zm_field_word *word)
{
	uint32_t number;
	switch (field) {
	case ZM_TYPE:
	case ZM_COVERED:
	case ZM_ZERO:
		return add_type(out, word->text);
	case ZM_TIME:
	case ZM_DATE:
		add_number(out, zm_code_time(word->text), 4);
		return zm_field_fits(field, word, &number);
	case ZM_SALT:
		return add_counted(out, word, add_salt);
	case ZM_BASE32:
		return add_counted(out, word, add_base32);
	case ZM_EUI48:
	case ZM_EUI64:
		return zm_code_add_groups(out, word->text, '-', 2);
	case ZM_LOCATOR:
		return zm_code_add_groups(out, word->text, ':', 4);
	default:
		return false;
	}
}

static bool add_field(struct zm_buf *out, enum zm_field field, const struct zm_field_word *word)
{
	uint32_t number = 0;
	size_t bytes = number_size(field);
	if (bytes > 0) {
		bool fits = zm_field_fits(field, word, &number);
		add_number(out, number, bytes);
		return fits;
	}
	switch (field) {
	case ZM_NAME:
		return add_name(out, word);
	case ZM_IP4:
	case ZM_IP6:
		return add_address(out, word, field == ZM_IP4);
	case ZM_STRING:
	case ZM_DIGITS:
	case ZM_REGEXP:
	case ZM_TAG:
		return add_counted(out, word, add_text);
	case ZM_URI:
	case ZM_VALUE:
		return add_text(out, word);
	default:
		return add_code(out, field, word);
	}
}

/* ---- Fields that take all that is left ---- */

/* RFC 4034 4.1.2. */
static bool add_types(struct zm_buf *out, struct zm_words *words)
{
	uint8_t bitmap[UINT16_MAX / 8 + 1] = {0};
	enum { WINDOW = 32 };
	while (zm_words_next(words)) {
		struct zm_buf number = {0};
		bool is_type = add_type(&number, words->word.text);
		uint16_t type =
			is_type ? (uint16_t)((uint8_t)number.data[0] << 8 | (uint8_t)number.data[1])
				: 0;
		zm_buf_release(&number);
		if (!is_type) {
			return false;
		}
		bitmap[type / 8] |= (uint8_t)(0x80 >> type % 8);
	}
	for (size_t window = 0; window < sizeof(bitmap) / WINDOW; window++) {
		size_t len = WINDOW;
		while (len > 0 && bitmap[window * WINDOW + len - 1] == 0) {
			len--;
		}
		if (len > 0) {
			add_number(out, (uint32_t)window, 1);
			add_number(out, (uint32_t)len, 1);
			zm_buf_add(out, (struct zm_str){(char *)bitmap + window * WINDOW, len});
		}
	}
	return true;
}

/* Digits go on from word to word. */
static bool add_digits(struct zm_buf *out, struct zm_words *words, bool is_hex)
{
	struct zm_buf text = {0};
	while (zm_words_next(words)) {
		zm_buf_add(&text, words->word.text);
	}
	bool good = is_hex ? zm_code_add_hex(out, zm_buf_str(&text))
			   : zm_code_add_base64(out, zm_buf_str(&text));
	zm_buf_release(&text);
	return good;
}

static bool add_rest(struct zm_buf *out, enum zm_field field, struct zm_words *words)
{
	if (field == ZM_TYPES || field == ZM_LOW_TYPES) {
		return add_types(out, words);
	}
	if (field == ZM_HEX || field == ZM_BASE64) {
		return add_digits(out, words, field == ZM_HEX);
	}
	if (field != ZM_STRINGS) {
		return false;
	}
	while (zm_words_next(words)) {
		if (!add_counted(out, &words->word, add_text)) {
			return false;
		}
	}
	return true;
}

static bool add_fields(struct zm_buf *out, const struct zm_layout *layout, struct zm_words *words)
{
	for (size_t i = 0; i < ZM_FIELDS_MAX && layout->field[i] != ZM_END; i++) {
		if (layout->field[i] >= ZM_BASE64) {
			return add_rest(out, layout->field[i], words);
		}
		if (!zm_words_next(words)) {
			return layout->size == ZM_SIZE_FREE;
		}
		if (!add_field(out, layout->field[i], &words->word)) {
			return false;
		}
	}
	return !zm_words_next(words);
}

/* ---- Whole data ---- */

/* `\#`, the length, and hex digits (RFC 3597 5). */
static bool add_generic(struct zm_buf *out, struct zm_words *words)
{
	return zm_words_next(words) && add_digits(out, words, true);
}

static bool add_strings(struct zm_buf *out, struct zm_words *words)
{
	static const struct zm_layout strings = {.field = {ZM_STRINGS}};
	return add_fields(out, &strings, words);
}

/* Two names, the serial, and four times, which may have units. */
static bool add_soa(struct zm_buf *out, struct zm_words *words)
{
	enum { SERIAL = 2, WORDS = 7 };
	for (size_t i = 0; i < WORDS; i++) {
		uint32_t seconds = 0;
		if (!zm_words_next(words) || (i < SERIAL && !add_name(out, &words->word)) ||
		    (i > SERIAL && !zm_ttl_parse(&seconds, words->word.text))) {
			return false;
		}
		if (i > SERIAL) {
			add_number(out, seconds, 4);
		}
	}
	return true;
}

/* The next word as it stands, quotes and escapes apart; what touches it is a part of it. */
static bool next_whole(struct zm_words *words, struct zm_arena *arena, struct zm_str *whole)
{
	struct zm_buf text = {0};
	bool touches = zm_words_next(words);
	if (!touches) {
		return false;
	}
	while (touches) {
		if (!add_text(&text, &words->word)) {
			zm_buf_add(&text, words->word.text);
		}
		touches = zm_words_touch(words) && zm_words_next(words);
	}
	*whole = zm_arena_copy(arena, zm_buf_str(&text));
	zm_buf_release(&text);
	return true;
}

static int compare_texts(const void *a, const void *b)
{
	return zm_str_compare(*(const struct zm_str *)a, *(const struct zm_str *)b);
}

/* All words that are left, each with its length. */
static void add_words(struct zm_buf *out, struct zm_words *words, bool are_sorted)
{
	struct zm_arena scratch = {0};
	struct zm_str *list = NULL;
	struct zm_str text;
	size_t count = 0;
	size_t capacity = 0;
	while (next_whole(words, &scratch, &text)) {
		list = zm_arena_grow(&scratch, list, count, &capacity, sizeof(*list));
		list[count++] = text;
	}
	if (are_sorted && count > 1) {
		qsort(list, count, sizeof(*list), compare_texts);
	}
	for (size_t i = 0; i < count; i++) {
		add_number(out, (uint32_t)list[i].len, 4);
		zm_buf_add(out, list[i]);
	}
	zm_arena_release(&scratch);
}

/* RFC 9460 2.1, 2.2: priority, target, and parameters, whose order means nothing. */
static bool add_service(struct zm_buf *out, struct zm_words *words)
{
	if (!zm_words_next(words) || !add_field(out, ZM_U16, &words->word) ||
	    !zm_words_next(words) || !add_field(out, ZM_NAME, &words->word)) {
		return false;
	}
	add_words(out, words, true);
	return true;
}

/* Whatever it is. A name in it may depend on the origin. */
static void add_unread(struct zm_buf *out, const struct zm_record *record)
{
	struct zm_words words = {.record = record};
	struct zm_field_word origin = {.text = ZM_STR("@"), .origin = record->origin};
	add_words(out, &words, false);
	add_name(out, &origin);
}

static bool add_data(struct zm_buf *out, const struct zm_record *record)
{
	struct zm_words words = {.record = record};
	const struct zm_layout *layout = zm_layout_find(record->type);
	if (zm_words_next(&words) && zm_str_eq(words.word.text, ZM_STR("\\#"))) {
		return add_generic(out, &words);
	}
	words = (struct zm_words){.record = record};
	if (record->type == ZM_TYPE_SOA) {
		return add_soa(out, &words);
	}
	if (record->type == ZM_TYPE_SVCB || record->type == ZM_TYPE_HTTPS) {
		return add_service(out, &words);
	}
	if (record->type == ZM_TYPE_TXT || record->type == ZM_TYPE_SPF) {
		return add_strings(out, &words);
	}
	return layout != NULL && add_fields(out, layout, &words);
}

void zm_canon_rdata(struct zm_buf *out, const struct zm_record *record)
{
	size_t start = out->len;
	if (!add_data(out, record)) {
		out->len = start;
		add_unread(out, record);
	}
}
