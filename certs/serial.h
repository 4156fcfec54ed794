/* serial.h: serial numbers: FF1 (NIST SP 800-38G, AES-256, radix 32, 10 symbols)
 * of 6 counter symbols (big-endian) and 4 zero symbols. trust.md, "The label".
 * Alphabet: Crockford base32. Tweak: the 14 GTIN digits, or the own item. */
#ifndef SY_CERTS_SERIAL_H
#define SY_CERTS_SERIAL_H

#include "certs/secret.h"

#define SY_SERIAL_LEN 10
#define SY_SERIAL_COUNT (UINT32_C(1) << 30)

struct sy_serial; /* a serial key made ready; one thread at a time */
enum sy_err sy_serial_new(const uint8_t key[32], struct sy_span tweak, struct sy_serial **ret) SY_MUST;
void sy_serial_free(struct sy_serial *s);
SY_DEFINE_CLEANUP(struct sy_serial, sy_serial_free)
/* EXHAUSTED from 2^30 on. ret: 10 symbols and NUL. */
enum sy_err sy_serial_print(struct sy_serial *s, uint32_t counter, char ret[SY_SERIAL_LEN + 1]) SY_MUST;
/* NOT_ISSUED when the four zero symbols do not come back; BAD_CHARACTER, TOO_SHORT, TOO_LONG with offset. */
enum sy_err sy_serial_parse(struct sy_serial *s, struct sy_span text, uint32_t *ret, struct sy_fault *reterr) SY_MUST;
/* SHA-256("suyuan/serial-key/v1\n" || tweak || key): the commitment in a release. */
enum sy_err sy_serial_commit(const uint8_t key[32], struct sy_span tweak, uint8_t ret[32]) SY_MUST;

/* General FF1, for NIST's samples: numerals (each < radix), radix 2..65536, key 16, 24 or 32 bytes. */
enum sy_err sy_ff1(bool encrypt, struct sy_span key, struct sy_span tweak, uint32_t radix, const uint16_t *in, uint16_t *ret, size_t n) SY_MUST;

#endif
