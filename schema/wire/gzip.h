/* gzip.h: gzip (RFC 1952) in pieces, and the only door to zlib.
 *
 * A page is assembled from pieces: parts that many answers share are deflated
 * once and kept (sy_gzip_piece), parts of one answer go in as stored blocks
 * (RFC 1951 3.2.4). Pieces end on a byte boundary and reference nothing before them. */
#ifndef SY_SCHEMA_WIRE_GZIP_H
#define SY_SCHEMA_WIRE_GZIP_H

#include "schema/bytes.h"

struct sy_gzip_piece {
	struct sy_buf deflated; /* raw deflate, not final */
	uint32_t crc; /* CRC-32 of the plain bytes */
	size_t plain_len;
};

/* level 1..9. The caller owns *ret; done with sy_gzip_piece_done. */
enum sy_err sy_gzip_piece_init(struct sy_gzip_piece *ret, struct sy_span plain, int level) SY_MUST;
void sy_gzip_piece_done(struct sy_gzip_piece *p);

struct sy_gzip {
	struct sy_buf *out;
	uint32_t crc;
	size_t plain_len;
};
void sy_gzip_begin(struct sy_gzip *g, struct sy_buf *out);
void sy_gzip_add_piece(struct sy_gzip *g, const struct sy_gzip_piece *p);
void sy_gzip_add_stored(struct sy_gzip *g, struct sy_span plain);
void sy_gzip_end(struct sy_gzip *g);

/* Whole gzip members, for bodies at rest and bundles. */
enum sy_err sy_gzip_compress(struct sy_span plain, int level, struct sy_buf *ret) SY_MUST;
/* The same bytes as a zlib stream (RFC 1950), as printer languages take them. */
enum sy_err sy_gzip_zlib(struct sy_span plain, int level, struct sy_buf *ret) SY_MUST;
/* Refuses to give more than ret->max bytes (TOO_LONG). MALFORMED when damaged or when anything follows. */
enum sy_err sy_gzip_expand(struct sy_span gz, struct sy_buf *ret) SY_MUST;

#endif
