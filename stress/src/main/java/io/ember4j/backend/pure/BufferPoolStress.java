package io.ember4j.backend.pure;

import io.ember4j.DType;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** The pool hands a buffer to one taker, takes it back once, and counts what it keeps. */
public final class BufferPoolStress {
  private static final int SIZE = 64;
  private static final int BYTES = SIZE * Float.BYTES;

  private BufferPoolStress() {}

  /** A pool with one buffer in it. */
  private static BufferPool withOne() {
    BufferPool pool = new BufferPool(1 << 20);
    pool.release(PureBuffer.allocate(DType.FLOAT32, SIZE));
    return pool;
  }

  private static PureBuffer takeFrom(BufferPool pool) {
    return pool.take(DType.FLOAT32, SIZE);
  }

  /** Two threads that want the one kept buffer get two different ones. */
  @JCStressTest
  @Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "One got it, the other a new one.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Both own it, or the pool miscounts.")
  @State
  public static class TakeMeetsTake {
    private final BufferPool pool = withOne();
    private PureBuffer first;
    private PureBuffer second;

    /** Takes. */
    @Actor
    public void first() {
      first = takeFrom(pool);
    }

    /** Takes. */
    @Actor
    public void second() {
      second = takeFrom(pool);
    }

    /** Compares what both got. */
    @Arbiter
    public void compare(ZI_Result result) {
      result.r1 = first == second;
      result.r2 = (int) pool.keptBytes();
    }
  }

  /** Two threads that give one buffer back: exactly one is refused. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "One is refused.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The buffer is in the pool twice, or not at all.")
  @State
  public static class ReleaseMeetsRelease {
    private final BufferPool pool = new BufferPool(1 << 20);
    private final PureBuffer buffer = takeFrom(pool);
    private boolean firstRefused;
    private boolean secondRefused;

    /** Gives it back. */
    @Actor
    public void first() {
      firstRefused = refuses();
    }

    /** Gives it back. */
    @Actor
    public void second() {
      secondRefused = refuses();
    }

    private boolean refuses() {
      try {
        pool.release(buffer);
        return false;
      } catch (IllegalStateException e) {
        return true;
      }
    }

    /** Counts the refusals, and what the pool holds. */
    @Arbiter
    public void count(I_Result result) {
      int refused = (firstRefused ? 1 : 0) + (secondRefused ? 1 : 0);
      boolean kept = takeFrom(pool) == buffer && takeFrom(pool) != buffer;
      result.r1 = kept ? refused : -1;
    }
  }

  /**
   * A thread that takes while another gives back gets that buffer or another, never a shared one.
   */
  @JCStressTest
  @Outcome(
      id = {"true, 0", "false, " + BYTES},
      expect = Expect.ACCEPTABLE,
      desc = "It was taken again, or it is kept.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It is taken and kept, or lost.")
  @State
  public static class TakeMeetsRelease {
    private final BufferPool pool = new BufferPool(1 << 20);
    private final PureBuffer owned = takeFrom(pool);
    private PureBuffer taken;

    /** Gives back. */
    @Actor
    public void release() {
      pool.release(owned);
    }

    /** Takes. */
    @Actor
    public void take() {
      taken = takeFrom(pool);
    }

    /** Finds out where the buffer is. */
    @Arbiter
    public void compare(ZI_Result result) {
      result.r1 = taken == owned;
      result.r2 = (int) pool.keptBytes();
    }
  }
}
