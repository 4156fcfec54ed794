/* segment.h: how a text is cut into QR modes (ISO/IEC 18004 7.4) with the fewest bits. No library:
 * libqrencode's own cutting is not the best one (its issue 206), and one version is worth a millimetre on a label. */
#ifndef SY_TAGGER_SEGMENT_H
#define SY_TAGGER_SEGMENT_H

#include "schema/bytes.h"

#define SY_SEGMENT_TEXT_MAX 2331 /* bytes in version 40, level M */

enum sy_segment_mode { SY_SEGMENT_NUMERIC, SY_SEGMENT_ALPHANUMERIC, SY_SEGMENT_BYTE };

struct sy_segment {
	enum sy_segment_mode mode;
	uint16_t from, len;
};
struct sy_segments {
	size_t n;
	size_t bits; /* with mode and count indicators, without terminator */
	struct sy_segment at[SY_SEGMENT_TEXT_MAX];
};
/* The best cut for the versions of one group: 0 is 1-9, 1 is 10-26, 2 is 27-40 (their count indicators differ). */
enum sy_err sy_segments_choose(struct sy_span text, unsigned group, struct sy_segments *ret) SY_MUST;
/* Data bits of a version at level M (ISO/IEC 18004 table 7). */
size_t sy_segments_capacity(unsigned version);

#endif
