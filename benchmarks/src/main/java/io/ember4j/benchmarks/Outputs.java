package io.ember4j.benchmarks;

/** Where results go: the two are separate rows, since memory is half of what an operation costs. */
public enum Outputs {
  /**
   * A new output for each call. Ember4j: the tensor is dropped, and the garbage collector frees it.
   * PyTorch and ND4J: a new array from their allocator, closed after the call. jblas, JDK: a new
   * array.
   */
  FRESH,

  /**
   * The memory of the last call again. Ember4j: the tensor is closed. PyTorch: the {@code out=}
   * form. ND4J: a given output array. jblas, JDK: the same array each time.
   */
  RECYCLED
}
