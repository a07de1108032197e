package io.ember4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the table, once and small: it runs, and all contenders compute the same. */
class ContendersTest {
  static Stream<Cell> cells() {
    return new Plan(false)
        .cells().stream()
            .filter(cell -> cell.threads() == 1)
            .filter(
                cell -> !List.of("1", "2048").contains(cell.parameters().getOrDefault("size", "")));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void contendersOfACellComputeTheSame(Cell cell) throws ReflectiveOperationException {
    AlternatingBenchmark benchmark = benchmark(cell);
    benchmark.open();
    for (int turn = 0; turn < cell.contenders().size(); turn++) {
      benchmark.next();
      assertNotNull(benchmark.call());
    }
    benchmark.close();
  }

  private static AlternatingBenchmark benchmark(Cell cell) throws ReflectiveOperationException {
    Class<?> type = Class.forName("io.ember4j.benchmarks." + cell.question());
    AlternatingBenchmark benchmark = (AlternatingBenchmark) type.getConstructor().newInstance();
    benchmark.contenders = String.join("+", cell.contenders());
    benchmark.threads = cell.threads();
    for (var parameter : cell.parameters().entrySet()) {
      var field = type.getField(parameter.getKey());
      String value = parameter.getValue();
      if (field.getType() == int.class) {
        // Large arrays find no other mistake than small ones.
        field.setInt(benchmark, Math.min(1003, Integer.parseInt(value)));
      } else if (field.getType() == Outputs.class) {
        field.set(benchmark, Outputs.valueOf(value));
      } else {
        field.set(benchmark, value);
      }
    }
    return benchmark;
  }

  /** Returns always the same, and something else than the others. */
  private record Constant(float value) implements Contender {
    @Override
    public Object call() {
      return value;
    }

    @Override
    public float[] result() {
      return new float[] {1, value};
    }
  }

  @Test
  void aContenderThatComputesSomethingElseIsRefused() {
    List<String> names = List.of("a", "b");
    Agreement.check(names, List.of(new Constant(2), new Constant(2.0001f)), 1e-4);
    assertThrows(
        IllegalStateException.class,
        () -> Agreement.check(names, List.of(new Constant(2), new Constant(2.001f)), 1e-4));
    assertThrows(
        IllegalStateException.class,
        () -> Agreement.check(names, List.of(new Constant(2), new Constant(Float.NaN)), 1e-4));
  }
}
