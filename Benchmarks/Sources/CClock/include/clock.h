// CClock: the monotonic clock as one number.
#pragma once

/// Sleeps until `nanoseconds` on the monotonic clock.
void sleep_until(long long nanoseconds);

/// The monotonic clock in nanoseconds.
long long monotonic_now(void);
