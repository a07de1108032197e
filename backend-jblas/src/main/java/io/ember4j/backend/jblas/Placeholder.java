package io.ember4j.backend.jblas;

/** Gives the architecture test something to look at until this module has classes. */
final class Placeholder {
  private Placeholder() {}
}
