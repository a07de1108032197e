package io.ember4j.cli;

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
}
