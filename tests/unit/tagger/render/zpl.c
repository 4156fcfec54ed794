/* R: ZPL II Programming Guide, "^GF", "~DG", "^XG", "^ID", "B64 and Z64 Encoding". Rendered by another program: tests/interop/readback.sh. */
#include "tests/unit/tagger/render/fixture.h"

#include "schema/wire/b64.h"
#include "tagger/render/raster.h"

#include <zlib.h>

/* One picture at *at (after ":Z64:"): its bytes; its CRC bit by bit. */
static void
unpack(const char **at, size_t want, struct sy_buf *ret)
{
	assert_int_equal(strncmp(*at, ":Z64:", 5), 0);
	const char *text = *at + 5, *colon = strchr(text, ':');
	assert_non_null(colon);
	unsigned crc = 0;
	for (const char *p = text; p < colon; p++) {
		crc ^= (unsigned)(uint8_t)*p << 8;
		for (int i = 0; i < 8; i++)
			crc = (crc << 1 ^ ((crc & 0x8000) != 0 ? 0x1021 : 0)) & 0xffff;
	}
	assert_int_equal(strtoul(colon + 1, NULL, 16), crc);
	struct sy_buf packed;
	sy_buf_init(&packed, 1 << 20);
	assert_int_equal(sy_b64_parse(sy_span(text, (size_t)(colon - text)), &packed, NULL), SY_OK);
	uLongf len = (uLongf)want + 1;
	assert_int_equal(uncompress(sy_buf_room(ret, want + 1), &len, packed.data, packed.len), Z_OK);
	assert_int_equal(len, want);
	sy_buf_grew(ret, len);
	sy_buf_done(&packed);
	*at = colon + 5;
}

/* A picture told with "bytes,bytes a row," lies in the label where the whole label has it. */
static void
check_field(const char **at, int x, int y, const struct sy_raster *whole)
{
	char *end;
	unsigned long bytes = strtoul(*at, &end, 10), stride = strtoul(end + 1, &end, 10);
	struct sy_buf bits;
	sy_buf_init(&bits, 1 << 20);
	*at = end + 1;
	unpack(at, bytes, &bits);
	for (size_t i = 0; i < bytes * 8; i++) {
		size_t px = (size_t)x + i % (stride * 8), py = (size_t)y + i / (stride * 8);
		bool dark = (bits.data[i / 8] >> (7 - i % 8) & 1) != 0;
		if (dark && !(px < whole->width && py < whole->height && (whole->bits[py * whole->stride + px / 8] >> (7 - px % 8) & 1) != 0))
			fail_msg("a dot at %zu, %zu that the label does not have", px, py);
	}
	sy_buf_done(&bits);
}

static void
job(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, 203);
	size_t stored = 0, labels = 0;
	while (fixture_next(&f, &sy_zpl_format)) {
		struct sy_raster whole;
		const char *s = sy_buf_cstr(&f.out);
		assert_int_equal(sy_raster_make(f.text, &f.press.layout, &f.press.symbol, &whole), SY_OK);
		if (strncmp(s, "~DG", 3) == 0) {
			char name[32];
			(void)snprintf(name, sizeof name, "~DGR:SY%06zu.GRF,", ++stored);
			assert_int_equal(strncmp(s, name, strlen(name)), 0);
			s += strlen(name);
			check_field(&s, 0, 0, &whole);
			assert_int_equal(*s++, '\n');
		}
		char head[80];
		(void)snprintf(head, sizeof head, "^XA^PW480^LL320^LH0,0\n^FO0,0^XGR:SY%06zu.GRF,1,1^FS\n", stored);
		assert_int_equal(strncmp(s, head, strlen(head)), 0);
		s += strlen(head);
		for (size_t i = 0; i < 2; i++) {
			char *end;
			assert_int_equal(strncmp(s, "^FO", 3), 0);
			long x = strtol(s + 3, &end, 10), y = strtol(end + 1, &end, 10);
			assert_int_equal(strncmp(end, "^GFA,", 5), 0);
			s = strchr(end + 5, ',') + 1; /* the bytes sent, and those stored, are told alike */
			check_field(&s, (int)x, (int)y, &whole);
			assert_int_equal(strncmp(s, "^FS\n", 4), 0);
			s += 4;
		}
		assert_string_equal(s, "^PQ1^XZ\n");
		sy_raster_done(&whole);
		labels++;
	}
	assert_int_equal(labels, 4);
	assert_int_equal(stored, 2); /* once for the units, once for the lot codes */
	assert_string_equal(sy_buf_cstr(&f.out), "^XA^IDR:SY000001.GRF^FS^XZ\n^XA^IDR:SY000002.GRF^FS^XZ\n");
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(job) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
