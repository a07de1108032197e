package io.ember4j.backend.pure;

/**
 * The packed blocks of one thread, kept from one call to the next; those of products have at most
 * some 500,000 numbers, since products pack piece by piece.
 */
final class FloatScratch {
  private static final ThreadLocal<FloatScratch> MINE = ThreadLocal.withInitial(FloatScratch::new);

  /** Larger arrays are not kept. */
  private static final int MOST = 1 << 20;

  private float[] a = {};
  private float[] b = {};
  private float[] c = {};

  private FloatScratch() {}

  static FloatScratch mine() {
    return MINE.get();
  }

  float[] a(int size) {
    if (size > MOST) {
      return new float[size];
    }
    a = a.length < size ? new float[size] : a;
    return a;
  }

  float[] b(int size) {
    if (size > MOST) {
      return new float[size];
    }
    b = b.length < size ? new float[size] : b;
    return b;
  }

  float[] c(int size) {
    if (size > MOST) {
      return new float[size];
    }
    c = c.length < size ? new float[size] : c;
    return c;
  }
}
