/* cmd/signer.h: the signer as a child of the server, where none is configured. */
#ifndef SERVER_CMD_SIGNER_H
#define SERVER_CMD_SIGNER_H

#include "server/conf.h"
#include "server/signer/client.h"

#include <sys/types.h>

struct signer_child {
	pid_t pid; /* 0: none of ours */
	char program[512], state[256], socket[300];
	int64_t started;
};
/* Starts it unless signer_socket names one that runs; retsocket: where to ask. */
enum sy_err signer_child_start(const struct conf *c, struct signer_child *ret, char *retsocket, size_t size, struct sy_fault *reterr) SY_MUST;
/* Until it answers. */
enum sy_err signer_child_ready(struct signer_child *c, struct signer_client *client, struct sy_fault *reterr) SY_MUST;
void signer_child_again(struct signer_child *c); /* it may have ended: start it again */
void signer_child_stop(struct signer_child *c);

#endif
