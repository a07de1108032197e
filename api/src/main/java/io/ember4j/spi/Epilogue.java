package io.ember4j.spi;

import io.ember4j.expr.Expr;
import java.util.List;

/**
 * What is done with each element of a matrix product before it is stored, such as bias and
 * activation.
 *
 * @param expression what is stored
 * @param operands its inputs, read like those of {@link Backend#evaluate} over the whole result:
 *     input 0 is the product itself, a full view of the result
 */
public record Epilogue(Expr expression, List<Operand> operands) {
  /** Copies the list. */
  public Epilogue {
    operands = List.copyOf(operands);
  }
}
