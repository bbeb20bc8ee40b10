#include "zone/fast/skim.h"

#include "base/label.h"
#include "zone/load.h"
#include "zone/fast/plain_data.h"
#include "zone/fast/plain_word.h"
#include "zone/types.h"

enum { LINE_ROOM = 1024 }; /* no plain line reads further, comment apart */

/* Nor past a NUL byte, by more than this. */
_Static_assert(ZM_SOURCE_PADDING >= ZM_WORD_ROOM + ZM_MASK_BYTES, "room after the last line");

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
	struct zm_span data_at;
	struct zm_span comment_at;
	bool has_ttl;
	uint32_t ttl;
	uint16_t type;
};

static inline struct zm_span span_of(const struct line *line, const char *from, const char *to)
{
	return (struct zm_span){(size_t)(from - line->start), (size_t)(to - line->start)};
}

/* ---- Names ---- */

/* The labels of the first `len` bytes, below the name of the hash `above`. */
static inline uint64_t hash_labels(const struct zm_word *word, size_t len, uint64_t above)
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

static bool is_below_apex(const struct zm_skim *skim, const struct zm_word *word)
{
	struct zm_str apex = skim->apex_text;
	if (apex.len == 0 || word->len < apex.len + 2 ||
	    word->at[word->len - apex.len - 1] != '.') {
		return false;
	}
	struct zm_str tail = {word->at + word->len - apex.len, apex.len};
	return zm_str_eq_nocase(tail, apex);
}

