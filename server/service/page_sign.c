/* service/page_sign.c: a sign for each verdict, so that colour is never alone,
 * and the tiles of the county map. */
#include "server/service/page.h"

#include <string.h>

void
page_sign(struct sy_buf *b, enum verdict_face f)
{
	/* 24 x 24, drawn by strokes in the band's own text colour. */
	static const char *const paths[FACES] = {
		[FACE_VALID] = "<circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"M7 12.5l3.5 3.5L17 9\"/>",
		[FACE_SELF_TESTED] = "<path d=\"M9 2h6M10 2v6L4.5 18a2.7 2.7 0 0 0 2.4 4h10.2a2.7 2.7 0 0 0 2.4-4L14 8V2M8.5 15l2.5 2.5 4.5-4.5\"/>",
		[FACE_DECLARED] = "<path d=\"M4 20l1-5L16 4l4 4L9 19l-5 1zM13.5 6.5l4 4M13 21h8\"/>",
		[FACE_SUSPICIOUS] = "<path d=\"M12 3L1.8 21h20.4L12 3zM12 10v5M12 18v.2\"/>",
		[FACE_EXPIRED] = "<rect x=\"3\" y=\"5\" width=\"18\" height=\"16\" rx=\"1\"/><path d=\"M3 10h18M8 2v5M16 2v5M9 13l6 5M15 13l-6 5\"/>",
		[FACE_SUSPENDED_SAFETY] = "<circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"M9.5 8v8M14.5 8v8\"/>",
		[FACE_SUSPENDED_CERTIFICATE] = "<circle cx=\"12\" cy=\"9\" r=\"7\"/><path d=\"M8 15v7l4-2 4 2v-7M10.3 6.5v5M13.7 6.5v5\"/>",
		[FACE_REVOKED] = "<path d=\"M14 2H5v20h14V7l-5-5zM14 2v5h5M9 12l6 6M15 12l-6 6\"/>",
		[FACE_RECALLED] = "<path d=\"M8 2h8l6 6v8l-6 6H8l-6-6V8l6-6zM12 6.5v7M12 17v.2\"/>",
		[FACE_NOT_ISSUED] = "<circle cx=\"12\" cy=\"12\" r=\"10\" stroke-dasharray=\"3.2 2.5\"/><path d=\"M9.3 9.2a2.8 2.8 0 1 1 3.9 2.6c-.8.4-1.2.9-1.2 1.9M12 17v.2\"/>",
		[FACE_VOIDED] = "<circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"M5 5l14 14\"/>",
		[FACE_BAD_SIGNATURE] = "<path d=\"M12 2l8 3v6c0 5-3.4 9-8 11-4.6-2-8-6-8-11V5l8-3zM13.5 5l-3 6h3.5l-3 6\"/>",
		[FACE_UNKNOWN_KEY] = "<circle cx=\"7\" cy=\"17\" r=\"4\"/><path d=\"M10 14l5-5M13 11l3 3M17 2.8a2.6 2.6 0 1 1 2.6 3.9c-.6.3-.6.8-.6 1.3M19 11v.2\"/>",
		[FACE_UNSIGNED] = "<path d=\"M9 7H7a5 5 0 0 0 0 10h2M15 7h2a5 5 0 0 1 0 10h-2M11 12h2M4 3l16 18\"/>",
		[FACE_UNSUPPORTED] = "<circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"M12 17V7M8 11l4-4 4 4\"/>",
		[FACE_MALFORMED] = "<path d=\"M3 3h7v7H3zM14 3h7v7h-7zM3 14h7v7H3zM14 14l7 7M21 14l-7 7\"/>",
	};
	sy_buf_add_str(b, "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\">");
	sy_buf_add_str(b, paths[f]);
	sy_buf_add_str(b, "</svg>");
}

/* Schematic: which county lies beside which, and nothing of its shape. */
void
page_map(struct sy_buf *b, uint32_t county, enum lang lang)
{
	static const struct {
		uint32_t code;
		unsigned x, y;
	} tiles[] = { { 411721, 1, 0 }, { 411722, 2, 0 }, { 411728, 1, 1 }, { 411727, 2, 1 }, { 411723, 3, 1 }, { 411726, 0, 2 }, { 411702, 1, 2 },
		{ 411771, 2, 2 }, { 411729, 3, 2 }, { 411725, 1, 3 }, { 411724, 2, 3 } };
	const char *here = county_name(county, lang);
	if (here == NULL)
		return;
	sy_buf_printf(b, "<svg class=\"map\" viewBox=\"0 0 292 148\" role=\"img\" aria-label=\"%s\">", here);
	for (size_t i = 0; i < SY_LEN(tiles); i++)
		sy_buf_printf(b, "<g%s><rect x=\"%u\" y=\"%u\" width=\"70\" height=\"34\"/><text x=\"%u\" y=\"%u\"%s>%s</text></g>",
		    tiles[i].code == county ? " class=\"on\"" : "", 1 + tiles[i].x * 73, 1 + tiles[i].y * 37, 36 + tiles[i].x * 73, 22 + tiles[i].y * 37,
		    lang == LANG_EN && strlen(county_name(tiles[i].code, lang)) > 8 ? " textLength=\"60\" lengthAdjust=\"spacingAndGlyphs\"" : "",
		    county_name(tiles[i].code, lang));
	sy_buf_printf(b, "</svg><p class=\"hint\">%s</p>", word(lang, W_MAP));
}
