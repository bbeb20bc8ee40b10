#include "lintkit.h"
#include "test.h"

/* What the pages of the rules do not show: near misses, which stay silent, and broken terms that
 * are nobody's to mend. */

#define TXT(text)          "@ TXT \"v=spf1 " text "\"\n"
#define FIXED(text)        "  example.com. = v=spf1 " text "\n"
#define CHECK(rule, cases) zm_kit_check(rule, cases, sizeof(cases) / sizeof((cases)[0]))

#define NO_SPF "v=spf1 is not followed by a space: receivers see no SPF record\n"

static const struct zm_kit_case glued[] = {
	{.zone = "@ TXT \"v=spf1 -all\"\n", .want = ""},
	{.zone = "@ TXT \"v=spf1\"\n", .want = ""},
	{.zone = "@ TXT \"v=spf10 -all\"\n", .want = ""},
	{.zone = "@ TXT \"v=spf1.1 mx -all\"\n", .want = ""},
	{.zone = "@ TXT \"v=spf1x=y\"\n", .want = ""},
	{.zone = "@ TXT \"v=spf1-extended mx\"\n", .want = ""},
	{.zone = "@ TXT \"v=spf1\\009mx -all\"\n", .want = ""},
	{.zone = "@ TXT \"v=spf1\" \"mx -all\"\n", .want = ""},
	{.zone = "@ TXT v=spf1 mx -all\n", .want = ""},
	{.zone = "@ TXT \"v=spf1\" \"mx\\; -all\"\n", .want = NO_SPF},
	{.zone = "@ TXT \"v=spf1-all\"\n",
	 .want = NO_SPF "  repair: insert the missing space\n" FIXED("-all")},
	{.zone = "@ TXT \"V=SPF1mx/24 -all\"\n",
	 .want = NO_SPF "  repair: insert the missing space\n"
			"  example.com. = V=SPF1 mx/24 -all\n"},
	{.zone = "@ TXT \"v=spf1include:x.ex\" \"ample -all\"\n",
	 .want = NO_SPF "  repair: insert the missing space\n" FIXED("include:x.example -all")},
	{.zone = "@ TXT \" v=spf1:mx -all\"\n",
	 .want = NO_SPF "  repair: remove \":\"\n" FIXED("mx -all")},
	{.zone = "@ TXT \"v=spf1, \"\n", .want = NO_SPF "  repair: remove \",\"\n" FIXED("")},
	{.zone = "@ TXT \"v=spf1,a,mx\"\n", .want = NO_SPF},
	{.zone = "@ TXT \"v=spf1mx foo:bar -all\"\n", .want = NO_SPF},
	{.zone = "@ TXT \"v=spf1mx +all\"\n", .want = NO_SPF},
};

static void a_version_is_glued_to_a_term_only(void)
{
	CHECK("version-glued", glued);
}

static const struct zm_kit_case unknown[] = {
	{.zone = TXT("a mx -all"), .want = ""},
	{.zone = TXT("foo=bar -all"), .want = ""},
	{.zone = TXT("mx -alll"),
	 .want = "\"alll\" is no mechanism (permerror)\n"
		 "  repair: write -all\n" FIXED("mx -all")},
	{.zone = TXT("incldue:x.example -all"),
	 .want = "\"incldue\" is no mechanism (permerror)\n"
		 "  repair: write include:x.example\n" FIXED("include:x.example -all")},
	/* An `all` that lets every sender pass is no repair. */
	{.zone = TXT("alll"), .want = "\"alll\" is no mechanism (permerror)\n"},
	/* What let strangers pass by mistake is never guessed, nor what has two letters. */
	{.zone = TXT("x -all"), .want = "\"x\" is no mechanism (permerror)\n"},
	{.zone = TXT("m -all"), .want = "\"m\" is no mechanism (permerror)\n"},
	{.zone = TXT("ax -all"), .want = "\"ax\" is no mechanism (permerror)\n"},
	{.zone = TXT("x:foo.org -all"), .want = "\"x\" is no mechanism (permerror)\n"},
	{.zone = TXT("mxx:x.example -all"), .want = "\"mxx\" is no mechanism (permerror)\n"},
	{.zone = TXT("~PRT:x.example -all"), .want = "\"PRT\" is no mechanism (permerror)\n"},
	{.zone = TXT("-al"), .want = "\"al\" is no mechanism (permerror)\n"},
	/* As near to ip4 as to ip6. */
	{.zone = TXT("ip:x.example -all"), .want = "\"ip\" is no mechanism (permerror)\n"},
	/* A slip to exp, which takes no colon. */
	{.zone = TXT("ex:x.example -all"), .want = "\"ex\" is no mechanism (permerror)\n"},
	/* A host's name; a letter that is next to `a`; a word. */
	{.zone = TXT("mx1 -all"), .want = "\"mx1\" is no mechanism (permerror)\n"},
	{.zone = TXT("b:x.example -all"), .want = "\"b\" is no mechanism (permerror)\n"},
	{.zone = TXT("-mail"), .want = "\"mail\" is no mechanism (permerror)\n"},
	/* The value is wrong too. */
	{.zone = TXT("includ:x -all"), .want = "\"includ\" is no mechanism (permerror)\n"},
	{.zone = TXT("mx(x) -all"),
	 .want = "\"mx(x)\" is no term, \"(\" may not stand there (permerror)\n"},
};

