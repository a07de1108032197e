package io.ember4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.activation.Activations;
import io.ember4j.expr.Expr;
import io.ember4j.naive.Ledger;
import io.ember4j.naive.NaiveBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorTest {
  // ---- creation

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 15, 16, 17, 67, 1000, 4098})
  void valuesComeBackAsTheyWere(int size) {
    float[] floats = new float[size];
    double[] doubles = new double[size];
    for (int i = 0; i < size; i++) {
      floats[i] = 1f / (i - 3.5f);
      doubles[i] = Math.sin(i);
    }
    try (Tensor narrow = Tensor.of(floats);
        Tensor wide = Tensor.of(doubles, size, 1)) {
      assertArrayEquals(floats, narrow.toFloatArray());
      assertArrayEquals(doubles, wide.toDoubleArray());
      for (int i = 0; i < size; i++) {
        assertEquals(floats[i], narrow.toDoubleArray()[i]);
        assertEquals((float) doubles[i], wide.toFloatArray()[i]);
        floats[i]++; // the tensor has a copy
      }
      float[] target = new float[size];
      narrow.copyTo(target);
      assertArrayEquals(narrow.toFloatArray(), target);
      assertEquals(2, wide.rank());
      assertEquals(size, narrow.size());
    }
  }

  @Test
  void bitsOfSpecialValuesSurvive() {
    float[] values = {-0f, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY};
    assertArrayEquals(values, Tensor.of(values).toFloatArray());
  }

  @Test
  void factoriesMakeTheirShapes() {
    assertEquals("Tensor(float32[])", Tensor.scalar(2f).toString());
    assertEquals("Tensor(float64[])", Tensor.scalar(2.0).toString());
    assertEquals("Tensor(float32[])", Tensor.zeros().toString());
    assertEquals("Tensor(float32[0, 3])", Tensor.ones(0, 3).toString());
    assertEquals("Tensor(float64[2, 1])", Tensor.full(0.1, DType.FLOAT64, 2, 1).toString());
    assertEquals("Tensor(float32[1, 2, 3, 4])", Tensor.full(7f, 1, 2, 3, 4).toString());
    assertEquals(0.1f, Tensor.full(0.1, DType.FLOAT32).item());
    assertEquals(3, Tensor.of(new float[] {3}, 1, 1, 1).item());
  }

  @Test
  void wrongShapesAndNullsAreNamed() {
    refuses(
        ShapeException.class,
        "[2, 2] has 4 element(s), but 3",
        () -> Tensor.of(new float[3], 2, 2));
    refuses(ShapeException.class, "negative extent", () -> Tensor.zeros(2, -1));
    refuses(ShapeException.class, "more than 2^63", () -> Tensor.zeros(1L << 40, 1L << 40));
    refuses(ShapeException.class, "does not fit a Java array", () -> Tensor.zeros(1L << 40));
    refuses(NullPointerException.class, "values is null", () -> Tensor.of((float[]) null));
    refuses(NullPointerException.class, "values is null", () -> Tensor.of((double[]) null, 1));
    refuses(
        NullPointerException.class, "shape is null", () -> Tensor.of(new float[1], (long[]) null));
    refuses(NullPointerException.class, "shape is null", () -> Tensor.zeros((long[]) null));
    refuses(NullPointerException.class, "dtype is null", () -> Tensor.full(1, null, 2));
    Tensor x = Tensor.ones(2);
    refuses(ShapeException.class, "shape [2] has 2", x::item);
    refuses(
        ShapeException.class,
        "3 element(s), the tensor of shape [2] has 2",
        () -> x.copyTo(new float[3]));
    refuses(NullPointerException.class, "target is null", () -> x.copyTo((double[]) null));
    refuses(NullPointerException.class, "name of the backend", () -> x.prefetch(null));
    refuses(BackendException.class, "unknown backend \"gpu\"", () -> x.prefetch("gpu"));
  }

  private static void refuses(
      Class<? extends Exception> type,
      String part,
      org.junit.jupiter.api.function.Executable action) {
    String message = assertThrows(type, action).getMessage();
    assertTrue(message.contains(part), message);
  }

  // ---- reshape and close

  @Test
  void reshapeSharesAndOutlivesItsBase() throws Throwable {
    Ledger.assertBalanced(
        () -> {
          Tensor base = Tensor.of(new float[] {1, 2, 3, 4, 5, 6});
          Tensor matrix = base.reshape(2, -1);
          long live = NaiveBackend.NAIVE.ledger().live();
          base.close();
          assertEquals(live, NaiveBackend.NAIVE.ledger().live());
          assertEquals("[2, 3]", matrix.shape().toString());
          assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, matrix.toFloatArray());
          try (Tensor again = matrix.reshape(3, 2)) {
            matrix.close();
            assertEquals(6, again.toFloatArray()[5]);
            assertThrows(ClosedTensorException.class, () -> matrix.reshape(6));
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"'2,3', '6'", "'6', '2,-1'", "'0,3', '3,0'", "'', '1,1'", "'1', ''"})
  void reshapeTakesAnyShapeOfTheSameSize(String from, String to) {
    try (Tensor x = Tensor.zeros(extents(from));
        Tensor y = x.reshape(extents(to))) {
      assertEquals(x.size(), y.size());
    }
  }

  private static long[] extents(String list) {
    return list.isEmpty()
        ? new long[0]
        : java.util.Arrays.stream(list.split(",", -1)).mapToLong(Long::parseLong).toArray();
  }

  @ParameterizedTest
  @CsvSource({"'4'", "'4,-1'", "'-1,-1'", "'0,-1'", "'-2,-3'", "'4294967296,4294967296,-1'", "''"})
  void reshapeRefusesOtherSizes(String to) {
    try (Tensor x = Tensor.zeros(2, 3)) {
      assertThrows(ShapeException.class, () -> x.reshape(extents(to)));
    }
  }

  @Test
  void everyUseAfterCloseIsAClearError() {
    for (long[] shape : new long[][] {{2, 2}, {0, 2}}) {
      Tensor closed = Tensor.zeros(shape);
      Tensor open = Tensor.zeros(shape);
      closed.close();
      closed.close();
      assertTrue(closed.isClosed());
      List<Consumer<Tensor>> uses = new ArrayList<>();
      uses.add(Tensor::toFloatArray);
      uses.add(Tensor::toDoubleArray);
      uses.add(x -> x.copyTo(new float[(int) x.size()]));
      uses.add(x -> x.reshape(x.shape().toArray()));
      uses.add(x -> x.prefetch("other"));
      uses.add(Ops::neg);
      uses.add(x -> Ops.add(open, x));
      uses.add(x -> Ops.evaluate_(Expr.input(0).abs(), x));
      uses.add(x -> Ops.evaluate_(Expr.input(0).plus(Expr.input(1)), open, x));
      uses.add(Ops::sum);
      uses.add(x -> Ops.sum(x, 1));
      uses.add(Ops::mean);
      uses.add(Ops::var);
      uses.add(x -> Ops.argmax(x, 1));
      uses.add(x -> Ops.softmax(x, 0));
      uses.add(x -> Ops.logSoftmax(x, 0));
      uses.add(x -> Ops.matmul(x, open, true, false));
      uses.add(x -> Ops.matmul(open, x, true, false));
      uses.add(x -> Ops.matmul(open, open, true, false, Expr.input(1), x));
      uses.add(Ops::transpose);
      uses.add(x -> Ops.slice(x, 0, 0, 0));
      uses.add(x -> Ops.concat(0, open, x));
      uses.add(x -> Ops.split(x, 0, x.shape().extent(0)));
      uses.add(x -> Ops.cast(x, DType.FLOAT64));
      uses.add(x -> Ops.cast(x, DType.FLOAT32));
      uses.add(Activations::glu);
      uses.add(x -> Activations.prelu(open, x.reshape(-1)));
      for (int i = 0; i < uses.size(); i++) {
        Consumer<Tensor> use = uses.get(i);
        String what = "use " + i + " of " + closed;
        ClosedTensorException e =
            assertThrows(ClosedTensorException.class, () -> use.accept(closed), what);
        assertTrue(e.getMessage().contains("was closed"), e.getMessage());
      }
      assertEquals(open.size(), open.toFloatArray().length, "the open operand is unharmed");
      assertTrue(closed.toString().endsWith("closed)"));
    }
  }

  @Test
  void closingWhileOthersComputeIsSafe() throws Throwable {
    Ledger.assertBalanced(
        () -> {
          ExecutorService pool = Executors.newFixedThreadPool(4);
          try {
            for (int round = 0; round < 200; round++) {
              Tensor x = Tensor.full(2, DType.FLOAT32, 50);
              CountDownLatch start = new CountDownLatch(1);
              List<Future<?>> readers = new ArrayList<>();
              for (int t = 0; t < 3; t++) {
                String backend = t == 2 ? "other" : "naive";
                readers.add(pool.submit(() -> readUntilClosed(x, backend, start)));
              }
              start.countDown();
              x.close();
              for (Future<?> reader : readers) {
                reader.get();
              }
            }
          } finally {
            pool.shutdown();
          }
        });
  }

  private static Void readUntilClosed(Tensor x, String backend, CountDownLatch start)
      throws InterruptedException {
    start.await();
    try (BackendScope scope = Backends.use(backend)) {
      for (int i = 0; i < 20; i++) {
        try (Tensor y = Ops.add(x, 1)) {
          for (float value : y.toFloatArray()) {
            assertEquals(3, value);
          }
        }
      }
    } catch (ClosedTensorException e) {
      assertTrue(x.isClosed());
    }
    return null;
  }

  // ---- residency

  @Test
  void transfersAreCountedAndTheLastCopyIsKept() throws Throwable {
    Ledger.assertBalanced(
        () -> {
          try (Tensor x = Tensor.of(new float[] {1, 2})) {
            long before = Backends.transfers();
            long others = NaiveBackend.OTHER.ledger().live();
            try (BackendScope scope = Backends.use("other")) {
              Ops.add(x, x).close();
              Ops.neg(x).close();
              assertEquals(1, Backends.transfers() - before);
              x.toFloatArray();
              assertEquals(1, Backends.transfers() - before, "a download is none");
            }
            assertSame(x, x.prefetch("other"));
            assertEquals(1, Backends.transfers() - before, "it is there already");
            x.prefetch("rich");
            assertEquals(2, Backends.transfers() - before);
            assertEquals(others, NaiveBackend.OTHER.ledger().live(), "copy gone");
            x.prefetch("naive");
            assertEquals(2, Backends.transfers() - before, "the origin stays");
          }
        });
  }

  @Test
  void prefetchDoesNotChooseWhoComputes() {
    try (BackendScope scope = Backends.use("naive");
        Tensor x = Tensor.ones(2).prefetch("rich")) {
      assertEquals(List.of("naive"), Ledger.steps(() -> Ops.neg(x)).stream().distinct().toList());
    }
  }

  @Test
  void hiddenTransferCanBeMadeAnError() {
    try (Tensor x = Tensor.ones(2);
        Tensor there = Tensor.ones(2).prefetch("other");
        BackendScope scope = Backends.use("other")) {
      System.setProperty(Transfers.PROPERTY, "fail");
      try {
        refuses(TransferException.class, "call prefetch(\"other\")", () -> Ops.neg(x));
        refuses(TransferException.class, "prefetch", () -> Ops.evaluate_(Expr.input(0).abs(), x));
        assertEquals(-1, Ops.neg(there).toFloatArray()[0]);
        assertEquals(-1, Ops.neg(x.prefetch("other")).toFloatArray()[0]);
        assertEquals(1, Tensor.ones(1).item(), "creation is allowed");
      } finally {
        System.clearProperty(Transfers.PROPERTY);
      }
      assertEquals(1, x.toFloatArray()[0], "nothing was changed");
    }
  }

  // ---- in place

  private static final Expr DOUBLE = Expr.input(0).times(2);
  private static final Expr SUM = Expr.input(0).plus(Expr.input(1));

  @Test
  void inPlaceChangesTheTensorItself() {
    for (String backend : List.of("naive", "other", "rich")) {
      try (BackendScope naive = Backends.use("naive");
          Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
          Tensor row = Tensor.of(new float[] {10, 20});
          BackendScope scope = Backends.use(backend)) {
        assertSame(x, Ops.evaluate_(DOUBLE, x));
        assertSame(x, Ops.evaluate_(SUM, x, row));
        assertArrayEquals(new float[] {12, 24, 16, 28}, x.toFloatArray());
        assertSame(x, Ops.evaluate_(SUM, x, x));
        assertArrayEquals(new float[] {24, 48, 32, 56}, x.toFloatArray());
      }
    }
  }

  @Test
  void staleCopiesAreDropped() throws Throwable {
    Ledger.assertBalanced(
        () -> {
          try (BackendScope naive = Backends.use("naive");
              Tensor x = Tensor.of(new float[] {1, 2})) {
            x.prefetch("other");
            Ops.evaluate_(DOUBLE, x);
            try (BackendScope other = Backends.use("other")) {
              assertArrayEquals(new float[] {-2, -4}, negated(x));
              Ops.evaluate_(DOUBLE, x);
            }
            assertArrayEquals(new float[] {4, 8}, x.toFloatArray());
            assertArrayEquals(new float[] {-4, -8}, negated(x));
          }
        });
  }

  private static float[] negated(Tensor x) {
    try (Tensor y = Ops.neg(x)) {
      return y.toFloatArray();
    }
  }

  @Test
  void inPlaceNeedsTheOnlyReference() {
    Tensor x = Tensor.of(new float[] {1, 2});
    Tensor shared = x.reshape(2, 1);
    refuses(InPlaceException.class, "1 other tensor(s)", () -> Ops.evaluate_(DOUBLE, x));
    refuses(InPlaceException.class, "1 other tensor(s)", () -> Activations.relu_(shared));
    shared.close();
    Ops.evaluate_(DOUBLE, x);
    assertArrayEquals(new float[] {2, 4}, x.toFloatArray());
  }

  @Test
  void inPlaceRefusesOtherResultShapesAndDtypes() {
    try (Tensor x = Tensor.ones(2);
        Tensor matrix = Tensor.ones(2, 2);
        Tensor wide = Tensor.full(1, DType.FLOAT64, 2)) {
      refuses(
          ShapeException.class,
          "in place with an operand of shape [2, 2]",
          () -> Ops.evaluate_(SUM, x, matrix));
      refuses(InPlaceException.class, "float64", () -> Ops.evaluate_(SUM, x, wide));
      refuses(ParameterException.class, "reads 2 input(s), got 1", () -> Ops.evaluate_(SUM, x));
      assertSame(wide, Ops.evaluate_(SUM, wide, x));
      assertArrayEquals(new double[] {2, 2}, wide.toDoubleArray());
    }
  }

  @Test
  void valuesBeingReadCannotChangeAndValuesBeingChangedCannotBeRead() {
    try (BackendScope scope = Backends.use("naive");
        Tensor x = Tensor.ones(2)) {
      Resident reader = x.storage().acquire();
      refuses(
          InPlaceException.class,
          "another computation is reading it",
          () -> Ops.evaluate_(DOUBLE, x));
      reader.release();
      Resident writer = x.storage().startChange(Backends.active());
      refuses(InPlaceException.class, "being changed in place", () -> Ops.neg(x));
      refuses(InPlaceException.class, "being changed in place", () -> x.reshape(2, 1));
      refuses(InPlaceException.class, "being changed in place", () -> Ops.evaluate_(DOUBLE, x));
      x.storage().endChange(writer, Storage.Change.NONE);
      assertArrayEquals(new float[] {1, 1}, x.toFloatArray());
    }
  }

  @Test
  void closingDuringAChangeInPlaceIsSafe() throws Throwable {
    Ledger.assertBalanced(
        () -> {
          try (BackendScope scope = Backends.use("naive")) {
            for (boolean withCopy : new boolean[] {false, true}) {
              for (Storage.Change change : Storage.Change.values()) {
                Tensor x = Tensor.ones(2);
                if (withCopy) {
                  x.prefetch("other");
                }
                Storage storage = x.storage();
                Resident writer = storage.startChange(Backends.active());
                x.close();
                storage.endChange(writer, change);
              }
            }
          }
        });
  }

  @Test
  void changeThatFailsKeepsTheCopyThatIsRight() throws Throwable {
    Ledger.assertBalanced(
        () -> {
          Expr twoSteps = Expr.input(0).plus(1).abs().times(3);
          for (String computing : List.of("naive", "other")) {
            try (BackendScope naive = Backends.use("naive");
                Tensor x = Tensor.of(new float[] {1, 2}).prefetch("other");
                BackendScope scope = Backends.use(computing)) {
              Ledger ledger =
                  computing.equals("naive")
                      ? NaiveBackend.NAIVE.ledger()
                      : NaiveBackend.OTHER.ledger();
              ledger.failAfter(3);
              assertThrows(Ledger.InjectedFailure.class, () -> Ops.evaluate_(twoSteps, x));
              ledger.failNoMore();
              assertArrayEquals(new float[] {1, 2}, x.toFloatArray());
              Ops.evaluate_(DOUBLE, x);
              assertArrayEquals(new float[] {2, 4}, x.toFloatArray());
              assertFalse(x.isClosed());
            }
          }
        });
  }

  // ---- shapes

  @ParameterizedTest
  @CsvSource({
    "'2,3', '3', '2,3'",
    "'2,1', '1,3', '2,3'",
    "'', '4', '4'",
    "'5,1,2', '3,1', '5,3,2'",
    "'0', '1', '0'",
    "'2,0', '2,1', '2,0'",
    "'', '', ''",
  })
  void shapesBroadcastAsInNumPy(String a, String b, String expected) {
    Shape shape = Shape.of(extents(a)).broadcast(Shape.of(extents(b)));
    assertEquals(Shape.of(extents(expected)), shape);
    assertEquals(shape, Shape.of(extents(b)).broadcast(Shape.of(extents(a))));
  }

  @Test
  void shapesThatDoNotBroadcastAreNamed() {
    refuses(
        ShapeException.class,
        "[2, 3] and [2] do not broadcast: axis -1 has extents 3 and 2",
        () -> Shape.of(2, 3).broadcast(Shape.of(2)));
    refuses(ShapeException.class, "[0] and [2]", () -> Shape.of(0).broadcast(Shape.of(2)));
  }

  @Test
  void axesCountFromBothEnds() {
    Shape shape = Shape.of(2, 3, 4);
    assertEquals(2, shape.axis(-1));
    assertEquals(0, shape.axis(-3));
    assertEquals(3, shape.extent(1));
    refuses(
        ShapeException.class,
        "axis 3 is out of range for shape [2, 3, 4]; use -3 to 2",
        () -> shape.axis(3));
    refuses(ShapeException.class, "-4 is out of range", () -> shape.axis(-4));
    refuses(ShapeException.class, "a scalar (rank 0) has no axes", () -> Shape.SCALAR.axis(0));
    assertEquals(shape, Shape.of(2, 3, 4));
    assertEquals(shape.hashCode(), Shape.of(2, 3, 4).hashCode());
  }
}
