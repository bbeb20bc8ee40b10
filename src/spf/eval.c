#include "spf/eval.h"

#include "spf/domain.h"
#include "spf/machine.h"

#include <assert.h>
#include <string.h>

static const char *const result_names[] = {
	[ZM_RESULT_NONE] = "none",           [ZM_RESULT_NEUTRAL] = "neutral",
	[ZM_RESULT_PASS] = "pass",           [ZM_RESULT_FAIL] = "fail",
	[ZM_RESULT_SOFTFAIL] = "softfail",   [ZM_RESULT_TEMPERROR] = "temperror",
	[ZM_RESULT_PERMERROR] = "permerror", [ZM_RESULT_UNKNOWN] = "unknown",
};

enum { RESULTS = sizeof(result_names) / sizeof(result_names[0]) };

const char *zm_spf_result_name(enum zm_spf_result result)
{
	return result_names[result];
}

bool zm_spf_result_parse(enum zm_spf_result *result, struct zm_str text)
{
	for (size_t i = 0; i < RESULTS; i++) {
		if (zm_str_eq_nocase(text, zm_str_from(result_names[i]))) {
			*result = (enum zm_spf_result)i;
			return true;
		}
	}
	return false;
}

/* ---- The machine ---- */

struct state {
	void (*go_on)(struct zm_spf_eval *eval);
	void (*on_answer)(struct zm_spf_eval *eval, const struct zm_answer *answer);
};

static const struct state states[ZM_EVAL_STATES] = {
	[ZM_EVAL_RECORD] = {.on_answer = zm_eval_on_record},
	[ZM_EVAL_TERMS] = {.go_on = zm_eval_next_term},
	[ZM_EVAL_ADDRESSES] = {.on_answer = zm_eval_on_addresses},
	[ZM_EVAL_EXCHANGES] = {.on_answer = zm_eval_on_exchanges},
	[ZM_EVAL_EXCHANGE] = {.on_answer = zm_eval_on_exchange},
	[ZM_EVAL_EXISTS] = {.on_answer = zm_eval_on_exists},
	[ZM_EVAL_NAMES] = {.on_answer = zm_eval_on_names},
	[ZM_EVAL_NAME] = {.on_answer = zm_eval_on_name},
	[ZM_EVAL_EXPLAIN] = {.go_on = zm_eval_explain},
	[ZM_EVAL_TEXT] = {.on_answer = zm_eval_on_text},
	[ZM_EVAL_EXPAND] = {.go_on = zm_eval_expand_text},
};

/* Until something has to be asked, or all is done. */
static void run(struct zm_spf_eval *eval)
{
	while (!zm_name_is_set(eval->question.name) && eval->state != ZM_EVAL_DONE) {
		states[eval->state].go_on(eval);
	}
}

const struct zm_question *zm_spf_eval_next(struct zm_spf_eval *eval)
{
	return zm_name_is_set(eval->question.name) ? &eval->question : NULL;
}

/* On behalf of which term the question was that waits. */
static const struct zm_spf_term *asker(const struct zm_spf_eval *eval)
{
	bool explains = eval->outcome.result == ZM_RESULT_FAIL;
	return explains ? zm_eval_exp(eval) : zm_eval_term(eval);
}

void zm_spf_eval_answer(struct zm_spf_eval *eval, const struct zm_answer *answer)
{
	assert(zm_name_is_set(eval->question.name));
	eval->asked = eval->question;
	eval->question = (struct zm_question){0};
	zm_eval_note(eval, (struct zm_spf_step){.kind = ZM_STEP_ASKED,
						.visit = eval->frame->visit,
						.term = asker(eval),
						.question = eval->asked,
						.answer = *answer});
	states[eval->state].on_answer(eval, answer);
	run(eval);
}

const struct zm_spf_outcome *zm_spf_eval_outcome(const struct zm_spf_eval *eval)
{
	assert(eval->state == ZM_EVAL_DONE);
	return &eval->outcome;
}

