#include "spf/condition.h"

#include "spf/domain.h"
#include "spf/macro.h"

/* Names are bounded, and so is a record. */
enum { TEXT_MAX = 1 << 17 };

static void add_lower(struct zm_buf *out, struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		zm_buf_add_char(out, zm_lower(text.data[i]));
	}
}

static void add_literal(struct zm_buf *out, struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		zm_buf_add(out, text.data[i] == '%' ? ZM_STR("%%") : ZM_STR(""));
		if (text.data[i] != '%') {
			zm_buf_add_char(out, zm_lower(text.data[i]));
		}
	}
}

/* What a macro of the domain alone stands for; any other stays. */
static void add_macro(struct zm_buf *out, struct zm_str macro, struct zm_str domain)
{
	struct zm_spf_values values = {.domain = domain};
	struct zm_buf text = {.max = TEXT_MAX};
	if (zm_spf_letters(macro) != zm_spf_letter('d')) {
		zm_buf_add(out, macro);
		return;
	}
	zm_spf_expand(&text, macro, &values);
	add_literal(out, zm_buf_str(&text));
	zm_buf_release(&text);
}

static void add_spec(struct zm_buf *out, struct zm_str spec, struct zm_str domain)
{
	spec = zm_spf_without_dot(spec);
	for (size_t i = 0; i < spec.len;) {
		char letter;
		struct zm_str rest = zm_str_sub(spec, i, spec.len);
		size_t macro = rest.data[0] == '%' ? zm_spf_macro_length(rest, &letter) : 0;
		if (macro > 0) {
			add_macro(out, zm_str_sub(rest, 0, macro), domain);
		} else {
			zm_buf_add_char(out, zm_lower(rest.data[0]));
		}
		i += macro > 0 ? macro : 1;
	}
}

static void add_prefixes(struct zm_buf *out, const struct zm_spf_term *term)
{
	if (zm_spf_prefix4(term) < 32) {
		zm_buf_printf(out, "/%u", zm_spf_prefix4(term));
	}
	if (zm_spf_prefix6(term) < 128) {
		zm_buf_printf(out, "//%u", zm_spf_prefix6(term));
	}
}

static struct zm_condition finish(struct zm_arena *arena, struct zm_buf *text,
				  enum zm_spf_kind kind, bool is_outside)
{
	struct zm_str copy = zm_arena_copy(arena, zm_buf_str(text));
	zm_buf_release(text);
	return (struct zm_condition){kind, copy, is_outside};
}

struct zm_str zm_condition_spec(struct zm_arena *arena, const struct zm_spf_node *node,
				const struct zm_spf_branch *branch)
{
	struct zm_buf text = {.max = TEXT_MAX};
	bool is_own = branch == NULL || branch->term->value.len == 0;
	if (is_own) {
		add_literal(&text, node->domain);
	} else {
		add_spec(&text, branch->term->value, node->domain);
	}
	struct zm_str copy = zm_arena_copy(arena, zm_buf_str(&text));
	zm_buf_release(&text);
	return copy;
}

struct zm_condition zm_condition_of_term(struct zm_arena *arena, const struct zm_spf_node *node,
					 const struct zm_spf_branch *branch)
{
	const struct zm_spf_term *term = branch->term;
	struct zm_buf text = {.max = TEXT_MAX};
	zm_buf_printf(&text, "%s:", zm_spf_kind_name(term->kind));
	zm_buf_add(&text, zm_condition_spec(arena, node, branch));
	add_prefixes(&text, term);
	return finish(arena, &text, term->kind, false);
}

struct zm_condition zm_condition_of_part(struct zm_arena *arena, const struct zm_spf_branch *branch,
					 const struct zm_spf_part *part)
{
	struct zm_buf text = {.max = TEXT_MAX};
	struct zm_str name = zm_name_text(arena, part->name);
	bool is_exists = branch->term->kind == ZM_SPF_EXISTS;
	enum zm_spf_kind kind = part->is_mx ? ZM_SPF_MX : is_exists ? ZM_SPF_EXISTS : ZM_SPF_A;
	zm_buf_printf(&text, "%s:", zm_spf_kind_name(kind));
	add_lower(&text, zm_spf_without_dot(name));
	add_prefixes(&text, branch->term);
	return finish(arena, &text, kind, true);
}

struct zm_condition zm_condition_of_record(struct zm_arena *arena, enum zm_spf_kind kind,
					   struct zm_str spec)
{
	struct zm_buf text = {.max = TEXT_MAX};
	zm_buf_printf(&text, "%s%c", zm_spf_kind_name(kind), kind == ZM_SPF_REDIRECT ? '=' : ':');
	zm_buf_add(&text, spec);
	return finish(arena, &text, kind, true);
}
