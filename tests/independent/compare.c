#include "compare.h"

#include "frame.h"

#include <stdlib.h>
#include <string.h>

enum { PAIRS_MAX = 1 << 22, STRING_MAX = 255 };

/* What has to be there on both sides, in order: a line that is not SPF, or a comment of one that
 * is, with its line end. */
struct atom {
	const struct line *line;
	size_t start;
	size_t end;
	bool is_comment;
};

struct side {
	struct reading reading;
	struct atom *atom;
	size_t atoms;
	const struct line **spf;
	size_t *before; /* one an SPF line: how many atoms stand before it */
	size_t spfs;
};

struct comparing {
	struct side old;
	struct side new;
	size_t given; /* records that were told the owner of one that went */
	struct comparison *said;
};

static void *need(void *memory)
{
	if (memory == NULL) {
		abort();
	}
	return memory;
}

static bool disagree(struct comparing *c, const char *why, size_t old_at, size_t new_at)
{
	c->said->why = why;
	c->said->old_at = old_at;
	c->said->new_at = new_at;
	return false;
}

/* ---- Sides ---- */

static void add_comments(struct side *side, const struct line *line)
{
	for (size_t i = line->piece; i < line->piece + line->pieces; i++) {
		const struct piece *piece = &side->reading.piece[i];
		if (piece->kind == COMMENT) {
			bool ended = i + 1 < line->piece + line->pieces;
			size_t end = ended ? piece[1].end : piece->end;
			side->atom[side->atoms++] = (struct atom){line, piece->start, end, true};
		}
	}
}

static void open_side(struct side *side, struct bytes bytes, const char *origin)
{
	struct reading *reading = &side->reading;
	reading_start(reading, bytes, origin);
	side->atom = need(calloc(reading->pieces + 1, sizeof(*side->atom)));
	side->spf = need(calloc(reading->lines + 1, sizeof(*side->spf)));
	side->before = need(calloc(reading->lines + 1, sizeof(*side->before)));
	for (size_t i = 0; i < reading->lines; i++) {
		const struct line *line = &reading->line[i];
		if (line->says == SAYS_SPF) {
			side->spf[side->spfs] = line;
			side->before[side->spfs++] = side->atoms;
			add_comments(side, line);
		} else {
			side->atom[side->atoms++] =
				(struct atom){line, line->start, line->end, false};
		}
	}
}

static void close_side(struct side *side)
{
	reading_end(&side->reading);
	free(side->atom);
	free(side->spf);
	free(side->before);
}

static bool same_between(const struct comparing *c, size_t old_start, size_t old_end,
			 size_t new_start, size_t new_end)
{
	return same_bytes(bytes_at(&c->old.reading, old_start, old_end),
			  bytes_at(&c->new.reading, new_start, new_end));
}

static bool ends_line(const struct reading *reading, size_t end)
{
	return end > 0 &&
	       (reading->bytes.data[end - 1] == '\n' || reading->bytes.data[end - 1] == '\r');
}

/* A line at the end of the file without a line end gets one when a record comes after it, which
 * then has none. */
static bool gained_line_end(const struct comparing *c, size_t old_end, size_t new_end)
{
	const struct reading *old = &c->old.reading;
	const struct reading *new = &c->new.reading;
	bool has_none = old_end == 0 || old->bytes.data[old_end - 1] != '\n';
	return old_end == old->bytes.len && has_none && ends_line(new, new_end) &&
	       new_end < new->bytes.len && !ends_line(new, new->bytes.len);
}

/* ---- Owners that are given ---- */

struct starts {
	size_t old;
	size_t new;
	bool given;
};

/* Where what is to be the same begins: after the owner, where the new line has one in the place of
 * blanks. */
static struct starts find_starts(const struct comparing *c, const struct line *old,
				 const struct line *new)
{
	struct starts starts = {old->start, new->start, false};
	const struct piece *o = &c->old.reading.piece[old->piece];
	const struct piece *n = &c->new.reading.piece[new->piece];
	if (o->kind != BLANKS || n->kind != STRING || new->pieces < 2 || n[1].kind != BLANKS) {
		return starts;
	}
	size_t owner = n->end - n->start;
	starts.given = true;
	starts.new = n->end;
	bool replaced = o->end - o->start > owner && n[1].end - n[1].start < o->end - o->start;
	starts.old += replaced ? owner : 0;
	return starts;
}

static bool same_standing(const struct line *old, const struct line *new)
{
	return old->says != SAYS_NOTHING && old->says != SAYS_ORDER
		       ? same_owner(old, new) && old->has_ttl == new->has_ttl &&
				 old->ttl == new->ttl
		       : true;
}

/* ---- One TXT record ---- */

/* Whether one TXT record may have become the other by other strings alone. */
static bool is_edit(const struct comparing *c, const struct line *old, const struct line *new)
{
	const struct piece *o = &c->old.reading.piece[old->type];
	const struct piece *n = &c->new.reading.piece[new->type];
	struct starts starts = find_starts(c, old, new);
	bool same_end =
		ends_line(&c->old.reading, old->end) == ends_line(&c->new.reading, new->end);
	return same_between(c, starts.old, o->end, starts.new, n->end) &&
	       same_frame(&c->old.reading, old, &c->new.reading, new) && same_standing(old, new) &&
	       (same_end || gained_line_end(c, old->end, new->end));
}

