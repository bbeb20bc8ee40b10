#include "test.h"

#include "base/file.h"
#include "zone/template.h"

#include <stdio.h>
#include <unistd.h>

static void expect(bool want, const char *const *line, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool is = zm_file_is_template(zm_str_from(line[i]));
		if (is != want) {
			printf("\n[%s] is %s\n", line[i], is ? "taken for one" : "not seen as one");
		}
		CU_ASSERT_EQUAL(is, want);
	}
}

#define EXPECT(want, line) expect((want), (line), sizeof(line) / sizeof((line)[0]))

static void a_placeholder_where_a_server_reads_makes_a_template(void)
{
	static const char *const line[] = {
		"www IN A {{ ip }}",
		"@ 3600 IN SOA ns h ({{ip}} 1 2 3 4)\n",
		"@ 3600 IN SOA ns h (2024{{serial}} 1 2 3 4)\n",
		"@ 3600 IN SOA ns h ({{serial}}01 1 2 3 4)\n",
		"@ 3600 IN SOA ns h ({{ serial | int }} 1 2 3 4)\n",
		"@ 3600 IN SOA ns h {{ serial }} 1 2 3 {{ ttl }}\n",
		"{% for i in groups['hosts'] %}",
		"{%- set x = \"a\" -%}",
		"\t<%= time() %> ; serial",
		"@@ZONE@@ IN A 192.0.2.1",
		"${DOLLAR}ORIGIN example.com.",
		"@ NS ns.${var.zone}.",
		"@ IN {IP_TYPE} {DOMAIN_IP}",
		"a TXT \"quoted\" {{ ttl }}",
		"a TXT \"no end\nb A {{ ip }}",
		"a A {{ ip }} ; {{ why }}",
		"@ TXT \"v=spf1 <%= x %> -all\"",
		"@ TXT \"V=SPF1 {{ spf }} -all\"",
		"@ TXT \"v=spf1 mx\" \" ip4:${ip} -all\"",
		"a A @@IP@@",
		"a A @@IP@@ ; an address",
		"a\\\"b A {{ ip }} ; \"",
		"; a comment\nb A {{ ip }}",
		"a A 192.0.2.1\r\nb A {{ ip }}\r\n",
		"{banner}\n\n$TTL 1d\n",
		"a A 192.0.2.1\n  {zone_records}\t\r\n",
	};
	EXPECT(true, line);
}

static void what_a_zone_may_hold_makes_none(void)
{
	static const char *const line[] = {
		"",
		"a A 192.0.2.1",
		"; {{ ansible_managed }}\na A 192.0.2.1",
		"; {{{ SOA and NS records\n; }}}",
		"a TXT \"{{ ip }} ${NAME} <% x %> @@NAME@@\"",
		"a TXT \"say \\\"{{ ip }}\\\"\"",
		"a TXT \"{{\" ; }}",
		"@ SOA ns h (\n  {serial}\n 1 2 3 4)",
		"{a b}",
		"{}",
		"{x} A 192.0.2.1",
		"a TXT v=spf1 exists:%{IR}.%{LOCAL}.example",
		"$GENERATE 1-9 host-${0,3,d} A 192.0.2.$",
		"$GENERATE 1-9 host-${-1} A 192.0.2.${+5,0,n}",
		"a A {{ ip",
		"b {{\n}} c",
		"a TXT {x} {1} {A}",
		"@@ NS a@@b",
		"@ TXT \"v=spf1 exists:%{IR}.%{LOCAL} -all\"",
		"@ TXT \"not v=spf1 {{ spf }}\"",
		"a TXT ${not closed}",
		"{",
		"<",
		"@",
		"$",
		"\\",
	};
	EXPECT(false, line);
}

static void openings_without_end_cost_no_more_than_their_length(void)
{
	enum { LEN = 1 << 20 };
	static char bytes[LEN];
	for (size_t i = 0; i < LEN; i++) {
		bytes[i] = "{$"[i % 7 == 0];
	}
	CU_ASSERT_FALSE(zm_file_is_template((struct zm_str){bytes, LEN}));
}

