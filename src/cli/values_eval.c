/* What the options of eval, tree and compare mean. */
#include "cli/values.h"

bool zm_set_ip(void *field, const char *value, struct zm_error *err)
{
	struct zm_ip *ip = field;
	struct zm_str text = zm_str_from(value);
	if (zm_ip4_parse(ip, text) || zm_ip6_parse(ip, text)) {
		return true;
	}
	ip->family = 0;
	return zm_error_set(err, "is no IPv4 or IPv6 address: %s", value);
}

bool zm_set_sender(void *field, const char *value, struct zm_error *err)
{
	(void)err;
	*(const char **)field = value;
	return true;
}

bool zm_set_result(void *field, const char *value, struct zm_error *err)
{
	static const char *const name[] = {"none",     "neutral",   "pass",      "fail",
					   "softfail", "temperror", "permerror", "unknown"};
	struct zm_expect *expect = field;
	expect->given = zm_spf_result_parse(&expect->result, zm_str_from(value));
	return expect->given ||
	       zm_choose(value, name, sizeof(name) / sizeof(*name), err) < ZM_RESULT_UNKNOWN;
}

bool zm_is_dns_server(const char *word)
{
	struct zm_net_server server;
	return zm_net_server_parse(&server, zm_str_from(word));
}

bool zm_set_dns(void *field, const char *value, struct zm_error *err)
{
	struct zm_dns *dns = field;
	dns->given = true;
	dns->has_server = value != NULL;
	if (value == NULL || zm_net_server_parse(&dns->server, zm_str_from(value))) {
		return true;
	}
	return zm_error_set(err, "needs a server's address, or ADDRESS#PORT: %s", value);
}

bool zm_set_answer_format(void *field, const char *value, struct zm_error *err)
{
	static const char *const name[] = {"text", "json"};
	static const struct zm_report_format *const format[] = {&zm_report_text, &zm_report_json};
	size_t chosen = zm_choose(value, name, 2, err);
	if (chosen == 2) {
		return false;
	}
	*(const struct zm_report_format **)field = format[chosen];
	return true;
}

bool zm_set_tree_format(void *field, const char *value, struct zm_error *err)
{
	static const char *const name[] = {"text", "json", "dot"};
	size_t chosen = zm_choose(value, name, 3, err);
	*(enum zm_tree_format *)field = (enum zm_tree_format)chosen;
	return chosen < 3;
}

bool zm_set_fail_change(void *field, const char *value, struct zm_error *err)
{
	static const char *const name[] = {"never", "gain", "change"};
	size_t chosen = zm_choose(value, name, 3, err);
	*(enum zm_fail_change *)field = (enum zm_fail_change)chosen;
	return chosen < 3;
}
