/* The terms of a record, one after the other (RFC 7208 5, 6.1). */
#include "spf/machine.h"

static unsigned client_prefix(const struct zm_spf_eval *eval)
{
	const struct zm_spf_term *term = zm_eval_term(eval);
	return eval->client.ip.family == 4 ? zm_spf_prefix4(term) : zm_spf_prefix6(term);
}

static void settle(struct zm_spf_eval *eval, bool matches)
{
	if (matches) {
		zm_eval_match(eval);
	} else {
		zm_eval_no_match(eval);
	}
}

/* ---- Answers ---- */

void zm_eval_on_addresses(struct zm_spf_eval *eval, const struct zm_answer *answer)
{
	if (zm_eval_is_answered(eval, answer)) {
		settle(eval, zm_eval_has_client(eval, answer, client_prefix(eval)));
	}
}

void zm_eval_on_exists(struct zm_spf_eval *eval, const struct zm_answer *answer)
{
	if (zm_eval_is_answered(eval, answer)) {
		settle(eval, answer->count > 0);
	}
}

/* The next exchange that is a name: that of a null MX (RFC 7505) is the root. */
static void ask_exchange(struct zm_spf_eval *eval)
{
	struct zm_spf_hosts *hosts = &eval->exchanges;
	while (hosts->at < hosts->count && hosts->record[hosts->at].name.len <= 1) {
		hosts->at++;
	}
	if (hosts->at < hosts->count) {
		zm_eval_ask(eval, ZM_EVAL_EXCHANGE, hosts->record[hosts->at].name,
			    zm_eval_address_type(eval));
	} else if (zm_name_is_set(hosts->unknown.name)) {
		zm_eval_unknown(eval, hosts->unknown);
	} else {
		zm_eval_no_match(eval);
	}
}

/* A copy in the order of preference, equal ones as they came. */
static const struct zm_answer_record *sort(struct zm_arena *arena, const struct zm_answer *answer)
{
	struct zm_answer_record *sorted = zm_arena_array(arena, answer->count, sizeof(*sorted));
	for (size_t i = 0; i < answer->count; i++) {
		size_t place = i;
		while (place > 0 && sorted[place - 1].preference > answer->record[i].preference) {
			sorted[place] = sorted[place - 1];
			place--;
		}
		sorted[place] = answer->record[i];
	}
	return sorted;
}

void zm_eval_on_exchanges(struct zm_spf_eval *eval, const struct zm_answer *answer)
{
	if (!zm_eval_is_answered(eval, answer)) {
		return;
	}
	if (answer->count > ZM_SPF_MX_MAX) { /* RFC 7208 4.6.4 */
		zm_eval_finish(eval, ZM_RESULT_PERMERROR,
			       zm_arena_printf(eval->arena, "%zu MX records, the limit is %d",
					       answer->count, ZM_SPF_MX_MAX));
		return;
	}
	eval->exchanges =
		(struct zm_spf_hosts){.record = sort(eval->arena, answer), .count = answer->count};
	ask_exchange(eval);
}

/* One exchange that is unknown does not hide that another one has the client. */
void zm_eval_on_exchange(struct zm_spf_eval *eval, const struct zm_answer *answer)
{
	struct zm_spf_hosts *hosts = &eval->exchanges;
	if (answer->status == ZM_ANSWER_UNKNOWN) {
		struct zm_question unknown = {answer->unknown, zm_eval_address_type(eval)};
		hosts->unknown = zm_name_is_set(hosts->unknown.name) ? hosts->unknown : unknown;
		eval->maybe_void = hosts->unknown;
		eval->maybe_voids++;
	} else if (!zm_eval_is_answered(eval, answer)) {
		return;
	} else if (zm_eval_has_client(eval, answer, client_prefix(eval))) {
		if (zm_eval_weigh_voids(eval)) {
			zm_eval_match(eval);
		}
		return;
	}
	hosts->at++;
	ask_exchange(eval);
}

/* ---- Terms ---- */

static void check_names(struct zm_spf_eval *eval, const struct zm_spf_target *target)
{
	if (zm_eval_is_named(eval, target->name)) {
		zm_eval_match(eval);
	} else if (zm_name_is_set(eval->names.unknown.name)) {
		zm_eval_unknown(eval, eval->names.unknown);
	} else if (!eval->names_void || zm_eval_count_void(eval)) {
		zm_eval_no_match(eval);
	}
}

