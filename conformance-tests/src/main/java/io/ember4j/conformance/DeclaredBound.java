package io.ember4j.conformance;

import io.ember4j.DType;

/**
 * An accuracy that a backend declares instead of the specification's.
 *
 * @param function the name of the reference table; {@code composed/} before it for the composed
 *     form
 * @param dtype for which dtype
 * @param ulp the error that is never exceeded
 * @param reason why it is not the specification's
 */
public record DeclaredBound(String function, DType dtype, double ulp, String reason) {
  /** Checks the bound and that a reason is given. */
  public DeclaredBound {
    if (!(ulp > 0) || reason.isBlank()) {
      throw new IllegalArgumentException(
          "bound " + function + " " + dtype + " " + ulp + " needs a number > 0 and a reason");
    }
  }
}
