package io.ember4j.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.function.Executable;

/**
 * What a naive backend was asked to do: buffers given and taken back, calls, and misuse; and where
 * it is told to fail.
 */
public final class Ledger {
  /** Thrown by a backend that was told to fail. */
  public static final class InjectedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InjectedFailure() {
      super("injected");
    }
  }

  /** Follows the name of a backend whose elements were downloaded. */
  public static final String DOWNLOAD = " download";

  private static final ThreadLocal<List<String>> STEPS = new ThreadLocal<>();

  private final String backend;
  private final AtomicLong live = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong callsUntilFailure = new AtomicLong(-1);
  private final List<String> violations = new CopyOnWriteArrayList<>();

  Ledger(String backend) {
    this.backend = backend;
  }

  /** Notes a call of the backend, and fails if its time has come. */
  void call() {
    call("");
  }

  void call(String kind) {
    calls.incrementAndGet();
    List<String> steps = STEPS.get();
    if (steps != null) {
      steps.add(backend + kind);
    }
    if (callsUntilFailure.get() >= 0 && callsUntilFailure.getAndDecrement() == 0) {
      throw new InjectedFailure();
    }
  }

  void allocated() {
    live.incrementAndGet();
  }

  void released(boolean firstTime) {
    if (firstTime) {
      live.decrementAndGet();
    } else {
      violation("double release");
    }
  }

  void violation(String what) {
    violations.add(backend + ": " + what);
    throw new IllegalStateException(backend + ": " + what);
  }

  /** Returns how many buffers are out. */
  public long live() {
    return live.get();
  }

  /** Returns how many calls were made so far, releases not counted. */
  public long calls() {
    return calls.get();
  }

  /** Lets the call after the next {@code n} fail. */
  public void failAfter(long n) {
    callsUntilFailure.set(n);
  }

  /** Takes {@link #failAfter} back; returns whether the failure was still to come. */
  public boolean failNoMore() {
    return callsUntilFailure.getAndSet(-1) >= 0;
  }

  /**
   * Returns the backends whose steps the action ran on this thread, one name a step; with {@link
   * #DOWNLOAD} where elements were only read.
   */
  public static List<String> steps(Runnable action) {
    List<String> steps = new ArrayList<>();
    STEPS.set(steps);
    try {
      action.run();
    } finally {
      STEPS.remove();
    }
    return steps;
  }

  /** Runs the action and asserts that every buffer it took was given back once. */
  public static void assertBalanced(Executable action) throws Throwable {
    List<NaiveBackend> all = List.of(NaiveBackend.NAIVE, NaiveBackend.OTHER, NaiveBackend.RICH);
    List<Long> before = all.stream().map(b -> b.ledger().live()).toList();
    action.execute();
    assertEquals(before, all.stream().map(b -> b.ledger().live()).toList(), "buffers out");
    all.forEach(b -> assertEquals(List.of(), b.ledger().violations, "misuse"));
  }
}
