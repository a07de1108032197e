package io.ember4j.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * The cells of all questions but those about each activation.
 *
 * @param quick whether only some are wanted
 */
record Questions(boolean quick) {
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
      for (String operation : List.of("exp", "add", "matmul")) {
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
