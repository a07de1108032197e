package io.ember4j.expr;

/**
 * A place where an activation has its minimum, with its derivative, which vanishes there.
 *
 * <p>With d = x - place, the derivative is d (slope + d p(d)). The place is known to twice double's
 * precision and d is exact but for its last bits, so even the doubles next to the place have a
 * derivative of full relative accuracy; a sum of two terms that cancel there could not give it.
 *
 * <p>Source: the coefficients are derived by {@code api/tools/special_functions.py coefficients}.
 */
final class Minimum {

  static final Minimum GELU =
      new Minimum(
          new DoubleDouble(-0x1.80ead197f00b4p-1, 0x1.13e74c58cada8p-56),
          new DoubleDouble(0x1.b9d98fa5a3215p-2, 0x1.f7c1a23190c7cp-56),
          new double[] {
            0x1.8d9a941de3ac5p-2, -0x1.2a2ef9bb865aep-6, -0x1.d2fa4c17c7e84p-4,
            -0x1.e4088244f901dp-7, 0x1.3e346def42058p-6, 0x1.297b9d6ffaac3p-8,
            -0x1.258a6d8563b5dp-9, -0x1.8680f74e68c4cp-11, 0x1.86c863b843957p-13,
            0x1.6961091fa8bffp-14, -0x1.784acedcb7817p-17, -0x1.03fec10c0e784p-17,
            0x1.d0cd18c315db3p-22, 0x1.32239ff1b78bap-21, -0x1.0bc67476ca7c6p-29,
            -0x1.2c8a0b9baf82bp-25,
          });

  static final Minimum GELU_TANH =
      new Minimum(
          new DoubleDouble(-0x1.81429f9e97e4dp-1, 0x1.4f523ed77dbdcp-55),
          new DoubleDouble(0x1.b8bacd2c96b91p-2, 0x1.7625a206be83dp-56),
          new double[] {
            0x1.8cd1a2b2fff33p-2, -0x1.029615edb077ap-6, -0x1.d2b77346470abp-4,
            -0x1.104a83edc0ddcp-6, 0x1.427996dc2490cp-6, 0x1.58c9ed71346d4p-8,
            -0x1.3d8d6416db432p-9, -0x1.e63f2942cb8a9p-11, 0x1.14bf88fb249aap-12,
            0x1.04936eaaaa952p-13, -0x1.253b68d632923p-15, -0x1.0b9c295e713bbp-16,
            0x1.8cf4a8b8da521p-18, 0x1.46609aaf783bep-19, -0x1.006185ffc7043p-20,
            -0x1.bb16fc1f3bb43p-22,
          });

  static final Minimum GELU_SIGMOID =
      new Minimum(
          new DoubleDouble(-0x1.80974a62be3dfp-1, 0x1.b12c858d26bf0p-55),
          new DoubleDouble(0x1.7b9cd99ff06b7p-2, 0x1.c0cf108af1ca5p-57),
          new double[] {
            0x1.b30221e11c035p-2, 0x1.7d2c1a07340c0p-4, -0x1.059cd091d8f32p-3,
            -0x1.827cb3ec2a6d2p-4, 0x1.937473c24548ep-9, 0x1.0ea41b4547158p-5,
            0x1.ac811c7a83c2fp-7, -0x1.414a011b39cacp-8, -0x1.8d7c835182142p-8,
            -0x1.0bd0084d1e126p-10, 0x1.6b6aabc3916cbp-10, 0x1.c573729c8549ap-11,
            -0x1.bea9f47e9a500p-15, -0x1.1b3622ee2a2e5p-12, -0x1.5e1c780818847p-14,
            0x1.518eac5babd69p-15,
          });

  static final Minimum SILU =
      new Minimum(
          new DoubleDouble(-0x1.474973c84120bp+0, -0x1.f8d74bc9ac154p-54),
          new DoubleDouble(0x1.be1410460527fp-3, -0x1.2541062177473p-58),
          new double[] {
            0x1.2c563458cc0adp-3, 0x1.353eb573ca457p-6, -0x1.f2d0e32bc2994p-7,
            -0x1.b0f82c498fd2fp-8, 0x1.098e92b8f0568p-13, 0x1.a2a7caf0ee73dp-11,
            0x1.8574d136e4ef6p-13, -0x1.57238dca0d738p-15, -0x1.f2d89785badfep-16,
            -0x1.8af40fe674b46p-19, 0x1.3ae11932517a5p-19, 0x1.cdb1595fc5cf0p-21,
            -0x1.06ba0588e7197p-25, -0x1.8e060c64e85d4p-24, -0x1.37ed37f65f56fp-26,
            0x1.4150ab22ae214p-28,
          });

  static final Minimum MISH =
      new Minimum(
          new DoubleDouble(-0x1.31432c0d12d84p+0, -0x1.bf319154da210p-55),
          new DoubleDouble(0x1.115acb42500bbp-2, 0x1.1ad72de557d4cp-56),
          new double[] {
            0x1.a34a251d8ad7bp-3, 0x1.574f121a868dbp-5, -0x1.4c222fe64d4fcp-6,
            -0x1.03369d4ac90fap-6, -0x1.b87ddfb51b49fp-9, 0x1.1e5e184a0fe69p-10,
            0x1.0379918287b01p-10, 0x1.0a7954e85b479p-12, -0x1.5fff9f19a747ap-15,
            -0x1.d453aedf94742p-15, -0x1.223c2676d4695p-16, 0x1.fa1fcb90163b9p-21,
            0x1.869f0cace2fbcp-19, 0x1.1fb57213c88b2p-20, 0x1.9167f805fed95p-27,
            -0x1.31d4f5273f7c9p-23,
          });

  /** Farther away, the sum of the two terms is itself accurate to a unit in the last place. */
  private static final double RADIUS = 0.25;

  private final DoubleDouble place;
  private final DoubleDouble slope;
  private final double[] powers;

  private Minimum(DoubleDouble place, DoubleDouble slope, double[] powers) {
    this.place = place;
    this.slope = slope;
    this.powers = powers;
  }

  /** Whether {@link #derivative} holds at x, which it does within {@link #RADIUS}. */
  boolean isNear(double x) {
    return Math.abs(x - place.high()) < RADIUS;
  }

  /** Returns the activation's derivative at x. */
  double derivative(double x) {
    DoubleDouble distance = DoubleDouble.orderedSum(x - place.high(), -place.low());
    double rest = distance.high() * Polynomial.evaluate(powers, distance.high());
    return DoubleDouble.orderedSum(slope.high(), slope.low() + rest).times(distance).value();
  }
}
