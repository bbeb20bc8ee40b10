/* The explanation of a fail (RFC 7208 6.2). Whatever goes wrong here only means that there is none.
 */
#include "spf/machine.h"

static const struct zm_spf_visit *explained(const struct zm_spf_eval *eval)
{
	return eval->frame->visit;
}

const struct zm_spf_term *zm_eval_exp(const struct zm_spf_eval *eval)
{
	const struct zm_spf_record *record = &explained(eval)->record;
	for (size_t i = 0; i < record->count; i++) {
		if (record->term[i].kind == ZM_SPF_EXP) {
			return &record->term[i];
		}
	}
	return NULL;
}

static void give_up(struct zm_spf_eval *eval, const char *why)
{
	eval->outcome.unexplained = zm_str_from(why);
	eval->state = ZM_EVAL_DONE;
}

/* False: `text` has a %{p} that is not known; it will be asked for, or cannot be told at all. */
static bool is_name_there(struct zm_spf_eval *eval, struct zm_str text)
{
	if (!zm_eval_uses_name(text)) {
		return true;
	}
	if (!eval->names_known) {
		zm_eval_find_names(eval);
		return false;
	}
	if (zm_name_is_set(eval->names.unknown.name)) {
		give_up(eval, "the client's name is unknown");
		return false;
	}
	return true;
}

void zm_eval_explain(struct zm_spf_eval *eval)
{
	struct zm_spf_target target;
	struct zm_str spec = zm_eval_exp(eval)->value;
	if (!is_name_there(eval, spec)) {
		return;
	}
	struct zm_spf_values values = zm_eval_values(eval, explained(eval));
	if (!zm_spf_expand_domain(&target, eval->arena, spec, &values)) {
		give_up(eval, "exp= names no domain");
	} else {
		zm_eval_ask(eval, ZM_EVAL_TEXT, target.name, ZM_ASK_TXT);
	}
}

static bool is_ascii(struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.data[i] > 127) {
			return false;
		}
	}
	return true;
}

void zm_eval_on_text(struct zm_spf_eval *eval, const struct zm_answer *answer)
{
	if (answer->status == ZM_ANSWER_UNKNOWN) {
		give_up(eval, "what the name in exp= says is unknown");
	} else if (answer->status != ZM_ANSWER_FOUND) {
		give_up(eval, "the name in exp= has no TXT record");
	} else if (answer->count > 1) {
		give_up(eval, "the name in exp= has several TXT records");
	} else if (!is_ascii(answer->record[0].text)) {
		give_up(eval, "the text that exp= names is not ASCII");
	} else {
		eval->exp_text = answer->record[0].text;
		eval->state = ZM_EVAL_EXPAND;
	}
}

void zm_eval_expand_text(struct zm_spf_eval *eval)
{
	struct zm_buf out = {.max = ZM_SPF_EXPLANATION_MAX};
	if (!is_name_there(eval, eval->exp_text)) {
		return;
	}
	struct zm_spf_values values = zm_eval_values(eval, explained(eval));
	bool good = zm_spf_expand(&out, eval->exp_text, &values);
	struct zm_str text = zm_buf_str(&out);
	if (!good) {
		give_up(eval, "the text that exp= names has a broken macro");
	} else if (out.full) {
		give_up(eval, "the text that exp= names is too long");
	} else if (!is_ascii(text)) {
		give_up(eval, "the text that exp= names becomes other than ASCII");
	} else {
		eval->outcome.explanation = zm_arena_copy(eval->arena, text);
		eval->state = ZM_EVAL_DONE;
	}
	zm_buf_release(&out);
}
