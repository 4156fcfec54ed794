/* main.c: suyuan-server(8). What runs is wired in cmd/serve.c. */
#include "server/cmd/cmd.h"

#include <sys/stat.h>

int
main(int argc, char **argv)
{
	(void)umask(077); /* private bodies lie in the data directory */
	return cmd_main(argc, argv);
}
