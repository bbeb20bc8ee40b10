#include "zone/skim.h"

#include "base/label.h"
#include "base/mask.h"
#include "spf/ip.h"
#include "zone/load.h"
#include "zone/types.h"

enum {
	WORD_MAX = 63,        /* bytes of a name, so that no label in it is too long */
	GAP_MAX = 63,         /* blanks between two words */
	LINE_ROOM = 1024,     /* no plain line reads further, comment apart */
	DIGITS_MAX = 9,       /* of a TTL: fewer than 2^31 seconds */
	STRING_BYTES_MAX = 255,
};

/* A line on its way. Each step takes the place to read at and gives the place after it, NULL where
 * the line is not plain. */
struct line {
	struct zm_skim *skim;
	const char *start;
	const char *end; /* of the bytes */
	uint64_t owner_hash;
	struct zm_span owner; /* offsets from `start`, here and below; empty: inherited */
	struct zm_span ttl_at;
	struct zm_span class_at;
	struct zm_span type_at;
	struct zm_span string_at;
	struct zm_span comment_at;
	bool has_ttl;
	uint32_t ttl;
	uint16_t type;
};

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline char lower(char c)
{
	return (char)(c | 0x20);
}

static inline struct zm_span span_of(const struct line *line, const char *from, const char *to)
{
	return (struct zm_span){(size_t)(from - line->start), (size_t)(to - line->start)};
}

/* Over at least one blank. */
static inline const char *skip_gap(const char *p)
{
	const char *from = p;
	while (is_blank(*p)) {
		p++;
		if (p - from > GAP_MAX) {
			return NULL;
		}
	}
	return p > from ? p : NULL;
}

/* ---- Names ---- */

struct word {
	const char *at;
	size_t len;
	uint64_t dots; /* bit i: byte i is a dot */
};

/* Bytes of host names and underscores, 63 at the most, with no label empty. */
static inline const char *read_name(const char *p, struct word *word)
{
	word->at = p;
	word->dots = 0;
	unsigned run = ZM_MASK_BYTES;
	for (word->len = 0; word->len <= WORD_MAX && run == ZM_MASK_BYTES; word->len += run) {
		const char *block = p + word->len;
		run = zm_mask_run(zm_mask_name(block));
		word->dots |= (uint64_t)zm_mask_eq(block, '.') << word->len;
	}
	if (word->len == 0 || word->len > WORD_MAX) {
		return NULL;
	}
	word->dots &= (UINT64_C(1) << word->len) - 1;
	return (word->dots & (word->dots << 1 | 1)) == 0 ? p + word->len : NULL;
}

static inline bool is_absolute(const struct word *word)
{
	return word->at[word->len - 1] == '.';
}

/* The labels of the first `len` bytes, below the name of the hash `above`. */
static inline uint64_t hash_labels(const struct word *word, size_t len, uint64_t above)
{
	uint64_t dots = word->dots & ((UINT64_C(1) << len) - 1);
	while (dots != 0) {
		size_t dot = 63U - (size_t)__builtin_clzll(dots);
		above = zm_label_hash(above, word->at + dot + 1, len - dot - 1);
		len = dot;
		dots &= ~(UINT64_C(1) << dot);
	}
	return zm_label_hash(above, word->at, len);
}

/* A relative name with its origin within the bounds of RFC 1035 2.3.4; an absolute one is. */
static inline bool fits(const struct zm_skim *skim, const struct word *word)
{
	return is_absolute(word) || word->len + 1 + skim->origin_len <= ZM_NAME_MAX;
}

static bool is_below_apex(const struct zm_skim *skim, const struct word *word)
{
	struct zm_str apex = skim->apex_text;
	if (apex.len == 0 || word->len < apex.len + 2 || word->at[word->len - apex.len - 1] != '.') {
		return false;
	}
	struct zm_str tail = {word->at + word->len - apex.len, apex.len};
	return zm_str_eq_nocase(tail, apex);
}

