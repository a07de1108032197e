package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The cache of compiled expressions gives each its own program, and one for all threads. */
@SuppressWarnings("ReferenceEquality") // which program it is, not what is in it
public final class KernelCacheStress {
  private static final Expr X = Expr.input(0);
  private static final Expr[] EXPRESSIONS = new Expr[256];

  static {
    for (int i = 0; i < EXPRESSIONS.length; i++) {
      EXPRESSIONS[i] = X.times(i).plus(1);
    }
  }

  private KernelCacheStress() {}

  /** Two threads that ask for one expression share its program. */
  @JCStressTest
  @Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "One program.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Two programs, or none.")
  @State
  public static class SameExpression {
    private final Programs programs = new Programs();
    private Program first;
    private Program second;

    /** Asks. */
    @Actor
    public void first() {
      first = programs.of(EXPRESSIONS[1], DType.FLOAT32);
    }

    /** Asks. */
    @Actor
    public void second() {
      second = programs.of(EXPRESSIONS[1], DType.FLOAT32);
    }

    /** Compares the programs, and what is found later. */
    @Arbiter
    public void compare(ZZZ_Result result) {
      result.r1 = first != null;
      result.r2 = first == second;
      result.r3 = first == programs.of(EXPRESSIONS[1], DType.FLOAT32);
    }
  }

  /**
   * Threads that ask for many expressions, which meet in the table of recent ones, get their own.
   */
  @JCStressTest
  @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Each got its own.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One got the program of another.")
  @State
  public static class ManyExpressions {
    private static final Programs SHARED = new Programs();
    private static final Program[] EXPECTED = new Program[EXPRESSIONS.length];

    static {
      for (int i = 0; i < EXPECTED.length; i++) {
        EXPECTED[i] = SHARED.of(EXPRESSIONS[i], DType.FLOAT32);
      }
    }

    /** Asks for all, upwards. */
    @Actor
    public void up(ZZ_Result result) {
      boolean own = true;
      for (int i = 0; i < EXPECTED.length; i++) {
        own &= SHARED.of(EXPRESSIONS[i], DType.FLOAT32) == EXPECTED[i];
      }
      result.r1 = own;
    }

    /** Asks for all, downwards. */
    @Actor
    public void down(ZZ_Result result) {
      boolean own = true;
      for (int i = EXPECTED.length - 1; i >= 0; i--) {
        own &= SHARED.of(EXPRESSIONS[i], DType.FLOAT32) == EXPECTED[i];
      }
      result.r2 = own;
    }
  }
}
