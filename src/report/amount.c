#include "report/amount.h"

enum { DIGITS_MAX = 12 };

/* ---- Numbers ---- */

static unsigned bit_length(uint64_t number)
{
	unsigned bits = 0;
	for (; number != 0; number >>= 1) {
		bits++;
	}
	return bits;
}

/* The power of two that is nearest on the scale of powers; `*exact` says whether it is equal. */
static unsigned nearest_power(struct zm_count count, bool *exact)
{
	unsigned bits = count.high != 0 ? 64 + bit_length(count.high) : bit_length(count.low);
	unsigned shift = bits > 64 ? bits - 64 : 0;
	/* The highest bits of the number, the first of them set. */
	uint64_t top = shift == 0    ? count.low << (64 - bits)
		       : shift == 64 ? count.high
				     : count.high << (64 - shift) | count.low >> shift;
	uint64_t rest = shift == 0 ? 0 : shift == 64 ? count.low : count.low << (64 - shift);
	const uint64_t root_of_two = UINT64_C(0xb504f333f9de6484);
	*exact = top == UINT64_C(1) << 63 && rest == 0;
	return top > root_of_two ? bits : bits - 1;
}

struct zm_str zm_amount_number(struct zm_arena *arena, struct zm_count count)
{
	bool exact = true;
	struct zm_str digits = zm_count_text(arena, count);
	if (digits.len <= DIGITS_MAX) {
		return digits;
	}
	unsigned power = count.is_all ? 128 : nearest_power(count, &exact);
	return zm_arena_printf(arena, "%s2^%u", exact ? "" : "about ", power);
}

static bool is_none(struct zm_count count)
{
	return !count.is_all && count.high == 0 && count.low == 0;
}

static const char *addresses(struct zm_count count)
{
	bool is_one = !count.is_all && count.high == 0 && count.low == 1;
	return is_one ? "address" : "addresses";
}

struct zm_str zm_amount_text(struct zm_arena *arena, struct zm_count count)
{
	return zm_arena_printf(arena, "%.*s %s", ZM_STR_ARG(zm_amount_number(arena, count)),
			       addresses(count));
}

struct zm_str zm_amount_of_families(struct zm_arena *arena,
				    const struct zm_count count[ZM_FAMILIES])
{
	struct zm_str number[ZM_FAMILIES];
	for (size_t i = 0; i < ZM_FAMILIES; i++) {
		number[i] = zm_amount_number(arena, count[i]);
	}
	if (is_none(count[ZM_IP4]) && is_none(count[ZM_IP6])) {
		return ZM_STR("");
	}
	if (!is_none(count[ZM_IP4]) && !is_none(count[ZM_IP6])) {
		return zm_arena_printf(arena, "%.*s IPv4 and %.*s IPv6 addresses",
				       ZM_STR_ARG(number[ZM_IP4]), ZM_STR_ARG(number[ZM_IP6]));
	}
	size_t only = is_none(count[ZM_IP4]) ? ZM_IP6 : ZM_IP4;
	return zm_arena_printf(arena, "%.*s IPv%u %s", ZM_STR_ARG(number[only]),
			       zm_family_number(only), addresses(count[only]));
}

/* ---- Tallies ---- */

/* The place of a verdict in the order of rows; what depends comes behind all results. */
static size_t rank_of(const struct zm_verdict *verdict)
{
	static const size_t rank[] = {
		[ZM_RESULT_PASS] = 0, [ZM_RESULT_SOFTFAIL] = 1,  [ZM_RESULT_NEUTRAL] = 2,
		[ZM_RESULT_FAIL] = 3, [ZM_RESULT_PERMERROR] = 4, [ZM_RESULT_TEMPERROR] = 5,
		[ZM_RESULT_NONE] = 6, [ZM_RESULT_UNKNOWN] = 7,
	};
	return verdict->kind == ZM_VERDICT_RESULT ? rank[verdict->result] : SIZE_MAX;
}

static void sort_rows(struct zm_tally *tally, const struct zm_verdicts *verdicts)
{
	for (size_t i = 1; i < tally->count; i++) {
		struct zm_tally_row row = tally->row[i];
		size_t rank = rank_of(&verdicts->verdict[row.verdict]);
		size_t at = i;
		while (at > 0 && rank_of(&verdicts->verdict[tally->row[at - 1].verdict]) > rank) {
			tally->row[at] = tally->row[at - 1];
			at--;
		}
		tally->row[at] = row;
	}
}

static size_t find_row(const struct zm_tally *tally, struct zm_str text)
{
	size_t i = 0;
	while (i < tally->count && !zm_str_eq(tally->row[i].text, text)) {
		i++;
	}
	return i;
}

