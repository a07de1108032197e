package io.ember4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.InPlaceException;
import io.ember4j.Ops;
import io.ember4j.RandomKey;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import io.ember4j.naive.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SequentialTest {
  private static final float[] VALUES = {-2, -1, 0, 1, 2, 3};

  /** A user's layer that keeps what it was given and what it returned. */
  private static final class Keeping implements Layer {
    final List<Tensor> kept = new ArrayList<>();

    @Override
    public Tensor forward(Tensor x, boolean training) {
      Tensor result = Activations.get("swish").apply(x, training);
      kept.add(x);
      kept.add(result);
      return result;
    }
  }

  private static Tensor input() {
    return Tensor.of(VALUES, 2, 3);
  }

  @Test
  void computesOneLayerAfterAnother() {
    Dense first = new Dense(3, 4, Initializer.HE_NORMAL, 1);
    Dense last = new Dense(4, 2, Initializer.HE_NORMAL, 2);
    Layer network = new Sequential(first, new GELU(), new Dropout(0.5), last, new Softmax());
    for (String backend : List.of("naive", "other", "rich")) {
      try (BackendScope scope = Backends.use(backend);
          Tensor x = input()) {
        Tensor hidden = Activations.gelu(first.forward(x));
        Tensor expected = Activations.softmax(last.forward(hidden), -1);
        float[] actual = network.forward(x).toFloatArray();
        assertArrayEquals(expected.toFloatArray(), actual, 1e-6f, backend);
      }
    }
  }

  @Test
  void fusesDenseWithTheActivationAfterIt() {
    Layer network = new Sequential(new Dense(3, 4), new GELU());
    try (BackendScope scope = Backends.use("rich");
        Tensor x = input()) {
      network.forward(x).close(); // brings the weights over
      int steps = Ledger.steps(() -> network.forward(x).close()).size();
      assertEquals(3, steps, "an allocation, the product and its epilogue");
    }
  }

  @Test
  void fusesTheDropoutAfterDenseInTraining() {
    Layer network = new Sequential(new Dense(3, 4), new GELU(), new Dropout(0.5, false, 1));
    try (BackendScope scope = Backends.use("rich");
        Tensor x = input()) {
      network.forward(x, true).close(); // brings the weights over
      int steps = Ledger.steps(() -> network.forward(x, true).close()).size();
      assertEquals(5, steps, "the random numbers, an allocation, the product and its epilogue");
    }
  }

  @Test
  void fusedLayersHaveTheBitsOfTheLayersOneByOne() {
    for (long[] shape : new long[][] {{6}, {2, 6}, {2, 2, 6}}) {
      for (boolean bias : new boolean[] {true, false}) {
        for (Layer after : List.of(new GELU(), new Sigmoid())) {
          Dense dense = new Dense(6, 5, bias, Initializer.HE_NORMAL, 1, DType.FLOAT32);
          checkFused(shape, dense, after, () -> new Dropout(0.4, false, 7));
          checkFused(shape, dense, after, () -> new Dropout(1, false, 7));
          checkFused(shape, dense, after, () -> new Dropout(0, false, 7));
          checkFused(shape, dense, after, () -> new AlphaDropout(0.4, true, 7));
        }
      }
    }
  }

  private static void checkFused(
      long[] shape, Dense dense, Layer activation, Supplier<Dropouts> dropouts) {
    Dropouts alone = dropouts.get();
    Layer network = new Sequential(dense, activation, dropouts.get(), new Sigmoid());
    Layer withoutActivation = new Sequential(dense, dropouts.get());
    for (boolean training : new boolean[] {true, true, false}) {
      try (Tensor x = new RandomKey(3, 0).uniform(DType.FLOAT32, shape)) {
        Tensor product = dense.forward(x, training);
        Tensor hidden = alone.forward(activation.forward(product, training), training);
        assertArrayEquals(
            new Sigmoid().forward(hidden, training).toFloatArray(),
            network.forward(x, training).toFloatArray());
      }
    }
    Dropouts again = dropouts.get();
    try (Tensor x = new RandomKey(3, 0).uniform(DType.FLOAT32, shape)) {
      assertArrayEquals(
          again.forward(dense.forward(x), true).toFloatArray(),
          withoutActivation.forward(x, true).toFloatArray());
    }
  }

  @Test
  void trainingIsPassedOn() {
    Layer network = new Sequential(new Sequential(new Dropout(1.0)));
    try (Tensor x = input()) {
      assertArrayEquals(VALUES, network.forward(x).toFloatArray());
      assertArrayEquals(VALUES, network.forward(x, false).toFloatArray());
      assertArrayEquals(new float[6], network.forward(x, true).toFloatArray());
    }
    Layer rrelu = new Sequential(new Dense(3, 3), new RReLU(0, 1));
    try (Tensor x = input()) {
      assertArrayEquals(rrelu.forward(x).toFloatArray(), rrelu.forward(x).toFloatArray());
      assertFalse(
          java.util.Arrays.equals(
              rrelu.forward(x, true).toFloatArray(), rrelu.forward(x, true).toFloatArray()));
    }
  }

  @Test
  void whatPassesBetweenOwnLayersIsClosed() throws Throwable {
    Layer network =
        new Sequential(new ReLU(), new Sequential(new Tanh(), new Sigmoid()), new ReLU(true));
    Ledger.assertBalanced(
        () -> {
          try (Tensor x = input();
              Tensor y = network.forward(x)) {
            assertEquals(6, y.size());
            assertFalse(x.isClosed());
          }
        });
  }

  @Test
  void usersLayersKeepTheirTensors() {
    Keeping user = new Keeping();
    for (Layer network :
        List.of(
            new Sequential(new Tanh(), user, new Sigmoid()),
            new Sequential(new Tanh(), new Sequential(user), new Sigmoid()),
            new Sequential(new Tanh(), new Sequential(new Sequential(user)), new Sigmoid()),
            new Sequential(new Tanh(), new Sequential(user, new Tanh()), new Sigmoid()))) {
      user.kept.clear();
      try (Tensor x = input();
          Tensor y = network.forward(x)) {
        assertEquals(2, user.kept.size());
        user.kept.forEach(tensor -> assertFalse(tensor.isClosed()));
      }
    }
  }

  @Test
  void layersInPlaceChangeTheInputOnlyWhereTheyComeFirst() {
    try (Tensor x = input()) {
      Tensor y = new Sequential(new ReLU(true), new Hardtanh(-1, 2, true)).forward(x);
      assertSame(x, y);
      assertArrayEquals(new float[] {0, 0, 0, 1, 2, 2}, x.toFloatArray());
    }
    try (Tensor x = input();
        Tensor y = new Sequential(new Tanh(), new ReLU(true)).forward(x)) {
      assertNotSame(x, y);
      assertArrayEquals(VALUES, x.toFloatArray());
    }
    // Dropout hands on the values themselves at inference, and x still holds them.
    try (Tensor x = input()) {
      Layer network = new Sequential(new Dropout(), new ReLU(true));
      assertThrows(InPlaceException.class, () -> network.forward(x));
      assertArrayEquals(VALUES, x.toFloatArray());
    }
  }

  @Test
  void emptySequentialGivesATensorOfItsOwn() {
    try (Tensor x = input()) {
      Tensor y = new Sequential().forward(x);
      assertNotSame(x, y);
      y.close();
      assertArrayEquals(VALUES, x.toFloatArray());
    }
  }

  @Test
  void intermediatesAreClosedWhereALayerThrows() throws Throwable {
    Layer wrong = new Dense(5, 1);
    Layer network = new Sequential(new Tanh(), new Sigmoid(), wrong);
    Ledger.assertBalanced(
        () -> {
          try (Tensor x = input()) {
            String message =
                assertThrows(ShapeException.class, () -> network.forward(x)).getMessage();
            assertTrue(message.contains("Dense(5, 1) got shape [2, 3]"), message);
          }
        });
  }

  @Test
  void allOfACallRunsOnOneBackend() {
    Layer switching =
        (x, training) -> {
          Backends.set("other");
          return Ops.add(x, 1);
        };
    Layer network = new Sequential(new Tanh(), switching, new Sigmoid());
    Backends.set("naive");
    try (Tensor x = input()) {
      List<String> steps = Ledger.steps(() -> network.forward(x));
      assertEquals(List.of("naive"), steps.stream().distinct().toList());
      assertEquals("other", Backends.current().name());
    } finally {
      Backends.set("naive");
    }
  }

  @Test
  void parametersAreNamedByPosition() {
    Layer network = new Sequential(new ReLU(), new Dense(3, 4), new Sequential(new PReLU()));
    assertEquals(
        List.of("1.weight", "1.bias", "2.0.weight"), List.copyOf(network.parameters().keySet()));
    assertEquals(Map.of(), new Sequential().parameters());
  }
}
