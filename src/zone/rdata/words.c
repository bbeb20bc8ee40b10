#include "zone/rdata/words.h"

static bool is_word(const struct zm_token *token)
{
	return token->kind == ZM_WORD || token->kind == ZM_QUOTED;
}

bool zm_words_next(struct zm_words *words)
{
	const struct zm_record *record = words->record;
	while (words->at < record->rdata_count) {
		const struct zm_token *token = &record->rdata[words->at++];
		if (is_word(token)) {
			words->token = token;
			words->word = (struct zm_field_word){
				.text = zm_str_sub(record->source->bytes, token->start, token->end),
				.quoted = token->kind == ZM_QUOTED,
				.origin = record->origin,
			};
			return true;
		}
	}
	return false;
}

bool zm_words_touch(const struct zm_words *words)
{
	return words->at < words->record->rdata_count &&
	       is_word(&words->record->rdata[words->at]) && words->token != NULL &&
	       words->token->end == words->record->rdata[words->at].start;
}

bool zm_words_fail(struct zm_words *words, const char *format, ...)
{
	struct zm_fault *fault = words->fault;
	va_list args;
	fault->kind = ZM_FAULT_RECORD;
	fault->at = words->record->type_at;
	if (words->token != NULL) {
		fault->at = (struct zm_span){words->token->start, words->token->end};
	}
	va_start(args, format);
	fault->message = zm_arena_vprintf(words->arena, format, args);
	va_end(args);
	return false;
}

bool zm_words_lack(struct zm_words *words, const char *type, const char *field)
{
	words->token = NULL;
	return zm_words_fail(words, "%s record lacks its %s", type, field);
}

bool zm_words_field(struct zm_words *words, enum zm_field field, const char *type, const char *name,
		    uint32_t *number)
{
	if (!zm_words_next(words)) {
		return zm_words_lack(words, type, name);
	}
	if (!zm_field_fits(field, &words->word, number)) {
		return zm_words_fail(words, "%s %s %s", type, name, zm_field_complaint(field));
	}
	return true;
}

bool zm_words_end(struct zm_words *words, const char *type)
{
	if (zm_words_next(words)) {
		return zm_words_fail(words, "text after the end of the %s record", type);
	}
	return true;
}
