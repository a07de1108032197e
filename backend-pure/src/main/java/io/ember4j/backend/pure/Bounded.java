package io.ember4j.backend.pure;

/**
 * An argument within the bounds outside which a function rounds to its limits.
 *
 * <p>Outside, zero is computed with and a limit selected: an instruction whose result is subnormal
 * costs a hundred times what others do.
 *
 * @param tooSmall where x is below the bounds
 * @param tooLarge where x is above them
 * @param inside x within the bounds, and NaN; elsewhere zero
 */
record Bounded(Value tooSmall, Value tooLarge, Value inside) {

  static Bounded of(Value x, double lowest, double highest) {
    Value tooSmall = x.lt(lowest);
    Value tooLarge = x.gt(highest);
    return new Bounded(tooSmall, tooLarge, tooSmall.select(0, tooLarge.select(0, x)));
  }

  /** Returns a result computed from {@link #inside}, and the limits for the other elements. */
  Value orLimit(double small, Value result, double large) {
    return orLimit(small, result, result.code().constant(large));
  }

  /** Returns a result computed from {@link #inside}, and the limits for the other elements. */
  Value orLimit(double small, Value result, Value large) {
    return tooSmall.select(small, tooLarge.select(large, result));
  }
}
