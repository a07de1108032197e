package io.ember4j.conformance;

import io.ember4j.GradientException;
import io.ember4j.GradientTape;
import io.ember4j.InPlaceException;
import io.ember4j.Ops;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import java.util.List;

/** TP-10: what a tape refuses, and that nothing has changed then. */
final class TapeErrorRules {
  private static final Expr TWICE = Expr.input(0).times(2);

  /** A function whose derivative nobody knows. */
  private static final Expr OPAQUE =
      NamedFunction.of("conformance_opaque", Math::cbrt).apply(Expr.input(0));

  private TapeErrorRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "TP-10.refused",
            "A target that does not depend on the source, one of several elements without an"
                + " upstream, an upstream of another shape, a second or a closed tape, another thread"
                + " and a function without a derivative are refused, with the reason in the message;"
                + " gradients can be asked for afterwards.",
            "checked by the api: nothing a backend does should change it",
            subject -> refused()),
        new Rule(
            "TP-10.in-place",
            "A tensor that a tape has recorded cannot be changed in place until the tape is closed,"
                + " but under a pause; the refusal changes nothing. Other tensors are changed, and"
                + " from then on the tape refuses gradients with respect to them and to the operands"
                + " of the change.",
            "checked by the api: nothing a backend does should change it",
            subject -> inPlace()));
  }

  private static void refused() throws InterruptedException {
    Tensor x = Tensor.of(new double[] {1, 2, 3});
    Tensor stranger = Tensor.of(new double[] {1, 2});
    GradientTape tape = GradientTape.record();
    Tensor y;
    Tensor loss;
    try (tape) {
      y = Ops.mul(x, x);
      loss = Ops.sum(y);
      Class<GradientException> gradient = GradientException.class;
      Class<ShapeException> shape = ShapeException.class;
      Checks.refuses(
          gradient, "a stranger", () -> tape.gradient(loss, stranger), "does not depend", "[2]");
      Checks.refuses(
          gradient, "one of two", () -> tape.gradient(loss, List.of(x, stranger)), "[2]");
      Tensor mask = Ops.gt(x, 1);
      Tensor counted = Ops.sum(mask);
      Checks.refuses(
          gradient, "a comparison", () -> tape.gradient(counted, x), "does not depend", "[3]");
      Checks.refuses(gradient, "no parameter", () -> tape.backward(loss), "parameter");
      Checks.refuses(shape, "3 elements", () -> tape.gradient(y, x), "[3]", "sum or mean");
      Checks.refuses(shape, "backward of 3 elements", () -> tape.backward(y), "[3]", "sum or mean");
      Checks.refuses(
          shape, "an upstream", () -> tape.gradient(y, stranger, List.of(x)), "[2]", "[3]");
      Checks.refuses(gradient, "a second tape", GradientTape::record, "already");
      Tensor opaque = Ops.evaluate(OPAQUE, x);
      Tensor sum = Ops.sum(opaque);
      Checks.refuses(
          gradient, "opaque", () -> tape.gradient(sum, x), "no gradient", "conformance_opaque");
      Threads.run(
          1,
          i -> {
            String mine = Thread.currentThread().getName();
            Checks.refuses(
                gradient, "another thread", () -> tape.gradient(loss, x), "thread", mine);
            Checks.refuses(gradient, "close elsewhere", tape::close, "thread", mine);
          });
      Tensor after = tape.gradient(loss, x);
      double[] twice = {2, 4, 6};
      Checks.same("after refusals", x.dtype(), new long[] {3}, twice, after);
    }
    Checks.refuses(
        GradientException.class, "a closed tape", () -> tape.gradient(loss, x), "closed");
    Checks.refuses(GradientException.class, "a closed tape", () -> tape.backward(loss), "closed");
  }

  private static void inPlace() {
    long[] shape = {2};
    Tensor x = Tensor.of(new double[] {1, 2});
    Tensor free = Tensor.of(new double[] {5, 6});
    try (GradientTape tape = GradientTape.record()) {
      Tensor y = Ops.mul(x, x);
      Checks.refuses(
          InPlaceException.class, "an operand", () -> Ops.evaluate_(TWICE, x), "tape", "[2]");
      Checks.refuses(
          InPlaceException.class, "a result", () -> Ops.evaluate_(TWICE, y), "tape", "pause");
      Expr sum = Expr.input(0).plus(Expr.input(1));
      Checks.refuses(
          InPlaceException.class, "by a recorded one", () -> Ops.evaluate_(sum, free, y), "tape");
      Checks.same("refused", x.dtype(), shape, new double[] {1, 2}, x);
      Checks.same("refused", x.dtype(), shape, new double[] {5, 6}, free);
      try (GradientTape.Pause pause = GradientTape.pause()) {
        Ops.evaluate_(sum, free, y);
      }
      Checks.same("under a pause", x.dtype(), shape, new double[] {6, 10}, free);
      Tensor gradient = tape.gradient(Ops.sum(y), x);
      Checks.same("after refusals", x.dtype(), shape, new double[] {2, 4}, gradient);
      unrecorded(tape, sum, free);
    }
    Ops.evaluate_(TWICE, x);
    Checks.same("after close", x.dtype(), shape, new double[] {2, 4}, x);
  }

  /** Changes the target, [6, 10], by an operand that the tape does not know yet either. */
  private static void unrecorded(GradientTape tape, Expr sum, Tensor target) {
    Tensor operand = Tensor.of(new double[] {1, 2});
    Tensor other = Tensor.of(new double[] {3, 4});
    Ops.evaluate_(sum, target, operand);
    Checks.same("a change", target.dtype(), new long[] {2}, new double[] {7, 12}, target);
    Tensor loss = Ops.sum(Ops.mul(Ops.mul(target, operand), other));
    for (Tensor part : List.of(target, operand)) {
      Checks.refuses(
          GradientException.class, "a part", () -> tape.gradient(loss, part), "in place", "[2]");
      Checks.refuses(
          GradientException.class,
          "a part that is watched",
          () -> GradientTape.watch(part, Tensor::close),
          "in place",
          "[2]");
    }
    Tensor gradient = tape.gradient(loss, other);
    Checks.same("of the rest", other.dtype(), new long[] {2}, new double[] {7, 24}, gradient);
  }
}
