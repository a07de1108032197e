package io.ember4j.backend.pure;

/**
 * The packed blocks of one thread, kept from one call to the next; those of products have at most
 * some 500,000 numbers, since products pack piece by piece.
 */
final class DoubleScratch {
  private static final ThreadLocal<DoubleScratch> MINE =
      ThreadLocal.withInitial(DoubleScratch::new);

  /** Larger arrays are not kept. */
  private static final int MOST = 1 << 20;

  private double[] a = {};
  private double[] b = {};
  private double[] c = {};

  private DoubleScratch() {}

  static DoubleScratch mine() {
    return MINE.get();
  }

  double[] a(int size) {
    if (size > MOST) {
      return new double[size];
    }
    a = a.length < size ? new double[size] : a;
    return a;
  }

  double[] b(int size) {
    if (size > MOST) {
      return new double[size];
    }
    b = b.length < size ? new double[size] : b;
    return b;
  }

  double[] c(int size) {
    if (size > MOST) {
      return new double[size];
    }
    c = c.length < size ? new double[size] : c;
    return c;
  }
}
