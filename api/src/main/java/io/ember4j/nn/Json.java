package io.ember4j.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as RFC 8259 has it, and nothing more: no duplicate names, no depth beyond what is
 * allowed ({@value #MAX_DEPTH}, unless told), no text after the value but white space.
 *
 * <p>Objects become maps in order, arrays lists, integers that fit Long, other numbers Double.
 */
final class Json {
  /** The depth of the deepest value that is read; recursion goes no further. */
  static final int MAX_DEPTH = 8;

  /** Thrown for what is not JSON; the message says what and where. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String message) {
      super(message);
    }
  }

  private final String text;
  private final int maxDepth;
  private int at;

  private Json(String text, int maxDepth) {
    this.text = text;
    this.maxDepth = maxDepth;
  }

  static Object read(String text) throws SyntaxException {
    return read(text, MAX_DEPTH);
  }

  static Object read(String text, int maxDepth) throws SyntaxException {
    Json json = new Json(text, maxDepth);
    Object value = json.value(0);
    json.skipSpace();
    if (json.at < text.length()) {
      throw json.error("there is more after the value");
    }
    return value;
  }

  private Object value(int depth) throws SyntaxException {
    if (depth > maxDepth) {
      throw error("nested deeper than " + maxDepth);
    }
    skipSpace();
    char c = peek();
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) throws SyntaxException {
    Map<String, Object> object = new LinkedHashMap<>();
    expect('{');
    skipSpace();
    if (peek() != '}') {
      do {
        skipSpace();
        String name = string();
        if (object.containsKey(name)) {
          throw error("the name \"" + name + "\" occurs twice");
        }
        skipSpace();
        expect(':');
        object.put(name, value(depth + 1));
        skipSpace();
      } while (taken(','));
    }
    expect('}');
    return object;
  }

  private List<Object> array(int depth) throws SyntaxException {
    List<Object> array = new ArrayList<>();
    expect('[');
    skipSpace();
    if (peek() != ']') {
      do {
        array.add(value(depth + 1));
        skipSpace();
      } while (taken(','));
    }
    expect(']');
    return array;
  }

  private String string() throws SyntaxException {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      char c = next();
      if (c < ' ') {
        throw error("a control character in a string");
      }
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() throws SyntaxException {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = hexDigit(next());
          code = 16 * code + digit;
        }
        yield (char) code;
      }
      default -> throw error("the unknown escape \\" + c);
    };
  }

  private int hexDigit(char c) throws SyntaxException {
    int digit = c < 128 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw error("no hexadecimal digit");
    }
    return digit;
  }

  private Object number() throws SyntaxException {
    int start = at;
    taken('-');
    if (!taken('0')) {
      digits();
    }
    boolean integer = true;
    if (taken('.')) {
      integer = false;
      digits();
    }
    if (taken('e') || taken('E')) {
      integer = false;
      if (!taken('+')) {
        taken('-');
      }
      digits();
    }
    String number = text.substring(start, at);
    try {
      return integer ? (Object) Long.valueOf(number) : (Object) Double.valueOf(number);
    } catch (NumberFormatException e) {
      throw error("the number " + shortened(number) + " does not fit 64 bits");
    }
  }

  private void digits() throws SyntaxException {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw error("no value");
    }
  }

  private Object word(String word, Object value) throws SyntaxException {
    if (!text.startsWith(word, at)) {
      throw error("no value");
    }
    at += word.length();
    return value;
  }

  // ---- characters

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws SyntaxException {
    if (at >= text.length()) {
      throw error("it ends too early");
    }
    return text.charAt(at);
  }

  private char next() throws SyntaxException {
    char c = peek();
    at++;
    return c;
  }

  private boolean taken(char c) {
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char c) throws SyntaxException {
    if (peek() != c) {
      throw error("'" + c + "' is missing");
    }
    at++;
  }

  private SyntaxException error(String what) {
    return new SyntaxException(what + ", at character " + at);
  }

  /** Returns the start of a text that may be long. */
  static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }

  /** Returns the string as JSON, in quotes. */
  static String quote(String string) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
