#include "test.h"

#include "base/arena.h"
#include "dns/net.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BYTES_MAX = 1500, HEADER = 12, TYPE_CNAME = 5 };

/* A DNS server of few words on this host, in a thread of its own. */
struct server {
	int socket;
	struct zm_net_server address;
	pthread_t thread;
};

struct packet {
	uint8_t byte[BYTES_MAX];
	size_t len;
};

static void put(struct packet *packet, const void *bytes, size_t len)
{
	memcpy(packet->byte + packet->len, bytes, len);
	packet->len += len;
}

static void put_record(struct packet *packet, struct zm_name owner, uint16_t type,
		       struct zm_str data)
{
	const uint8_t head[] = {(uint8_t)(type >> 8),     (uint8_t)type,    0, 1, 0, 0, 0, 60,
				(uint8_t)(data.len >> 8), (uint8_t)data.len};
	put(packet, owner.wire, owner.len);
	put(packet, head, sizeof(head));
	put(packet, data.data, data.len);
	packet->byte[7]++;
}

static struct zm_name wire(struct zm_name_buf *buf, const char *text)
{
	const char *why;
	zm_name_from_domain(buf, zm_str_from(text), &why);
	return zm_name_of(buf);
}

static bool is(struct zm_name name, const char *text)
{
	struct zm_name_buf buf;
	return zm_name_eq(name, wire(&buf, text));
}

static void set_code(struct packet *packet, uint8_t code)
{
	packet->byte[3] = (uint8_t)(0x80 | code);
}

/* What the server knows: some records, an alias with its target, one without, and failures. */
static void reply(struct packet *packet, struct zm_name name, uint16_t type)
{
	struct zm_name_buf buf;
	struct zm_name target = wire(&buf, "host.example");
	struct zm_str target_data = {(const char *)target.wire, target.len};
	if (is(name, "host.example") && type == ZM_ASK_A) {
		put_record(packet, name, type, (struct zm_str){"\xc0\x00\x02\x01", 4});
	} else if (is(name, "host.example") && type == ZM_ASK_AAAA) {
		put_record(packet, name, type,
			   (struct zm_str){"\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1", 16});
	} else if (is(name, "mx.example") && type == ZM_ASK_MX) {
		put_record(packet, name, type, (struct zm_str){"\0\x0a\2mx\7example\0", 14});
	} else if (is(name, "txt.example") && type == ZM_ASK_TXT) {
		put_record(packet, name, type, (struct zm_str){"\6v=spf1\5 -all", 13});
		put_record(packet, name, type, (struct zm_str){"\0", 1});
	} else if (is(name, "alias.example")) {
		put_record(packet, name, TYPE_CNAME, target_data);
		put_record(packet, target, type, (struct zm_str){"\xc0\x00\x02\x02", 4});
	} else if (is(name, "open.example")) {
		put_record(packet, name, TYPE_CNAME, target_data);
	} else if (is(name, "loop.example")) {
		put_record(packet, name, TYPE_CNAME,
			   (struct zm_str){(const char *)name.wire, name.len});
	} else if (is(name, "poison.example")) {
		put_record(packet, target, type, (struct zm_str){"\xc0\x00\x02\x42", 4});
	} else if (is(name, "refused.example")) {
		set_code(packet, 5);
	} else if (is(name, "broken.example")) {
		set_code(packet, 2);
	} else if (!is(name, "host.example")) {
		set_code(packet, 3);
	}
}

static void *serve(void *context)
{
	struct server *server = context;
	struct sockaddr_storage from;
	struct packet packet;
	for (;;) {
		socklen_t from_len = sizeof(from);
		ssize_t len = recvfrom(server->socket, packet.byte, BYTES_MAX, 0,
				       (struct sockaddr *)&from, &from_len);
		if (len <= HEADER) {
			return NULL;
		}
		size_t end = HEADER;
		while (packet.byte[end] != 0) {
			end += (size_t)packet.byte[end] + 1;
		}
		struct zm_name_buf name = {.len = (uint8_t)(end + 1 - HEADER)};
		memcpy(name.wire, packet.byte + HEADER, name.len);
		uint16_t type = (uint16_t)(packet.byte[end + 1] << 8 | packet.byte[end + 2]);
		packet.len = end + 5;
		set_code(&packet, 0);
		packet.byte[2] = 0x81;
		memset(packet.byte + 6, 0, 6);
		reply(&packet, zm_name_of(&name), type);
		sendto(server->socket, packet.byte, packet.len, 0, (struct sockaddr *)&from,
		       from_len);
	}
}

