package io.ember4j.naive;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import java.util.Arrays;

/** A buffer that knows whether it has been given back; every element is a double. */
final class NaiveBuffer implements Buffer {
  /** What a fresh buffer holds, so that a result nobody wrote is seen. */
  static final double GARBAGE = -98765.4321;

  private final Ledger owner;
  private final DType dtype;
  private final double[] values;
  private volatile boolean released;

  NaiveBuffer(Ledger owner, DType dtype, long size) {
    this.owner = owner;
    this.dtype = dtype;
    this.values = new double[Math.toIntExact(size)];
    Arrays.fill(values, GARBAGE);
  }

  static NaiveBuffer of(Buffer buffer, Ledger ledger) {
    NaiveBuffer naive = (NaiveBuffer) buffer;
    if (naive.owner != ledger) {
      ledger.violation("a buffer of another backend");
    }
    if (naive.released) {
      ledger.violation("use after release");
    }
    return naive;
  }

  /** Returns whether this is the first release. */
  synchronized boolean release() {
    boolean first = !released;
    released = true;
    return first;
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public long size() {
    return values.length;
  }

  double get(long i) {
    return values[(int) i];
  }

  void set(long i, double value) {
    values[(int) i] = dtype.round(value);
  }
}
