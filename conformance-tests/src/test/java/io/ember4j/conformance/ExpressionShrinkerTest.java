package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.conformance.ExpressionCase.View;
import io.ember4j.conformance.ExpressionCase.ViewedOperand;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Primitive;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What fails is made as small as it gets, and still fails. */
class ExpressionShrinkerTest {
  /** Shrinks the first random cases that fail; all come out as small as that. */
  private static void shrinksTo(int operations, int elements, Predicate<ExpressionCase> fails) {
    int found = 0;
    for (long seed = 1; found < 10; seed++) {
      ExpressionCase random = RandomExpressions.of(RandomExpressions.ALL, seed);
      if (fails.test(random)) {
        found++;
        ExpressionCase small = ExpressionShrinker.shrink(random, fails);
        assertTrue(fails.test(small));
        assertEquals(operations, applies(small).count(), small.expression().toString());
        assertEquals(elements, small.size(), small.expression().toString());
      }
    }
  }

  private static Stream<Expr.Apply> applies(ExpressionCase c) {
    return c.expression().nodes().stream()
        .filter(Expr.Apply.class::isInstance)
        .map(Expr.Apply.class::cast);
  }

  private static boolean has(ExpressionCase c, Primitive primitive) {
    return applies(c).anyMatch(apply -> apply.operation() == primitive);
  }

  @Test
  void toOneOperationOnOneElement() {
    shrinksTo(1, 1, c -> has(c, Primitive.SQRT));
  }

  @Test
  void toTwoOperationsIfItTakesTwo() {
    shrinksTo(
        2,
        1,
        c ->
            applies(c)
                .anyMatch(
                    sum ->
                        sum.operation() == Primitive.ADD
                            && sum.arguments().get(1) instanceof Expr.Apply product
                            && product.operation() == Primitive.MUL));
  }

  @Test
  void keepsTheSizeThatMatters() {
    shrinksTo(1, 6, c -> c.rows() > 1 && c.columns() > 2 && has(c, Primitive.SUB));
  }

  @Test
  void keepsTheNumberThatMattersAndMakesTheOthersSimple() {
    ExpressionCase random =
        new ExpressionCase(
            Expr.input(0).plus(Expr.input(1)),
            DType.FLOAT64,
            1,
            3,
            List.of(
                new ViewedOperand(View.FULL, new double[] {0.3, -7.25, 1e30}),
                new ViewedOperand(View.CONSTANT, new double[] {0.7})));
    ExpressionCase small =
        ExpressionShrinker.shrink(
            random,
            c ->
                c.operands().size() == 2
                    && Arrays.stream(c.operands().get(0).values()).anyMatch(v -> v < -3));
    assertEquals(1, small.size());
    assertEquals(-7, small.value(0, 0));
    assertEquals(0, small.value(1, 0));
  }

  @Test
  void dropsOperandsThatNobodyReads() {
    ExpressionCase small =
        ExpressionShrinker.shrink(RandomExpressions.of(RandomExpressions.ALL, 1), c -> true);
    assertEquals(1, small.operands().size());
  }
}
