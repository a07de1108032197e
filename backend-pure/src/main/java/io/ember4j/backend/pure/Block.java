package io.ember4j.backend.pure;

/** The registers of one running {@link Program}, for one thread. */
sealed interface Block permits FloatBlock, DoubleBlock {
  /** Elements per register: small enough for some ten registers to stay in the L1 cache. */
  int SIZE = 512;

  /** Returns registers of that many elements, in the dtype of the buffer, constants filled in. */
  static Block of(Program program, PureBuffer like, int length) {
    return like.isFloat() ? new FloatBlock(program, length) : new DoubleBlock(program, length);
  }

  /** Runs the program's steps over the first n elements. */
  void run(int n);

  /** Sets the first n elements to the value, rounded to the dtype. */
  void fill(int register, double value, int n);

  /**
   * Reads elements start to start + n of a pattern: element i is {@code source[(i / repeat) %
   * source.length]}.
   */
  void load(int register, PureBuffer source, long repeat, int start, int n);

  /** Writes the first n elements to {@code target[start]} and up. */
  void store(int register, PureBuffer target, int start, int n);
}
