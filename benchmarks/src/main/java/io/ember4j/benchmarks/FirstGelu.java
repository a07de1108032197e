package io.ember4j.benchmarks;

import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import java.util.Locale;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.global.torch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.GELU;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A program that computes gelu of 1,000,000 elements as soon as it can, then a few times more;
 * {@link ColdStart} takes the time. ND4J has no exact gelu, so it computes the form with the
 * sigmoid.
 *
 * <p>It prints the last element when it has the first result, then the longest later call in ms.
 */
final class FirstGelu {
  private static final int SIZE = 1_000_000;
  private static final int MORE = 30;

  private FirstGelu() {}

  /** Runs one library: ember4j, nd4j or pytorch. */
  public static void main(String[] arguments) {
    float[] x = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      x[i] = (i - SIZE / 2) * 1e-5f;
    }
    print(gelu(arguments[0], x));
    double longest = 0;
    for (int i = 0; i < MORE; i++) {
      long start = System.nanoTime();
      gelu(arguments[0], x);
      longest = Math.max(longest, (System.nanoTime() - start) / 1e6);
    }
    System.out.printf(Locale.ROOT, "%.1f%n", longest);
  }

  private static void print(float[] result) {
    System.out.println(result[SIZE - 1]);
    System.out.flush();
  }

  private static float[] gelu(String library, float[] x) {
    return switch (library) {
      case "ember4j" -> Ember.gelu(x);
      case "nd4j" -> OfNd4j.gelu(x);
      case "pytorch" -> Torch.gelu(x);
      default -> throw new IllegalArgumentException("no library " + library);
    };
  }

  // A class for each, so that none loads another's.

  private static final class Ember {
    static float[] gelu(float[] x) {
      try (Tensor input = Tensor.of(x);
          Tensor result = Activations.gelu(input)) {
        return result.toFloatArray();
      }
    }
  }

  private static final class OfNd4j {
    static float[] gelu(float[] x) {
      INDArray input = Nd4j.createFromArray(x);
      INDArray result = Nd4j.createUninitialized(input.shape());
      Nd4j.exec(new GELU(input, result));
      float[] values = result.data().asFloat();
      input.close();
      result.close();
      return values;
    }
  }

  private static final class Torch {
    static float[] gelu(float[] x) {
      try (var input = AbstractTensor.create(x);
          var result = torch.gelu(input)) {
        return TorchOperands.read(result);
      }
    }
  }
}
