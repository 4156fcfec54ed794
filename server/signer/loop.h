/* loop.h: the socket and its connections. */
#ifndef SERVER_SIGNER_LOOP_H
#define SERVER_SIGNER_LOOP_H

#include "server/signer/state.h"

/* Serves until `stop` (a descriptor) becomes readable. The socket is made with mode 0600,
 * or 0660 when shared; EXISTS when another process answers on it. */
/* shared: the group may connect, too (a socket in a directory that only the server's group can enter). */
enum sy_err loop_run(struct signer *s, const char *path, bool shared, int stop, struct sy_fault *reterr) SY_MUST;

#endif
