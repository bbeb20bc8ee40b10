#include "test.h"

#include "dns/set.h"
#include "zone/load.h"

#define HEAD "$TTL 3600\n@ SOA ns h 1 2 3 4 5\n"

static struct zm_zone *load(struct zm_arena *arena, const char *name, const char *bytes)
{
	struct zm_source *source = zm_arena_alloc(arena, sizeof(*source));
	*source = (struct zm_source){.name = name, .bytes = zm_str_from(bytes)};
	const struct zm_load_options options = {0};
	return zm_zone_load(arena, source, &options);
}

static const struct zm_zone *load_in(struct zm_arena *arena, const char *name, const char *bytes,
				     const char *const *view)
{
	struct zm_zone *zone = load(arena, name, bytes);
	zone->view = view;
	zone->views = 1;
	return zone;
}

static void check(const struct zm_set *set, const struct zm_zone *asker, const char *name,
		  const char *want)
{
	struct zm_name_buf buf;
	const char *why;
	const struct zm_record *record = NULL;
	CU_ASSERT_FATAL(zm_name_from_domain(&buf, zm_str_from(name), &why));
	switch (zm_set_spf(set, set->arena, asker, zm_name_of(&buf), &record)) {
	case ZM_SET_ONE:
		ZM_ASSERT_STR(record->text->bytes, want);
		break;
	case ZM_SET_NONE:
		ZM_ASSERT_STR(ZM_STR("none"), want);
		break;
	case ZM_SET_SEVERAL:
		ZM_ASSERT_STR(ZM_STR("several"), want);
		break;
	case ZM_SET_UNKNOWN:
		ZM_ASSERT_STR(ZM_STR("unknown"), want);
		break;
	}
}

static void a_name_is_asked_of_the_zone_that_is_nearest_above_it(void)
{
	struct zm_arena arena = {0};
	struct zm_set set;
	zm_set_init(&set, &arena);
	zm_set_add(&set, load(&arena, "db.a.org",
			      HEAD "@ TXT \"v=spf1 -all\"\nb TXT \"v=spf1 a -all\"\n"));
	zm_set_add(&set,
		   load(&arena, "db.b.a.org",
			HEAD
			"@ TXT \"v=spf1 mx -all\"\n@ TXT x\nc TXT \"v=spf1\"\nc TXT \"V=SPF1\"\n"));
	zm_set_add(&set, load(&arena, "db.part.org", HEAD "$GENERATE 1-2000000 a$ A 192.0.2.1\n"));
	check(&set, NULL, "A.org", "v=spf1 -all");
	check(&set, NULL, "b.a.org.", "v=spf1 mx -all");
	check(&set, NULL, "c.b.a.org", "several");
	check(&set, NULL, "x.a.org", "none");
	check(&set, NULL, "org", "unknown");
	check(&set, NULL, "x.part.org", "unknown");
	zm_arena_release(&arena);
}

static void a_zone_sees_those_of_its_views(void)
{
	static const char *const views[] = {"inside", "outside"};
	struct zm_arena arena = {0};
	struct zm_set set;
	zm_set_init(&set, &arena);
	zm_set_add(&set,
		   load_in(&arena, "in/db.a.org", HEAD "@ TXT \"v=spf1 a -all\"\n", &views[0]));
	zm_set_add(&set,
		   load_in(&arena, "out/db.a.org", HEAD "@ TXT \"v=spf1 mx -all\"\n", &views[1]));
	zm_set_add(&set,
		   load_in(&arena, "in/db.sub.a.org", HEAD "@ TXT \"v=spf1 -all\"\n", &views[0]));
	const struct zm_zone *inside = load_in(&arena, "in/db.b.org", HEAD, &views[0]);
	const struct zm_zone *outside = load_in(&arena, "out/db.b.org", HEAD, &views[1]);
	zm_set_add(&set, inside);
	zm_set_add(&set, outside);
	check(&set, inside, "a.org", "v=spf1 a -all");
	check(&set, outside, "a.org", "v=spf1 mx -all");
	check(&set, inside, "sub.a.org", "v=spf1 -all");
	check(&set, outside, "sub.a.org", "none");
	check(&set, NULL, "a.org", "v=spf1 a -all");
	check(&set, load(&arena, "db.c.org", HEAD), "sub.a.org", "v=spf1 -all");
	zm_arena_release(&arena);
}

static void a_replaced_zone_is_forgotten(void)
{
	struct zm_arena arena = {0};
	struct zm_set set;
	zm_set_init(&set, &arena);
	for (int round = 0; round < 3; round++) {
		struct zm_arena old = {0};
		const struct zm_zone *zone = load(
			&old, "db.a.org", HEAD "@ TXT \"v=spf1 -all\"\nb TXT \"v=spf1 a -all\"\n");
		zm_set_add(&set, zone);
		zm_set_add(&set, zone);
		check(&set, NULL, "a.org", "v=spf1 -all");
		zm_set_add(&set, load(&arena, "db.a.org", HEAD "@ TXT \"v=spf1 ~all\"\n"));
		zm_arena_release(&old);
		check(&set, NULL, "a.org", "v=spf1 ~all");
		check(&set, NULL, "b.a.org", "none");
	}
	zm_arena_release(&arena);
}

static void of_two_views_the_askers_own_answers(void)
{
	struct zm_arena arena = {0};
	struct zm_set set;
	zm_set_init(&set, &arena);
	const struct zm_zone *inside = load(&arena, "in/db.a.org", HEAD "@ TXT \"v=spf1 ~all\"\n");
	const struct zm_zone *outside =
		load(&arena, "out/db.a.org", HEAD "@ TXT \"v=spf1 -all\"\n");
	zm_set_add(&set, inside);
	zm_set_add(&set, outside);
	check(&set, inside, "a.org", "v=spf1 ~all");
	check(&set, outside, "a.org", "v=spf1 -all");
	check(&set, NULL, "a.org", "v=spf1 ~all");
	zm_arena_release(&arena);
}

static const struct zm_test_case cases[] = {
	{"a name is asked of the zone that is nearest above it",
	 a_name_is_asked_of_the_zone_that_is_nearest_above_it},
	{"a replaced zone is forgotten", a_replaced_zone_is_forgotten},
	{"of two views, the asker's own answers", of_two_views_the_askers_own_answers},
	{"a zone sees those of its views", a_zone_sees_those_of_its_views},
	{NULL, NULL},
};

void test_set(void)
{
	zm_test_suite("set", cases);
}
