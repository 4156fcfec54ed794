/* service/publish.h: rows of the log, on both sides of the signer's word. */
#ifndef SERVER_SERVICE_PUBLISH_H
#define SERVER_SERVICE_PUBLISH_H

#include "certs/note.h"
#include "schema/wire/json.h"
#include "server/store/db.h"

/* The signer's "append" request for entries [from, to), with every certificate and body it may need. */
enum sy_err publish_request(struct db *db, int64_t from, int64_t to, struct sy_json **ret) SY_MUST;
/* Entries [from, size) are in the tree that this checkpoint signs: states, tiles, derived rows, checkpoint.
 * LOG_DIFFERS when origin, size or root are not ours; nothing holds then. Inside the writer's transaction. */
enum sy_err publish_checkpoint(struct db *db, int64_t from, struct sy_span note, const char *origin, int64_t at) SY_MUST;
/* The checkpoint's text is about our tree of that size. */
enum sy_err publish_agrees(struct db *db, const struct sy_checkpoint *c, const char *origin) SY_MUST;
/* Rows that the log can rebuild, for one entry. */
enum sy_err publish_derive(struct db *db, int64_t leaf_index) SY_MUST;

#endif
