/* service/derive.h: from a logged statement to the tables that answer scans. */
#ifndef SERVER_SERVICE_DERIVE_H
#define SERVER_SERVICE_DERIVE_H

#include "schema/model/statement.h"
#include "server/store/log.h"

enum sy_err derive_entry(struct db *db, const struct entry_row *row, const struct sy_statement *s, const struct sy_json *body) SY_MUST;

#endif
