package io.ember4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.activation.Activations;
import io.ember4j.naive.Ledger;
import io.ember4j.nn.Dense;
import io.ember4j.nn.Dropout;
import io.ember4j.nn.GELU;
import io.ember4j.nn.Initializer;
import io.ember4j.nn.Layer;
import io.ember4j.nn.PReLU;
import io.ember4j.nn.RReLU;
import io.ember4j.nn.Sequential;
import io.ember4j.nn.Softmax;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who computes: scopes, and the choice of the process while others compute. */
class ScopesTest {
  @AfterEach
  void chooseTheDefaultAgain() {
    assertNull(Scopes.innermost(), "a test left a scope open");
    Backends.set("naive");
  }

  private static String current() {
    return Backends.current().name();
  }

  @Test
  void innermostScopeIsInEffect() {
    Backends.set("naive");
    try (BackendScope outer = Backends.use("other")) {
      assertEquals("other", current());
      try (BackendScope inner = Backends.use("rich")) {
        assertEquals("rich", current());
        assertTrue(Backends.currentReason().contains("scope"));
        Backends.set("other");
        assertEquals("rich", current());
      }
      assertEquals("other", current());
    }
    assertEquals("other", current());
    assertEquals("Backends.set", Backends.currentReason());
  }

  @Test
  void failedSetAndUseChangeNothing() {
    Backends.set("naive");
    assertThrows(BackendException.class, () -> Backends.set("nope"));
    assertThrows(BackendException.class, () -> Backends.use("nope"));
    assertThrows(NullPointerException.class, () -> Backends.set(null));
    assertThrows(NullPointerException.class, () -> Backends.use("naive", null));
    assertEquals("naive", current());
  }

  @Test
  void closingOutOfOrderIsAnErrorAndMendable() {
    BackendScope outer = Backends.use("other");
    BackendScope inner = Backends.use("rich");
    String message = assertThrows(IllegalStateException.class, outer::close).getMessage();
    assertTrue(message.contains("other") && message.contains("reverse order"), message);
    assertEquals("rich", current());
    inner.close();
    inner.close();
    assertEquals("other", current());
    outer.close();
    outer.close();
  }

