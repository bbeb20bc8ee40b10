#include "zone/head.h"

#include "zone/types.h"

size_t zm_entry_word(const struct zm_entry *entry, size_t from)
{
	for (size_t i = from; i < entry->count; i++) {
		if (entry->token[i].kind == ZM_WORD || entry->token[i].kind == ZM_QUOTED) {
			return i;
		}
	}
	return SIZE_MAX;
}

static struct zm_str token_text(const struct zm_entry *entry, size_t i, struct zm_str bytes)
{
	return zm_str_sub(bytes, entry->token[i].start, entry->token[i].end);
}

struct zm_str zm_entry_text(const struct zm_entry *entry, size_t i, struct zm_str bytes)
{
	struct zm_str text = token_text(entry, i, bytes);
	bool is_quoted = entry->token[i].kind == ZM_QUOTED && text.len >= 2;
	return is_quoted ? zm_str_sub(text, 1, text.len - 1) : text;
}

static void blame(struct zm_head *head, const char *why, size_t token)
{
	head->kind = ZM_ENTRY_BROKEN;
	head->why = why;
	head->bad = token;
}

/* Each step reads one word where it is of its kind and moves on; false where the words have ended.
 */
static bool read_class(struct zm_head *head, const struct zm_entry *entry, struct zm_str bytes,
		       size_t *at)
{
	if (*at != SIZE_MAX && head->class_token == SIZE_MAX &&
	    zm_class_parse(&head->class, token_text(entry, *at, bytes))) {
		head->class_token = *at;
		*at = zm_entry_word(entry, *at + 1);
	}
	return *at != SIZE_MAX;
}

static bool read_ttl(struct zm_head *head, const struct zm_entry *entry, struct zm_str bytes,
		     size_t *at)
{
	if (*at != SIZE_MAX && zm_ttl_parse(&head->ttl, token_text(entry, *at, bytes))) {
		head->ttl_token = *at;
		*at = zm_entry_word(entry, *at + 1);
	}
	return *at != SIZE_MAX;
}

/* RFC 1035 5.1: [TTL] [class] type, or [class] [TTL] type. */
static void read_record(struct zm_head *head, const struct zm_entry *entry, struct zm_str bytes)
{
	size_t at = head->owner == SIZE_MAX ? head->first : zm_entry_word(entry, head->first + 1);
	bool more = read_class(head, entry, bytes, &at) && read_ttl(head, entry, bytes, &at) &&
		    read_class(head, entry, bytes, &at);
	if (!more) {
		blame(head, "record without a type", head->first);
		return;
	}
	head->type_token = at;
	if (!zm_type_parse(&head->type, token_text(entry, at, bytes))) {
		blame(head, "unknown record type", at);
	} else if (zm_type_is_meta(head->type)) {
		blame(head, "type that may not stand in a zone", at);
	} else if (head->class != ZM_CLASS_IN) {
		blame(head, "class other than IN", head->class_token);
	}
}

void zm_head_read(struct zm_head *head, const struct zm_entry *entry, struct zm_str bytes)
{
	*head = (struct zm_head){
		.first = zm_entry_word(entry, 0),
		.owner = SIZE_MAX,
		.ttl_token = SIZE_MAX,
		.class_token = SIZE_MAX,
		.type_token = SIZE_MAX,
		.class = ZM_CLASS_IN,
	};
	if (head->first == SIZE_MAX) {
		head->kind = ZM_ENTRY_BLANK;
		return;
	}
	bool inherits = entry->token[0].kind == ZM_SPACE;
	struct zm_str first = zm_entry_text(entry, head->first, bytes);
	if (!inherits && zm_str_starts(first, ZM_STR("$"))) { /* to named also in quotes */
		head->kind = ZM_ENTRY_DIRECTIVE;
		return;
	}
	head->kind = ZM_ENTRY_RECORD;
	if (!inherits) {
		head->owner = head->first;
	}
	read_record(head, entry, bytes);
}
