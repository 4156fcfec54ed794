/* api/api.h: what handlers share. */
#ifndef SERVER_API_API_H
#define SERVER_API_API_H

#include "schema/wire/json.h"
#include "server/app.h"
#include "server/http/route.h"
#include "server/service/caller.h"
#include "server/service/trail.h"
#include "server/store/record.h"
#include "server/store/thing.h"
#include "server/store/user.h"

/* The body as an object. BAD_JSON, WRONG_TYPE. */
enum sy_err api_body(const struct request *req, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;
/* A captured path segment as an id; NOT_FOUND when it is none. */
enum sy_err api_id(const struct request *req, size_t capture, uint8_t *ret, size_t len) SY_MUST;
/* A member that must be a text of at most max bytes. */
enum sy_err api_text(const struct sy_json *body, const char *name, size_t max, const char **ret, struct sy_fault *reterr) SY_MUST;
enum sy_err api_hex(const struct sy_json *body, const char *name, uint8_t *ret, size_t len, struct sy_fault *reterr) SY_MUST;
/* UNKNOWN_FIELD for a member that is none of names (NULL at the end). */
enum sy_err api_only(const struct sy_json *body, const char *const names[], struct sy_fault *reterr) SY_MUST;
#define API_IDEM_SECONDS INT64_C(172800) /* 48 hours: how long an Idempotency-Key is remembered at least */
/* The Idempotency-Key of this request; NULL: none. */
const struct idem_row *api_idem(const struct request *req);
struct sy_json *api_hex_json(const uint8_t *data, size_t len);
struct sy_json *api_time_json(int64_t t);
struct sy_json *api_roles_json(unsigned roles); /* names of sy_role bits */

/* Records as they are answered. */
enum sy_err api_record_may_read(struct db *db, const struct caller *c, const struct record_row *r, bool *retprivate) SY_MUST; /* NOT_FOUND: not yours */
enum sy_err api_record_json(struct db *db, const struct caller *c, const struct record_row *r, struct sy_json **ret) SY_MUST;
enum sy_err api_thing_json(const char *type, const struct thing_row *r, struct sy_json **ret) SY_MUST;
/* The answer to a request that was begun before a crash: "<type> <id>". */
enum sy_err api_record_resume(struct app *app, const struct request *req, const char *begun, struct reply *ret, struct sy_fault *reterr) SY_MUST;

/* Handlers, by file. */
route_handler api_records_post, api_records_list, api_record_get, api_record_versions, api_record_put, api_record_delete;
route_handler api_seals_get, api_seals_post;
route_handler api_labels_post;
route_handler api_users_post, api_users_list, api_user_get, api_user_key, api_user_certificate, api_user_put;
route_handler api_tokens_post, api_tokens_list, api_token_delete;
route_handler api_audit_list, api_limits_get, api_trust_put;
route_handler api_log_checkpoint, api_log_tile, api_log_entries, api_log_proof;
route_handler api_trust_get, api_body_get, api_cert_get;
route_handler api_healthz, api_readyz, api_metrics, api_openapi;

#endif
