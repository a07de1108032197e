package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Operation;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How many instructions an operation becomes. */
final class Costs {
  private Costs() {}

  /** Returns the number, an upper bound where neighbours share some of them. */
  static int instructions(Operation operation, DType dtype) {
    Optional<UnaryOperator<Value>> function = KernelFunctions.of(operation);
    if (function.isEmpty()) {
      return 2; // a comparison that becomes 1 or 0 is two
    }
    Code code = new Code(dtype);
    return code.count(function.get().apply(code.input(0)));
  }
}
