#include "sandbox.h"
#include "test.h"

#include "base/plan/plan.h"
#include "base/plan/record.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/*
 * Two files in two folders, which change together: parts/spf.inc, and zones/a.zone, which holds the
 * SOA record. The new ones lie beside them under these names when a fix was cut short.
 */
#define PART          "parts/spf.inc"
#define ZONE          "zones/a.zone"
#define PART_BESIDE   "parts/.spf.inc.zonemend-A1b2C3"
#define ZONE_BESIDE   "zones/.a.zone.zonemend-D4e5F6"
#define PLAN_OF_PARTS "parts/.zonemend-plan"
#define PLAN_OF_ZONES "zones/.zonemend-plan"

static bool is_there(struct zm_sandbox *box, const char *name)
{
	return access(zm_sandbox_path(box, name), F_OK) == 0;
}

static void put(struct zm_sandbox *box, const char *name, struct zm_str bytes)
{
	zm_sandbox_put(zm_sandbox_path(box, name), bytes);
}

static void expect(struct zm_sandbox *box, const char *name, struct zm_str bytes)
{
	zm_sandbox_expect(box, zm_sandbox_path(box, name), bytes);
}

static void open_with_both(struct zm_sandbox *box)
{
	zm_sandbox_open(box);
	CU_ASSERT_EQUAL(mkdir(zm_sandbox_path(box, "parts"), 0755), 0);
	CU_ASSERT_EQUAL(mkdir(zm_sandbox_path(box, "zones"), 0755), 0);
	put(box, PART, zm_sandbox_old);
	put(box, ZONE, zm_sandbox_old);
}

static void expect_both(struct zm_sandbox *box, struct zm_str bytes)
{
	expect(box, PART, bytes);
	expect(box, ZONE, bytes);
}

static void expect_tidy(struct zm_sandbox *box)
{
	static const char *const name[] = {PART_BESIDE, ZONE_BESIDE, PLAN_OF_PARTS, PLAN_OF_ZONES};
	for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		CU_ASSERT_FALSE(is_there(box, name[i]));
	}
}

/* ---- Replacing ---- */

static enum zm_replace_result replace_both(struct zm_sandbox *box, const struct zm_file *part,
					   const struct zm_file *zone)
{
	const char *zone_path = zm_sandbox_path(box, ZONE);
	const struct zm_plan_item item[] = {
		{zm_sandbox_path(box, PART), &part->stat, part->bytes, zm_sandbox_new},
		{zone_path, &zone->stat, zone->bytes, zm_sandbox_new},
	};
	const struct zm_plan_order order = {item, 2, &zone_path, 1};
	return zm_plan_replace(&order, &box->err);
}

static void all_files_are_replaced_and_nothing_is_left(void)
{
	struct zm_sandbox box;
	open_with_both(&box);
	CU_ASSERT_EQUAL(chmod(zm_sandbox_path(&box, PART), 0640), 0);
	struct zm_file part = zm_sandbox_read(&box, zm_sandbox_path(&box, PART));
	struct zm_file zone = zm_sandbox_read(&box, zm_sandbox_path(&box, ZONE));
	CU_ASSERT_EQUAL(replace_both(&box, &part, &zone), ZM_REPLACED);
	expect_both(&box, zm_sandbox_new);
	expect_tidy(&box);
	CU_ASSERT_EQUAL(zm_sandbox_read(&box, zm_sandbox_path(&box, PART)).stat.st_mode & 07777,
			0640);
	zm_sandbox_close(&box);
}

