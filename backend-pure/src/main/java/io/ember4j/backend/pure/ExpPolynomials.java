package io.ember4j.backend.pure;

/**
 * The polynomials of a dtype that its exponential kernels are made of.
 *
 * <p>Source: {@code backend-pure/tools/kernels.py exp}, {@code expm1} and {@code log1p}, for
 * float64 with {@code --dtype float64}.
 */
final class ExpPolynomials {

  static final ExpPolynomials FLOAT32 =
      new ExpPolynomials(
          new double[] {
            0x1.fffffep-2, 0x1.5554b4p-3, 0x1.5557acp-5, 0x1.12245ep-7, 0x1.6ad74ep-10,
          },
          new double[] {
            0x1.62e430p-1,
            0x1.ebfbdcp-3,
            0x1.c6af7cp-5,
            0x1.3b2de0p-7,
            0x1.5f0830p-10,
            0x1.416b64p-13,
          },
          new double[] {
            0x1.0p+0, -0x1.ffffd2p-2, 0x1.554dd0p-2, -0x1.ff23e6p-3,
            0x1.934b54p-3, -0x1.3a435cp-3, 0x1.b4adf4p-4, -0x1.d6b042p-5,
            0x1.491754p-6, -0x1.af48a8p-9,
          });

  static final ExpPolynomials FLOAT64 =
      new ExpPolynomials(
          new double[] {
            0x1.0000000000005p-1, 0x1.555555555555cp-3,
            0x1.555555555240ap-5, 0x1.1111111110c96p-7,
            0x1.6c16c17e3a72fp-10, 0x1.a01a019cfdffbp-13,
            0x1.a019a99b379f1p-16, 0x1.71de38f78aacbp-19,
            0x1.289fa6c50139cp-22, 0x1.aeda5d1ae92d8p-26,
          },
          new double[] {
            0x1.62e42fefa39efp-1,
            0x1.ebfbdff82c59cp-3,
            0x1.c6b08d704a0d4p-5,
            0x1.3b2ab6fba11f3p-7,
            0x1.5d87fe78b3c79p-10,
            0x1.4309130c015f6p-13,
            0x1.ffcbfbf86597cp-17,
            0x1.62bfcdde49b3cp-20,
            0x1.b5260e83873ccp-24,
            0x1.e611a021dd14ep-28,
            0x1.e80d897d3416ep-32,
          },
          new double[] {
            0x1.0p+0,
            -0x1.fffffffffff9fp-2,
            0x1.5555555551050p-2,
            -0x1.fffffffdd444ep-3,
            0x1.99999951e6c3ep-3,
            -0x1.55554fbda28c7p-3,
            0x1.2491feea20c95p-3,
            -0x1.fffa8efce816cp-4,
            0x1.c6f6c66a88207p-4,
            -0x1.98d3394028356p-4,
            0x1.71301140547cdp-4,
            -0x1.4b06410d8caecp-4,
            0x1.2030e263cc3a9p-4,
            -0x1.d70154506f95ep-5,
            0x1.5a4d6002173dap-5,
            -0x1.b567017bb470cp-6,
            0x1.c3cb3193e2e42p-7,
            -0x1.68e4ddd87c004p-8,
            0x1.9df0c6f773c61p-10,
            -0x1.2d35ac69aa78dp-12,
            0x1.9fd245bfdc34bp-16,
          });

  private final double[] expm1;
  private final double[] exp2;
  private final double[] log1p;

  private ExpPolynomials(double[] expm1, double[] exp2, double[] log1p) {
    this.expm1 = expm1;
    this.exp2 = exp2;
    this.log1p = log1p;
  }

  /** Returns (e<sup>r</sup> - 1 - r) / r² for |r| &lt;= log(2)/2, ascending. */
  double[] expm1() {
    return expm1;
  }

  /** Returns (2<sup>f</sup> - 1) / f for |f| &lt;= 1/2, ascending. */
  double[] exp2() {
    return exp2;
  }

  /** Returns log(1 + e) / e for 0 &lt; e &lt;= 1, ascending. */
  double[] log1p() {
    return log1p;
  }
}
