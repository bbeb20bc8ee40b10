#include "cli/command.h"

int main(int argc, char **argv)
{
	return zm_cli(argc, (const char *const *)argv);
}