static inline const char *read_owner(struct line *line, const char *p)
{
	struct zm_skim *skim = line->skim;
	struct zm_word word;
	if (p[0] == '@' && zm_is_blank(p[1])) {
		line->owner_hash = skim->origin_hash;
		line->owner = (struct zm_span){0, 1};
		return p + 1;
	}
	p = zm_read_name(p, &word);
	if (p == NULL || !zm_is_blank(*p)) {
		return NULL;
	}
	if (!zm_word_is_absolute(&word)) {
		if (!zm_word_fits(&word, skim->origin_len)) {
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

/* Seconds, or one number with its unit. */
static inline const char *read_ttl(struct line *line, const char *p)
{
	if (*p < '0' || *p > '9') {
		return p;
	}
	const char *after = zm_read_number(p, ZM_TTL_MAX, &line->ttl);
	if (after == NULL) {
		return NULL;
	}
	if (!zm_is_blank(*after)) {
		uint32_t unit = zm_ttl_unit(*after++);
		if (unit == 0 || line->ttl > ZM_TTL_MAX / unit) {
			return NULL;
		}
		line->ttl *= unit;
	}
	line->has_ttl = true;
	line->ttl_at = span_of(line, p, after);
	return zm_skip_gap(after);
}

static inline const char *read_class(struct line *line, const char *p)
{
	if (zm_fold(p[0]) != 'i' || zm_fold(p[1]) != 'n' || !zm_is_blank(p[2])) {
		return p;
	}
	line->class_at = span_of(line, p, p + 2);
	return zm_skip_gap(p + 2);
}

static inline uint64_t load_eight(const char *p)
{
	uint64_t eight;
	memcpy(&eight, p, sizeof(eight));
	return eight;
}

/* The first comes first most often. */
static inline size_t type_at(const char *p, uint16_t *type)
{
	static const struct {
		char name[8];
		char mask[8]; /* of its letters */
		size_t len;
		uint16_t type;
	} known[] = {
		{"ns", "\xff\xff", 2, ZM_TYPE_NS},
		{"txt", "\xff\xff\xff", 3, ZM_TYPE_TXT},
		{"a", "\xff", 1, ZM_TYPE_A},
		{"ds", "\xff\xff", 2, ZM_TYPE_DS},
		{"aaaa", "\xff\xff\xff\xff", 4, ZM_TYPE_AAAA},
		{"cname", "\xff\xff\xff\xff\xff", 5, ZM_TYPE_CNAME},
		{"mx", "\xff\xff", 2, ZM_TYPE_MX},
		{"ptr", "\xff\xff\xff", 3, ZM_TYPE_PTR},
		{"srv", "\xff\xff\xff", 3, ZM_TYPE_SRV},
		{"caa", "\xff\xff\xff", 3, ZM_TYPE_CAA},
	};
	const uint64_t folded = load_eight(p) | UINT64_C(0x2020202020202020);
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		uint64_t other = folded ^ load_eight(known[i].name);
		if ((other & load_eight(known[i].mask)) == 0 && zm_is_blank(p[known[i].len])) {
			*type = known[i].type;
			return known[i].len;
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
	if (len == 0) {
		return NULL;
	}
	line->type_at = span_of(line, p, p + len);
	return zm_skip_gap(p + len);
}

/* ---- Data ---- */

static inline const char *read_data(struct line *line, const char *p)
{
	const char *after = line->type == ZM_TYPE_TXT
				    ? zm_read_string(p)
				    : zm_plain_data(line->type, p, line->skim->origin_len);
	line->data_at = after == NULL ? line->data_at : span_of(line, p, after);
	return after;
}

/* ---- Lines ---- */

/* Over blanks, a comment and the line end; NULL also where a CR or NUL stands in the comment. */
static inline const char *read_line_end(struct line *line, const char *p)
{
	if (zm_is_blank(*p)) {
		p = zm_skip_gap(p);
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
		ttl->has_last = true;
		return true;
	}
	ttl->was_inherited = true;
	if (ttl->has_fallback) {
		ttl->last = ttl->fallback;
	} else if (!ttl->has_last) {
		return false;
	}
	ttl->has_last = true;
	line->ttl = ttl->last;
	return true;
}

static inline bool is_at_apex(const struct line *line)
{
	return line->owner_hash == line->skim->apex_hash;
}

/* Such a record belongs into the parent zone. */
static inline bool is_misplaced(const struct line *line)
{
	return line->type == ZM_TYPE_DS && is_at_apex(line);
}

static inline bool is_sought(const struct line *line)
{
	const struct zm_wanted *wanted = line->skim->wanted;
	return wanted != NULL && zm_wanted_has(wanted, line->owner_hash);
}

static inline const char *read_record(struct line *line, const char *p)
{
	p = read_head(line, p);
	p = p == NULL ? NULL : read_data(line, p);
	p = p == NULL ? NULL : read_line_end(line, p);
	bool is_odd = p == NULL || is_misplaced(line) || is_sought(line) || !settle_ttl(line);
	return is_odd ? NULL : p;
}

/* One line, a blank one too: `line->type` is 0 then. */
static inline const char *read_line(struct line *line)
{
	const char *p = line->start;
	struct zm_skim *skim = line->skim;
	if (!zm_is_blank(*p)) {
		if (*p == '\n' || *p == ';') {
			return read_line_end(line, p);
		}
		p = read_owner(line, p);
		p = p == NULL ? NULL : zm_skip_gap(p);
		return p == NULL ? NULL : read_record(line, p);
	}
	p = zm_skip_gap(p);
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
		if (zm_fold(p[1]) == 'p' && zm_fold(p[0]) == 's' && zm_fold(p[2]) == 'f') {
			return true;
		}
	}
	return false;
}

static struct zm_span moved(struct zm_span span, size_t by)
{
	return (struct zm_span){span.start + by, span.end + by};
}

static inline bool mentions_spf(const struct line *line)
{
	struct zm_span data = line->data_at;
	return zm_skim_mentions_spf(
		(struct zm_str){line->start + data.start + 1, data.end - data.start - 2});
}

/* At the apex, texts and NS records are kept whatever they say. */
static inline bool is_wanted(const struct line *line)
{
	const struct zm_skim *skim = line->skim;
	bool is_text = line->type == ZM_TYPE_TXT;
	if (skim->wanted != NULL || line->type == 0) {
		return false;
	}
	return zm_keeps(skim->keep, line->type) || (is_text && mentions_spf(line)) ||
	       ((is_text || line->type == ZM_TYPE_NS) && is_at_apex(line));
}

/* The line begins at `at`, and the next one at `next`. */
static void take_record(const struct line *line, const char *next, size_t at,
			struct zm_skim_record *record)
{
	*record = (struct zm_skim_record){
		.at = {at, at + (size_t)(next - line->start)},
		.owner_at = moved(line->owner, at),
		.ttl_at = moved(line->ttl_at, at),
		.class_at = moved(line->class_at, at),
		.type_at = moved(line->type_at, at),
		.data_at = moved(line->data_at, at),
		.comment_at = moved(line->comment_at, at),
		.type = line->type,
		.ttl = line->ttl,
	};
}

/* Whether the line names the owner of the line before, letter by letter. */
static inline bool is_same_owner(const struct zm_skim *skim, const struct line *line, size_t at)
{
	size_t len = skim->owner.end - skim->owner.start;
	return line->owner_hash == skim->owner_hash && len == line->owner.end &&
	       memcmp(line->start - at + skim->owner.start, line->start, len) == 0;
}

static inline void count(struct zm_skim *skim, const struct line *line, size_t at)
{
	if (line->owner.end > 0) {
		skim->kinds = is_same_owner(skim, line, at) ? skim->kinds : 0;
		skim->owner = moved(line->owner, at);
		skim->owner_hash = line->owner_hash;
		skim->has_owner = true;
	}
	skim->kinds |= (unsigned)zm_kind_of(line->type);
	if (skim->names != NULL) {
		zm_names_add_hash(skim->names, line->owner_hash, line->type);
	}
	skim->records++;
}

/* Bytes after the last one that may be read. */
static inline size_t room_after(bool is_padded)
{
	return is_padded ? ZM_SOURCE_PADDING : 0;
}

enum zm_skim_stop zm_skim_run(struct zm_skim *skim, struct zm_str bytes, size_t *at,
			      struct zm_skim_record *record)
{
	size_t room = room_after(skim->is_padded);
	size_t least = skim->is_padded ? 1 : LINE_ROOM;
	while (skim->origin_len > 0 && bytes.len - *at >= least) {
		struct line line = {
			.skim = skim,
			.start = bytes.data + *at,
			.end = bytes.data + bytes.len + room,
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
		if (is_wanted(&line)) {
			take_record(&line, next, start, record);
			record->beside = skim->kinds;
			return ZM_SKIM_KEPT;
		}
	}
	return ZM_SKIM_ODD;
}

bool zm_skim_again(const struct zm_source *source, size_t at, struct zm_skim_record *text)
{
	struct zm_skim any = {.keep = 0};
	struct line line = {
		.skim = &any,
		.start = source->bytes.data + at,
		.end = source->bytes.data + source->bytes.len + room_after(source->is_padded),
	};
	struct zm_word owner = {line.start, 1, 0};
	const char *p = *line.start == '@' ? line.start + 1 : zm_read_name(line.start, &owner);
	p = p == NULL ? NULL : zm_skip_gap(p);
	p = p == NULL ? NULL : read_head(&line, p);
	p = p == NULL || line.type != ZM_TYPE_TXT ? NULL : read_data(&line, p);
	p = p == NULL ? NULL : read_line_end(&line, p);
	if (p == NULL) {
		return false;
	}
	line.owner = (struct zm_span){0, owner.len};
	take_record(&line, p, at, text);
	text->owner_dots = owner.dots;
	return true;
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
