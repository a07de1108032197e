package io.ember4j;

import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import java.util.Objects;

/**
 * What a backend says it does beyond the required floor; made by {@link Backends#features}.
 *
 * <p>For reports and for the conformance kit: a program need not ask, because whatever a backend
 * lacks the api composes.
 */
public final class BackendFeatures {
  private final ActiveBackend backend;

  BackendFeatures(ActiveBackend backend) {
    this.backend = backend;
  }

  /** Returns how the backend evaluates the expression. */
  public Execution execution(Expr expression, DType dtype) {
    return backend
        .plan(Objects.requireNonNull(expression, "expression is null"), dtype, Lowering.NATIVE)
        .execution();
  }

  /** Returns whether the backend takes the whole expression at once. */
  public boolean fuses(Expr expression, DType dtype) {
    return backend.spi().fuses(expression, dtype);
  }

  /** Returns whether what the backend takes at once may read parts of a tensor where they lie. */
  public boolean readsSlices(DType dtype) {
    return backend.spi().readsSlices(dtype);
  }

  /** Returns whether the backend's matrix product takes the expression as its epilogue. */
  public boolean fusesEpilogue(Expr expression, DType dtype) {
    return backend.spi().fusesEpilogue(expression, dtype);
  }

  /** Returns whether the backend computes the function natively. */
  public boolean supports(NamedFunction function, DType dtype) {
    return backend.spi().supports(function, dtype);
  }

  /** Returns whether the backend computes softmax in one pass. */
  public boolean supportsSoftmax(DType dtype) {
    return backend.spi().supportsSoftmax(dtype);
  }
}
