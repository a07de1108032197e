package io.ember4j.backend.pure;

import io.ember4j.DType;

/**
 * The numbers of a dtype that the kernels of the error function are made of.
 *
 * <p>Source: {@code backend-pure/tools/error_functions.py erf} and {@code mills}, for float64 with
 * {@code --dtype float64}.
 */
final class ErrorConstants {

  private static final ErrorConstants FLOAT32 =
      new ErrorConstants(
          4,
          new double[] {
            0x1.06eba8p-3,
            -0x1.812740p-2,
            0x1.ce2d64p-4,
            -0x1.b80120p-6,
            0x1.544aa8p-8,
            -0x1.a61278p-11,
            0x1.4f8ec6p-14,
          },
          new double[] {
            -0x1.d4bf16p-13,
            -0x1.20a7dap+0,
            -0x1.4655e0p-1,
            -0x1.a904a8p-4,
            0x1.6ad9a6p-6,
            -0x1.8c40a0p-9,
            0x1.96a48ap-13,
          },
          new TailQuotient(
              0x1.c5be18p+0,
              0x1.0p-10,
              new double[] {
                0x1.c00000p+0, 0x1.1559d0p+1, 0x1.47b24cp+0, 0x1.9ab8eap-2, 0x1.d65742p-5,
              },
              new double[] {
                0x1.bf9000p+0, 0x1.099fe4p+0, 0x1.721b7ep-2, 0x1.979550p-5,
              }));

  private static final ErrorConstants FLOAT64 =
      new ErrorConstants(
          6,
          new double[] {
            0x1.06eba8214db68p-3,
            -0x1.812746b0379c4p-2,
            0x1.ce2f21a0417fap-4,
            -0x1.b82ce31234d82p-6,
            0x1.565bcd021d37ap-8,
            -0x1.c02db1c6fa3bbp-11,
            0x1.f9a2e3d9d9ea1p-14,
            -0x1.f4cd0a4a494e6p-17,
            0x1.b99d848f0dc00p-20,
            -0x1.5cce086e7aaabp-23,
            0x1.dcf72aa92301cp-27,
            -0x1.beb74b1f6b78ep-31,
          },
          new double[] {
            -0x1.633753497d0dfp-22,
            -0x1.20dd3b1b6505ap+0,
            -0x1.45f537f0d7b88p-1,
            -0x1.a4c0984406f86p-4,
            0x1.37b9abd8b96e1p-6,
            0x1.7aeea848d4461p-12,
            -0x1.e8de7b67dcbd5p-10,
            0x1.7e8cee52b0248p-11,
            -0x1.ca43d53713f69p-14,
            -0x1.1554ed699ed27p-15,
            0x1.d2d332b1045bap-16,
            -0x1.56421e3f723e5p-17,
            0x1.4f73968eb2a4fp-19,
            -0x1.d706058c30fd5p-22,
            0x1.d8a7c20e034e3p-25,
            -0x1.44001b3ce995cp-28,
            0x1.10cf6fc49e654p-32,
            -0x1.aa6054377fff7p-38,
          },
          new MappedTail(
              2,
              new double[] {1, 2.875, -0.6875},
              new double[] {
                0x1.058671b52c776p+0,
                -0x1.5fd386754effap-1,
                0x1.1e2deea6b113dp-2,
                -0x1.2a88e6107cc7cp-5,
                -0x1.606e41551f36fp-6,
                0x1.a89eaff7c4acep-8,
                0x1.9517bb69427d2p-9,
                -0x1.b6fbf93cbd1d6p-11,
                -0x1.5ba436ed945b0p-11,
                0x1.2053d6c512db8p-15,
                0x1.2efa009961011p-13,
                0x1.1e77d2bb929dfp-15,
                -0x1.6bfaf66da574dp-16,
                -0x1.0e841166f0d34p-16,
                -0x1.2f6726fd8e532p-20,
                0x1.ea2b895c89fcdp-19,
                0x1.0e5b80c2c4064p-19,
                -0x1.a7bcdd8b2036cp-27,
                -0x1.3f1ed8ad56e48p-21,
                -0x1.4ba3bc49a40d9p-22,
                0x1.c09474bc6561fp-26,
                0x1.b372e828b7480p-24,
                0x1.23c5741771f2dp-25,
                -0x1.3b6b5bebb5947p-27,
                -0x1.137d2b2ce1f6dp-27,
                -0x1.73771070574e5p-30,
              }));

  private final double one;
  private final double[] nearZero;
  private final double[] logErfc;
  private final Tail scaledErfc;

  private ErrorConstants(double one, double[] nearZero, double[] logErfc, Tail scaledErfc) {
    this.one = one;
    this.nearZero = nearZero;
    this.logErfc = logErfc;
    this.scaledErfc = scaledErfc;
  }

  /** Returns the numbers for the dtype of a value. */
  static ErrorConstants of(Value x) {
    return x.code().dtype() == DType.FLOAT32 ? FLOAT32 : FLOAT64;
  }

  /** Returns the x from which on erf rounds to 1. */
  double one() {
    return one;
  }

  /** Returns erf(x) / x - 1 in powers of x² for |x| &lt; 0.9375, ascending. */
  double[] nearZero() {
    return nearZero;
  }

  /** Returns log(erfc(t)) from 0.9375 to {@link #one}, as accurate as erf needs it, ascending. */
  double[] logErfc() {
    return logErfc;
  }

  /** Returns e<sup>t²</sup> erfc(t). */
  Tail scaledErfc() {
    return scaledErfc;
  }
}
