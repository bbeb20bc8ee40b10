#include "test.h"

#include "base/buf.h"
#include "dns/fallback.h"
#include "dns/zones.h"
#include "spf/eval.h"

#include <string.h>

#define HEAD "$TTL 3600\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.53\n"

/* A set of zones that answers. */
struct world {
	struct zm_arena arena;
	struct zm_set set;
	struct zm_zones zones;
	struct zm_resolver resolver;
};

static const struct zm_zone *add(struct world *world, const char *name, const char *bytes)
{
	struct zm_source *source = zm_arena_alloc(&world->arena, sizeof(*source));
	*source = (struct zm_source){.name = name, .bytes = zm_str_from(bytes)};
	const struct zm_load_options options = {.keep = ZM_ZONES_KEEP};
	const struct zm_zone *zone = zm_zone_load(&world->arena, source, &options);
	CU_ASSERT_FATAL(zm_name_is_set(zone->origin));
	zm_set_add(&world->set, zone);
	return zone;
}

static void start(struct world *world)
{
	*world = (struct world){0};
	zm_set_init(&world->set, &world->arena);
	zm_zones_init(&world->zones, &world->set, &world->arena, NULL);
	world->resolver = zm_zones_resolver(&world->zones);
}

static struct zm_name name_of(struct zm_arena *arena, const char *text)
{
	struct zm_name_buf buf;
	const char *why;
	CU_ASSERT_FATAL(zm_name_from_domain(&buf, zm_str_from(text), &why));
	return zm_name_copy(arena, zm_name_of(&buf));
}

static void add_record(struct zm_buf *out, struct zm_arena *arena, enum zm_ask type,
		       const struct zm_answer_record *record)
{
	zm_buf_add(out, out->len > 0 ? ZM_STR(" ") : ZM_STR(""));
	if (type == ZM_ASK_A || type == ZM_ASK_AAAA) {
		zm_buf_add(out, zm_ip_text(arena, record->ip));
	} else if (type == ZM_ASK_TXT) {
		zm_buf_add(out, record->text);
	} else if (type == ZM_ASK_MX) {
		struct zm_str name = zm_name_text(arena, record->name);
		zm_buf_printf(out, "%u=%.*s", record->preference, ZM_STR_ARG(name));
	} else {
		zm_buf_add(out, zm_name_text(arena, record->name));
	}
}

/* The records with blanks between them, or `no data`, `no name`, `error`, `unknown NAME`. */
static void check(struct world *world, const char *name, enum zm_ask type, const char *want)
{
	static const char *const status[] = {"", "no data", "no name", "error", "unknown "};
	struct zm_arena arena = {0};
	struct zm_buf got = {0};
	struct zm_answer answer;
	const struct zm_question question = {name_of(&arena, name), type};
	world->resolver.ask(world->resolver.ctx, &arena, &question, &answer);
	zm_buf_add(&got, zm_str_from(status[answer.status]));
	for (size_t i = 0; answer.status == ZM_ANSWER_FOUND && i < answer.count; i++) {
		add_record(&got, &arena, type, &answer.record[i]);
	}
	if (answer.status == ZM_ANSWER_UNKNOWN) {
		zm_buf_add(&got, zm_name_text(&arena, answer.unknown));
	}
	ZM_ASSERT_STR(zm_buf_str(&got), want);
	zm_buf_release(&got);
	zm_arena_release(&arena);
}

static void records_of_a_name_are_those_of_its_type(void)
{
	struct world world;
	start(&world);
	add(&world, "a.org",
	    HEAD
	    "@ MX 20 b\n@ MX 10 MAIL.a.org.\nmail A 192.0.2.1\nmail A 192.0.2.2\n"
	    "mail AAAA 2001:db8::1\nptr PTR a.b.\nt TXT \"v=spf1\" \" -all\"\nt TXT x\n"
	    "same TXT \"v=spf1 -all\"\nsame TXT \"v=spf1 \" \"-all\"\ngeneric A \\# 4 C0000201\n");
	check(&world, "mail.A.org", ZM_ASK_A, "192.0.2.1 192.0.2.2");
	check(&world, "mail.a.org", ZM_ASK_AAAA, "2001:db8::1");
	check(&world, "a.org", ZM_ASK_MX, "20=b.a.org. 10=MAIL.a.org.");
	check(&world, "ptr.a.org", ZM_ASK_PTR, "a.b.");
	check(&world, "t.a.org", ZM_ASK_TXT, "v=spf1 -all x");
	check(&world, "same.a.org", ZM_ASK_TXT, "v=spf1 -all");
	check(&world, "mail.a.org", ZM_ASK_TXT, "no data");
	check(&world, "missing.a.org", ZM_ASK_A, "no name");
	check(&world, "generic.a.org", ZM_ASK_A, "unknown generic.a.org.");
	check(&world, "a.net", ZM_ASK_A, "unknown a.net.");
	check(&world, "org", ZM_ASK_A, "unknown org.");
	zm_arena_release(&world.arena);
}

