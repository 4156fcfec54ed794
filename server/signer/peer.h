/* peer.h: what is asked of the system, and needs more than POSIX. */
#ifndef SERVER_SIGNER_PEER_H
#define SERVER_SIGNER_PEER_H

#include "schema/err.h"

#include <stdbool.h>

/* Same user or same group as this process. */
bool peer_is_ours(int fd);
/* No core file, no ptrace by others of the same user, no new privileges, memory not swapped where the system
 * allows that. FORBIDDEN when one of the first three cannot be had. */
enum sy_err peer_harden(void) SY_MUST;
/* SIGTERM when the parent goes; UNAVAILABLE when it went already. */
enum sy_err peer_follow_parent(void) SY_MUST;
/* A descriptor that becomes readable at SIGTERM or SIGINT; SIGPIPE is ignored. -1: failed. */
int peer_signals(void);

#endif
