/* read_expect: the vectors of `expect:`. */
#include "policy/fault.h"
#include "policy/kind.h"
#include "policy/layer.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool read_zone(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_expect *expect = into;
	expect->zone_place = value->place;
	return zm_policy_read_domain(r, value, &expect->zone);
}

/* The domain of an address, or the whole where it is none. */
static struct zm_str domain_of(struct zm_str sender)
{
	size_t at = sender.len;
	while (at > 0 && sender.data[at - 1] != '@') {
		at--;
	}
	return zm_str_sub(sender, at, sender.len);
}

static bool is_domain(struct zm_str text)
{
	struct zm_name_buf name;
	const char *why;
	return zm_name_from_domain(&name, text, &why);
}

static bool read_sender(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_expect *expect = into;
	expect->sender = value->text;
	return is_domain(domain_of(value->text)) ||
	       zm_policy_fail(r->faults, value->place,
			      "sender %s has no domain name; write office@example.com",
			      zm_policy_quote(r->arena, value->text));
}

static bool read_helo(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_expect *expect = into;
	expect->helo = value->text;
	return is_domain(value->text) ||
	       zm_policy_fail(r->faults, value->place,
			      "helo %s is no domain name; write mail.example.com",
			      zm_policy_quote(r->arena, value->text));
}

static bool read_ip(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_expect *expect = into;
	expect->ip_text = value->text;
	return zm_ip4_parse(&expect->ip, value->text) || zm_ip6_parse(&expect->ip, value->text) ||
	       zm_policy_fail(r->faults, value->place,
			      "ip %s is no IPv4 or IPv6 address; write 192.0.2.1",
			      zm_policy_quote(r->arena, value->text));
}

static bool read_result(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	(void)r;
	struct zm_policy_expect *expect = into;
	expect->result = value->text;
	return true;
}

static const char *const results[] = {"pass", "fail",      "softfail",  "neutral",
				      "none", "permerror", "temperror", NULL};

static const struct zm_policy_key keys[] = {
	{.name = "zone",
	 .form = "zone: example.com",
	 .about = "The zone that this is about; one of those that are checked.",
	 .read = read_zone,
	 .is_needed = true},
	{.name = "sender",
	 .form = "sender: office@example.com",
	 .about = "MAIL FROM: an address or a domain of that zone; without it helo counts.",
	 .read = read_sender},
	{.name = "helo",
	 .form = "helo: mail.example.com",
	 .about = "The name that the client gives.",
	 .read = read_helo},
	{.name = "ip",
	 .form = "ip: 192.0.2.1",
	 .about = "The client's address.",
	 .read = read_ip,
	 .is_needed = true},
	{.name = "result",
	 .form = "result: pass",
	 .about = "What a receiver is to make of it.",
	 .read = read_result,
	 .shape = ZM_SHAPE_WORD,
	 .word = results,
	 .is_needed = true},
};

const struct zm_policy_keys zm_policy_expect_keys = {
	"expectation", " in expect",
	"expect: [{zone: example.com, sender: office@example.com, ip: 192.0.2.1, result: pass}]",
	keys, COUNT(keys)};

static bool is_below(struct zm_str domain, struct zm_str zone)
{
	struct zm_name_buf name;
	struct zm_name_buf apex;
	const char *why;
	return zm_name_from_domain(&name, domain, &why) && zm_name_from_domain(&apex, zone, &why) &&
	       zm_name_is_below(zm_name_of(&name), zm_name_of(&apex));
}

/* The record that is asked for has to be one of that zone. */
static bool is_of_zone(struct zm_policy_reader *r, const struct zm_policy_expect *expect)
{
	bool by_helo = expect->sender.data == NULL;
	struct zm_str domain = by_helo ? expect->helo : domain_of(expect->sender);
	if (domain.data == NULL) {
		return zm_policy_fail(r->faults, expect->place,
				      "an expectation has neither sender nor helo; write sender: "
				      "office@example.com");
	}
	return is_below(domain, expect->zone) ||
	       zm_policy_fail(r->faults, expect->place, "%s %s is not in the zone %.*s",
			      by_helo ? "helo" : "sender",
			      zm_policy_quote(r->arena, by_helo ? expect->helo : expect->sender),
			      ZM_STR_ARG(expect->zone));
}

bool zm_policy_read_expects(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			    void *into)
{
	struct zm_policy_layer *layer = into;
	if (value->count > ZM_POLICY_EXPECTS_MAX) {
		return zm_policy_fail(r->faults, value->place,
				      "has %zu expectations, the limit is %d", value->count,
				      ZM_POLICY_EXPECTS_MAX);
	}
	struct zm_policy_expect *expect = zm_arena_array(r->arena, value->count, sizeof(*expect));
	bool good = true;
	for (const struct zm_yaml_node *i = value->first; i != NULL; i = i->next) {
		struct zm_policy_expect *e = &expect[layer->expects++];
		e->place = i->place;
		good = zm_policy_read_keys(r, i, &zm_policy_expect_keys, e) && is_of_zone(r, e) &&
		       good;
	}
	layer->expect = expect;
	return good;
}
