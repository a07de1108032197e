package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.OptionalDouble;

/** The backend under test, as a rule sees it. */
public interface Subject {
  /** Returns the name to pass to {@link io.ember4j.Backends#use}. */
  String backend();

  /**
   * Returns how many ULP the result of a function (a name as in the reference tables) may be off:
   * the specification's bound, or a wider one that the backend declares.
   */
  double ulpBound(String function, DType dtype);

  /** Returns what the backend declares about itself. */
  default ConformanceProfile profile() {
    return ConformanceProfile.strict();
  }

  /** Returns the worst error recorded so far, in ULP; empty where none was. */
  default OptionalDouble worst(String function, DType dtype) {
    return OptionalDouble.empty();
  }

  /** Records the worst error seen, in ULP, for the report. */
  void measured(String function, DType dtype, double ulp, String where);
}
