/* read_files: `files:` and `serial:`. */
#include "policy/fault.h"
#include "policy/kind.h"
#include "policy/layer.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- files ---- */

/* `..` leads out of the folder that the pattern is relative to. */
static bool goes_up(struct zm_str text)
{
	for (size_t start = 0; start <= text.len;) {
		size_t slash = zm_str_find(text, ZM_STR("/"), start);
		size_t end = slash == SIZE_MAX ? text.len : slash;
		if (zm_str_eq(zm_str_sub(text, start, end), ZM_STR(".."))) {
			return true;
		}
		start = end + 1;
	}
	return false;
}

static const char *glob_fault(struct zm_str text)
{
	if (text.len == 0) {
		return "it is empty";
	}
	if (memchr(text.data, '\0', text.len) != NULL) {
		return "no path holds a byte 0";
	}
	if (text.data[0] == '/' || goes_up(text)) {
		return "it is relative to this file's folder, without / at its start and without "
		       "..";
	}
	return NULL;
}

bool zm_policy_read_globs(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			  struct zm_policy_globs *globs)
{
	size_t count;
	const struct zm_yaml_node *node = zm_policy_items(value, &count);
	struct zm_policy_glob *item = zm_arena_array(r->arena, count, sizeof(*item));
	bool good = true;
	for (size_t i = 0; i < count; i++, node = node->next) {
		const char *why = glob_fault(node->text);
		if (why != NULL) {
			good = zm_policy_fail(r->faults, node->place,
					      "%s is no pattern of paths: %s",
					      zm_policy_quote(r->arena, node->text), why);
		}
		struct zm_str text = node->text;
		text = zm_str_starts(text, ZM_STR("./")) ? zm_str_sub(text, 2, text.len) : text;
		item[i] = (struct zm_policy_glob){text, r->folder, node->place};
	}
	*globs = (struct zm_policy_globs){item, count};
	return good;
}

static bool read_exclude(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_layer *layer = into;
	return zm_policy_read_globs(r, value, &layer->exclude);
}

static bool read_generated(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_layer *layer = into;
	return zm_policy_read_globs(r, value, &layer->generated);
}

static const struct zm_policy_key files_keys[] = {
	{.name = "exclude",
	 .form = "exclude: [\"*.tmpl\"]",
	 .about = "Files that are not looked at, by patterns relative to this file's folder.",
	 .read = read_exclude,
	 .shape = ZM_SHAPE_TEXTS},
	{.name = "generated",
	 .form = "generated: [\"octodns/**\"]",
	 .about = "Files that some tool writes: they are checked and not fixed.",
	 .read = read_generated,
	 .shape = ZM_SHAPE_TEXTS},
};

const struct zm_policy_keys zm_policy_files_keys = {
	"files", " in files", "files: {exclude: [\"*.tmpl\"]}", files_keys, COUNT(files_keys)};

/* ---- serial ---- */

static bool read_style(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	(void)r;
	struct zm_policy_serial *serial = into;
	serial->style_place = value->place;
	return zm_serial_style_parse(&serial->style, value->text);
}

static bool read_timezone(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_serial *serial = into;
	int64_t offset;
	serial->timezone = (struct zm_policy_text){value->text, value->place};
	return zm_policy_offset(&offset, value->text, 0) ||
	       zm_policy_fail(r->faults, value->place,
			      "timezone %s is not known here; write utc, an offset such as "
			      "\"+02:00\", or a name such as Europe/Berlin",
			      zm_policy_quote(r->arena, value->text));
}

static bool read_first(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_serial *serial = into;
	return zm_policy_read_number(r, value, &serial->first);
}

static const char *const styles[] = {"auto", "date", "epoch", "increment", "keep", NULL};

static const struct zm_policy_key serial_keys[] = {
	{.name = "style",
	 .form = "style: auto",
	 .about = "How a serial is bumped; auto finds the style that it has.",
	 .read = read_style,
	 .shape = ZM_SHAPE_WORD,
	 .word = styles},
	{.name = "timezone",
	 .form = "timezone: utc",
	 .about = "Whose day a date is: utc, an offset such as +02:00, or a name such as "
		  "Europe/Berlin.",
	 .read = read_timezone},
	{.name = "first",
	 .form = "first: 00",
	 .about = "The first number of a day, 00 or 01.",
	 .read = read_first,
	 .shape = ZM_SHAPE_NUMBER,
	 .max = 1},
};

const struct zm_policy_keys zm_policy_serial_keys = {
	"serial", " in serial", "serial: {style: auto}", serial_keys, COUNT(serial_keys)};