/* ---- What has to be there ---- */

static bool read_serial(uint32_t *serial, const struct reading *reading, const struct piece *piece)
{
	uint64_t number = 0;
	for (size_t i = piece->start; i < piece->end && number <= UINT32_MAX; i++) {
		char c = reading->bytes.data[i];
		if (c < '0' || c > '9') {
			return false;
		}
		number = number * 10 + (uint64_t)(c - '0');
	}
	*serial = (uint32_t)number;
	return number <= UINT32_MAX;
}

static bool compare_soa(struct comparing *c, const struct line *old, const struct line *new,
			struct starts starts)
{
	if (old->serial == SIZE_MAX || new->serial == SIZE_MAX || c->said->bumped) {
		return disagree(c, "an SOA record changed", old->start, new->start);
	}
	const struct piece *o = &c->old.reading.piece[old->serial];
	const struct piece *n = &c->new.reading.piece[new->serial];
	bool bumped = !same_between(c, o->start, o->end, n->start, n->end);
	bool are_serials = read_serial(&c->said->old_serial, &c->old.reading, o) &&
			   read_serial(&c->said->new_serial, &c->new.reading, n);
	if (!same_between(c, starts.old, o->start, starts.new, n->start) ||
	    !same_between(c, o->end, old->end, n->end, new->end) || (bumped && !are_serials)) {
		return disagree(c, "an SOA record changed in more than its serial", o->start,
				n->start);
	}
	c->said->bumped = bumped;
	return true;
}

static bool compare_line(struct comparing *c, const struct line *old, const struct line *new)
{
	if (old->says != new->says || !same_standing(old, new)) {
		return disagree(c, "a record has another owner or TTL", old->start, new->start);
	}
	if (same_between(c, old->start, old->end, new->start, new->end)) {
		return true;
	}
	struct starts starts = find_starts(c, old, new);
	c->given += starts.given;
	if (old->says == SAYS_SOA) {
		return compare_soa(c, old, new, starts);
	}
	size_t shorter = new->end;
	/* The old line may end in a CR of its own, which stays. */
	while (gained_line_end(c, old->end, new->end) && ends_line(&c->new.reading, shorter) &&
	       shorter - starts.new > old->end - starts.old) {
		shorter--;
	}
	bool resplit = old->says == SAYS_TEXT && old->longest > STRING_MAX &&
		       same_bytes(old->text, new->text) && is_edit(c, old, new);
	c->said->edited += resplit;
	return resplit || same_between(c, starts.old, old->end, starts.new, shorter) ||
	       disagree(c, "a line that is not SPF changed", old->start, new->start);
}

static bool compare_atom(struct comparing *c, const struct atom *old, const struct atom *new)
{
	if (!old->is_comment && !new->is_comment) {
		return compare_line(c, old->line, new->line);
	}
	size_t shorter = new->end;
	while (gained_line_end(c, old->end, new->end) && ends_line(&c->new.reading, shorter) &&
	       shorter - new->start > old->end - old->start) {
		shorter--;
	}
	return same_between(c, old->start, old->end, new->start, shorter) ||
	       disagree(c, "a comment changed", old->start, new->start);
}

static bool compare_atoms(struct comparing *c)
{
	size_t count = c->old.atoms < c->new.atoms ? c->old.atoms : c->new.atoms;
	for (size_t i = 0; i < count; i++) {
		if (!compare_atom(c, &c->old.atom[i], &c->new.atom[i])) {
			return false;
		}
	}
	size_t old_at = count < c->old.atoms ? c->old.atom[count].start : c->old.reading.bytes.len;
	size_t new_at = count < c->new.atoms ? c->new.atom[count].start : c->new.reading.bytes.len;
	return c->old.atoms == c->new.atoms ||
	       disagree(c, c->old.atoms > count ? "a line went" : "a line came", old_at, new_at);
}

/* ---- SPF records between two lines that are not ---- */

struct gap {
	const struct line **old;
	const struct line **new;
	size_t olds;
	size_t news;
	bool *paired_old;
	bool *paired_new;
};

static void pair(struct comparing *c, struct gap *gap, size_t i, size_t j)
{
	const struct line *old = gap->old[i];
	const struct line *new = gap->new[j];
	gap->paired_old[i] = true;
	gap->paired_new[j] = true;
	c->said->edited += !same_bytes(old->text, new->text);
	c->given += find_starts(c, old, new).given;
}

