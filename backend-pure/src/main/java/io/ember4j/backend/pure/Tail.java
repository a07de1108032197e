package io.ember4j.backend.pure;

/**
 * An approximation of what a function, such as erfc, is beside an exponential e<sup>-c t²</sup>,
 * for t &gt;= 0: here e<sup>t²</sup> erfc(t). It changes slowly, and the function itself is tiny.
 */
interface Tail {

  /** Returns the tail at the exponential's size, times the exponential, still raised. */
  Value times(Gaussian e);
}
