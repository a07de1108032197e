package io.ember4j.backend.pure;

/**
 * The packed blocks of one thread, kept from one product to the next: at most some 500,000 numbers,
 * since products pack piece by piece.
 */
final class FloatScratch {
  private static final ThreadLocal<FloatScratch> MINE = ThreadLocal.withInitial(FloatScratch::new);

  private float[] a = {};
  private float[] b = {};
  private float[] c = {};

  private FloatScratch() {}

  static FloatScratch mine() {
    return MINE.get();
  }

  float[] a(int size) {
    a = a.length < size ? new float[size] : a;
    return a;
  }

  float[] b(int size) {
    b = b.length < size ? new float[size] : b;
    return b;
  }

  float[] c(int size) {
    c = c.length < size ? new float[size] : c;
    return c;
  }
}
