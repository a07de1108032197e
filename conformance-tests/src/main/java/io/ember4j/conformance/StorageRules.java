package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import java.util.Arrays;
import java.util.List;

/** ST: what is stored comes back. */
final class StorageRules {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Math.nextUp(1f),
    16777216f,
    0.1f
  };
  private static final double[] SPECIAL_WIDE = {
    0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Math.nextDown(Double.MIN_NORMAL),
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Math.nextUp(1.0),
    9007199254740992.0,
    0.1
  };

  private StorageRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "ST-1.round-trip",
            "What a tensor is made of comes back bit for bit (a NaN as some NaN), for every dtype"
                + " and rank 0 to 4, empty tensors included.",
            "upload or download changes values: -0.0, subnormals, or the order of elements",
            subject -> roundTrip()),
        new Rule(
            "ST-2.tails",
            "Every element of tensors of sizes around SIMD widths comes back.",
            "upload or download leaves out the last elements",
            subject -> tails()),
        new Rule(
            "ST-3.filled",
            "full, zeros, ones and scalar give the value, rounded to the dtype, everywhere.",
            "upload of constant arrays",
            subject -> filled()),
        new Rule(
            "ST-4.conversion",
            "float32 becomes float64 exactly; float64 becomes float32 by rounding to nearest, ties"
                + " to even.",
            "convert truncates, or flushes subnormals to 0",
            subject -> conversion()),
        new Rule(
            "ST-5.copied",
            "A tensor does not change when the array it was made from, or one it was copied to,"
                + " does.",
            "upload or download keeps the caller's array instead of copying it",
            subject -> copied()),
        new Rule(
            "ST-6.fresh",
            "A tensor keeps its values while others are made, computed and closed.",
            "allocate hands out memory that is still in use, or release is not matched",
            subject -> fresh()));
  }

  private static void roundTrip() {
    for (DType dtype : DType.values()) {
      double[] special = dtype == DType.FLOAT32 ? Naive.widen(SPECIAL) : SPECIAL_WIDE;
      for (long[] shape : Naive.shapes(4, 0, 1, 2, 3)) {
        double[] values = new double[Naive.size(shape)];
        for (int i = 0; i < values.length; i++) {
          values[i] = special[(i + shape.length) % special.length];
        }
        try (Tensor tensor = Checks.tensor(dtype, values, shape)) {
          Checks.same("create", dtype, shape, values, tensor);
        }
      }
      try (Tensor tensor = Checks.tensor(dtype, special, special.length)) {
        Checks.same("create", dtype, Checks.shape(special.length), special, tensor);
      }
    }
  }

  private static void tails() {
    for (DType dtype : DType.values()) {
      for (int size : Naive.TAILS) {
        double[] values = Naive.random(dtype, size, 1e3, size);
        try (Tensor tensor = Checks.tensor(dtype, values, size)) {
          Checks.same("create", dtype, Checks.shape(size), values, tensor);
        }
      }
    }
  }

  private static void filled() {
    for (long[] shape : Naive.shapes(3, 0, 1, 17)) {
      double[] values = new double[Naive.size(shape)];
      try (Tensor zeros = Tensor.zeros(shape);
          Tensor ones = Tensor.ones(shape)) {
        Checks.same("zeros", DType.FLOAT32, shape, values, zeros);
        Arrays.fill(values, 1);
        Checks.same("ones", DType.FLOAT32, shape, values, ones);
      }
      for (DType dtype : DType.values()) {
        Arrays.fill(values, dtype.round(0.1));
        try (Tensor full = Tensor.full(0.1, dtype, shape)) {
          Checks.same("full", dtype, shape, values, full);
        }
      }
    }
    long[] none = new long[0];
    try (Tensor narrow = Tensor.scalar(-0f);
        Tensor wide = Tensor.scalar(0.1)) {
      Checks.same("scalar", DType.FLOAT32, none, new double[] {-0.0}, narrow);
      Checks.same("scalar", DType.FLOAT64, none, new double[] {0.1}, wide);
    }
  }

  private static void conversion() {
    double[] wide = {
      0.1,
      -0.1,
      1 + 0x1p-24,
      1 + 0x1p-23 + 0x1p-24,
      Math.nextUp(1 + 0x1p-24),
      1e300,
      -1e300,
      Float.MAX_VALUE + 0x1p102,
      Math.nextUp(Float.MAX_VALUE + 0x1p103),
      1e-300,
      -1e-300,
      Float.MIN_VALUE / 2.0,
      Math.nextUp(Float.MIN_VALUE / 2.0),
      3 * Float.MIN_VALUE / 2.0,
      1e-40,
      -0.0,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    long[] shape = {wide.length};
    double[] rounded = Naive.widen(Naive.narrow(wide));
    try (Tensor x = Tensor.of(wide);
        Tensor cast = Ops.cast(x, DType.FLOAT32)) {
      Checks.same("cast to float32", DType.FLOAT32, shape, rounded, cast);
      double[] read = Naive.widen(x.toFloatArray());
      Checks.same("toFloatArray of float64", DType.FLOAT32, shape, rounded, read);
    }
    long[] narrowShape = {SPECIAL.length};
    try (Tensor x = Tensor.of(SPECIAL);
        Tensor cast = Ops.cast(x, DType.FLOAT64)) {
      Checks.same("cast to float64", DType.FLOAT64, narrowShape, Naive.widen(SPECIAL), cast);
    }
  }

  private static void copied() {
    float[] narrow = {1, 2, 3};
    double[] wide = {1, 2, 3};
    double[] expected = {1, 2, 3};
    long[] shape = {3};
    try (Tensor x = Tensor.of(narrow);
        Tensor y = Tensor.of(wide)) {
      Arrays.fill(narrow, 9);
      Arrays.fill(wide, 9);
      x.copyTo(narrow);
      y.copyTo(wide);
      Arrays.fill(narrow, 8);
      Arrays.fill(wide, 8);
      Checks.same("of(float[])", DType.FLOAT32, shape, expected, x);
      Checks.same("of(double[])", DType.FLOAT64, shape, expected, y);
    }
  }

  private static void fresh() {
    long[] shape = {67};
    for (DType dtype : DType.values()) {
      double[] kept = Naive.random(dtype, 67, 1, 1);
      try (Tensor x = Checks.tensor(dtype, kept, shape)) {
        for (int i = 0; i < 50; i++) {
          try (Tensor other = Tensor.full(i, dtype, shape);
              Tensor sum = Ops.add(other, 1)) {
            Checks.same("add", dtype, shape, Naive.count(67, i + 1.0, 0), sum);
            Checks.same("its operand", dtype, shape, Naive.count(67, i, 0), other);
          }
        }
        Checks.same("a tensor made earlier", dtype, shape, kept, x);
      }
    }
  }
}
