package io.ember4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Text for a page, which is XML too. */
final class Html {
  private static final Pattern ILLEGAL =
      Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private Html() {}

  /** The text with a sign in place of what XML cannot hold, such as control characters. */
  static String legal(String text) {
    return ILLEGAL.matcher(text).replaceAll("\uFFFD");
  }

  /** The text, made legal, with what HTML would read as markup escaped. */
  static String escape(String text) {
    return legal(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /**
   * The text of a page of this package's resources, with places in braces to be filled in.
   *
   * @throws InputException if it is missing
   */
  static String frame(String name) {
    try (InputStream in = Html.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InputException(
          name, "it cannot be read (" + e + ")", "the program is damaged, build it again", e);
    }
  }
}
