/* cmd/signer.c: see signer.h. */
#include "server/cmd/signer.h"

#include "server/service/now.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 100 /* tenths of a second until it answers */

static enum sy_err
program_of(const struct conf *c, char *ret, size_t size, struct sy_fault *reterr)
{
	if (c->signer_program[0] != '\0') {
		(void)snprintf(ret, size, "%s", c->signer_program);
		return SY_OK;
	}
	char self[400];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	if (n < 0)
		return sy_fault_say(reterr, SY_ERR_IO, "signer_program", "%s", "%s", strerror(errno));
	self[n] = '\0';
	char *slash = strrchr(self, '/');
	if (slash != NULL)
		*slash = '\0';
	(void)snprintf(ret, size, "%s/suyuan-signer", self);
	return SY_OK;
}

/* Unblocked signals, nothing of ours open (all descriptors are close-on-exec). */
static void
become(const struct signer_child *c)
{
	sigset_t none;
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)execl(c->program, c->program, "serve", "--state", c->state, "--socket", c->socket, "--parent-death", (char *)NULL);
	_exit(127);
}

static enum sy_err
spawn(struct signer_child *c)
{
	c->pid = fork();
	if (c->pid == 0)
		become(c);
	if (c->pid < 0) {
		c->pid = 0;
		return SY_ERR_IO;
	}
	c->started = now_system();
	return SY_OK;
}

enum sy_err
signer_child_start(const struct conf *c, struct signer_child *ret, char *retsocket, size_t size, struct sy_fault *reterr)
{
	memset(ret, 0, sizeof *ret);
	if (c->signer_socket[0] != '\0') {
		(void)snprintf(retsocket, size, "%s", c->signer_socket);
		return SY_OK;
	}
	SY_TRY(program_of(c, ret->program, sizeof ret->program, reterr));
	(void)snprintf(ret->state, sizeof ret->state, "%s", c->signer_state);
	(void)snprintf(ret->socket, sizeof ret->socket, "%s/signer.sock", ret->state);
	(void)snprintf(retsocket, size, "%s", ret->socket);
	if (access(ret->program, X_OK) != 0)
		return sy_fault_say(reterr, SY_ERR_IO, "signer_program", "%s：%s", "%s: %s", ret->program, strerror(errno));
	return spawn(ret);
}

static void
pause_tenth(void)
{
	const struct timespec t = {0, 100000000};
	(void)nanosleep(&t, NULL);
}

/* One of an earlier server may still be on its way out and hold the state: then ours ends, and is tried again. */
enum sy_err
signer_child_ready(struct signer_child *c, struct signer_client *client, struct sy_fault *reterr)
{
	enum sy_err e = SY_ERR_UNAVAILABLE;
	SY_AUTO_JSON *ask = NULL;
	SY_TRY(sy_json_pack(&ask, "{s:s}", "op", "hello"));
	for (unsigned i = 0; i < PATIENCE; i++) {
		SY_AUTO_JSON *answer = NULL;
		struct sy_fault f = {0};
		e = signer_client_call(client, ask, &answer, &f);
		if (e != SY_ERR_UNAVAILABLE && e != SY_ERR_IO)
			return e;
		if (c->pid > 0 && waitpid(c->pid, NULL, WNOHANG) == c->pid)
			SY_TRY(spawn(c));
		pause_tenth();
	}
	return sy_fault_say(reterr, e, "signer", "签名器没有应答（%s）；请看它的出错信息，或运行 suyuan-signer adopt", "no answer from the signer (%s): read what it says on stderr", c->pid > 0 ? c->socket : "signer_socket");
}

void
signer_child_again(struct signer_child *c)
{
	if (c->pid <= 0 || waitpid(c->pid, NULL, WNOHANG) != c->pid)
		return;
	(void)fprintf(stderr, "suyuan-server: 签名器已退出，重新启动 / the signer ended: starting it again\n");
	if (now_system() - c->started < 2)
		pause_tenth();
	(void)spawn(c);
}

void
signer_child_stop(struct signer_child *c)
{
	if (c->pid <= 0)
		return;
	(void)kill(c->pid, SIGTERM);
	for (unsigned i = 0; i < PATIENCE; i++) {
		if (waitpid(c->pid, NULL, WNOHANG) == c->pid) {
			c->pid = 0;
			return;
		}
		pause_tenth();
	}
	(void)kill(c->pid, SIGKILL);
	(void)waitpid(c->pid, NULL, 0);
	c->pid = 0;
}
