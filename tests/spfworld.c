#include "spfworld.h"

#include "spf/limits.h"
#include "spf/space.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES = 6, HOSTS = 6, TEXTS_MAX = 2, LIST_MAX = 12, RECORD_MAX = 2048, ADDRESSES_MAX = 48 };

/* What the world says of names outside. */
enum outside { UNKNOWN, NOTHING, EVERYTHING };

struct name {
	char text[TEXTS_MAX][RECORD_MAX];
	size_t texts;
	uint8_t mx[LIST_MAX]; /* what each exchange is: see exchange_name() */
	size_t exchanges;
	uint8_t host; /* whose addresses it has, HOSTS or more: none */
};

struct world {
	const uint8_t *data; /* choices, as far as they reach; then 0 */
	size_t size;
	size_t pos;
	struct name name[NAMES];
	struct zm_ip ip[HOSTS][4];
	size_t ips[HOSTS];
	char probe[RECORD_MAX]; /* the record of probe.example */
	struct zm_ip client;
	enum outside outside;
};

/* ---- Making it ---- */

static unsigned choose(struct world *w, unsigned count)
{
	return w->pos < w->size ? w->data[w->pos++] % count : 0;
}

static struct zm_ip choose_ip(struct world *w, unsigned family)
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
	size_t room = RECORD_MAX - text->len;
	int len = vsnprintf(text->data + text->len, room, format, args);
	va_end(args);
	/* What does not fit is left out whole. */
	if (len > 0 && (size_t)len < room) {
		text->len += (size_t)len;
	}
	text->data[text->len] = '\0';
}

static void add_network(struct world *w, struct text *text, unsigned family)
{
	static const unsigned prefix4[] = {32, 32, 31, 30, 28, 24, 23, 8, 1, 0};
	static const unsigned prefix6[] = {128, 128, 127, 126, 124, 120, 64, 57, 32, 0};
	struct zm_ip_text ip;
	struct zm_str printed = zm_ip_print(&ip, choose_ip(w, family));
	unsigned i = choose(w, 10);
	add(text, "ip%u:%.*s/%u", family, ZM_STR_ARG(printed),
	    family == 4 ? prefix4[i] : prefix6[i]);
}

/* A domain for a term that looks something up; without macros where `is_plain`. */
static void add_domain(struct world *w, struct text *text, bool is_plain)
{
	static const char *const special[] = {
		"v0.example",     "o0.test",        "o1.test",
		"e0.example",     "%{d}",           "sub.%{d2}",
		"%{i}.x.example", "%{l}.x.example", "%{ir}.%{d}.x.example",
		"%{h}.x.example", "%{d1}",          "%{p}.x.example"};
	unsigned kind = choose(w, is_plain ? 3 : 4);
	if (kind < 2) {
		add(text, "n%u.example", choose(w, NAMES));
	} else if (kind == 2) {
		add(text, "h%u.example", choose(w, HOSTS));
	} else {
		add(text, "%s", special[choose(w, sizeof(special) / sizeof(*special))]);
	}
}

static void add_lookup(struct world *w, struct text *text, const char *mechanism)
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

static void add_term(struct world *w, struct text *text)
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

static void add_end(struct world *w, struct text *text)
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

static void make_name(struct world *w, struct name *name, bool is_first)
{
	static const unsigned texts[] = {1, 1, 1, 1, 1, 1, 0, 2};
	static const unsigned exchanges[] = {0, 1, 2, 3, 4, 10, 11, 1};
	name->texts = is_first ? 1 : texts[choose(w, 8)];
	for (size_t i = 0; i < name->texts; i++) {
		struct text text = {name->text[i], 0};
		add(&text, "v=spf1");
		for (unsigned terms = choose(w, 8); terms > 0; terms--) {
			add_term(w, &text);
		}
		add_end(w, &text);
	}
	name->host = (uint8_t)choose(w, HOSTS + 2);
	name->exchanges = exchanges[choose(w, 8)];
	for (size_t i = 0; i < name->exchanges; i++) {
		name->mx[i] = (uint8_t)choose(w, HOSTS + 4);
	}
}

