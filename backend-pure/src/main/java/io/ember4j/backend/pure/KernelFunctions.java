package io.ember4j.backend.pure;

import io.ember4j.expr.Functions;
import io.ember4j.expr.Operation;
import io.ember4j.expr.Primitive;
import io.ember4j.expr.SmoothFunctions;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Which functions have instructions of their own. */
final class KernelFunctions {
  private static final Map<Operation, UnaryOperator<Value>> KERNELS =
      Map.ofEntries(
          entry(Primitive.EXP, ExpKernels::exp),
          entry(Primitive.LOG, LogKernels::log),
          entry(Primitive.TANH, LogisticKernels::tanh),
          entry(Functions.LOG1P, LogKernels::log1p),
          entry(Functions.EXPM1, ExpKernels::expm1),
          entry(Functions.SIGMOID, LogisticKernels::sigmoid),
          entry(Functions.SIGMOID_DERIVATIVE, BellKernels::sigmoidDerivative),
          entry(Functions.TANH_DERIVATIVE, BellKernels::tanhDerivative),
          entry(Functions.ERF, ErrorKernels::erf),
          entry(Functions.ERFC, ErrorKernels::erfc),
          entry(Functions.ERF_DERIVATIVE, ErrorKernels::erfDerivative),
          entry(Functions.NDTR, NormalKernels::ndtr),
          entry(Functions.NORMAL_PDF, NormalKernels::normalPdf),
          entry(SmoothFunctions.TANHSHRINK, TanhshrinkKernel::tanhshrink),
          entry(SmoothFunctions.TANHSHRINK_DERIVATIVE, LogisticKernels::tanhSquared),
          entry(Functions.LOG1PEXP, LogisticKernels::log1pexp),
          entry(SmoothFunctions.LOG_SIGMOID, LogisticKernels::logSigmoid),
          entry(SmoothFunctions.LECUN_TANH_DERIVATIVE, BellKernels::lecunTanhDerivative),
          entry(SmoothFunctions.SILU, GateKernels::silu),
          entry(SmoothFunctions.SILU_DERIVATIVE, GateDerivativeKernels::siluDerivative),
          entry(SmoothFunctions.MISH, GateKernels::mish),
          entry(SmoothFunctions.MISH_DERIVATIVE, GateDerivativeKernels::mishDerivative),
          entry(SmoothFunctions.GELU, NormalKernels::gelu),
          entry(SmoothFunctions.GELU_DERIVATIVE, NormalKernels::geluDerivative),
          entry(SmoothFunctions.GELU_TANH, GateKernels::geluTanh),
          entry(SmoothFunctions.GELU_TANH_DERIVATIVE, GateDerivativeKernels::geluTanhDerivative),
          entry(SmoothFunctions.GELU_SIGMOID, GateKernels::geluSigmoid),
          entry(
              SmoothFunctions.GELU_SIGMOID_DERIVATIVE,
              GateDerivativeKernels::geluSigmoidDerivative));

  private KernelFunctions() {}

  private static Map.Entry<Operation, UnaryOperator<Value>> entry(
      Operation operation, UnaryOperator<Value> kernel) {
    return Map.entry(operation, kernel);
  }

  /** Returns how to write the instructions of a function, EXP, LOG or TANH, if there are any. */
  static Optional<UnaryOperator<Value>> of(Operation operation) {
    return Optional.ofNullable(KERNELS.get(operation));
  }
}
