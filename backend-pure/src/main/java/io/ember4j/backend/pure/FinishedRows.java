package io.ember4j.backend.pure;

/** Told which parts of a matrix product are complete, while they are still in the cache. */
@FunctionalInterface
interface FinishedRows {
  /**
   * Elements from (inclusive) to to (exclusive) of the result will not change any more; called from
   * any thread, and from several at once for different elements.
   */
  void rows(int from, int to);
}
