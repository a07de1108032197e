package io.ember4j.backend.pure;

/** Told which parts of a matrix product are complete, while they are still in the cache. */
@FunctionalInterface
interface FinishedRows {
  /** Elements from (inclusive) to to (exclusive) of the result will not change any more. */
  void rows(int from, int to);
}
