package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
  private final BufferPool pool = new BufferPool(1_000_000);

  @Test
  void aReleasedBufferIsTheNextOfItsSizeAndType() {
    PureBuffer first = pool.take(DType.FLOAT32, 1000);
    PureBuffer second = pool.take(DType.FLOAT32, 1000);
    assertNotSame(first, second);
    pool.release(first);
    assertNotSame(first, pool.take(DType.FLOAT32, 1001));
    assertNotSame(first, pool.take(DType.FLOAT64, 1000));
    assertSame(first, pool.take(DType.FLOAT32, 1000));
    assertNotSame(first, pool.take(DType.FLOAT32, 1000));
  }

  @Test
  void aBufferCannotBeReleasedTwice() {
    PureBuffer buffer = pool.take(DType.FLOAT64, 100);
    pool.release(buffer);
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> pool.release(buffer));
    assertTrue(refused.getMessage().contains("100 elements was released twice"));
    assertSame(buffer, pool.take(DType.FLOAT64, 100));
    assertNotSame(buffer, pool.take(DType.FLOAT64, 100));
  }

  @Test
  void whatIsKeptIsBounded() {
    List<PureBuffer> buffers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      buffers.add(pool.take(DType.FLOAT64, 10_000 + i));
    }
    for (PureBuffer buffer : buffers) {
      pool.release(buffer);
      assertTrue(pool.keptBytes() <= 1_000_000, "kept " + pool.keptBytes());
      assertTrue(pool.keptBytes() >= 80_000, "kept " + pool.keptBytes());
    }
    PureBuffer large = pool.take(DType.FLOAT64, 1_000_000);
    pool.release(large);
    assertNotSame(large, pool.take(DType.FLOAT64, 1_000_000));
  }

  @Test
  void aSizeKeepsAFewBuffersAndCountsOnlyThem() {
    List<PureBuffer> buffers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      buffers.add(pool.take(DType.FLOAT32, 100));
    }
    buffers.forEach(pool::release);
    assertEquals(16 * 400, pool.keptBytes());
    for (int i = 0; i < 16; i++) {
      assertTrue(buffers.contains(pool.take(DType.FLOAT32, 100)));
    }
    assertEquals(0, pool.keptBytes());
  }

  @Test
  void noTwoThreadsOwnOneBuffer() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int mark = t;
        done.add(threads.submit(() -> takeMarkCheck(mark)));
      }
      for (Future<?> future : done) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void takeMarkCheck(int mark) {
    for (int i = 0; i < 50_000; i++) {
      PureBuffer a = pool.take(DType.FLOAT32, 64);
      PureBuffer b = pool.take(DType.FLOAT32, 64);
      a.floats()[0] = mark;
      b.floats()[0] = -1 - mark;
      assertEquals(mark, a.floats()[0]);
      assertEquals(-1 - mark, b.floats()[0]);
      pool.release(a);
      pool.release(b);
    }
  }
}
