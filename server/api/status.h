/* api/status.h: which HTTP status an error is; nowhere else. */
#ifndef SERVER_API_STATUS_H
#define SERVER_API_STATUS_H

#include "schema/err.h"

unsigned api_status(enum sy_err e);

#endif
