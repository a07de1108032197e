package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Primitive;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The random cases reach what they should, and their enclosures are tight enough to mean something.
 */
class ExpressionRulesTest {
  private static final int CASES = ExpressionRules.CASES;

  @Test
  void theSameSeedMakesTheSameCase() {
    ExpressionCase first = RandomExpressions.of(RandomExpressions.ALL, 42);
    ExpressionCase again = RandomExpressions.of(RandomExpressions.ALL, 42);
    assertEquals(ExpressionCode.of(first), ExpressionCode.of(again));
  }

  @Test
  void everyOperationViewAndDtypeIsTried() {
    Set<Object> seen = new HashSet<>();
    for (long seed = 1; seed <= CASES; seed++) {
      ExpressionCase c = RandomExpressions.of(RandomExpressions.ALL, seed);
      seen.add(c.dtype());
      c.operands().forEach(o -> seen.add(o.view()));
      for (Expr node : c.expression().nodes()) {
        if (node instanceof Expr.Apply apply) {
          seen.add(apply.operation());
        }
      }
    }
    for (Expr operation : RandomExpressions.ALL) {
      assertTrue(seen.contains(((Expr.Apply) operation).operation()), operation.toString());
    }
    assertTrue(seen.containsAll(List.of(DType.values())));
    assertTrue(seen.containsAll(List.of(ExpressionCase.View.values())));
  }

  @Test
  void fewResultsAreLeftOpen() {
    int all = 0;
    int open = 0;
    for (long seed = 1; seed <= CASES; seed++) {
      ExpressionCase c = RandomExpressions.of(RandomExpressions.EXACT, seed);
      IeeeExpression ieee = new IeeeExpression(c.expression(), c.dtype());
      for (int i = 0; i < c.size(); i++) {
        ieee.at(c.inputs(i));
        all++;
        open += ieee.isOpen() ? 1 : 0;
      }
    }
    assertTrue(open > 0 && open < all / 50, open + " of " + all);
  }

  /** For three results in four, the interval allows for no more than an error in the 12th bit. */
  @Test
  void mostEnclosuresAreTight() {
    int all = 0;
    int tight = 0;
    for (long seed = 1; seed <= CASES; seed++) {
      ExpressionCase c = RandomExpressions.of(RandomExpressions.ALL, seed);
      Enclosure enclosure =
          new Enclosure(c.expression(), c.dtype(), f -> Bounds.of(f.table(), c.dtype()));
      for (int i = 0; i < c.size(); i++) {
        Interval y = enclosure.at(c.inputs(i));
        double size = Math.max(Math.abs(y.low()), Math.abs(y.high()));
        all++;
        tight += y.isEmpty() || y.low() == y.high() || y.high() - y.low() <= 0x1p-12 * size ? 1 : 0;
      }
    }
    assertTrue(tight > all * 3 / 4, tight + " of " + all);
  }

  @Test
  void theAccountHasTheSeedTheCodeAndTheNumbers() {
    String name = "add-is-off-by-an-ulp";
    Backends.register(
        new TestProvider(
            name,
            () ->
                Wrapper.primitive(
                    Primitive.ADD,
                    (operands, result) -> true,
                    (a, b, right) -> Math.nextUp((float) right))));
    RunSubject subject = new RunSubject(name, ConformanceProfile.strict());
    Failure failure;
    try (BackendScope scope = Backends.use(name)) {
      failure =
          assertThrows(
                  RuleViolation.class,
                  () ->
                      ExpressionRules.check(
                          ExpressionRules.exactly(subject), RandomExpressions.EXACT, 1, CASES))
              .failure();
    }
    assertEquals("add(x0, 0)", failure.operation());
    assertEquals(List.of(1L, 1L), failure.shape());
    assertEquals(List.of(0L, 0L), failure.index());
    assertEquals("x0 = 0.0", failure.input());
    assertEquals("0.0", failure.expected());
    assertEquals("exact", failure.bound());
    assertEquals("Expr x0 = Expr.input(0);", failure.code().get(0));
    ExpressionCase random = RandomExpressions.of(RandomExpressions.EXACT, failure.seed());
    assertEquals(failure.dtype(), random.dtype());
  }
}