static void make(struct world *w)
{
	static const size_t ips[] = {0, 1, 1, 1, 2, 2, 3, 4};
	for (size_t i = 0; i < HOSTS; i++) {
		w->ips[i] = ips[choose(w, 8)];
		for (size_t j = 0; j < w->ips[i]; j++) {
			w->ip[i][j] = choose_ip(w, choose(w, 2) == 0 ? 4 : 6);
		}
	}
	for (size_t i = 0; i < NAMES; i++) {
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

static void answer_outside(struct world *w, struct zm_arena *arena, const struct zm_question *q,
			   struct zm_answer *answer)
{
	bool everything = w->outside == EVERYTHING;
	if (w->outside == UNKNOWN) {
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

static void answer_host(struct world *w, struct zm_arena *arena, size_t host, unsigned type,
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
	if (number < HOSTS) {
		char text[] = "h0.example";
		text[1] = (char)('0' + number);
		return name_of(arena, text);
	}
	size_t i = number - HOSTS;
	return i < 3 ? name_of(arena, other[i]) : (struct zm_name){(const uint8_t *)"", 1};
}

static void answer_name(struct world *w, struct zm_arena *arena, const struct name *name,
			unsigned type, struct zm_answer *answer)
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
	if ((type == ZM_ASK_A || type == ZM_ASK_AAAA) && name->host < HOSTS) {
		answer_host(w, arena, name->host, type, answer);
	}
}

/* For names that macros make, and for those of clients. */
static void answer_by_hash(struct world *w, struct zm_arena *arena, const struct zm_question *q,
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
	struct world *w = ctx;
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
	} else if (is_listed && name.data[0] == 'n' && number < NAMES) {
		answer_name(w, arena, &w->name[number], q->type, answer);
	} else if (is_listed && name.data[0] == 'h' && number < HOSTS) {
		answer_host(w, arena, number, q->type, answer);
	} else if (zm_str_ends(name, ZM_STR(".x.example.")) || q->type == ZM_ASK_PTR) {
		answer_by_hash(w, arena, q, answer);
	}
}

/* ---- Claims ---- */

struct check {
	struct world world;
	struct zm_arena arena;
	struct zm_arena scratch; /* of one client */
	struct zm_resolver resolver;
	struct zm_verdicts pool;
	struct zm_spf_graph graph;
	struct zm_space space;
};

static void print_world(const struct world *w)
{
	static const char *const outside[] = {"unknown", "nothing", "everything"};
	printf("  outside: %s\n", outside[w->outside]);
	for (size_t i = 0; i < NAMES; i++) {
		printf("  n%zu.example (addresses of h%u)\n", i, w->name[i].host);
		for (size_t j = 0; j < w->name[i].texts; j++) {
			printf("    TXT %s\n", w->name[i].text[j]);
		}
		for (size_t j = 0; j < w->name[i].exchanges; j++) {
			printf("    MX %u exchange %u\n", w->name[i].mx[j] % 3, w->name[i].mx[j]);
		}
	}
	for (size_t i = 0; i < HOSTS; i++) {
		for (size_t j = 0; j < w->ips[i]; j++) {
			struct zm_ip_text ip;
			struct zm_str text = zm_ip_print(&ip, w->ip[i][j]);
			printf("  h%zu.example %.*s\n", i, ZM_STR_ARG(text));
		}
	}
}

static bool complain(const struct check *c, const char *what, const char *got, const char *want)
{
	struct zm_ip_text ip;
	struct zm_str client = zm_ip_print(&ip, c->world.client);
	printf("\nclient %.*s: %s: is %s, not %s\n", ZM_STR_ARG(client), what, got, want);
	print_world(&c->world);
	return false;
}

static const struct zm_spf_outcome *check_host(struct check *c, const char *domain)
{
	struct zm_spf_client client = {.ip = c->world.client,
				       .sender = ZM_STR("user@n0.example"),
				       .helo = ZM_STR("h0.example"),
				       .domain = zm_str_from(domain),
				       .trace = true};
	return zm_spf_check_host(&c->scratch, &client, &c->resolver);
}

static bool is_error(enum zm_spf_result result)
{
	return result == ZM_RESULT_PERMERROR || result == ZM_RESULT_TEMPERROR;
}

static bool may_be(const struct zm_verdict *verdict, enum zm_spf_result result)
{
	return (verdict->results & 1U << result) != 0;
}

/*
 * Follows a verdict to what it comes to for the client, by asking check_host() about each condition
 * alone. False: the result must be `*result`, or permerror where it is an error: a limit may have
 * come first.
 */
static bool follow(struct check *c, uint32_t *at, enum zm_spf_result *result)
{
	const struct zm_verdict *verdict = &c->pool.verdict[*at];
	const struct zm_condition *condition = &c->pool.condition[verdict->condition];
	snprintf(c->world.probe, RECORD_MAX, "v=spf1 %.*s%s", ZM_STR_ARG(condition->text),
		 verdict->kind == ZM_VERDICT_CHOICE ? " -all" : "");
	const struct zm_spf_outcome *outcome = check_host(c, "probe.example");
	*result = outcome->result;
	if (verdict->kind == ZM_VERDICT_ELSEWHERE || is_error(*result) ||
	    *result == ZM_RESULT_UNKNOWN) {
		return false;
	}
	*at = *result == ZM_RESULT_PASS ? verdict->choice.match[outcome->voids]
					: verdict->choice.miss[outcome->voids];
	return true;
}

static bool check_verdict(struct check *c, const struct zm_spf_outcome *outcome)
{
	uint32_t at = zm_space_verdict(&c->space, c->world.client);
	const struct zm_verdict *first = &c->pool.verdict[at];
	enum zm_spf_result want = ZM_RESULT_UNKNOWN;
	bool goes_on = true;
	while (goes_on && c->pool.verdict[at].kind != ZM_VERDICT_RESULT) {
		goes_on = follow(c, &at, &want);
	}
	if (goes_on) {
		want = c->pool.verdict[at].result;
	}
	enum zm_spf_result got = outcome->result;
	bool holds = got == want || (!goes_on && is_error(want) && got == ZM_RESULT_PERMERROR);
	if (c->world.outside == UNKNOWN) {
		/* A condition may not matter to the result: then the verdict says more. */
		holds = holds || got == ZM_RESULT_UNKNOWN ||
			(want == ZM_RESULT_UNKNOWN && may_be(first, got));
	}
	return holds || complain(c, "result", zm_spf_result_name(got), zm_spf_result_name(want));
}

/* Whether nothing has matched but what matches everybody at the end. */
static bool matched_nothing(const struct zm_spf_outcome *outcome)
{
	for (size_t i = 0; i < outcome->steps; i++) {
		const struct zm_spf_step *step = &outcome->step[i];
		if (step->kind == ZM_STEP_MATCH && step->term->kind != ZM_SPF_ALL) {
			return false;
		}
	}
	return outcome->result != ZM_RESULT_UNKNOWN && !is_error(outcome->result);
}

static bool check_cost(struct check *c, const struct zm_spf_outcome *outcome)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	struct zm_ip ip = c->world.client;
	bool is_ip4 = ip.family == 4 || memcmp(ip.byte, mapped, sizeof(mapped)) == 0;
	const struct zm_spf_cost *cost = &c->graph.node[0]->cost[is_ip4 ? ZM_IP4 : ZM_IP6];
	if (cost->is_endless) {
		return true;
	}
	if (outcome->lookups > cost->lookups && !cost->is_open) {
		return complain(c, "lookups", "more", "at most the worst case");
	}
	if (outcome->voids > cost->voids + cost->voids_maybe && !cost->is_open) {
		return complain(c, "void lookups", "more", "at most the worst case");
	}
	if (matched_nothing(outcome) && outcome->lookups < cost->lookups) {
		return complain(c, "lookups", "fewer", "the worst case");
	}
	if (matched_nothing(outcome) && outcome->voids < cost->voids) {
		return complain(c, "void lookups", "fewer", "the worst case");
	}
	return true;
}

static bool check_client(struct check *c, struct zm_ip ip)
{
	bool good = true;
	c->world.client = ip;
	for (enum outside outside = UNKNOWN; good && outside <= EVERYTHING; outside++) {
		c->world.outside = outside;
		const struct zm_spf_outcome *outcome = check_host(c, "n0.example");
		good = check_verdict(c, outcome) && check_cost(c, outcome);
	}
	zm_arena_release(&c->scratch);
	return good;
}

/* The edges of the runs, what lies before them, and some addresses more. */
static bool check_family(struct check *c, size_t family)
{
	struct zm_segments list = c->space.family[family];
	unsigned number = zm_family_number(family);
	size_t step = 1 + list.count / ADDRESSES_MAX;
	bool good = true;
	for (size_t i = 0; good && i < list.count; i += step) {
		struct zm_range range = zm_segments_range(list, i, number);
		struct zm_range next = zm_segments_range(list, (i + 1) % list.count, number);
		good = check_client(c, zm_addr_ip(range.first, number)) &&
		       check_client(c, zm_addr_ip(range.last, number)) &&
		       check_client(c, zm_addr_ip(next.first, number));
	}
	for (size_t i = 0; good && i < 4; i++) {
		good = check_client(c, choose_ip(&c->world, number));
	}
	return good;
}

bool zm_world_check(const uint8_t *data, size_t size)
{
	struct check *c = calloc(1, sizeof(*c));
	struct zm_spf_limits limits;
	if (c == NULL) {
		abort();
	}
	c->world.data = data;
	c->world.size = size;
	make(&c->world);
	c->resolver = (struct zm_resolver){&c->world, ask};
	zm_verdicts_init(&c->pool, &c->arena);
	zm_spf_graph_build(&c->graph, &c->arena, ZM_STR("n0.example"), &c->resolver);
	zm_spf_limits_count(&limits, &c->arena, &c->graph);
	zm_space_find(&c->space, &c->pool, &c->arena, &c->graph);
	bool good = c->space.is_cut || (check_family(c, ZM_IP4) && check_family(c, ZM_IP6));
	zm_arena_release(&c->arena);
	free(c);
	return good;
}
