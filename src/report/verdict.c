#include "report/verdict.h"

#include "report/escape.h"

/* More are no sentence. */
enum { CONDITIONS_MAX = 6 };

struct words {
	const struct zm_verdicts *pool;
	struct zm_buf text;
};

static const struct zm_verdict *get(const struct words *w, uint32_t verdict)
{
	return &w->pool->verdict[verdict];
}

static void add_condition(struct words *w, const struct zm_verdict *verdict)
{
	zm_escape(&w->text, w->pool->condition[verdict->condition].text);
}

/* Results all the way, whatever is asked, so that it can be told in one sentence. */
static bool is_chain(const struct words *w, uint32_t verdict)
{
	for (size_t i = 0; i < CONDITIONS_MAX; i++) {
		const struct zm_verdict *v = get(w, verdict);
		if (v->kind == ZM_VERDICT_RESULT) {
			return true;
		}
		if (v->kind == ZM_VERDICT_ELSEWHERE ||
		    get(w, v->choice.match[0])->kind != ZM_VERDICT_RESULT) {
			return false;
		}
		verdict = zm_verdict_miss(w->pool, v);
	}
	return false;
}

/* `pass if include:a.example or exists:b.example matches, else fail` */
static void add_chain(struct words *w, uint32_t verdict)
{
	const struct zm_verdict *v = get(w, verdict);
	const char *before = "";
	while (v->kind == ZM_VERDICT_CHOICE) {
		uint32_t result = v->choice.match[0];
		zm_buf_printf(&w->text, "%s%s if ", before,
			      zm_spf_result_name(get(w, result)->result));
		add_condition(w, v);
		v = get(w, zm_verdict_miss(w->pool, v));
		while (v->kind == ZM_VERDICT_CHOICE && v->choice.match[0] == result) {
			zm_buf_add(&w->text, ZM_STR(" or "));
			add_condition(w, v);
			v = get(w, zm_verdict_miss(w->pool, v));
		}
		zm_buf_add(&w->text, ZM_STR(" matches"));
		before = ", ";
	}
	zm_buf_printf(&w->text, ", else %s", zm_spf_result_name(v->result));
}

/* `depends on include:a.example, ptr:b.example` */
static void add_first_conditions(struct words *w, uint32_t verdict)
{
	const struct zm_verdict *v = get(w, verdict);
	zm_buf_add(&w->text, ZM_STR("depends on "));
	for (size_t i = 0; v->kind != ZM_VERDICT_RESULT && i < CONDITIONS_MAX; i++) {
		zm_buf_add(&w->text, i == 0 ? ZM_STR("") : ZM_STR(", "));
		add_condition(w, v);
		if (v->kind == ZM_VERDICT_ELSEWHERE) {
			return;
		}
		v = get(w, zm_verdict_miss(w->pool, v));
	}
	if (v->kind != ZM_VERDICT_RESULT) {
		zm_buf_add(&w->text, ZM_STR(" and more"));
	}
}

struct zm_str zm_verdict_text(struct zm_arena *arena, const struct zm_verdicts *pool,
			      uint32_t verdict)
{
	struct words w = {.pool = pool};
	const struct zm_verdict *v = get(&w, verdict);
	if (v->kind == ZM_VERDICT_RESULT) {
		return zm_str_from(zm_spf_result_name(v->result));
	}
	if (v->kind == ZM_VERDICT_ELSEWHERE) {
		zm_buf_add(&w.text, ZM_STR("what "));
		add_condition(&w, v);
		zm_buf_add(&w.text, ZM_STR(" says"));
	} else if (is_chain(&w, verdict)) {
		add_chain(&w, verdict);
	} else {
		add_first_conditions(&w, verdict);
	}
	struct zm_str text = zm_arena_copy(arena, zm_buf_str(&w.text));
	zm_buf_release(&w.text);
	return text;
}
