/*
 * net: what the DNS says now, over the network, through a recursive resolver. Only a command that
 * was told to ask the DNS may use it.
 *
 *	struct zm_net *net = zm_net_open(&arena, NULL, &err);
 *	struct zm_resolver resolver = zm_net_resolver(net);
 *
 * All questions of one zm_net share ZM_NET_SECONDS, after which each is answered with an error.
 */
#ifndef ZM_DNS_NET_H
#define ZM_DNS_NET_H

#include "base/error.h"
#include "spf/resolve.h"

enum {
	ZM_NET_SECONDS = 20,    /* RFC 7208 4.6.4: of one check_host(), at least */
	ZM_NET_TRY_SECONDS = 3, /* one server's time for one question */
	ZM_NET_TRIES = 2,
	ZM_NET_ALIASES_MAX = 16,
};

struct zm_net;

/* An address, and a port where it is not 53: `192.0.2.53`, `2001:db8::53#5353`. */
struct zm_net_server {
	struct zm_ip ip;
	uint16_t port;
};

bool zm_net_server_parse(struct zm_net_server *server, struct zm_str text);

/* `server` NULL: those of /etc/resolv.conf. What is opened is closed with the arena. NULL: `err`
 * says why. */
struct zm_net *zm_net_open(struct zm_arena *arena, const struct zm_net_server *server,
			   struct zm_error *err);

struct zm_resolver zm_net_resolver(struct zm_net *net);

#endif
