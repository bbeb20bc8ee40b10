#include "zone/rdata/svcb.h"

#include "spf/ip.h"
#include "zone/rdata/digits.h"
#include "zone/text.h"

#include <string.h>

enum key { /* IANA, Service Parameter Keys */
	   MANDATORY,
	   ALPN,
	   NO_DEFAULT_ALPN,
	   PORT,
	   IPV4HINT,
	   ECH,
	   IPV6HINT,
	   DOHPATH,
	   OHTTP,
	   GROUPS,
	   KEYS
};

static const char *const key_names[KEYS] = {
	[MANDATORY] = "mandatory",
	[ALPN] = "alpn",
	[PORT] = "port",
	[NO_DEFAULT_ALPN] = "no-default-alpn",
	[ECH] = "ech",
	[IPV4HINT] = "ipv4hint",
	[DOHPATH] = "dohpath",
	[IPV6HINT] = "ipv6hint",
	[OHTTP] = "ohttp",
	[GROUPS] = "tls-supported-groups",
};

/* A parameter on its way: `key=value`, `key="value"`, `key`. */
struct param {
	uint32_t key;
	bool is_named; /* written as a name, not as keyNNNNN: its value is text, not wire form */
	bool has_value;
	struct zm_str value; /* unescaped, in the scratch arena */
};

struct params {
	struct zm_words *words;
	struct zm_arena scratch;
	uint8_t seen[8192]; /* a bit a key */
	uint8_t mandatory[8192];
};

static bool get(const uint8_t *set, uint32_t key)
{
	return (set[key / 8] >> (key % 8) & 1) != 0;
}

static void put(uint8_t *set, uint32_t key)
{
	set[key / 8] |= (uint8_t)(1 << (key % 8));
}

static bool parse_key(struct zm_str text, uint32_t *key, bool *is_named)
{
	uint64_t number;
	for (*key = 0; *key < KEYS; ++*key) {
		if (zm_str_eq(text, zm_str_from(key_names[*key]))) {
			*is_named = true;
			return true;
		}
	}
	struct zm_str digits = zm_str_sub(text, 3, text.len);
	*is_named = false;
	if (!zm_str_starts(text, ZM_STR("key")) || !zm_str_number(digits, UINT16_MAX, &number) ||
	    (digits.data[0] == '0' && digits.len > 1)) {
		return false;
	}
	*key = (uint32_t)number;
	return true;
}

static bool unescape(struct params *params, struct zm_str text, struct zm_str *value)
{
	char *out = zm_arena_alloc(&params->scratch, text.len);
	size_t len = 0;
	for (size_t at = 0; at < text.len;) {
		size_t size = zm_text_char(text, at, text.len, &out[len]);
		if (size == 0) {
			return false;
		}
		at += size;
		len++;
	}
	*value = (struct zm_str){out, len};
	return true;
}

/* ---- Lists ---- */

/* The next item of a comma-separated list from `*at` on, which moves behind its comma. */
static bool next_item(struct zm_str list, size_t *at, struct zm_str *item)
{
	if (*at > list.len) {
		return false;
	}
	size_t comma = zm_str_find(list, ZM_STR(","), *at);
	size_t end = comma == SIZE_MAX ? list.len : comma;
	*item = zm_str_sub(list, *at, end);
	*at = end + 1;
	return true;
}

static bool are_all(struct zm_str list, bool (*is_good)(struct zm_str item))
{
	struct zm_str item;
	for (size_t at = 0; next_item(list, &at, &item);) {
		if (!is_good(item)) {
			return false;
		}
	}
	return true;
}

static bool is_ip4(struct zm_str text)
{
	struct zm_ip ip;
	return zm_ip4_parse(&ip, text);
}

static bool is_ip6(struct zm_str text)
{
	struct zm_ip ip;
	return zm_ip6_parse(&ip, text);
}

static bool is_group(struct zm_str text)
{
	uint64_t number;
	return zm_str_number(text, UINT16_MAX, &number);
}

