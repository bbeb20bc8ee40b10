#include "zone/fast/pieces.h"

#include "base/mask.h"
#include "zone/state.h"
#include "zone/types.h"

enum {
	PIECE_MIN = 1 << 18,
	PIECE_MAX = 1 << 22,
	PIECES_A_THREAD = 8, /* so that they end together */
};

/* A directive at the start of a line, as the survey sees it. */
struct directives {
	size_t origin; /* offset of the last one in the piece; SIZE_MAX: none */
	size_t ttl;
	bool adds_records; /* $INCLUDE or $GENERATE */
};

struct piece {
	size_t start;
	size_t end;
	struct directives said;
	bool has_odd_bytes;    /* CR or NUL */
	struct zm_name origin; /* guessed, like `ttl` */
	struct zm_ttl ttl;
	struct zm_walk *walk;
	struct zm_keeper keeper;
};

struct pieces {
	struct zm_walk *walk; /* of the whole */
	struct zm_str bytes;
	struct piece *piece;
	size_t count;
	struct zm_own_arena *own; /* one a thread, for what it makes of its pieces */
};

/* ---- Cutting ---- */

static bool begins_owner(char c)
{
	return zm_is_alnum(c) || c == '_' || c == '*' || c == '@';
}

/* The first start of a line at or after `at` where an owner stands. */
static size_t find_cut(struct zm_str bytes, size_t at)
{
	while (at < bytes.len) {
		const char *line_end = memchr(bytes.data + at, '\n', bytes.len - at);
		if (line_end == NULL) {
			return bytes.len;
		}
		at = (size_t)(line_end - bytes.data) + 1;
		if (at < bytes.len && begins_owner(bytes.data[at])) {
			return at;
		}
	}
	return bytes.len;
}

static size_t size_of_piece(const struct zm_load_options *options, size_t bytes)
{
	size_t size = bytes / (zm_pool_jobs(options->pool) * PIECES_A_THREAD);
	if (options->piece > 0) {
		return options->piece;
	}
	size = size < PIECE_MIN ? PIECE_MIN : size;
	return size > PIECE_MAX ? PIECE_MAX : size;
}

static void cut(struct pieces *pieces, size_t size)
{
	struct zm_arena *arena = pieces->walk->arena;
	size_t capacity = 0;
	for (size_t start = 0; start < pieces->bytes.len;) {
		size_t end = pieces->bytes.len - start > size
				     ? find_cut(pieces->bytes, start + size)
				     : pieces->bytes.len;
		pieces->piece = zm_arena_grow(arena, pieces->piece, pieces->count, &capacity,
					      sizeof(*pieces->piece));
		pieces->piece[pieces->count++] = (struct piece){.start = start, .end = end};
		start = end;
	}
}

/* ---- Guessing ---- */

static bool says(struct zm_str bytes, size_t at, struct zm_str word)
{
	return zm_str_starts_nocase(zm_str_sub(bytes, at, at + word.len), word);
}

static void note_directive(struct directives *said, struct zm_str bytes, size_t at)
{
	if (says(bytes, at, ZM_STR("$ORIGIN"))) {
		said->origin = at;
	} else if (says(bytes, at, ZM_STR("$TTL"))) {
		said->ttl = at;
	} else if (says(bytes, at, ZM_STR("$INCLUDE")) || says(bytes, at, ZM_STR("$GENERATE"))) {
		said->adds_records = true;
	}
}

static void note_byte(struct piece *piece, struct zm_str bytes, size_t at)
{
	char c = bytes.data[at];
	bool starts_line = at == 0 || bytes.data[at - 1] == '\n';
	piece->has_odd_bytes = piece->has_odd_bytes || c == '\r' || c == '\0';
	if (c == '$' && starts_line) {
		note_directive(&piece->said, bytes, at);
	}
}

static void survey(void *context, size_t number)
{
	const struct pieces *pieces = context;
	struct piece *piece = &pieces->piece[number];
	struct zm_str bytes = pieces->bytes;
	piece->said = (struct directives){SIZE_MAX, SIZE_MAX, false};
	size_t at = piece->start;
	for (; piece->end - at >= ZM_MASK_BYTES; at += ZM_MASK_BYTES) {
		const char *block = bytes.data + at;
		uint32_t found =
			zm_mask_eq(block, '$') | zm_mask_eq(block, '\r') | zm_mask_eq(block, '\0');
		for (; found != 0; found &= found - 1) {
			note_byte(piece, bytes, at + (size_t)__builtin_ctz(found));
		}
	}
	for (; at < piece->end; at++) {
		note_byte(piece, bytes, at);
	}
}