static void where_one_may_not_be_replaced_none_is(void)
{
	struct zm_sandbox box;
	open_with_both(&box);
	struct zm_file part = zm_sandbox_read(&box, zm_sandbox_path(&box, PART));
	struct zm_file zone = zm_sandbox_read(&box, zm_sandbox_path(&box, ZONE));
	put(&box, ZONE, ZM_STR("somebody else's\n"));
	CU_ASSERT_EQUAL(replace_both(&box, &part, &zone), ZM_REPLACE_CHANGED);
	zm_sandbox_expect_error(&box, "a.zone: was changed by someone else");
	expect(&box, PART, zm_sandbox_old);
	expect(&box, ZONE, ZM_STR("somebody else's\n"));
	expect_tidy(&box);
	zone = zm_sandbox_read(&box, zm_sandbox_path(&box, ZONE));
	CU_ASSERT_EQUAL(chmod(zm_sandbox_path(&box, ZONE), 0444), 0);
	zone = zm_sandbox_read(&box, zm_sandbox_path(&box, ZONE));
	CU_ASSERT_EQUAL(replace_both(&box, &part, &zone), ZM_REPLACE_REFUSED);
	expect(&box, PART, zm_sandbox_old);
	expect_tidy(&box);
	zm_sandbox_close(&box);
}

/* ---- What a run that was cut short has left ---- */

static struct zm_str plan_of(struct zm_sandbox *box)
{
	const char *folder[] = {zm_sandbox_path(box, "parts"), zm_sandbox_path(box, "zones")};
	struct zm_plan_digest old = zm_plan_digest_of(zm_sandbox_old);
	struct zm_plan_digest new = zm_plan_digest_of(zm_sandbox_new);
	struct zm_plan_file file[] = {
		{0, "spf.inc", strrchr(PART_BESIDE, '/') + 1, old, new},
		{1, "a.zone", strrchr(ZONE_BESIDE, '/') + 1, old, new},
	};
	const struct zm_plan plan = {folder, 2, file, 2};
	struct zm_buf text = {0};
	zm_plan_print(&text, &plan);
	struct zm_str copy = zm_arena_copy(&box->arena, zm_buf_str(&text));
	zm_buf_release(&text);
	return copy;
}

/* All is ready, and nothing in its place yet. */
static void open_with_plan(struct zm_sandbox *box)
{
	open_with_both(box);
	put(box, PART_BESIDE, zm_sandbox_new);
	put(box, ZONE_BESIDE, zm_sandbox_new);
	put(box, PLAN_OF_PARTS, plan_of(box));
	put(box, PLAN_OF_ZONES, plan_of(box));
}

static enum zm_plan_end finish(struct zm_sandbox *box, const char *folder)
{
	struct zm_plan_left left = {.folder = zm_sandbox_path(box, folder)};
	return zm_plan_finish(&left, &box->arena, &box->err);
}

static void a_plan_that_all_folders_know_is_completed(void)
{
	struct zm_sandbox box;
	open_with_plan(&box);
	struct zm_plan_left left = {.folder = zm_sandbox_path(&box, "zones")};
	CU_ASSERT_EQUAL(zm_plan_finish(&left, &box.arena, &box.err), ZM_PLAN_COMPLETED);
	CU_ASSERT_EQUAL_FATAL(left.files, 2);
	CU_ASSERT_STRING_EQUAL(left.file[0], zm_sandbox_path(&box, PART));
	CU_ASSERT_STRING_EQUAL(left.file[1], zm_sandbox_path(&box, ZONE));
	expect_both(&box, zm_sandbox_new);
	expect_tidy(&box);
	CU_ASSERT_EQUAL(finish(&box, "zones"), ZM_PLAN_NONE);
	zm_sandbox_close(&box);
}

static void what_has_come_into_its_place_stays_there(void)
{
	struct zm_sandbox box;
	open_with_plan(&box);
	put(&box, PART, zm_sandbox_new);
	put(&box, PART_BESIDE, zm_sandbox_old);
	CU_ASSERT_EQUAL(finish(&box, "parts"), ZM_PLAN_COMPLETED);
	expect_both(&box, zm_sandbox_new);
	expect_tidy(&box);
	zm_sandbox_close(&box);
}

