/* size.c: see size.h. */
#include "tagger/size.h"

const struct sy_size sy_sizes[] = {
	{ "40x30", 40, 30 }, { "50x30", 50, 30 }, { "60x40", 60, 40 }, { "50x50", 50, 50 }, { "80x60", 80, 60 }, { "100x70", 100, 70 },
};
const size_t sy_nsizes = SY_LEN(sy_sizes);

static const struct {
	unsigned dpi, per_metre, module_min;
} resolutions[] = {
	{ 203, 8000, 3 }, /* 0.375 mm */
	{ 300, 11811, 4 }, /* 0.339 mm */
	{ 600, 23622, 8 }, /* 0.339 mm; vector output too, whose least is 0.33 mm */
};

const struct sy_size *
sy_size_find(struct sy_span name)
{
	for (size_t i = 0; i < sy_nsizes; i++)
		if (sy_span_eq_str(name, sy_sizes[i].name))
			return &sy_sizes[i];
	return NULL;
}

unsigned
sy_dots_per_metre(unsigned dpi)
{
	for (size_t i = 0; i < SY_LEN(resolutions); i++)
		if (resolutions[i].dpi == dpi)
			return resolutions[i].per_metre;
	return 0;
}

unsigned
sy_module_min(unsigned dpi)
{
	for (size_t i = 0; i < SY_LEN(resolutions); i++)
		if (resolutions[i].dpi == dpi)
			return resolutions[i].module_min;
	return 0;
}
