package io.ember4j.backend.pure;

import io.ember4j.DType;

/**
 * The numbers of a dtype that the kernels of the normal distribution are made of.
 *
 * <p>Source: {@code backend-pure/tools/error_functions.py mills}, for float64 with {@code --dtype
 * float64}.
 */
final class NormalConstants {

  private static final NormalConstants FLOAT32 =
      new NormalConstants(
          new TailQuotient(
              0x1.40d836p+1,
              0x1.f40000p-10,
              new double[] {
                0x1.c00000p+0, 0x1.882dfap+0, 0x1.478832p-1, 0x1.221a14p-3, 0x1.d51bdep-7,
              },
              new double[] {
                0x1.bf92a0p+1, 0x1.778f5ap+0, 0x1.71ad30p-2, 0x1.1f8bf0p-5,
              }),
          new TailQuotient(
              0,
              0x1.40d7f8p+1,
              new double[] {
                0, 0x1.c00000p+0, 0x1.8582c6p+0, 0x1.4391aap-1, 0x1.1cbf0ap-3, 0x1.c85672p-7,
              },
              new double[] {
                0x1.c00000p+1, 0x1.72f946p+0, 0x1.6ccfa4p-2, 0x1.194c14p-5, 0x1.0b5178p-15,
              }),
          new TailQuotient(
              0,
              0x1.c00000p+0,
              new double[] {
                0x1.400000p+1, 0x1.68784cp+1, 0x1.6790b8p+0, 0x1.698ef8p-2, 0x1.38b2fep-5,
              },
              new double[] {
                -0x1.3b69e8p-1, 0x1.37c850p-2, 0x1.f834a6p-2, 0x1.8fe12ep-3, 0x1.d92ebep-6,
              }));

  private static final MappedTail TAIL_64 =
      new MappedTail(
          4,
          new double[] {1, 4.125, 18.625},
          new double[] {
            0x1.82b4bb8c94dcep-1,
            -0x1.373e3a893c28ap-1,
            0x1.8c6dbf2cfc281p-2,
            -0x1.7dff2bff683a2p-3,
            0x1.eec4cc3e50c30p-5,
            -0x1.ee2761048022ep-8,
            -0x1.c81719d904b7cp-9,
            0x1.ab825fc140dc5p-10,
            0x1.17a4b0574e79fp-13,
            -0x1.e4a425688a0a2p-13,
            -0x1.00215c665fa04p-19,
            0x1.26d0956e5f14ap-15,
            0x1.80de575dcf348p-21,
            -0x1.8d4a30c733d99p-18,
            -0x1.52503cd7fc426p-21,
            0x1.1228f4a13626ep-20,
            0x1.2491788bd94f9p-22,
            -0x1.4c0157aa4d23ep-23,
            -0x1.7176125a36802p-24,
            0x1.bbf2508566b3dp-27,
            0x1.568f7787bf7c8p-26,
            0x1.237571871bf38p-29,
            -0x1.649c8b1a357c8p-29,
            -0x1.aa320bf1df044p-31,
          });

  private static final NormalConstants FLOAT64 =
      new NormalConstants(
          TAIL_64,
          TAIL_64.timesSize(),
          new MappedLevel(
              4,
              new double[] {0, -0.6875, 19.6875},
              new double[] {
                0x1.d94de78425463p-2,
                -0x1.a763001ac67d7p-4,
                0x1.ef4ff80137914p-5,
                -0x1.cc1e2623d9b72p-6,
                0x1.37754d817100dp-7,
                -0x1.d4c8222993394p-10,
                -0x1.443f63f77d76dp-13,
                0x1.85999bb97ba2cp-13,
                -0x1.25380c84bed9fp-16,
                -0x1.2e9364a5be967p-16,
                0x1.dafb1f94214acp-19,
                0x1.298364c12bd22p-19,
                -0x1.0834ee0dffc8bp-21,
                -0x1.76d2c08383324p-22,
                0x1.c19c9354ddaafp-25,
                0x1.0d40a9377e32ap-24,
                -0x1.a6ecf3c5c8cc2p-31,
                -0x1.6de6d231b3f3dp-27,
                -0x1.b8ddaf973e6efp-30,
                0x1.493cd944cd93fp-30,
                0x1.96e5d3835da74p-32,
                -0x1.0c3bcf3afec96p-38,
              }));

  private final Tail tail;
  private final Tail gelu;
  private final Tail geluSlope;

  private NormalConstants(Tail tail, Tail gelu, Tail geluSlope) {
    this.tail = tail;
    this.gelu = gelu;
    this.geluSlope = geluSlope;
  }

  /** Returns the numbers for the dtype of a value. */
  static NormalConstants of(Value x) {
    return x.code().dtype() == DType.FLOAT32 ? FLOAT32 : FLOAT64;
  }

  /** Returns R(t), which is e<sup>t²/2</sup> times the distribution function at -t. */
  Tail tail() {
    return tail;
  }

  /** Returns t R(t). */
  Tail gelu() {
    return gelu;
  }

  /**
   * Returns e<sup>t²/2</sup> times the derivative of GELU at -t, over the distance of t to the
   * derivative's zero.
   */
  Tail geluSlope() {
    return geluSlope;
  }
}
