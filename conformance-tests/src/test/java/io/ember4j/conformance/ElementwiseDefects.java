package io.ember4j.conformance;

import static io.ember4j.conformance.Wrapper.elements;
import static io.ember4j.conformance.Wrapper.operands;
import static io.ember4j.conformance.Wrapper.primitive;
import static io.ember4j.conformance.Wrapper.result;
import static io.ember4j.conformance.Wrapper.size;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Operand;
import java.util.Arrays;
import java.util.List;

/** Defects of primitives: their values, and where in an array these stand. */
final class ElementwiseDefects {
  /** The number of pairs that the exact rules of ElementwiseRules compute with. */
  private static final int PAIRS = Data.pairs(DType.FLOAT32, ElementwiseRules.PAIRS)[0].length;

  /** As many elements as EW-12 selects from. */
  private static final int CHOICES = 2 * Data.specials(DType.FLOAT32).length;

  private ElementwiseDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
            "max-drops-nan-on-the-right",
            "MAX of a number and NaN is the number, as with a comparison by >.",
            () ->
                primitive(
                    Primitive.MAX, Wrapper::full, (a, b, right) -> Double.isNaN(b) ? a : right),
            "EW-7.max-nan",
            "RX-1.exact",
            "RX-2.enclosed"),
        Defect.of(
            "min-drops-nan-on-the-left",
            "MIN of NaN and a number is the number.",
            () ->
                primitive(
                    Primitive.MIN, Wrapper::full, (a, b, right) -> Double.isNaN(a) ? b : right),
            "EW-8.min-nan",
            "RX-1.exact"),
        Defect.of(
            "sub-swaps-its-operands",
            "SUB gives b - a.",
            () -> primitive(Primitive.SUB, size(PAIRS), (a, b, right) -> b - a),
            "EW-2.sub-exact"),
        Defect.of(
            "div-swaps-its-operands",
            "DIV gives b / a.",
            () -> primitive(Primitive.DIV, size(PAIRS), (a, b, right) -> b / a),
            "EW-4.div-exact"),
        Defect.of(
            "div-multiplies-by-the-reciprocal",
            "DIV gives a * (1 / b), which rounds twice.",
            () ->
                primitive(
                    Primitive.DIV,
                    size(DType.FLOAT64, PAIRS),
                    (a, b, right) ->
                        Double.isNaN(right) || b == 0 || Double.isInfinite(right)
                            ? right
                            : a * (1 / b)),
            "EW-4.div-exact"),
        Defect.of(
            "mul-flushes-subnormal-results",
            "MUL gives 0 where the product is below the smallest normal number.",
            () ->
                primitive(
                    Primitive.MUL,
                    size(PAIRS),
                    (a, b, right) -> Math.abs(right) < Float.MIN_NORMAL ? 0 * right : right),
            "EW-3.mul-exact"),
        Defect.of(
            "le-is-lt-at-infinity",
            "LE of two equal infinities is 0.",
            () ->
                primitive(
                    Primitive.LE,
                    Wrapper::full,
                    (a, b, right) -> Double.isInfinite(a) && a == b ? 0 : right),
            "EW-10.le-exact",
            "RX-1.exact"),
        Defect.of(
            "select-blends",
            "SELECT multiplies what it does not choose by 0, so that NaN gets through.",
            () -> select((taken, other) -> Double.isNaN(other) ? other : taken, 0),
            "EW-12.select-nan"),
        Defect.of(
            "select-takes-only-1-for-true",
            "SELECT takes the second operand only where the condition is 1, not where it is not 0.",
            () -> select((taken, other) -> Double.isNaN(other) ? taken : other, 1),
            "EW-12.select-exact"),
        Defect.of(
            "exp-is-0-before-it-is-subnormal",
            "EXP of float32 gives 0 where its result would be a certain subnormal number.",
            () ->
                primitive(
                    Primitive.EXP,
                    (operands, result) -> result.dtype() == DType.FLOAT32,
                    (a, b, right) -> a > -95.3425 && a < -95.3325 ? 0 : right),
            "EW-13.exp-values",
            "GR-32.exp-values",
            "GR-32.exp-composed",
            "GR-32.exp-upstream"),
        Defect.of(
            "log-of-minus-zero-is-nan",
            "LOG takes -0 for negative.",
            () ->
                primitive(
                    Primitive.LOG,
                    (operands, result) -> true,
                    (a, b, right) -> Ulp.sameBits(a, -0.0) ? Double.NaN : right),
            "EW-14.log-specials"),
        Defect.of(
            "tanh-is-off-between-two-tables",
            "TANH is off by a millionth in one narrow interval, as a polynomial with a wrong digit is.",
            () ->
                primitive(
                    Primitive.TANH,
                    (operands, result) -> result.dtype() == DType.FLOAT32,
                    (a, b, right) -> a > 0.7894 && a < 0.7896 ? right * (1 + 1e-6) : right),
            "EW-15.tanh-values",
            "AC-16.tanh-values",
            "AC-16.tanh-composed"),
        Defect.of(
            "tanh-is-not-odd",
            "TANH of one negative number is a ULP off, that of its opposite right.",
            () ->
                primitive(
                    Primitive.TANH,
                    (operands, result) -> result.dtype() == DType.FLOAT64,
                    (a, b, right) ->
                        Math.abs(a + 1.0187673105451402) < 1e-9 ? Math.nextUp(right) : right),
            "PR-9.odd-tanh"),
        Defect.of(
            "sqrt-repeats-an-element-in-its-tail",
            "The tail of a SIMD loop in SQRT is off by one: the last element is that before it.",
            () ->
                result(
                    Primitive.SQRT,
                    size(67),
                    values -> {
                      values[66] = values[65];
                      return values;
                    }),
            "PR-1.position-primitives"),
        Defect.of(
            "abs-forgets-its-tail",
            "ABS leaves the elements after the last whole vector of 8 unset.",
            () ->
                result(
                    Primitive.ABS,
                    size(DType.FLOAT64, 15),
                    values -> {
                      Arrays.fill(values, 8, 15, -1);
                      return values;
                    }),
            "PR-1.position-primitives",
            "PR-2.position-activations",
            "RX-1.exact",
            "RX-2.enclosed"),
        Defect.of(
            "lt-ignores-the-repeat-of-a-view",
            "LT reads a column as if it were a row.",
            () ->
                operands(
                    Primitive.LT,
                    (operands, result) ->
                        result.size() == 60
                            && operands.get(1) instanceof Operand.View v
                            && v.repeat() == 15,
                    operands ->
                        List.of(
                            operands.get(0),
                            new Operand.View(((Operand.View) operands.get(1)).buffer(), 1))),
            "PR-5.view-operands"));
  }

  /** What a broken select gives, from the branch to take and the other one. */
  private interface Choice {
    double of(double taken, double other);
  }

  /** A select over as many elements as EW-12 has, wrong where the condition is above a number. */
  private static Backend select(Choice wrong, double above) {
    return elements(
        Primitive.SELECT,
        size(CHOICES),
        (c, a, b, right) ->
            above > 0 && !(c > above) ? right : wrong.of(c != 0 ? a : b, c != 0 ? b : a));
  }
}
