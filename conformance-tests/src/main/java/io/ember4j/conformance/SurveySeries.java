package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A function at many inputs with its exact results, and what a backend makes of it. */
public final class SurveySeries {
  private final boolean gradient;
  private final DType dtype;
  private final double[] x;
  private final Exact[] exact;
  private final UnaryOperator<double[]> function;
  private final Function<String, DoubleUnaryOperator> floor;

  /**
   * Of finite inputs.
   *
   * @param function computes the results on the backend in effect
   * @param floor the absolute error that is allowed a backend beside the bound, by the input
   */
  SurveySeries(
      boolean gradient,
      DType dtype,
      double[] x,
      Exact[] exact,
      UnaryOperator<double[]> function,
      Function<String, DoubleUnaryOperator> floor) {
    this.gradient = gradient;
    this.dtype = dtype;
    this.x = x;
    this.exact = exact;
    this.function = function;
    this.floor = floor;
  }

  /** Returns whether this is the gradient, for upstream 1. */
  public boolean isGradient() {
    return gradient;
  }

  /** Returns the dtype of inputs and results. */
  public DType dtype() {
    return dtype;
  }

  /** Returns the inputs. */
  public double[] x() {
    return x.clone();
  }

  /**
   * Returns the results of the backend.
   *
   * @throws io.ember4j.BackendException if the backend is missing or cannot run
   */
  public double[] results(String backend) {
    try (BackendScope scope = Backends.use(backend)) {
      return function.apply(x);
    }
  }

  /**
   * Returns how far each of a backend's results is from the exact one, in units in the last place;
   * infinity if one of them is NaN or infinite and the other is not; NaN for a result that is off
   * by more than 4 of these units where the specification allows it an absolute error, around the
   * zero of a derivative.
   */
  public double[] errors(String backend, double[] results) {
    double[] errors = new double[x.length];
    DoubleUnaryOperator allowance = floor.apply(backend);
    for (int i = 0; i < errors.length; i++) {
      double error = Ulp.error(results[i], exact[i]);
      double allowed = allowance.applyAsDouble(x[i]) / exact[i].spacing();
      errors[i] = error > 4 && error <= allowed ? Double.NaN : error;
    }
    return errors;
  }
}
