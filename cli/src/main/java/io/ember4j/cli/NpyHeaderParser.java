package io.ember4j.cli;

import java.util.stream.LongStream;

/**
 * Reads the dict literal of a .npy header: exactly the keys {@code descr}, {@code fortran_order}
 * and {@code shape}, once each, in any order. Nothing is evaluated; whatever else Python would
 * accept here is refused.
 */
final class NpyHeaderParser {
  private final Object source;
  private final PythonLiteral literal;
  private String descr;
  private Boolean fortranOrder;
  private long[] shape;

  private NpyHeaderParser(Object source, String text) {
    this.source = source;
    this.literal = new PythonLiteral(source, text);
  }

  /**
   * Parses a header.
   *
   * @param source the file, for messages
   * @param text the header, padding included
   * @throws InputException naming the place, if this is not such a dict
   */
  static NpyHeader parse(Object source, String text) {
    var parser = new NpyHeaderParser(source, text);
    parser.dict();
    return new NpyHeader(parser.descr, parser.fortranOrder, parser.shape);
  }

  private void dict() {
    literal.expect('{');
    while (!literal.accept('}')) {
      entry();
      if (!literal.accept(',')) {
        literal.expect('}');
        break;
      }
    }
    if (literal.peek() != 0) {
      throw literal.unparseable("there is text after the closing brace");
    }
    requirePresent("descr", descr);
    requirePresent("fortran_order", fortranOrder);
    requirePresent("shape", shape);
  }

  private void entry() {
    String key = literal.string();
    literal.expect(':');
    switch (key) {
      case "descr" -> {
        requireAbsent(key, descr);
        descr = dtype();
      }
      case "fortran_order" -> {
        requireAbsent(key, fortranOrder);
        fortranOrder = literal.bool();
      }
      case "shape" -> {
        requireAbsent(key, shape);
        shape = tuple();
      }
      default -> throw literal.unparseable("the key " + InputException.quote(key) + " is unknown");
    }
  }

  private String dtype() {
    char first = literal.peek();
    if (first == '[' || first == '(' || first == '{') {
      throw new InputException(
          source,
          "structured dtype (" + literal.rest() + ")",
          "save one field as a plain array, such as a['x'].astype('<f4')");
    }
    return literal.string();
  }

  private long[] tuple() {
    literal.expect('(');
    var sizes = LongStream.builder();
    int count = 0;
    boolean comma = false;
    while (!literal.accept(')')) {
      if (count > 0 && !comma) {
        throw literal.unparseable("',' or ')' was expected");
      }
      sizes.add(literal.size());
      count++;
      comma = literal.accept(',');
    }
    if (count == 1 && !comma) {
      throw literal.unparseable("a tuple of one number needs a comma,");
    }
    return sizes.build().toArray();
  }

  private void requireAbsent(String key, Object value) {
    if (value != null) {
      throw literal.unparseable("'" + key + "' is there twice");
    }
  }

  private void requirePresent(String key, Object value) {
    if (value == null) {
      throw literal.unparseable("'" + key + "' is missing");
    }
  }
}
