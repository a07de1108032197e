package io.ember4j.backend.nd4j;

import static io.ember4j.backend.nd4j.Fixture.BACKEND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.factory.Nd4j;

/** Native memory: unclosed results, threads, and ND4J's workspaces. */
class Nd4jMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long MB = 1L << 20;

  @Test
  void aLoopOfUnclosedResultsStaysBounded() throws IOException {
    assumeTrue(Files.isReadable(STATUS), "needs Linux's /proc");
    int size = 1 << 20;
    float[] values = new float[size];
    long before = residentBytes();
    long most = 0;
    for (int i = 0; i < 3_000; i++) {
      Buffer result = BACKEND.allocate(DType.FLOAT32, size);
      if (i % 4 == 0) {
        // Touches every page: one never touched would not count. A quarter of them is telling.
        BACKEND.upload(values, result);
        most = Math.max(most, residentBytes() - before);
      }
    }
    long growth = most;
    assertTrue(growth < 1_000 * MB, () -> "12 GB of results grew to " + growth / MB + " MB");
  }

  @Test
  void releasedBuffersAreNotCounted() {
    NativeMemory memory = new NativeMemory();
    Nd4jBuffer buffer = new Nd4jBuffer(DType.FLOAT64, 1000);
    memory.add(buffer);
    assertEquals(8000, memory.bytes());
    memory.remove(buffer);
    memory.remove(buffer);
    assertEquals(0, memory.bytes());
    buffer.free();
    buffer.free();
  }

  @Test
  void settingsThatKeepUnclosedMemoryAreNoted() {
    assertEquals(List.of(), Notes.collect(false, false));
    assertTrue(Notes.collect(true, false).get(0).contains("DisableExplicitGC"));
    assertTrue(Notes.collect(false, true).get(0).contains("noarraygc"));
  }

  @Test
  void emptyBuffersHoldNothing() {
    Buffer empty = BACKEND.allocate(DType.FLOAT32, 0);
    BACKEND.upload(new float[0], empty);
    BACKEND.download(empty, new float[0]);
    BACKEND.release(empty);
    assertEquals(0, empty.size());
  }

  @Test
  void resultsSurviveTheWorkspaceTheyWereMadeIn() {
    WorkspaceConfiguration configuration = WorkspaceConfiguration.builder().initialSize(MB).build();
    Buffer result;
    try (MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, "EMBER4J-TEST")) {
      Buffer x = Fixture.buffer(DType.FLOAT32, -1, 2, -3);
      result = BACKEND.allocate(DType.FLOAT32, 3);
      BACKEND.apply(Primitive.TANH, List.of(new Operand.View(x, 1)), result);
      BACKEND.apply(
          Primitive.MAX, List.of(new Operand.View(result, 1), new Operand.Constant(0)), result);
    } finally {
      Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }
    assertArrayEquals(new double[] {0, (float) Math.tanh(2), 0}, Fixture.values(result));
  }

  @Test
  void threadsDoNotDisturbEachOther() throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> futures = new ArrayList<>();
      Buffer shared = Fixture.buffer(DType.FLOAT32, 3, 4);
      for (int t = 0; t < 4; t++) {
        double own = t + 1;
        futures.add(pool.submit(() -> work(shared, own)));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  private static void work(Buffer shared, double own) {
    for (int round = 0; round < 300; round++) {
      Buffer mine = Fixture.buffer(DType.FLOAT32, own, -own);
      Buffer result = BACKEND.allocate(DType.FLOAT32, 2);
      List<Operand> both = List.of(new Operand.View(shared, 1), new Operand.View(mine, 1));
      BACKEND.apply(Primitive.MIN, both, result);
      assertArrayEquals(new double[] {Math.min(3, own), -own}, Fixture.values(result));
      BACKEND.apply(
          Primitive.SELECT,
          List.of(new Operand.View(mine, 1), new Operand.View(shared, 1), new Operand.Constant(1)),
          result);
      assertArrayEquals(new double[] {3, 4}, Fixture.values(result));
      if (round % 2 == 0) {
        BACKEND.release(mine);
        BACKEND.release(result);
      }
    }
  }

  private static long residentBytes() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmRSS in " + STATUS);
  }
}