static inline const char *read_owner(struct line *line, const char *p)
{
	struct zm_skim *skim = line->skim;
	struct word word;
	p = read_name(p, &word);
	if (p == NULL || !is_blank(*p)) {
		return NULL;
	}
	if (!is_absolute(&word)) {
		if (!fits(skim, &word)) {
			return NULL;
		}
		line->owner_hash = hash_labels(&word, word.len, skim->origin_hash);
	} else if (is_below_apex(skim, &word)) {
		size_t len = word.len - skim->apex_text.len - 1;
		line->owner_hash = hash_labels(&word, len, skim->apex_hash);
	} else {
		return NULL;
	}
	line->owner = (struct zm_span){0, word.len};
	return p;
}

/* ---- What stands before the data ---- */

/* Decimal digits up to `max`. */
static inline const char *read_number(const char *p, uint32_t max, uint32_t *number)
{
	const char *from = p;
	uint32_t value = 0;
	while (*p >= '0' && *p <= '9') {
		value = value * 10 + (uint32_t)(*p - '0');
		p++;
		if (p - from > DIGITS_MAX) {
			return NULL;
		}
	}
	*number = value;
	return p > from && value <= max ? p : NULL;
}

static inline const char *read_ttl(struct line *line, const char *p)
{
	if (*p < '0' || *p > '9') {
		return p;
	}
	const char *after = read_number(p, ZM_TTL_MAX, &line->ttl);
	if (after == NULL) {
		return NULL;
	}
	line->has_ttl = true;
	line->ttl_at = span_of(line, p, after);
	return skip_gap(after);
}

static inline const char *read_class(struct line *line, const char *p)
{
	if (lower(p[0]) != 'i' || lower(p[1]) != 'n' || !is_blank(p[2])) {
		return p;
	}
	line->class_at = span_of(line, p, p + 2);
	return skip_gap(p + 2);
}

static inline size_t type_at(const char *p, uint16_t *type)
{
	static const struct {
		char name[5];
		uint8_t len;
		uint16_t type;
	} known[] = {
		{"ns", 2, ZM_TYPE_NS},       {"a", 1, ZM_TYPE_A},   {"ds", 2, ZM_TYPE_DS},
		{"txt", 3, ZM_TYPE_TXT},     {"aaaa", 4, ZM_TYPE_AAAA}, {"cname", 5, ZM_TYPE_CNAME},
		{"mx", 2, ZM_TYPE_MX},       {"ptr", 3, ZM_TYPE_PTR},
	};
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		size_t len = 0;
		while (len < known[i].len && lower(p[len]) == known[i].name[len]) {
			len++;
		}
		if (len == known[i].len && is_blank(p[len])) {
			*type = known[i].type;
			return len;
		}
	}
	return 0;
}

/* RFC 1035 5.1: TTL and class in either order, then the type and a blank. */
static inline const char *read_head(struct line *line, const char *p)
{
	p = read_class(line, p);
	p = p == NULL ? NULL : read_ttl(line, p);
	if (p != NULL && line->class_at.end == 0) {
		p = read_class(line, p);
	}
	if (p == NULL) {
		return NULL;
	}
	size_t len = type_at(p, &line->type);
	if (len == 0 || (line->skim->keep & ZM_KEEP(line->type) && line->type != ZM_TYPE_TXT)) {
		return NULL;
	}
	line->type_at = span_of(line, p, p + len);
	return skip_gap(p + len);
}

/* ---- Data by type; each is stricter than zone/rdata.h, never more lenient ---- */

static inline const char *read_target(const struct zm_skim *skim, const char *p, bool is_host)
{
	struct word word;
	p = read_name(p, &word);
	if (p == NULL || !fits(skim, &word)) {
		return NULL;
	}
	return is_host && memchr(word.at, '_', word.len) != NULL ? NULL : p;
}

static const char *read_ip4(const char *p)
{
	for (int i = 0; i < 4; i++) {
		uint32_t number;
		const char *from = p;
		p = read_number(p, UINT8_MAX, &number);
		if (p == NULL || (*from == '0' && p - from > 1) || (i < 3 && *p++ != '.')) {
			return NULL;
		}
	}
	return p;
}

