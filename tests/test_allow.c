/* What comments in a zone allow, and what is said of those that allow nothing. */
#include "test.h"

#include "lintkit.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PTR          "ptr is slow and unreliable, RFC 7208 says not to use it\n"

/* What is left of ptr-mechanism. */
static const struct zm_kit_case left[] = {
	{.zone = "; zonemend: allow ptr-mechanism -- fax\na TXT \"v=spf1 ptr -all\"\n", .want = ""},
	{.zone = "a TXT \"v=spf1 ptr -all\" ; zonemend: allow ptr-mechanism -- fax\n", .want = ""},
	{.zone = "a TXT \"v=spf1 ptr -all\" ; fax; zonemend: allow ptr-mechanism -- fax\n",
	 .want = ""},
	{.zone = "a TXT \"v=spf1 ptr -all\" ;ZONEMEND:Allow pass-all , ptr-mechanism -- fax\r\n",
	 .want = ""},
	{.zone = "a TXT ( \"v=spf1 \" ; zonemend: allow ptr-mechanism -- fax\n  \"ptr\"\n "
		 "\" -all\" )\n",
	 .want = ""},
	{.zone = "; zonemend: allow ptr-mechanism -- fax\n; another word\na TXT \"v=spf1 ptr "
		 "-all\"\n",
	 .want = ""},
	{.zone = "a TXT \"v=spf1 ptr -all\" ; zonemend: allow ptr-mechanism until 2026-11-23 -- "
		 "fax\n",
	 .want = ""},
	/* Each record has its own. */
	{.zone = "a TXT \"v=spf1 ptr -all\" ; zonemend: allow ptr-mechanism -- fax\n"
		 "; zonemend: allow ptr-mechanism -- none\n\n"
		 "; zonemend: allow pass-all -- fax\n"
		 "b TXT \"v=spf1 ptr -all\" ; zonemend: allow ptr-mechanism -- fax\n"
		 "c TXT \"v=spf1 ptr:x.example -all\"\n"
		 "d TXT \"v=spf1 ptr -all\" ; zonemend: allow ptr-mechanism -- fax\n",
	 .want = PTR "  unsafe: remove it\n  c.example.com. = v=spf1 -all\n"},
	/* A blank line, another record, another rule, an ended day, no reason: not allowed. */
	{.zone = "; zonemend: allow ptr-mechanism -- fax\n\na TXT \"v=spf1 ptr:x.example -all\"\n",
	 .want = PTR "  unsafe: remove it\n  a.example.com. = v=spf1 -all\n"},
	{.zone = "; zonemend: allow ptr-mechanism -- fax\nb TXT \"v=spf1 -all\"\na TXT \"v=spf1 "
		 "ptr -all\"\n",
	 .want = PTR "  unsafe: remove it\n  a.example.com. = v=spf1 -all\n"},
	{.zone = "a TXT \"v=spf1 ptr -all\" ; zonemend: allow pass-all -- fax\n",
	 .want = PTR "  unsafe: remove it\n  a.example.com. = v=spf1 -all\n"},
	{.zone = "a TXT \"v=spf1 ptr -all\" ; zonemend: allow ptr-mechanism until 2026-11-22 -- "
		 "fax\n",
	 .want = PTR "  unsafe: remove it\n  a.example.com. = v=spf1 -all\n"},
	{.zone = "a TXT \"v=spf1 ptr -all\" ; zonemend: allow ptr-mechanism\n",
	 .want = PTR "  unsafe: remove it\n  a.example.com. = v=spf1 -all\n"},
	{.zone = "a TXT \"v=spf1 ptr -all\" ; see zonemend: allow ptr-mechanism -- fax\n",
	 .want = PTR "  unsafe: remove it\n  a.example.com. = v=spf1 -all\n"},
	{.zone = "x TXT \"zonemend: allow ptr-mechanism -- fax\"\na TXT \"v=spf1 ptr -all\"\n",
	 .want = PTR "  unsafe: remove it\n  a.example.com. = v=spf1 -all\n"},
};

static void a_comment_allows_what_it_names(void)
{
	zm_kit_check("ptr-mechanism", left, COUNT(left));
}

