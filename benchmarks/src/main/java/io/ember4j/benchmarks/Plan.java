package io.ember4j.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Which cells the table has.
 *
 * @param quick whether only some activations, sizes and rounds are wanted
 */
record Plan(boolean quick) {
  private static final List<String> QUICK_ACTIVATIONS =
      List.of("relu", "hardswish", "elu", "sigmoid", "tanh", "softplus", "gelu", "silu");

  /** Those whose speed a second thread can double: they compute more than they move. */
  static final List<String> TRANSCENDENTAL =
      List.of("sigmoid", "tanh", "gelu", "silu", "mish", "softplus", "elu");

  List<String> activations() {
    return quick ? QUICK_ACTIVATIONS : ActivationRow.ALL.stream().map(ActivationRow::name).toList();
  }

  List<Integer> sizes() {
    return quick
        ? List.of(1, 100_000, 10_000_000)
        : List.of(1, 1_000, 100_000, 1_000_000, 10_000_000);
  }

  int rounds() {
    return quick ? 5 : 9;
  }

  int warmUpRounds() {
    return quick ? 4 : 6;
  }

  int roundMillis() {
    return quick ? 50 : 80;
  }

  /** Returns the cells of the short questions. */
  Questions questions() {
    return new Questions(quick);
  }

  /** Returns all cells: first the short questions, then every activation. */
  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    cells.addAll(questions().dispatch());
    cells.addAll(questions().arraycopy());
    cells.addAll(questions().overhead());
    cells.addAll(questions().mlp());
    cells.addAll(questions().matmul(1));
    cells.addAll(questions().matmul(2));
    cells.addAll(questions().softmax());
    for (String activation : quick ? List.of("sigmoid", "gelu") : TRANSCENDENTAL) {
      cells.add(threads(activation, 1));
      cells.add(threads(activation, 2));
    }
    for (String activation : activations()) {
      for (String direction : List.of("value", "gradient")) {
        for (int size : sizes()) {
          for (Outputs outputs : Outputs.values()) {
            cells.add(activation(activation, direction, size, outputs));
          }
        }
      }
    }
    return cells;
  }

  static Cell activation(String activation, String direction, int size, Outputs outputs) {
    return Cell.of(
        "ActivationBenchmark",
        1,
        ActivationBenchmark.contenders(activation, direction, size),
        "activation",
        activation,
        "direction",
        direction,
        "size",
        String.valueOf(size),
        "outputs",
        outputs.name());
  }

  static Cell threads(String activation, int threads) {
    return Cell.of(
        "ThreadsBenchmark",
        threads,
        List.of("ember4j", "pytorch"),
        "activation",
        activation,
        "direction",
        "value",
        "size",
        "1000000",
        "outputs",
        "RECYCLED");
  }
}
