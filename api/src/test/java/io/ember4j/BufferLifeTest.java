package io.ember4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.activation.Activations;
import io.ember4j.expr.Expr;
import io.ember4j.naive.Ledger;
import io.ember4j.naive.NaiveBackend;
import io.ember4j.nn.AlphaDropout;
import io.ember4j.nn.Dense;
import io.ember4j.nn.Dropout;
import io.ember4j.nn.GELU;
import io.ember4j.nn.Initializer;
import io.ember4j.nn.Layer;
import io.ember4j.nn.PReLU;
import io.ember4j.nn.ReLU;
import io.ember4j.nn.Sequential;
import io.ember4j.nn.Softmax;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is computed, on whichever backend, and wherever it fails: each buffer goes back once.
 */
class BufferLifeTest {
  /** Tensors to compute with, of several shapes, on the backend "naive". */
  private static final class Data implements AutoCloseable {
    final Tensor x = Tensor.of(new float[] {-3, -1, -0.1f, 0.2f, 1, 4}, 2, 3);
    final Tensor wide = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    final Tensor row = Tensor.of(new float[] {1, 2, 3});
    final Tensor column = Tensor.of(new float[] {1, 2}, 2, 1);
    final Tensor scalar = Tensor.scalar(2f);
    final Tensor cube = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 2, 3);
    final Tensor empty = Tensor.zeros(0, 3);
    final Tensor image = Tensor.ones(2, 3, 1, 2);

    final Tensor mask = Tensor.of(new float[] {0, 1, 1});
    final Layer dense = new Dense(3, 2, Initializer.HE_NORMAL, 1);
    final Layer network =
        new Sequential(
            new Dense(3, 4, Initializer.HE_NORMAL, 1),
            new GELU(),
            new Dropout(0.5),
            new PReLU(4, 0.1),
            new ReLU(true),
            new AlphaDropout(0.5),
            new Sequential(),
            new Sequential(new Dense(4, 2)),
            new Softmax());
    private final List<Tensor> copies = new ArrayList<>();

    /** Returns a tensor that can be changed or copied away without harm to x. */
    Tensor copyOfX() {
      copies.add(Ops.evaluate(Expr.input(0), x));
      return copies.get(copies.size() - 1);
    }

