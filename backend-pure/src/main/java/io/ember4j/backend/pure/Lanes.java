package io.ember4j.backend.pure;

/** How many numbers the widest vectors of this JVM hold. */
interface Lanes {
  int floats();

  int doubles();
}
