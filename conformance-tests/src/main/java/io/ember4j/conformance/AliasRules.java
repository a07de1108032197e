package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Primitive;
import java.util.List;

/** EW-17: a result in the place of an operand. */
final class AliasRules {
  /** A size that no other rule has, with a tail for every SIMD width. */
  static final int SIZE = 83;

  private AliasRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "EW-17.result-is-operand",
            "A primitive whose result takes the place of one of its operands, whichever, gives the"
                + " same bits.",
            "apply clears or writes an element of the result before all operands of it were read",
            subject -> {
              for (DType dtype : DType.values()) {
                for (Primitive primitive : Primitive.values()) {
                  for (int place = 0; place < primitive.arity(); place++) {
                    check(primitive, place, dtype);
                  }
                }
              }
            }));
  }

  private static void check(Primitive primitive, int place, DType dtype) {
    int arity = primitive.arity();
    Tensor[] operands = new Tensor[arity];
    Expr[] inOrder = new Expr[arity];
    // In place, the target is input 0 and the others follow.
    Tensor[] others = new Tensor[arity - 1];
    Expr[] inPlace = new Expr[arity];
    int next = 0;
    for (int k = 0; k < arity; k++) {
      operands[k] = Data.tensor(dtype, values(dtype, k));
      inOrder[k] = Expr.input(k);
      inPlace[k] = Expr.input(k == place ? 0 : next + 1);
      if (k != place) {
        others[next++] = operands[k];
      }
    }
    Tensor target = Data.tensor(dtype, values(dtype, place));
    double[] expected = Ops.evaluate(Expr.apply(primitive, inOrder), operands).toDoubleArray();
    Ops.evaluate_(Expr.apply(primitive, inPlace), target, others);
    Checks.same(
        primitive.label() + " in the place of operand " + place,
        dtype,
        new long[] {SIZE},
        expected,
        target);
  }

  /** Numbers of both signs, zeros for conditions, and a few special ones. */
  private static double[] values(DType dtype, int operand) {
    double[] values = Data.spread(dtype, SIZE, -4, 4, operand + 1);
    for (int i = operand; i < SIZE; i += 5) {
      values[i] = 0;
    }
    values[10 + operand] = Double.NaN;
    values[20 + operand] = Double.NEGATIVE_INFINITY;
    return values;
  }
}
