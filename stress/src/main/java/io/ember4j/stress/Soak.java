package io.ember4j.stress;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.backend.pure.PureBackendProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Swaps backends, computes, closes and injects faults on many threads, and fails if a result was
 * wrong, a buffer was lost, or memory grew.
 */
public final class Soak {
  private static final List<String> BACKENDS = List.of("pure", "nd4j", "jblas");
  private static final String FAULTY = "faulty";
  private static final int MAX_WRONG = 10;

  private final FaultyBackend faulty = new FaultyBackend(new PureBackendProvider().create());
  private final LongAdder tasks = new LongAdder();
  private final LongAdder swaps = new LongAdder();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  /** Held for reading during a task, for writing while memory is measured. */
  private final ReadWriteLock running = new ReentrantReadWriteLock(true);

  private volatile boolean over;

  private Soak() {
    Backends.register(new SuppliedProvider(FAULTY, faulty::backend));
  }

  /** Runs for {@code args[0]} minutes (default 5) on {@code args[1]} threads (default 16). */
  public static void main(String... args) throws Exception {
    double minutes = args.length > 0 ? Double.parseDouble(args[0]) : 5;
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : 16;
    System.exit(new Soak().run(minutes, threads) ? 0 : 1);
  }

  private boolean run(double minutes, int threads) throws Exception {
    System.out.printf("%d threads, %s minutes, on %s%n", threads, minutes, BACKENDS);
    long start = System.nanoTime();
    double end = minutes * 60;
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Random random = new Random(i);
      Thread worker = new Thread(() -> work(random), "soak-" + i);
      workers.add(worker);
      worker.start();
    }
    List<Memory> samples = new ArrayList<>();
    do {
      TimeUnit.MILLISECONDS.sleep((long) (end * 1000 / 30));
      samples.add(measure(start));
    } while (samples.get(samples.size() - 1).seconds() < end && wrong.size() < MAX_WRONG);
    over = true;
    for (Thread worker : workers) {
      worker.join();
    }
    return report(samples);
  }

  /** Waits until no task runs, and measures; then nothing of the faulty backend may be out. */
  private Memory measure(long start) throws Exception {
    running.writeLock().lock();
    try {
      if (faulty.owned() > 0 || faulty.wrongReleases() > 0) {
        wrong.add(
            faulty.owned()
                + " buffers were not released after faults, and "
                + faulty.wrongReleases()
                + " were released twice");
      }
      Memory memory = Memory.measure(start);
      System.out.printf(
          "%6.0f s  %,12d tasks  %,10d faults  heap %6.1f MB  resident %7.1f MB%n",
          memory.seconds(), tasks.sum(), faulty.faults(), memory.heap(), memory.resident());
      return memory;
    } finally {
      running.writeLock().unlock();
    }
  }

  private boolean report(List<Memory> samples) {
    wrong.stream().limit(MAX_WRONG).forEach(System.out::println);
    String growth = Memory.growth(samples);
    System.out.printf(
        "%,d tasks, %,d swaps of the process's backend, %,d injected faults, %d wrong; %s%n",
        tasks.sum(),
        swaps.sum(),
        faulty.faults(),
        wrong.size(),
        growth.isEmpty() ? "memory is flat" : growth);
    return wrong.isEmpty() && growth.isEmpty() && tasks.sum() > 0 && faulty.faults() > 0;
  }

  private void work(Random random) {
    while (!over && wrong.size() < MAX_WRONG) {
      running.readLock().lock();
      try {
        step(random);
        tasks.increment();
      } catch (RuntimeException | Error e) {
        wrong.add(e.toString());
      } finally {
        running.readLock().unlock();
      }
    }
  }

  private void step(Random random) {
    String other = pick(random, BACKENDS);
    int kind = random.nextInt(10);
    if (kind == 0) {
      Backends.set(other);
      swaps.increment();
    } else if (kind == 1) {
      fail(random);
    } else if (kind < 5) {
      // The choice of the process, which other threads change meanwhile.
      pick(random, Tasks.CLOSING).run(random, other);
    } else {
      try (BackendScope scope = Backends.use(pick(random, BACKENDS))) {
        pick(random, kind < 8 ? Tasks.CLOSING : Tasks.OTHERS).run(random, other);
      }
    }
  }

  /** A task that fails must fail by the injected fault; one that does not must be right. */
  private void fail(Random random) {
    try (BackendScope scope = Backends.use(FAULTY)) {
      pick(random, Tasks.CLOSING).run(random, FAULTY);
    } catch (RuntimeException e) {
      Throwable cause = e;
      while (cause != null && !(cause instanceof FaultyBackend.Fault)) {
        cause = cause.getCause();
      }
      if (cause == null) {
        throw e;
      }
    }
  }

  private static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
