#include "cli/help.h"

void zm_help_overview(FILE *out)
{
	fputs("usage: zonemend COMMAND [OPTION]... [PATH]...\n"
	      "\n"
	      "Lints and repairs SPF in DNS zone files, by RFC 7208 and by a policy in YAML.\n"
	      "It never touches the network, unless eval --dns says so.\n"
	      "\n",
	      out);
	for (const struct zm_command *c = zm_commands; c->name != NULL; c++) {
		fprintf(out, "  %-8s  %s\n", c->name, c->summary);
	}
	fputs("\n"
	      "  zonemend COMMAND --help   the options of a command\n"
	      "  zonemend --version        the version\n"
	      "\n"
	      "Exit status, the highest that applies:\n"
	      "  0  clean, or all mended       3  a file could not be read\n"
	      "  1  findings remain            4  a fix was refused\n"
	      "  2  usage or policy error      5  a file could not be written\n",
	      out);
}

void zm_help_command(const struct zm_command *command)
{
	struct zm_buf text = {0};
	const char *blank = command->operands[0] == '\0' ? "" : " ";
	zm_buf_printf(&text, "usage: zonemend %s%s%s\n\n%s\n\nOptions:\n", command->name, blank,
		      command->operands, command->about);
	zm_options_help(&text, command->options);
	fwrite(text.data, 1, text.len, stdout);
	zm_buf_release(&text);
}
