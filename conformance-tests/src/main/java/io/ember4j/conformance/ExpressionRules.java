package io.ember4j.conformance;

import io.ember4j.BackendFeatures;
import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Lowering;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * RX: expressions that nobody wrote, made from seeds. One that fails is made as small as it gets.
 */
final class ExpressionRules {
  /** How many expressions each rule takes. */
  static final int CASES = 500;

  private ExpressionRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "RX-1.exact",
            "Five hundred random expressions of exact primitives, over operands of every kind of"
                + " view, have the bits of IEEE 754 arithmetic, whether they are done one operation"
                + " at a time or as a whole. What max or min make of -0 and +0 does not count.",
            "a multiplication and addition contracted to an FMA, a formula that was rearranged, a"
                + " buffer that is used again too early, the views of operands",
            subject -> check(exactly(subject), RandomExpressions.EXACT, 1, CASES)),
        new Rule(
            "RX-2.enclosed",
            "Five hundred random expressions of all primitives and named functions, over operands of"
                + " every kind of view, composed as well as in the backend's own way, lie within the"
                + " interval that interval arithmetic gives for functions that keep their bounds.",
            "a function that is less accurate between the points of its table or within a larger"
                + " expression, a special case that is lost there",
            subject -> check(enclosed(subject), RandomExpressions.ALL, 1, CASES)));
  }

  /** A check of one case: what is wrong with it, if anything. */
  @FunctionalInterface
  interface CaseCheck extends Function<ExpressionCase, Optional<Failure.Builder>> {}

  /** Checks the cases of consecutive seeds; the first that fails is shrunk. */
  static void check(CaseCheck check, List<Expr> operations, long firstSeed, int count) {
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      ExpressionCase random = RandomExpressions.of(operations, seed);
      if (check.apply(random).isPresent()) {
        ExpressionCase smallest =
            ExpressionShrinker.shrink(random, c -> check.apply(c).isPresent());
        throw new RuleViolation(account(check.apply(smallest).orElseThrow(), smallest, seed));
      }
    }
  }

  private static Failure account(Failure.Builder wrong, ExpressionCase c, long seed) {
    return wrong
        .result(c.expression().toString(), c.dtype(), c.rows(), c.columns())
        .seed(seed)
        .code(ExpressionCode.of(c))
        .build();
  }

  /** Evaluates composed, and in the backend's own way where it has one, and compares both. */
  private static Optional<Failure.Builder> bothWays(
      Subject subject, ExpressionCase c, Comparison comparison) {
    for (Lowering lowering : Lowering.values()) {
      if (lowering == Lowering.NATIVE && !hasItsOwnWay(subject, c)) {
        continue;
      }
      double[] actual;
      try (BackendScope scope = Backends.use(subject.backend(), lowering)) {
        actual = c.evaluate();
      } catch (RuntimeException | LinkageError e) {
        return Optional.of(new Failure.Builder().summary(how(lowering) + " threw " + e));
      }
      Optional<Failure.Builder> wrong = comparison.of(lowering, actual);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  /** Returns whether the backend takes the expression whole, or a function in it. */
  private static boolean hasItsOwnWay(Subject subject, ExpressionCase c) {
    BackendFeatures features = Backends.features(subject.backend());
    return features.fuses(c.expression(), c.dtype())
        || c.expression().nodes().stream().anyMatch(node -> isNative(node, features, c.dtype()));
  }

  private static boolean isNative(Expr node, BackendFeatures features, DType dtype) {
    return node instanceof Expr.Apply apply
        && apply.operation() instanceof NamedFunction function
        && features.supports(function, dtype);
  }

  private interface Comparison {
    Optional<Failure.Builder> of(Lowering lowering, double[] actual);
  }

  private static String how(Lowering lowering) {
    return lowering == Lowering.COMPOSED
        ? "a random expression, composed of primitives,"
        : "a random expression, as the backend does it,";
  }

  private static Failure.Builder wrong(
      Lowering lowering, ExpressionCase c, int i, String expected, double actual) {
    return element(c, i)
        .summary(how(lowering) + " is wrong")
        .values(expected, Ulp.show(actual, c.dtype()));
  }

  /** Starts an account of element i with what it was computed from. */
  static Failure.Builder element(ExpressionCase c, int i) {
    StringBuilder inputs = new StringBuilder();
    for (int input = 0; input < c.operands().size(); input++) {
      inputs.append(input == 0 ? "x" : ", x").append(input).append(" = ");
      inputs.append(Ulp.show(c.value(input, i), c.dtype()));
    }
    return new Failure.Builder().element(inputs.toString(), i / c.columns(), i % c.columns());
  }

  // ---- RX-1

  /** Returns the check of exact primitives against Java's arithmetic. */
  static CaseCheck exactly(Subject subject) {
    return c -> {
      IeeeExpression ieee = new IeeeExpression(c.expression(), c.dtype());
      return bothWays(
          subject,
          c,
          (lowering, actual) -> {
            for (int i = 0; i < actual.length; i++) {
              double expected = ieee.at(c.inputs(i));
              if (!ieee.isOpen() && !Ulp.sameBits(expected, actual[i])) {
                double off = Ulp.error(actual[i], Exact.special(expected, c.dtype()));
                String shown = Ulp.show(expected, c.dtype());
                return Optional.of(wrong(lowering, c, i, shown, actual[i]).distance(off, "exact"));
              }
            }
            return Optional.empty();
          });
    };
  }

  // ---- RX-2

  /** Returns the check against the enclosure by the subject's bounds. */
  static CaseCheck enclosed(Subject subject) {
    return c ->
        bothWays(
            subject,
            c,
            (lowering, actual) -> {
              Enclosure enclosure =
                  new Enclosure(c.expression(), c.dtype(), bounds(subject, c, lowering));
              for (int i = 0; i < actual.length; i++) {
                Interval expected = enclosure.at(c.inputs(i));
                if (!expected.contains(actual[i])) {
                  return Optional.of(
                      wrong(lowering, c, i, expected.show(c.dtype()), actual[i])
                          .distance(expected.distance(actual[i], c.dtype()), "the interval"));
                }
              }
              return Optional.empty();
            });
  }

  /** The bound of one operation where the backend has the function or the whole, else composed. */
  private static ToDoubleFunction<EnclosedFunction> bounds(
      Subject subject, ExpressionCase c, Lowering lowering) {
    BackendFeatures features = Backends.features(subject.backend());
    boolean whole = lowering == Lowering.NATIVE && features.fuses(c.expression(), c.dtype());
    Map<EnclosedFunction, Double> bounds = new HashMap<>();
    for (Expr node : c.expression().nodes()) {
      boolean inOne = whole || (lowering == Lowering.NATIVE && isNative(node, features, c.dtype()));
      if (node instanceof Expr.Apply apply) {
        EnclosedFunction.find(apply)
            .ifPresent(f -> bounds.put(f, bound(subject, f.table(), inOne, c.dtype())));
      }
    }
    return bounds::get;
  }

  private static double bound(Subject subject, String table, boolean inOne, DType dtype) {
    String composed = Bounds.COMPOSED + table;
    // Without a composed bound, it is a primitive, or a routine of the api that computes it.
    return subject.ulpBound(inOne || !Bounds.isKnown(composed) ? table : composed, dtype);
  }
}
