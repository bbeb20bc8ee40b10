#include "dns/net.h"

#include <ldns/ldns.h>

#include <string.h>
#include <time.h>

enum { PORT = 53, UDP_BYTES = 1232, TXT_BYTES_MAX = 65535 };

struct zm_net {
	ldns_resolver *resolver;
	time_t deadline; /* of the monotonic clock; 0: nothing was asked yet */
};

/* ---- Opening ---- */

bool zm_net_server_parse(struct zm_net_server *server, struct zm_str text)
{
	uint64_t port = PORT;
	size_t mark = zm_str_find(text, ZM_STR("#"), 0);
	if (mark != SIZE_MAX) {
		if (!zm_str_number(zm_str_sub(text, mark + 1, text.len), UINT16_MAX, &port) ||
		    port == 0) {
			return false;
		}
		text = zm_str_sub(text, 0, mark);
	}
	server->port = (uint16_t)port;
	return zm_ip4_parse(&server->ip, text) || zm_ip6_parse(&server->ip, text);
}

static void close_net(void *resolver)
{
	ldns_resolver_deep_free(resolver);
}

static bool set_server(ldns_resolver *resolver, const struct zm_net_server *server)
{
	ldns_rdf_type type = server->ip.family == 4 ? LDNS_RDF_TYPE_A : LDNS_RDF_TYPE_AAAA;
	ldns_rdf *address =
		ldns_rdf_new_frm_data(type, zm_ip_bits(server->ip) / 8, server->ip.byte);
	bool good = address != NULL &&
		    ldns_resolver_push_nameserver(resolver, address) == LDNS_STATUS_OK;
	ldns_rdf_deep_free(address);
	ldns_resolver_set_port(resolver, server->port);
	return good;
}

static ldns_resolver *open_system(struct zm_error *err)
{
	ldns_resolver *resolver = NULL;
	ldns_status status = ldns_resolver_new_frm_file(&resolver, NULL);
	if (status != LDNS_STATUS_OK) {
		zm_error_set(err, "/etc/resolv.conf: %s; name a server with --dns",
			     ldns_get_errorstr_by_id(status));
		return NULL;
	}
	if (ldns_resolver_nameserver_count(resolver) == 0) {
		zm_error_set(err, "/etc/resolv.conf: names no server; name one with --dns");
		ldns_resolver_deep_free(resolver);
		return NULL;
	}
	return resolver;
}

static ldns_resolver *open_server(const struct zm_net_server *server, struct zm_error *err)
{
	ldns_resolver *resolver = ldns_resolver_new();
	if (resolver == NULL || !set_server(resolver, server)) {
		zm_error_set(err, "cannot set up the DNS server");
		ldns_resolver_deep_free(resolver);
		return NULL;
	}
	return resolver;
}

struct zm_net *zm_net_open(struct zm_arena *arena, const struct zm_net_server *server,
			   struct zm_error *err)
{
	const struct timeval try = {.tv_sec = ZM_NET_TRY_SECONDS};
	ldns_resolver *resolver = server == NULL ? open_system(err) : open_server(server, err);
	if (resolver == NULL) {
		return NULL;
	}
	ldns_resolver_set_timeout(resolver, try);
	ldns_resolver_set_retry(resolver, ZM_NET_TRIES);
	ldns_resolver_set_edns_udp_size(resolver, UDP_BYTES);
	struct zm_net *net = zm_arena_alloc(arena, sizeof(*net));
	net->resolver = resolver;
	zm_arena_defer(arena, close_net, resolver);
	return net;
}

/* ---- Records ---- */

static struct zm_name copy_name(struct zm_arena *arena, const ldns_rdf *rdf)
{
	struct zm_name name = {ldns_rdf_data(rdf), ldns_rdf_size(rdf)};
	return zm_name_copy(arena, name);
}

static struct zm_ip copy_ip(const ldns_rdf *rdf, unsigned family)
{
	struct zm_ip ip = {.family = (uint8_t)family};
	size_t size = zm_ip_bits(ip) / 8;
	memcpy(ip.byte, ldns_rdf_data(rdf), size < ldns_rdf_size(rdf) ? size : ldns_rdf_size(rdf));
	return ip;
}

/* RFC 7208 3.3: the strings, each a length byte and its bytes, follow each other without blanks. */
static struct zm_str join(struct zm_arena *arena, const ldns_rr *rr)
{
	char *text = zm_arena_alloc(arena, TXT_BYTES_MAX);
	size_t len = 0;
	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
		const ldns_rdf *string = ldns_rr_rdf(rr, i);
		size_t size = ldns_rdf_size(string) > 0 ? ldns_rdf_size(string) - 1 : 0;
		if (size > 0 && len + size <= TXT_BYTES_MAX) {
			memcpy(text + len, ldns_rdf_data(string) + 1, size);
			len += size;
		}
	}
	return (struct zm_str){text, len};
}