/* ---- The start ---- */

/* RFC 7208 2.4, 4.3: the null sender is the postmaster of the HELO name, and who has no local-part
 * is a postmaster too. */
static void split_sender(struct zm_spf_eval *eval)
{
	const struct zm_spf_client *client = &eval->client;
	struct zm_spf_values *values = &eval->values;
	struct zm_str sender = client->sender.len > 0 ? client->sender : client->helo;
	size_t at = client->sender.len;
	while (at > 0 && sender.data[at - 1] != '@') {
		at--;
	}
	values->local = at > 1 ? zm_str_sub(sender, 0, at - 1) : ZM_STR("postmaster");
	values->sender_domain = zm_spf_without_dot(zm_str_sub(sender, at, sender.len));
	values->sender = sender;
	if (at < 2 || values->sender_domain.len < sender.len - at) {
		values->sender =
			zm_arena_printf(eval->arena, "%.*s@%.*s", ZM_STR_ARG(values->local),
					ZM_STR_ARG(values->sender_domain));
	}
	eval->outcome.sender = values->sender;
}

/* RFC 7208 5: what IPv6 sockets say of IPv4 clients. */
static struct zm_ip unmap(struct zm_ip ip)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	struct zm_ip ip4 = {.family = 4};
	if (ip.family != 6 || memcmp(ip.byte, mapped, sizeof(mapped)) != 0) {
		return ip;
	}
	memcpy(ip4.byte, ip.byte + sizeof(mapped), 4);
	return ip4;
}

/* RFC 7208 4.3: a name of two labels or more; no address literal. */
static bool find_domain(struct zm_spf_eval *eval, struct zm_spf_target *target)
{
	struct zm_str domain = eval->client.domain;
	struct zm_name_buf buf;
	const char *why;
	domain = zm_spf_without_dot(domain.len > 0 ? domain : eval->values.sender_domain);
	eval->outcome.domain = domain;
	if (!zm_name_from_domain(&buf, domain, &why) || domain.data[0] == '[' ||
	    zm_name_labels(zm_name_of(&buf)) < 2) {
		return false;
	}
	*target = (struct zm_spf_target){domain, zm_name_copy(eval->arena, zm_name_of(&buf))};
	return true;
}

struct zm_spf_eval *zm_spf_eval_start(struct zm_arena *arena, const struct zm_spf_client *client)
{
	struct zm_spf_eval *eval = zm_arena_alloc(arena, sizeof(*eval));
	struct zm_spf_target target;
	eval->arena = arena;
	eval->client = *client;
	eval->client.ip = unmap(client->ip);
	split_sender(eval);
	eval->values.ip = eval->client.ip;
	eval->values.helo = client->helo;
	eval->values.receiver = client->receiver.len > 0 ? client->receiver : ZM_STR("unknown");
	eval->values.time = client->time;
	if (!find_domain(eval, &target)) {
		eval->outcome.why = ZM_STR("the domain is no domain name of two labels or more");
		eval->state = ZM_EVAL_DONE;
		return eval;
	}
	eval->frame = zm_arena_alloc(arena, sizeof(*eval->frame));
	eval->frame->visit = zm_eval_new_visit(eval, &target, NULL, NULL);
	zm_eval_ask_record(eval);
	return eval;
}

const struct zm_spf_outcome *zm_spf_check_host(struct zm_arena *arena,
					       const struct zm_spf_client *client,
					       const struct zm_resolver *resolver)
{
	struct zm_spf_eval *eval = zm_spf_eval_start(arena, client);
	const struct zm_question *question;
	while ((question = zm_spf_eval_next(eval)) != NULL) {
		struct zm_answer answer;
		resolver->ask(resolver->ctx, arena, question, &answer);
		zm_spf_eval_answer(eval, &answer);
	}
	return zm_spf_eval_outcome(eval);
}
