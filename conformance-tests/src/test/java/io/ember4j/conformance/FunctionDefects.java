package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.Arrays;
import java.util.List;

/** Defects of functions that a backend has natively: values, gradients and softmax. */
final class FunctionDefects {
  private FunctionDefects() {}

  static List<Defect> all() {
    return List.of(
        natively(
            "native-sigmoid-is-inaccurate",
            "The native sigmoid is off by a millionth in one narrow interval.",
            "sigmoid",
            (x, y, right) -> x > 1.0247 && x < 1.0251 ? right * (1 + 1e-6) : right,
            "FN-6.sigmoid-values",
            "AC-14.sigmoid-values"),
        natively(
            "native-erf-saturates-too-early",
            "The native erf is 1 from 3.3 on, where its float32 value is still below.",
            "erf",
            (x, y, right) -> x > 3.3 ? 1 : right,
            "FN-3.erf-values",
            "OX-4.erf",
            "RX-2.enclosed",
            "RX-3.gradients"),
        natively(
            "native-log1p-cancels",
            "The native log1p is log(1 + x), which loses small x.",
            "log1p",
            (x, y, right) -> Math.abs(x) > 1e-20 && Math.abs(x) < 1e-17 ? 0 : right,
            "FN-2.log1p-values",
            "AC-15.log-sigmoid-values",
            "AC-24.softplus-values",
            "PR-8.monotone-log-sigmoid",
            "PR-8.monotone-softplus"),
        natively(
            "native-softsign-is-not-monotone",
            "The native softsign has a dent of a few ULP where two pieces meet.",
            "softsign",
            (x, y, right) -> Math.abs(x) > 5.5 && Math.abs(x) < 5.52 ? right * (1 - 1e-3) : right,
            "PR-8.monotone-softsign"),
        natively(
            "native-mish-gradient-is-inaccurate-near-its-zero",
            "The native gradient of mish is off by a millionth where the gradient has its zero.",
            "mish_backward",
            (x, u, right) -> x > -1.1925 && x < -1.1924 ? right + 1e-6 * u : right,
            "GR-13.mish-values",
            "GR-13.mish-upstream"),
        natively(
            "native-gelu-gradient-cancels-in-the-tail",
            "The native gradient of gelu is 0 where it is only small.",
            "gelu_backward",
            (x, u, right) -> x < -13 && x > -14 ? 0 : right,
            "GR-9.gelu-values",
            "GR-9.gelu-upstream"),
        natively(
            "native-hardswish-gradient-is-a-half-at-a-kink",
            "The native gradient of hardswish at -3 is the mean of both sides.",
            "hardswish_backward",
            (x, u, right) -> x == -3 ? -0.5 * u : right,
            "GR-20.hardswish-values",
            "GR-20.hardswish-specials",
            "GR-20.hardswish-upstream"),
        natively(
            "native-selu-gradient-loses-nan",
            "The native gradient of selu at NaN is a number.",
            "selu_backward",
            (x, u, right) -> Double.isNaN(x) && u == 1 ? 1.0507 : right,
            "GR-7.selu-specials"),
        natively(
            "native-relu-gradient-multiplies-by-its-mask",
            "The native gradient of relu is NaN where an infinite upstream meets a 0 of the mask.",
            "relu_backward",
            (x, u, right) -> (x > 0 ? 1 : x <= 0 ? 0 : x) * u,
            "GR-1.relu-upstream"),
        natively(
            "native-silu-gradient-loses-the-upstream",
            "The native gradient of silu is the derivative alone.",
            "silu_backward",
            (x, u, right) -> u == 12345 ? right / u : right,
            "GR-12.silu-upstream"),
        Defect.of(
                "softmax-of-nothing-is-zero",
                "Softmax of three times -infinity is 0, not NaN.",
                () ->
                    Capable.softmax(
                        (slice, logarithm, right) -> {
                          if (!logarithm && slice.length == 3 && Double.isNaN(right[0])) {
                            Arrays.fill(right, isNothing(slice) ? 0 : Double.NaN);
                          }
                        }),
                "AC-28.softmax-specials")
            .declaring("capability softmax float32", "capability softmax float64"),
        Defect.of(
                "log-softmax-is-the-log-of-softmax",
                "log_softmax takes the logarithm of a softmax that has become 0.",
                () ->
                    Capable.softmax(
                        (slice, logarithm, right) -> {
                          for (int k = 0; logarithm && k < right.length; k++) {
                            right[k] = right[k] < -746 ? Double.NEGATIVE_INFINITY : right[k];
                          }
                        }),
                "AC-29.log-softmax-values",
                "TP-11.cross-entropy")
            .declaring("capability softmax float32", "capability softmax float64"));
  }

  private static boolean isNothing(double... slice) {
    return Arrays.stream(slice).allMatch(x -> x == Double.NEGATIVE_INFINITY);
  }

  private static Defect natively(
      String name,
      String description,
      String function,
      Capable.FunctionDefect defect,
      String... caughtBy) {
    return Defect.of(
            name,
            description,
            () -> Capable.functions(f -> f.name().equals(function), defect),
            caughtBy)
        .declaring(
            Arrays.stream(DType.values())
                .map(dtype -> "capability native " + function + " " + dtype)
                .toArray(String[]::new));
  }
}