  @Test
  void closingOnAnotherThreadIsAnError() throws InterruptedException {
    try (BackendScope scope = Backends.use("other")) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread thread = new Thread(scope::close, "thief");
      thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
      thread.start();
      thread.join();
      assertTrue(thrown.get().getMessage().contains("closed on thread thief"), "" + thrown.get());
      assertTrue(thrown.get().getMessage().contains("Backends.wrap"));
      assertEquals("other", current());
    }
  }

  @Test
  void scopeBelongsToItsThreadAndWrapCarriesIt() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      AtomicReference<String> seen = new AtomicReference<>();
      Runnable note = () -> seen.set(current());
      Runnable wrapped;
      try (BackendScope scope = Backends.use("other")) {
        wrapped = Backends.wrap(note);
        pool.submit(note).get();
        assertEquals("naive", seen.get());
      }
      pool.submit(wrapped).get();
      assertEquals("other", seen.get(), "also after the scope was closed");
      pool.submit(note).get();
      assertEquals("naive", seen.get(), "nothing stays behind on the thread");
      assertSame(note, Backends.wrap(note), "without a scope");
      Runnable failing;
      try (BackendScope scope = Backends.use("other")) {
        failing =
            Backends.wrap(
                () -> {
                  throw new IllegalStateException("inside");
                });
      }
      assertThrows(IllegalStateException.class, failing::run);
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void wrapCarriesTheLowering() {
    Runnable work = () -> Ops.exp(Tensor.ones(1));
    Runnable wrapped;
    try (BackendScope scope = Backends.use("rich", Lowering.COMPOSED)) {
      wrapped = Backends.wrap(() -> assertEquals(Lowering.COMPOSED, Scopes.innermost().lowering()));
      work.run();
    }
    wrapped.run();
  }

  @Test
  void pinKeepsWhatIsInEffect() {
    Backends.set("naive");
    try (BackendScope pin = Backends.pin()) {
      Backends.set("other");
      assertEquals("naive", current());
    }
    assertEquals("other", current());
    try (BackendScope scope = Backends.use("rich", Lowering.COMPOSED);
        BackendScope pin = Backends.pin()) {
      assertEquals("rich", current());
      assertEquals(Lowering.COMPOSED, Scopes.innermost().lowering());
    }
  }

  @Test
  void registeredProviderIsFoundAndAClashIsNot() {
    io.ember4j.naive.NaiveProvider mine =
        new io.ember4j.naive.NaiveProvider("mine", 0, new io.ember4j.naive.NaiveBackend("mine")) {};
    Backends.register(mine);
    Backends.register(mine);
    assertEquals("mine", Backends.get("mine").name());
    assertTrue(Backends.available().stream().anyMatch(b -> b.name().equals("mine")));
    Backends.register(
        new io.ember4j.naive.NaiveProvider(
            "mine", 0, new io.ember4j.naive.NaiveBackend("mine")) {});
    assertThrows(BackendException.class, () -> Backends.get("mine"));
    assertThrows(NullPointerException.class, () -> Backends.register(null));
  }

  @Test
  void everyOutermostCallRunsOnOneBackendWhileOthersSwitch() throws Exception {
    Layer network =
        new Sequential(
            new Dense(4, 8, Initializer.HE_NORMAL, 1),
            new GELU(),
            new Dropout(0.5),
            new PReLU(),
            new RReLU(),
            new Dense(8, 3, Initializer.HE_NORMAL, 2),
            new Softmax(-1, 2));
    Tensor x = Tensor.of(new float[] {1, -2, 3, -4, 0, 1, 2, 3}, 2, 4);
    Tensor slope = Tensor.scalar(0.1f);
    List<Runnable> calls =
        List.of(
            () -> network.forward(x),
            () -> network.forward(x, true),
            () -> Activations.softmax(x, 0, 0.5),
            () -> Activations.softmax(x, 0, x),
            () -> Activations.softmin(x, -1),
            () -> Activations.glu(x),
            () -> Activations.prelu(x, slope),
            () -> Activations.get("rrelu").apply(x, true),
            () -> Ops.var(x, 1),
            () -> Ops.logSoftmax(x, 1),
            () -> Ops.split(x, 1, 2, 2));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> switchers = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        switchers.add(
            pool.submit(
                () -> {
                  String[] names = {"naive", "other", "rich"};
                  for (int i = 0; !done.get(); i++) {
                    Backends.set(names[i % 3]);
                  }
                }));
      }
      List<Callable<Integer>> workers = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        workers.add(() -> mixedCalls(calls));
      }
      int switched = 0;
      for (Future<Integer> worker : pool.invokeAll(workers, 60, TimeUnit.SECONDS)) {
        switched += worker.get();
      }
      assertTrue(switched > 0, "the choice never changed between two calls");
      done.set(true);
      for (Future<?> switcher : switchers) {
        switcher.get();
      }
    } finally {
      done.set(true);
      pool.shutdownNow();
    }
  }

  /** Returns how often a call ran on another backend than the one before it. */
  private static int mixedCalls(List<Runnable> calls) {
    String last = "";
    int switched = 0;
    for (int i = 0; i < 40; i++) {
      for (Runnable call : calls) {
        // A transfer downloads from where the operands were made, and then all goes on elsewhere.
        List<String> computed =
            Ledger.steps(call).stream()
                .filter(step -> !step.endsWith(Ledger.DOWNLOAD))
                .distinct()
                .toList();
        assertEquals(1, computed.size(), computed.toString());
        String now = computed.get(0);
        switched += now.equals(last) ? 0 : 1;
        last = now;
      }
    }
    return switched;
  }
}
