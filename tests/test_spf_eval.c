#include "test.h"

#include "spf/eval.h"

/* A few names that know few records: enough to stop and to go on. */
static void answer(struct zm_arena *arena, const struct zm_question *question,
		   struct zm_answer *answer)
{
	static const struct zm_answer_record apex = {
		.text = {"v=spf1 a include:b.example -all", 31}, .from = "apex"};
	static const struct zm_answer_record other = {.text = {"v=spf1 ip4:192.0.2.7 ~all", 25}};
	static const struct zm_answer_record host = {.ip = {{192, 0, 2, 1}, 4}};
	struct zm_str name = zm_name_text(arena, question->name);
	const struct zm_answer_record *record = NULL;
	if (question->type == ZM_ASK_TXT) {
		record = zm_str_eq(name, ZM_STR("a.example.")) ? &apex : &other;
	} else if (question->type == ZM_ASK_A && zm_str_eq(name, ZM_STR("a.example."))) {
		record = &host;
	}
	*answer = (struct zm_answer){.status = record == NULL ? ZM_ANSWER_NO_DATA : ZM_ANSWER_FOUND,
				     .record = record,
				     .count = record == NULL ? 0 : 1};
}

static struct zm_spf_client client_of(uint8_t last)
{
	return (struct zm_spf_client){
		.ip = {{192, 0, 2, last}, 4}, .sender = {"u@a.example", 11}, .trace = true};
}

static void it_stops_for_each_question_and_goes_on(void)
{
	static const char *const want[] = {"TXT a.example.", "A a.example.", "TXT b.example."};
	struct zm_arena arena = {0};
	struct zm_spf_client client = client_of(7);
	struct zm_spf_eval *eval = zm_spf_eval_start(&arena, &client);
	const struct zm_question *question;
	size_t asked = 0;
	while ((question = zm_spf_eval_next(eval)) != NULL && asked < 3) {
		struct zm_answer reply;
		CU_ASSERT_PTR_EQUAL(zm_spf_eval_next(eval), question);
		struct zm_str name = zm_name_text(&arena, question->name);
		struct zm_str got = zm_arena_printf(&arena, "%s %.*s", zm_ask_name(question->type),
						    ZM_STR_ARG(name));
		ZM_ASSERT_STR(got, want[asked++]);
		answer(&arena, question, &reply);
		zm_spf_eval_answer(eval, &reply);
	}
	CU_ASSERT_EQUAL(asked, 3);
	const struct zm_spf_outcome *outcome = zm_spf_eval_outcome(eval);
	CU_ASSERT_EQUAL(outcome->result, ZM_RESULT_PASS);
	CU_ASSERT_EQUAL(outcome->lookups, 2);
	CU_ASSERT_EQUAL(outcome->questions, 3);
	zm_arena_release(&arena);
}

static void ask(void *ctx, struct zm_arena *arena, const struct zm_question *question,
		struct zm_answer *reply)
{
	(void)ctx;
	answer(arena, question, reply);
}

static void the_innermost_place_decides(void)
{
	struct zm_arena arena = {0};
	const struct zm_resolver resolver = {.ask = ask};
	struct zm_spf_client client = client_of(7);
	const struct zm_spf_outcome *outcome = zm_spf_check_host(&arena, &client, &resolver);
	ZM_ASSERT_STR(outcome->term->text, "ip4:192.0.2.7");
	ZM_ASSERT_STR(outcome->visit->domain, "b.example");
	ZM_ASSERT_STR(outcome->visit->by->text, "include:b.example");
	CU_ASSERT_PTR_NOT_NULL_FATAL(outcome->visit->parent);
	ZM_ASSERT_STR(outcome->visit->parent->domain, "a.example");
	CU_ASSERT_STRING_EQUAL(outcome->visit->parent->from, "apex");
	client = client_of(9);
	outcome = zm_spf_check_host(&arena, &client, &resolver);
	CU_ASSERT_EQUAL(outcome->result, ZM_RESULT_FAIL);
	ZM_ASSERT_STR(outcome->term->text, "-all");
	ZM_ASSERT_STR(outcome->visit->domain, "a.example");
	zm_arena_release(&arena);
}

static void steps_are_kept_where_they_are_asked_for(void)
{
	static const enum zm_spf_step_kind want[] = {
		ZM_STEP_ASKED,  ZM_STEP_RECORD, ZM_STEP_ASKED, ZM_STEP_NO_MATCH, ZM_STEP_ASKED,
		ZM_STEP_RECORD, ZM_STEP_MATCH,  ZM_STEP_END,   ZM_STEP_MATCH,    ZM_STEP_END,
	};
	struct zm_arena arena = {0};
	const struct zm_resolver resolver = {.ask = ask};
	struct zm_spf_client client = client_of(7);
	const struct zm_spf_outcome *outcome = zm_spf_check_host(&arena, &client, &resolver);
	CU_ASSERT_EQUAL_FATAL(outcome->steps, sizeof(want) / sizeof(*want));
	for (size_t i = 0; i < outcome->steps; i++) {
		CU_ASSERT_EQUAL(outcome->step[i].kind, want[i]);
	}
	client.trace = false;
	CU_ASSERT_EQUAL(zm_spf_check_host(&arena, &client, &resolver)->steps, 0);
	zm_arena_release(&arena);
}

static void the_domain_may_be_another_than_the_senders(void)
{
	struct zm_arena arena = {0};
	const struct zm_resolver resolver = {.ask = ask};
	struct zm_spf_client client = client_of(9);
	client.domain = ZM_STR("b.example.");
	const struct zm_spf_outcome *outcome = zm_spf_check_host(&arena, &client, &resolver);
	CU_ASSERT_EQUAL(outcome->result, ZM_RESULT_SOFTFAIL);
	ZM_ASSERT_STR(outcome->domain, "b.example");
	ZM_ASSERT_STR(outcome->sender, "u@a.example");
	zm_arena_release(&arena);
}

static void results_have_names(void)
{
	enum zm_spf_result result;
	for (int i = ZM_RESULT_NONE; i <= ZM_RESULT_UNKNOWN; i++) {
		const char *name = zm_spf_result_name((enum zm_spf_result)i);
		CU_ASSERT_TRUE(zm_spf_result_parse(&result, zm_str_from(name)));
		CU_ASSERT_EQUAL((int)result, i);
	}
	CU_ASSERT_TRUE(zm_spf_result_parse(&result, ZM_STR("SoftFail")));
	CU_ASSERT_FALSE(zm_spf_result_parse(&result, ZM_STR("error")));
}

static const struct zm_test_case cases[] = {
	{"it stops for each question and goes on", it_stops_for_each_question_and_goes_on},
	{"the innermost place decides", the_innermost_place_decides},
	{"steps are kept where they are asked for", steps_are_kept_where_they_are_asked_for},
	{"the domain may be another than the sender's", the_domain_may_be_another_than_the_senders},
	{"results have names", results_have_names},
	{NULL, NULL},
};

void test_spf_eval(void)
{
	zm_test_suite("spf eval", cases);
}
