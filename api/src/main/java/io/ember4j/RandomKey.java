package io.ember4j;

import java.util.Objects;

/**
 * The key of one random draw: the same key gives the same numbers on every backend, platform and
 * number of threads.
 *
 * <p>Formula: element i of a draw comes from word i mod 4 of block i / 4 of Philox4x32-10, with the
 * key {@code seed} and the counter (i / 4, {@code call}). So an element depends on the key and on
 * its index alone, and a shorter draw is a prefix of a longer one.
 *
 * <p>Draws from one key share their random words: use {@link #next()} for an independent draw. A
 * key is a value, safe to share between threads.
 *
 * @param seed what the user chose to make a run repeatable
 * @param call which of the seed's 2<sup>64</sup> independent draws this is
 */
public record RandomKey(long seed, long call) {

  private static final float UNIFORM_UNIT = 0x1p-24f;
  private static final double NORMAL_UNIT = 0x1p-32;

  /**
   * Returns a seed that no other call in this process has returned, for a layer that was given
   * none. With the system property {@code ember4j.seed} the sequence of seeds repeats from run to
   * run.
   */
  public static long freshSeed() {
    return FreshSeeds.next();
  }

  /** Returns the key of a seed's first draw. */
  public static RandomKey of(long seed) {
    return new RandomKey(seed, 0);
  }

  /** Returns the key of the seed's next draw; after the last one it starts over. */
  public RandomKey next() {
    return new RandomKey(seed, call + 1);
  }

  /**
   * Fills an array with uniform numbers in [0, 1).
   *
   * <p>Formula: {@code (word >>> 8) * 2^-24}, a multiple of 2<sup>-24</sup>, exactly.
   *
   * @param out receives the numbers, from its first element to its last
   */
  public void fillUniform(float[] out) {
    int[] words = new int[Philox.WORDS];
    for (int i = 0; i < out.length; i++) {
      out[i] = (word(i, words) >>> 8) * UNIFORM_UNIT;
    }
  }

  /**
   * Fills an array with uniform numbers in [0, 1), the same as {@link #fillUniform(float[])}, so
   * that a mask does not depend on the element type.
   *
   * @param out receives the numbers, from its first element to its last
   */
  public void fillUniform(double[] out) {
    int[] words = new int[Philox.WORDS];
    for (int i = 0; i < out.length; i++) {
      out[i] = (word(i, words) >>> 8) * UNIFORM_UNIT;
    }
  }

  /**
   * Fills an array with numbers from the normal distribution of mean 0 and variance 1.
   *
   * <p>Formula: elements 2j and 2j + 1 are r cos(a) and r sin(a), where r = sqrt(-2 log((v + 1)
   * 2<sup>-32</sup>)), a = 2 pi w 2<sup>-32</sup>, and v and w are words 2j and 2j + 1, unsigned.
   * The size of a number is at most 6.67. Every platform computes the same bits.
   *
   * @param out receives the numbers, from its first element to its last
   * @see <a href="https://doi.org/10.1214/aoms/1177706645">G. E. P. Box and M. E. Muller, A note on
   *     the generation of random normal deviates (1958)</a>
   */
  public void fillNormal(double[] out) {
    int[] words = new int[Philox.WORDS];
    for (int i = 0; i < out.length; i += 2) {
      double v = (Integer.toUnsignedLong(word(i, words)) + 1) * NORMAL_UNIT;
      double w = Integer.toUnsignedLong(word(i + 1, words)) * NORMAL_UNIT;
      double radius = StrictMath.sqrt(-2 * StrictMath.log(v));
      double angle = 2 * Math.PI * w;
      out[i] = radius * StrictMath.cos(angle);
      if (i + 1 < out.length) {
        out[i + 1] = radius * StrictMath.sin(angle);
      }
    }
  }

  /** Returns a tensor of the numbers of {@code fillUniform}, in the dtype and shape. */
  public Tensor uniform(DType dtype, long... shape) {
    Objects.requireNonNull(dtype, "dtype is null; pass FLOAT32 or FLOAT64");
    int size = Transfers.hostLength(Shape.of(shape).size());
    if (dtype == DType.FLOAT32) {
      float[] values = new float[size];
      fillUniform(values);
      return Tensor.of(values).reshapeAndClose(Shape.of(shape));
    }
    double[] values = new double[size];
    fillUniform(values);
    return Tensor.of(values).reshapeAndClose(Shape.of(shape));
  }

  /** Returns an element's word; asked for in order, each block is computed once. */
  private int word(int element, int[] words) {
    int position = element % Philox.WORDS;
    if (position == 0) {
      Philox.block(seed, element / Philox.WORDS, call, words);
    }
    return words[position];
  }
}