    @Override
    public void close() {
      Stream.of(x, wide, row, column, scalar, cube, empty, image, mask).forEach(Tensor::close);
      copies.forEach(Tensor::close);
      Stream.of(dense, network)
          .flatMap(layer -> layer.parameters().values().stream())
          .forEach(parameter -> parameter.value().close());
    }
  }

  private static final Map<String, Function<Data, Object>> WORK = new HashMap<>();

  static {
    Expr x = Expr.input(0);
    Expr y = Expr.input(1);
    WORK.put("add", d -> Ops.add(d.x, d.x));
    WORK.put("add a number", d -> Ops.add(d.x, 2));
    WORK.put("add mixed dtypes", d -> Ops.add(d.x, d.wide));
    WORK.put("add a row", d -> Ops.add(d.x, d.row));
    WORK.put("add column and row", d -> Ops.add(d.column, d.row));
    WORK.put("add what no view expresses", BufferLifeTest::middle);
    WORK.put("add empty", d -> Ops.add(d.empty, d.row));
    WORK.put("where", d -> Ops.where(d.mask, d.x, d.row));
    WORK.put("clip", d -> Ops.clip(d.x, -1, 1));
    WORK.put("ne", d -> Ops.ne(d.x, d.row));
    WORK.put("evaluate with temporaries", d -> Ops.evaluate(polynomial(x), d.x));
    WORK.put("evaluate special functions", d -> Ops.evaluate(x.erf().plus(y.ndtr()), d.x, d.row));
    WORK.put("evaluate an input", d -> Ops.evaluate(x, d.x));
    WORK.put("evaluate a constant", d -> Ops.evaluate(Expr.constant(3), d.x));
    WORK.put("evaluate in place", d -> Ops.evaluate_(polynomial(x).plus(y), d.copyOfX(), d.row));
    WORK.put("sum", d -> Ops.sum(d.x));
    WORK.put("sum an axis", d -> Ops.sum(d.cube, true, 1));
    WORK.put("sum outer axes", d -> Ops.sum(d.cube, 0, 2));
    WORK.put("sum of nothing", d -> Ops.sum(d.empty, 0));
    WORK.put("max", d -> Ops.max(d.cube, 0, 2));
    WORK.put("mean", d -> Ops.mean(d.x, -1));
    WORK.put("var", d -> Ops.var(d.x, 1, true, 0));
    WORK.put("argmax", d -> Ops.argmax(d.x, 1));
    WORK.put("softmax", d -> Ops.softmax(d.x, 0));
    WORK.put("softmax of a scalar", d -> Ops.softmax(d.scalar, 0));
    WORK.put("log softmax", d -> Ops.logSoftmax(d.x, -1));
    WORK.put("log softmax of a scalar", d -> Ops.logSoftmax(d.scalar, -1));
    WORK.put("softmax of nothing", d -> Ops.softmax(d.empty, -1));
    WORK.put("softmax with temperature", d -> Activations.softmax(d.x, 1, 0.5));
    WORK.put("softmax with mask", d -> Activations.softmax(d.x, 1, d.row));
    WORK.put("matmul", d -> Ops.matmul(d.x, d.x, false, true));
    WORK.put("matmul batch", d -> Ops.matmul(d.cube, d.x, false, true));
    WORK.put("matmul broadcast batch", BufferLifeTest::batches);
    WORK.put("matmul of vectors", d -> Ops.matmul(d.row, d.row));
    WORK.put("matmul over nothing", d -> Ops.matmul(d.empty, d.empty, true, false));
    WORK.put(
        "matmul mixed, with epilogue",
        d -> Ops.matmul(d.x, d.wide, true, false, x.plus(y).sigmoid(), d.row));
    WORK.put("transpose", d -> Ops.transpose(d.cube));
    WORK.put("slice", d -> Ops.slice(d.x, 1, 0, 3, 2));
    WORK.put("concat", d -> Ops.concat(0, d.x, d.wide, d.empty));
    WORK.put("split", d -> Ops.split(d.x, 1, 1, 0, 2));
    WORK.put("cast", d -> Ops.cast(d.x, DType.FLOAT64));
    WORK.put("cast to the same", d -> Ops.cast(d.x, DType.FLOAT32));
    WORK.put("reshape", d -> d.x.reshape(3, -1));
    WORK.put("prefetch", d -> d.copyOfX().prefetch("other"));
    WORK.put("download", d -> d.x.toDoubleArray());
    WORK.put("of floats", d -> Tensor.of(new float[] {1, 2}, 2, 1));
    WORK.put("of doubles", d -> Tensor.of(new double[] {1, 2}, 2, 1));
    WORK.put("scalar", d -> Tensor.scalar(1.0));
    WORK.put("full", d -> Tensor.full(2, DType.FLOAT64, 2, 2));
    WORK.put("uniform", d -> RandomKey.of(1).uniform(DType.FLOAT32, 3, 2));
    for (String name : Activations.names()) {
      if (name.startsWith("test_")) {
        continue; // defined by another test
      }
      Map<String, Object> parameters = Activations.exampleParameters(name);
      boolean even = name.equals("glu");
      boolean image = name.equals("softmax2d");
      Function<Data, Tensor> input = d -> image ? d.image : even ? d.image : d.x;
      WORK.put(name, d -> Activations.get(name, parameters).apply(input.apply(d)));
      WORK.put(
          name + " training", d -> Activations.get(name, parameters).apply(input.apply(d), true));
      if (Activations.get(name, parameters).supportsInPlace()) {
        WORK.put(
            name + " in place", d -> Activations.get(name, parameters).apply_(d.copyOfX(), true));
      }
    }
    WORK.put("prelu per channel", d -> Activations.prelu(d.x, d.row));
    WORK.put("Dense", d -> d.dense.forward(d.x));
    WORK.put("Sequential", d -> d.network.forward(d.x));
    WORK.put("Sequential training", d -> d.network.forward(d.x, true));
  }

  /** A broadcast along a middle axis alone, which no operand view expresses. */
  private static Tensor middle(Data d) {
    try (Tensor a = d.cube.reshape(2, 2, 3, 1);
        Tensor b = d.cube.reshape(2, 1, 3, 2)) {
      return Ops.add(a, b);
    }
  }

  private static Tensor batches(Data d) {
    try (Tensor left = d.cube.reshape(2, 1, 2, 3);
        Tensor right = d.cube.reshape(1, 2, 2, 3)) {
      return Ops.matmul(left, right, false, true);
    }
  }

  private static Expr polynomial(Expr x) {
    Expr sum = x.plus(1);
    for (int i = 2; i < 6; i++) {
      sum = sum.times(x.minus(i).abs()).plus(x.sigmoid());
    }
    return sum;
  }

  private static void close(Object result) {
    if (result instanceof Tensor tensor) {
      tensor.close();
    } else if (result instanceof Tensor[] tensors) {
      Stream.of(tensors).forEach(Tensor::close);
    }
  }

  static List<Arguments> work() {
    List<Arguments> all = new ArrayList<>();
    for (String name : WORK.keySet().stream().sorted().toList()) {
      for (String backend : List.of("naive", "other", "rich")) {
        all.add(Arguments.of(name, backend, Lowering.NATIVE));
      }
      all.add(Arguments.of(name, "rich", Lowering.COMPOSED));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("work")
  void everyBufferGoesBackOnce(String name, String backend, Lowering lowering) throws Throwable {
    Ledger.assertBalanced(
        () -> {
          try (BackendScope naive = Backends.use("naive");
              Data data = new Data();
              BackendScope scope = Backends.use(backend, lowering)) {
            close(WORK.get(name).apply(data));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("work")
  void everyBufferGoesBackOnceWhereverTheBackendFails(
      String name, String backend, Lowering lowering) throws Throwable {
    Ledger ledger =
        switch (backend) {
          case "naive" -> NaiveBackend.NAIVE.ledger();
          case "other" -> NaiveBackend.OTHER.ledger();
          default -> NaiveBackend.RICH.ledger();
        };
    Ledger.assertBalanced(
        () -> {
          try (BackendScope naive = Backends.use("naive");
              Data data = new Data();
              BackendScope scope = Backends.use(backend, lowering)) {
            Function<Data, Object> work = WORK.get(name);
            boolean failed = true;
            for (int n = 0; failed; n++) {
              assertTrue(n < 10_000, "does not end");
              failed = runAndFail(ledger, n, work, data);
            }
            assertEquals(4, data.x.toFloatArray()[5], "operand");
          }
        });
  }

  private static boolean runAndFail(Ledger ledger, int n, Function<Data, Object> work, Data data) {
    ledger.failAfter(n);
    try {
      Object result = work.apply(data);
      close(result);
      assertTrue(ledger.failNoMore(), "a failure of the backend was swallowed");
      return false;
    } catch (Ledger.InjectedFailure e) {
      return true;
    } finally {
      ledger.failNoMore();
    }
  }

  @Test
  void misuseIsSeen() {
    // The counterpart: the naive backend itself notices a buffer that is given back twice.
    NaiveBackend backend = new NaiveBackend("broken");
    io.ember4j.spi.Buffer buffer = backend.allocate(DType.FLOAT32, 1);
    assertEquals(1, backend.ledger().live());
    backend.release(buffer);
    assertThrows(IllegalStateException.class, () -> backend.release(buffer));
    assertThrows(IllegalStateException.class, () -> backend.download(buffer, new float[1]));
  }
}
