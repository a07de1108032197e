package io.ember4j.backend.pure;

/**
 * A tail that does not fall: P(s), with a polynomial P in the position s = (t - c) / (t + c).
 *
 * <p>Of the rounding errors, those of the map and of P's last step are taken back.
 */
final class MappedLevel implements Tail {
  private final double center;
  private final double[] sensitivity;
  private final double[] p;

  /**
   * The coefficients of the polynomials are ascending.
   *
   * @param sensitivity see {@link Mapped#correct}
   */
  MappedLevel(double center, double[] sensitivity, double[] p) {
    this.center = center;
    this.sensitivity = sensitivity;
    this.p = p;
  }

  @Override
  public Value times(Gaussian e) {
    Mapped mapped = Mapped.of(e.size(), center);
    Twofold level =
        Twofold.polynomial(mapped.position(), p)
            .timesOnePlus(mapped.correct(e.excess(), sensitivity));
    return level.value().times(e.power());
  }
}