static void all_done_but_the_clearing_away(void)
{
	struct zm_sandbox box;
	open_with_plan(&box);
	put(&box, PART, zm_sandbox_new);
	put(&box, ZONE, ZM_STR("edited after the fix\n"));
	unlink(zm_sandbox_path(&box, PART_BESIDE));
	put(&box, ZONE_BESIDE, zm_sandbox_old);
	unlink(zm_sandbox_path(&box, PLAN_OF_PARTS));
	CU_ASSERT_EQUAL(finish(&box, "zones"), ZM_PLAN_COMPLETED);
	expect(&box, PART, zm_sandbox_new);
	expect(&box, ZONE, ZM_STR("edited after the fix\n"));
	expect_tidy(&box);
	zm_sandbox_close(&box);
}

static void a_plan_that_one_folder_lacks_is_undone(void)
{
	struct zm_sandbox box;
	open_with_plan(&box);
	unlink(zm_sandbox_path(&box, PLAN_OF_ZONES));
	CU_ASSERT_EQUAL(finish(&box, "zones"), ZM_PLAN_NONE);
	CU_ASSERT_EQUAL(finish(&box, "parts"), ZM_PLAN_UNDONE);
	expect_both(&box, zm_sandbox_old);
	expect_tidy(&box);
	zm_sandbox_close(&box);
}

static void a_file_that_somebody_has_changed_is_not_written_over(void)
{
	struct zm_sandbox box;
	open_with_plan(&box);
	put(&box, PART, zm_sandbox_new);
	put(&box, PART_BESIDE, zm_sandbox_old);
	put(&box, ZONE, ZM_STR("edited meanwhile\n"));
	CU_ASSERT_EQUAL(finish(&box, "zones"), ZM_PLAN_REFUSED);
	zm_sandbox_expect_error(&box, "a.zone has been changed since");
	expect(&box, ZONE, ZM_STR("edited meanwhile\n"));
	CU_ASSERT(is_there(&box, ZONE_BESIDE));
	CU_ASSERT(is_there(&box, PLAN_OF_ZONES));
	zm_sandbox_close(&box);
}

static void expect_refusal(struct zm_sandbox *box, const char *part)
{
	CU_ASSERT_EQUAL(finish(box, "zones"), ZM_PLAN_REFUSED);
	zm_sandbox_expect_error(box, part);
	expect_both(box, zm_sandbox_old);
	zm_sandbox_close(box);
}

static void a_plan_of_doubtful_origin_is_not_acted_upon(void)
{
	struct zm_sandbox box;
	open_with_plan(&box);
	CU_ASSERT_EQUAL(chmod(zm_sandbox_path(&box, PLAN_OF_ZONES), 0664), 0);
	expect_refusal(&box, "may be written by others");

	open_with_plan(&box);
	unlink(zm_sandbox_path(&box, PLAN_OF_ZONES));
	CU_ASSERT_EQUAL(symlink("../" PLAN_OF_PARTS, zm_sandbox_path(&box, PLAN_OF_ZONES)), 0);
	expect_refusal(&box, ".zonemend-plan: cannot read the plan");

	open_with_plan(&box);
	unlink(zm_sandbox_path(&box, PLAN_OF_ZONES));
	CU_ASSERT_EQUAL(mkdir(zm_sandbox_path(&box, PLAN_OF_ZONES), 0755), 0);
	expect_refusal(&box, ".zonemend-plan");

	open_with_plan(&box);
	put(&box, PLAN_OF_ZONES, ZM_STR("zonemend-plan 1\n"));
	expect_refusal(&box, "is no plan of zonemend's, or not whole");

	open_with_plan(&box);
	struct zm_str text = plan_of(&box);
	put(&box, PLAN_OF_PARTS, zm_arena_printf(&box.arena, "%.*sx", ZM_STR_ARG(text)));
	expect_refusal(&box, "is another plan than");
}

