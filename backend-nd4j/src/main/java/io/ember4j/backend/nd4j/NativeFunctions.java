package io.ember4j.backend.nd4j;

import io.ember4j.DType;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarSubtraction;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erfc;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The named functions that ND4J computes within a few ULP; the others are left to be composed.
 *
 * <p>In float32 all go through ND4J's float64 operations: its own sigmoid, for one, is off by two
 * million ULP at -88.7. In float64 only erf and erfc remain: sigmoid loses its last digits below
 * -709, and expm1 and log1p are e^x - 1 and log(1 + x).
 */
final class NativeFunctions {
  /** Below this, x is nearer to expm1(x) and log1p(x) than an eighth of a float32 ULP. */
  private static final double SMALL = 0x1p-26;

  private static final double NEGATED_ROOT_HALF = -Math.sqrt(0.5);

  /** A function of float32, and from where towards 0 on it is the identity. */
  private record Wide(ViaDouble.InPlace function, double small) {}

  private static final Map<NamedFunction, Wide> FLOAT32 =
      Map.of(
          Functions.EXPM1, new Wide(NativeFunctions::expm1, SMALL),
          Functions.LOG1P, new Wide(NativeFunctions::log1p, SMALL),
          Functions.ERF, new Wide(NativeFunctions::erf, 0),
          Functions.ERFC, new Wide(NativeFunctions::erfc, 0),
          Functions.NDTR, new Wide(NativeFunctions::ndtr, 0),
          Functions.SIGMOID, new Wide(NativeFunctions::sigmoid, 0));

  private NativeFunctions() {}

  static boolean supports(NamedFunction function, DType dtype) {
    return dtype == DType.FLOAT32
        ? FLOAT32.containsKey(function)
        : function == Functions.ERF || function == Functions.ERFC;
  }

  static Elementwise.Kernel of(NamedFunction function) {
    return (args, result, scratch) -> apply(function, ((Arg.Array) args.get(0)).buffer(), result);
  }

  private static void apply(NamedFunction function, Nd4jBuffer x, Nd4jBuffer result) {
    if (result.dtype() == DType.FLOAT32) {
      Wide wide = FLOAT32.get(function);
      ViaDouble.apply(wide.function(), wide.small(), x, result);
    } else if (function == Functions.ERF) {
      Nd4j.exec(new Erf(x.array(), result.array()));
    } else {
      Nd4j.exec(new Erfc(x.array(), result.array()));
    }
  }

  private static void expm1(INDArray x) {
    Nd4j.exec(new Exp(x, x));
    Nd4j.exec(new ScalarSubtraction(x, null, x, 1));
  }

  private static void log1p(INDArray x) {
    Nd4j.exec(new ScalarAdd(x, null, x, 1));
    Nd4j.exec(new Log(x, x));
  }

  private static void erf(INDArray x) {
    Nd4j.exec(new Erf(x, x));
  }

  private static void erfc(INDArray x) {
    Nd4j.exec(new Erfc(x, x));
  }

  private static void ndtr(INDArray x) {
    Nd4j.exec(new ScalarMultiplication(x, null, x, NEGATED_ROOT_HALF));
    Nd4j.exec(new Erfc(x, x));
    Nd4j.exec(new ScalarMultiplication(x, null, x, 0.5));
  }

  private static void sigmoid(INDArray x) {
    Nd4j.exec(new Sigmoid(x, x));
  }
}