static const char *read_ip6(const char *p)
{
	struct zm_ip ip;
	size_t len = 0;
	while (len <= WORD_MAX && (p[len] == ':' || zm_is_alnum(p[len]))) {
		len++;
	}
	return zm_ip6_parse(&ip, (struct zm_str){p, len}) ? p + len : NULL;
}

static inline const char *read_field(const char *p, uint32_t max, uint32_t *number)
{
	p = read_number(p, max, number);
	return p == NULL ? NULL : skip_gap(p);
}

/* Key tag, algorithm, digest type and the digest in one word (RFC 4034 5.3, RFC 4509, RFC 6605). */
static const char *read_ds(const char *p)
{
	static const uint8_t digits_of[] = {0, 40, 64, 0, 96};
	uint32_t number;
	uint32_t digest;
	p = read_field(p, UINT16_MAX, &number);
	p = p == NULL ? NULL : read_field(p, UINT8_MAX, &number);
	p = p == NULL ? NULL : read_field(p, 4, &digest);
	if (p == NULL || digits_of[digest] == 0) {
		return NULL;
	}
	unsigned len = 0;
	unsigned run = ZM_MASK_BYTES;
	for (; len < 96 && run == ZM_MASK_BYTES; len += run) {
		run = zm_mask_run(zm_mask_hex(p + len));
	}
	return len == digits_of[digest] ? p + len : NULL;
}

/* One quoted string without escapes. */
static const char *read_string(struct line *line, const char *p)
{
	if (*p != '"') {
		return NULL;
	}
	unsigned len = 0;
	unsigned run = ZM_MASK_BYTES;
	for (; len <= STRING_BYTES_MAX && run == ZM_MASK_BYTES; len += run) {
		run = zm_mask_run(zm_mask_plain(p + 1 + len));
	}
	if (len > STRING_BYTES_MAX || p[1 + len] != '"') {
		return NULL;
	}
	line->string_at = span_of(line, p, p + len + 2);
	return p + len + 2;
}

static inline const char *read_data(struct line *line, const char *p)
{
	uint32_t preference;
	switch (line->type) {
	case ZM_TYPE_NS:
		return read_target(line->skim, p, true);
	case ZM_TYPE_CNAME:
	case ZM_TYPE_PTR:
		return read_target(line->skim, p, false);
	case ZM_TYPE_MX:
		p = read_field(p, UINT16_MAX, &preference);
		return p == NULL ? NULL : read_target(line->skim, p, true);
	case ZM_TYPE_A:
		return read_ip4(p);
	case ZM_TYPE_AAAA:
		return read_ip6(p);
	case ZM_TYPE_DS:
		return read_ds(p);
	default:
		return read_string(line, p);
	}
}

/* ---- Lines ---- */

/* Over blanks, a comment and the line end; NULL also where a CR or NUL stands in the comment. */
static inline const char *read_line_end(struct line *line, const char *p)
{
	if (is_blank(*p)) {
		p = skip_gap(p);
	}
	if (p == NULL || *p == '\n') {
		return p == NULL ? NULL : p + 1;
	}
	if (*p != ';') {
		return NULL;
	}
	for (const char *from = p; line->end - p >= ZM_MASK_BYTES; p += ZM_MASK_BYTES) {
		uint32_t stops = zm_mask_eq(p, '\n') | zm_mask_eq(p, '\r') | zm_mask_eq(p, '\0');
		if (stops != 0) {
			p += __builtin_ctz(stops);
			line->comment_at = span_of(line, from, p);
			return *p == '\n' ? p + 1 : NULL;
		}
	}
	return NULL;
}

/* The TTL in force, written or inherited; false where there is none. */
static inline bool settle_ttl(struct line *line)
{
	struct zm_ttl *ttl = &line->skim->ttl;
	if (line->has_ttl) {
		ttl->last = line->ttl;
	} else if (ttl->has_fallback) {
		ttl->last = ttl->fallback;
	} else if (!ttl->has_last) {
		return false;
	}
	ttl->has_last = true;
	line->ttl = ttl->last;
	return true;
}

