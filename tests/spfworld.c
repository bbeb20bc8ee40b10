#include "spfworld.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Making it ---- */

static unsigned choose(struct zm_world *w, unsigned count)
{
	return w->pos < w->size ? w->data[w->pos++] % count : 0;
}

struct zm_ip zm_world_ip(struct zm_world *w, unsigned family)
{
	static const uint8_t start6[] = {0x20, 0x01, 0x0d, 0xb8};
	struct zm_ip ip = {.family = (uint8_t)family};
	unsigned kind = choose(w, 8);
	if (kind == 0) {
		memset(ip.byte, 0xff, zm_ip_bits(ip) / 8);
	} else if (kind > 1 && family == 4) {
		ip.byte[0] = 192;
		ip.byte[2] = (uint8_t)(2 + choose(w, 2));
		ip.byte[3] = (uint8_t)choose(w, 256);
	} else if (kind > 1) {
		memcpy(ip.byte, start6, sizeof(start6));
		ip.byte[7] = (uint8_t)choose(w, 2);
		ip.byte[15] = (uint8_t)choose(w, 256);
	}
	return ip;
}

struct text {
	char *data;
	size_t len;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	size_t room = ZM_WORLD_RECORD_MAX - text->len;
	int len = vsnprintf(text->data + text->len, room, format, args);
	va_end(args);
	/* What does not fit is left out whole. */
	if (len > 0 && (size_t)len < room) {
		text->len += (size_t)len;
	}
	text->data[text->len] = '\0';
}

static void add_network(struct zm_world *w, struct text *text, unsigned family)
{
	static const unsigned prefix4[] = {32, 32, 31, 30, 28, 24, 23, 8, 1, 0};
	static const unsigned prefix6[] = {128, 128, 127, 126, 124, 120, 64, 57, 32, 0};
	struct zm_ip_text ip;
	struct zm_str printed = zm_ip_print(&ip, zm_world_ip(w, family));
	unsigned i = choose(w, 10);
	add(text, "ip%u:%.*s/%u", family, ZM_STR_ARG(printed),
	    family == 4 ? prefix4[i] : prefix6[i]);
}

/* A domain for a term that looks something up; without macros where `is_plain`. */
static void add_domain(struct zm_world *w, struct text *text, bool is_plain)
{
	static const char *const special[] = {
		"v0.example",     "o0.test",        "o1.test",
		"e0.example",     "%{d}",           "sub.%{d2}",
		"%{i}.x.example", "%{l}.x.example", "%{ir}.%{d}.x.example",
		"%{h}.x.example", "%{d1}",          "%{p}.x.example"};
	unsigned kind = choose(w, is_plain || w->is_calm ? 3 : 4);
	if (kind < 2) {
		add(text, "n%u.example", choose(w, ZM_WORLD_NAMES));
	} else if (kind == 2) {
		add(text, "h%u.example", choose(w, ZM_WORLD_HOSTS));
	} else {
		add(text, "%s", special[choose(w, sizeof(special) / sizeof(*special))]);
	}
}

static void add_lookup(struct zm_world *w, struct text *text, const char *mechanism)
{
	static const char *const cidr[] = {"", "", "", "/24", "/30", "//64", "/31//127", "/0"};
	bool is_optional = mechanism[0] != 'i' && mechanism[0] != 'e';
	bool takes_cidr = strcmp(mechanism, "a") == 0 || strcmp(mechanism, "mx") == 0;
	add(text, "%s", mechanism);
	if (!is_optional || choose(w, 4) > 0) {
		add(text, ":");
		add_domain(w, text, mechanism[0] == 'p');
	}
	if (takes_cidr) {
		add(text, "%s", cidr[choose(w, 8)]);
	}
}

static void add_term(struct zm_world *w, struct text *text)
{
	static const char *const qualifier[] = {"", "", "", "-", "~", "?"};
	static const char *const lookup[] = {"include", "include", "include", "a",  "a",
					     "mx",      "exists",  "ptr",     "mx", "include"};
	unsigned kind = choose(w, 16);
	add(text, " %s", qualifier[choose(w, 6)]);
	if (kind < 4) {
		add_network(w, text, kind < 2 ? 4 : 6);
	} else if (kind < 14) {
		add_lookup(w, text, lookup[kind - 4]);
	} else {
		add(text, "%s", kind == 14 ? "all" : "ip4:192.0.2.1");
	}
}

static void add_end(struct zm_world *w, struct text *text)
{
	static const char *const end[] = {" -all", " ~all",         " ?all",    " all",
					  "",      " foo=bar -all", " broken:x"};
	unsigned kind = choose(w, 10);
	if (kind >= 7) {
		add(text, " redirect=");
		add_domain(w, text, false);
	} else {
		add(text, "%s", end[kind]);
	}
}