static void an_unknown_mechanism_is_mended_when_one_is_near(void)
{
	CHECK("unknown-mechanism", unknown);
}

static const struct zm_kit_case keyword[] = {
	{.zone = TXT("ip4:192.0.2.1 ip6:2001:db8::1 -all"), .want = ""},
	{.zone = TXT("foo:192.0.2.1 -all"), .want = ""},
	{.zone = TXT("ipv6:192.0.2.1/24 -all"),
	 .want = "\"ipv6\" is no mechanism, this address takes ip4 (permerror)\n"
		 "  repair: write ip4:192.0.2.1/24\n" FIXED("ip4:192.0.2.1/24 -all")},
	{.zone = TXT("ipv4:192.0.2.1/33 -all"),
	 .want = "\"ipv4\" is no mechanism, this address takes ip4 (permerror)\n"},
};

static void a_keyword_is_that_of_the_address(void)
{
	CHECK("ip-keyword-typo", keyword);
}

#define IGNORED(head) "\"" head "\" is read as a modifier that nobody knows, and silently ignored\n"

static const struct zm_kit_case modifier[] = {
	{.zone = TXT("redirect=x.example exp=x.example"), .want = ""},
	{.zone = TXT("ra=postmaster rp=100 default=deny -all"), .want = ""},
	{.zone = TXT("ip=yes -all"), .want = ""},
	{.zone = TXT("Include=x.example -all"),
	 .want = IGNORED("Include=") "  repair: write Include:x.example\n" FIXED(
		 "Include:x.example -all")},
	{.zone = TXT("ip=2001:db8::1 -all"),
	 .want = IGNORED("ip=") "  repair: write ip6:2001:db8::1\n" FIXED("ip6:2001:db8::1 -all")},
	{.zone = TXT("ip4=2001:db8::1 -all"), .want = IGNORED("ip4=")},
	{.zone = TXT("mx= a=x -all"), .want = IGNORED("mx=") IGNORED("a=")},
	{.zone = TXT("~include=x.example -all"),
	 .want = "\"~include=\" is read as a modifier with a qualifier (permerror)\n"
		 "  repair: write ~include:x.example\n" FIXED("~include:x.example -all")},
};

static void a_mechanism_with_an_equals_sign_takes_a_colon(void)
{
	CHECK("mechanism-as-modifier", modifier);
}

#define TAKES_EQUALS(name) name " takes \"=\", with \":\" it is no mechanism (permerror)\n"

static const struct zm_kit_case mechanism[] = {
	{.zone = TXT("-Redirect:x.example"),
	 .want = TAKES_EQUALS("redirect") "  repair: write redirect=x.example\n" FIXED(
		 "redirect=x.example")},
	{.zone = TXT("exp:x -all"), .want = TAKES_EQUALS("exp")},
	/* A second one would be a permerror again. */
	{.zone = TXT("redirect:x.example redirect=y.example"), .want = TAKES_EQUALS("redirect")},
};

static void a_modifier_with_a_colon_takes_an_equals_sign(void)
{
	CHECK("modifier-as-mechanism", mechanism);
}

