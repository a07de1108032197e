package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.Objects;

/**
 * Something beyond the required floor that a backend declares to do.
 *
 * @param kind what
 * @param function the name of the function for {@link Kind#NATIVE}, else empty
 * @param dtype for which dtype
 */
public record Capability(Kind kind, String function, DType dtype) {
  /** What a backend may do beyond the required floor. */
  public enum Kind {
    /** Softmax in one pass. */
    SOFTMAX,
    /** Bias and activation inside the matrix product. */
    EPILOGUE,
    /** Whole expressions at once. */
    FUSION,
    /** Parts of tensors read in place by whole expressions. */
    SLICES,
    /** A named function in one operation. */
    NATIVE
  }

  /** Checks that a function is named where there is one. */
  public Capability {
    Objects.requireNonNull(dtype, "dtype");
    if ((kind == Kind.NATIVE) == function.isEmpty()) {
      throw new IllegalArgumentException(
          "capability " + kind + " with the function \"" + function + "\"");
    }
  }

  /** Returns a capability that is not about one function. */
  static Capability of(Kind kind, DType dtype) {
    return new Capability(kind, "", dtype);
  }
}
