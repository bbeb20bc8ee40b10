#include "zone/differ.h"

/* The bit of each in zm_walk.noted is its number. */
enum difference {
	GENERATE,
	DATE,
	RELATIVE_ORIGIN,
	UNIT_TTL,
	CLASS_NUMBER,
	QUOTED_OWNER,
	QUOTED_DIRECTIVE,
	BLANK_OWNER,
	PAREN_BEFORE_TYPE,
	NESTED_PARENS,
	TOUCHING_STRINGS,
	POWERDNS_TYPE,
	DIFFERENCES
};

static const char *const messages[DIFFERENCES] = {
	[GENERATE] = "$GENERATE is known to BIND and PowerDNS, not to NSD and Knot",
	[DATE] = "$DATE is known to BIND only",
	[RELATIVE_ORIGIN] = "$ORIGIN without a final dot is an error to NSD and Knot",
	[UNIT_TTL] = "a TTL of several units is an error to PowerDNS: write seconds",
	[CLASS_NUMBER] = "a class written as CLASSnnn is an error to Knot and PowerDNS: write IN",
	[QUOTED_OWNER] = "an owner in quotes is an error to Knot",
	[QUOTED_DIRECTIVE] = "the name of a directive in quotes is one to BIND and not to NSD",
	[BLANK_OWNER] = "an escaped blank in an owner is an error to PowerDNS",
	[PAREN_BEFORE_TYPE] = "a parenthesis before the type is an error to NSD, Knot and PowerDNS",
	[NESTED_PARENS] = "a parenthesis inside parentheses is an error to NSD and Knot",
	[TOUCHING_STRINGS] = "strings without a blank between them are an error to Knot",
	[POWERDNS_TYPE] = "a type of PowerDNS's own: BIND, NSD and Knot refuse the zone",
};

static void note(struct zm_walk *walk, enum difference difference, struct zm_span at)
{
	uint32_t bit = UINT32_C(1) << difference;
	if ((walk->noted & bit) == 0) {
		walk->noted |= bit;
		zm_walk_add_fault(walk,
				  (struct zm_fault){.kind = ZM_FAULT_SERVERS_DIFFER,
						    .at = at,
						    .once = bit,
						    .message = zm_str_from(messages[difference])});
	}
}

/* `1h30m`: a letter with a digit behind it. */
static bool has_several_units(struct zm_str ttl)
{
	for (size_t i = 0; i + 1 < ttl.len; i++) {
		if (zm_is_alpha(ttl.data[i]) && zm_is_digit(ttl.data[i + 1])) {
			return true;
		}
	}
	return false;
}

static bool has_escaped_blank(struct zm_str owner)
{
	return zm_str_find(owner, ZM_STR("\\ "), 0) != SIZE_MAX ||
	       zm_str_find(owner, ZM_STR("\\032"), 0) != SIZE_MAX;
}

static void check_words(struct zm_walk *walk, const struct zm_entry *entry,
			const struct zm_head *head)
{
	if (head->ttl_token != SIZE_MAX &&
	    has_several_units(zm_walk_word(walk, entry, head->ttl_token))) {
		note(walk, UNIT_TTL, zm_entry_span(entry, head->ttl_token));
	}
	if (head->class_token != SIZE_MAX &&
	    zm_str_starts_nocase(zm_walk_word(walk, entry, head->class_token), ZM_STR("CLASS"))) {
		note(walk, CLASS_NUMBER, zm_entry_span(entry, head->class_token));
	}
	if (head->owner != SIZE_MAX && entry->token[head->owner].kind == ZM_QUOTED) {
		note(walk, QUOTED_OWNER, zm_entry_span(entry, head->owner));
	}
	if (head->owner != SIZE_MAX && has_escaped_blank(zm_walk_word(walk, entry, head->owner))) {
		note(walk, BLANK_OWNER, zm_entry_span(entry, head->owner));
	}
	if (head->type == ZM_TYPE_ALIAS || head->type == ZM_TYPE_LUA) {
		note(walk, POWERDNS_TYPE, zm_entry_span(entry, head->type_token));
	}
}

static bool touches(const struct zm_entry *entry, size_t i)
{
	return entry->token[i].kind == ZM_QUOTED && entry->token[i - 1].kind == ZM_QUOTED;
}

void zm_differ_record(struct zm_walk *walk, const struct zm_entry *entry,
		      const struct zm_head *head)
{
	size_t depth = 0;
	if (zm_walk_file(walk)->generation != NULL) {
		return; /* its lines are nobody's writing */
	}
	check_words(walk, entry, head);
	for (size_t i = 0; i < entry->count; i++) {
		enum zm_token_kind kind = entry->token[i].kind;
		depth += kind == ZM_OPEN;
		depth -= kind == ZM_CLOSE && depth > 0;
		if (kind == ZM_OPEN && i < head->type_token) {
			note(walk, PAREN_BEFORE_TYPE, zm_entry_span(entry, i));
		}
		if (kind == ZM_OPEN && depth > 1) {
			note(walk, NESTED_PARENS, zm_entry_span(entry, i));
		}
		if (i > head->type_token + 1 && touches(entry, i)) {
			note(walk, TOUCHING_STRINGS, zm_entry_span(entry, i));
		}
	}
}

void zm_differ_directive(struct zm_walk *walk, const struct zm_entry *entry, size_t first,
			 size_t argument)
{
	struct zm_str name = zm_walk_word(walk, entry, first);
	if (entry->token[first].kind == ZM_QUOTED) {
		note(walk, QUOTED_DIRECTIVE, zm_entry_span(entry, first));
	}
	if (zm_str_eq_nocase(name, ZM_STR("$GENERATE"))) {
		note(walk, GENERATE, zm_entry_span(entry, first));
	} else if (zm_str_eq_nocase(name, ZM_STR("$DATE"))) {
		note(walk, DATE, zm_entry_span(entry, first));
	} else if (zm_str_eq_nocase(name, ZM_STR("$ORIGIN")) &&
		   !zm_str_ends(zm_walk_word(walk, entry, argument), ZM_STR("."))) {
		note(walk, RELATIVE_ORIGIN, zm_entry_span(entry, argument));
	}
}
