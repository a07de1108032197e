package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How a backend breaks a rule, in parts that a report can show. A part that makes no sense for the
 * rule is null; {@code code} is empty then.
 *
 * @param summary what is wrong, in a sentence
 * @param operation what was computed, such as {@code gelu}
 * @param dtype the dtype of the result
 * @param shape the shape of the result
 * @param seed what the random case was made from
 * @param index where the element stands in the result, an index for each axis
 * @param input what the element was computed from, in decimal and hexadecimal
 * @param expected what it should be
 * @param actual what it is
 * @param ulp how far off it is, in units in the last place of what it should be
 * @param bound how far off it may be
 * @param code the lines of Java that show it
 */
public record Failure(
    String summary,
    String operation,
    DType dtype,
    List<Long> shape,
    Long seed,
    List<Long> index,
    String input,
    String expected,
    String actual,
    Double ulp,
    String bound,
    List<String> code) {
  private static final int LABEL = 11;

  /** Copies the lists. */
  public Failure {
    Objects.requireNonNull(summary, "summary");
    shape = shape == null ? null : List.copyOf(shape);
    index = index == null ? null : List.copyOf(index);
    code = List.copyOf(code);
  }

  /** Returns a failure that a sentence tells in full. */
  public static Failure of(String summary) {
    return new Builder().summary(summary).build();
  }

  /** Returns the summary and a labelled line for each other part. */
  public String text() {
    StringBuilder text = new StringBuilder(summary);
    line(text, "operation", operation);
    line(text, "dtype", dtype);
    line(text, "shape", shape);
    line(text, "seed", seed);
    line(text, "index", index);
    line(text, "input", input);
    line(text, "expected", expected);
    line(text, "actual", actual);
    line(text, "off by", ulp == null ? null : Findings.ulps(ulp) + " ULP");
    line(text, "bound", bound);
    line(text, "code", code.isEmpty() ? null : String.join("\n", code));
    return text.toString();
  }

  /** Appends a labelled line; further lines of the value go below the first. */
  static void line(StringBuilder text, String label, Object value) {
    if (value != null) {
      String indent = "\n" + " ".repeat(LABEL + 2);
      text.append("\n  ").append(label).append(" ".repeat(LABEL - label.length()));
      text.append(value.toString().replace("\n", indent));
    }
  }

  /** Collects the parts. */
  static final class Builder {
    private String summary;
    private String operation;
    private DType dtype;
    private List<Long> shape;
    private Long seed;
    private List<Long> index;
    private String input;
    private String expected;
    private String actual;
    private Double ulp;
    private String bound;
    private List<String> code = List.of();

    Builder summary(String summary) {
      this.summary = summary;
      return this;
    }

    Builder result(String operation, DType dtype, long... shape) {
      this.operation = operation;
      this.dtype = dtype;
      this.shape = Arrays.stream(shape).boxed().toList();
      return this;
    }

    Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    Builder element(String input, long... index) {
      this.input = input;
      this.index = Arrays.stream(index).boxed().toList();
      return this;
    }

    Builder values(String expected, String actual) {
      this.expected = expected;
      this.actual = actual;
      return this;
    }

    /** Sets the distance, which is left out where it is not finite, and the bound. */
    Builder distance(double ulp, String bound) {
      this.ulp = Double.isFinite(ulp) ? ulp : null;
      this.bound = bound;
      return this;
    }

    Builder code(List<String> code) {
      this.code = code;
      return this;
    }

    Failure build() {
      return new Failure(
          summary, operation, dtype, shape, seed, index, input, expected, actual, ulp, bound, code);
    }
  }
}