static void make_name(struct zm_world *w, struct zm_world_name *name, bool is_first)
{
	static const unsigned texts[] = {1, 1, 1, 1, 1, 1, 0, 2};
	static const unsigned exchanges[] = {1, 1, 2, 3, 4, 10, 11, 0};
	name->texts = is_first || w->is_calm ? 1 : texts[choose(w, 8)];
	for (size_t i = 0; i < name->texts; i++) {
		struct text text = {name->text[i], 0};
		add(&text, "v=spf1");
		for (unsigned terms = choose(w, w->is_calm ? 14 : 8); terms > 0; terms--) {
			add_term(w, &text);
		}
		add_end(w, &text);
	}
	name->host = (uint8_t)choose(w, ZM_WORLD_HOSTS + (w->is_calm ? 0 : 2));
	name->exchanges = exchanges[choose(w, w->is_calm ? 6 : 8)];
	for (size_t i = 0; i < name->exchanges; i++) {
		name->mx[i] = (uint8_t)choose(w, ZM_WORLD_HOSTS + (w->is_calm ? 0 : 4));
	}
}

void zm_world_make(struct zm_world *w, const uint8_t *data, size_t size)
{
	static const size_t ips[] = {0, 1, 1, 1, 2, 2, 3, 4};
	*w = (struct zm_world){.data = data, .size = size};
	w->is_calm = choose(w, 2) == 1;
	for (size_t i = 0; i < ZM_WORLD_HOSTS; i++) {
		w->ips[i] = w->is_calm ? 2 : ips[choose(w, 8)];
		for (size_t j = 0; j < w->ips[i]; j++) {
			unsigned family = w->is_calm ? (unsigned)j : choose(w, 2);
			w->ip[i][j] = zm_world_ip(w, family == 0 ? 4 : 6);
		}
	}
	for (size_t i = 0; i < ZM_WORLD_NAMES; i++) {
		make_name(w, &w->name[i], i == 0);
	}
}

/* ---- Answering ---- */

static struct zm_name name_of(struct zm_arena *arena, const char *text)
{
	struct zm_name_buf name;
	const char *why;
	if (!zm_name_from_domain(&name, zm_str_from(text), &why)) {
		printf("%s: %s\n", text, why);
		abort();
	}
	return zm_name_copy(arena, zm_name_of(&name));
}

static void found(struct zm_arena *arena, struct zm_answer *answer, struct zm_answer_record record)
{
	struct zm_answer_record *larger = zm_arena_array(arena, answer->count + 1, sizeof(*larger));
	if (answer->count > 0) {
		memcpy(larger, answer->record, answer->count * sizeof(*larger));
	}
	larger[answer->count++] = record;
	answer->record = larger;
	answer->status = ZM_ANSWER_FOUND;
}

static void found_text(struct zm_arena *arena, struct zm_answer *answer, const char *text)
{
	found(arena, answer, (struct zm_answer_record){.text = zm_str_from(text)});
}

static void answer_outside(struct zm_world *w, struct zm_arena *arena, const struct zm_question *q,
			   struct zm_answer *answer)
{
	bool everything = w->outside == ZM_OUTSIDE_EVERYTHING;
	if (w->outside == ZM_OUTSIDE_UNKNOWN) {
		*answer = (struct zm_answer){.status = ZM_ANSWER_UNKNOWN, .unknown = q->name};
	} else if (q->type == ZM_ASK_TXT) {
		found_text(arena, answer, everything ? "v=spf1 +all" : "v=spf1 -all");
	} else if (everything && q->type == ZM_ASK_MX) {
		found(arena, answer, (struct zm_answer_record){.name = name_of(arena, "o1.test")});
	} else if (everything && q->type == ZM_ASK_PTR) {
		found(arena, answer,
		      (struct zm_answer_record){.name = name_of(arena, "h0.example")});
	} else if (everything) {
		found(arena, answer, (struct zm_answer_record){.ip = w->client});
	}
}

static void answer_host(struct zm_world *w, struct zm_arena *arena, size_t host, unsigned type,
			struct zm_answer *answer)
{
	answer->status = ZM_ANSWER_NO_DATA;
	for (size_t i = 0; i < w->ips[host]; i++) {
		if (w->ip[host][i].family == (type == ZM_ASK_A ? 4 : 6)) {
			found(arena, answer, (struct zm_answer_record){.ip = w->ip[host][i]});
		}
	}
}

static struct zm_name exchange_name(struct zm_arena *arena, uint8_t number)
{
	static const char *const other[] = {"v0.example", "o0.test", "e0.example"};
	if (number < ZM_WORLD_HOSTS) {
		char text[] = "h0.example";
		text[1] = (char)('0' + number);
		return name_of(arena, text);
	}
	size_t i = number - ZM_WORLD_HOSTS;
	return i < 3 ? name_of(arena, other[i]) : (struct zm_name){(const uint8_t *)"", 1};
}

