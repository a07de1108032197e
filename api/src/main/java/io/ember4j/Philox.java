package io.ember4j;

/**
 * The counter-based generator Philox4x32-10: four random words from a 64-bit key and a 128-bit
 * counter.
 *
 * <p>Each of ten rounds multiplies two counter words by constants, mixes the halves of the products
 * with the other two words and the key, and steps the key.
 *
 * @see <a href="https://doi.org/10.1145/2063384.2063405">J. K. Salmon, M. A. Moraes, R. O. Dror and
 *     D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3 (2011)</a>
 */
final class Philox {

  /** The words in one block. */
  static final int WORDS = 4;

  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_2 = 0xCD9E8D57L;
  private static final int KEY_STEP_0 = 0x9E3779B9;
  private static final int KEY_STEP_1 = 0xBB67AE85;

  private Philox() {}

  /**
   * Fills {@code words} with one block.
   *
   * @param key the key, its low word first
   * @param counterLow words 0 and 1 of the counter, the low one first
   * @param counterHigh words 2 and 3 of the counter, the low one first
   * @param words receives the four words
   */
  static void block(long key, long counterLow, long counterHigh, int[] words) {
    int key0 = (int) key;
    int key1 = (int) (key >>> 32);
    int word0 = (int) counterLow;
    int word1 = (int) (counterLow >>> 32);
    int word2 = (int) counterHigh;
    int word3 = (int) (counterHigh >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = Integer.toUnsignedLong(word0) * MULTIPLIER_0;
      long product2 = Integer.toUnsignedLong(word2) * MULTIPLIER_2;
      word0 = (int) (product2 >>> 32) ^ word1 ^ key0;
      word1 = (int) product2;
      word2 = (int) (product0 >>> 32) ^ word3 ^ key1;
      word3 = (int) product0;
      key0 += KEY_STEP_0;
      key1 += KEY_STEP_1;
    }
    words[0] = word0;
    words[1] = word1;
    words[2] = word2;
    words[3] = word3;
  }
}
