package io.ember4j.cli;

/**
 * A file or path given by the user cannot be used. The message is one line: the file, what is wrong
 * with it and with which value, and the remedy. The command line prints it and exits with code 2.
 */
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int QUOTED_LENGTH = 40;

  /**
   * A problem found by this program.
   *
   * @param source the file, as the user named it
   * @param problem what is wrong, with the value
   * @param remedy what to do about it
   */
  InputException(Object source, String problem, String remedy) {
    this(source, problem, remedy, null);
  }

  /** As above, for a problem that another exception reported. */
  InputException(Object source, String problem, String remedy, Throwable cause) {
    super(oneLine(source + ": " + problem + "; " + remedy), cause);
  }

  /** Text from a file, in quotes and cut to a length that suits a message. */
  static String quote(String text) {
    boolean fits = text.length() <= QUOTED_LENGTH;
    return "'" + (fits ? text : text.substring(0, QUOTED_LENGTH) + "...") + "'";
  }

  /** Escapes what would break the line or steer a terminal: file names and files may hold both. */
  static String oneLine(String text) {
    var line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }
}
