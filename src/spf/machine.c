#include "spf/machine.h"

#include <assert.h>

/* ---- Notes ---- */

void zm_eval_note(struct zm_spf_eval *eval, struct zm_spf_step step)
{
	struct zm_spf_outcome *outcome = &eval->outcome;
	if (!eval->client.trace) {
		return;
	}
	eval->step = zm_arena_grow(eval->arena, eval->step, outcome->steps, &eval->step_capacity,
				   sizeof(*eval->step));
	eval->step[outcome->steps++] = step;
	outcome->step = eval->step;
}

const struct zm_spf_term *zm_eval_term(const struct zm_spf_eval *eval)
{
	const struct zm_spf_frame *frame = eval->frame;
	const struct zm_spf_record *record = &frame->visit->record;
	return frame->at < record->count ? &record->term[frame->at] : record->redirect;
}

/* ---- Ends ---- */

/* The innermost place is the one that decided; those around it follow. */
static void note_decision(struct zm_spf_eval *eval)
{
	if (eval->outcome.visit == NULL) {
		eval->outcome.visit = eval->frame->visit;
		eval->outcome.term = zm_eval_term(eval);
	}
}

static void note_end(struct zm_spf_eval *eval, enum zm_spf_result result)
{
	zm_eval_note(eval, (struct zm_spf_step){.kind = ZM_STEP_END,
						.visit = eval->frame->visit,
						.result = result});
}

void zm_eval_finish(struct zm_spf_eval *eval, enum zm_spf_result result, struct zm_str why)
{
	note_decision(eval);
	note_end(eval, result);
	eval->outcome.result = result;
	eval->outcome.why = why;
	bool explains = result == ZM_RESULT_FAIL && zm_eval_exp(eval) != NULL;
	eval->state = explains ? ZM_EVAL_EXPLAIN : ZM_EVAL_DONE;
}

void zm_eval_unknown(struct zm_spf_eval *eval, struct zm_question unknown)
{
	eval->outcome.unknown = unknown;
	zm_eval_finish(eval, ZM_RESULT_UNKNOWN, (struct zm_str){0});
}

bool zm_eval_weigh_voids(struct zm_spf_eval *eval)
{
	unsigned voids = eval->outcome.voids;
	if (voids > ZM_SPF_VOIDS_MAX) { /* RFC 7208 4.6.4 */
		zm_eval_finish(eval, ZM_RESULT_PERMERROR,
			       zm_arena_printf(eval->arena,
					       "%u DNS lookups found nothing, the limit is %d",
					       voids, ZM_SPF_VOIDS_MAX));
	} else if (voids + eval->maybe_voids > ZM_SPF_VOIDS_MAX && eval->maybe_voids > 0) {
		zm_eval_unknown(eval, eval->maybe_void);
	} else {
		return true;
	}
	return false;
}

bool zm_eval_count_void(struct zm_spf_eval *eval)
{
	eval->outcome.voids++;
	return zm_eval_weigh_voids(eval);
}

static void blame_server(struct zm_spf_eval *eval, const struct zm_question *question)
{
	struct zm_str name = zm_name_text(eval->arena, question->name);
	zm_eval_finish(eval, ZM_RESULT_TEMPERROR,
		       zm_arena_printf(eval->arena, "the DNS does not answer for %s of %.*s",
				       zm_ask_name(question->type), ZM_STR_ARG(name)));
}

bool zm_eval_is_answered(struct zm_spf_eval *eval, const struct zm_answer *answer)
{
	if (answer->status == ZM_ANSWER_ERROR) {
		blame_server(eval, &eval->asked);
	} else if (answer->status == ZM_ANSWER_UNKNOWN) {
		zm_eval_unknown(eval, (struct zm_question){answer->unknown, eval->asked.type});
	} else {
		return !zm_answer_is_void(answer) || zm_eval_count_void(eval);
	}
	return false;
}

/* ---- Terms ---- */

static enum zm_spf_result result_of(const struct zm_spf_term *term)
{
	switch (term == NULL ? '?' : term->qualifier) { /* RFC 7208 4.6.2, 4.7 */
	case '-':
		return ZM_RESULT_FAIL;
	case '~':
		return ZM_RESULT_SOFTFAIL;
	case '?':
		return ZM_RESULT_NEUTRAL;
	default:
		return ZM_RESULT_PASS;
	}
}

void zm_eval_no_match(struct zm_spf_eval *eval)
{
	zm_eval_note(eval, (struct zm_spf_step){.kind = ZM_STEP_NO_MATCH,
						.visit = eval->frame->visit,
						.term = zm_eval_term(eval)});
	eval->frame->at++;
	eval->state = ZM_EVAL_TERMS;
}

/* RFC 7208 5.2: an include matches where its record gives pass. */
static void leave_include(struct zm_spf_eval *eval, enum zm_spf_result result)
{
	note_end(eval, result);
	eval->frame = eval->frame->outer;
	if (result == ZM_RESULT_PASS) {
		zm_eval_match(eval);
		return;
	}
	eval->outcome.visit = NULL;
	eval->outcome.term = NULL;
	zm_eval_no_match(eval);
}

