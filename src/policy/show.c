#include "policy/show.h"

#include "policy/layer.h"

enum { COMMENT_COLUMN = 44 };

/* A line under way: what it is indented by and where it began. */
struct page {
	struct zm_buf *out;
	size_t line; /* offset of the line's start */
	size_t indent;
};

static void start(struct page *page, const char *key)
{
	page->line = page->out->len;
	zm_buf_add_repeat(page->out, ' ', page->indent);
	zm_buf_add(page->out, zm_str_from(key));
}

static void end(struct page *page, struct zm_policy_place place)
{
	size_t used = page->out->len - page->line;
	zm_buf_add_repeat(page->out, ' ', used < COMMENT_COLUMN ? COMMENT_COLUMN - used : 2);
	if (place.file == NULL) {
		zm_buf_add(page->out, ZM_STR("# default\n"));
		return;
	}
	zm_buf_add(page->out, ZM_STR("# "));
	for (const char *c = place.file; *c != '\0'; c++) { /* a path may hold a line end */
		zm_buf_add_char(page->out, (unsigned char)*c < ' ' || *c == 0x7F ? '?' : *c);
	}
	zm_buf_printf(page->out, ":%zu\n", place.line);
}

static void end_bare(struct page *page)
{
	zm_buf_add_char(page->out, '\n');
}

static bool is_plain_byte(char c)
{
	return zm_is_alnum(c) ||
	       zm_str_find(ZM_STR("-_./=:+~?"), (struct zm_str){&c, 1}, 0) != SIZE_MAX;
}

/* Texts that YAML reads as themselves without quotes, in lists too: one word of term bytes. */
static bool is_plain(struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_plain_byte(text.data[i])) {
			return false;
		}
	}
	return text.len > 1 && text.data[0] != ':' && text.data[text.len - 1] != ':' &&
	       !zm_str_starts(text, ZM_STR("---")) && !zm_str_starts(text, ZM_STR("...")) &&
	       !zm_str_eq_nocase(text, ZM_STR("null"));
}

/* The UTF-8 character at `*at`, of a text that YAML gave and that is UTF-8 therefore. */
static uint32_t next_character(struct zm_str text, size_t *at)
{
	unsigned char lead = (unsigned char)text.data[(*at)++];
	uint32_t c = lead < 0x80   ? lead
		     : lead < 0xE0 ? lead & 0x1F
		     : lead < 0xF0 ? lead & 0x0F
				   : lead & 0x07;
	while (*at < text.len && ((unsigned char)text.data[*at] & 0xC0) == 0x80) {
		c = c << 6 | ((unsigned char)text.data[(*at)++] & 0x3F);
	}
	return c;
}

/* What may stand in quotes as it is: no control, no line or paragraph separator, no byte order
 * mark, no noncharacter. */
static bool is_printable(uint32_t c)
{
	bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
	bool is_special = c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
	return !is_control && !is_special;
}

static void add_quoted(struct zm_buf *out, struct zm_str text)
{
	zm_buf_add_char(out, '"');
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		uint32_t c = next_character(text, &at);
		if (c == '\n') {
			zm_buf_add(out, ZM_STR("\\n"));
		} else if (!is_printable(c)) {
			zm_buf_printf(out, "\\U%08x", c);
		} else {
			zm_buf_add(out, c == '"' || c == '\\' ? ZM_STR("\\") : ZM_STR(""));
			zm_buf_add(out, zm_str_sub(text, from, at));
		}
	}
	zm_buf_add_char(out, '"');
}

static void add_text(struct zm_buf *out, struct zm_str text)
{
	if (is_plain(text)) {
		zm_buf_add(out, text);
	} else {
		add_quoted(out, text);
	}
}

static void show_text(struct page *page, const char *key, const struct zm_policy_text *text)
{
	if (text->text.data == NULL) {
		return;
	}
	start(page, key);
	add_text(page->out, text->text);
	end(page, text->place);
}

static void show_name(struct page *page, struct zm_str name, struct zm_policy_place place)
{
	start(page, "- ");
	add_text(page->out, name);
	end(page, place);
}

