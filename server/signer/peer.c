/* peer.c: see peer.h. Linux: SO_PEERCRED, prctl, signalfd. */
#define _GNU_SOURCE /* struct ucred */
#include "server/signer/peer.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

bool
peer_is_ours(int fd)
{
	struct ucred c;
	socklen_t len = sizeof c;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &c, &len) != 0 || len != sizeof c)
		return false;
	return c.uid == geteuid() || c.gid == getegid();
}

enum sy_err
peer_harden(void)
{
	const struct rlimit none = { 0, 0 };
	if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return SY_ERR_FORBIDDEN;
	(void)mlockall(MCL_CURRENT); /* as far as RLIMIT_MEMLOCK goes */
	return SY_OK;
}

enum sy_err
peer_follow_parent(void)
{
	const pid_t parent = getppid(); /* may well be 1: a server that a container runs alone */
	if (prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0) != 0)
		return SY_ERR_INTERNAL;
	return getppid() == parent ? SY_OK : SY_ERR_UNAVAILABLE;
}

int
peer_signals(void)
{
	sigset_t set;
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	if (sigemptyset(&set) != 0 || sigaddset(&set, SIGTERM) != 0 || sigaddset(&set, SIGINT) != 0)
		return -1;
	if (sigaction(SIGPIPE, &ignore, NULL) != 0 || pthread_sigmask(SIG_BLOCK, &set, NULL) != 0)
		return -1;
	return signalfd(-1, &set, SFD_CLOEXEC);
}
