package io.ember4j.cli;

import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.util.Arrays;

/**
 * One activation over the data of a comparison.
 *
 * @param activation the activation
 * @param shape the shape in which it sees the data
 * @param axis the axis of the rows that it works on; that of the whole shape if elementwise
 * @param skipped why it cannot work on this data; empty if it can
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Workload(Activation activation, long[] shape, int axis, String skipped) {
  /** The named activation, with example parameters where it needs some. */
  static Workload of(String name, long... shape) {
    Activation activation = Activations.get(name, Activations.exampleParameters(name));
    return switch (activation.name()) {
      case "softmax2d" -> channels(activation, shape);
      case "glu" -> halves(activation, shape);
      default -> new Workload(activation, shape, shape.length - 1, "");
    };
  }

  /** softmax2d wants (N, C, H, W): the last axis of less than that is the channels. */
  private static Workload channels(Activation activation, long... shape) {
    return switch (shape.length) {
      case 0 -> new Workload(activation, new long[] {1, 1, 1}, 0, "");
      case 1 -> new Workload(activation, new long[] {shape[0], 1, 1}, 0, "");
      case 2 -> new Workload(activation, new long[] {shape[0], shape[1], 1, 1}, 1, "");
      case 3 -> new Workload(activation, shape, 0, "");
      case 4 -> new Workload(activation, shape, 1, "");
      default -> new Workload(activation, shape, 0, "it takes rank 4 at most, not " + shape.length);
    };
  }

  private static Workload halves(Activation activation, long... shape) {
    if (shape.length == 0) {
      return new Workload(activation, shape, 0, "it needs an axis to halve");
    }
    long last = shape[shape.length - 1];
    return new Workload(
        activation,
        shape,
        shape.length - 1,
        last % 2 == 0 ? "" : "it halves the last axis, whose extent is odd: " + last);
  }

  String name() {
    return activation.name();
  }

  /** The number of elements along the axis. */
  int extent() {
    return shape.length == 0 ? 1 : (int) shape[axis];
  }

  /** The number of elements within one step of the axis. */
  int inner() {
    return (int) Arrays.stream(shape).skip(axis + 1L).reduce(1, (a, b) -> a * b);
  }
}
