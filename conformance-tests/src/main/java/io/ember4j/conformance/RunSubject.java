package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The backend of one run, with what it declares and what was measured. */
final class RunSubject implements Subject {
  private final String backend;
  private final ConformanceProfile profile;
  private final Map<String, Measurement> measured = new TreeMap<>();

  RunSubject(String backend, ConformanceProfile profile) {
    this.backend = backend;
    this.profile = profile;
  }

  @Override
  public String backend() {
    return backend;
  }

  @Override
  public ConformanceProfile profile() {
    return profile;
  }

  @Override
  public double ulpBound(String function, DType dtype) {
    return profile.bounds().stream()
        .filter(b -> b.function().equals(function) && b.dtype() == dtype)
        .mapToDouble(DeclaredBound::ulp)
        .findFirst()
        .orElseGet(() -> Bounds.of(function, dtype));
  }

  @Override
  public void measured(String function, DType dtype, double ulp, String where) {
    double bound = ulpBound(function, dtype);
    measured.merge(
        function + " " + dtype,
        new Measurement(function, dtype, ulp, bound, where),
        (a, b) -> b.ulp() > a.ulp() ? b : a);
  }

  @Override
  public OptionalDouble worst(String function, DType dtype) {
    Measurement worst = measured.get(function + " " + dtype);
    return worst == null ? OptionalDouble.empty() : OptionalDouble.of(worst.ulp());
  }

  /** Returns everything measured, by function and dtype. */
  List<Measurement> measurements() {
    return List.copyOf(measured.values());
  }
}
