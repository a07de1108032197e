package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ember4j.DType;
import io.ember4j.activation.Activations;
import io.ember4j.conformance.ExpressionCase.View;
import io.ember4j.conformance.ExpressionCase.ViewedOperand;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code of a case is Java that one can paste. */
class ExpressionCodeTest {
  private static final Expr X = Expr.input(0);
  private static final Expr Y = Expr.input(1);

  @Test
  void namesWhatIsUsedTwiceAndWritesTheOperandsOut() {
    Expr product = X.times(Y);
    Expr expression =
        Expr.where(X.lt(0.1), product.plus(product.sqrt()), Expr.constant(-0.0).minus(Y).sigmoid());
    ExpressionCase c =
        new ExpressionCase(
            expression,
            DType.FLOAT32,
            1,
            2,
            List.of(
                new ViewedOperand(View.FULL, new double[] {1.5, Double.NaN}),
                new ViewedOperand(View.CONSTANT, new double[] {Double.NEGATIVE_INFINITY})));
    assertEquals(
        """
        Expr x0 = Expr.input(0);
        Expr x1 = Expr.input(1);
        Expr e0 = x0.times(x1);
        Tensor y = Ops.evaluate(
            Expr.where(x0.lt(0.1), e0.plus(e0.sqrt()), Expr.constant(-0.0).minus(x1).sigmoid()),
            Tensor.of(new float[] {1.5f, Float.NaN}, 1, 2),
            Tensor.scalar(-1 / 0f));
        """,
        String.join("\n", ExpressionCode.of(c)) + "\n");
  }

  @Test
  void writesFunctionsAsTheyAreCalled() {
    Expr gelu =
        Activations.get("gelu", Map.of("approximate", "tanh"))
            .expression()
            .orElseThrow()
            .substitute(Functions.NORMAL_PDF.apply(X));
    ExpressionCase c =
        new ExpressionCase(
            gelu, DType.FLOAT64, 1, 1, List.of(new ViewedOperand(View.FULL, new double[] {3})));
    assertEquals(
        """
        Expr x0 = Expr.input(0);
        Tensor y = Ops.evaluate(
            Activations.get("gelu", Map.of("approximate", "tanh")).expression().get()\
        .substitute(Functions.NORMAL_PDF.apply(x0)),
            Tensor.of(new double[] {3}, 1, 1));
        """,
        String.join("\n", ExpressionCode.of(c)) + "\n");
  }
}
