package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The exact curve of an activation and of its derivative, for a picture, and a backend's in float32
 * at the same places. Where the value or the derivative jumps, a NaN parts the two sides; the
 * number there is one of the {@link #kinks}.
 */
public final class SurveyCurve {
  private static final int STEPS = 100;
  private static final double JUMP = 1e-3;

  /**
   * Where the derivative or the value jumps.
   *
   * @param x the place
   * @param derivative the derivative there, by convention
   */
  public record Kink(double x, double derivative) {}

  private final Survey.Surveyed function;
  private final List<Kink> kinks = new ArrayList<>();
  private final double[] x;

  SurveyCurve(Survey.Surveyed function) {
    this.function = function;
    TreeSet<Double> places = new TreeSet<>();
    for (int i = -STEPS; i <= STEPS; i++) {
      places.add((double) (float) (i * function.reach() / STEPS));
    }
    Set<Double> starts = new TreeSet<>(); // of the curve beyond a jump
    for (double kink : function.kinks()) {
      double below = Math.nextDown((float) kink);
      double above = Math.nextUp((float) kink);
      if (jumps(below, above)) {
        kinks.add(new Kink(kink, function.derivative(kink)));
        places.remove(kink);
        places.add(below);
        places.add(above);
        starts.add(above);
      }
    }
    x =
        places.stream()
            .flatMap(
                place -> starts.contains(place) ? Stream.of(Double.NaN, place) : Stream.of(place))
            .mapToDouble(Double::doubleValue)
            .toArray();
  }

  private boolean jumps(double below, double above) {
    return Math.abs(function.derivative(above) - function.derivative(below)) > JUMP
        || Math.abs(function.exact(above) - function.exact(below)) > JUMP;
  }

  /** Returns the places, ascending, with NaN where the curves are parted. */
  public double[] x() {
    return x.clone();
  }

  /** Returns the exact values at {@link #x}. */
  public double[] values() {
    return Arrays.stream(x).map(v -> Double.isNaN(v) ? v : function.exact(v)).toArray();
  }

  /** Returns the exact derivatives at {@link #x}. */
  public double[] derivatives() {
    return Arrays.stream(x).map(v -> Double.isNaN(v) ? v : function.derivative(v)).toArray();
  }

  /** Returns where the value or the derivative jumps. */
  public List<Kink> kinks() {
    return List.copyOf(kinks);
  }

  /**
   * Returns the values at {@link #x} as the backend computes them in float32.
   *
   * @throws io.ember4j.BackendException if the backend is missing or cannot run
   */
  public double[] values(String backend) {
    try (BackendScope scope = Backends.use(backend)) {
      return function.values(DType.FLOAT32, x);
    }
  }

  /**
   * Returns the derivatives at {@link #x} as the backend computes them in float32.
   *
   * @throws io.ember4j.BackendException if the backend is missing or cannot run
   */
  public double[] derivatives(String backend) {
    try (BackendScope scope = Backends.use(backend)) {
      return function.gradients(DType.FLOAT32, x);
    }
  }
}
