#include "spf/eval.h"

#include "cli/asked.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/now.h"
#include "cli/output.h"
#include "cli/session.h"
#include "dns/fallback.h"
#include "dns/net.h"
#include "report/eval.h"

/* One question, and who answers: the zones, the network, or one after the other. */
struct eval {
	const struct zm_options *options;
	struct zm_arena arena;
	struct zm_spf_client client;
	struct zm_session session;
	struct zm_zones zones;
	struct zm_fallback both;
	struct zm_resolver resolver;
	bool uses_zones;
};

/* ---- Who asks ---- */

/* `<office@example.com>`, as SMTP has it. */
static struct zm_str without_brackets(struct zm_str sender)
{
	bool has_brackets = zm_str_starts(sender, ZM_STR("<")) && zm_str_ends(sender, ZM_STR(">"));
	return has_brackets ? zm_str_sub(sender, 1, sender.len - 1) : sender;
}

static bool set_client(struct eval *eval)
{
	const struct zm_options *options = eval->options;
	struct zm_spf_client *client = &eval->client;
	client->ip = options->ip;
	client->sender = without_brackets(zm_str_from(options->sender));
	client->helo = zm_str_from(options->helo);
	client->trace = options->verbose;
	if (client->ip.family == 0) {
		zm_say("eval needs --ip ADDRESS");
		return false;
	}
	if (client->sender.len == 0 && client->helo.len == 0) {
		zm_say(options->sender == NULL
			       ? "eval needs --sender ADDRESS"
			       : "of the null sender eval needs --helo NAME (RFC 7208 2.4)");
		return false;
	}
	return zm_now(&client->time, options);
}

/* ---- Who answers ---- */

static bool open_net(struct eval *eval)
{
	const struct zm_dns *dns = &eval->options->dns;
	struct zm_error err;
	struct zm_net *net = zm_net_open(&eval->arena, dns->has_server ? &dns->server : NULL, &err);
	if (net == NULL) {
		zm_say("%s", err.text);
		return false;
	}
	eval->resolver = zm_net_resolver(net);
	return true;
}

static bool open_zones(struct eval *eval)
{
	if (!zm_session_ask(&eval->session, eval->options)) {
		return false;
	}
	zm_zones_init(&eval->zones, &eval->session.set, &eval->arena, NULL);
	if (!eval->options->dns.given) {
		eval->resolver = zm_zones_resolver(&eval->zones);
		return true;
	}
	eval->both = (struct zm_fallback){zm_zones_resolver(&eval->zones), eval->resolver};
	eval->resolver = zm_fallback_resolver(&eval->both);
	return true;
}

/* ---- The answer ---- */

static const struct zm_spf_outcome *evaluate(struct eval *eval, const struct zm_zone *asker)
{
	eval->zones.asker = asker;
	return zm_spf_check_host(&eval->arena, &eval->client, &eval->resolver);
}

/* The domain that was asked about; unset where it is none. */
static struct zm_name domain_of(const struct zm_spf_outcome *outcome)
{
	const struct zm_spf_visit *visit = outcome->visit;
	while (visit != NULL && visit->parent != NULL) {
		visit = visit->parent;
	}
	const struct zm_name none = {NULL, 0};
	return visit == NULL ? none : visit->name;
}

/* One evaluation, or one for each zone of the set that may answer for the domain. */
static size_t evaluate_all(struct eval *eval, struct zm_evaluation **list)
{
	struct zm_evaluation first = {NULL, evaluate(eval, NULL)};
	struct zm_name domain = domain_of(first.outcome);
	const struct zm_zone **zone = NULL;
	size_t count = 0;
	if (eval->uses_zones && zm_name_is_set(domain)) {
		zone = zm_asked_authorities(&eval->session, &eval->arena, domain, &count);
	}
	*list = zm_arena_array(&eval->arena, count + 1, sizeof(**list));
	if (count < 2) {
		(*list)[0] = first;
		return 1;
	}
	for (size_t i = 0; i < count; i++) {
		(*list)[i] = (struct zm_evaluation){zone[i], evaluate(eval, zone[i])};
	}
	return count;
}

static void report(const struct eval *eval, const struct zm_evaluation *list, size_t count)
{
	const struct zm_options *options = eval->options;
	struct zm_report_eval report = {
		.out = stdout,
		.color = zm_wants_color(options, stdout),
		.quiet = options->quiet,
		.verbose = options->verbose,
		.client = &eval->client,
		.item = list,
		.items = count,
	};
	if (options->format == &zm_report_json) {
		zm_report_eval_json(&report);
	} else {
		zm_report_eval_text(&report);
	}
}

static bool is_as_expected(const struct eval *eval, const struct zm_spf_outcome *outcome)
{
	const struct zm_expect *expect = &eval->options->expect;
	if (!expect->given || expect->result == outcome->result) {
		return true;
	}
	zm_say("the result is %s, not %s", zm_spf_result_name(outcome->result),
	       zm_spf_result_name(expect->result));
	return false;
}

static int answer(struct eval *eval)
{
	struct zm_evaluation *list;
	size_t count = evaluate_all(eval, &list);
	bool good = zm_asked_zones_load(&eval->zones);
	report(eval, list, count);
	for (size_t i = 0; i < count && good; i++) {
		good = is_as_expected(eval, list[i].outcome);
	}
	return good ? ZM_STATUS_CLEAN : ZM_STATUS_FINDINGS;
}

/* A zone that is missing could change the result: of a set that could not be read whole nothing is
 * said. */
static int run(struct eval *eval)
{
	if (eval->options->dns.given && !open_net(eval)) {
		return ZM_STATUS_USAGE;
	}
	if (!eval->uses_zones) {
		return answer(eval);
	}
	int status = ZM_STATUS_CLEAN;
	bool good = open_zones(eval);
	const struct zm_session *session = &eval->session;
	good = good && zm_status_of(session->result, session->count + 1, false) == ZM_STATUS_CLEAN;
	if (good) {
		status = answer(eval);
	}
	int ended = zm_session_end(&eval->session);
	return ended > status ? ended : status;
}

int zm_eval_command(const struct zm_options *options)
{
	struct eval eval = {.options = options};
	bool has_paths =
		options->operands > 0 || options->files_from != NULL || options->named_conf != NULL;
	int status = ZM_STATUS_USAGE;
	eval.uses_zones = has_paths || !options->dns.given;
	if (set_client(&eval)) {
		status = run(&eval);
	}
	zm_arena_release(&eval.arena);
	return status;
}
