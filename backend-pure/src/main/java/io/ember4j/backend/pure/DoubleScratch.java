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

  private final double[][] kept = {{}, {}, {}};

  private DoubleScratch() {}

  static DoubleScratch mine() {
    return MINE.get();
  }

  double[] a(int size) {
    return find(0, size);
  }

  double[] b(int size) {
    return find(1, size);
  }

  double[] c(int size) {
    return find(2, size);
  }

  private double[] find(int which, int size) {
    if (kept[which].length >= size) {
      return kept[which];
    }
    double[] made = new double[size];
    if (size <= MOST) {
      kept[which] = made;
    }
    return made;
  }
}
