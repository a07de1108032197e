package io.ember4j.conformance;

import io.ember4j.backend.jblas.JblasBackendProvider;
import io.ember4j.spi.BackendProvider;

/** The jblas backend keeps the specification. */
class JblasConformanceTest extends BackendConformance {
  @Override
  protected BackendProvider provider() {
    return new JblasBackendProvider();
  }
}
