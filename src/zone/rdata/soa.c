#include "zone/rdata/soa.h"

#include "zone/rdata/field.h"
#include "zone/template.h"
#include "zone/types.h"

#include <string.h>

enum {
	NAMES = 2,
	SERIAL = NAMES,
	WORDS = 7,
	WORDS_MAX = 16, /* with a placeholder of several */
	SHOWN_MAX = 40,
};

static bool is_word(const struct zm_token *token)
{
	return token->kind == ZM_WORD || token->kind == ZM_QUOTED;
}

/* The first words, and how many there are in all. */
static size_t collect_words(const struct zm_record *record, const struct zm_token **word)
{
	size_t count = 0;
	for (size_t i = 0; i < record->rdata_count; i++) {
		if (is_word(&record->rdata[i])) {
			if (count < WORDS_MAX) {
				word[count] = &record->rdata[i];
			}
			count++;
		}
	}
	return count;
}

static struct zm_span place_of(const struct zm_token *word)
{
	return (struct zm_span){word->start, word->end};
}

/*
 * A placeholder may be several words to the scanner, `{{ serial }}`: they become one. Gives how
 * many words there are then; `*is_placeholder`: the serial is one.
 */
static size_t join_placeholder(bool *is_placeholder, struct zm_record *record,
			       const struct zm_token **word, size_t count)
{
	*is_placeholder = false;
	if (count <= SERIAL + 1 || count > WORDS_MAX) {
		return count;
	}
	struct zm_span rest = {word[SERIAL]->start, word[count - 1]->end};
	size_t end = rest.start + zm_serial_placeholder(zm_str_at(record->source->bytes, rest));
	size_t last = SERIAL;
	while (last + 1 < count && word[last]->end < end) {
		last++;
	}
	if (word[last]->end != end) {
		return count;
	}
	*is_placeholder = true;
	record->serial_at.end = end;
	memmove(&word[SERIAL + 1], &word[last + 1], (count - last - 1) * sizeof(word[0]));
	return count - (last - SERIAL);
}

/* All the words; the type where there is none. */
static bool fail_count(const struct zm_record *record, struct zm_arena *arena,
		       struct zm_fault *fault, size_t count)
{
	struct zm_span at = record->type_at;
	for (size_t i = 0, words = 0; i < record->rdata_count; i++) {
		if (is_word(&record->rdata[i])) {
			at.start = words++ == 0 ? record->rdata[i].start : at.start;
			at.end = record->rdata[i].end;
		}
	}
	return zm_fault_set(fault, ZM_FAULT_SYNTAX, at,
			    zm_arena_printf(arena, "SOA has %zu fields, it needs 7", count));
}

static bool read_serial(struct zm_soa *soa, const struct zm_record *record, struct zm_arena *arena,
			struct zm_fault *fault)
{
	uint64_t serial;
	struct zm_str text = zm_str_at(record->source->bytes, record->serial_at);
	if (soa->has_placeholder) {
		return true;
	}
	if (zm_str_number(text, UINT32_MAX, &serial)) {
		soa->serial = (uint32_t)serial;
		return true;
	}
	struct zm_str shown = zm_str_sub(text, 0, SHOWN_MAX);
	bool is_number = zm_str_number(text, UINT64_MAX, &serial);
	struct zm_str message =
		is_number
			? zm_arena_printf(arena,
					  "serial %.*s is over 32 bits, the greatest is 4294967295",
					  ZM_STR_ARG(shown))
			: zm_arena_printf(arena, "serial %.*s is no number", ZM_STR_ARG(shown));
	return zm_fault_set(fault, ZM_FAULT_SERIAL, record->serial_at, message);
}

static bool read_times(struct zm_soa *soa, const struct zm_record *record,
		       const struct zm_token **word, struct zm_fault *fault)
{
	uint32_t *const time[] = {&soa->refresh, &soa->retry, &soa->expire, &soa->minimum};
	for (size_t i = 0; i < WORDS - SERIAL - 1; i++) {
		struct zm_span at = place_of(word[SERIAL + 1 + i]);
		if (!zm_ttl_parse(time[i], zm_str_at(record->source->bytes, at))) {
			return zm_fault_set(fault, ZM_FAULT_SYNTAX, at,
					    zm_str_from("SOA field that is no time"));
		}
	}
	return true;
}

static bool read_names(struct zm_soa *soa, const struct zm_record *record, struct zm_arena *arena,
		       const struct zm_token **word, struct zm_fault *fault)
{
	static const char *const field[NAMES] = {"name server", "mailbox"};
	struct zm_name *const name[NAMES] = {&soa->server, &soa->mailbox};
	for (size_t i = 0; i < NAMES; i++) {
		struct zm_name_buf buf;
		const char *why;
		struct zm_str text = zm_str_at(record->source->bytes, place_of(word[i]));
		if (word[i]->kind == ZM_QUOTED ||
		    !zm_name_parse(&buf, text, record->origin, &why)) {
			return zm_fault_set(fault, ZM_FAULT_RECORD, place_of(word[i]),
					    zm_arena_printf(arena, "SOA %s %s", field[i],
							    zm_field_complaint(ZM_NAME)));
		}
		*name[i] = zm_name_copy(arena, zm_name_of(&buf));
	}
	return true;
}

bool zm_soa_read(struct zm_record *record, struct zm_arena *arena, struct zm_fault *fault)
{
	const struct zm_token *word[WORDS_MAX];
	size_t count = collect_words(record, word);
	bool is_placeholder;
	if (count > SERIAL) {
		record->serial_at = place_of(word[SERIAL]);
	}
	count = join_placeholder(&is_placeholder, record, word, count);
	if (count != WORDS) {
		return fail_count(record, arena, fault, count);
	}
	struct zm_soa *soa = zm_arena_alloc(arena, sizeof(*soa));
	soa->has_placeholder = is_placeholder;
	if (!read_serial(soa, record, arena, fault) || !read_times(soa, record, word, fault) ||
	    !read_names(soa, record, arena, word, fault)) {
		return false;
	}
	record->soa_data = soa;
	return true;
}

bool zm_soa_same_but_serial(const struct zm_soa *a, const struct zm_soa *b)
{
	return zm_name_eq(a->server, b->server) && zm_name_eq(a->mailbox, b->mailbox) &&
	       a->refresh == b->refresh && a->retry == b->retry && a->expire == b->expire &&
	       a->minimum == b->minimum;
}

bool zm_soa_same(const struct zm_soa *a, const struct zm_soa *b)
{
	return a->serial == b->serial && a->has_placeholder == b->has_placeholder &&
	       zm_soa_same_but_serial(a, b);
}

bool zm_zone_has_placeholder(const struct zm_zone *zone)
{
	const struct zm_record *soa = zone->soa;
	return soa != NULL && soa->soa_data != NULL && soa->soa_data->has_placeholder;
}

bool zm_zone_serial(const struct zm_zone *zone, uint32_t *serial)
{
	const struct zm_soa *soa = zone->soa == NULL ? NULL : zone->soa->soa_data;
	bool has = soa != NULL && !soa->has_placeholder;
	*serial = has ? soa->serial : 0;
	return has;
}
