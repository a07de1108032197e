package io.ember4j.backend.jblas;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many threads on one backend, and on shared operands, get what one thread gets.
 *
 * <p>Without the lock in {@link NativeGemm} a few products in a thousand came out wrong here.
 */
class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 2500;
  private static final int N = 33;

  private final JblasBackend backend = JblasBackend.create();

  @ParameterizedTest
  @EnumSource(DType.class)
  void matrixProducts(DType dtype) throws Exception {
    Buffer a = Numbers.buffer(backend, dtype, Numbers.random(dtype, N * N, 1));
    Buffer b = Numbers.buffer(backend, dtype, Numbers.random(dtype, N * N, 2));
    MatmulSpec spec = new MatmulSpec(1, N, N, N, false, true, N * N, N * N);
    onManyThreads(dtype, result -> backend.matmul(spec, a, b, result));
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void primitives(DType dtype) throws Exception {
    Buffer a = Numbers.buffer(backend, dtype, Numbers.random(dtype, N * N, 1));
    Buffer b = Numbers.buffer(backend, dtype, Numbers.random(dtype, N, 2));
    List<Operand> operands = List.of(new Operand.View(a, 1), new Operand.View(b, N));
    onManyThreads(
        dtype,
        result -> {
          backend.apply(Primitive.SUB, operands, result);
          backend.apply(Primitive.EXP, List.of(new Operand.View(result, 1)), result);
        });
  }

  private interface Work {
    void into(Buffer result);
  }

  private void onManyThreads(DType dtype, Work work) throws Exception {
    Buffer alone = Numbers.garbage(backend, dtype, N * N);
    work.into(alone);
    double[] expected = Numbers.values(backend, alone);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        running.add(
            threads.submit(
                () -> {
                  Buffer result = Numbers.garbage(backend, dtype, N * N);
                  for (int i = 0; i < ROUNDS; i++) {
                    work.into(result);
                    Numbers.assertSame(expected, Numbers.values(backend, result), "round " + i);
                  }
                }));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
