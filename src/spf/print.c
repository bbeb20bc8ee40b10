#include "spf/print.h"

#include "base/name.h"
#include "spf/domain.h"

size_t zm_spf_cut(struct zm_str text, size_t from)
{
	if (text.len - from <= ZM_STRING_MAX) {
		return text.len;
	}
	for (size_t at = from + ZM_STRING_MAX; at > from; at--) {
		if (text.data[at - 1] == ' ') {
			return at;
		}
	}
	return from + ZM_STRING_MAX;
}

static void add_lower(struct zm_buf *out, struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		zm_buf_add_char(out, zm_lower(text.data[i]));
	}
}

/* A capital macro letter escapes what it stands for (RFC 7208 7.3), so macros stay as they are. */
static void add_domain(struct zm_buf *out, struct zm_str domain)
{
	for (size_t i = 0; i < domain.len;) {
		char letter;
		struct zm_str rest = zm_str_sub(domain, i, domain.len);
		size_t macro = rest.data[0] == '%' ? zm_spf_macro_length(rest, &letter) : 0;
		if (macro == 0) {
			zm_buf_add_char(out, zm_lower(rest.data[0]));
			i++;
			continue;
		}
		zm_buf_add(out, zm_str_sub(rest, 0, macro));
		i += macro;
	}
}

static void add_network(struct zm_buf *out, const struct zm_spf_term *term)
{
	struct zm_ip_text text;
	unsigned prefix = zm_spf_prefix(term);
	zm_buf_add_char(out, ':');
	zm_buf_add(out, zm_ip_print(&text, zm_ip_network(term->ip, prefix)));
	if (prefix < zm_ip_bits(term->ip)) {
		zm_buf_printf(out, "/%u", prefix);
	}
}

static void add_target(struct zm_buf *out, const struct zm_spf_term *term)
{
	if (term->value.len > 0) {
		zm_buf_add_char(out, ':');
		add_domain(out, zm_spf_without_dot(term->value));
	}
	if (zm_spf_prefix4(term) < 32) {
		zm_buf_printf(out, "/%u", zm_spf_prefix4(term));
	}
	if (zm_spf_prefix6(term) < 128) {
		zm_buf_printf(out, "//%u", zm_spf_prefix6(term));
	}
}

static void add_mechanism(struct zm_buf *out, const struct zm_spf_term *term)
{
	if (term->qualifier != '+') {
		zm_buf_add_char(out, term->qualifier);
	}
	zm_buf_add(out, zm_str_from(zm_spf_kind_name(term->kind)));
	if (term->kind == ZM_SPF_IP4 || term->kind == ZM_SPF_IP6) {
		add_network(out, term);
	} else {
		add_target(out, term);
	}
}

static void add_modifier(struct zm_buf *out, const struct zm_spf_term *term)
{
	size_t start = term->name_at.start - term->at.start;
	size_t end = term->name_at.end - term->at.start;
	add_lower(out, zm_str_sub(term->text, start, end));
	zm_buf_add_char(out, '=');
	if (term->kind == ZM_SPF_OTHER_MODIFIER) {
		zm_buf_add(out, term->value); /* what it means, nobody has said */
	} else {
		add_domain(out, zm_spf_without_dot(term->value));
	}
}

void zm_spf_print_term(struct zm_buf *out, const struct zm_spf_term *term)
{
	if (!zm_spf_is_sound(term)) {
		zm_buf_add(out, term->text);
	} else if (zm_spf_is_modifier(term)) {
		add_modifier(out, term);
	} else {
		add_mechanism(out, term);
	}
}

static void add_terms(struct zm_buf *out, const struct zm_spf_record *record, bool modifiers)
{
	for (size_t i = 0; i < record->count; i++) {
		if (zm_spf_is_modifier(&record->term[i]) == modifiers) {
			zm_buf_add_char(out, ' ');
			zm_spf_print_term(out, &record->term[i]);
		}
	}
}

void zm_spf_print(struct zm_buf *out, const struct zm_spf_record *record)
{
	zm_buf_add(out, ZM_STR("v=spf1"));
	add_terms(out, record, false);
	add_terms(out, record, true);
}
