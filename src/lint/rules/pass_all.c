#include "lint/lint.h"
#include "lint/rules/look.h"

/* `- all` is no pass: bad-qualifier says what it is. */
static bool follows_lone_qualifier(const struct zm_spf_record *spf)
{
	return spf->all > spf->term && zm_look_is_lone_qualifier(spf->all - 1);
}

static struct zm_str better_all(const struct zm_lint *lint)
{
	struct zm_str all = lint->view->spf.all.text;
	return zm_look_is_repair(all) ? all : ZM_STR("~all");
}

/* pass-all: RFC 7208 5.1 and 4.6.2, an `all` without qualifier is `+all`. */
static void check_record(struct zm_lint *lint, const struct zm_spf_record *spf)
{
	if (spf->all == NULL || spf->all->qualifier != '+' || follows_lone_qualifier(spf)) {
		return;
	}
	bool written = spf->all->qualifier_written;
	struct zm_finding *finding =
		zm_lint_report(lint, spf->all->at, "%s lets every sender in the world pass",
			       written ? "+all" : "all without a qualifier is +all, which");
	struct zm_str better = better_all(lint);
	zm_finding_fix(lint, finding, ZM_FIX_UNSAFE, "write %.*s", ZM_STR_ARG(better));
	zm_fix_replace(lint, finding, spf->all->at, better);
}

const struct zm_rule zm_rule_pass_all = {.on_record = check_record};