/* The word after the directive at `at`. */
static struct zm_str argument_of(struct zm_str bytes, size_t at)
{
	while (at < bytes.len && bytes.data[at] != ' ' && bytes.data[at] != '\t') {
		at++;
	}
	while (at < bytes.len && (bytes.data[at] == ' ' || bytes.data[at] == '\t')) {
		at++;
	}
	size_t end = at;
	while (end < bytes.len && (uint8_t)bytes.data[end] > ' ' && bytes.data[end] != ';') {
		end++;
	}
	return zm_str_sub(bytes, at, end);
}

static struct zm_name guess_origin(const struct pieces *pieces, const struct piece *before)
{
	struct zm_name_buf name;
	const char *why;
	struct zm_str text = argument_of(pieces->bytes, before->said.origin);
	if (!zm_name_parse(&name, text, before->origin, &why)) {
		return before->origin;
	}
	return zm_name_copy(pieces->walk->arena, zm_name_of(&name));
}

static void guess(struct pieces *pieces)
{
	pieces->piece[0].origin = zm_walk_file(pieces->walk)->origin;
	for (size_t i = 1; i < pieces->count; i++) {
		const struct piece *before = &pieces->piece[i - 1];
		struct piece *piece = &pieces->piece[i];
		piece->origin = before->origin;
		piece->ttl = before->ttl;
		if (before->said.origin != SIZE_MAX) {
			piece->origin = guess_origin(pieces, before);
		}
		if (before->said.ttl != SIZE_MAX) {
			struct zm_str text = argument_of(pieces->bytes, before->said.ttl);
			piece->ttl.has_fallback = zm_ttl_parse(&piece->ttl.fallback, text);
		}
	}
}

/* ---- Walking ---- */

static void take_place(struct zm_scan *scan, const struct zm_scan *from)
{
	scan->at = from->at;
	scan->depth = from->depth;
	scan->is_cut = from->is_cut;
}

static void walk_piece(void *context, size_t number)
{
	const struct pieces *pieces = context;
	struct piece *piece = &pieces->piece[number];
	struct zm_load_options options = *pieces->walk->options;
	options.origin = pieces->walk->zone->origin;
	piece->walk = zm_walk_start(&pieces->own[zm_pool_worker()].arena,
				    pieces->walk->zone->source, &options);
	piece->walk->options = pieces->walk->options; /* the copy ends here */
	struct zm_walk_file *file = zm_walk_file(piece->walk);
	file->scan.at = piece->start;
	file->origin = piece->origin;
	piece->walk->end = piece->end;
	piece->walk->ttl = piece->ttl;
	piece->keeper = (struct zm_keeper){
		.zone = piece->walk->zone,
		.options = pieces->walk->options,
	};
	zm_walk_skim(piece->walk, &piece->keeper);
	zm_keeper_run(&piece->keeper, piece->walk);
	/* An entry that is never closed has a million tokens, and each piece may hold one. */
	struct zm_scan place = file->scan;
	zm_scan_release(&file->scan);
	take_place(&file->scan, &place);
	if (options.progress != NULL) {
		atomic_fetch_add(options.progress, piece->end - piece->start);
	}
}

/* ---- Joining ---- */

static bool same_case(struct zm_name a, struct zm_name b)
{
	return a.len == b.len && memcmp(a.wire, b.wire, a.len) == 0;
}

static bool ttl_was_right(const struct zm_ttl *now, const struct piece *piece)
{
	const struct zm_ttl *guessed = &piece->ttl;
	if (!piece->walk->ttl.was_inherited) {
		return true;
	}
	return now->has_fallback && guessed->has_fallback && now->fallback == guessed->fallback;
}

static bool was_right(const struct zm_walk *walk, const struct piece *piece)
{
	const struct zm_walk_file *file = &walk->file[0];
	bool is_alone = !piece->walk->zone->has_include && piece->walk->generated == 0 &&
			!piece->walk->lacked_owner;
	bool is_bounded = walk->zone->fault_count + piece->walk->zone->fault_count < ZM_FAULTS_MAX;
	bool is_start = file->scan.at == piece->start && !file->scan.is_cut;
	return is_start && same_case(file->origin, piece->origin) &&
	       ttl_was_right(&walk->ttl, piece) && is_alone && is_bounded;
}

