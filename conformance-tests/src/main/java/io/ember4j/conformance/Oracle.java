package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.activation.Activation;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Computes the exact values of an activation of the catalogue at any points, to 40 digits and more,
 * by textbook formulas in decimal arithmetic that share nothing with the api.
 *
 * <p>It takes some 10 microseconds to a millisecond for a value, and remembers those of elementwise
 * activations. The reference tables, made by another program, verify it. Safe to share between
 * threads.
 */
public final class Oracle {
  private final DType dtype;
  private final OracleFormula formula;
  private final OracleRows rows;
  private final Map<Double, Exact> memory = new ConcurrentHashMap<>();

  private Oracle(DType dtype, OracleFormula formula, OracleRows rows) {
    this.dtype = dtype;
    this.formula = formula;
    this.rows = rows;
  }

  /**
   * Returns the oracle of the activation at inference; none for a user's own.
   *
   * @param dtype the dtype of the numbers; parameters are rounded to it
   */
  public static Optional<Oracle> of(Activation activation, DType dtype) {
    return of(activation.name(), activation.config(), dtype);
  }

  static Optional<Oracle> of(String name, Map<String, ?> config, DType dtype) {
    Optional<OracleFormula> formula = OracleFormula.of(name, config, dtype);
    Optional<OracleRows> rows = OracleRows.of(name, config, dtype);
    return formula.isEmpty() && rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Oracle(dtype, formula.orElse(null), rows.orElse(null)));
  }

  /** Returns whether a value depends on one number only; softmax and glu work on rows. */
  public boolean isElementwise() {
    return formula != null;
  }

  /**
   * Returns the exact values at the numbers; of a row, if the activation works on rows (for glu,
   * half as many).
   */
  public ExactValues at(double... x) {
    Exact[] values;
    if (formula != null) {
      values = new Exact[x.length];
      for (int i = 0; i < x.length; i++) {
        values[i] = memory.computeIfAbsent(x[i], key -> exact(formula.at(key)));
      }
    } else {
      Number[] row = rows.at(x);
      values = new Exact[row.length];
      for (int i = 0; i < row.length; i++) {
        values[i] = exact(row[i]);
      }
    }
    return new ExactValues(values);
  }

  private Exact exact(Number value) {
    return value instanceof BigDecimal decimal
        ? Exact.of(decimal, dtype)
        : Exact.special(value.doubleValue(), dtype);
  }
}