static const struct zm_kit_case qualified[] = {
	{.zone = TXT("-exp=x.example -all"),
	 .want = "exp= is a modifier and takes no qualifier (permerror)\n"
		 "  repair: write exp=x.example\n" FIXED("exp=x.example -all")},
	{.zone = TXT("~redirect=x.example redirect=x.example"),
	 .want = "redirect= is a modifier and takes no qualifier (permerror)\n"},
	/* Without the qualifier it would be ignored, which nobody can have meant. */
	{.zone = TXT("-foo=x.example -all"),
	 .want = "foo= is a modifier and takes no qualifier (permerror)\n"},
};

static void a_qualifier_goes_where_the_modifier_counts(void)
{
	CHECK("qualified-modifier", qualified);
}

static const struct zm_kit_case space[] = {
	{.zone = TXT("a:x-all.example include:mx-a.example include:x.example-all -all"),
	 .want = ""},
	{.zone = TXT("ip4:192.0.2.1 ~all"), .want = ""},
	{.zone = TXT("ip6:2001:db8::a -all"), .want = ""},
	{.zone = TXT("ip4:192.0.2.1-192.0.2.9 -all"), .want = ""},
	{.zone = TXT("ip4:192.0.2.1ip4:192.0.2.2include:x.example~all"),
	 .want = "no space before ip4:192.0.2.2 (permerror)\n"
		 "  repair: insert the missing spaces\n" FIXED(
			 "ip4:192.0.2.1 ip4:192.0.2.2 include:x.example ~all")},
	{.zone = TXT("a/24mx:x.example?all"),
	 .want = "no space before mx:x.example (permerror)\n"
		 "  repair: insert the missing spaces\n" FIXED("a/24 mx:x.example ?all")},
	{.zone = TXT("ip4:192.0.2.1redirect=x.example"),
	 .want = "no space before redirect=x.example (permerror)\n"
		 "  repair: insert the missing space\n" FIXED("ip4:192.0.2.1 redirect=x.example")},
	{.zone = TXT("mxinclude:x.example -all"),
	 .want = "no space before include:x.example (permerror)\n"
		 "  repair: insert the missing space\n" FIXED("mx include:x.example -all")},
	/* A letter too many is as likely. */
	{.zone = TXT("ainclude:x.example -all"),
	 .want = "no space before include:x.example (permerror)\n"},
	/* Which of the two was meant? */
	{.zone = TXT("~all-all"), .want = "no space before -all (permerror)\n"},
	{.zone = TXT("-allmx:x.example"), .want = "no space before mx:x.example (permerror)\n"},
	{.zone = TXT("mx+all"), .want = "no space before +all (permerror)\n"},
	/* The seam of two strings is lossy-string-split's, but not one elsewhere in the term. */
	{.zone = "@ TXT \"v=spf1 mx\" \"include:x.example -all\"\n", .want = ""},
	{.zone = "@ TXT \"v=spf1 mxinc\" \"lude:x.example -all\"\n",
	 .want = "no space before include:x.example (permerror)\n"
		 "  repair: insert the missing space\n" FIXED("mx include:x.example -all")},
};

static void terms_are_parted_where_there_is_one_way(void)
{
	CHECK("missing-space", space);
}

static const struct zm_kit_case punctuation[] = {
	{.zone = TXT("include:x.example. -all"), .want = ""},
	{.zone = TXT("mx ~all\\;\\;"),
	 .want = "~all ends in \";;\" (permerror)\n"
		 "  repair: write ~all\n" FIXED("mx ~all")},
	{.zone = TXT("mx -all\\\""),
	 .want = "-all ends in '\"' (permerror)\n"
		 "  repair: write -all\n" FIXED("mx -all")},
	{.zone = TXT("mx -all\\\\"),
	 .want = "-all ends in \"\\\" (permerror)\n"
		 "  repair: write -all\n" FIXED("mx -all")},
	{.zone = TXT("redirect=x.example,"),
	 .want = "redirect=x.example ends in \",\" (permerror)\n"
		 "  repair: write redirect=x.example\n" FIXED("redirect=x.example")},
	{.zone = TXT("mx \\; a \\;"),
	 .want = "\";\" stands where a term belongs (permerror)\n"
		 "  repair: remove \";\"\n" FIXED(
			 "mx a ;") "\";\" stands where a term belongs (permerror)\n"
				   "  repair: remove \";\"\n" FIXED("mx ; a")},
	{.zone = TXT("mx all\\;"), .want = "all ends in \";\" (permerror)\n"},
	/* The term is no better without. */
	{.zone = TXT("includ:x.example, -all"), .want = ""},
	{.zone = TXT("include:\\\"x.example\\\" -all"), .want = ""},
	{.zone = TXT("include:x.example\\;mx\\; -all"), .want = ""},
};

