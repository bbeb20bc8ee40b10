#include "cli/words.h"

#include "report/json_list.h"

#include <string.h>

#define BLANKS " \t\r\n"

static bool add(void *context, struct zm_arena *arena, struct zm_str word, struct zm_error *err)
{
	struct zm_words *words = context;
	if (words->count == ZM_WORDS_MAX) {
		return zm_error_set(err, "has more than %d words", ZM_WORDS_MAX);
	}
	words->word[words->count++] = zm_arena_copy(arena, word).data;
	return true;
}

bool zm_words_split(struct zm_words *words, struct zm_arena *arena, const char *text,
		    struct zm_error *err)
{
	words->count = 0;
	text += strspn(text, BLANKS);
	if (text[0] == '[') {
		return zm_json_each_text(arena, text, add, words, err);
	}
	while (*text != '\0') {
		size_t len = strcspn(text, BLANKS);
		if (!add(words, arena, (struct zm_str){text, len}, err)) {
			return false;
		}
		text += len;
		text += strspn(text, BLANKS);
	}
	return true;
}
