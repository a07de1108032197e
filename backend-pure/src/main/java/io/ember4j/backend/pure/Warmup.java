package io.ember4j.backend.pure;

import io.ember4j.DType;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs new vector loops on idle data, on a thread of its own, until the JIT compiler has compiled
 * them; meanwhile callers use the scalar loop.
 *
 * <p>A loop is taken as compiled once it is faster than the scalar one. One that does not get there
 * (as happens when the compiler leaves vectors on the heap) is given up, and the kernel stays
 * scalar.
 */
final class Warmup implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Warmup.class);

  /**
   * Short calls, because the compiler counts calls more than rounds, and an interpreter is slow.
   */
  private static final int SHORT_ROUNDS = 2;

  private static final int ROUNDS = 64;
  private static final int CALLS_BETWEEN = 200;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  private static final ThreadPoolExecutor EXECUTOR = newExecutor();

  private final Variant variant;
  private final Object result;
  private final Object[] arrays;
  private final int[] offsets;
  private final int size;
  private final int brief;

  private Warmup(Variant variant) {
    this.variant = variant;
    int n = ROUNDS * Fold.LANES;
    this.result = newArray(n);
    this.arrays = new Object[variant.shape().operands() + 1];
    this.offsets = new int[arrays.length];
    for (int k = 0; k < arrays.length; k++) {
      arrays[k] = newArray(n);
    }
    this.size = n;
    this.brief =
        Math.max(SHORT_ROUNDS * VectorWriter.preferred(variant.dtype()).width(), Fold.LANES);
  }

  static void submit(Variant variant) {
    EXECUTOR.execute(new Warmup(variant));
  }

  private static ThreadPoolExecutor newExecutor() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "ember4j-warmup");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Override
  public void run() {
    try {
      Loop vector = variant.newVector();
      if (compile(vector)) {
        variant.use(vector);
      } else {
        LOG.debug("a vector loop did not get faster than its scalar one: {}", variant);
      }
    } catch (RuntimeException | LinkageError broken) {
      LOG.warn("a vector loop does not run; the scalar one stays: {}", variant, broken);
    }
  }

  private boolean compile(Loop vector) {
    long end = System.nanoTime() + PATIENCE;
    do {
      for (int i = 0; i < CALLS_BETWEEN; i++) {
        vector.run(result, 0, arrays, offsets, brief);
        variant.scalar().run(result, 0, arrays, offsets, brief);
      }
      if (fastest(vector) < fastest(variant.scalar())) {
        return true;
      }
    } while (System.nanoTime() < end);
    return false;
  }

  private long fastest(Loop loop) {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      loop.run(result, 0, arrays, offsets, size);
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    return fastest;
  }

  private Object newArray(int n) {
    return variant.dtype() == DType.FLOAT32 ? new float[n] : new double[n];
  }
}
