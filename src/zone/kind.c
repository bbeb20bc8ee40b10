#include "zone/kind.h"

#include <string.h>

/* ---- Content ---- */

/* BIND's dns_masterrawheader_t: format and version, four bytes each, the highest first. */
enum { FORMAT_RAW = 2, FORMAT_MAP = 3, VERSION_MAX = 1, WORD = 4 };

static bool starts_with_format(struct zm_str bytes, char format)
{
	return bytes.len >= (size_t)2 * WORD && memcmp(bytes.data, "\0\0\0", WORD - 1) == 0 &&
	       bytes.data[WORD - 1] == format &&
	       memcmp(bytes.data + WORD, "\0\0\0", WORD - 1) == 0 &&
	       bytes.data[2 * WORD - 1] <= VERSION_MAX;
}

const char *zm_kind_by_content(struct zm_str bytes)
{
	if (starts_with_format(bytes, FORMAT_RAW)) {
		return "raw format, which only named reads; named-compilezone makes text of it";
	}
	if (starts_with_format(bytes, FORMAT_MAP)) {
		return "map format, which only named reads; named-compilezone makes text of it";
	}
	if (zm_str_starts(bytes, ZM_STR(";BIND LOG V9"))) {
		return "a journal of named";
	}
	return NULL;
}

/* ---- Names ---- */

static struct zm_str name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	return zm_str_from(slash == NULL ? path : slash + 1);
}

/* None of them is a top-level domain, as `.in` is. */
static bool is_template_name(struct zm_str name)
{
	static const char *const endings[] = {".j2",  ".jinja", ".jinja2",  ".erb",
					      ".tpl", ".tmpl",  ".mustache"};
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		if (zm_str_ends(name, zm_str_from(endings[i]))) {
			return true;
		}
	}
	return false;
}

const char *zm_kind_by_name(const char *path)
{
	struct zm_str name = name_of(path);
	if (zm_str_ends(name, ZM_STR(".jnl")) || zm_str_ends(name, ZM_STR(".jbk"))) {
		return "a journal of named";
	}
	if (zm_str_starts(name, ZM_STR("named.conf"))) {
		return "named's configuration, which --named-conf reads";
	}
	if (is_template_name(name)) {
		return "a template, by its name";
	}
	return NULL;
}

static const char backup[] = "a backup copy";

/* `#db.a#`: what an editor keeps of changes that were not saved. */
static const char *original_of_autosave(struct zm_arena *arena, const char *path,
					struct zm_str name)
{
	size_t folder = strlen(path) - name.len;
	return zm_arena_printf(arena, "%.*s%.*s", (int)folder, path, (int)name.len - 2,
			       name.data + 1)
		.data;
}

const char *zm_kind_original(struct zm_arena *arena, const char *path, const char **what)
{
	static const struct {
		const char *ending;
		const char *what;
	} copies[] = {
		{"~", backup},
		{".bak", backup},
		{".orig", backup},
		{".old", backup},
		{".save", backup},
		{".dpkg-old", backup},
		{".dpkg-dist", backup},
		{".rpmsave", backup},
		{".swp", "an editor's swap file"},
		{".rej", "a reject of patch"},
		{".signed", "the signed copy"},
	};
	struct zm_str name = name_of(path);
	if (name.len > 2 && name.data[0] == '#' && name.data[name.len - 1] == '#') {
		*what = "an editor's copy";
		return original_of_autosave(arena, path, name);
	}
	for (size_t i = 0; i < sizeof(copies) / sizeof(copies[0]); i++) {
		struct zm_str ending = zm_str_from(copies[i].ending);
		if (zm_str_ends(name, ending) && name.len > ending.len) {
			*what = copies[i].what;
			struct zm_str whole = zm_str_from(path);
			return zm_arena_copy(arena, zm_str_sub(whole, 0, whole.len - ending.len))
				.data;
		}
	}
	return NULL;
}
