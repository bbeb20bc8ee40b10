#include "zone/rdata/wire.h"

#include "zone/rdata/digits.h"

/* The bytes, and how far they have been taken for fields. */
struct wire {
	uint8_t *byte;
	size_t len;
	size_t at;
};

static bool skip(struct wire *wire, size_t count)
{
	bool fits = wire->len - wire->at >= count;
	wire->at += fits ? count : 0;
	return fits;
}

/* One byte, and as many more as it says. */
static bool skip_counted(struct wire *wire)
{
	return wire->at < wire->len && skip(wire, (size_t)wire->byte[wire->at] + 1);
}

/* Without compression (RFC 3597 4). */
static bool skip_name(struct wire *wire)
{
	size_t start = wire->at;
	while (wire->at < wire->len && wire->byte[wire->at] != 0) {
		if (wire->byte[wire->at] > ZM_LABEL_MAX || !skip_counted(wire)) {
			return false;
		}
	}
	return skip(wire, 1) && wire->at - start <= ZM_NAME_MAX;
}

/* Windows in ascending order, 1 to 32 bytes each, the last not 0 (RFC 4034 4.1.2). */
static bool skip_bitmap(struct wire *wire)
{
	enum { WINDOW_MAX = 32 };
	int window = -1;
	while (wire->at < wire->len) {
		if (wire->len - wire->at < 3) {
			return false;
		}
		int next = wire->byte[wire->at];
		size_t size = wire->byte[wire->at + 1];
		if (next <= window || size < 1 || size > WINDOW_MAX || !skip(wire, size + 2) ||
		    wire->byte[wire->at - 1] == 0) {
			return false;
		}
		window = next;
	}
	return true;
}

static bool skip_strings(struct wire *wire)
{
	size_t count = 0;
	while (wire->at < wire->len) {
		if (!skip_counted(wire)) {
			return false;
		}
		count++;
	}
	return count > 0;
}

/* A field that takes all that is left. */
static bool skip_rest(struct wire *wire, enum zm_field field)
{
	if (field == ZM_TYPES) {
		return skip_bitmap(wire);
	}
	if (field == ZM_STRINGS) {
		return skip_strings(wire);
	}
	bool is_all = wire->at == 0; /* and then there is some */
	return skip(wire, wire->len - wire->at) && (!is_all || wire->len > 0);
}

static bool skip_field(struct wire *wire, enum zm_field field)
{
	switch (field) {
	case ZM_NAME:
		return skip_name(wire);
	case ZM_U8:
	case ZM_ALGORITHM:
	case ZM_DIGEST_TYPE:
	case ZM_HASH:
	case ZM_KNOWN_AS:
	case ZM_PROTOCOL:
	case ZM_SCHEME:
		return skip(wire, 1);
	case ZM_U16:
	case ZM_KEY_FLAGS:
	case ZM_CERT_TYPE:
	case ZM_TYPE:
	case ZM_COVERED:
	case ZM_ZERO:
		return skip(wire, 2);
	case ZM_U32:
	case ZM_IP4:
	case ZM_TIME:
	case ZM_DATE:
		return skip(wire, 4);
	case ZM_EUI48:
		return skip(wire, 6);
	case ZM_EUI64:
	case ZM_LOCATOR:
		return skip(wire, 8);
	case ZM_IP6:
		return skip(wire, 16);
	case ZM_STRING:
	case ZM_DIGITS:
	case ZM_REGEXP:
	case ZM_TAG:
	case ZM_SALT:
	case ZM_BASE32:
		return skip_counted(wire);
	case ZM_URI:
	case ZM_VALUE:
		return skip(wire, wire->len - wire->at);
	default:
		return skip_rest(wire, field);
	}
}

static bool is_layout(struct wire *wire, const struct zm_layout *layout)
{
	for (size_t i = 0; i < ZM_FIELDS_MAX && layout->field[i] != ZM_END; i++) {
		if (layout->size == ZM_SIZE_FREE && i > 0 && wire->at == wire->len) {
			return true;
		}
		if (!skip_field(wire, layout->field[i])) {
			return false;
		}
	}
	return wire->at == wire->len;
}

static uint8_t hex_value(char c)
{
	return (uint8_t)(zm_is_digit(c) ? c - '0' : zm_lower(c) - 'a' + 10);
}

/* False where the words are not `size` bytes in hex. */
static bool read_bytes(struct wire *wire, struct zm_words *words, size_t size)
{
	size_t digits = 0;
	while (zm_words_next(words)) {
		struct zm_str text = words->word.text;
		if (!zm_is_hex(text) || text.len > size * 2 - digits) {
			return false;
		}
		for (size_t i = 0; i < text.len; i++, digits++) {
			uint8_t *byte = &wire->byte[digits / 2];
			*byte = (uint8_t)(*byte << 4 | hex_value(text.data[i]));
		}
	}
	wire->len = size;
	return digits == size * 2;
}

bool zm_wire_check(struct zm_words *words, const struct zm_layout *layout)
{
	enum { FIRST_PRIVATE = 65280 }; /* RFC 6895 3.1 */
	struct zm_arena scratch = {0};
	uint64_t size = 0;
	bool good = zm_words_next(words) && !words->word.quoted &&
		    zm_str_number(words->word.text, UINT16_MAX, &size);
	struct wire wire = {.byte = zm_arena_alloc(&scratch, size)};
	good = good && read_bytes(&wire, words, size);
	/* HIP's lengths stand before its fields; of a private type nobody knows the wire form. */
	bool is_plain =
		layout != NULL && layout->type != ZM_TYPE_HIP && layout->type < FIRST_PRIVATE;
	bool fits = good && (!is_plain || is_layout(&wire, layout));
	zm_arena_release(&scratch);
	if (!good) {
		return zm_words_fail(words, "\\# data that is not what its length says");
	}
	return fits || zm_words_fail(words, "\\# data that is no %s record", layout->name);
}