static void nothing_outside_of_the_root_folder_is_touched(void)
{
	struct zm_sandbox box;
	open_with_plan(&box);
	struct zm_plan_left left = {.folder = zm_sandbox_path(&box, "zones"),
				    .root = zm_sandbox_path(&box, "zones")};
	CU_ASSERT_EQUAL(zm_plan_finish(&left, &box.arena, &box.err), ZM_PLAN_REFUSED);
	zm_sandbox_expect_error(&box, "outside of the root folder");
	expect_both(&box, zm_sandbox_old);
	left.root = box.folder;
	CU_ASSERT_EQUAL(zm_plan_finish(&left, &box.arena, &box.err), ZM_PLAN_COMPLETED);
	zm_sandbox_close(&box);
}

static void a_plan_is_left_once_nobody_works_on_it(void)
{
	struct zm_sandbox box;
	open_with_plan(&box);
	const char *zones = zm_sandbox_path(&box, "zones");
	CU_ASSERT_EQUAL(zm_plan_look(zones, &box.err), ZM_PLAN_LEFT);
	CU_ASSERT_EQUAL(zm_plan_look(box.folder, &box.err), ZM_PLAN_NOT_THERE);
	int worker = open(zones, O_RDONLY | O_DIRECTORY);
	CU_ASSERT_EQUAL(flock(worker, LOCK_EX), 0);
	CU_ASSERT_EQUAL(zm_plan_look(zones, &box.err), ZM_PLAN_NOT_THERE);
	close(worker);
	CU_ASSERT_EQUAL(zm_plan_look(zones, &box.err), ZM_PLAN_LEFT);
	zm_sandbox_close(&box);
}

static void no_file_is_replaced_beside_a_plan(void)
{
	struct zm_sandbox box;
	open_with_plan(&box);
	struct zm_file zone = zm_sandbox_read(&box, zm_sandbox_path(&box, ZONE));
	struct zm_file part = zm_sandbox_read(&box, zm_sandbox_path(&box, PART));
	CU_ASSERT_EQUAL(
		zm_file_replace(zm_sandbox_path(&box, ZONE), &zone.stat, zm_sandbox_new, &box.err),
		ZM_REPLACE_REFUSED);
	zm_sandbox_expect_error(&box, "cut short");
	CU_ASSERT_EQUAL(zm_file_overwrite(zm_sandbox_path(&box, ZONE), &zone.stat, zm_sandbox_new,
					  &box.err),
			ZM_REPLACE_REFUSED);
	CU_ASSERT_EQUAL(replace_both(&box, &part, &zone), ZM_REPLACE_REFUSED);
	expect_both(&box, zm_sandbox_old);
	CU_ASSERT(is_there(&box, ZONE_BESIDE));
	zm_sandbox_close(&box);
}

/* ---- The plan as text ---- */

static bool parses(struct zm_str text)
{
	struct zm_arena arena = {0};
	struct zm_plan plan;
	bool good = zm_plan_parse(&plan, &arena, text);
	zm_arena_release(&arena);
	return good;
}

static void a_plan_is_read_as_it_was_written(void)
{
	static const char *folder[] = {"/etc/bind/\xc3\xa4 b", "/%41\n"};
	static const struct zm_plan_digest old = {1, 2};
	static const struct zm_plan_digest new = {UINT64_MAX, UINT64_MAX};
	static const char name[] = " a%0\n.zone";
	struct zm_plan_file file[] = {{1, name, ". a%0\n.zone.zonemend-A1b2C3", old, new}};
	const struct zm_plan plan = {folder, 2, file, 1};
	struct zm_arena arena = {0};
	struct zm_buf text = {0};
	struct zm_plan again;
	zm_plan_print(&text, &plan);
	CU_ASSERT_FATAL(zm_plan_parse(&again, &arena, zm_buf_str(&text)));
	CU_ASSERT_EQUAL(again.folders, 2);
	CU_ASSERT_STRING_EQUAL(again.folder[0], folder[0]);
	CU_ASSERT_STRING_EQUAL(again.folder[1], folder[1]);
	CU_ASSERT_EQUAL_FATAL(again.files, 1);
	CU_ASSERT_EQUAL(again.file[0].folder, 1);
	CU_ASSERT_STRING_EQUAL(again.file[0].name, name);
	CU_ASSERT(zm_plan_digest_eq(again.file[0].old, old));
	CU_ASSERT(zm_plan_digest_eq(again.file[0].new, new));
	for (size_t len = 0; len < text.len; len++) {
		CU_ASSERT_FALSE(parses(zm_str_sub(zm_buf_str(&text), 0, len)));
	}
	zm_buf_release(&text);
	zm_arena_release(&arena);
}

