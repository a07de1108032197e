package io.ember4j.spi;

import io.ember4j.expr.Expr;
import java.util.List;

/**
 * What is done with each element of a matrix product before it is stored, such as bias and
 * activation.
 *
 * @param expression over input 0, the product's element, and inputs 1 and up, the operands
 * @param operands inputs 1 and up, read like those of {@link Backend#evaluate} over the whole
 *     result
 */
public record Epilogue(Expr expression, List<Operand> operands) {
  /** Copies the list. */
  public Epilogue {
    operands = List.copyOf(operands);
  }
}
