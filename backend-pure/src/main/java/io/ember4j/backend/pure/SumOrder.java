package io.ember4j.backend.pure;

/**
 * The order in which sums are added up, part of what the backend promises: the same numbers give
 * the same sum, bit for bit, whatever the number of threads, the JVM and the other axes are.
 *
 * <p>The elements x[0] to x[n - 1] are cut into chunks of {@value #CHUNK}; the last may be shorter.
 *
 * <ol>
 *   <li><em>Lanes.</em> In a chunk that starts at x[s], lane l of {@value #LANES} starts from +0
 *       and adds x[s + l], x[s + l + 16], x[s + l + 32], ... in this order.
 *   <li><em>Tree over the lanes.</em> lane[l] += lane[l + 8] for l &lt; 8, then lane[l] += lane[l +
 *       4] for l &lt; 4, then + 2, then + 1: lane[0] is the chunk's sum. A lane that got no element
 *       is +0, and adding it changes nothing.
 *   <li><em>Tree over the chunks.</em> The sum of m &gt; 1 consecutive chunks is the sum of the
 *       first p plus the sum of the others, p being the largest power of two below m.
 * </ol>
 *
 * <p>The sum of no elements, and of any number of zeros of either sign, is +0. Every addition is
 * rounded to the dtype: float32 accumulates in float32.
 *
 * <p>Accuracy: an element goes through at most k = min(ceil(n / 16), 64) - 1 + 4 + ceil(log2(ceil(n
 * / 1024))) rounded additions, so the error is at most k u / (1 - k u) times the sum of the
 * magnitudes, with u = 2^-24 in float32 and 2^-53 in float64: 67 u up to 1024 elements, 77 u for a
 * million.
 */
final class SumOrder {
  /** Running sums in a chunk. */
  static final int LANES = 16;

  /** Elements that are summed before the tree. */
  static final int CHUNK = 1024;

  /** The most partial sums that wait in the tree over the chunks: one per bit of their number. */
  static final int LEVELS = 32;

  private SumOrder() {}

  /** Returns how many chunks n elements make. */
  static int chunks(int n) {
    return n / CHUNK + (n % CHUNK == 0 ? 0 : 1);
  }

  /**
   * Returns how many waiting sums the sum of chunk number {@code index} is added to, from the
   * latest back: a binary counter, in which each 1 bit is a waiting sum over that many chunks.
   */
  static int carries(int index) {
    return Integer.numberOfTrailingZeros(~index);
  }
}
