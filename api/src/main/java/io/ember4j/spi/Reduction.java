package io.ember4j.spi;

/** A reduction along an axis. */
public enum Reduction {
  /** The sum; 0 for no elements; NaN when an element is NaN. */
  SUM,
  /** The largest element; NaN when an element is NaN. Never asked for over no elements. */
  MAX,
  /** The smallest element; NaN when an element is NaN. Never asked for over no elements. */
  MIN
}