/* RFC 4592 2.2, 3.3.1, with its own example's shape. */
static void wildcards_stand_for_names_that_do_not_exist(void)
{
	struct world world;
	start(&world);
	add(&world, "a.org",
	    HEAD
	    "* A 192.0.2.1\n* TXT \"v=spf1 -all\"\nhost TYPE65400 \\# 0\nb.c.deep A 192.0.2.9\n"
	    "*.sub CNAME host2\nhost2 A 192.0.2.3\n_sip._tcp.srv SRV 0 0 1 host2\n");
	check(&world, "x.a.org", ZM_ASK_A, "192.0.2.1");
	check(&world, "x.y.z.a.org", ZM_ASK_TXT, "v=spf1 -all");
	check(&world, "x.a.org", ZM_ASK_MX, "no data");
	check(&world, "host.a.org", ZM_ASK_A, "no data");
	check(&world, "x.host.a.org", ZM_ASK_A, "no name");
	check(&world, "c.deep.a.org", ZM_ASK_A, "no data");
	check(&world, "deep.a.org", ZM_ASK_A, "no data");
	check(&world, "x.deep.a.org", ZM_ASK_A, "no name");
	check(&world, "_tcp.srv.a.org", ZM_ASK_A, "no data");
	check(&world, "q.sub.a.org", ZM_ASK_A, "192.0.2.3");
	check(&world, "sub.a.org", ZM_ASK_A, "no data");
	zm_arena_release(&world.arena);
}

static void more_records_than_a_message_holds_are_an_error(void)
{
	struct world world;
	struct zm_buf text = {0};
	start(&world);
	zm_buf_add(&text, ZM_STR(HEAD "few A 192.0.2.1\n"));
	for (size_t i = 0; i < 6000; i++) {
		zm_buf_add(&text, ZM_STR("many TXT x\n"));
	}
	add(&world, "a.org", text.data);
	check(&world, "many.a.org", ZM_ASK_TXT, "error");
	check(&world, "few.a.org", ZM_ASK_A, "192.0.2.1");
	zm_buf_release(&text);
	zm_arena_release(&world.arena);
}

static void aliases_are_followed_through_the_set(void)
{
	struct world world;
	start(&world);
	add(&world, "a.org",
	    HEAD "one CNAME two\ntwo CNAME host.b.org.\nout CNAME host.c.org.\nloop CNAME pool\n"
		 "pool CNAME loop\ntree DNAME b.org.\nlost DNAME c.org.\nnothing CNAME missing\n");
	add(&world, "b.org", HEAD "host A 192.0.2.1\nx.y A 192.0.2.2\n");
	check(&world, "one.a.org", ZM_ASK_A, "192.0.2.1");
	check(&world, "one.a.org", ZM_ASK_AAAA, "no data");
	check(&world, "out.a.org", ZM_ASK_A, "unknown host.c.org.");
	check(&world, "loop.a.org", ZM_ASK_A, "error");
	check(&world, "x.y.tree.a.org", ZM_ASK_A, "192.0.2.2");
	check(&world, "x.lost.a.org", ZM_ASK_A, "unknown x.c.org.");
	check(&world, "tree.a.org", ZM_ASK_A, "no data");
	check(&world, "nothing.a.org", ZM_ASK_A, "no name");
	zm_arena_release(&world.arena);
}

static void what_is_delegated_is_its_own_zones_to_say(void)
{
	struct world world;
	start(&world);
	add(&world, "a.org",
	    HEAD
	    "sub NS ns.sub\nns.sub A 192.0.2.1\nsub TXT glue\nkid NS ns.kid\nns.kid A 192.0.2.2\n");
	add(&world, "kid.a.org", HEAD "@ A 192.0.2.3\nns A 192.0.2.4\n");
	check(&world, "sub.a.org", ZM_ASK_TXT, "unknown sub.a.org.");
	check(&world, "ns.sub.a.org", ZM_ASK_A, "unknown ns.sub.a.org.");
	check(&world, "x.y.sub.a.org", ZM_ASK_A, "unknown x.y.sub.a.org.");
	check(&world, "kid.a.org", ZM_ASK_A, "192.0.2.3");
	check(&world, "ns.kid.a.org", ZM_ASK_A, "192.0.2.53 192.0.2.4");
	check(&world, "x.kid.a.org", ZM_ASK_A, "no name");
	zm_arena_release(&world.arena);
}