/* RFC 7208 4.8: what a term asks about. The domain of its record where it says nothing. */
static bool find_target(struct zm_spf_eval *eval, const struct zm_spf_term *term,
			struct zm_spf_target *target)
{
	const struct zm_spf_visit *visit = eval->frame->visit;
	if (term->value.len == 0) {
		*target = (struct zm_spf_target){visit->domain, visit->name};
		return true;
	}
	struct zm_spf_values values = {0};
	if (term->has_macro) {
		values = zm_eval_values(eval, visit);
	}
	return zm_spf_expand_domain(target, eval->arena, term->value, &values);
}

static void look_up(struct zm_spf_eval *eval, const struct zm_spf_term *term,
		    const struct zm_spf_target *target)
{
	switch (term->kind) {
	case ZM_SPF_INCLUDE:
		zm_eval_include(eval, target);
		break;
	case ZM_SPF_REDIRECT:
		zm_eval_redirect(eval, target, term);
		break;
	case ZM_SPF_A:
		zm_eval_ask(eval, ZM_EVAL_ADDRESSES, target->name, zm_eval_address_type(eval));
		break;
	case ZM_SPF_MX:
		zm_eval_ask(eval, ZM_EVAL_EXCHANGES, target->name, ZM_ASK_MX);
		break;
	case ZM_SPF_EXISTS: /* A also of IPv6 clients (RFC 7208 5.7) */
		zm_eval_ask(eval, ZM_EVAL_EXISTS, target->name, ZM_ASK_A);
		break;
	default:
		check_names(eval, target);
		break;
	}
}

/* RFC 7208 4.8 leaves open what a target is that macros have made no domain name of: include and
 * redirect have 5.2 and 6.1 say permerror, the others do not match. */
static void refuse_target(struct zm_spf_eval *eval, const struct zm_spf_term *term)
{
	if (term->kind == ZM_SPF_INCLUDE || term->kind == ZM_SPF_REDIRECT) {
		zm_eval_finish(eval, ZM_RESULT_PERMERROR,
			       ZM_STR("the domain is no domain name once its macros are expanded"));
	} else {
		zm_eval_no_match(eval);
	}
}

static bool is_within_limit(struct zm_spf_eval *eval)
{
	if (eval->outcome.lookups < ZM_SPF_LOOKUPS_MAX) { /* RFC 7208 4.6.4 */
		return true;
	}
	zm_eval_finish(eval, ZM_RESULT_PERMERROR,
		       zm_arena_printf(eval->arena, "needs more than %d DNS lookups, the limit",
				       ZM_SPF_LOOKUPS_MAX));
	return false;
}

/* A term that asks the DNS. Comes here a second time where the client's names were missing. */
static void start_lookup(struct zm_spf_eval *eval, const struct zm_spf_term *term)
{
	struct zm_spf_target target;
	bool uses_name = term->has_macro && zm_eval_uses_name(term->value);
	if (!is_within_limit(eval)) {
		return;
	}
	if (!eval->names_known && (uses_name || term->kind == ZM_SPF_PTR)) {
		zm_eval_find_names(eval);
		return;
	}
	eval->outcome.lookups++;
	if (uses_name && zm_name_is_set(eval->names.unknown.name)) {
		zm_eval_unknown(eval, eval->names.unknown);
	} else if (find_target(eval, term, &target)) {
		look_up(eval, term, &target);
	} else {
		refuse_target(eval, term);
	}
}

/* RFC 7208 4.7, 6.1: no mechanism has matched. */
static void end_terms(struct zm_spf_eval *eval)
{
	const struct zm_spf_term *redirect = zm_eval_term(eval);
	if (redirect != NULL) {
		start_lookup(eval, redirect);
	} else {
		zm_eval_match(eval);
	}
}

void zm_eval_next_term(struct zm_spf_eval *eval)
{
	struct zm_spf_frame *frame = eval->frame;
	const struct zm_spf_record *record = &frame->visit->record;
	while (frame->at < record->count && zm_spf_is_modifier(&record->term[frame->at])) {
		frame->at++;
	}
	if (frame->at == record->count) {
		end_terms(eval);
		return;
	}
	const struct zm_spf_term *term = &record->term[frame->at];
	switch (term->kind) {
	case ZM_SPF_ALL:
		zm_eval_match(eval);
		break;
	case ZM_SPF_IP4:
	case ZM_SPF_IP6:
		settle(eval, zm_ip_in_network(eval->client.ip, term->ip, zm_spf_prefix(term)));
		break;
	default:
		start_lookup(eval, term);
		break;
	}
}
