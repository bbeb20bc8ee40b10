/*
 * spfworld: a small DNS made from bytes: names with records of every kind that SPF asks for, SPF
 * records that lead to each other, names that do not exist, that fail, and that nobody knows.
 *
 *	n0.example ... n5.example     with SPF records, MX, addresses, or without
 *	h0.example ... h5.example     hosts
 *	anything.x.example            answers by its hash, for macros
 *	e0.example                    fails
 *	o0.test, o1.test              outside
 */
#ifndef ZM_TESTS_SPFWORLD_H
#define ZM_TESTS_SPFWORLD_H

#include "spf/resolve.h"

enum {
	ZM_WORLD_NAMES = 6,
	ZM_WORLD_HOSTS = 6,
	ZM_WORLD_TEXTS_MAX = 2,
	ZM_WORLD_LIST_MAX = 12,
	ZM_WORLD_RECORD_MAX = 2048
};

/* What the world says of names outside. */
enum zm_outside { ZM_OUTSIDE_UNKNOWN, ZM_OUTSIDE_NOTHING, ZM_OUTSIDE_EVERYTHING };

struct zm_world_name {
	char text[ZM_WORLD_TEXTS_MAX][ZM_WORLD_RECORD_MAX];
	size_t texts;
	uint8_t mx[ZM_WORLD_LIST_MAX]; /* what each exchange is: see exchange_name() */
	size_t exchanges;
	uint8_t host; /* whose addresses it has, ZM_WORLD_HOSTS or more: none */
};

struct zm_world {
	const uint8_t *data; /* choices, as far as they reach; then 0 */
	size_t size;
	size_t pos;
	bool is_calm; /* all that is asked for is there, so that limits decide */
	struct zm_world_name name[ZM_WORLD_NAMES];
	struct zm_ip ip[ZM_WORLD_HOSTS][4];
	size_t ips[ZM_WORLD_HOSTS];
	char probe[ZM_WORLD_RECORD_MAX]; /* the record of probe.example */
	struct zm_ip client;
	enum zm_outside outside;
};

/* Bytes that are missing count as 0. `data` must outlive the world. */
void zm_world_make(struct zm_world *world, const uint8_t *data, size_t size);

/* Answers as `client` and `outside` of the world say at that moment. */
struct zm_resolver zm_world_resolver(struct zm_world *world);

/* An address of the kind that the world's records hold. */
struct zm_ip zm_world_ip(struct zm_world *world, unsigned family);

void zm_world_print(const struct zm_world *world);

#endif
