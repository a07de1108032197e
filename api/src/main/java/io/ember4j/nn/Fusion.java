package io.ember4j.nn;

import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A Dense with the activation and the dropout after it, computed in one piece: bias, activation and
 * mask are applied to the product while it is in the cache. The bits are those of the layers one
 * after the other.
 *
 * @param activation what is applied to the output of the dense layer, its input 0
 * @param dropout what drops elements after that; null for nothing
 * @param layers how many layers this stands for
 */
record Fusion(Dense dense, Expr activation, Dropouts dropout, int layers) {
  /** Returns what can be fused from each layer on, if it is more than that layer. */
  static List<Optional<Fusion>> all(List<Layer> layers, boolean training) {
    return IntStream.range(0, layers.size()).mapToObj(i -> at(layers, i, training)).toList();
  }

  private static Optional<Fusion> at(List<Layer> layers, int i, boolean training) {
    if (!(layers.get(i) instanceof Dense dense)) {
      return Optional.empty();
    }
    int next = i + 1;
    Expr activation = Dense.PRODUCT;
    if (next < layers.size() && layers.get(next) instanceof ActivationLayer layer) {
      boolean isFixed = !(training && layer.activation().isRandomInTraining());
      Optional<Expr> expression = layer.activation().expression();
      if (isFixed && expression.isPresent()) {
        activation = expression.get();
        next++;
      }
    }
    Dropouts dropout = null;
    if (training
        && next < layers.size()
        && layers.get(next) instanceof Dropouts layer
        && layer.rate() > 0) {
      dropout = layer;
      next++;
    }
    return next == i + 1
        ? Optional.empty()
        : Optional.of(new Fusion(dense, activation, dropout, next - i));
  }

  Tensor forward(Tensor x) {
    if (dropout == null) {
      return dense.forward(x, activation);
    }
    try (Tensor uniform = dropout.nextUniform(x.dtype(), dense.outputShape(x))) {
      return dense.forward(x, dropout.output().substitute(activation, Expr.input(1)), uniform);
    }
  }
}
