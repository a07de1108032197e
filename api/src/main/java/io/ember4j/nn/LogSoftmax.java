package io.ember4j.nn;

import java.util.Map;

/** The layer of log_softmax: the logarithm of softmax along dim. */
public final class LogSoftmax extends ActivationLayer {
  /** Creates the layer with dim -1. */
  public LogSoftmax() {
    this(-1);
  }

  /**
   * Creates the layer with these parameters.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public LogSoftmax(int dim) {
    super("log_softmax", Map.of("dim", dim), false);
  }

  LogSoftmax(Config config) {
    super("log_softmax", config.rest(), false);
  }
}
