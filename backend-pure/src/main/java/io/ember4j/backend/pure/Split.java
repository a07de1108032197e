package io.ember4j.backend.pure;

import io.ember4j.DType;

/**
 * A real number as the sum of two numbers of a dtype, with twice its precision.
 *
 * @param high the number rounded
 * @param low the rest rounded
 */
record Split(double high, double low) {

  /** Returns this sum of two doubles as one of two numbers of a dtype. */
  Split in(DType dtype) {
    return in(dtype, dtype.round(high));
  }

  /** Returns the same, but with a high part that is a multiple of 2<sup>exponent</sup>. */
  Split in(DType dtype, int exponent) {
    return in(dtype, Math.scalb(Math.rint(Math.scalb(high, -exponent)), exponent));
  }

  private Split in(DType dtype, double part) {
    return new Split(part, dtype.round(high - part + low));
  }
}
