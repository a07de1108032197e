package io.ember4j;

import static io.ember4j.naive.GradientCheck.mixed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.activation.Activations;
import io.ember4j.expr.Expr;
import io.ember4j.naive.GradientCheck;
import io.ember4j.naive.Ledger;
import io.ember4j.naive.NaiveBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a tape keeps, and for how long. */
class TapeLifeTest {
  private static final Map<String, GradientCheck.Function> WORK = new LinkedHashMap<>();

  static {
    Expr x = Expr.input(0);
    Expr y = Expr.input(1);
    WORK.put("mul", t -> Ops.mul(t[0], t[1]));
    WORK.put("mul of itself", t -> Ops.mul(t[0], t[0]));
    WORK.put("evaluate", t -> Ops.evaluate(x.times(y.exp()).tanh().plus(y.abs()), t[0], t[2]));
    WORK.put("where", t -> Ops.where(t[2], t[0], t[1]));
    WORK.put("clip", t -> Ops.clip(t[0], -1, 1));
    WORK.put("sum", t -> Ops.sum(t[0], 0));
    WORK.put("mean", t -> Ops.mean(t[0], 1));
    WORK.put("var", t -> Ops.var(t[0], 1, true, 1));
    WORK.put("max", t -> Ops.max(t[0]));
    WORK.put("min", t -> Ops.min(t[0], true, 0));
    WORK.put("softmax", t -> Ops.softmax(t[0], 1));
    WORK.put("log softmax", t -> Ops.logSoftmax(t[0], 0));
    WORK.put("softmax with temperature", t -> Activations.softmax(t[0], 1, 0.5));
    WORK.put("softmax with mask", t -> Activations.softmax(t[0], 1, t[2]));
    WORK.put("matmul", t -> Ops.matmul(t[0], t[1], true, false));
    WORK.put("matmul of a column", t -> Ops.matmul(t[0], t[2]));
    WORK.put("matmul with epilogue", t -> Ops.matmul(t[0], t[1], false, true, x.tanh()));
    WORK.put("reshape", t -> Ops.reshape(t[0], 3, 2));
    WORK.put("transpose", t -> Ops.transpose(t[0]));
    WORK.put("slice", t -> Ops.slice(t[0], 1, 0, 3, 2));
    WORK.put("concat", t -> Ops.concat(0, t[0], t[1], t[0]));
    WORK.put("broadcastTo", t -> Ops.broadcastTo(t[2], 2, 3));
    WORK.put("cast", t -> Ops.cast(t[0], DType.FLOAT32));
    WORK.put("split", TapeLifeTest::lastOfSplit);
    WORK.put("glu", t -> glu(t[0]));
    WORK.put("prelu", t -> Activations.prelu(t[0], t[2]));
    WORK.put("chain", TapeLifeTest::chain);
  }

  private BackendScope scope;

