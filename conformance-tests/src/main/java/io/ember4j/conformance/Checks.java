package io.ember4j.conformance;

import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Shape;
import io.ember4j.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Compares what was computed with what was expected, and tells the difference in full. */
final class Checks {
  private Checks() {}

  /** Something that may throw. */
  @FunctionalInterface
  interface Action {
    /** Runs; whatever it throws goes to the caller. */
    void run() throws Exception;
  }

  /** Fails with the message unless the condition holds. */
  @SuppressWarnings("AnnotateFormatMethod") // that annotation would be one more dependency
  static void isTrue(boolean condition, String format, Object... arguments) {
    if (!condition) {
      throw new RuleViolation(String.format(format, arguments));
    }
  }

  /** Fails unless the tensor has this dtype and shape. */
  static void form(String what, DType dtype, long[] shape, Tensor actual) {
    if (actual.dtype() != dtype || !Arrays.equals(actual.shape().toArray(), shape)) {
      throw new RuleViolation(
          new Failure.Builder()
              .summary("the result has the wrong dtype or shape")
              .result(what, dtype, shape)
              .values(dtype + Arrays.toString(shape), actual.dtype() + "" + actual.shape())
              .build());
    }
  }

  /** Fails unless dtype, shape and every bit are as expected; any NaN is as good as another. */
  static void same(String what, DType dtype, long[] shape, double[] expected, Tensor actual) {
    form(what, dtype, shape, actual);
    same(what, dtype, shape, expected, actual.toDoubleArray());
  }

  /** Fails unless every bit is as expected; any NaN is as good as another. */
  static void same(String what, DType dtype, long[] shape, double[] expected, double[] actual) {
    for (int i = 0; i < expected.length; i++) {
      if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
        throw different(what, dtype, shape, i, expected[i], actual[i], 0);
      }
    }
  }

  /**
   * Fails unless every element is within its bound of the expected one; where the expected one is
   * not finite, the actual one must equal it.
   */
  static void within(
      String what, DType dtype, long[] shape, double[] expected, double[] bounds, double[] actual) {
    for (int i = 0; i < expected.length; i++) {
      boolean right =
          Double.isFinite(expected[i])
              ? Math.abs(actual[i] - expected[i]) <= bounds[i]
              : Double.compare(actual[i], expected[i]) == 0;
      if (!right) {
        throw different(what, dtype, shape, i, expected[i], actual[i], bounds[i]);
      }
    }
  }

  private static RuleViolation different(
      String what, DType dtype, long[] shape, int i, double expected, double actual, double bound) {
    boolean isExact = bound == 0 || !Double.isFinite(expected);
    return new RuleViolation(
        new Failure.Builder()
            .summary("an element is wrong; the first:")
            .result(what, dtype, shape)
            .element(null, Naive.index(i, shape))
            .values(Ulp.show(expected, dtype), Ulp.show(actual, dtype))
            .distance(
                Ulp.error(actual, Exact.special(expected, dtype)),
                isExact ? "exact" : "within " + bound)
            .build());
  }

  /** Fails unless the action throws the exception with a message that has all these words. */
  static void refuses(
      Class<? extends Throwable> type, String what, Action action, String... words) {
    Throwable thrown = null;
    try {
      action.run();
    } catch (Exception | AssertionError e) {
      thrown = e;
    }
    isTrue(type.isInstance(thrown), "%s: expected %s, got %s", what, type.getSimpleName(), thrown);
    String message = String.valueOf(thrown.getMessage());
    for (String word : words) {
      isTrue(message.contains(word), "%s: \"%s\" does not say \"%s\"", what, message, word);
    }
  }

  /** Returns a tensor of the values, rounded to the dtype. */
  static Tensor tensor(DType dtype, double[] values, long... shape) {
    long[] extents = shape;
    if (dtype == DType.FLOAT32) {
      return extents.length == 0
          ? Tensor.scalar((float) values[0])
          : Tensor.of(Naive.narrow(values), extents);
    }
    return extents.length == 0 ? Tensor.scalar(values[0]) : Tensor.of(values, extents);
  }

  /** Returns the extents of a shape. */
  static long[] shape(long... extents) {
    return Shape.of(extents).toArray();
  }

  /**
   * Returns another backend that can run here: the one this process uses by itself, or else the
   * best of those that are not the subject.
   */
  static Optional<String> other(Subject subject) throws InterruptedException {
    AtomicReference<String> byItself = new AtomicReference<>(subject.backend());
    Thread free = new Thread(() -> byItself.set(Backends.current().name()), "conformance-other");
    free.setUncaughtExceptionHandler((thread, e) -> byItself.set(subject.backend()));
    free.start();
    free.join();
    if (!byItself.get().equals(subject.backend())) {
      return Optional.of(byItself.get());
    }
    return Backends.available().stream()
        .map(info -> info.name())
        .filter(name -> !name.equals(subject.backend()))
        .findFirst();
  }
}
