package io.ember4j.cli;

/**
 * A cursor over the few Python literals that a .npy header is made of: plain strings, True and
 * False, whole numbers, and the punctuation between them. White space is skipped everywhere.
 */
final class PythonLiteral {
  private final Object source;
  private final String text;
  private int position;

  /**
   * A cursor at the start of a text.
   *
   * @param source the file, for messages
   */
  PythonLiteral(Object source, String text) {
    this.source = source;
    this.text = text;
  }

  /** The next character, without consuming it; 0 at the end. */
  char peek() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    return current();
  }

  /** Consumes the next character if it is this one. */
  boolean accept(char c) {
    boolean found = peek() == c;
    position += found ? 1 : 0;
    return found;
  }

  /** Consumes the next character, which must be this one. */
  void expect(char c) {
    if (!accept(c)) {
      throw unparseable("'" + c + "' was expected");
    }
  }

  /** A string in single or double quotes, without escapes. */
  String string() {
    char quote = peek();
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
    if (end < 0) {
      throw unparseable("a quoted string was expected");
    }
    String value = text.substring(position + 1, end);
    if (value.indexOf('\\') >= 0) {
      throw unparseable("a string has a backslash");
    }
    position = end + 1;
    return value;
  }

  /** {@code True} or {@code False}. */
  boolean bool() {
    boolean value = peek() == 'T';
    String word = value ? "True" : "False";
    if (!text.startsWith(word, position)) {
      throw unparseable("True or False was expected");
    }
    position += word.length();
    return value;
  }

  /** The size of an axis: a whole number from 0 to 2^63 - 1. */
  long size() {
    boolean negative = peek() == '-';
    int start = position;
    position += negative ? 1 : 0;
    int digits = position;
    while (current() >= '0' && current() <= '9') {
      position++;
    }
    String number = text.substring(start, position);
    if (position == digits || (position - digits > 1 && text.charAt(digits) == '0')) {
      position = start;
      throw unparseable("a whole number was expected");
    }
    if (negative) {
      throw damaged("the header has a negative dimension, " + InputException.quote(number));
    }
    // Python 2 wrote long integers as 3L, and NumPy still reads them.
    position += current() == 'L' ? 1 : 0;
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      throw damaged("the header's dimension " + InputException.quote(number) + " overflows a long");
    }
  }

  /** The text that is left, for messages. */
  String rest() {
    return InputException.quote(text.substring(position).strip());
  }

  /** The error for text that does not go on as it must. */
  InputException unparseable(String why) {
    return damaged(
        "the header cannot be parsed: " + why + " at character " + position + ", found " + rest());
  }

  private InputException damaged(String problem) {
    return new InputException(source, problem, "the file is damaged, save it again with np.save");
  }

  private char current() {
    return position < text.length() ? text.charAt(position) : 0;
  }
}
