package io.ember4j.backend.pure;

/**
 * A tail that is P(s) / (t + c), with a polynomial P in the position s = (t - c) / (t + c).
 *
 * <p>Of the rounding errors, those of the map, of P's last step and of the products are taken back.
 */
final class MappedTail implements Tail {
  private final double center;
  private final double[] sensitivity;
  private final double[] p;

  /**
   * The coefficients of the polynomials are ascending.
   *
   * @param sensitivity see {@link Mapped#correct}
   */
  MappedTail(double center, double[] sensitivity, double[] p) {
    this.center = center;
    this.sensitivity = sensitivity;
    this.p = p;
  }

  @Override
  public Value times(Gaussian e) {
    return times(e, false);
  }

  /** Returns this tail times t. */
  Tail timesSize() {
    return e -> times(e, true);
  }

  private Value times(Gaussian e, boolean timesSize) {
    Mapped mapped = Mapped.of(e.size(), center);
    Twofold tail =
        Twofold.polynomial(mapped.position(), p)
            .times(mapped.reciprocal())
            .timesOnePlus(mapped.correct(e.excess(), sensitivity));
    return (timesSize ? tail.times(e.size()) : tail).value().times(e.power());
  }
}
