package io.ember4j.nn;

import java.util.Map;

/** The layer of log_sigmoid: log(1 / (1 + e^-x)). */
public final class LogSigmoid extends ActivationLayer {
  /** Creates the layer. */
  public LogSigmoid() {
    super("log_sigmoid", Map.of(), false);
  }

  LogSigmoid(Config config) {
    super("log_sigmoid", config.rest(), false);
  }
}