static void punctuation_goes_where_a_term_is_left(void)
{
	CHECK("trailing-punctuation", punctuation);
}

static const struct zm_kit_case qualifier[] = {
	{.zone = TXT("+a -mx ~ptr ?all"), .want = ""},
	{.zone = TXT("~~mx:x.example -all"),
	 .want = "\"~~\" is no qualifier (permerror)\n"
		 "  repair: write ~mx:x.example\n" FIXED("~mx:x.example -all")},
	{.zone = TXT("mx -  all"),
	 .want = "\"-\" is no term without its mechanism (permerror)\n"
		 "  repair: write -all\n" FIXED("mx -all")},
	{.zone = TXT("++all"), .want = "\"++\" is no qualifier (permerror)\n"},
	{.zone = TXT("-+all"), .want = "\"-+\" is no qualifier (permerror)\n"},
	{.zone = TXT("!all"), .want = "\"!\" is no qualifier (permerror)\n"},
	{.zone = TXT("- mx -all"), .want = "\"-\" is no term without its mechanism (permerror)\n"},
	{.zone = TXT("mx - -all"), .want = "\"-\" is no term without its mechanism (permerror)\n"},
	{.zone = TXT("mx + all"), .want = "\"+\" is no term without its mechanism (permerror)\n"},
	{.zone = TXT("mx -"), .want = "\"-\" is no term without its mechanism (permerror)\n"},
};

static void a_qualifier_is_mended_where_one_was_meant(void)
{
	CHECK("bad-qualifier", qualifier);
}

#define BETWEEN(what) what " stands where only a space may part terms (permerror)\n"

static const struct zm_kit_case control[] = {
	{.zone = TXT("mx   -all "), .want = ""},
	{.zone = TXT("\\009mx\\009\\009a\\013\\010 -all"),
	 .want = BETWEEN("a tab") "  repair: part the terms by a space\n" FIXED("mx a -all")},
	{.zone = TXT("mx \\009 -all"),
	 .want = BETWEEN("a tab") "  repair: remove it\n" FIXED("mx -all")},
	{.zone = TXT("in\\013clude:x.example -all"), .want = BETWEEN("a carriage return")},
	{.zone = TXT("mx\\000-all"),
	 .want = BETWEEN("a control byte") "  repair: part the terms by a space\n" FIXED(
		 "mx -all")},
	{.zone = TXT("mx\\009all"), .want = BETWEEN("a tab")},
	{.zone = "@ TXT \"v=spf1\\010\\009-all\"\n",
	 .want = "a line feed stands behind v=spf1: receivers see no SPF record\n"
		 "  repair: write a space instead\n" FIXED("-all")},
};

static void control_bytes_become_spaces_between_terms(void)
{
	CHECK("control-or-tab", control);
}

static const struct zm_test_case cases[] = {
	{"a version is glued to a term only", a_version_is_glued_to_a_term_only},
	{"an unknown mechanism is mended when one is near",
	 an_unknown_mechanism_is_mended_when_one_is_near},
	{"a keyword is that of the address", a_keyword_is_that_of_the_address},
	{"a mechanism with an equals sign takes a colon",
	 a_mechanism_with_an_equals_sign_takes_a_colon},
	{"a modifier with a colon takes an equals sign",
	 a_modifier_with_a_colon_takes_an_equals_sign},
	{"a qualifier goes where the modifier counts", a_qualifier_goes_where_the_modifier_counts},
	{"terms are parted where there is one way", terms_are_parted_where_there_is_one_way},
	{"punctuation goes where a term is left", punctuation_goes_where_a_term_is_left},
	{"a qualifier is mended where one was meant", a_qualifier_is_mended_where_one_was_meant},
	{"control bytes become spaces between terms", control_bytes_become_spaces_between_terms},
	{NULL, NULL},
};

void test_rules_syntax(void)
{
	zm_test_suite("rules of syntax", cases);
}
