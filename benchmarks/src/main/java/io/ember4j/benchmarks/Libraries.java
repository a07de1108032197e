package io.ember4j.benchmarks;

import io.ember4j.Backends;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.global.torch;
import org.jblas.NativeBlas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Prepares the libraries of a forked process: the backend, and as many threads for each as asked.
 *
 * <p>PyTorch's and ND4J's OpenBLAS takes its threads from {@code OPENBLAS_NUM_THREADS} only, ND4J's
 * loops from {@code OMP_NUM_THREADS}, and jblas has one thread; so both variables must be there
 * before the process starts, and a cell with others is refused.
 */
final class Libraries {
  /** Held as long as the process lives: it is PyTorch's way to say that no gradient is recorded. */
  @SuppressWarnings("UnusedVariable")
  private static InferenceMode inference;

  private Libraries() {}

  static void prepare(List<String> contenders, int threads) {
    require("OPENBLAS_NUM_THREADS", String.valueOf(threads));
    require("OMP_NUM_THREADS", String.valueOf(threads));
    // With either of these set, OpenBLAS would not be what its users get.
    require("OPENBLAS_CORETYPE", null);
    require("OPENBLAS_L2_SIZE", null);
    if (contenders.contains("pytorch")) {
      torch.set_num_threads(threads);
      inference = new InferenceMode();
    }
    if (contenders.contains("nd4j")) {
      Nd4j.getEnvironment().setMaxThreads(threads);
    }
    Backends.set("pure");
  }

  /** Fails unless jblas found its native library, without which it has no matrix product. */
  static void requireJblasNatives() {
    try {
      NativeBlas.sdot(1, new float[] {1}, 0, 1, new float[] {1}, 0, 1);
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "jblas' native library does not load; install the Fortran runtime it needs (libgfortran5)",
          e);
    }
  }

  private static void require(String variable, String value) {
    String actual = System.getenv(variable);
    if (!Objects.equals(actual, value)) {
      throw new IllegalStateException(
          "the environment variable "
              + variable
              + " is "
              + (actual == null ? "not set" : actual)
              + "; it must be "
              + (value == null ? "unset" : value)
              + " here (benchmarks/run takes care of it)");
    }
  }
}
