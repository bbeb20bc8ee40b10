#include "zone/origin.h"

#include "zone/discover.h"

#include <string.h>

static struct zm_str word_text(const struct zm_origin_search *search, const struct zm_entry *entry,
			       size_t i)
{
	return zm_entry_text(entry, i, search->bytes);
}

static bool parse(const struct zm_origin_search *search, struct zm_name_buf *out,
		  struct zm_str text)
{
	struct zm_name origin = {0};
	const char *why;
	if (search->has_origin) {
		origin = zm_name_of(&search->origin);
	}
	return zm_name_parse(out, text, origin, &why);
}

/* True when the search is over: an $INCLUDE may hold the SOA, whose apex is then the origin in
 * force. */
static bool read_directive(struct zm_origin_search *search, const struct zm_entry *entry,
			   size_t first)
{
	struct zm_str word = word_text(search, entry, first);
	size_t argument = zm_entry_word(entry, first + 1);
	if (argument != SIZE_MAX && zm_str_eq_nocase(word, ZM_STR("$ORIGIN"))) {
		struct zm_name_buf name;
		if (parse(search, &name, word_text(search, entry, argument))) {
			search->origin = name;
			search->has_origin = true;
		}
	}
	if (search->has_origin && !search->has_owner &&
	    zm_str_eq_nocase(word, ZM_STR("$INCLUDE"))) {
		search->owner = search->origin;
		search->has_owner = true;
		return true;
	}
	return false;
}

/* True when the entry is the SOA. */
static bool read_record(struct zm_origin_search *search, const struct zm_entry *entry,
			const struct zm_head *head)
{
	if (head->owner != SIZE_MAX) {
		search->has_owner =
			parse(search, &search->owner, word_text(search, entry, head->owner));
	}
	search->met_soa = head->kind == ZM_ENTRY_RECORD && head->type == ZM_TYPE_SOA;
	return search->met_soa;
}

void zm_origin_search_on(struct zm_origin_search *search, const struct zm_entry *entry,
			 const struct zm_head *head)
{
	if (search->is_over) {
		return;
	}
	if (head->kind == ZM_ENTRY_DIRECTIVE) {
		search->is_over = read_directive(search, entry, head->first);
	} else if (head->kind != ZM_ENTRY_BLANK) {
		search->is_over = read_record(search, entry, head);
	}
}

bool zm_origin_search_end(const struct zm_origin_search *search, struct zm_name_buf *out)
{
	bool found = search->is_over && search->has_owner;
	if (found) {
		*out = search->owner;
	}
	return found;
}

static bool from_content(struct zm_origin_search *search, struct zm_name_buf *out)
{
	struct zm_scan scan = zm_scan_start(search->bytes);
	struct zm_entry entry;
	while (!search->is_over && zm_scan_next(&scan, &entry)) {
		struct zm_head head;
		zm_head_read(&head, &entry, search->bytes);
		zm_origin_search_on(search, &entry, &head);
	}
	zm_scan_release(&scan);
	return zm_origin_search_end(search, out);
}

static struct zm_str last_part(struct zm_str path)
{
	size_t start = path.len;
	while (start > 0 && path.data[start - 1] != '/') {
		start--;
	}
	return zm_str_sub(path, start, path.len);
}

/* What named writes beside a zone is named after the zone's own file. */
static void strip_kind(struct zm_str *name)
{
	static const struct zm_str kinds[] = {{".jbk", 4}, {".signed", 7}};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (zm_str_ends(*name, kinds[i])) {
			*name = zm_str_sub(*name, 0, name->len - kinds[i].len);
		}
	}
}

static bool strip_affix(struct zm_str *name)
{
	static const char *const suffixes[] = {".zone", ".db", ".dns", ".hosts"};
	static const char *const prefixes[] = {"db.", "zone."};
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		struct zm_str suffix = zm_str_from(suffixes[i]);
		if (zm_str_ends(*name, suffix) && name->len > suffix.len) {
			*name = zm_str_sub(*name, 0, name->len - suffix.len);
			return true;
		}
	}
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		struct zm_str prefix = zm_str_from(prefixes[i]);
		if (zm_str_starts(*name, prefix) && name->len > prefix.len) {
			*name = zm_str_sub(*name, prefix.len, name->len);
			return true;
		}
	}
	return false;
}

/* `zones.txt` is no domain, however much it looks like one. */
static bool is_file_ending(struct zm_str name)
{
	static const char *const endings[] = {
		".txt",  ".tsv", ".csv", ".bak", ".old", ".orig",   ".conf",       ".cfg",
		".tmpl", ".tpl", ".j2",  ".erb", ".in",  ".inc",    ".md",         ".json",
		".yaml", ".yml", ".key", ".raw", ".jnl", ".master", ".local-zone", ".include",
	};
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		if (zm_str_ends(name, zm_str_from(endings[i]))) {
			return true;
		}
	}
	return false;
}

static bool is_host_name(struct zm_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.data[i];
		if (!zm_is_alnum(c) && c != '-' && c != '_' && c != '.') {
			return false;
		}
	}
	return name.len > 0;
}

bool zm_origin_from_file_name(struct zm_name_buf *out, struct zm_str path)
{
	const char *why;
	struct zm_str name = last_part(path);
	strip_kind(&name);
	bool stripped = strip_affix(&name);
	bool has_dot = name.len > 0 && memchr(name.data, '.', name.len) != NULL;
	if (!is_host_name(name) || is_file_ending(name) || (!stripped && !has_dot)) {
		return false;
	}
	return zm_name_from_domain(out, name, &why);
}

bool zm_origin_from_content(struct zm_name_buf *out, struct zm_str bytes)
{
	struct zm_origin_search search = {.bytes = bytes};
	return from_content(&search, out);
}

enum zm_origin_from zm_origin_find(struct zm_name_buf *out, const struct zm_source *source,
				   const struct zm_load_options *options)
{
	struct zm_origin_search search = {.bytes = source->bytes};
	if (from_content(&search, out)) {
		return ZM_ORIGIN_CONTENT;
	}
	if (!search.met_soa && zm_included_apex(out, source, options)) {
		return ZM_ORIGIN_CONTENT;
	}
	if (zm_origin_from_file_name(out, zm_str_from(source->name))) {
		return ZM_ORIGIN_FILE_NAME;
	}
	return ZM_ORIGIN_UNKNOWN;
}
