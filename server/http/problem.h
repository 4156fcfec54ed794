/* http/problem.h: errors as application/problem+json, RFC 9457. */
#ifndef SERVER_HTTP_PROBLEM_H
#define SERVER_HTTP_PROBLEM_H

#include "server/http/reply.h"

/* {"type":"about:blank" or "/problems/<slug>","title","status","slug","zh","en","detail",
 *  "field","offset","length","position"}; position: characters, from 1. What the reply held is dropped. */
void problem_reply(struct reply *r, unsigned status, enum sy_err err, const struct sy_fault *fault);

#endif
