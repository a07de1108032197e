package io.ember4j.conformance;

/** Exact values, with which computed ones are compared. */
public final class ExactValues {
  private final Exact[] values;

  ExactValues(Exact... values) {
    this.values = values;
  }

  /** Returns the values themselves; do not write to them. */
  Exact[] values() {
    return values;
  }

  /** Returns how many there are. */
  public int size() {
    return values.length;
  }

  /** Returns the number of the dtype that is nearest to a value. */
  public double nearest(int index) {
    return values[index].nearest();
  }

  /**
   * Returns how far a computed number is from a value in units in the last place of the nearest
   * number: at most 0.5 if it is that one; infinity if one of them is NaN or infinite and the other
   * is not. The sign of a zero is ignored.
   */
  public double error(int index, double computed) {
    return Ulp.error(computed, values[index]);
  }
}