/* The most pairs that keep the order. */
static void pair_all(struct comparing *c, struct gap *gap)
{
	size_t width = gap->news + 1;
	uint32_t *most = need(calloc((gap->olds + 1) * width, sizeof(*most)));
	bool *fits = need(calloc((gap->olds + 1) * width, sizeof(*fits)));
	for (size_t i = gap->olds; i-- > 0;) {
		for (size_t j = gap->news; j-- > 0;) {
			size_t at = i * width + j;
			fits[at] = is_edit(c, gap->old[i], gap->new[j]);
			most[at] =
				most[at + 1] > most[at + width] ? most[at + 1] : most[at + width];
			if (fits[at] && most[at + width + 1] + 1 > most[at]) {
				most[at] = most[at + width + 1] + 1;
			}
		}
	}
	for (size_t i = 0, j = 0; i < gap->olds && j < gap->news;) {
		size_t at = i * width + j;
		if (fits[at] && most[at] == most[at + width + 1] + 1) {
			pair(c, gap, i++, j++);
		} else if (most[at] == most[at + width]) {
			i++;
		} else {
			j++;
		}
	}
	free(most);
	free(fits);
}

/* A record that comes stands on one line, alone. */
static bool is_plain(const struct comparing *c, const struct line *line)
{
	const struct piece *piece = &c->new.reading.piece[line->piece];
	for (size_t i = 0; i < line->pieces; i++) {
		bool is_last = i + 1 == line->pieces;
		if (piece[i].kind != STRING && piece[i].kind != BLANKS &&
		    !(is_last && piece[i].kind == LINE_END)) {
			return false;
		}
	}
	return true;
}

static bool judge_new(struct comparing *c, const struct gap *gap, const struct line *new)
{
	c->said->come++;
	if (!is_plain(c, new)) {
		return disagree(c, "a record came that is more than a line", new->start,
				new->start);
	}
	for (size_t i = 0; i < gap->olds; i++) {
		if (!gap->paired_old[i] && same_owner(gap->old[i], new)) {
			return disagree(c, "an SPF record changed in more than its strings",
					gap->old[i]->start, new->start);
		}
	}
	return true;
}

static bool judge_gap(struct comparing *c, const struct gap *gap)
{
	for (size_t i = 0; i < gap->olds; i++) {
		c->said->gone += !gap->paired_old[i];
	}
	for (size_t j = 0; j < gap->news; j++) {
		if (!gap->paired_new[j] && !judge_new(c, gap, gap->new[j])) {
			return false;
		}
	}
	return true;
}

static bool same_line(const struct comparing *c, const struct line *old, const struct line *new)
{
	return same_between(c, old->start, old->end, new->start, new->end) &&
	       same_standing(old, new);
}

/* Those at both ends that are as they were. */
static void trim(const struct comparing *c, struct gap *gap)
{
	while (gap->olds > 0 && gap->news > 0 && same_line(c, gap->old[0], gap->new[0])) {
		gap->old++;
		gap->new ++;
		gap->olds--;
		gap->news--;
	}
	while (gap->olds > 0 && gap->news > 0 &&
	       same_line(c, gap->old[gap->olds - 1], gap->new[gap->news - 1])) {
		gap->olds--;
		gap->news--;
	}
}

static bool compare_gap(struct comparing *c, struct gap gap)
{
	trim(c, &gap);
	if (gap.news > 0 && gap.olds > PAIRS_MAX / gap.news) {
		return disagree(c, "too many SPF records in a row", gap.old[0]->start,
				gap.new[0]->start);
	}
	gap.paired_old = need(calloc(gap.olds + 1, sizeof(bool)));
	gap.paired_new = need(calloc(gap.news + 1, sizeof(bool)));
	pair_all(c, &gap);
	bool good = judge_gap(c, &gap);
	free(gap.paired_old);
	free(gap.paired_new);
	return good;
}

/* How many SPF records from the i-th on stand before the same atom. */
static size_t count_before(const struct side *side, size_t i, size_t atom)
{
	size_t count = 0;
	while (i + count < side->spfs && side->before[i + count] == atom) {
		count++;
	}
	return count;
}

static bool compare_spf(struct comparing *c)
{
	size_t i = 0;
	size_t j = 0;
	while (i < c->old.spfs || j < c->new.spfs) {
		size_t atom = i < c->old.spfs ? c->old.before[i] : SIZE_MAX;
		if (j < c->new.spfs && c->new.before[j] < atom) {
			atom = c->new.before[j];
		}
		struct gap gap = {
			.old = c->old.spf + i,
			.new = c->new.spf + j,
			.olds = count_before(&c->old, i, atom),
			.news = count_before(&c->new, j, atom),
		};
		if (!compare_gap(c, gap)) {
			return false;
		}
		i += gap.olds;
		j += gap.news;
	}
	return true;
}

bool serial_is_later(uint32_t a, uint32_t b)
{
	uint32_t ahead = b - a;
	return ahead > 0 && ahead < UINT32_C(1) << 31;
}

bool compare_zones(struct comparison *said, struct bytes before, struct bytes after,
		   const char *origin)
{
	struct comparing c = {.said = said};
	*said = (struct comparison){0};
	open_side(&c.old, before, origin);
	open_side(&c.new, after, origin);
	if (compare_atoms(&c) && compare_spf(&c) && c.given > said->gone) {
		disagree(&c, "an owner is written where none went", 0, 0);
	}
	close_side(&c.old);
	close_side(&c.new);
	return said->why == NULL;
}
