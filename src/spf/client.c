/* The client's address, its names (RFC 7208 5.5) and what macros say of it (7.2). */
#include "spf/machine.h"

#include <string.h>

enum zm_ask zm_eval_address_type(const struct zm_spf_eval *eval)
{
	return eval->client.ip.family == 4 ? ZM_ASK_A : ZM_ASK_AAAA;
}

bool zm_eval_has_client(const struct zm_spf_eval *eval, const struct zm_answer *answer,
			unsigned prefix)
{
	for (size_t i = 0; i < answer->count; i++) {
		if (zm_ip_in_network(eval->client.ip, answer->record[i].ip, prefix)) {
			return true;
		}
	}
	return false;
}

/* ---- Names ---- */

/* `%{ir}.%{v}.arpa` */
static struct zm_name reverse_name(struct zm_spf_eval *eval)
{
	struct zm_spf_target target;
	bool good = zm_spf_expand_domain(&target, eval->arena, ZM_STR("%{ir}.%{v}.arpa"),
					 &eval->values);
	return good ? target.name : (struct zm_name){0};
}

void zm_eval_find_names(struct zm_spf_eval *eval)
{
	eval->after = eval->state;
	zm_eval_ask(eval, ZM_EVAL_NAMES, reverse_name(eval), ZM_ASK_PTR);
}

/* Asks for the addresses of the next name, or goes back when there is none. */
static void go_on(struct zm_spf_eval *eval)
{
	struct zm_spf_hosts *names = &eval->names;
	if (names->at < names->count) {
		zm_eval_ask(eval, ZM_EVAL_NAME, names->record[names->at].name,
			    zm_eval_address_type(eval));
		return;
	}
	eval->names_known = true;
	eval->state = eval->after;
}

/* An error only means that there are no names (RFC 7208 5.5). */
void zm_eval_on_names(struct zm_spf_eval *eval, const struct zm_answer *answer)
{
	struct zm_spf_hosts *names = &eval->names;
	if (answer->status == ZM_ANSWER_UNKNOWN) {
		names->unknown = (struct zm_question){answer->unknown, ZM_ASK_PTR};
	}
	eval->names_void = zm_answer_is_void(answer);
	names->record = answer->record;
	names->count = answer->count < ZM_SPF_PTR_MAX ? answer->count : ZM_SPF_PTR_MAX;
	eval->validated = zm_arena_array(eval->arena, names->count, sizeof(*eval->validated));
	go_on(eval);
}

void zm_eval_on_name(struct zm_spf_eval *eval, const struct zm_answer *answer)
{
	struct zm_spf_hosts *names = &eval->names;
	bool is_first = !zm_name_is_set(names->unknown.name);
	if (answer->status == ZM_ANSWER_UNKNOWN && is_first) {
		names->unknown = (struct zm_question){answer->unknown, zm_eval_address_type(eval)};
	}
	if (zm_eval_has_client(eval, answer, zm_ip_bits(eval->client.ip))) {
		eval->validated[eval->validated_count++] = names->record[names->at].name;
	}
	names->at++;
	go_on(eval);
}

bool zm_eval_is_named(const struct zm_spf_eval *eval, struct zm_name target)
{
	for (size_t i = 0; i < eval->validated_count; i++) {
		if (zm_name_is_below(eval->validated[i], target)) {
			return true;
		}
	}
	return false;
}

/* ---- Macros ---- */

/* RFC 7208 7.3: the domain itself if it is among them, else a name below it, else any. */
static struct zm_name choose_name(const struct zm_spf_eval *eval, struct zm_name domain)
{
	struct zm_name chosen = {0};
	for (size_t i = 0; i < eval->validated_count; i++) {
		struct zm_name name = eval->validated[i];
		if (zm_name_eq(name, domain)) {
			return name;
		}
		bool is_below = zm_name_is_below(name, domain);
		bool was_below = zm_name_is_set(chosen) && zm_name_is_below(chosen, domain);
		if (!zm_name_is_set(chosen) || (is_below && !was_below)) {
			chosen = name;
		}
	}
	return chosen;
}

struct zm_spf_values zm_eval_values(const struct zm_spf_eval *eval,
				    const struct zm_spf_visit *visit)
{
	struct zm_spf_values values = eval->values;
	values.domain = visit->domain;
	values.validated = ZM_STR("unknown");
	struct zm_name name = choose_name(eval, visit->name);
	if (zm_name_is_set(name)) {
		values.validated = zm_name_domain(eval->arena, name);
	}
	return values;
}

bool zm_eval_uses_name(struct zm_str text)
{
	return (zm_spf_letters(text) & zm_spf_letter('p')) != 0;
}