  @BeforeEach
  void useTheRequiredFloor() {
    scope = Backends.use("naive");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor lastOfSplit(Tensor... t) {
    Tensor[] parts = Ops.split(t[0], 1, 1, 2);
    parts[0].close();
    return parts[1];
  }

  private static Tensor glu(Tensor x) {
    try (Tensor even = Ops.concat(1, x, x)) {
      return Activations.glu(even, 1);
    }
  }

  /** Closes what is on the way, as a careful user does. */
  private static Tensor chain(Tensor... t) {
    try (Tensor product = Ops.matmul(t[0], t[1], false, true);
        Tensor exponential = Ops.exp(product);
        Tensor scaled = Ops.mul(exponential, exponential);
        Tensor sum = Ops.sum(scaled, true, 0)) {
      return Ops.div(scaled, sum);
    }
  }

  private static Tensor[] inputs() {
    return new Tensor[] {
      mixed(1, 2, 3).tensor(), mixed(2, 2, 3).tensor(), mixed(3, 3).tensor(),
    };
  }

  private static void close(Iterable<Tensor> tensors) {
    tensors.forEach(Tensor::close);
  }

  static List<Arguments> work() {
    List<Arguments> all = new ArrayList<>();
    for (String name : WORK.keySet()) {
      for (String backend : List.of("naive", "rich")) {
        all.add(Arguments.of(name, backend));
      }
    }
    return all;
  }

  /** Returns those of the inputs that the work depends on. */
  private static List<Tensor> sources(GradientTape tape, Tensor result, Tensor... inputs) {
    return Arrays.stream(inputs).filter(t -> dependsOn(tape, result, t)).toList();
  }

  private static boolean dependsOn(GradientTape tape, Tensor result, Tensor input) {
    try (Tensor upstream = Tensor.full(1, result.dtype(), result.shape().toArray())) {
      close(tape.gradient(result, upstream, List.of(input)));
      return true;
    } catch (GradientException e) {
      return false;
    }
  }

  // ---- buffers

  @ParameterizedTest
  @MethodSource("work")
  void everyBufferGoesBackOnceTapeAndTensorsAreClosed(String name, String backend)
      throws Throwable {
    Ledger.assertBalanced(
        () -> {
          try (BackendScope inner = Backends.use(backend)) {
            Tensor[] inputs = inputs();
            try (GradientTape tape = GradientTape.record();
                Tensor result = WORK.get(name).apply(inputs);
                Tensor upstream = Tensor.full(1, result.dtype(), result.shape().toArray())) {
              List<Tensor> sources = sources(tape, result, inputs);
              assertTrue(!sources.isEmpty());
              close(tape.gradient(result, upstream, sources));
              close(List.of(inputs));
              close(tape.gradient(result, upstream, sources));
            } finally {
              close(List.of(inputs));
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("work")
  void everyBufferGoesBackWhereverTheBackendFailsOnTheWayBack(String name, String backend)
      throws Throwable {
    Ledger ledger =
        backend.equals("naive") ? NaiveBackend.NAIVE.ledger() : NaiveBackend.RICH.ledger();
    Ledger.assertBalanced(
        () -> {
          try (BackendScope inner = Backends.use(backend)) {
            Tensor[] inputs = inputs();
            try (GradientTape tape = GradientTape.record();
                Tensor result = WORK.get(name).apply(inputs);
                Tensor upstream = Tensor.full(1, result.dtype(), result.shape().toArray())) {
              List<Tensor> sources = sources(tape, result, inputs);
              int failures = 0;
              while (fails(ledger, failures, tape, result, upstream, sources)) {
                failures++;
                assertTrue(failures < 10_000, "does not end");
              }
              assertTrue(name.equals("reshape") || failures > 0, "nothing was computed");
            } finally {
              close(List.of(inputs));
            }
          }
        });
  }

  private static boolean fails(
      Ledger ledger,
      int calls,
      GradientTape tape,
      Tensor result,
      Tensor upstream,
      List<Tensor> sources) {
    ledger.failAfter(calls);
    try {
      close(tape.gradient(result, upstream, sources));
      assertTrue(ledger.failNoMore(), "a failure of the backend was swallowed");
      return false;
    } catch (Ledger.InjectedFailure e) {
      return true;
    } finally {
      ledger.failNoMore();
    }
  }

  @Test
  void whatGradientsNeedStaysUntilTheTapeIsClosed() {
    long before = NaiveBackend.NAIVE.ledger().live();
    GradientTape tape = GradientTape.record();
    Tensor x = Tensor.of(new double[] {1, -2, 3});
    Tensor square = Ops.mul(x, x);
    Tensor cube = Ops.mul(square, x);
    Tensor loss = Ops.sum(cube);
    close(List.of(square, cube));
    for (int i = 0; i < 3; i++) {
      Tensor gradient = tape.gradient(loss, x);
      assertArrayEquals(new double[] {3, 12, 27}, gradient.toDoubleArray());
      gradient.close();
    }
    close(List.of(x, loss));
    assertTrue(NaiveBackend.NAIVE.ledger().live() > before, "the tape keeps nothing");
    tape.close();
    assertEquals(before, NaiveBackend.NAIVE.ledger().live());
  }

  @Test
  void closedTensorsCanStillBeSourcesAndTargets() {
    try (GradientTape tape = GradientTape.record();
        Tensor upstream = Tensor.of(new double[] {1, 1})) {
      Tensor x = Tensor.of(new double[] {2, 5});
      Tensor y = Ops.mul(x, x);
      x.close();
      y.close();
      Tensor gradient = tape.gradient(y, upstream, List.of(x)).get(0);
      assertArrayEquals(new double[] {4, 10}, gradient.toDoubleArray());
      gradient.close();
    }
  }
}
