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

  static final List<String> OVERHEAD = List.of("exp", "add", "matmul");

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
    return quick ? 8 : 12;
  }

  int roundMillis() {
    return quick ? 50 : 80;
  }

  /** Returns all cells: first the short questions, then every activation. */
  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    cells.addAll(dispatch());
    cells.addAll(arraycopy());
    cells.addAll(overhead());
    cells.addAll(mlp());
    cells.addAll(matmul(1));
    cells.addAll(matmul(2));
    cells.addAll(softmax());
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

  List<Cell> dispatch() {
    return List.of("relu", "tanh", "add").stream()
        .map(
            operation ->
                Cell.of(
                    "DispatchBenchmark",
                    1,
                    List.of("ember4j", "pytorch", "nd4j"),
                    "operation",
                    operation))
        .toList();
  }

  List<Cell> arraycopy() {
    return ArraycopyBenchmark.ACTIVATIONS.stream()
        .limit(quick ? 2 : ArraycopyBenchmark.ACTIVATIONS.size())
        .map(
            activation ->
                Cell.of(
                    "ArraycopyBenchmark",
                    1,
                    List.of("ember4j", "arraycopy", "pytorch"),
                    "activation",
                    activation,
                    "size",
                    "10000000"))
        .toList();
  }

  List<Cell> overhead() {
    List<Cell> cells = new ArrayList<>();
    for (String library : List.of("nd4j", "jblas")) {
      for (String operation : OVERHEAD) {
        cells.add(
            Cell.of(
                "BackendOverheadBenchmark",
                1,
                List.of("ember4j", library),
                "library",
                library,
                "operation",
                operation));
      }
    }
    return cells;
  }

  List<Cell> mlp() {
    return List.of("1", "32", "256").stream()
        .map(batch -> Cell.of("MlpBenchmark", 1, List.of("ember4j", "pytorch"), "batch", batch))
        .toList();
  }

  List<Cell> matmul(int threads) {
    return (quick ? List.of(64, 512) : List.of(64, 128, 256, 512, 1024, 2048))
        .stream()
            .map(
                size ->
                    Cell.of(
                        "MatmulBenchmark",
                        threads,
                        // jblas has one thread.
                        threads == 1
                            ? List.of("ember4j", "pytorch", "nd4j", "jblas")
                            : List.of("ember4j", "pytorch", "nd4j"),
                        "size",
                        String.valueOf(size)))
            .toList();
  }

  List<Cell> softmax() {
    List<Cell> cells = new ArrayList<>();
    for (String function : List.of("softmax", "log_softmax", "glu")) {
      for (String shape :
          quick ? List.of("1000x1000") : List.of("1000x1000", "10000x16", "16x10000")) {
        for (String axis : List.of("1", "0")) {
          for (Outputs outputs : Outputs.values()) {
            cells.add(
                Cell.of(
                    "SoftmaxBenchmark",
                    1,
                    function.equals("glu")
                        ? List.of("ember4j", "pytorch")
                        : List.of("ember4j", "pytorch", "nd4j"),
                    "function",
                    function,
                    "shape",
                    shape,
                    "axis",
                    axis,
                    "outputs",
                    outputs.name()));
          }
        }
      }
    }
    return cells;
  }
}
