package io.ember4j.backend.pure;

/**
 * The packed blocks of one thread, kept from one call to the next; those of products have at most
 * some 500,000 numbers, since products pack piece by piece.
 */
final class FloatScratch {
  private static final ThreadLocal<FloatScratch> MINE = ThreadLocal.withInitial(FloatScratch::new);

  /** Larger arrays are not kept. */
  private static final int MOST = 1 << 20;

  private final float[][] kept = {{}, {}, {}};

  private FloatScratch() {}

  static FloatScratch mine() {
    return MINE.get();
  }

  float[] a(int size) {
    return find(0, size);
  }

  float[] b(int size) {
    return find(1, size);
  }

  float[] c(int size) {
    return find(2, size);
  }

  private float[] find(int which, int size) {
    if (kept[which].length >= size) {
      return kept[which];
    }
    float[] made = new float[size];
    if (size <= MOST) {
      kept[which] = made;
    }
    return made;
  }
}
