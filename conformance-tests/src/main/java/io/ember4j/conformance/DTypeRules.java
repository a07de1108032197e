package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import java.util.List;

/** BC, second part: operands of different dtypes, and Java numbers. */
final class DTypeRules {
  private DTypeRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "BC-3.dtypes",
            "float32 with float64 is computed in float64; equal dtypes keep theirs.",
            "convert, or a result in the wrong dtype",
            subject -> dtypes()),
        new Rule(
            "BC-4.number",
            "A Java number takes the tensor's dtype: it is rounded to it first.",
            "a constant operand is used in double precision, or makes the result float64",
            subject -> number()));
  }

  private static void dtypes() {
    double third = 1.0 / 3;
    for (DType a : DType.values()) {
      for (DType b : DType.values()) {
        for (long[] shape :
            List.of(new long[] {}, new long[] {17}, new long[] {0}, new long[] {1})) {
          long[] common = Naive.broadcast(new long[] {17}, shape);
          if (common == null) {
            continue;
          }
          DType dtype = a.promote(b);
          double[] expected =
              Naive.count(Naive.size(common), dtype.round(a.round(third) - b.round(0.1)), 0);
          try (Tensor x = Tensor.full(third, a, 17);
              Tensor y = Tensor.full(0.1, b, shape);
              Tensor result = Ops.sub(x, y)) {
            Checks.same("sub of " + a + " and " + b, dtype, common, expected, result);
          }
        }
      }
    }
  }

  private static void number() {
    for (DType dtype : DType.values()) {
      double x = dtype.round(0.7);
      double y = dtype.round(0.1);
      long[] shape = {17};
      try (Tensor tensor = Tensor.full(x, dtype, shape)) {
        one("add", dtype, dtype.round(x + y), Ops.add(tensor, 0.1));
        one("sub", dtype, dtype.round(x - y), Ops.sub(tensor, 0.1));
        one("mul", dtype, dtype.round(x * y), Ops.mul(tensor, 0.1));
        one("div", dtype, dtype.round(x / y), Ops.div(tensor, 0.1));
        one("eq", dtype, 1, Ops.eq(tensor, 0.7));
        one("lt", dtype, 0, Ops.lt(tensor, 0.7));
        one("ge", dtype, 1, Ops.ge(tensor, 0.7));
        one("ne", dtype, 0, Ops.ne(tensor, 0.7));
      }
    }
  }

  private static void one(String what, DType dtype, double expected, Tensor result) {
    try (result) {
      Checks.same(
          what + " of a tensor and a number",
          dtype,
          new long[] {17},
          Naive.count(17, expected, 0),
          result);
    }
  }
}