static void answer_name(struct zm_world *w, struct zm_arena *arena,
			const struct zm_world_name *name, unsigned type, struct zm_answer *answer)
{
	answer->status = ZM_ANSWER_NO_DATA;
	for (size_t i = 0; type == ZM_ASK_TXT && i < name->texts; i++) {
		found_text(arena, answer, name->text[i]);
	}
	for (size_t i = 0; type == ZM_ASK_MX && i < name->exchanges; i++) {
		struct zm_answer_record record = {.name = exchange_name(arena, name->mx[i])};
		record.preference = (uint16_t)(name->mx[i] % 3);
		found(arena, answer, record);
	}
	if ((type == ZM_ASK_A || type == ZM_ASK_AAAA) && name->host < ZM_WORLD_HOSTS) {
		answer_host(w, arena, name->host, type, answer);
	}
}

/* For names that macros make, and for those of clients. */
static void answer_by_hash(struct zm_world *w, struct zm_arena *arena, const struct zm_question *q,
			   struct zm_answer *answer)
{
	unsigned hash = zm_name_hash(q->name) % 8;
	if (q->type == ZM_ASK_PTR && hash == 0) {
		answer_outside(w, arena, q, answer);
	} else if (q->type == ZM_ASK_PTR && hash < 4) {
		struct zm_name name = exchange_name(arena, (uint8_t)hash);
		found(arena, answer, (struct zm_answer_record){.name = name});
	} else if (q->type == ZM_ASK_TXT) {
		found_text(arena, answer, hash < 3 ? "v=spf1 ?all" : "v=spf1 all");
	} else if (q->type == ZM_ASK_MX && hash < 3) {
		struct zm_name name = exchange_name(arena, (uint8_t)(hash + 5));
		found(arena, answer, (struct zm_answer_record){.name = name});
	} else if ((q->type == ZM_ASK_A || q->type == ZM_ASK_AAAA) && hash < 4) {
		answer_host(w, arena, hash, q->type, answer);
	}
}

static void ask(void *ctx, struct zm_arena *arena, const struct zm_question *q,
		struct zm_answer *answer)
{
	struct zm_world *w = ctx;
	struct zm_str name = zm_name_text(arena, q->name);
	bool is_listed = name.len == 11 && zm_is_digit(name.data[1]) &&
			 zm_str_ends(name, ZM_STR(".example."));
	size_t number = is_listed ? (size_t)(name.data[1] - '0') : 0;
	*answer = (struct zm_answer){.status = ZM_ANSWER_NO_NAME};
	if (zm_str_ends(name, ZM_STR(".test."))) {
		answer_outside(w, arena, q, answer);
	} else if (zm_str_eq(name, ZM_STR("probe.example."))) {
		found_text(arena, answer, w->probe);
	} else if (is_listed && name.data[0] == 'e') {
		answer->status = ZM_ANSWER_ERROR;
	} else if (is_listed && name.data[0] == 'n' && number < ZM_WORLD_NAMES) {
		answer_name(w, arena, &w->name[number], q->type, answer);
	} else if (is_listed && name.data[0] == 'h' && number < ZM_WORLD_HOSTS) {
		answer_host(w, arena, number, q->type, answer);
	} else if (zm_str_ends(name, ZM_STR(".x.example.")) || q->type == ZM_ASK_PTR) {
		answer_by_hash(w, arena, q, answer);
	}
}

struct zm_resolver zm_world_resolver(struct zm_world *world)
{
	return (struct zm_resolver){world, ask};
}

void zm_world_print(const struct zm_world *w)
{
	static const char *const outside[] = {"unknown", "nothing", "everything"};
	printf("  outside: %s\n", outside[w->outside]);
	for (size_t i = 0; i < ZM_WORLD_NAMES; i++) {
		printf("  n%zu.example (addresses of h%u)\n", i, w->name[i].host);
		for (size_t j = 0; j < w->name[i].texts; j++) {
			printf("    TXT %s\n", w->name[i].text[j]);
		}
		for (size_t j = 0; j < w->name[i].exchanges; j++) {
			printf("    MX %u exchange %u\n", w->name[i].mx[j] % 3, w->name[i].mx[j]);
		}
	}
	for (size_t i = 0; i < ZM_WORLD_HOSTS; i++) {
		for (size_t j = 0; j < w->ips[i]; j++) {
			struct zm_ip_text ip;
			struct zm_str text = zm_ip_print(&ip, w->ip[i][j]);
			printf("  h%zu.example %.*s\n", i, ZM_STR_ARG(text));
		}
	}
}
