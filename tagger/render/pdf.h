/* pdf.h: labels as PDF, one a page or n-up on A4 with ticks to cut along; written as it goes, so that a long run takes little memory. */
#ifndef SY_TAGGER_RENDER_PDF_H
#define SY_TAGGER_RENDER_PDF_H

#include "tagger/layout.h"
#include "tagger/sheet.h"
#include "tagger/symbol.h"
#include "tagger/text.h"

#include <stdio.h>

struct sy_pdf;
/* sheet NULL: each label is a page of its own size. text and file are borrowed until the end. */
enum sy_err sy_pdf_new(struct sy_text *text, FILE *file, const struct sy_sheet *sheet, struct sy_pdf **ret) SY_MUST;
void sy_pdf_free(struct sy_pdf *p);
SY_DEFINE_CLEANUP(struct sy_pdf, sy_pdf_free)
#define SY_AUTO_PDF SY_CLEANUP(sy_pdf_freep) struct sy_pdf
/* The layout must be of the sheet's dpi and label size. */
enum sy_err sy_pdf_add(struct sy_pdf *p, const struct sy_layout *l, const struct sy_symbol *s) SY_MUST;
/* Begin a new sheet with the next label. */
void sy_pdf_break(struct sy_pdf *p);
enum sy_err sy_pdf_end(struct sy_pdf *p) SY_MUST; /* IO when not everything was written */
size_t sy_pdf_pages(const struct sy_pdf *p);

#endif
