#include "fix/journal.h"
#include "sandbox.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

enum { HEADER = 64 };

struct header {
	const char *magic;
	uint32_t begin;
	uint32_t begin_offset;
	uint32_t end;
	uint32_t end_offset;
	size_t length; /* bytes of the file */
};

static void put_word(char *bytes, uint32_t word)
{
	for (int i = 0; i < 4; i++) {
		bytes[i] = (char)(word >> (24 - 8 * i));
	}
}

static void write_journal(const char *path, const struct header *h)
{
	char bytes[2 * HEADER] = {0};
	memcpy(bytes, h->magic, strlen(h->magic));
	put_word(bytes + 16, h->begin);
	put_word(bytes + 20, h->begin_offset);
	put_word(bytes + 24, h->end);
	put_word(bytes + 28, h->end_offset);
	zm_sandbox_put(path, (struct zm_str){bytes, h->length});
}

static void a_journal_is_held_against_the_files_serial(void)
{
	static const struct {
		struct header header;
		uint32_t serial;
		enum zm_journal_state state;
	} table[] = {
		{{";BIND LOG V9.2\n", 10, 512, 11, 717, HEADER}, 11, ZM_JOURNAL_MERGED},
		{{";BIND LOG V9\n", 10, 512, 11, 717, HEADER + 1}, 11, ZM_JOURNAL_MERGED},
		{{";BIND LOG V9.2\n", 10, 512, 11, 717, HEADER}, 10, ZM_JOURNAL_AHEAD},
		{{";BIND LOG V9.2\n", 10, 512, 11, 717, HEADER}, 12, ZM_JOURNAL_MERGED},
		{{";BIND LOG V9.2\n", UINT32_MAX, 512, 1, 717, HEADER},
		 UINT32_MAX,
		 ZM_JOURNAL_AHEAD},
		{{";BIND LOG V9.2\n", 10, 512, 0x8000000b, 717, HEADER}, 11, ZM_JOURNAL_UNKNOWN},
		{{";BIND LOG V9.2\n", 99, 512, 99, 512, HEADER}, 11, ZM_JOURNAL_MERGED},
		{{";BIND LOG V9.2\n", 0, 0, 0, 0, HEADER}, 11, ZM_JOURNAL_MERGED},
		{{";BIND LOG V9.2\n", 10, 512, 11, 717, HEADER - 1}, 11, ZM_JOURNAL_UNKNOWN},
		{{";BIND LOG V10\n", 10, 512, 11, 717, HEADER}, 11, ZM_JOURNAL_UNKNOWN},
		{{"", 10, 512, 11, 717, 0}, 11, ZM_JOURNAL_UNKNOWN},
	};
	struct zm_sandbox box;
	zm_sandbox_open(&box);
	const char *path = zm_sandbox_path(&box, "x.jnl");
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct zm_journal journal;
		write_journal(path, &table[i].header);
		zm_journal_read(&journal, path, &table[i].serial);
		if (journal.state != table[i].state) {
			printf("\n%zu: %d\n", i, (int)journal.state);
			CU_FAIL("a journal was misjudged");
		}
		bool holds = journal.has_serials;
		CU_ASSERT(!holds || journal.end == table[i].header.end);
		CU_ASSERT(!holds || journal.begin == table[i].header.begin);
	}
	zm_sandbox_close(&box);
}

static void without_a_serial_only_an_empty_journal_is_known(void)
{
	struct zm_sandbox box;
	struct zm_journal journal;
	zm_sandbox_open(&box);
	const char *path = zm_sandbox_path(&box, "x.jnl");
	const struct header full = {";BIND LOG V9.2\n", 10, 512, 11, 717, HEADER};
	const struct header empty = {";BIND LOG V9.2\n", 10, 512, 11, 512, HEADER};
	write_journal(path, &full);
	zm_journal_read(&journal, path, NULL);
	CU_ASSERT_EQUAL(journal.state, ZM_JOURNAL_UNKNOWN);
	write_journal(path, &empty);
	zm_journal_read(&journal, path, NULL);
	CU_ASSERT_EQUAL(journal.state, ZM_JOURNAL_MERGED);
	zm_sandbox_close(&box);
}

static void what_is_no_file_does_not_hold_anybody_up(void)
{
	struct zm_sandbox box;
	struct zm_journal journal;
	zm_sandbox_open(&box);
	const char *path = zm_sandbox_path(&box, "x.jnl");
	zm_journal_read(&journal, path, NULL);
	CU_ASSERT_EQUAL(journal.state, ZM_JOURNAL_ABSENT);
	CU_ASSERT_EQUAL(mkfifo(path, 0600), 0);
	zm_journal_read(&journal, path, NULL);
	CU_ASSERT_EQUAL(journal.state, ZM_JOURNAL_UNKNOWN);
	zm_sandbox_close(&box);
}

static const struct zm_test_case cases[] = {
	{"a journal is held against the file's serial", a_journal_is_held_against_the_files_serial},
	{"without a serial only an empty journal is known",
	 without_a_serial_only_an_empty_journal_is_known},
	{"what is no file does not hold anybody up", what_is_no_file_does_not_hold_anybody_up},
	{NULL, NULL},
};

void test_journal(void)
{
	zm_test_suite("journal", cases);
}