static inline const char *read_record(struct line *line, const char *p)
{
	p = read_head(line, p);
	p = p == NULL ? NULL : read_data(line, p);
	p = p == NULL ? NULL : read_line_end(line, p);
	bool is_odd = p == NULL || line->owner_hash == line->skim->apex_hash || !settle_ttl(line);
	return is_odd ? NULL : p;
}

/* One line, a blank one too: `line->type` is 0 then. */
static inline const char *read_line(struct line *line)
{
	const char *p = line->start;
	struct zm_skim *skim = line->skim;
	if (!is_blank(*p)) {
		if (*p == '\n' || *p == ';') {
			return read_line_end(line, p);
		}
		p = read_owner(line, p);
		p = p == NULL ? NULL : skip_gap(p);
		return p == NULL ? NULL : read_record(line, p);
	}
	p = skip_gap(p);
	if (p == NULL || *p == '\n' || *p == ';') {
		return p == NULL ? NULL : read_line_end(line, p);
	}
	line->owner_hash = skim->owner_hash;
	return skim->has_owner ? read_record(line, p) : NULL;
}

bool zm_skim_mentions_spf(struct zm_str text)
{
	for (size_t i = 0; i + 2 < text.len; i++) {
		const char *p = text.data + i;
		if (lower(p[1]) == 'p' && lower(p[0]) == 's' && lower(p[2]) == 'f') {
			return true;
		}
	}
	return false;
}

static struct zm_span moved(struct zm_span span, size_t by)
{
	return (struct zm_span){span.start + by, span.end + by};
}

/* True when the record is a text that somebody wants. */
static bool take_text(const struct line *line, const char *next, size_t at,
		      struct zm_skim_text *text)
{
	struct zm_span string = line->string_at;
	struct zm_str says = {line->start + string.start + 1, string.end - string.start - 2};
	if ((line->skim->keep & ZM_KEEP(ZM_TYPE_TXT)) == 0 && !zm_skim_mentions_spf(says)) {
		return false;
	}
	*text = (struct zm_skim_text){
		.at = {at, at + (size_t)(next - line->start)},
		.owner_at = moved(line->owner, at),
		.ttl_at = moved(line->ttl_at, at),
		.class_at = moved(line->class_at, at),
		.type_at = moved(line->type_at, at),
		.string_at = moved(string, at),
		.comment_at = moved(line->comment_at, at),
		.ttl = line->ttl,
	};
	return true;
}

static inline void count(struct zm_skim *skim, const struct line *line, size_t at)
{
	if (line->owner.end > 0) {
		skim->owner = moved(line->owner, at);
		skim->owner_hash = line->owner_hash;
		skim->has_owner = true;
	}
	zm_names_add_hash(skim->names, line->owner_hash, line->type);
	skim->records++;
}

enum zm_skim_stop zm_skim_run(struct zm_skim *skim, struct zm_str bytes, size_t *at,
			      struct zm_skim_text *text)
{
	while (skim->origin_len > 0 && bytes.len - *at >= LINE_ROOM) {
		struct line line = {
			.skim = skim,
			.start = bytes.data + *at,
			.end = bytes.data + bytes.len,
		};
		const char *next = read_line(&line);
		if (next == NULL) {
			break;
		}
		size_t start = *at;
		*at = (size_t)(next - bytes.data);
		if (line.type != 0) {
			count(skim, &line, start);
		}
		if (line.type == ZM_TYPE_TXT && take_text(&line, next, start, text)) {
			return ZM_SKIM_TEXT;
		}
	}
	return ZM_SKIM_ODD;
}

/* A name that is written as it is in wire form, or the empty text. */
static struct zm_str plain_text(struct zm_arena *arena, struct zm_name name)
{
	struct zm_str text = zm_name_text(arena, name);
	bool is_plain = name.len == text.len + 1 && text.len > 1;
	return is_plain ? text : ZM_STR("");
}

void zm_skim_init(struct zm_skim *skim, struct zm_arena *arena, struct zm_name apex, uint64_t keep)
{
	*skim = (struct zm_skim){
		.names = zm_names_new(arena),
		.apex_hash = zm_names_hash(apex),
		.apex_text = plain_text(arena, apex),
		.keep = keep,
	};
}
