package io.ember4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;

/**
 * Measures functions over all float32 inputs, or every n-th, against their values in double
 * precision.
 *
 * <p>Each thread takes shard after shard; every shard that is done is saved, so that nothing more
 * than those at work is lost when the process ends.
 */
public final class Sweep {
  /** Small enough that no backend splits it among threads of its own. */
  private static final int BATCH = 4096;

  private static final int PROBE_STEP = 262_147;

  /** Told of each shard that is done, by one thread at a time. */
  public interface Listener {
    /**
     * A shard is done.
     *
     * @param function its function
     * @param done the shards done in this run
     * @param all the shards to do in this run
     * @param share the share of this run's work that is done, at most 1
     */
    void done(SweepFunction function, int done, int all, double share);
  }

  private record Task(SweepProgress progress, int shard) {
    double weight() {
      return (double) progress.inputs().count(shard) * progress.function().cost();
    }
  }

  private final SweepSubject subject;
  private final SweepState state;
  private final Listener listener;
  private int done;
  private double doneWeight;
  private int all;
  private double allWeight;

  private Sweep(SweepSubject subject, SweepState state, Listener listener) {
    this.subject = subject;
    this.state = state;
    this.listener = listener;
  }

  /**
   * Sweeps the functions, in their order, but for the shards that the state has already.
   *
   * @param state where to keep what is done; null to keep it nowhere
   * @throws SweepException if the state is not one of the same sweep
   */
  public static List<SweepProgress> run(
      SweepSubject subject,
      List<SweepFunction> functions,
      SweepInputs inputs,
      int threads,
      SweepState state,
      Listener listener) {
    return new Sweep(subject, state, listener).run(functions, inputs, threads);
  }

  private List<SweepProgress> run(List<SweepFunction> functions, SweepInputs inputs, int threads) {
    List<SweepProgress> sweeps = new ArrayList<>();
    ConcurrentLinkedQueue<Task> tasks = new ConcurrentLinkedQueue<>();
    for (SweepFunction function : functions) {
      SweepProgress fresh = new SweepProgress(subject.name(), function, inputs, probe(function));
      SweepProgress progress = state == null ? fresh : state.load(fresh);
      for (int shard = 0; shard < inputs.shards(); shard++) {
        if (!progress.has(shard)) {
          tasks.add(new Task(progress, shard));
        }
      }
      sweeps.add(progress);
    }
    this.all = tasks.size();
    this.allWeight = tasks.stream().mapToDouble(Task::weight).sum();
    work(tasks, Math.min(threads, tasks.size()));
    return sweeps;
  }

  /** Returns the checksum of results all over the range; all NaNs count as one. */
  private int probe(SweepFunction function) {
    float[] x = new float[BATCH * 4];
    for (int i = 0; i < x.length; i++) {
      x[i] = Float.intBitsToFloat(i * PROBE_STEP);
    }
    CRC32 crc = new CRC32();
    for (float y : subject.results(function, x)) {
      int bits = Float.floatToIntBits(y);
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        crc.update(bits >>> shift);
      }
    }
    return (int) crc.getValue();
  }

  private void work(ConcurrentLinkedQueue<Task> tasks, int threads) {
    if (threads == 0) {
      return;
    }
    ExecutorService executor =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "ember4j-sweep");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(executor.submit(() -> takeAll(tasks)));
      }
      awaitAll(workers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SweepException("the sweep was interrupted; start it again to go on", e);
    } finally {
      tasks.clear();
      executor.shutdownNow();
    }
  }

  /** Waits for all, also where one has failed: nobody else may take the state while one writes. */
  private static void awaitAll(List<Future<?>> workers) throws InterruptedException {
    RuntimeException failure = null;
    for (Future<?> worker : workers) {
      try {
        worker.get();
      } catch (ExecutionException e) {
        failure =
            e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException("a thread of the sweep failed", e.getCause());
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void takeAll(ConcurrentLinkedQueue<Task> tasks) {
    try {
      for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
        finish(task, shard(task.progress(), task.shard()));
      }
    } finally {
      tasks.clear(); // where this thread failed, the others stop
    }
  }

  private synchronized void finish(Task task, SweepTally tally) {
    task.progress().add(task.shard(), tally);
    if (state != null) {
      state.save(task.progress());
    }
    done++;
    doneWeight += task.weight();
    listener.done(task.progress().function(), done, all, doneWeight / allWeight);
  }

  private SweepTally shard(SweepProgress progress, int shard) {
    SweepInputs inputs = progress.inputs();
    SweepFunction function = progress.function();
    SweepCounter counter = new SweepCounter(function);
    int count = inputs.count(shard);
    for (int from = 0; from < count; from += BATCH) {
      float[] x = new float[Math.min(BATCH, count - from)];
      inputs.fill(shard, from, x);
      float[] actual = subject.results(function, x);
      for (int i = 0; i < x.length; i++) {
        counter.add(x[i], actual[i]);
      }
    }
    return counter.tally();
  }
}
