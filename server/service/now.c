/* now.c: the clock, in one place, so that a test can set it. */
#include "server/service/now.h"

#include "schema/wire/time.h"
#include "server/app.h"

#include <time.h>

int64_t
now_system(void)
{
	struct timespec t = {0};
	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec;
}

int64_t
now_seconds(const struct app *app)
{
	return app->clock == NULL ? now_system() : app->clock();
}

int32_t
now_day(const struct app *app)
{
	return sy_date_of_time(now_seconds(app));
}
