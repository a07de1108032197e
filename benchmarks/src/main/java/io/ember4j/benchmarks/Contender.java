package io.ember4j.benchmarks;

/**
 * One library's way to do what a cell of the table asks for, ready to be called again and again.
 */
interface Contender extends AutoCloseable {
  /** Does it once; returns something that depends on the result, so that it cannot be left out. */
  Object call();

  /** Does it once and returns the result, for {@link Agreement}. */
  float[] result();

  @Override
  default void close() {}
}
