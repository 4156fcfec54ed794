/* service/metrics.h: counters for /metrics. */
#ifndef SERVER_SERVICE_METRICS_H
#define SERVER_SERVICE_METRICS_H

#include <stdatomic.h>

struct metrics {
	atomic_ullong answers[6]; /* by first digit of the status; 0: none sent */
	atomic_ullong refused_auth;
	atomic_ullong labels; /* URLs handed out */
	long long started; /* instant */
	atomic_llong forgotten; /* when repeated requests were last forgotten */
};

#endif
