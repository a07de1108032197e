package io.ember4j.conformance;

/**
 * The inputs of a sweep: every stride-th bit pattern of float32, and, if that leaves any out, the
 * zeros, infinities, ends of the ranges and NaNs. They are cut into shards of {@value #SHARD}.
 *
 * @param stride odd, 1 for all
 */
public record SweepInputs(int stride) {
  static final int SHARD = 1 << 24;

  /** All patterns. */
  public static final long ALL = 1L << 32;

  private static final int[] SPECIAL = {
    0x00000000, 0x80000000, 0x7F800000, 0xFF800000, 0x7FC00000, 0xFFC00000, 0x7F800001, 0xFFFFFFFF,
    0x00000001, 0x80000001, 0x007FFFFF, 0x807FFFFF, 0x00800000, 0x80800000, 0x7F7FFFFF, 0xFF7FFFFF,
    0x3F800000, 0xBF800000
  };

  /** Checks the stride. */
  public SweepInputs {
    if (stride < 1 || stride % 2 == 0) {
      throw new SweepException(
          "stride " + stride + " is not an odd number of 1 or more; use 1 for all inputs, or 4099");
    }
  }

  private int special() {
    return stride == 1 ? 0 : SPECIAL.length;
  }

  /** Returns the number of inputs. */
  public long count() {
    return (ALL - 1) / stride + 1 + special();
  }

  /** Returns the number of shards. */
  int shards() {
    return (int) ((count() - 1) / SHARD) + 1;
  }

  /** Returns the number of inputs of a shard. */
  int count(int shard) {
    return (int) Math.min(SHARD, count() - (long) shard * SHARD);
  }

  /** Fills x with the inputs of the shard from this one on. */
  void fill(int shard, int from, float[] x) {
    long start = (long) shard * SHARD + from - special();
    for (int i = 0; i < x.length; i++) {
      long index = start + i;
      int bits = index < 0 ? SPECIAL[(int) (index + SPECIAL.length)] : (int) (index * stride);
      x[i] = Float.intBitsToFloat(bits);
    }
  }
}