static void a_zone_that_was_not_read_whole_lacks_nothing_for_sure(void)
{
	struct world world;
	start(&world);
	add(&world, "a.org", HEAD "$INCLUDE missing.file\nhost A 192.0.2.1\n*.w A 192.0.2.2\n");
	check(&world, "host.a.org", ZM_ASK_A, "192.0.2.1");
	check(&world, "host.a.org", ZM_ASK_MX, "unknown host.a.org.");
	check(&world, "other.a.org", ZM_ASK_A, "unknown other.a.org.");
	check(&world, "x.w.a.org", ZM_ASK_A, "unknown x.w.a.org.");
	zm_arena_release(&world.arena);
}

static void of_two_zones_of_one_apex_the_asker_goes_first(void)
{
	struct world world;
	start(&world);
	add(&world, "inside/a.org", HEAD "host A 10.0.0.1\n");
	const struct zm_zone *outside = add(&world, "outside/a.org", HEAD "host A 192.0.2.1\n");
	check(&world, "host.a.org", ZM_ASK_A, "10.0.0.1");
	zm_zones_init(&world.zones, &world.set, &world.arena, outside);
	check(&world, "host.a.org", ZM_ASK_A, "192.0.2.1");
	zm_arena_release(&world.arena);
}

static void what_the_first_does_not_know_the_second_is_asked(void)
{
	struct world inner;
	struct world outer;
	start(&inner);
	start(&outer);
	add(&inner, "a.org", HEAD "host A 192.0.2.1\nout CNAME host.b.org.\n");
	add(&outer, "a.org", HEAD "host A 192.0.2.66\n");
	add(&outer, "b.org", HEAD "host A 192.0.2.2\n");
	struct zm_fallback both = {inner.resolver, outer.resolver};
	inner.resolver = zm_fallback_resolver(&both);
	check(&inner, "host.a.org", ZM_ASK_A, "192.0.2.1");
	check(&inner, "missing.a.org", ZM_ASK_A, "no name");
	check(&inner, "out.a.org", ZM_ASK_A, "192.0.2.2");
	check(&inner, "host.b.org", ZM_ASK_A, "192.0.2.2");
	check(&inner, "host.c.org", ZM_ASK_A, "unknown host.c.org.");
	zm_arena_release(&inner.arena);
	zm_arena_release(&outer.arena);
}

/* ---- What check_host() makes of it ---- */

static void evaluate(struct world *world, const char *ip, const char *sender, const char *want)
{
	struct zm_arena arena = {0};
	struct zm_spf_client client = {.sender = zm_str_from(sender), .helo = ZM_STR("h.a.org")};
	CU_ASSERT_FATAL(zm_ip4_parse(&client.ip, zm_str_from(ip)) ||
			zm_ip6_parse(&client.ip, zm_str_from(ip)));
	const struct zm_spf_outcome *o = zm_spf_check_host(&arena, &client, &world->resolver);
	struct zm_str got = zm_str_from(zm_spf_result_name(o->result));
	if (o->result == ZM_RESULT_UNKNOWN) {
		struct zm_str name = zm_name_text(&arena, o->unknown.name);
		got = zm_arena_printf(&arena, "unknown %s %.*s", zm_ask_name(o->unknown.type),
				      ZM_STR_ARG(name));
	} else if (o->explanation.len > 0) {
		got = zm_arena_printf(&arena, "fail: %.*s", ZM_STR_ARG(o->explanation));
	} else if (o->unexplained.len > 0) {
		got = zm_arena_printf(&arena, "fail, %.*s", ZM_STR_ARG(o->unexplained));
	}
	ZM_ASSERT_STR(got, want);
	zm_arena_release(&arena);
}

