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

static void show_number(struct page *page, const char *key, const struct zm_policy_number *number)
{
	start(page, key);
	zm_buf_printf(page->out, ": %llu", (unsigned long long)number->value);
	end(page, number->place);
}

static void show_ceilings(struct page *page, const struct zm_policy_spf *spf)
{
	static const char *const names[] = {"lookups", "void_lookups", "length", "ipv4_addresses"};
	for (size_t i = 0; i < ZM_CEILINGS; i++) {
		if (spf->ceiling[i].place.file != NULL) {
			show_number(page, names[i], &spf->ceiling[i]);
		}
	}
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
	show_ceilings(page, spf);
	page->indent -= 2;
}

/* ---- serial, files, expect ---- */

static void show_serial(struct page *page, const struct zm_policy_serial *serial)
{
	bool has_style = serial->style_place.file != NULL;
	bool has_first = serial->first.place.file != NULL;
	if (!has_style && !has_first && serial->timezone.text.data == NULL) {
		return;
	}
	start(page, "serial:");
	end_bare(page);
	page->indent += 2;
	if (has_style) {
		start(page, "style: ");
		zm_buf_add(page->out, zm_str_from(zm_serial_style_name(serial->style)));
		end(page, serial->style_place);
	}
	show_text(page, "timezone: ", &serial->timezone);
	if (has_first) {
		show_number(page, "first", &serial->first);
	}
	page->indent -= 2;
}

static void show_globs(struct page *page, const char *key, const struct zm_policy_globs *globs)
{
	if (globs->count == 0) {
		return;
	}
	start_list(page, key, globs->item[0].place, false);
	page->indent += 2;
	for (size_t i = 0; i < globs->count; i++) {
		show_name(page, globs->item[i].text, globs->item[i].place);
	}
	page->indent -= 2;
}

static void show_files(struct page *page, const struct zm_policy *policy)
{
	if (policy->exclude.count == 0 && policy->generated.count == 0) {
		return;
	}
	zm_buf_add(page->out, ZM_STR("\nfiles:\n"));
	page->indent += 2;
	show_globs(page, "exclude", &policy->exclude);
	show_globs(page, "generated", &policy->generated);
	page->indent -= 2;
}

static void show_word(struct page *page, const char *key, struct zm_str text,
		      struct zm_policy_place place)
{
	const struct zm_policy_text word = {text, place};
	show_text(page, key, &word);
}

static void show_expects(struct page *page, const struct zm_policy *policy)
{
	if (policy->expects > 0) {
		zm_buf_add(page->out, ZM_STR("\nexpect:\n"));
	}
	for (size_t i = 0; i < policy->expects; i++) {
		const struct zm_policy_expect *expect = &policy->expect[i];
		page->indent = 2;
		show_word(page, "- zone: ", expect->zone, expect->zone_place);
		page->indent = 4;
		show_word(page, "sender: ", expect->sender, expect->place);
		show_word(page, "helo: ", expect->helo, expect->place);
		show_word(page, "ip: ", expect->ip_text, expect->place);
		show_word(page, "result: ", expect->result, expect->place);
	}
	page->indent = 0;
}

/* ---- rules ---- */

static bool is_set(struct zm_policy_place place)
{
	return place.file != NULL;
}

/* A rule's severity and its settings, one a line; in an entry only what it says. */
static void show_rule(struct page *page, const struct zm_policy *policy, size_t number,
		      const struct zm_policy_view *view, bool all)
{
	const struct zm_catalogue *catalogue = policy->catalogue;
	const struct zm_policy_rule *rule = &view->rule[number];
	size_t settings = 0;
	for (size_t i = 0; i < catalogue->settings; i++) {
		settings += catalogue->setting[i].rule == number &&
			    (all || is_set(view->setting[i].place));
	}
	bool says_severity = all || is_set(rule->place);
	if (!says_severity && settings == 0) {
		return;
	}
	start(page, catalogue->name[number]);
	if (settings == 0) {
		zm_buf_printf(page->out, ": %s", zm_severity_name(rule->severity));
		end(page, rule->place);
		return;
	}
	zm_buf_add(page->out, ZM_STR(":"));
	end_bare(page);
	page->indent += 2;
	if (says_severity) {
		show_word(page, "severity: ", zm_str_from(zm_severity_name(rule->severity)),
			  rule->place);
	}
	for (size_t i = 0; i < catalogue->settings; i++) {
		if (catalogue->setting[i].rule == number &&
		    (all || is_set(view->setting[i].place))) {
			show_number(page, catalogue->setting[i].name, &view->setting[i]);
		}
	}
	page->indent -= 2;
}