static void start_server(struct server *server)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t len = sizeof(address);
	server->socket = socket(AF_INET, SOCK_DGRAM, 0);
	CU_ASSERT_FATAL(bind(server->socket, (struct sockaddr *)&address, len) == 0);
	CU_ASSERT_FATAL(getsockname(server->socket, (struct sockaddr *)&address, &len) == 0);
	server->address = (struct zm_net_server){{{127, 0, 0, 1}, 4}, ntohs(address.sin_port)};
	CU_ASSERT_FATAL(pthread_create(&server->thread, NULL, serve, server) == 0);
}

/* A byte to itself: too short to be a question. */
static void stop_server(struct server *server)
{
	struct sockaddr_in address;
	socklen_t len = sizeof(address);
	getsockname(server->socket, (struct sockaddr *)&address, &len);
	sendto(server->socket, "", 1, 0, (struct sockaddr *)&address, len);
	pthread_join(server->thread, NULL);
	close(server->socket);
}

static struct zm_str show(struct zm_arena *arena, enum zm_ask type, const struct zm_answer *answer)
{
	static const char *const status[] = {"", "no data", "no name", "error", "unknown"};
	struct zm_str text = zm_str_from(status[answer->status]);
	for (size_t i = 0; i < answer->count; i++) {
		const struct zm_answer_record *record = &answer->record[i];
		struct zm_str one = record->text;
		if (type == ZM_ASK_MX) {
			struct zm_str name = zm_name_text(arena, record->name);
			one = zm_arena_printf(arena, "%u %.*s", record->preference,
					      ZM_STR_ARG(name));
		} else if (type != ZM_ASK_TXT) {
			one = zm_ip_text(arena, record->ip);
		}
		text = zm_arena_printf(arena, "%.*s[%.*s]", ZM_STR_ARG(text), ZM_STR_ARG(one));
	}
	return text;
}

static void check(const struct zm_resolver *resolver, const char *name, enum zm_ask type,
		  const char *want)
{
	struct zm_arena arena = {0};
	struct zm_name_buf buf;
	struct zm_answer answer;
	const struct zm_question question = {wire(&buf, name), type};
	resolver->ask(resolver->ctx, &arena, &question, &answer);
	ZM_ASSERT_STR(show(&arena, type, &answer), want);
	zm_arena_release(&arena);
}

static void answers_of_a_server_are_read(void)
{
	struct zm_arena arena = {0};
	struct zm_error err;
	struct server server;
	start_server(&server);
	struct zm_net *net = zm_net_open(&arena, &server.address, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(net);
	const struct zm_resolver resolver = zm_net_resolver(net);
	check(&resolver, "host.example", ZM_ASK_A, "[192.0.2.1]");
	check(&resolver, "host.example", ZM_ASK_AAAA, "[2001:db8::1]");
	check(&resolver, "host.example", ZM_ASK_MX, "no data");
	check(&resolver, "mx.example", ZM_ASK_MX, "[10 mx.example.]");
	check(&resolver, "txt.example", ZM_ASK_TXT, "[v=spf1 -all][]");
	check(&resolver, "alias.example", ZM_ASK_A, "[192.0.2.2]");
	check(&resolver, "open.example", ZM_ASK_A, "[192.0.2.1]");
	check(&resolver, "loop.example", ZM_ASK_A, "error");
	check(&resolver, "poison.example", ZM_ASK_A, "no data");
	check(&resolver, "broken.example", ZM_ASK_A, "error");
	check(&resolver, "refused.example", ZM_ASK_A, "error");
	check(&resolver, "missing.example", ZM_ASK_A, "no name");
	zm_arena_release(&arena);
	stop_server(&server);
}

static void parse(const char *text, const char *want, unsigned port)
{
	struct zm_net_server server;
	struct zm_arena arena = {0};
	bool good = zm_net_server_parse(&server, zm_str_from(text));
	ZM_ASSERT_STR(good ? zm_ip_text(&arena, server.ip) : ZM_STR("none"), want);
	CU_ASSERT(!good || server.port == port);
	zm_arena_release(&arena);
}

static void a_server_is_an_address_and_perhaps_a_port(void)
{
	parse("192.0.2.53", "192.0.2.53", 53);
	parse("192.0.2.53#5353", "192.0.2.53", 5353);
	parse("2001:db8::53#1", "2001:db8::53", 1);
	parse("192.0.2.53#0", "none", 0);
	parse("192.0.2.53#65536", "none", 0);
	parse("192.0.2.53#", "none", 0);
	parse("ns.example", "none", 0);
	parse("", "none", 0);
}

static const struct zm_test_case cases[] = {
	{"answers of a server are read", answers_of_a_server_are_read},
	{"a server is an address and perhaps a port", a_server_is_an_address_and_perhaps_a_port},
	{NULL, NULL},
};

void test_net(void)
{
	zm_test_suite("net", cases);
}
