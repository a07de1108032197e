package io.ember4j.conformance;

/** Gives the architecture test something to look at until this module has classes. */
final class Placeholder {
  private Placeholder() {}
}
