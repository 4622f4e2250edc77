//! A clock that stands still: loaded before the C library, it says that it is `CLOCK_SECONDS` after 1970-01-01.
//!
//! No part of the test program: a test has `rustc` make a shared library of it.

use std::ffi::{c_char, c_int, c_long, c_longlong, c_void};

/// What a C program calls `struct timespec` and, with microseconds, `struct timeval`.
#[repr(C)]
pub struct Time {
    seconds: c_longlong,
    rest: c_long,
}

unsafe extern "C" {
    fn getenv(name: *const c_char) -> *const c_char;
    fn atoll(text: *const c_char) -> c_longlong;
    fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void;
}

fn seconds() -> c_longlong {
    // SAFETY: the name ends with a zero byte, and the test sets the variable.
    unsafe { atoll(getenv(c"CLOCK_SECONDS".as_ptr())) }
}

/// The clocks that tell the time of day stand still; all others go on.
///
/// # Safety
/// As in the C library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn clock_gettime(clock: c_int, time: *mut Time) -> c_int {
    const OF_DAY: [c_int; 3] = [0, 5, 11];
    const NEXT: *mut c_void = -1_isize as *mut c_void;
    type Real = unsafe extern "C" fn(c_int, *mut Time) -> c_int;
    if OF_DAY.contains(&clock) {
        // SAFETY: the caller hands over a place to write to.
        unsafe { *time = Time { seconds: seconds(), rest: 0 } };
        return 0;
    }
    // SAFETY: the C library's own function has this shape.
    unsafe { std::mem::transmute::<*mut c_void, Real>(dlsym(NEXT, c"clock_gettime".as_ptr()))(clock, time) }
}

/// # Safety
/// As in the C library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gettimeofday(time: *mut Time, _zone: *mut c_void) -> c_int {
    // SAFETY: the caller hands over a place to write to.
    unsafe { *time = Time { seconds: seconds(), rest: 0 } };
    0
}

/// # Safety
/// As in the C library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn time(place: *mut c_longlong) -> c_longlong {
    if !place.is_null() {
        // SAFETY: it is not null, so the caller wants it written.
        unsafe { *place = seconds() };
    }
    seconds()
}
