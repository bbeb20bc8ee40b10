#include "dns/fallback.h"

static void ask(void *ctx, struct zm_arena *arena, const struct zm_question *question,
		struct zm_answer *answer)
{
	const struct zm_fallback *fallback = ctx;
	fallback->first.ask(fallback->first.ctx, arena, question, answer);
	if (answer->status == ZM_ANSWER_UNKNOWN) {
		struct zm_question rest = {answer->unknown, question->type};
		fallback->second.ask(fallback->second.ctx, arena, &rest, answer);
	}
}

struct zm_resolver zm_fallback_resolver(struct zm_fallback *fallback)
{
	return (struct zm_resolver){.ctx = fallback, .ask = ask};
}
