package io.ember4j.nn;

import io.ember4j.DType;
import io.ember4j.ParameterException;
import io.ember4j.RandomKey;
import io.ember4j.Tensor;

/**
 * How the weights of a layer start, as random numbers around 0.
 *
 * <p>With {@code in} inputs and {@code out} outputs per unit, the variance is as given for each; a
 * uniform distribution of variance v is over [-sqrt(3 v), sqrt(3 v)).
 */
public enum Initializer {
  /** Normal, variance 1 / in: for selu (LeCun 1998). */
  LECUN_NORMAL(false, 1, true),
  /** Uniform, variance 1 / in (LeCun 1998). */
  LECUN_UNIFORM(true, 1, true),
  /** Normal, variance 2 / in: for relu and its relatives (He 2015). */
  HE_NORMAL(false, 2, true),
  /** Uniform, variance 2 / in (He 2015). */
  HE_UNIFORM(true, 2, true),
  /** Normal, variance 2 / (in + out): for tanh and sigmoid (Glorot 2010). */
  GLOROT_NORMAL(false, 2, false),
  /** Uniform, variance 2 / (in + out) (Glorot 2010). */
  GLOROT_UNIFORM(true, 2, false);

  private static final long MAX_WEIGHTS = Integer.MAX_VALUE - 8;

  private final boolean uniform;
  private final double scale;
  private final boolean inputsOnly;

  Initializer(boolean uniform, double scale, boolean inputsOnly) {
    this.uniform = uniform;
    this.scale = scale;
    this.inputsOnly = inputsOnly;
  }

  /**
   * Returns a weight of shape [out, in]; the same key gives the same weight on every backend.
   *
   * @throws ParameterException if an extent is not positive, or there are more weights than a Java
   *     array holds
   */
  public Tensor weight(long in, long out, DType dtype, RandomKey key) {
    if (in < 1 || out < 1 || in > MAX_WEIGHTS / out) {
      throw new ParameterException(
          "a weight of "
              + out
              + " by "
              + in
              + " elements cannot be made; both extents must be 1 or more, their product at most "
              + MAX_WEIGHTS);
    }
    double deviation = Math.sqrt(scale / (inputsOnly ? in : in + out));
    double[] values = new double[Math.toIntExact(in * out)];
    if (uniform) {
      key.fillUniform(values);
      double bound = Math.sqrt(3) * deviation;
      for (int i = 0; i < values.length; i++) {
        values[i] = bound * (2 * values[i] - 1);
      }
    } else {
      key.fillNormal(values);
      for (int i = 0; i < values.length; i++) {
        values[i] *= deviation;
      }
    }
    return dtype == DType.FLOAT64 ? Tensor.of(values, out, in) : Tensor.of(narrow(values), out, in);
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
