#include "fix/journal.h"

#include "base/str.h"
#include "zone/serial.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * BIND's journal_header_t, numbers with the highest byte first:
 *
 *	 0  ";BIND LOG V9.2\n", or "V9" in old ones, then NUL
 *	16  the serial before the first change, and its offset in the file
 *	24  the serial after the last change, and the offset of what follows it
 *
 * Where both offsets are the same the journal holds no change.
 */
enum { HEADER = 64, BEGIN = 16, END = 24, WORD = 4 };

static uint32_t word_at(const char *header, size_t at)
{
	const unsigned char *byte = (const unsigned char *)header + at;
	return (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
}

/* A FIFO in the journal's place may not hold anybody up. */
static bool read_header(const char *path, char *header)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	bool good = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
		    pread(fd, header, HEADER, 0) == HEADER;
	if (fd >= 0) {
		close(fd);
	}
	return good;
}

static bool has_magic(struct zm_str header)
{
	return zm_str_starts(header, ZM_STR(";BIND LOG V9\n")) ||
	       zm_str_starts(header, ZM_STR(";BIND LOG V9.2\n"));
}

/* RFC 1982 3.2: two serials may also have no order at all. */
static enum zm_journal_state compare(uint32_t end, const uint32_t *serial)
{
	if (serial == NULL || end - *serial == UINT32_C(1) << 31) {
		return ZM_JOURNAL_UNKNOWN;
	}
	return zm_serial_is_after(end, *serial) ? ZM_JOURNAL_AHEAD : ZM_JOURNAL_MERGED;
}

void zm_journal_read(struct zm_journal *journal, const char *path, const uint32_t *serial)
{
	char header[HEADER];
	struct stat st;
	*journal = (struct zm_journal){.state = ZM_JOURNAL_UNKNOWN};
	if (lstat(path, &st) != 0 && errno == ENOENT) {
		journal->state = ZM_JOURNAL_ABSENT;
		return;
	}
	if (!read_header(path, header) || !has_magic((struct zm_str){header, HEADER})) {
		return;
	}
	journal->begin = word_at(header, BEGIN);
	journal->end = word_at(header, END);
	journal->has_serials = word_at(header, BEGIN + WORD) != word_at(header, END + WORD);
	journal->state = journal->has_serials ? compare(journal->end, serial) : ZM_JOURNAL_MERGED;
}
