package io.ember4j.nn;

import io.ember4j.DType;
import io.ember4j.ParameterException;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import java.util.Map;

/**
 * The layer of prelu: x for x &gt; 0, else weight x; the weight is a parameter, one slope or one
 * for each channel (dim 1).
 */
public final class PReLU implements BuiltIn {
  private final long numParameters;
  private final double init;
  private final DType dtype;
  private final Parameter weight;

  /** Creates the layer with one float32 slope of 0.25. */
  public PReLU() {
    this(1, 0.25);
  }

  /**
   * Creates the layer with this many float32 slopes of this value.
   *
   * @throws ParameterException if numParameters &lt; 1 or init is not finite
   */
  public PReLU(long numParameters, double init) {
    this(numParameters, init, DType.FLOAT32);
  }

  /**
   * Creates the layer with this many slopes of this value and dtype.
   *
   * @throws ParameterException if numParameters &lt; 1 or init is not finite
   */
  public PReLU(long numParameters, double init, DType dtype) {
    if (numParameters < 1) {
      throw new ParameterException(
          "PReLU: num_parameters is " + numParameters + "; it must be 1 or the number of channels");
    }
    if (!Double.isFinite(init)) {
      throw new ParameterException("PReLU: init is " + init + "; it must be a finite number");
    }
    this.numParameters = numParameters;
    this.init = init;
    this.dtype = dtype;
    this.weight = new Parameter("weight", Tensor.full(init, dtype, numParameters));
  }

  PReLU(Config config) {
    this(config.integer("num_parameters", 1), config.number("init", 0.25), Layers.dtype(config));
  }

  @Override
  public Tensor forward(Tensor x, boolean training) {
    return Activations.prelu(x, weight.value());
  }

  @Override
  public Map<String, Parameter> parameters() {
    return Map.of("weight", weight);
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = Config.of("PReLU");
    config.put("num_parameters", numParameters);
    config.put("init", init);
    config.put("dtype", dtype.toString());
    return config;
  }
}