static void show_rules(struct page *page, const struct zm_policy *policy,
		       const struct zm_policy_view *view, bool all)
{
	page->indent += 2;
	for (size_t i = 0; i < policy->catalogue->count; i++) {
		show_rule(page, policy, i, view, all);
	}
	page->indent -= 2;
}

/* ---- zones ---- */

/* What an entry says, as a view of which only that is set. */
static struct zm_policy_view view_of(struct zm_arena *arena, const struct zm_policy *policy,
				     const struct zm_policy_says *says)
{
	const struct zm_catalogue *catalogue = policy->catalogue;
	struct zm_policy_view view = {
		.spf = says->spf,
		.rule = zm_arena_array(arena, catalogue->count, sizeof(*view.rule)),
		.setting = zm_arena_array(arena, catalogue->settings, sizeof(*view.setting)),
		.serial = says->serial,
	};
	zm_policy_merge(&view, arena, catalogue, says, false);
	view.spf = says->spf;
	return view;
}

static void show_match(struct page *page, const struct zm_policy_entry *entry)
{
	if (entry->match == NULL) {
		return;
	}
	start_list(page, "match", entry->place, false);
	page->indent += 2;
	for (size_t i = 0; i < entry->matches; i++) {
		show_name(page, entry->match[i], entry->place);
	}
	page->indent -= 2;
}

static void show_entry(struct page *page, const struct zm_policy *policy,
		       const struct zm_policy_entry *entry)
{
	struct zm_arena arena = {0};
	struct zm_policy_view view = view_of(&arena, policy, &entry->says);
	size_t item = page->out->len;
	page->indent += 4;
	show_match(page, entry);
	show_globs(page, "file", &entry->file);
	show_text(page, "origin: ", &entry->origin);
	show_spf(page, &view.spf);
	if (entry->says.settings > 0 || entry->says.numbers > 0) {
		start(page, "rules:");
		end_bare(page);
		show_rules(page, policy, &view, false);
	}
	show_serial(page, &view.serial);
	page->indent -= 4;
	page->out->data[item + 2] = '-';
	zm_arena_release(&arena);
}

static void show_zones(struct page *page, const struct zm_policy *policy)
{
	size_t count;
	const struct zm_policy_entry *entry = zm_policy_zones_entry(policy->zones, &count);
	if (count == 0) {
		return;
	}
	zm_buf_add(page->out, ZM_STR("\nzones:\n"));
	for (size_t i = 0; i < count; i++) {
		show_entry(page, policy, &entry[i]);
	}
}

void zm_policy_show(struct zm_buf *out, const struct zm_policy *policy,
		    const struct zm_policy_view *view)
{
	struct page page = {.out = out};
	zm_buf_add(out, ZM_STR("version: 1\n"));
	show_text(&page, "description: ", &policy->description);
	show_text(&page, "url: ", &policy->url);
	show_text(&page, "server: ", &policy->server);
	if (!zm_policy_asks_nothing(&view->spf)) {
		zm_buf_add_char(out, '\n');
		show_spf(&page, &view->spf);
	}
	zm_buf_add(out, ZM_STR("\nrules:\n"));
	show_rules(&page, policy, view, true);
	size_t before = out->len;
	zm_buf_add_char(out, '\n');
	show_serial(&page, &view->serial);
	if (out->len == before + 1) {
		out->data[--out->len] = '\0';
	}
	if (view == &policy->base) {
		show_files(&page, policy);
		show_zones(&page, policy);
		show_expects(&page, policy);
	}
}
