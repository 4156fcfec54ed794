/* attr.h: the macros of this code base, all of them on one screen. */
#ifndef SY_SCHEMA_ATTR_H
#define SY_SCHEMA_ATTR_H

#define SY_MUST __attribute__((warn_unused_result))
#define SY_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define SY_CLEANUP(fn) __attribute__((cleanup(fn)))
#define SY_NONSTRING __attribute__((nonstring))
#define SY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* The only macro that returns: pass an error on, unchanged. */
#define SY_TRY(expr)                                                           \
	do {                                                                   \
		enum sy_err sy_try_ = (expr);                                  \
		if (sy_try_ != SY_OK)                                          \
			return sy_try_;                                        \
	} while (0)

/* Defines name##p(T **), the cleanup of an owned pointer. */
#define SY_DEFINE_CLEANUP(T, fn)                                               \
	static inline void fn##p(T **p) { fn(*p); } /* NOLINT(bugprone-macro-parentheses): T is a type */

#endif