static const struct zm_kit_case stale[] = {
	{.zone = "a TXT \"v=spf1 ptr -all\" ; zonemend: allow ptr-mechanism -- fax\n", .want = ""},
	{.zone = "; zonemend: allow ptr-mechanism -- fax\na TXT \"v=spf1 ptr -all\" ; zonemend: "
		 "allow ptr-mechanism -- twice\n",
	 .want = ""},
	{.zone = "a TXT \"v=spf1 ptr -all\" ; zonemend: allow ptr-mechanism, pass-all -- fax\n",
	 .want = "allows pass-all, which finds nothing here: take it away\n"},
	{.policy = "version: 1\nrules: {ptr-mechanism: off}\n",
	 .zone = "a TXT \"v=spf1 ptr -all\" ; zonemend: allow ptr-mechanism -- fax\n",
	 .want = "allows ptr-mechanism, which finds nothing here: take it away\n"},
	{.policy = "version: 1\nrules: {allowance-stale: off}\n",
	 .zone = "a TXT \"v=spf1 -all\" ; zonemend: allow ptr-mechanism -- fax\n",
	 .want = ""},
	{.zone = "a TXT \"v=spf1 -all\"\n; zonemend: allow ptr-mechanism -- fax\n\n",
	 .want = "allows nothing: it stands on the line of a record, or on the line above it\n"},
	{.zone = "a TXT \"v=spf1 -all\"\n; zonemend: allow ptr-mechanism -- fax",
	 .want = "allows nothing: it stands on the line of a record, or on the line above it\n"},
	{.zone = "a TXT \"v=spf1 ptr -all\" ; zonemend: allow ptr-mechanism until 2026-11-22 -- "
		 "fax\n",
	 .want = "allows nothing any more: it ended on 2026-11-22\n"},
	{.zone = "a A 192.0.2.1 ; zonemend: allow ptr-mechanism\n",
	 .want = "allows nothing: it gives no reason: write -- and why at its end\n"},
	{.zone = "a A 192.0.2.1 ; zonemend: allow ptr-mechanism -- \n",
	 .want = "allows nothing: it gives no reason: write -- and why at its end\n"},
	{.zone = "a A 192.0.2.1 ; zonemend: allow ptr-mechanism --fax\n",
	 .want = "allows nothing: there is no rule \"--fax\"\n"},
	{.zone = "a A 192.0.2.1 ; zonemend: allow -- fax\n",
	 .want = "allows nothing: it names no rule: allow RULE -- reason\n"},
	{.zone = "a A 192.0.2.1 ; zonemend: allow ptr-mechanisn -- fax\n",
	 .want = "allows nothing: there is no rule \"ptr-mechanisn\"; did you mean "
		 "\"ptr-mechanism\"?\n"},
	{.zone = "a A 192.0.2.1 ; zonemend: allow S3CRET=x1 -- fax\n",
	 .want = "allows nothing: there is no rule\n"},
	{.zone = "a A 192.0.2.1 ; zonemend: allow ptr-mechanism until soon -- fax\n",
	 .want = "allows nothing: until needs a day: until 2027-01-31\n"},
	{.zone = "a A 192.0.2.1 ; zonemend: allow ptr-mechanism until 2027-13-01 -- fax\n",
	 .want = "allows nothing: until needs a day: until 2027-01-31\n"},
	{.zone = "a A 192.0.2.1 ; zonemend: allow ptr-mechanism until -- fax\n",
	 .want = "allows nothing: until needs a day: until 2027-01-31\n"},
	{.zone = "a A 192.0.2.1 ; zonemend: allow ptr-mechanism until 2027-01-31 pass-all -- fax\n",
	 .want = "allows nothing: after the day only -- and the reason may follow\n"},
	{.zone = "a A 192.0.2.1 ; zonemend: alow ptr-mechanism -- fax\n",
	 .want = "allows nothing: zonemend: is followed by allow, not \"alow\"; did you mean "
		 "\"allow\"?\n"},
	{.zone = "a A 192.0.2.1 ; zonemend:\n",
	 .want = "allows nothing: zonemend: is followed by allow, not by nothing\n"},
};

static void what_allows_nothing_is_told(void)
{
	zm_kit_check("allowance-stale", stale, COUNT(stale));
}

static const struct zm_test_case cases[] = {
	{"a comment allows what it names", a_comment_allows_what_it_names},
	{"what allows nothing is told", what_allows_nothing_is_told},
	{NULL, NULL},
};

void test_allow(void)
{
	zm_test_suite("allow", cases);
}