/* RFC 9460 A.1: in an item `\,` is a comma and `\\` a backslash; items of 1 to 255 bytes. */
static bool is_alpn(struct zm_str list)
{
	size_t len = 0;
	for (size_t at = 0; at <= list.len; at++) {
		if (at == list.len || list.data[at] == ',') {
			if (len < 1 || len > ZM_STRING_MAX) {
				return false;
			}
			len = 0;
			continue;
		}
		at += list.data[at] == '\\' && at + 1 < list.len;
		len++;
	}
	return true;
}

static bool is_alpn_wire(struct zm_str bytes)
{
	size_t at = 0;
	while (at < bytes.len) {
		size_t len = (uint8_t)bytes.data[at];
		if (len < 1 || len > bytes.len - at - 1) {
			return false;
		}
		at += len + 1;
	}
	return bytes.len > 0;
}

/* RFC 9460 8: no key twice, and not `mandatory` itself. */
static bool add_mandatory(struct params *params, uint32_t key)
{
	bool good = key != MANDATORY && !get(params->mandatory, key);
	put(params->mandatory, key);
	return good;
}

static bool is_mandatory(struct params *params, struct zm_str list)
{
	struct zm_str item;
	for (size_t at = 0; next_item(list, &at, &item);) {
		uint32_t key;
		bool is_named;
		if (!parse_key(item, &key, &is_named) || !add_mandatory(params, key)) {
			return false;
		}
	}
	return true;
}

static bool is_mandatory_wire(struct params *params, struct zm_str bytes)
{
	uint32_t last = 0;
	for (size_t at = 0; at + 1 < bytes.len; at += 2) {
		uint32_t key =
			(uint32_t)((uint8_t)bytes.data[at] << 8 | (uint8_t)bytes.data[at + 1]);
		if (key <= last || !add_mandatory(params, key)) {
			return false;
		}
		last = key;
	}
	return bytes.len > 0 && bytes.len % 2 == 0;
}

/* ---- Values ---- */

static bool is_printable(struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((uint8_t)text.data[i] < ' ' || (uint8_t)text.data[i] > '~') {
			return false;
		}
	}
	return true;
}

/* RFC 9461 5: a relative URI template with the variable `dns`. */
static bool is_dohpath(struct zm_str path)
{
	if (path.len == 0 || path.data[0] != '/' || !is_printable(path)) {
		return false;
	}
	for (size_t open = zm_str_find(path, ZM_STR("{"), 0); open != SIZE_MAX;
	     open = zm_str_find(path, ZM_STR("{"), open + 1)) {
		size_t close = zm_str_find(path, ZM_STR("}"), open);
		struct zm_str list = zm_str_sub(path, open, close);
		if (close != SIZE_MAX && zm_str_find(list, ZM_STR("dns"), 0) != SIZE_MAX) {
			return true;
		}
	}
	return false;
}

/* An ECHConfigList, which may be empty. */
static bool is_ech(struct zm_str text)
{
	struct zm_base64 base64 = {0};
	return text.len == 0 || (zm_base64_add(&base64, text) && zm_base64_ends(&base64));
}

static bool is_text_value(struct params *params, const struct param *param)
{
	struct zm_str value = param->value;
	switch (param->key) {
	case MANDATORY:
		return is_mandatory(params, value);
	case ALPN:
		return is_alpn(value);
	case NO_DEFAULT_ALPN:
	case OHTTP:
		return value.len == 0;
	case PORT:
	case GROUPS:
		return param->key == GROUPS ? are_all(value, is_group) : is_group(value);
	case IPV4HINT:
		return are_all(value, is_ip4);
	case IPV6HINT:
		return are_all(value, is_ip6);
	case ECH:
		return is_ech(value);
	default:
		return is_dohpath(value);
	}
}

