package io.ember4j.cli;

/** What the command tells the shell. */
final class ExitCode {
  static final int FINE = 0;

  /** A check found a difference. */
  static final int DIFFERENCE = 1;

  /** The command line, a file or a value given by the user cannot be used. */
  static final int BAD_INPUT = 2;

  /** A defect of this program. */
  static final int INTERNAL = 3;

  private ExitCode() {}
}