/* The numbers of the verdicts' rows, plus 1; 0: not looked for yet. */
struct rows_of {
	const struct zm_verdicts *verdicts;
	size_t *row;
};

static size_t row_of(struct zm_tally *tally, struct zm_arena *arena, struct rows_of *known,
		     uint32_t verdict)
{
	if (known->row[verdict] == 0) {
		struct zm_str text = zm_verdict_text(arena, known->verdicts, verdict);
		size_t row = find_row(tally, text);
		if (row == tally->count) {
			tally->row[tally->count++] =
				(struct zm_tally_row){.text = text, .verdict = verdict};
		}
		known->row[verdict] = row + 1;
	}
	return known->row[verdict] - 1;
}

void zm_tally_count(struct zm_tally *tally, struct zm_arena *arena, const struct zm_space *space,
		    const struct zm_verdicts *verdicts)
{
	size_t room = verdicts->count;
	struct rows_of known = {verdicts, zm_arena_array(arena, room, sizeof(*known.row))};
	*tally = (struct zm_tally){.row = zm_arena_array(arena, room, sizeof(*tally->row))};
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		struct zm_segments list = space->family[family];
		for (size_t i = 0; i < list.count; i++) {
			size_t row = row_of(tally, arena, &known, list.item[i].verdict);
			zm_count_add(&tally->row[row].count[family],
				     zm_segments_range(list, i, zm_family_number(family)));
		}
	}
	sort_rows(tally, verdicts);
}

struct zm_ranges zm_tally_ranges(struct zm_arena *arena, const struct zm_tally_row *row,
				 struct zm_segments list, size_t family,
				 const struct zm_verdicts *verdicts)
{
	struct zm_range *range = zm_arena_array(arena, list.count, sizeof(*range));
	size_t count = 0;
	for (size_t i = 0; i < list.count; i++) {
		struct zm_str text = zm_verdict_text(arena, verdicts, list.item[i].verdict);
		if (zm_str_eq(text, row->text)) {
			range[count++] = zm_segments_range(list, i, zm_family_number(family));
		}
	}
	return zm_ranges_of(arena, range, count);
}

static size_t largest_row(const struct zm_tally *tally, size_t family)
{
	size_t largest = 0;
	for (size_t i = 1; i < tally->count; i++) {
		if (zm_count_compare(tally->row[i].count[family],
				     tally->row[largest].count[family]) > 0) {
			largest = i;
		}
	}
	return largest;
}

/* `all`, `all other`, or NULL where the class is to be counted. */
static const char *share(const struct zm_tally *tally, size_t which, size_t family)
{
	if (largest_row(tally, family) != which) {
		return NULL;
	}
	for (size_t i = 0; i < tally->count; i++) {
		if (i != which && !is_none(tally->row[i].count[family])) {
			return "all other";
		}
	}
	return "all";
}

static struct zm_str text_of_family(struct zm_arena *arena, const struct zm_tally *tally,
				    size_t which, size_t family)
{
	const char *all = share(tally, which, family);
	struct zm_count count = tally->row[which].count[family];
	if (all != NULL) {
		return zm_arena_printf(arena, "%s IPv%u addresses", all, zm_family_number(family));
	}
	return zm_arena_printf(arena, "%.*s IPv%u %s", ZM_STR_ARG(zm_amount_number(arena, count)),
			       zm_family_number(family), addresses(count));
}

struct zm_str zm_tally_text(struct zm_arena *arena, const struct zm_tally *tally, size_t which)
{
	const char *all4 = share(tally, which, ZM_IP4);
	const char *all6 = share(tally, which, ZM_IP6);
	bool has4 = !is_none(tally->row[which].count[ZM_IP4]);
	bool has6 = !is_none(tally->row[which].count[ZM_IP6]);
	if (all4 != NULL && all6 != NULL) {
		bool other = all4[3] != '\0' || all6[3] != '\0';
		return zm_arena_printf(arena, "all%s addresses", other ? " other" : "");
	}
	if (all4 == NULL && all6 == NULL) {
		return zm_amount_of_families(arena, tally->row[which].count);
	}
	if (has4 && has6) {
		struct zm_str text4 = text_of_family(arena, tally, which, ZM_IP4);
		struct zm_str text6 = text_of_family(arena, tally, which, ZM_IP6);
		return zm_arena_printf(arena, "%.*s and %.*s", ZM_STR_ARG(text4),
				       ZM_STR_ARG(text6));
	}
	return text_of_family(arena, tally, which, has4 ? ZM_IP4 : ZM_IP6);
}
