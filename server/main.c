/* main.c: suyuan-server(8). What runs is wired in cmd/serve.c. */
#include "server/cmd/cmd.h"

int
main(int argc, char **argv)
{
	return cmd_main(argc, argv);
}
