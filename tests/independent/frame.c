#include "frame.h"

#include <stdlib.h>
#include <string.h>

struct frame {
	char *bytes;
	size_t len;
	size_t strings;
	size_t lines; /* on which nothing but strings stands */
};

static bool is_all_strings(const struct piece *piece, size_t count)
{
	size_t strings = 0;
	for (size_t i = 0; i < count; i++) {
		strings += piece[i].kind == STRING;
		if (piece[i].kind != STRING && piece[i].kind != BLANKS && i + 1 < count) {
			return false;
		}
	}
	return strings > 0 && piece[count - 1].kind == LINE_END;
}

static void add_pieces(struct frame *frame, const struct reading *reading,
		       const struct piece *piece, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool leads =
			piece[i].kind == BLANKS && i + 1 < count && piece[i + 1].kind == STRING;
		if (piece[i].kind != STRING && !leads) {
			size_t len = piece[i].end - piece[i].start;
			memcpy(frame->bytes + frame->len, reading->bytes.data + piece[i].start,
			       len);
			frame->len += len;
		}
	}
}

/* From the type to before the line end. */
static struct frame frame_of(const struct reading *reading, const struct line *line)
{
	struct frame frame = {.bytes = malloc(line->end - line->start + 1)};
	if (frame.bytes == NULL) {
		abort();
	}
	const struct piece *piece = reading->piece + line->type + 1;
	const struct piece *end = reading->piece + line->piece + line->pieces;
	end -= end > piece && end[-1].kind == LINE_END;
	if (piece < end && piece->kind == BLANKS) { /* stay, whatever follows */
		add_pieces(&frame, reading, piece++, 1);
	}
	for (bool is_first = true; piece < end; is_first = false) {
		size_t count = 0;
		while (piece + count < end && (count == 0 || piece[count - 1].kind != LINE_END)) {
			frame.strings += piece[count].kind == STRING;
			count++;
		}
		if (!is_first && is_all_strings(piece, count)) {
			frame.lines++;
		} else {
			add_pieces(&frame, reading, piece, count);
		}
		piece += count;
	}
	return frame;
}

bool same_frame(const struct reading *old, const struct line *was, const struct reading *new,
		const struct line *is)
{
	struct frame a = frame_of(old, was);
	struct frame b = frame_of(new, is);
	size_t lost = a.strings > b.strings ? a.strings - b.strings : 0;
	bool same = same_bytes((struct bytes){a.bytes, a.len}, (struct bytes){b.bytes, b.len}) &&
		    b.lines <= a.lines && a.lines - b.lines <= lost;
	free(a.bytes);
	free(b.bytes);
	return same;
}
