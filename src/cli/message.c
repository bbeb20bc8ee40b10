#include "cli/message.h"

#include "base/arena.h"
#include "cli/progress.h"
#include "report/escape.h"

#include <stdio.h>

void zm_say(const char *format, ...)
{
	struct zm_arena arena = {0};
	struct zm_buf line = {0};
	va_list args;
	va_start(args, format);
	struct zm_str text = zm_arena_vprintf(&arena, format, args);
	va_end(args);
	zm_buf_add(&line, ZM_STR("zonemend: "));
	zm_escape(&line, text);
	zm_buf_add_char(&line, '\n');
	fflush(stdout); /* so that the two streams of one terminal keep their order */
	zm_progress_hide();
	fwrite(line.data, 1, line.len, stderr);
	zm_progress_show();
	zm_buf_release(&line);
	zm_arena_release(&arena);
}