static bool is_wire_value(struct params *params, const struct param *param)
{
	size_t len = param->value.len;
	switch (param->key) {
	case MANDATORY:
		return is_mandatory_wire(params, param->value);
	case ALPN:
		return is_alpn_wire(param->value);
	case NO_DEFAULT_ALPN:
	case OHTTP:
		return len == 0;
	case PORT:
		return len == 2;
	case GROUPS:
		return len > 0 && len % 2 == 0;
	case IPV4HINT:
		return len > 0 && len % 4 == 0;
	case IPV6HINT:
		return len > 0 && len % 16 == 0;
	case DOHPATH:
		return is_dohpath(param->value);
	default:
		return true;
	}
}

/* ---- Parameters ---- */

/* `key=` and the quoted word that touches it are one parameter. */
static bool read_param(struct params *params, struct param *param)
{
	struct zm_words *words = params->words;
	struct zm_str text = words->word.text;
	size_t equals = zm_str_find(text, ZM_STR("="), 0);
	if (words->word.quoted ||
	    !parse_key(zm_str_sub(text, 0, equals), &param->key, &param->is_named)) {
		return zm_words_fail(words, "unknown parameter");
	}
	struct zm_str value = ZM_STR("");
	if (equals != SIZE_MAX) {
		value = zm_str_sub(text, equals + 1, text.len);
		if (value.len == 0 && zm_words_touch(words)) {
			zm_words_next(words);
			value = zm_str_sub(words->word.text, 1, words->word.text.len - 1);
		}
	}
	return unescape(params, value, &param->value) ||
	       zm_words_fail(words, "broken escape in a parameter");
}

static bool check_param(struct params *params)
{
	struct param param = {0};
	struct zm_words *words = params->words;
	if (!read_param(params, &param)) {
		return false;
	}
	if (get(params->seen, param.key)) {
		return zm_words_fail(words, "parameter that is there twice");
	}
	put(params->seen, param.key);
	bool good = param.is_named ? is_text_value(params, &param) : is_wire_value(params, &param);
	if (!good) {
		const char *name = param.key < KEYS ? key_names[param.key] : "parameter";
		return zm_words_fail(words, "%s with a value that it may not have", name);
	}
	if (zm_words_touch(words)) {
		return zm_words_fail(words, "parameter that does not end where it should");
	}
	return true;
}

/* RFC 9460 7.1.1, 8. */
static bool check_keys(struct params *params)
{
	if (get(params->seen, NO_DEFAULT_ALPN) && !get(params->seen, ALPN)) {
		return zm_words_fail(params->words, "no-default-alpn without alpn");
	}
	for (size_t i = 0; i < sizeof(params->seen); i++) {
		if ((params->mandatory[i] & ~params->seen[i]) != 0) {
			return zm_words_fail(params->words,
					     "mandatory names a key that is not there");
		}
	}
	return true;
}

static bool check_params(struct params *params)
{
	while (zm_words_next(params->words)) {
		if (!check_param(params)) {
			return false;
		}
	}
	return check_keys(params);
}

/* The one name that named takes in quotes too. */
static bool is_target(const struct zm_field_word *word)
{
	struct zm_field_word plain = *word;
	uint32_t number;
	if (word->quoted) {
		plain.text = zm_str_sub(word->text, 1, word->text.len - 1);
		plain.quoted = false;
	}
	return zm_field_fits(ZM_NAME, &plain, &number);
}

bool zm_svcb_check(struct zm_words *words)
{
	const char *type = words->record->type == ZM_TYPE_SVCB ? "SVCB" : "HTTPS";
	uint32_t number;
	struct zm_arena scratch = {0};
	if (!zm_words_field(words, ZM_U16, type, "priority", &number)) {
		return false;
	}
	if (!zm_words_next(words)) {
		return zm_words_lack(words, type, "target");
	}
	if (!is_target(&words->word)) {
		return zm_words_fail(words, "%s target %s", type, zm_field_complaint(ZM_NAME));
	}
	struct params *params = zm_arena_alloc(&scratch, sizeof(*params));
	params->words = words;
	bool good = check_params(params);
	zm_arena_release(&params->scratch);
	zm_arena_release(&scratch);
	return good;
}
