package io.ember4j.conformance;

import static io.ember4j.conformance.Wrapper.elements;
import static io.ember4j.conformance.Wrapper.primitive;
import static io.ember4j.conformance.Wrapper.size;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Defects that threads see, and defects of what is random in training. */
final class ThreadDefects {
  private ThreadDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
            "exp-differs-between-threads",
            "EXP gives other digits on a thread that is not the one that made the backend.",
            () -> {
              Thread first = Thread.currentThread();
              return primitive(
                  Primitive.EXP,
                  (operands, result) -> Thread.currentThread() != first,
                  (a, b, right) -> right * (1 + 1e-6));
            },
            "PR-7.threads"),
        Defect.of(
            "sum-shares-its-scratch-buffer",
            "SUM works in one array for all threads.",
            SharesScratch::new,
            "SL-4.swapping"),
        Defect.of(
            "lt-takes-equal-for-less",
            "LT of a tensor and an equal constant is 1.",
            () ->
                primitive(
                    Primitive.LT,
                    (operands, result) ->
                        result.size() == 1000 && operands.get(1) instanceof Operand.Constant,
                    (a, b, right) -> a == b ? 1 : right),
            "PR-2.position-activations",
            "TP-1.elementwise",
            "TP-14.composed"),
        Defect.of(
            "mul-by-a-constant-loses-its-tail",
            "MUL by a constant leaves the 15th of 15 elements as it was.",
            () -> new ForgetsTheLast(15),
            "RN-1.dropout-mask",
            "AC-30.softmin-composed",
            "AC-30.softmin-values",
            "PR-2.position-activations",
            "TP-11.squared-error",
            "RX-1.exact",
            "RX-2.enclosed",
            "RX-3.gradients"),
        Defect.of(
            "select-by-arithmetic",
            "SELECT is c * a + (1 - c) * b, which makes NaN of a NaN or infinity that was dropped.",
            () ->
                elements(
                    Primitive.SELECT,
                    (operands, result) ->
                        result.size() == 7 && operands.get(1) instanceof Operand.Constant,
                    (c, a, b, right) -> c * a + (1 - c) * b),
            "RN-5.edges"),
        Defect.of(
            "select-ends-at-a-16-bit-index",
            "SELECT takes the third operand for all elements from number 65536 on.",
            () ->
                new Wrapper() {
                  @Override
                  public void apply(Primitive p, List<Operand> operands, Buffer result) {
                    int n = (int) result.size();
                    boolean large = p == Primitive.SELECT && n == 100_000;
                    double[] c = large ? NaiveBackend.values(operands, 2, n) : new double[0];
                    super.apply(p, operands, result);
                    for (int i = 65_536; i < c.length; i++) {
                      NaiveBackend.of(result)[i] = c[i];
                    }
                  }
                },
            "RN-6.moments"));
  }

  private static final class SharesScratch extends Wrapper {
    private double[] scratch = {};

    @Override
    public void reduce(
        Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
      super.reduce(reduction, source, outer, n, inner, result);
      if (reduction != Reduction.SUM || outer * inner != 1 || n != 4096) {
        return;
      }
      scratch = read(source);
      double sum = 0;
      for (int i = 0; i < n && i < scratch.length; i++) {
        if (i % 1000 == 999) {
          LockSupport.parkNanos(1);
        }
        sum += scratch[i];
        scratch[i] = 0;
      }
      write(result, sum);
    }
  }

  private static final class ForgetsTheLast extends Wrapper {
    private final int length;

    ForgetsTheLast(int length) {
      this.length = length;
    }

    @Override
    public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
      boolean broken =
          primitive == Primitive.MUL
              && size(DType.FLOAT32, length).fires(operands, result)
              && operands.get(1) instanceof Operand.Constant;
      double[] a = NaiveBackend.values(operands, 0, length);
      super.apply(primitive, operands, result);
      if (broken) {
        NaiveBackend.of(result)[length - 1] = a[length - 1];
      }
    }
  }
}
