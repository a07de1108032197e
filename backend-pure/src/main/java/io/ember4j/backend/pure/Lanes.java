package io.ember4j.backend.pure;

/** The vectors of this machine. */
interface Lanes {
  /** Returns how many numbers of float32 the widest vectors of this JVM hold. */
  int floats();

  /** Returns how many numbers of float64 they hold. */
  int doubles();

  /** Returns whether there are 32 of them; otherwise there are 16. */
  boolean areMany();
}
