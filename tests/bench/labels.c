/* labels.c: labels through the signer's socket (serial, token, signature, frames) beside
 * bare libcrypto P-256 signing on as many threads, taking turns in one run.
 *   bench-labels SOCKET RELEASE-LEAF FIRST LABELS-A-ROUND ROUNDS
 * tests/bench/labels.py makes the state and the lot, and calls it. */
#include "server/signer/client.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/evp.h>

#define THREADS 2
#define ROUNDS_MAX 99

static double
now(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct job {
	EVP_PKEY *key;
	size_t n;
	bool ok;
};

/* What "openssl speed ecdsap256" does: one context, one digest, again and again. */
static void *
sign_bare(void *arg)
{
	struct job *j = arg;
	unsigned char digest[32] = { 1 }, sig[80];
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new(j->key, NULL);
	j->ok = c != NULL && EVP_PKEY_sign_init(c) == 1;
	for (size_t i = 0; j->ok && i < j->n; i++) {
		size_t len = sizeof sig;
		j->ok = EVP_PKEY_sign(c, sig, &len, digest, sizeof digest) == 1;
	}
	EVP_PKEY_CTX_free(c);
	return NULL;
}

static double
time_bare(EVP_PKEY *key, size_t n)
{
	struct job job[THREADS];
	pthread_t thread[THREADS];
	double from = now();
	for (size_t i = 0; i < THREADS; i++) {
		job[i] = (struct job){ .key = key, .n = n / THREADS };
		if (pthread_create(&thread[i], NULL, sign_bare, &job[i]) != 0)
			exit(2);
	}
	for (size_t i = 0; i < THREADS; i++) {
		(void)pthread_join(thread[i], NULL);
		if (!job[i].ok)
			exit(2);
	}
	return now() - from;
}

static double
time_labels(const char *path, const char *release, uint32_t first, uint32_t n)
{
	static uint8_t records[512 * SIGNER_LABEL_SIZE];
	struct signer_stream *s = NULL;
	struct sy_fault f = { 0 };
	size_t got = 0, all = 0;
	double from = now();
	enum sy_err e = signer_stream_open(path, release, first, n, &s, &f);
	while (e == SY_OK) {
		e = signer_stream_next(s, records, 512, &got, &f);
		if (got == 0)
			break;
		all += got;
	}
	double took = now() - from;
	signer_stream_free(s);
	if (e != SY_OK || all != n) {
		(void)fprintf(stderr, "bench-labels: %s %s %s\n", sy_err_slug(e), f.field, f.en);
		exit(2);
	}
	return took;
}

static int
by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y ? 1 : 0;
}

int
main(int argc, char **argv)
{
	double ratio[ROUNDS_MAX], bare_best = 0, ours_best = 0;
	if (argc != 6)
		return 2;
	uint32_t first = (uint32_t)strtoul(argv[3], NULL, 10), n = (uint32_t)strtoul(argv[4], NULL, 10);
	size_t rounds = strtoul(argv[5], NULL, 10);
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
	if (key == NULL || rounds < 1 || rounds > ROUNDS_MAX)
		return 2;
	(void)time_bare(key, n / 4);
	for (size_t i = 0; i < rounds; i++) {
		double bare = time_bare(key, n), ours = time_labels(argv[1], argv[2], first, n);
		first += n;
		ratio[i] = bare / ours;
		bare_best = n / bare > bare_best ? n / bare : bare_best;
		ours_best = n / ours > ours_best ? n / ours : ours_best;
		(void)printf("round %zu: bare %.0f/s, labels %.0f/s, ratio %.3f\n", i + 1, n / bare, n / ours, ratio[i]);
	}
	EVP_PKEY_free(key);
	qsort(ratio, rounds, sizeof ratio[0], by_size);
	(void)printf("labels through the socket: median %.1f %% of bare P-256 signing on %d threads (goal 80 %%), best %.0f/s of %.0f/s\n",
	    100 * ratio[rounds / 2], THREADS, ours_best, bare_best);
	return 0;
}
