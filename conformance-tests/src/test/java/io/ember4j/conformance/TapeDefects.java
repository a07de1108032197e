package io.ember4j.conformance;

import static io.ember4j.conformance.Wrapper.elements;
import static io.ember4j.conformance.Wrapper.primitive;
import static io.ember4j.conformance.Wrapper.reduction;
import static io.ember4j.conformance.Wrapper.size;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.List;

/** Defects that show in gradients and training, most of them nowhere in a network's results. */
final class TapeDefects {
  private TapeDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
            "select-gives-nan-where-a-choice-is-nan",
            "SELECT is NaN where either of its choices is, chosen or not.",
            () ->
                elements(
                    Primitive.SELECT,
                    size(16),
                    (c, a, b, right) -> Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : right),
            "TP-1.choices",
            "PR-2.position-activations",
            "TP-11.binary-cross-entropy",
            "RX-1.exact",
            "RX-2.enclosed"),
        Defect.of(
            "sqrt-is-a-reciprocal-root",
            "SQRT of float32 is taken from a table of reciprocal roots, 12 bits of it right.",
            () ->
                primitive(
                    Primitive.SQRT,
                    size(DType.FLOAT32, 17),
                    (a, b, right) -> right * (1 + 0x1p-12)),
            "TP-12.adam",
            "PR-1.position-primitives",
            "TP-1.elementwise",
            "TP-14.composed",
            "RX-1.exact",
            "RX-2.enclosed",
            "RX-3.gradients"),
        Defect.of(
            "select-takes-negative-conditions-for-false",
            "SELECT takes the second operand only where the condition is above 0.",
            () -> elements(Primitive.SELECT, size(65), (c, a, b, right) -> c > 0 ? a : b),
            "TP-13.own-function",
            "TP-14.composed"),
        Defect.of(
            "add-loses-a-second-upstream",
            "ADD of two gradients of 3 by 3 leaves out the second: of several uses, one counts.",
            () -> primitive(Primitive.ADD, size(DType.FLOAT64, 9), (a, b, right) -> a),
            "TP-7.several-uses",
            "TP-7.accumulation",
            "RX-1.exact",
            "RX-2.enclosed"),
        Defect.of(
            "mul-flushes-small-gradients",
            "MUL by a column gives 0 where the product is below the smallest normal float.",
            () ->
                primitive(
                    Primitive.MUL,
                    TapeDefects::broadcasts,
                    (a, b, right) -> Math.abs(right) < Float.MIN_NORMAL ? 0 : right),
            "TP-6.softmax-exact",
            "TP-14.composed"),
        Defect.of(
            "sum-drops-the-last-row",
            "SUM over the leading axis leaves out the last row: the gradient of a bias, a row short.",
            () ->
                reduction(
                    layout ->
                        layout.is(Reduction.SUM)
                            && layout.outer() == 1
                            && layout.inner() > 1
                            && layout.n() == 9,
                    (slice, right) -> right - slice[8]),
            "TP-2.broadcast",
            "RD-1.every-axis-set"),
        Defect.of(
            "sum-of-rows-forgets-the-last",
            "SUM of each row gives 0 for the last one.",
            () ->
                new Wrapper() {
                  @Override
                  public void reduce(
                      Reduction reduction,
                      Buffer source,
                      long outer,
                      long n,
                      long inner,
                      Buffer result) {
                    super.reduce(reduction, source, outer, n, inner, result);
                    if (reduction == Reduction.SUM && outer == 3 && inner == 1 && n == 10) {
                      NaiveBackend.of(result)[2] = 0;
                    }
                  }
                },
            "TP-8.prelu-weight",
            "TP-4.max-min",
            "TP-4.var"),
        Defect.of(
            "sum-of-columns-has-no-order",
            "SUM over the leading axis begins at another row each time.",
            () -> new ReductionDefects.SumsInAnyOrder(6),
            "TP-14.repeats"));
  }

  private static boolean broadcasts(List<Operand> operands, Buffer result) {
    return operands.get(1) instanceof Operand.View view && view.repeat() > 1;
  }
}