void zm_eval_match(struct zm_spf_eval *eval)
{
	const struct zm_spf_term *term = zm_eval_term(eval);
	enum zm_spf_result result = result_of(term);
	note_decision(eval);
	if (term != NULL) {
		zm_eval_note(eval, (struct zm_spf_step){.kind = ZM_STEP_MATCH,
							.visit = eval->frame->visit,
							.term = term});
	}
	if (eval->frame->outer != NULL) {
		leave_include(eval, result);
	} else {
		zm_eval_finish(eval, result, (struct zm_str){0});
	}
}

/* ---- Records ---- */

void zm_eval_ask(struct zm_spf_eval *eval, enum zm_spf_state state, struct zm_name name,
		 enum zm_ask type)
{
	assert(zm_name_is_set(name));
	eval->question = (struct zm_question){name, type};
	eval->state = state;
	eval->outcome.questions++;
}

struct zm_spf_visit *zm_eval_new_visit(struct zm_spf_eval *eval, const struct zm_spf_target *target,
				       const struct zm_spf_visit *parent,
				       const struct zm_spf_term *by)
{
	struct zm_spf_visit *visit = zm_arena_alloc(eval->arena, sizeof(*visit));
	visit->domain = target->text;
	visit->name = target->name;
	visit->parent = parent;
	visit->by = by;
	visit->depth = parent == NULL ? 0 : parent->depth + 1;
	return visit;
}

/* RFC 7208 4.3: of a name of one label check_host() says none, and its asker permerror. */
void zm_eval_ask_record(struct zm_spf_eval *eval)
{
	struct zm_name name = eval->frame->visit->name;
	if (zm_name_labels(name) < 2) {
		zm_eval_finish(eval, ZM_RESULT_PERMERROR,
			       ZM_STR("a name of one label has no SPF record"));
		return;
	}
	zm_eval_ask(eval, ZM_EVAL_RECORD, name, ZM_ASK_TXT);
}

void zm_eval_include(struct zm_spf_eval *eval, const struct zm_spf_target *target)
{
	struct zm_spf_frame *outer = eval->frame;
	struct zm_spf_frame *frame = zm_arena_alloc(eval->arena, sizeof(*frame));
	frame->outer = outer;
	frame->visit = zm_eval_new_visit(eval, target, outer->visit, zm_eval_term(eval));
	eval->frame = frame;
	zm_eval_ask_record(eval);
}

void zm_eval_redirect(struct zm_spf_eval *eval, const struct zm_spf_target *target,
		      const struct zm_spf_term *by)
{
	eval->frame->visit = zm_eval_new_visit(eval, target, eval->frame->visit, by);
	eval->frame->at = 0;
	zm_eval_ask_record(eval);
}

static void blame_term(struct zm_spf_eval *eval)
{
	struct zm_spf_frame *frame = eval->frame;
	const struct zm_spf_record *record = &frame->visit->record;
	while (record->term[frame->at].problem == ZM_SPF_GOOD) {
		frame->at++;
	}
	zm_eval_finish(eval, ZM_RESULT_PERMERROR, ZM_STR("the record has a syntax error"));
}

/* RFC 7208 4.5: none to whoever asks first, permerror below an include or redirect (5.2, 6.1). */
static void find_no_record(struct zm_spf_eval *eval)
{
	bool is_first = eval->frame->visit->parent == NULL;
	zm_eval_finish(eval, is_first ? ZM_RESULT_NONE : ZM_RESULT_PERMERROR,
		       ZM_STR("there is no SPF record"));
}

static void start_record(struct zm_spf_eval *eval, const struct zm_answer_record *found)
{
	struct zm_spf_visit *visit = eval->frame->visit;
	visit->from = found->from;
	if (found->spf != NULL) {
		visit->record = *found->spf;
	} else {
		zm_spf_parse(&visit->record, eval->arena, found->text);
	}
	zm_eval_note(eval, (struct zm_spf_step){.kind = ZM_STEP_RECORD, .visit = visit});
	if (visit->record.valid) {
		eval->state = ZM_EVAL_TERMS;
	} else { /* RFC 7208 4.6: before any of it is evaluated */
		blame_term(eval);
	}
}

void zm_eval_on_record(struct zm_spf_eval *eval, const struct zm_answer *answer)
{
	const struct zm_answer_record *found = NULL;
	size_t count = 0;
	if (answer->status == ZM_ANSWER_ERROR || answer->status == ZM_ANSWER_UNKNOWN) {
		zm_eval_is_answered(eval, answer);
		return;
	}
	for (size_t i = 0; i < answer->count; i++) {
		if (zm_spf_is_record(answer->record[i].text)) {
			found = &answer->record[i];
			count++;
		}
	}
	if (count == 0) {
		find_no_record(eval);
	} else if (count > 1) { /* RFC 7208 4.5 */
		zm_eval_finish(eval, ZM_RESULT_PERMERROR,
			       zm_arena_printf(eval->arena, "there are %zu SPF records", count));
	} else {
		start_record(eval, found);
	}
}
