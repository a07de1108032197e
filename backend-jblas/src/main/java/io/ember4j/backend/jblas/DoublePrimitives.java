package io.ember4j.backend.jblas;

import io.ember4j.expr.Primitive;
import io.ember4j.spi.Operand;
import java.util.List;
import org.jblas.DoubleMatrix;
import org.jblas.MatrixFunctions;

/**
 * The primitives in FLOAT64, by jblas where it does what they say.
 *
 * <p>Loops of our own: MAX and MIN, since those of jblas return the first operand where the second
 * is NaN; SELECT, which it lacks; and {@code y = x - y}, for which it makes a native call.
 */
final class DoublePrimitives {
  private DoublePrimitives() {}

  static void apply(Primitive primitive, List<Operand> operands, DoubleMatrix result) {
    DoubleArgument[] arguments = DoubleArgument.of(operands, result);
    switch (primitive.arity()) {
      case 1 -> unary(primitive, arguments[0], result);
      case 2 -> binary(primitive, arguments[0], arguments[1], result);
      default -> select(arguments[0], arguments[1], arguments[2], result);
    }
  }

  private static void unary(Primitive primitive, DoubleArgument a, DoubleMatrix result) {
    a.copyTo(result);
    switch (primitive) {
      case ABS -> MatrixFunctions.absi(result);
      case SQRT -> MatrixFunctions.sqrti(result);
      case EXP -> MatrixFunctions.expi(result);
      case LOG -> MatrixFunctions.logi(result);
      case TANH -> MatrixFunctions.tanhi(result);
      default -> throw new IllegalArgumentException(primitive.label());
    }
  }

  private static void binary(
      Primitive primitive, DoubleArgument a, DoubleArgument b, DoubleMatrix result) {
    if (b.isNumber()) {
      DoubleMatrix x = a.matrix();
      if (a.isNumber()) {
        a.copyTo(result);
        x = result;
      }
      matrixAndNumber(primitive, x, b.number(), result);
    } else if (a.isNumber()) {
      numberAndMatrix(primitive, a.number(), b.matrix(), result);
    } else {
      matrices(primitive, a.matrix(), b.matrix(), result);
    }
  }

  private static void matrices(
      Primitive primitive, DoubleMatrix x, DoubleMatrix y, DoubleMatrix result) {
    switch (primitive) {
      case ADD -> x.addi(y, result);
      case SUB -> subtract(x, y, result);
      case MUL -> x.muli(y, result);
      case DIV -> x.divi(y, result);
      case MAX -> max(x.data, y.data, result.data);
      case MIN -> min(x.data, y.data, result.data);
      case LT -> x.lti(y, result);
      case LE -> x.lei(y, result);
      case EQ -> x.eqi(y, result);
      default -> throw new IllegalArgumentException(primitive.label());
    }
  }

  private static void matrixAndNumber(
      Primitive primitive, DoubleMatrix x, double number, DoubleMatrix result) {
    switch (primitive) {
      case ADD -> x.addi(number, result);
      case SUB -> x.subi(number, result);
      case MUL -> x.muli(number, result);
      case DIV -> x.divi(number, result);
      case MAX -> max(x.data, number, result.data);
      case MIN -> min(x.data, number, result.data);
      case LT -> x.lti(number, result);
      case LE -> x.lei(number, result);
      case EQ -> x.eqi(number, result);
      default -> throw new IllegalArgumentException(primitive.label());
    }
  }

  private static void numberAndMatrix(
      Primitive primitive, double number, DoubleMatrix y, DoubleMatrix result) {
    switch (primitive) {
      case SUB -> y.rsubi(number, result);
      case DIV -> y.rdivi(number, result);
      case LT -> y.gti(number, result);
      case LE -> y.gei(number, result);
      // The others are symmetric.
      default -> matrixAndNumber(primitive, y, number, result);
    }
  }

  private static void subtract(DoubleMatrix x, DoubleMatrix y, DoubleMatrix result) {
    if (result.data != y.data || x.data == y.data) {
      x.subi(y, result);
      return;
    }
    for (int i = 0; i < result.length; i++) {
      result.data[i] = x.data[i] - result.data[i];
    }
  }

  private static void max(double[] x, double[] y, double[] result) {
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.max(x[i], y[i]);
    }
  }

  private static void max(double[] x, double number, double[] result) {
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.max(x[i], number);
    }
  }

  private static void min(double[] x, double[] y, double[] result) {
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.min(x[i], y[i]);
    }
  }

  private static void min(double[] x, double number, double[] result) {
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.min(x[i], number);
    }
  }

  private static void select(
      DoubleArgument condition, DoubleArgument yes, DoubleArgument no, DoubleMatrix result) {
    if (condition.isNumber()) {
      (condition.number() != 0 ? yes : no).copyTo(result);
      return;
    }
    // A number is an array of one element, read with step 0.
    double[] choice = condition.matrix().data;
    double[] y = yes.isNumber() ? new double[] {yes.number()} : yes.matrix().data;
    double[] n = no.isNumber() ? new double[] {no.number()} : no.matrix().data;
    int yStep = yes.isNumber() ? 0 : 1;
    int nStep = no.isNumber() ? 0 : 1;
    double[] out = result.data;
    for (int i = 0; i < out.length; i++) {
      out[i] = choice[i] != 0 ? y[i * yStep] : n[i * nStep];
    }
  }
}
