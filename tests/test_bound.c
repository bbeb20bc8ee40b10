#include "lint/bound.h"

#include "base/buf.h"
#include "lintkit.h"
#include "test.h"

enum { OWNERS = 20000, MAX = 30 }; /* several waves of chunks */

static void lint_by(struct zm_findings *findings, struct zm_kit *kit, size_t max, size_t jobs)
{
	struct zm_pool pool;
	const struct zm_lint_task task = {kit->zone, &kit->set, kit->policy, max, NULL};
	zm_pool_start(&pool, jobs);
	zm_lint_zone_by(findings, &kit->arena, &task, &pool);
	zm_pool_stop(&pool);
}

/* A zone of many owners that have all this record. */
static void make_zone(struct zm_kit *kit, const char *record)
{
	struct zm_buf zone = {0};
	for (unsigned i = 0; i < OWNERS; i++) {
		zm_buf_printf(&zone, "h%u %s\n", i, record);
	}
	zm_buf_add_char(&zone, '\0');
	const struct zm_kit_case c = {.zone = zone.data};
	zm_kit_lint(kit, &c);
	zm_buf_release(&zone);
}

static void check_hidden(const struct zm_findings *all, const struct zm_findings *some)
{
	size_t fixable = 0;
	size_t errors = 0;
	for (size_t i = some->count; i < all->count; i++) {
		fixable += zm_finding_is_fixable(all->item[i]);
		errors += all->item[i]->severity == ZM_ERROR;
	}
	CU_ASSERT_EQUAL(some->count + some->hidden->count, all->count);
	CU_ASSERT_EQUAL(some->hidden->fixable, fixable);
	CU_ASSERT_EQUAL(some->hidden->by_severity[ZM_ERROR], errors);
}

static void the_first_are_kept_and_the_others_counted(void)
{
	struct zm_kit kit;
	struct zm_findings some;
	make_zone(&kit, "TXT \"v=spf1 ptr ip5:192.0.2.1 -all\"");
	CU_ASSERT_EQUAL(kit.findings.count, 2 * OWNERS);
	for (size_t jobs = 1; jobs <= 3; jobs++) {
		lint_by(&some, &kit, MAX, jobs);
		CU_ASSERT_EQUAL(some.count, MAX);
		for (size_t i = 0; i < some.count; i++) {
			CU_ASSERT_EQUAL(some.item[i]->rule, kit.findings.item[i]->rule);
			CU_ASSERT_EQUAL(some.item[i]->at.start, kit.findings.item[i]->at.start);
		}
		check_hidden(&kit.findings, &some);
	}
	zm_kit_release(&kit);
}

static void what_generate_repeats_is_counted_once(void)
{
	struct zm_kit kit;
	struct zm_findings some;
	const struct zm_kit_case c = {.zone = "$GENERATE 1-3000 h$ TXT \"v=spf1 ptr -all\"\n"};
	zm_kit_lint(&kit, &c);
	size_t all = kit.findings.count;
	lint_by(&some, &kit, MAX, 2);
	CU_ASSERT(all > 0 && all < MAX);
	CU_ASSERT_EQUAL(some.count, all);
	CU_ASSERT_EQUAL(zm_findings_hidden(&some), 0);
	zm_kit_release(&kit);
}

static void with_an_allowance_all_are_kept(void)
{
	struct zm_kit kit;
	struct zm_findings some;
	make_zone(&kit, "TXT \"v=spf1 ptr -all\" ; zonemend: allow ptr-mechanism -- old");
	lint_by(&some, &kit, MAX, 2);
	CU_ASSERT_EQUAL(kit.findings.count, some.count);
	CU_ASSERT_EQUAL(zm_findings_hidden(&some), 0);
	zm_kit_release(&kit);
}

static const struct zm_test_case cases[] = {
	{"the first are kept and the others counted", the_first_are_kept_and_the_others_counted},
	{"what $GENERATE repeats is counted once", what_generate_repeats_is_counted_once},
	{"with an allowance all are kept", with_an_allowance_all_are_kept},
	{NULL, NULL},
};

void test_bound(void)
{
	zm_test_suite("bound", cases);
}
