package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.conformance.ExpressionCase.View;
import io.ember4j.conformance.ExpressionCase.ViewedOperand;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Primitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Makes expressions and operands for them, always the same ones for the same seed. */
final class RandomExpressions {
  /** The primitives whose results are correctly rounded, or chosen, each of inputs. */
  static final List<Expr> EXACT =
      Arrays.stream(Primitive.values())
          .map(RandomExpressions::ofInputs)
          .filter(e -> !EnclosedFunction.ALL.containsKey(e))
          .toList();

  /** All primitives and the named functions; arithmetic as often as all functions together. */
  static final List<Expr> ALL =
      Stream.of(EXACT, EXACT, EXACT, List.copyOf(EnclosedFunction.ALL.keySet()))
          .flatMap(List::stream)
          .toList();

  private static final double[] CONSTANTS = {0, 1, -1, 2, 0.5, 3, 0.1, -0.7, 20, 1e-3, -0.0};
  private static final List<View> VIEWS = List.of(View.values());
  private static final int[] ROWS = {1, 1, 2, 3, 5};
  private static final int[] COLUMNS = {1, 3, 15, 16, 17, 33};
  private static final int MOST_INPUTS = 4;
  private static final int MOST_OPERATIONS = 12;

  private RandomExpressions() {}

  private static Expr ofInputs(Primitive primitive) {
    Expr[] inputs = new Expr[primitive.arity()];
    Arrays.setAll(inputs, Expr::input);
    return Expr.apply(primitive, inputs);
  }

  /** Returns the case of the seed, made of these operations. */
  static ExpressionCase of(List<Expr> operations, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DType dtype = random.nextBoolean() ? DType.FLOAT32 : DType.FLOAT64;
    int rows = ROWS[random.nextInt(ROWS.length)];
    int columns = COLUMNS[random.nextInt(COLUMNS.length)];
    Expr expression = expression(operations, random);
    List<ViewedOperand> operands = new ArrayList<>();
    for (int i = 0; i < Math.max(1, expression.inputCount()); i++) {
      View view = i == 0 ? View.FULL : VIEWS.get(random.nextInt(VIEWS.size()));
      double[] values = new double[Naive.size(view.shape(rows, columns))];
      for (int j = 0; j < values.length; j++) {
        values[j] = number(dtype, random);
      }
      operands.add(new ViewedOperand(view, values));
    }
    return new ExpressionCase(expression, dtype, rows, columns, operands);
  }

  /** Chains most operations, and takes their other arguments from anywhere before. */
  private static Expr expression(List<Expr> operations, SplittableRandom random) {
    List<Expr> nodes = new ArrayList<>();
    int inputs = 1 + random.nextInt(MOST_INPUTS);
    for (int i = 0; i < inputs; i++) {
      nodes.add(Expr.input(i));
    }
    int count = 1 + random.nextInt(MOST_OPERATIONS);
    for (int i = 0; i < count; i++) {
      Expr operation = operations.get(random.nextInt(operations.size()));
      Expr[] arguments = new Expr[operation.inputCount()];
      for (int j = 0; j < arguments.length; j++) {
        arguments[j] =
            arguments.length > 1 && random.nextInt(5) == 0
                ? Expr.constant(constant(random))
                : nodes.get(random.nextInt(nodes.size()));
      }
      if (i > 0 && random.nextInt(4) > 0) {
        arguments[random.nextInt(arguments.length)] = nodes.get(nodes.size() - 1);
      }
      nodes.add(operation.substitute(arguments));
    }
    return nodes.get(nodes.size() - 1);
  }

  private static double constant(SplittableRandom random) {
    int choice = random.nextInt(CONSTANTS.length + 3);
    return choice < CONSTANTS.length ? CONSTANTS[choice] : random.nextDouble(-4, 4);
  }

  /** Mostly ordinary numbers; also whole and halves, large and small ones, and special ones. */
  private static double number(DType dtype, SplittableRandom random) {
    int choice = random.nextInt(20);
    if (choice < 12) {
      return dtype.round(random.nextDouble(-4, 4));
    }
    if (choice < 15) {
      return random.nextInt(-8, 9) / 2.0;
    }
    if (choice < 17) {
      return dtype.round(random.nextDouble(-30, 30));
    }
    if (choice < 19) {
      double magnitude = Math.scalb(1 + random.nextDouble(), random.nextInt(-60, 60));
      return dtype.round(random.nextBoolean() ? magnitude : -magnitude);
    }
    double[] specials = Data.specials(dtype);
    return specials[random.nextInt(specials.length)];
  }
}
