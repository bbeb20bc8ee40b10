#include "report/show.h"

#include "report/line.h"

enum { GUTTER = 5 }; /* columns of a line number, more where it needs more */

static int width_of(size_t number)
{
	int width = 1;
	for (; number >= 10; number /= 10) {
		width++;
	}
	return width < GUTTER ? GUTTER : width;
}

/* `   14 | `, or blanks for the number. */
static void start_line(struct zm_show *show, int width, size_t number)
{
	zm_paint(&show->line, show->color, ZM_BLUE);
	if (number > 0) {
		zm_buf_printf(&show->line, "%*zu |", width, number);
	} else {
		zm_buf_printf(&show->line, "%*s |", width, "");
	}
	zm_paint(&show->line, show->color, ZM_PLAIN);
	zm_buf_add_char(&show->line, ' ');
}

void zm_show_excerpt(struct zm_show *show, const struct zm_finding *finding)
{
	struct zm_buf *line = &show->line;
	if (!zm_excerpt_make(&show->excerpt, &show->excerpter, finding)) {
		return;
	}
	size_t number = zm_source_position(finding->source, finding->at.start).line;
	int width = width_of(number);
	start_line(show, width, show->unnumbered ? 0 : number);
	zm_buf_add(line, zm_buf_str(&show->excerpt.line));
	zm_line_put(line, show->out);

	start_line(show, width, 0);
	zm_buf_add_repeat(line, ' ', show->excerpt.caret);
	zm_paint(line, show->color, ZM_GREEN);
	zm_buf_add_char(line, '^');
	zm_buf_add_repeat(line, '~', show->excerpt.width - 1);
	zm_paint(line, show->color, ZM_PLAIN);
	zm_line_put(line, show->out);
}

void zm_show_detail(struct zm_show *show, const char *label)
{
	zm_paint(&show->line, show->color, ZM_BLUE);
	zm_buf_printf(&show->line, "%*s =", GUTTER, "");
	zm_paint(&show->line, show->color, ZM_PLAIN);
	zm_buf_printf(&show->line, " %s: ", label);
}

void zm_show_release(struct zm_show *show)
{
	zm_buf_release(&show->line);
	zm_excerpt_release(&show->excerpt);
	zm_excerpter_release(&show->excerpter);
}
