/* client_socket.h: what client.c and client_stream.c share. */
#ifndef SERVER_SIGNER_CLIENT_SOCKET_H
#define SERVER_SIGNER_CLIENT_SOCKET_H

#include "schema/wire/json.h"

#include <sys/un.h>

enum sy_err client_address(const char *path, struct sockaddr_un *ret) SY_MUST; /* TOO_LONG */
enum sy_err client_connect(const struct sockaddr_un *address, int *ret) SY_MUST; /* UNAVAILABLE */
/* One request, one answer. UNAVAILABLE with reterr untouched: the connection is of no more use. */
enum sy_err client_ask(int fd, struct sy_span request, struct sy_buf *in, unsigned seconds, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;

#endif
