package io.ember4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Text for a page. */
final class Html {
  private Html() {}

  /** The text with what HTML would read as markup escaped. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
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
