package io.ember4j;

import io.ember4j.expr.Expr;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Records expressions: their gradients are expressions too, summed over what was broadcast. */
final class ElementwiseGradients {
  private ElementwiseGradients() {}

  static void record(TapeContent tape, Tensor result, Expr expression, Tensor... inputs) {
    Expr[] backward = new Expr[inputs.length];
    Tensor[] operands = new Tensor[inputs.length];
    boolean any = false;
    try {
      for (int i = 0; i < Math.min(inputs.length, expression.inputCount()); i++) {
        Expr gradient = expression.backward(i);
        if (!isZero(gradient)) {
          backward[i] = gradient;
          operands[i] = inputs[i];
          any = true;
        }
      }
    } catch (UnsupportedOperationException e) {
      tape.add(result, inputs.clone(), (upstream, wanted) -> refuse(expression, e));
      return;
    }
    if (any) {
      tape.add(result, operands, rule(tape, expression.inputCount(), backward, inputs));
    }
  }

  private static boolean isZero(Expr gradient) {
    return gradient instanceof Expr.Constant constant && constant.value() == 0;
  }

  private static Tensor[] refuse(Expr expression, UnsupportedOperationException cause) {
    throw new GradientException(
        "there is no gradient of " + expression + ": " + cause.getMessage(), cause);
  }

  private static GradientRule rule(TapeContent tape, int count, Expr[] backward, Tensor... inputs) {
    Tensor[] held = new Tensor[count];
    for (int i = 0; i < count; i++) {
      int input = i;
      if (Arrays.stream(backward).anyMatch(b -> b != null && b.reads(input))) {
        held[i] = tape.hold(inputs[i]);
      }
    }
    Shape[] shapes = Arrays.stream(inputs).map(Tensor::shape).toArray(Shape[]::new);
    DType[] dtypes = Arrays.stream(inputs).map(Tensor::dtype).toArray(DType[]::new);
    return (upstream, wanted) -> {
      Tensor[] gradients = new Tensor[backward.length];
      // An operand and what is added to it, such as a bias, have one gradient before the sum.
      Map<Expr, Tensor> computed = new HashMap<>();
      try {
        for (int i = 0; i < backward.length; i++) {
          if (wanted[i]) {
            Tensor full = computed.computeIfAbsent(backward[i], b -> evaluate(b, upstream, held));
            gradients[i] = Broadcasts.sumTo(full, shapes[i], dtypes[i]);
          }
        }
      } catch (RuntimeException | Error e) {
        TapeContent.closeAll(gradients);
        throw e;
      } finally {
        computed.values().forEach(Tensor::close);
      }
      return gradients;
    };
  }

  private static Tensor evaluate(Expr gradient, Tensor upstream, Tensor[] held) {
    Tensor[] values = new Tensor[held.length + 1];
    for (int i = 0; i < held.length; i++) {
      // What the gradient does not read only has to be there.
      values[i] = held[i] != null && gradient.reads(i) ? held[i] : upstream;
    }
    values[held.length] = upstream;
    return Ops.evaluate(gradient, values);
  }
}
