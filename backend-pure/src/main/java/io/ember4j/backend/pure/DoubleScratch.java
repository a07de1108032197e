package io.ember4j.backend.pure;

/**
 * The packed blocks of one thread, kept from one product to the next: at most some 500,000 numbers,
 * since products pack piece by piece.
 */
final class DoubleScratch {
  private static final ThreadLocal<DoubleScratch> MINE =
      ThreadLocal.withInitial(DoubleScratch::new);

  private double[] a = {};
  private double[] b = {};
  private double[] c = {};

  private DoubleScratch() {}

  static DoubleScratch mine() {
    return MINE.get();
  }

  double[] a(int size) {
    a = a.length < size ? new double[size] : a;
    return a;
  }

  double[] b(int size) {
    b = b.length < size ? new double[size] : b;
    return b;
  }

  double[] c(int size) {
    c = c.length < size ? new double[size] : c;
    return c;
  }
}
