package io.ember4j;

/** How a backend computes something: what a report may claim about it. */
public enum Execution {
  /** In one operation of the backend: a fused expression, a native function or one primitive. */
  NATIVE,
  /** In several operations of the backend. */
  COMPOSED,
  /**
   * With at least one default routine of the api, which computes on the host: right, but no
   * evidence about the backend.
   */
  DEFAULT
}
