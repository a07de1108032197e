package io.ember4j;

/** How an expression reaches a backend. */
public enum Lowering {
  /** By the backend's own fused and native forms where it has them; the normal way. */
  NATIVE,
  /** By primitives one at a time, as if the backend had nothing else; to compare the two. */
  COMPOSED
}
