package io.ember4j.stress;

import io.ember4j.Backends;
import io.ember4j.ClosedTensorException;
import io.ember4j.InPlaceException;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.backend.pure.PureBackendProvider;
import io.ember4j.expr.Expr;
import java.util.function.Supplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** A tensor's values while other threads change them in place, close it and close it again. */
public final class TensorStress {
  /** Enough elements for the buffer to be used again once it is free. */
  private static final int SIZE = 64;

  private static final Expr TWICE = Expr.input(0).times(2);

  static {
    Backends.register(new SuppliedProvider("only", new PureBackendProvider()::create));
    Backends.set("only");
  }

  private TensorStress() {}

  // Through a method of this class, so that the backend is registered before.

  private static Tensor full(float value) {
    return Tensor.full(value, SIZE);
  }

  private static String read(Tensor tensor) {
    return seen(tensor::toFloatArray);
  }

  private static String compute(Tensor tensor) {
    return seen(
        () -> {
          try (Tensor result = Ops.evaluate(TWICE, tensor)) {
            return result.toFloatArray();
          }
        });
  }

  /** Returns what a reader sees: the number that all elements are, or what went wrong. */
  private static String seen(Supplier<float[]> reader) {
    float[] values;
    try {
      values = reader.get();
    } catch (InPlaceException refused) {
      return "refused";
    } catch (ClosedTensorException closed) {
      return "closed";
    }
    for (float value : values) {
      if (value != values[0]) {
        return "torn";
      }
    }
    return Integer.toString((int) values[0]);
  }

  /** A change in place is seen whole or not at all, and one of the two is refused if they meet. */
  @JCStressTest
  @Outcome(id = "changed, 2", expect = Expect.ACCEPTABLE, desc = "Computed before the change.")
  @Outcome(id = "changed, 4", expect = Expect.ACCEPTABLE, desc = "Computed after the change.")
  @Outcome(
      id = "changed, refused",
      expect = Expect.ACCEPTABLE,
      desc = "The computation met the change.")
  @Outcome(id = "refused, 2", expect = Expect.ACCEPTABLE, desc = "The change met the computation.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A part of a change was seen, or nobody went on.")
  @State
  public static class ChangeMeetsComputation {
    private final Tensor x = full(1);

    /** Changes in place. */
    @Actor
    public void change(LL_Result result) {
      try {
        Ops.evaluate_(TWICE, x);
        result.r1 = "changed";
      } catch (InPlaceException refused) {
        result.r1 = "refused";
      }
    }

    /** Computes with the same tensor. */
    @Actor
    public void compute(LL_Result result) {
      result.r2 = TensorStress.compute(x);
    }

    /** Gives the memory back. */
    @Arbiter
    public void end() {
      x.close();
    }
  }

  /** Who reads while it is closed reads the values or hears of it; never what comes after. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Read before the close.")
  @Outcome(id = "closed", expect = Expect.ACCEPTABLE, desc = "Read after the close.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Memory that belongs to another tensor by now.")
  @State
  public static class CloseMeetsRead {
    private final Tensor x = full(1);

    /** Closes, and fills the memory that is free now with something else. */
    @Actor
    public void close() {
      x.close();
      full(9).close();
    }

    /** Reads. */
    @Actor
    public void read(L_Result result) {
      result.r1 = TensorStress.read(x);
    }
  }

  /** Two closes give the memory back once. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "Two tensors, two memories.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Two tensors in one memory.")
  @State
  public static class CloseMeetsClose {
    private final Tensor x = full(9);

    /** Closes. */
    @Actor
    public void one() {
      x.close();
    }

    /** Closes, too. */
    @Actor
    public void two() {
      x.close();
    }

    /** Makes two tensors and looks whether they are two. */
    @Arbiter
    public void look(LL_Result result) {
      try (Tensor a = full(1);
          Tensor b = full(2)) {
        result.r1 = read(a);
        result.r2 = read(b);
      }
    }
  }
}
