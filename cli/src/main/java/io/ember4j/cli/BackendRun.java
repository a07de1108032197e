package io.ember4j.cli;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Execution;
import io.ember4j.Tensor;

/**
 * What one backend made of a workload.
 *
 * @param backend its name
 * @param execution how the activation runs there
 * @param nanosPerElement the median time, in ns per element of the input
 * @param output the results; none if it failed
 * @param failure why it failed; empty if it did not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BackendRun(
    String backend, Execution execution, double nanosPerElement, double[] output, String failure) {
  /** Runs the workload on the backend, and measures it. */
  static BackendRun of(Workload workload, NumericArray data, String backend, Stopwatch stopwatch) {
    DType dtype = Tensors.dtype(data);
    try (BackendScope scope = Backends.use(backend);
        Tensor x = Tensors.of(data, workload.shape());
        Tensor y = workload.activation().apply(x)) {
      double nanos = stopwatch.medianNanos(() -> workload.activation().apply(x).close());
      return new BackendRun(
          backend,
          workload.activation().execution(backend, dtype),
          nanos / data.size(),
          y.toDoubleArray(),
          "");
    } catch (RuntimeException | LinkageError e) {
      return new BackendRun(backend, Execution.DEFAULT, Double.NaN, new double[0], e.toString());
    }
  }

  boolean failed() {
    return !failure.isEmpty();
  }
}