static void a_plan_names_files_and_their_temporaries_only(void)
{
#define HEAD    "zonemend-plan 1\nfolder /z\n"
#define DIGESTS "1 0000000000000002 3 0000000000000004"
	CU_ASSERT(parses(ZM_STR(HEAD "file 0 " DIGESTS " .a.zonemend-A1b2C3 a\nend\n")));
	static const char *const wrong[] = {
		HEAD "file 0 " DIGESTS " .b.zonemend-A1b2C3 a\nend\n",
		HEAD "file 0 " DIGESTS " .a.zonemend-backup a\nend\n",
		HEAD "file 0 " DIGESTS " b a\nend\n",
		HEAD "file 0 " DIGESTS " .../a.zonemend-A1b2C3 ../a\nend\n",
		HEAD "file 0 " DIGESTS " ...zonemend-A1b2C3 ..\nend\n",
		HEAD "file 1 " DIGESTS " .a.zonemend-A1b2C3 a\nend\n",
		HEAD "file 0 1 2 3 4 .a.zonemend-A1b2C3 a\nend\n",
		HEAD "file 0 " DIGESTS " .a.zonemend-A1b2C3 a\nend\nmore\n",
		HEAD "end\n",
		"zonemend-plan 1\nfolder z\nfile 0 " DIGESTS " .a.zonemend-A1b2C3 a\nend\n",
		"zonemend-plan 2\nfolder /z\nfile 0 " DIGESTS " .a.zonemend-A1b2C3 a\nend\n",
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		CU_ASSERT_FALSE(parses(zm_str_from(wrong[i])));
	}
}

static void a_digest_shows_each_changed_byte(void)
{
	char bytes[] = "0123456789abcdefg";
	struct zm_plan_digest digest = zm_plan_digest_of(zm_str_from(bytes));
	for (size_t i = 0; bytes[i] != '\0'; i++) {
		bytes[i] ^= 1;
		CU_ASSERT_FALSE(zm_plan_digest_eq(digest, zm_plan_digest_of(zm_str_from(bytes))));
		bytes[i] ^= 1;
	}
	CU_ASSERT(zm_plan_digest_eq(digest, zm_plan_digest_of(zm_str_from(bytes))));
}

static const struct zm_test_case cases[] = {
	{"all files are replaced and nothing is left", all_files_are_replaced_and_nothing_is_left},
	{"where one may not be replaced none is", where_one_may_not_be_replaced_none_is},
	{"a plan that all folders know is completed", a_plan_that_all_folders_know_is_completed},
	{"what has come into its place stays there", what_has_come_into_its_place_stays_there},
	{"all done but the clearing away", all_done_but_the_clearing_away},
	{"a plan that one folder lacks is undone", a_plan_that_one_folder_lacks_is_undone},
	{"a file that somebody has changed is not written over",
	 a_file_that_somebody_has_changed_is_not_written_over},
	{"a plan of doubtful origin is not acted upon",
	 a_plan_of_doubtful_origin_is_not_acted_upon},
	{"nothing outside of the root folder is touched",
	 nothing_outside_of_the_root_folder_is_touched},
	{"a plan is left once nobody works on it", a_plan_is_left_once_nobody_works_on_it},
	{"no file is replaced beside a plan", no_file_is_replaced_beside_a_plan},
	{"a plan is read as it was written", a_plan_is_read_as_it_was_written},
	{"a plan names files and their temporaries only",
	 a_plan_names_files_and_their_temporaries_only},
	{"a digest shows each changed byte", a_digest_shows_each_changed_byte},
	{NULL, NULL},
};

void test_plan(void)
{
	zm_test_suite("plan", cases);
}
