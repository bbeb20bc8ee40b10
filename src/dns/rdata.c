#include "dns/rdata.h"

enum { WORDS_MAX = 2 };

/* The words of a record's RDATA; returns how many there are, which may be more than `word` holds.
 */
static size_t collect_words(struct zm_str *word, const struct zm_record *record)
{
	size_t count = 0;
	for (size_t i = 0; i < record->rdata_count; i++) {
		const struct zm_token *token = &record->rdata[i];
		if (token->kind != ZM_WORD) {
			continue;
		}
		if (count < WORDS_MAX) {
			word[count] = zm_str_sub(record->source->bytes, token->start, token->end);
		}
		count++;
	}
	return count;
}

static bool read_name(struct zm_name *out, struct zm_arena *arena, struct zm_str word,
		      const struct zm_record *record)
{
	struct zm_name_buf buf;
	const char *why;
	if (!zm_name_parse(&buf, word, record->origin, &why)) {
		return false;
	}
	*out = zm_name_copy(arena, zm_name_of(&buf));
	return true;
}

static bool read_exchange(struct zm_answer_record *out, struct zm_arena *arena,
			  const struct zm_str *word, const struct zm_record *record)
{
	uint64_t preference;
	if (!zm_str_number(word[0], UINT16_MAX, &preference)) {
		return false;
	}
	out->preference = (uint16_t)preference;
	return read_name(&out->name, arena, word[1], record);
}

static bool read_text(struct zm_answer_record *out, struct zm_arena *arena,
		      const struct zm_record *record)
{
	if (record->text == NULL) {
		return false;
	}
	out->text = record->text->bytes;
	if (zm_spf_is_record(out->text)) {
		struct zm_spf_record *spf = zm_arena_alloc(arena, sizeof(*spf));
		zm_spf_parse(spf, arena, out->text);
		out->spf = spf;
	}
	return true;
}

bool zm_rdata_answer(struct zm_answer_record *out, struct zm_arena *arena,
		     const struct zm_record *record)
{
	struct zm_str word[WORDS_MAX];
	*out = (struct zm_answer_record){.from = record};
	if (record->type == ZM_TYPE_TXT) {
		return read_text(out, arena, record);
	}
	size_t count = collect_words(word, record);
	switch (record->type) {
	case ZM_TYPE_A:
		return count == 1 && zm_ip4_parse(&out->ip, word[0]);
	case ZM_TYPE_AAAA:
		return count == 1 && zm_ip6_parse(&out->ip, word[0]);
	case ZM_TYPE_MX:
		return count == 2 && read_exchange(out, arena, word, record);
	default:
		return count == 1 && read_name(&out->name, arena, word[0], record);
	}
}

bool zm_rdata_target(struct zm_name *out, struct zm_arena *arena, const struct zm_record *record)
{
	struct zm_str word[WORDS_MAX];
	return collect_words(word, record) == 1 && read_name(out, arena, word[0], record);
}
