/* symbol.c: symbols of labels beside libqrencode alone with the same segments, taking turns in one run and counting CPU
 * time; then what of ours the cutting into segments is.
 *   bench-symbol [SYMBOLS-A-ROUND [ROUNDS]]      goal: 8 times libqrencode */
#include "tagger/code/link.h"
#include "tagger/code/token.h"
#include "tagger/segment.h"
#include "tagger/symbol.h"

#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS_MAX 99
#define URLS 512

struct texts {
	char url[URLS][400];
};

static double
now(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void
make_texts(struct texts *t)
{
	static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint32_t seed = 1;
	for (size_t i = 0; i < URLS; i++) {
		uint8_t token[SY_TOKEN_SIZE];
		char digits[SY_TOKEN_DIGITS + 1], serial[11] = "";
		for (size_t k = 0; k < sizeof token; k++)
			token[k] = (uint8_t)((seed = seed * 1664525 + 1013904223) >> 16);
		for (size_t k = 0; k < 10; k++)
			serial[k] = symbols[(seed = seed * 1664525 + 1013904223) >> 27];
		sy_token_digits(token, digits);
		(void)snprintf(t->url[i], sizeof t->url[i], "HTTPS://Q.EXAMPLE.CN/01/06901234567892/10/ZY250917A/21/%s?S=%s", serial, digits);
	}
}

/* What a program without us does: the segments given, the library chooses the mask. */
static double
time_library(const struct texts *t, const struct sy_segments *segs, size_t n)
{
	static const QRencodeMode modes[] = { QR_MODE_NUM, QR_MODE_AN, QR_MODE_8 };
	double from = now();
	for (size_t i = 0; i < n; i++) {
		const struct sy_segments *s = &segs[i % URLS];
		QRinput *input = QRinput_new2(8, QR_ECLEVEL_M);
		for (size_t k = 0; k < s->n; k++)
			if (QRinput_append(input, modes[s->at[k].mode], s->at[k].len, (const unsigned char *)t->url[i % URLS] + s->at[k].from) != 0)
				exit(2);
		QRcode *code = QRcode_encodeInput(input);
		if (code == NULL || code->version != 8)
			exit(2);
		QRcode_free(code);
		QRinput_free(input);
	}
	return now() - from;
}

static double
time_ours(const struct texts *t, size_t n)
{
	static struct sy_symbol s;
	double from = now();
	for (size_t i = 0; i < n; i++)
		if (sy_symbol_make(sy_span_str(t->url[i % URLS]), &s) != SY_OK || s.version != 8)
			exit(2);
	return now() - from;
}

static double
time_segments(const struct texts *t, struct sy_segments *scratch, size_t n)
{
	double from = now();
	for (size_t i = 0; i < n; i++)
		if (sy_segments_choose(sy_span_str(t->url[i % URLS]), 0, scratch) != SY_OK)
			exit(2);
	return now() - from;
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
	double ratio[ROUNDS_MAX], cut[ROUNDS_MAX];
	size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 4000, rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : 11;
	struct texts *t = malloc(sizeof *t);
	struct sy_segments *segs = calloc(URLS, sizeof *segs);
	if (t == NULL || segs == NULL || n < 10 || rounds < 1 || rounds > ROUNDS_MAX)
		return 2;
	make_texts(t);
	for (size_t i = 0; i < URLS; i++)
		if (sy_segments_choose(sy_span_str(t->url[i]), 0, &segs[i]) != SY_OK)
			return 2;
	struct sy_segments *scratch = malloc(sizeof *scratch);
	if (scratch == NULL)
		return 2;
	(void)time_ours(t, n);
	for (size_t i = 0; i < rounds; i++) {
		/* A tenth for the slow one: both take about as long. */
		double library = time_library(t, segs, n / 10) * 10, ours = time_ours(t, n), cutting = time_segments(t, scratch, n);
		ratio[i] = library / ours;
		cut[i] = cutting / ours;
		(void)printf("round %zu: libqrencode %.0f/s, ours %.0f/s, ratio %.2f\n", i + 1, (double)n / library, (double)n / ours, ratio[i]);
	}
	qsort(ratio, rounds, sizeof ratio[0], by_size);
	qsort(cut, rounds, sizeof cut[0], by_size);
	(void)printf("version 8 symbols: median %.1f times libqrencode alone (goal 8); %.0f %% of ours is the cutting into segments\n", ratio[rounds / 2], 100 * cut[rounds / 2]);
	free(scratch);
	free(segs);
	free(t);
	return 0;
}