static void take_over_ttl(struct zm_ttl *ttl, const struct zm_ttl *from)
{
	if (from->was_set) {
		ttl->fallback = from->fallback;
		ttl->has_fallback = true;
	}
	if (from->has_last) {
		ttl->last = from->last;
		ttl->has_last = true;
	}
}

static void take_over_faults(struct zm_walk *walk, const struct zm_zone *from)
{
	struct zm_zone *zone = walk->zone;
	for (size_t i = 0; i < from->fault_count; i++) {
		if ((from->fault[i].once & walk->noted) != 0) {
			continue;
		}
		walk->noted |= from->fault[i].once;
		zone->fault = zm_arena_grow(walk->arena, zone->fault, zone->fault_count,
					    &walk->fault_capacity, sizeof(*zone->fault));
		zone->fault[zone->fault_count++] = from->fault[i];
	}
	zone->loads = zone->loads && from->loads;
	zone->complete = zone->complete && from->complete;
}

static void take_over(struct zm_walk *walk, struct zm_keeper *keeper, struct piece *piece)
{
	struct zm_zone *from = piece->walk->zone;
	struct zm_walk_file *file = &walk->file[0];
	const struct zm_walk_file *end = &piece->walk->file[0];
	struct zm_scan scan = file->scan;
	take_over_ttl(&walk->ttl, &piece->walk->ttl);
	take_over_faults(walk, from);
	zm_keeper_join(keeper, from);
	walk->zone->records_seen += from->records_seen;
	walk->zone->is_signed = walk->zone->is_signed || from->is_signed;
	walk->zone->has_digest = walk->zone->has_digest || from->has_digest;
	walk->zone->has_actions = walk->zone->has_actions || from->has_actions;
	walk->zone->names_keys = walk->zone->names_keys || from->names_keys;
	zm_names_join(walk->zone->names, from->names);
	take_place(&scan, &end->scan);
	file->origin = end->origin;
	if (end->has_owner || end->has_named) {
		file->owner = end->owner;
		file->has_owner = end->has_owner;
		file->in_zone = end->in_zone;
	}
	file->is_noted = false;
	file->scan = scan;
	zm_walk_end(piece->walk);
}

static void join(struct pieces *pieces, struct zm_keeper *keeper)
{
	struct zm_walk *walk = pieces->walk;
	for (size_t i = 0; i < pieces->count; i++) {
		struct piece *piece = &pieces->piece[i];
		walk->end = piece->end;
		if (!walk->stopped && was_right(walk, piece)) {
			take_over(walk, keeper, piece);
		} else {
			zm_walk_end(piece->walk);
			zm_keeper_run(keeper, walk);
		}
	}
	for (size_t i = 0; i < zm_pool_jobs(walk->options->pool); i++) {
		zm_arena_adopt(walk->arena, &pieces->own[i].arena);
	}
	walk->end = SIZE_MAX;
	zm_keeper_run(keeper, walk);
}

/* False where a directive adds records. */
static bool survey_all(struct pieces *pieces)
{
	bool adds_records = false;
	bool has_odd_bytes = false;
	zm_pool_run(pieces->walk->options->pool, pieces->count, survey, pieces);
	for (size_t i = 0; i < pieces->count; i++) {
		adds_records = adds_records || pieces->piece[i].said.adds_records;
		has_odd_bytes = has_odd_bytes || pieces->piece[i].has_odd_bytes;
	}
	pieces->walk->zone->source->has_plain_lines = !has_odd_bytes;
	return !adds_records;
}

bool zm_pieces_load(struct zm_walk *walk, struct zm_keeper *keeper)
{
	struct zm_pool *pool = walk->options->pool;
	struct pieces pieces = {.walk = walk, .bytes = walk->zone->source->bytes};
	bool is_small = pieces.bytes.len < ZM_PIECES_MIN && walk->options->piece == 0;
	if (walk->stopped || zm_pool_jobs(pool) < 2 || is_small || pieces.bytes.len == 0) {
		return false;
	}
	cut(&pieces, size_of_piece(walk->options, pieces.bytes.len));
	if (!survey_all(&pieces)) {
		return false;
	}
	guess(&pieces);
	pieces.own = zm_arena_array(walk->arena, zm_pool_jobs(pool), sizeof(*pieces.own));
	zm_pool_run(pool, pieces.count, walk_piece, &pieces);
	join(&pieces, keeper);
	return true;
}
