package io.ember4j.backend.nd4j;

/** Cuts a long array into pieces whose temporaries stay in the cache. */
final class Blocks {
  static final long SIZE = 1 << 16;

  private Blocks() {}

  /** What is done with the elements from {@code offset} on. */
  interface Body {
    void run(long offset, long length);
  }

  static void forEach(long size, Body body) {
    for (long offset = 0; offset < size; offset += SIZE) {
      body.run(offset, Math.min(SIZE, size - offset));
    }
  }
}