static bool read_record(struct zm_answer_record *record, struct zm_arena *arena, const ldns_rr *rr)
{
	*record = (struct zm_answer_record){0};
	size_t fields = ldns_rr_rd_count(rr);
	if (fields < (ldns_rr_get_type(rr) == LDNS_RR_TYPE_MX ? 2 : 1)) {
		return false;
	}
	switch (ldns_rr_get_type(rr)) {
	case LDNS_RR_TYPE_A:
		record->ip = copy_ip(ldns_rr_rdf(rr, 0), 4);
		return true;
	case LDNS_RR_TYPE_AAAA:
		record->ip = copy_ip(ldns_rr_rdf(rr, 0), 6);
		return true;
	case LDNS_RR_TYPE_MX:
		record->preference = ldns_rdf2native_int16(ldns_rr_rdf(rr, 0));
		record->name = copy_name(arena, ldns_rr_rdf(rr, 1));
		return true;
	case LDNS_RR_TYPE_TXT:
		record->text = join(arena, rr);
		return true;
	default:
		record->name = copy_name(arena, ldns_rr_rdf(rr, 0));
		return true;
	}
}

static struct zm_name owner_of(const ldns_rr *rr)
{
	return (struct zm_name){ldns_rdf_data(ldns_rr_owner(rr)), ldns_rdf_size(ldns_rr_owner(rr))};
}

/* Where the aliases of the answer section lead, in whatever order they stand; unset: in a circle.
 */
static struct zm_name follow(struct zm_arena *arena, const ldns_rr_list *list, struct zm_name name)
{
	for (size_t links = 0; links < ZM_NET_ALIASES_MAX; links++) {
		size_t i = 0;
		while (i < ldns_rr_list_rr_count(list) &&
		       (ldns_rr_get_type(ldns_rr_list_rr(list, i)) != LDNS_RR_TYPE_CNAME ||
			!zm_name_eq(owner_of(ldns_rr_list_rr(list, i)), name))) {
			i++;
		}
		if (i == ldns_rr_list_rr_count(list)) {
			return name;
		}
		name = copy_name(arena, ldns_rr_rdf(ldns_rr_list_rr(list, i), 0));
	}
	return (struct zm_name){0};
}

static void take_records(struct zm_answer *answer, struct zm_arena *arena, const ldns_rr_list *list,
			 const struct zm_question *question)
{
	size_t count = ldns_rr_list_rr_count(list);
	struct zm_answer_record *record = zm_arena_array(arena, count, sizeof(*record));
	for (size_t i = 0; i < count; i++) {
		const ldns_rr *rr = ldns_rr_list_rr(list, i);
		bool is_wanted = ldns_rr_get_type(rr) == (ldns_rr_type)question->type &&
				 zm_name_eq(owner_of(rr), question->name);
		if (is_wanted && read_record(&record[answer->count], arena, rr)) {
			answer->count++;
		}
	}
	answer->record = record;
	answer->status = answer->count > 0 ? ZM_ANSWER_FOUND : ZM_ANSWER_NO_DATA;
}

/* ---- Questions ---- */

static bool is_late(struct zm_net *net)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (net->deadline == 0) {
		net->deadline = now.tv_sec + ZM_NET_SECONDS;
	}
	return now.tv_sec >= net->deadline;
}

static ldns_pkt *query(struct zm_net *net, const struct zm_question *question)
{
	ldns_pkt *packet = NULL;
	ldns_rdf *name =
		ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, question->name.len, question->name.wire);
	if (name == NULL || is_late(net)) {
		ldns_rdf_deep_free(name);
		return NULL;
	}
	ldns_status status =
		ldns_resolver_query_status(&packet, net->resolver, name,
					   (ldns_rr_type)question->type, LDNS_RR_CLASS_IN, LDNS_RD);
	ldns_rdf_deep_free(name);
	if (status != LDNS_STATUS_OK) {
		ldns_pkt_free(packet);
		return NULL;
	}
	return packet;
}

/* One packet's worth; true when an alias was left open, whose target `next` then names. */
static bool ask_once(struct zm_net *net, struct zm_arena *arena, struct zm_question *next,
		     struct zm_answer *answer)
{
	*answer = (struct zm_answer){.status = ZM_ANSWER_ERROR};
	ldns_pkt *packet = query(net, next);
	if (packet == NULL) {
		return false;
	}
	ldns_pkt_rcode rcode = ldns_pkt_get_rcode(packet);
	const ldns_rr_list *list = ldns_pkt_answer(packet);
	struct zm_name end = follow(arena, list, next->name);
	bool is_open = false;
	if (rcode == LDNS_RCODE_NXDOMAIN) {
		answer->status = ZM_ANSWER_NO_NAME;
	} else if (rcode == LDNS_RCODE_NOERROR && zm_name_is_set(end)) {
		bool is_alias = !zm_name_eq(end, next->name);
		next->name = end;
		take_records(answer, arena, list, next);
		is_open = is_alias && answer->count == 0;
	}
	ldns_pkt_free(packet);
	return is_open;
}

static void ask(void *ctx, struct zm_arena *arena, const struct zm_question *question,
		struct zm_answer *answer)
{
	struct zm_question next = *question;
	for (size_t links = 0; links < ZM_NET_ALIASES_MAX; links++) {
		if (!ask_once(ctx, arena, &next, answer)) {
			return;
		}
	}
	answer->status = ZM_ANSWER_ERROR; /* a loop */
}

struct zm_resolver zm_net_resolver(struct zm_net *net)
{
	return (struct zm_resolver){.ctx = net, .ask = ask};
}
