package io.ember4j.backend.nd4j;

import io.ember4j.expr.Primitive;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarDivision;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarReverseDivision;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarReverseSubtraction;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarSubtraction;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.scalar.comparison.ScalarEquals;
import org.nd4j.linalg.api.ops.impl.scalar.comparison.ScalarGreaterThanOrEqual;
import org.nd4j.linalg.api.ops.impl.scalar.comparison.ScalarLessThanOrEqual;
import org.nd4j.linalg.api.ops.impl.transforms.same.Negative;
import org.nd4j.linalg.factory.Nd4j;

/** The primitives of two arguments, one of them a number. */
final class WithScalar {
  private WithScalar() {}

  /** Computes (array, number). */
  static void right(
      Primitive primitive, Nd4jBuffer a, double b, Nd4jBuffer result, Scratch scratch) {
    INDArray x = a.array();
    INDArray z = result.array();
    switch (primitive) {
      case SUB -> Nd4j.exec(new ScalarSubtraction(x, null, z, b));
      case DIV -> Nd4j.exec(new ScalarDivision(x, null, z, b));
      case LT -> {
        // x < b as -x > -b: Step answers in the operand's type, a comparison only in booleans.
        Nd4j.exec(new Negative(x, z));
        Nd4j.exec(new Step(z, z, -b));
      }
      case LE -> {
        INDArray truth = scratch.array(DataType.BOOL, z.length());
        Nd4j.exec(new ScalarLessThanOrEqual(x, truth, b));
        z.assign(truth);
      }
      default -> either(primitive, x, b, z, scratch);
    }
  }

  /** Computes (number, array). */
  static void left(
      Primitive primitive, double a, Nd4jBuffer b, Nd4jBuffer result, Scratch scratch) {
    INDArray y = b.array();
    INDArray z = result.array();
    switch (primitive) {
      case SUB -> Nd4j.exec(new ScalarReverseSubtraction(y, null, z, a));
      case DIV -> Nd4j.exec(new ScalarReverseDivision(y, null, z, a));
      case LT -> Nd4j.exec(new Step(y, z, a));
      case LE -> {
        INDArray truth = scratch.array(DataType.BOOL, z.length());
        Nd4j.exec(new ScalarGreaterThanOrEqual(y, truth, a));
        z.assign(truth);
      }
      default -> either(primitive, y, a, z, scratch);
    }
  }

  private static void either(
      Primitive primitive, INDArray x, double value, INDArray z, Scratch scratch) {
    switch (primitive) {
      case ADD -> Nd4j.exec(new ScalarAdd(x, null, z, value));
      case MUL -> Nd4j.exec(new ScalarMultiplication(x, null, z, value));
      case MAX -> max(x, value, z);
      case MIN -> min(x, value, z);
      case EQ -> {
        INDArray truth = scratch.array(DataType.BOOL, z.length());
        Nd4j.exec(new ScalarEquals(x, truth, value));
        z.assign(truth);
      }
      default -> throw new IllegalArgumentException(primitive.label());
    }
  }

  /** Computes max(x, value) by {@code x < value ? value : x}, which keeps a NaN of x. */
  static void max(INDArray x, double value, INDArray z) {
    if (Double.isNaN(value)) {
      z.assign(value);
    } else {
      Nd4j.exec(new RectifiedLinear(x, z, value));
    }
  }

  /** Computes min(x, value) as -max(-x, -value): ND4J has no such operation that keeps NaN. */
  static void min(INDArray x, double value, INDArray z) {
    Nd4j.exec(new Negative(x, z));
    max(z, -value, z);
    Nd4j.exec(new Negative(z, z));
  }
}