static void what_lies_outside_makes_the_result_unknown(void)
{
	struct world world;
	start(&world);
	add(&world, "a.org",
	    HEAD
	    "@ TXT \"v=spf1 ip4:192.0.2.1 include:b.org -all\"\n"
	    "two TXT \"v=spf1 a:host.b.org mx ?all\"\n"
	    "ptr TXT \"v=spf1 ip4:192.0.2.1 ptr -all\"\n"
	    "name TXT \"v=spf1 exists:%{p}.a.org -all\"\n"
	    "chain TXT \"v=spf1 redirect=alias.a.org\"\nalias CNAME _spf.c.org.\n"
	    "exp TXT \"v=spf1 -all exp=b.org\"\nbroken TXT \"v=spf1 include:b.org moo -all\"\n");
	evaluate(&world, "192.0.2.1", "u@a.org", "pass");
	evaluate(&world, "192.0.2.2", "u@a.org", "unknown TXT b.org.");
	evaluate(&world, "192.0.2.2", "u@b.org", "unknown TXT b.org.");
	evaluate(&world, "192.0.2.2", "u@two.a.org", "unknown A host.b.org.");
	evaluate(&world, "2001:db8::1", "u@two.a.org", "unknown AAAA host.b.org.");
	evaluate(&world, "192.0.2.1", "u@ptr.a.org", "pass");
	evaluate(&world, "192.0.2.2", "u@ptr.a.org", "unknown PTR 2.2.0.192.in-addr.arpa.");
	evaluate(&world, "192.0.2.2", "u@name.a.org", "unknown PTR 2.2.0.192.in-addr.arpa.");
	evaluate(&world, "192.0.2.2", "u@chain.a.org", "unknown TXT _spf.c.org.");
	evaluate(&world, "192.0.2.2", "u@exp.a.org", "fail, what the name in exp= says is unknown");
	evaluate(&world, "192.0.2.2", "u@broken.a.org", "permerror");
	evaluate(&world, "192.0.2.2", "u@[192.0.2.2]", "none");
	evaluate(&world, "192.0.2.2", "u@localhost", "none");
	zm_arena_release(&world.arena);
}

static void an_exchange_that_is_unknown_hides_no_other(void)
{
	struct world world;
	start(&world);
	add(&world, "a.org",
	    HEAD "@ TXT \"v=spf1 mx -all\"\n@ MX 5 mail.b.org.\n@ MX 10 mail\nmail A 192.0.2.1\n"
		 "v TXT \"v=spf1 mx:a.org mx:a.org a:n1.a.org a:n2.a.org a:n3.a.org -all\"\n"
		 "w TXT \"v=spf1 a:n1.a.org a:n2.a.org mx:a.org -all\"\n"
		 "x TXT \"v=spf1 include:y.a.org a:n1.a.org a:n2.a.org -all\"\n"
		 "y TXT \"v=spf1 -mx:a.org\"\n");
	evaluate(&world, "192.0.2.1", "u@a.org", "pass");
	evaluate(&world, "192.0.2.9", "u@a.org", "unknown A mail.b.org.");
	evaluate(&world, "192.0.2.1", "u@v.a.org", "pass");
	/* The lookup that is unknown may be the third void one. */
	evaluate(&world, "192.0.2.1", "u@w.a.org", "unknown A mail.b.org.");
	evaluate(&world, "192.0.2.1", "u@x.a.org", "unknown A mail.b.org.");
	zm_arena_release(&world.arena);
}

static void a_ptr_is_validated_within_the_set(void)
{
	struct world world;
	start(&world);
	add(&world, "a.org",
	    HEAD
	    "@ TXT \"v=spf1 ptr -all exp=why.a.org\"\nmail A 192.0.2.1\nwhy TXT \"not %{p}\"\n");
	add(&world, "2.0.192.in-addr.arpa",
	    HEAD "1 PTR mail.a.org.\n2 PTR mail.a.org.\n3 PTR mail.b.org.\n4 PTR mail.b.org.\n"
		 "4 PTR host.a.org.\n");
	evaluate(&world, "192.0.2.1", "u@a.org", "pass");
	evaluate(&world, "192.0.2.2", "u@a.org", "fail: not unknown");
	evaluate(&world, "192.0.2.3", "u@a.org", "unknown A mail.b.org.");
	evaluate(&world, "192.0.2.5", "u@a.org", "fail: not unknown");
	zm_arena_release(&world.arena);
}

static const struct zm_test_case cases[] = {
	{"records of a name are those of its type", records_of_a_name_are_those_of_its_type},
	{"wildcards stand for names that do not exist",
	 wildcards_stand_for_names_that_do_not_exist},
	{"more records than a message holds are an error",
	 more_records_than_a_message_holds_are_an_error},
	{"aliases are followed through the set", aliases_are_followed_through_the_set},
	{"what is delegated is its own zone's to say", what_is_delegated_is_its_own_zones_to_say},
	{"a zone that was not read whole lacks nothing for sure",
	 a_zone_that_was_not_read_whole_lacks_nothing_for_sure},
	{"of two zones of one apex the asker goes first",
	 of_two_zones_of_one_apex_the_asker_goes_first},
	{"what the first does not know the second is asked",
	 what_the_first_does_not_know_the_second_is_asked},
	{"what lies outside makes the result unknown", what_lies_outside_makes_the_result_unknown},
	{"an exchange that is unknown hides no other", an_exchange_that_is_unknown_hides_no_other},
	{"a ptr is validated within the set", a_ptr_is_validated_within_the_set},
	{NULL, NULL},
};

void test_zones(void)
{
	zm_test_suite("zones", cases);
}
