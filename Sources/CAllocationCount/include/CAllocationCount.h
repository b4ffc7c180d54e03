#ifndef C_ALLOCATION_COUNT_H
#define C_ALLOCATION_COUNT_H

/// How many blocks this process asked of the heap so far, by any thread.
///
/// An executable that links this target has its own malloc, calloc, realloc and aligned
/// variants, which count and then call the C library's.
unsigned long allocation_count(void);

#endif
