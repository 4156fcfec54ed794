/* api/dispatch.h: from a request to its handler: route, caller, role, body
 * type, repeated requests. What handlers share stands in api/api.h. */
#ifndef SERVER_API_DISPATCH_H
#define SERVER_API_DISPATCH_H

#include "server/http/daemon.h"

extern const struct daemon_hooks api_hooks;

#endif
