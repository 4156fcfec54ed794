/* service/now.h: the only clock of the server. */
#ifndef SERVER_SERVICE_NOW_H
#define SERVER_SERVICE_NOW_H

#include <stdint.h>

struct app;
int64_t now_seconds(const struct app *app); /* since 1970-01-01T00:00:00Z */
int32_t now_day(const struct app *app); /* the Shanghai day, as schema/wire/time.h counts */
int64_t now_system(void); /* the system's clock: what app->clock is unless a test sets another */

#endif
