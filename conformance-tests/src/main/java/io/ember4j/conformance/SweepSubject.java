package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.Tensor;

/** Whatever computes the functions that a sweep measures. Called from several threads. */
public interface SweepSubject {
  /** Returns its name in state files and reports, of letters, digits and hyphens. */
  String name();

  /** Returns the results of the function for these inputs. */
  float[] results(SweepFunction function, float[] x);

  /**
   * Returns the named backend.
   *
   * @throws io.ember4j.BackendException if the backend is missing or cannot run
   */
  static SweepSubject of(String backend) {
    String name = Backends.get(backend).name();
    return new SweepSubject() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public float[] results(SweepFunction function, float[] x) {
        try (BackendScope scope = Backends.use(name);
            Tensor input = Tensor.of(x);
            Tensor ones = Tensor.ones(x.length);
            Tensor result = function.evaluate(input, ones)) {
          return result.toFloatArray();
        }
      }
    };
  }
}