/* The items carry their places; only an empty list has to show its own. */
static void start_list(struct page *page, const char *key, struct zm_policy_place place,
		       bool is_empty)
{
	start(page, key);
	zm_buf_add(page->out, is_empty ? ZM_STR(": []") : ZM_STR(":"));
	if (is_empty) {
		end(page, place);
	} else {
		end_bare(page);
	}
}

static void show_names(struct page *page, const struct zm_policy_names *names)
{
	if (names->place.file == NULL) {
		return;
	}
	const struct {
		bool is_set;
		struct zm_str name;
	} flags[] = {{names->apex, ZM_STR("apex")},
		     {names->mx, ZM_STR("mx")},
		     {names->hosts, ZM_STR("hosts")}};
	bool is_empty = !names->apex && !names->mx && !names->hosts && names->count == 0;
	start_list(page, "names", names->place, is_empty);
	page->indent += 2;
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if (flags[i].is_set) {
			show_name(page, flags[i].name, names->place);
		}
	}
	for (size_t i = 0; i < names->count; i++) {
		show_name(page, names->pattern[i], names->place);
	}
	page->indent -= 2;
}

static void show_patterns(struct page *page, const char *key,
			  const struct zm_policy_patterns *patterns)
{
	if (patterns->place.file == NULL) {
		return;
	}
	start_list(page, key, patterns->place, patterns->count == 0);
	page->indent += 2;
	for (size_t i = 0; i < patterns->count; i++) {
		show_name(page, patterns->item[i].pattern.text, patterns->item[i].place);
	}
	page->indent -= 2;
}

static void show_spf(struct page *page, const struct zm_policy_spf *spf)
{
	if (zm_policy_asks_nothing(spf)) {
		return;
	}
	start(page, "spf:");
	end_bare(page);
	page->indent += 2;
	show_names(page, &spf->names);
	show_patterns(page, "require", &spf->require);
	show_patterns(page, "forbid", &spf->forbid);
	show_text(page, "default: ", &spf->missing);
	show_text(page, "exactly: ", &spf->exactly);
	show_text(page, "all: ", &spf->all);
	page->indent -= 2;
}

static void show_rule(struct page *page, const char *name, const struct zm_policy_rule *rule)
{
	start(page, name);
	zm_buf_printf(page->out, ": %s", zm_severity_name(rule->severity));
	end(page, rule->place);
}

static void show_entry(struct page *page, const struct zm_policy *policy,
		       const struct zm_policy_entry *entry)
{
	start_list(page, "- match", entry->place, false);
	page->indent += 2;
	page->indent += 2;
	for (size_t i = 0; i < entry->matches; i++) {
		show_name(page, entry->match[i], entry->place);
	}
	page->indent -= 2;
	show_spf(page, &entry->says.spf);
	if (entry->says.settings > 0) {
		start(page, "rules:");
		end_bare(page);
	}
	page->indent += 2;
	for (size_t i = 0; i < entry->says.settings; i++) {
		const struct zm_policy_setting *setting = &entry->says.setting[i];
		show_rule(page, policy->catalogue->name[setting->rule], &setting->value);
	}
	page->indent -= 4;
}

static void show_zones(struct page *page, const struct zm_policy *policy)
{
	size_t count;
	const struct zm_policy_entry *entry = zm_policy_zones_entry(policy->zones, &count);
	if (count == 0) {
		return;
	}
	zm_buf_add(page->out, ZM_STR("\nzones:\n"));
	page->indent += 2;
	for (size_t i = 0; i < count; i++) {
		show_entry(page, policy, &entry[i]);
	}
	page->indent -= 2;
}

void zm_policy_show(struct zm_buf *out, const struct zm_policy *policy,
		    const struct zm_policy_view *view)
{
	struct page page = {.out = out};
	zm_buf_add(out, ZM_STR("version: 1\n"));
	show_text(&page, "description: ", &policy->description);
	show_text(&page, "url: ", &policy->url);
	if (!zm_policy_asks_nothing(&view->spf)) {
		zm_buf_add_char(out, '\n');
		show_spf(&page, &view->spf);
	}
	zm_buf_add(out, ZM_STR("\nrules:\n"));
	page.indent = 2;
	for (size_t i = 0; i < policy->catalogue->count; i++) {
		show_rule(&page, policy->catalogue->name[i], &view->rule[i]);
	}
	page.indent = 0;
	if (view == &policy->base) {
		show_zones(&page, policy);
	}
}
