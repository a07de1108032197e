package io.ember4j;

import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import java.util.concurrent.atomic.AtomicLong;

/** Brings values from one backend's memory to another's, through a Java array, and counts. */
final class Transfers {
  /** The system property that makes a hidden transfer an error when it is {@code fail}. */
  static final String PROPERTY = "ember4j.transfers";

  private static final AtomicLong COUNT = new AtomicLong();

  private Transfers() {}

  static long count() {
    return COUNT.get();
  }

  /**
   * Returns a copy of the values on the target backend; {@code asked} when the user asked for it.
   */
  static Resident bring(Resident source, ActiveBackend target, boolean asked) {
    if (!asked && "fail".equals(System.getProperty(PROPERTY))) {
      throw new TransferException(
          "a tensor of "
              + source.buffer().size()
              + " elements is on backend "
              + source.backend().name()
              + " and the current backend is "
              + target.name()
              + "; call prefetch(\""
              + target.name()
              + "\") on it first, or allow hidden transfers"
              + " by not setting -D"
              + PROPERTY
              + "=fail");
    }
    Buffer from = source.buffer();
    Backend spi = target.spi();
    Buffer to = spi.allocate(from.dtype(), from.size());
    try {
      copy(source.backend().spi(), from, spi, to);
    } catch (RuntimeException | Error e) {
      spi.release(to);
      throw e;
    }
    COUNT.incrementAndGet();
    return new Resident(target, to);
  }

  private static void copy(Backend source, Buffer from, Backend target, Buffer to) {
    int size = hostLength(from.size());
    if (size == 0) {
      return;
    }
    if (from.dtype() == DType.FLOAT32) {
      float[] values = new float[size];
      source.download(from, values);
      target.upload(values, to);
    } else {
      double[] values = new double[size];
      source.download(from, values);
      target.upload(values, to);
    }
  }

  /** Returns the size as the length of a Java array. */
  static int hostLength(long size) {
    if (size > Integer.MAX_VALUE - 8) {
      throw new ShapeException(
          "a tensor of "
              + size
              + " elements does not fit a Java array ("
              + (Integer.MAX_VALUE - 8)
              + " at most); slice it first");
    }
    return (int) size;
  }
}
