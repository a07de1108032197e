package io.ember4j.stress;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.backend.pure.PureBackendProvider;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** The choice of the process changes at once and for all, and a scope does not see it change. */
public final class BackendsStress {
  private static final String LEFT = "left";
  private static final String RIGHT = "right";

  static {
    Backends.register(new SuppliedProvider(LEFT, new PureBackendProvider()::create));
    Backends.register(new SuppliedProvider(RIGHT, new PureBackendProvider()::create));
  }

  private BackendsStress() {}

  // Through methods of this class, so that the backends are registered before.

  private static void set(String name) {
    Backends.set(name);
  }

  private static BackendScope use(String name) {
    return Backends.use(name);
  }

  private static String current() {
    return Backends.current().name();
  }

  /** Of two choices of the process one lasts, and every thread sees one of them. */
  @JCStressTest
  @Outcome(
      id = {"left, left", "left, right", "right, right", "right, left"},
      expect = Expect.ACCEPTABLE,
      desc = "What was set last.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A backend that nobody has set.")
  @State
  public static class SetMeetsSet {
    /** Sets one, and looks. */
    @Actor
    public void left(LL_Result result) {
      set(LEFT);
      result.r1 = current();
    }

    /** Sets the other. */
    @Actor
    public void right() {
      set(RIGHT);
    }

    /** Looks at what lasts. */
    @Arbiter
    public void look(LL_Result result) {
      result.r2 = current();
    }
  }

  /** A scope keeps its backend while another thread sets the process's. */
  @JCStressTest
  @Outcome(id = "left, left", expect = Expect.ACCEPTABLE, desc = "The scope's.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The scope lost to the process.")
  @State
  public static class SetMeetsScope {
    /** Sets the choice of the process. */
    @Actor
    public void right() {
      set(RIGHT);
    }

    /** Looks twice within a scope. */
    @Actor
    public void scope(LL_Result result) {
      try (BackendScope scope = use(LEFT)) {
        result.r1 = current();
        result.r2 = current();
      }
    }
  }

  /** What is pinned stays, whichever of two choices it was. */
  @JCStressTest
  @Outcome(id = "same", expect = Expect.ACCEPTABLE, desc = "One backend from start to end.")
  @Outcome(id = "changed", expect = Expect.FORBIDDEN, desc = "The choice changed under a pin.")
  @State
  public static class SetMeetsPin {
    /** Sets one, then the other. */
    @Actor
    public void both() {
      set(LEFT);
      set(RIGHT);
    }

    /** Looks twice under a pin. */
    @Actor
    public void pin(L_Result result) {
      try (BackendScope scope = Backends.pin()) {
        String first = current();
        result.r1 = first.equals(current()) ? "same" : "changed";
      }
    }
  }
}
