package io.ember4j.conformance;

import io.ember4j.backend.nd4j.Nd4jBackendProvider;
import io.ember4j.spi.BackendProvider;

/** The ND4J backend keeps the specification. */
class Nd4jConformanceTest extends BackendConformance {
  @Override
  protected BackendProvider provider() {
    return new Nd4jBackendProvider();
  }
}