/* The marks of the zones that a survey found to be templates, next to those that are none. */
static void real_zones_are_told_from_templates(void)
{
	static const struct {
		const char *path;
		bool is_template;
	} table[] = {
		{"zones/TheRaphael0000+bind/scouts-bevaix.ch", true},
		{"zones/wikimedia+operations-dns/templates/wikipedia.org", true},
		{"examples/i-MSCP+imscp/configs/debian/bind/parts/db.tpl", true},
		{"no-spf/D34DPlayer+Projet-Admin-II/dns/db.externe", true},
		{"examples/DNSControl+dnscontrol/commands/test_data/example.org.zone", false},
		{"zones/ocf+dns/etc/db.ocf", false},
		{"zones/andir+infra/config/servers/kack-it/zones/notmuch.email", false},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct zm_arena arena = {0};
		struct zm_error err;
		struct zm_file file;
		struct zm_str path = zm_arena_printf(&arena, "%s/../shared/corpus/real/%s",
						     zm_test_top(), table[i].path);
		if (access(path.data, F_OK) == 0) {
			CU_ASSERT(zm_file_read(&file, &arena, path.data, 0, &err));
			CU_ASSERT_EQUAL(zm_file_is_template(file.bytes), table[i].is_template);
		}
		zm_arena_release(&arena);
	}
}

static void a_placeholder_for_the_serial_alone_makes_none(void)
{
	static const char *const line[] = {
		"@ 3600 IN SOA ns h ({{serial}} 1 2 3 4)\n",
		"@ 3600 IN SOA ns h ({{ serial }};made\n 1 2 3 4)\n",
		"@ 3600 IN SOA ns h <%= serial %> 1 2 3 4\n",
		"@ 3600 IN SOA ns h (\n${serial_number}\n1 2 3 4)\n",
		"@ 3600 IN SOA ns h @@SERIAL@@ 1 2 3 4\n",
	};
	EXPECT(false, line);
}

static void a_serial_s_placeholder_is_known_by_its_name_and_marks(void)
{
	static const struct {
		const char *text;
		size_t len;
	} table[] = {
		{"@SERIAL@ 7200", 8},
		{"@@SERIAL@@", 10},
		{"%Serial%", 8},
		{"%%SERIAL%%", 10},
		{"__SERIAL__", 10},
		{"_SERIAL_", 8},
		{"__NEW_SERIAL_NO__ 1", 17},
		{"$SERIAL 1", 7},
		{"$serial$", 8},
		{"${serial}", 9},
		{"{SERIAL}", 8},
		{"#serial-1#", 10},
		{"<serial>", 8},
		{"[zone.serial]", 13},
		{"{{serial}}01", 10},
		{"{{  serial\t}}", 13},
		{"<%=serial%>", 11},
		{"SERIAL", 6},
		{"NEW_SERIAL2 1", 11},
		{"", 0},
		{"serial", 0},
		{"Serial", 0},
		{"2024010101", 0},
		{"@VERSION@", 0},
		{"@SERIAL", 0},
		{"{{ serial }", 0},
		{"{{ serial\n}}", 0},
		{"{{ f('serial') }}", 0},
		{"{{ }} serial", 0},
		{"%SERIAL", 0},
		{"@ serial @", 0},
		{"$", 0},
		{"{{", 0},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		size_t len = zm_serial_placeholder(zm_str_from(table[i].text));
		if (len != table[i].len) {
			printf("\n[%s] has %zu bytes\n", table[i].text, len);
		}
		CU_ASSERT_EQUAL(len, table[i].len);
	}
}

static const struct zm_test_case cases[] = {
	{"a placeholder where a server reads makes a template",
	 a_placeholder_where_a_server_reads_makes_a_template},
	{"what a zone may hold makes none", what_a_zone_may_hold_makes_none},
	{"a placeholder for the serial alone makes none",
	 a_placeholder_for_the_serial_alone_makes_none},
	{"a serial's placeholder is known by its name and marks",
	 a_serial_s_placeholder_is_known_by_its_name_and_marks},
	{"openings without end cost no more than their length",
	 openings_without_end_cost_no_more_than_their_length},
	{"real zones are told from templates", real_zones_are_told_from_templates},
	{NULL, NULL},
};

void test_template(void)
{
	zm_test_suite("template", cases);
}
