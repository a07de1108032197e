package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An activation that works element by element, with its default parameters. In float32, the exact
 * results are those of {@link SweepReference} at a spread of inputs and of the reference tables at
 * theirs; in float64, those of the tables.
 */
final class SurveyedElement implements Survey.Surveyed {
  private static final int INPUTS = 24_000;

  private final ActivationCase activation;
  private final Activation example;
  private final SweepReference reference;
  private final String table;

  SurveyedElement(ActivationCase activation) {
    this.activation = activation;
    this.example = activation.example();
    this.reference = SweepReference.ALL.get(activation.name());
    this.table = activation.tables().get(0);
  }

  @Override
  public double exact(double x) {
    return reference.value().applyAsDouble(x);
  }

  @Override
  public double derivative(double x) {
    return reference.gradient().applyAsDouble(x);
  }

  @Override
  public double[] kinks() {
    double[] others = ActivationRules.kinks(ReferenceTable.get(table, DType.FLOAT32));
    double[] all = SurveyInputs.join(others, new double[] {0});
    Arrays.sort(all);
    return all;
  }

  @Override
  public double reach() {
    return Arrays.stream(kinks()).anyMatch(kink -> kink > 4) ? 8 : 5;
  }

  @Override
  public double[] values(DType dtype, double[] x) {
    try (Tensor input = Data.tensor(dtype, x);
        Tensor result = example.apply(input)) {
      return result.toDoubleArray();
    }
  }

  @Override
  public double[] gradients(DType dtype, double[] x) {
    try (Tensor input = Data.tensor(dtype, x);
        Tensor ones = Tensor.full(1, dtype, x.length);
        Tensor result = example.gradient(input, ones)) {
      return result.toDoubleArray();
    }
  }

  List<SurveySeries> series() {
    return List.of(
        values(DType.FLOAT32), values(DType.FLOAT64),
        gradients(DType.FLOAT32), gradients(DType.FLOAT64));
  }

  private SurveySeries values(DType dtype) {
    ReferenceTable rows = ReferenceTable.get(table, dtype);
    return series(false, rows, this::exact, x -> values(dtype, x), backend -> x -> 0);
  }

  private SurveySeries gradients(DType dtype) {
    GradientCase gradient =
        GradientCase.ALL.stream()
            .filter(c -> c.name().equals(activation.name()))
            .findFirst()
            .orElseThrow();
    ReferenceTable rows = gradient.derivatives(dtype).get(0);
    return series(
        true,
        rows,
        this::derivative,
        x -> gradients(dtype, x),
        backend -> gradient.floor(dtype, !gradient.inOne(backend, rows)));
  }

  private static SurveySeries series(
      boolean isGradient,
      ReferenceTable table,
      DoubleUnaryOperator formula,
      UnaryOperator<double[]> function,
      Function<String, DoubleUnaryOperator> floor) {
    ReferenceTable rows = table.where((x, y) -> Double.isFinite(x));
    double[] x = rows.x();
    Exact[] exact = rows.y();
    if (rows.dtype() == DType.FLOAT32) {
      double[] spread = SurveyInputs.join(SurveyInputs.spread(INPUTS), SurveyInputs.tiny());
      x = SurveyInputs.join(spread, x);
      exact =
          Stream.concat(
                  Arrays.stream(spread).map(formula).mapToObj(SurveyedElement::single),
                  Arrays.stream(exact))
              .toArray(Exact[]::new);
    }
    return new SurveySeries(isGradient, rows.dtype(), x, exact, function, floor);
  }

  private static Exact single(double value) {
    return value == 0 || Double.isNaN(value) || Double.isInfinite(value)
        ? Exact.special(value, DType.FLOAT32)
        : Exact.of(new BigDecimal(value), DType.FLOAT32);
  }
}
