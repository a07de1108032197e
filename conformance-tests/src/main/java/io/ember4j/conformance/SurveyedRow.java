package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import java.util.Arrays;
import java.util.List;

/**
 * An activation that works on rows, along a line: one number of the row is x, the others stay. The
 * exact results are those of {@link Oracle}.
 *
 * @param activation the activation
 * @param row the row
 * @param at the index of x in it
 * @param form the shape of one row as the activation takes it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SurveyedRow(ActivationCase activation, double[] row, int at, long... form)
    implements Survey.Surveyed {
  private static final int INPUTS = 1_000;
  private static final double STEP = 0x1p-16;

  static SurveyedRow of(ActivationCase activation) {
    return switch (activation.name()) {
      case "glu" -> new SurveyedRow(activation, new double[] {2, 0}, 1, 2);
      case "softmax2d" -> new SurveyedRow(activation, new double[] {0, 0, 1}, 0, 3, 1, 1);
      default -> new SurveyedRow(activation, new double[] {0, 0, 1}, 0, 3);
    };
  }

  /** Returns the function in words, such as {@code the first of softmax(x, 0, 1)}. */
  String describe() {
    StringBuilder numbers = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      numbers.append(i == 0 ? "" : ", ").append(i == at ? "x" : Integer.toString((int) row[i]));
    }
    return (row.length == 2 ? "" : "the first of ") + activation.name() + "(" + numbers + ")";
  }

  @Override
  public double exact(double x) {
    return exact(DType.FLOAT64, x).nearest();
  }

  private Exact exact(DType dtype, double x) {
    return Oracle.of(activation.example(), dtype).orElseThrow().at(rowAt(x)).values()[0];
  }

  /** By the difference of two exact values. */
  @Override
  public double derivative(double x) {
    return (exact(x + STEP) - exact(x - STEP)) / (2 * STEP);
  }

  @Override
  public double[] kinks() {
    return new double[0];
  }

  @Override
  public double reach() {
    return 5;
  }

  @Override
  public double[] values(DType dtype, double[] x) {
    try (Tensor input = input(dtype, x);
        Tensor result = activation.example().apply(input)) {
      return every(result.toDoubleArray(), x.length, 0);
    }
  }

  @Override
  public double[] gradients(DType dtype, double[] x) {
    Activation example = activation.example();
    try (Tensor input = input(dtype, x);
        Tensor result = example.apply(input)) {
      double[] upstream = new double[(int) result.size()];
      for (int i = 0; i < x.length; i++) {
        upstream[i * upstream.length / x.length] = 1; // of the first result of each row
      }
      try (Tensor first = Data.tensor(dtype, upstream, result.shape().toArray());
          Tensor gradient = example.gradient(input, first)) {
        return every(gradient.toDoubleArray(), x.length, at);
      }
    }
  }

  List<SurveySeries> series() {
    return Arrays.stream(DType.values()).map(this::series).toList();
  }

  private SurveySeries series(DType dtype) {
    double[] x = SurveyInputs.spread(INPUTS);
    Oracle oracle = Oracle.of(activation.example(), dtype).orElseThrow();
    Exact[] exact =
        Arrays.stream(x).mapToObj(v -> oracle.at(rowAt(v)).values()[0]).toArray(Exact[]::new);
    return new SurveySeries(
        false, dtype, x, exact, inputs -> values(dtype, inputs), backend -> input -> 0);
  }

  private double[] rowAt(double x) {
    double[] result = row.clone();
    result[at] = x;
    return result;
  }

  private Tensor input(DType dtype, double... x) {
    double[] rows = new double[x.length * row.length];
    for (int i = 0; i < x.length; i++) {
      System.arraycopy(rowAt(x[i]), 0, rows, i * row.length, row.length);
    }
    long[] shape = new long[form.length + 1];
    shape[0] = x.length;
    System.arraycopy(form, 0, shape, 1, form.length);
    return Data.tensor(dtype, rows, shape);
  }

  /** Returns one number of each row. */
  private static double[] every(double[] all, int rows, int index) {
    double[] result = new double[rows];
    for (int i = 0; i < rows; i++) {
      result[i] = all[i * (all.length / rows) + index];
    }
    return result;
  }
}
