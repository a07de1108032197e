package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import java.util.List;
import java.util.function.UnaryOperator;

/** AC-28, AC-29 and AC-31: the axes of softmax, its mask, and its form for images. */
final class SoftmaxShapeRules {
  private static final long[][] SHAPES = {{5}, {3, 5}, {2, 3, 5}, {2, 3, 4, 5}};

  private SoftmaxShapeRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "AC-28.softmax-axes",
            "softmax along any axis of rank 1 to 4, counted from either end, is softmax of each"
                + " slice, within twice the bound; that of a scalar is 1.",
            "the strides [outer, n, inner] of softmax, of max and sum along an axis",
            subject -> axes(subject, false)),
        new Rule(
            "AC-29.log-softmax-axes",
            "log_softmax along any axis of rank 1 to 4, counted from either end, is log_softmax of"
                + " each slice, within twice the bound; that of a scalar is 0.",
            "the strides [outer, n, inner] of softmax, of max and sum along an axis",
            subject -> axes(subject, true)),
        new Rule(
            "AC-28.softmax-masked",
            "softmax with a mask is softmax of the elements whose mask is not 0, and exactly 0"
                + " elsewhere; a row that is masked whole is 0.",
            "-infinity in softmax, and select",
            SoftmaxShapeRules::masked),
        new Rule(
            "AC-31.softmax2d-channels",
            "softmax2d is softmax along the channels of (N, C, H, W) and (C, H, W).",
            "softmax along an axis with several elements inside",
            subject -> {
              for (DType dtype : DType.values()) {
                slices(subject, dtype, new long[] {2, 3, 4, 5}, 1, false, Activations::softmax2d);
                slices(subject, dtype, new long[] {3, 4, 5}, 0, false, Activations::softmax2d);
              }
            }));
  }

  private static void axes(Subject subject, boolean logarithm) {
    for (DType dtype : DType.values()) {
      for (long[] shape : SHAPES) {
        for (int axis = 0; axis < shape.length; axis++) {
          int along = axis;
          slices(subject, dtype, shape, along, logarithm, x -> along(x, along, logarithm));
          int fromEnd = axis - shape.length;
          slices(subject, dtype, shape, along, logarithm, x -> along(x, fromEnd, logarithm));
        }
      }
      Tensor scalar = Data.tensor(dtype, new double[] {-3.5}).reshape();
      Tensor result = along(scalar, -1, logarithm);
      Findings findings = new Findings("softmax of a scalar", dtype, 1);
      findings.same(0, "-3.5", logarithm ? 0.0 : 1.0, result.toDoubleArray()[0]);
      findings.check();
    }
  }

  private static Tensor along(Tensor x, int axis, boolean logarithm) {
    return logarithm ? Activations.logSoftmax(x, axis) : Activations.softmax(x, axis);
  }

  /** Compares each slice along the axis with the row form of that slice. */
  private static void slices(
      Subject subject,
      DType dtype,
      long[] shape,
      int axis,
      boolean logarithm,
      UnaryOperator<Tensor> function) {
    int size = 1;
    int inner = 1;
    for (int i = 0; i < shape.length; i++) {
      size *= (int) shape[i];
      inner *= i > axis ? (int) shape[i] : 1;
    }
    int n = (int) shape[axis];
    double[] x = Data.spread(dtype, size, -4, 4, 31);
    double[] actual = function.apply(Data.tensor(dtype, x, shape)).toDoubleArray();
    String name = logarithm ? "log_softmax" : "softmax";
    double bound = 2 * subject.ulpBound(name, dtype) * Ulp.epsilon(dtype) / 2 * (n + 24);
    Findings findings = new Findings(name + " along axis " + axis, dtype, size);
    findings.checkSize(actual.length);
    for (int start = 0; start < size; start++) {
      if (start / inner % n == 0) {
        double[] row = new double[n];
        for (int i = 0; i < n; i++) {
          row[i] = x[start + i * inner];
        }
        double[] expected = along(Data.tensor(dtype, row), -1, logarithm).toDoubleArray();
        for (int i = 0; i < n; i++) {
          int index = start + i * inner;
          double allowed = bound * (logarithm ? Math.max(1, Math.abs(expected[i])) : expected[i]);
          if (!(Math.abs(actual[index] - expected[i]) <= allowed)) {
            double ulp = Math.abs(actual[index] - expected[i]) / Ulp.spacing(expected[i], dtype);
            findings.add(
                index,
                Ulp.show(x[index], dtype),
                Ulp.show(expected[i], dtype),
                actual[index],
                ulp,
                Findings.ulps(allowed / Ulp.spacing(expected[i], dtype)) + " ULP");
          }
        }
      }
    }
    findings.check();
  }

  private static void masked(Subject subject) {
    for (DType dtype : DType.values()) {
      int n = 17;
      double[] x = Data.spread(dtype, 3 * n, -4, 4, 32);
      double[] mask = new double[3 * n];
      for (int i = 0; i < 2 * n; i++) {
        mask[i] = i % 3 == 1 ? 0 : 1;
      }
      double[] actual =
          Activations.softmax(Data.tensor(dtype, x, 3, n), -1, Data.tensor(dtype, mask, 3, n))
              .toDoubleArray();
      Findings findings = new Findings("masked softmax", dtype, 3 * n);
      double bound = 2 * subject.ulpBound("softmax", dtype) * Ulp.epsilon(dtype) / 2 * (n + 24);
      for (int row = 0; row < 3; row++) {
        int from = row * n;
        double[] kept =
            java.util.stream.IntStream.range(from, from + n)
                .filter(i -> mask[i] != 0)
                .mapToDouble(i -> x[i])
                .toArray();
        double[] expected = kept.length == 0 ? kept : SoftmaxRules.softmax(dtype, kept);
        int next = 0;
        for (int i = from; i < from + n; i++) {
          String input = Ulp.show(x[i], dtype) + " with mask " + mask[i];
          if (mask[i] == 0) {
            findings.same(i, input, 0.0, actual[i]);
          } else {
            double e = expected[next++];
            if (!(Math.abs(actual[i] - e) <= bound * e)) {
              double spacing = Ulp.spacing(e, dtype);
              double off = Math.abs(actual[i] - e) / spacing;
              String allowed = Findings.ulps(bound * e / spacing) + " ULP";
              findings.add(i, input, Ulp.show(e, dtype), actual[i], off, allowed);
            }
          }
        }
      }
      findings.check();
    }
  }
}
