/* seal.c: signing and verifying beside libcrypto's own loop (what "openssl speed" does), taking
 * turns in one run and counting CPU time, so that neither machine nor neighbours matter. Serials beside one P-256 signature.
 *   bench-seal [seconds per figure] */
#include "certs/seal.h"
#include "certs/serial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/evp.h>

static double
now(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct bare { /* as in openssl speed: one context, one digest or message of 20 bytes */
	EVP_PKEY *pkey;
	EVP_PKEY_CTX *sign, *verify;
	EVP_MD_CTX *md_sign, *md_verify;
	uint8_t sig[80];
	size_t sig_len;
	uint8_t message[32];
};

struct ours {
	struct sy_key *key;
	struct sy_seal *seal;
	struct sy_serial *serial;
	uint8_t message[90], sig[SY_SIG_SIZE];
	uint32_t counter;
};

static bool
bare_make(struct bare *b, bool p256)
{
	*b = (struct bare){ .sig_len = sizeof b->sig };
	b->pkey = p256 ? EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256") : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	if (p256) {
		b->sign = EVP_PKEY_CTX_new(b->pkey, NULL);
		b->verify = EVP_PKEY_CTX_new(b->pkey, NULL);
		return EVP_PKEY_sign_init(b->sign) == 1 && EVP_PKEY_verify_init(b->verify) == 1 &&
		    EVP_PKEY_sign(b->sign, b->sig, &b->sig_len, b->message, 32) == 1;
	}
	b->md_sign = EVP_MD_CTX_new();
	b->md_verify = EVP_MD_CTX_new();
	return EVP_DigestSignInit(b->md_sign, NULL, NULL, NULL, b->pkey) == 1 &&
	    EVP_DigestVerifyInit(b->md_verify, NULL, NULL, NULL, b->pkey) == 1 &&
	    EVP_DigestSign(b->md_sign, b->sig, &b->sig_len, b->message, 32) == 1;
}

static void
bare_done(struct bare *b)
{
	EVP_PKEY_CTX_free(b->sign);
	EVP_PKEY_CTX_free(b->verify);
	EVP_MD_CTX_free(b->md_sign);
	EVP_MD_CTX_free(b->md_verify);
	EVP_PKEY_free(b->pkey);
}

static bool
bare_sign(void *arg)
{
	struct bare *b = arg;
	uint8_t sig[80];
	size_t len = sizeof sig;
	return b->sign != NULL ? EVP_PKEY_sign(b->sign, sig, &len, b->message, 32) == 1 :
				 EVP_DigestSign(b->md_sign, sig, &len, b->message, 32) == 1;
}

static bool
bare_verify(void *arg)
{
	struct bare *b = arg;
	return b->verify != NULL ? EVP_PKEY_verify(b->verify, b->sig, b->sig_len, b->message, 32) == 1 :
				   EVP_DigestVerify(b->md_verify, b->sig, b->sig_len, b->message, 32) == 1;
}

static bool
our_sign(void *arg)
{
	struct ours *o = arg;
	return sy_seal_sign(o->seal, sy_span(o->message, sizeof o->message), o->sig) == SY_OK;
}

static bool
our_verify(void *arg)
{
	struct ours *o = arg;
	return sy_seal_verify(o->seal, sy_span(o->message, sizeof o->message), o->sig) == SY_OK;
}

static bool
our_serial(void *arg)
{
	struct ours *o = arg;
	char text[SY_SERIAL_LEN + 1];
	return sy_serial_print(o->serial, o->counter++ & (SY_SERIAL_COUNT - 1), text) == SY_OK;
}

typedef bool operation(void *arg);

static double
chunk(operation *op, void *arg, unsigned n)
{
	double start = now();
	for (unsigned i = 0; i < n; i++)
		if (!op(arg)) {
			(void)fprintf(stderr, "an operation failed\n");
			exit(2);
		}
	return now() - start;
}

/* Takes turns in short chunks, so that a change of the clock rate meets both. */
static void
compare(const char *name, operation *a, void *arg_a, operation *b, void *arg_b, double seconds)
{
	const unsigned n = 200;
	double ta = 0, tb = 0;
	unsigned long rounds = 0;
	(void)chunk(a, arg_a, n);
	(void)chunk(b, arg_b, n);
	while (ta + tb < 2 * seconds) {
		ta += chunk(a, arg_a, n);
		tb += chunk(b, arg_b, n);
		rounds++;
	}
	double ops = (double)rounds * n;
	(void)printf("%-16s libcrypto %8.0f/s  ours %8.0f/s  ratio %.3f\n", name, ops / ta, ops / tb, ta / tb);
}

static void
algorithm(enum sy_alg alg, double seconds)
{
	struct bare bare;
	struct ours ours = { .counter = 0 };
	char name[32];
	if (!bare_make(&bare, alg == SY_ALG_P256) || sy_key_generate(alg, &ours.key) != SY_OK ||
	    sy_seal_new(ours.key, &ours.seal) != SY_OK || !our_sign(&ours))
		exit(2);
	(void)snprintf(name, sizeof name, "%s sign", sy_alg_name(alg));
	compare(name, bare_sign, &bare, our_sign, &ours, seconds);
	(void)snprintf(name, sizeof name, "%s verify", sy_alg_name(alg));
	compare(name, bare_verify, &bare, our_verify, &ours, seconds);
	if (alg == SY_ALG_P256 && sy_serial_new((const uint8_t[32]){ 1 }, sy_span_str("06901234567892"), &ours.serial) == SY_OK)
		compare("serial : p256", bare_sign, &bare, our_serial, &ours, seconds);
	sy_serial_free(ours.serial);
	sy_seal_free(ours.seal);
	sy_key_free(ours.key);
	bare_done(&bare);
}

int
main(int argc, char **argv)
{
	double seconds = argc > 1 ? strtod(argv[1], NULL) : 2;
	algorithm(SY_ALG_P256, seconds);
	algorithm(SY_ALG_ED25519, seconds);
	return 0;
}
