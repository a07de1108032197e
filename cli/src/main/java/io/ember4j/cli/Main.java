package io.ember4j.cli;

/** The entry point of the {@code ember4j} command. */
public final class Main {
  private Main() {}

  /**
   * Prints the usage and exits with 2.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.err.println("usage: ember4j COMMAND [ARGUMENT]...");
    System.exit(2);
  }
}
