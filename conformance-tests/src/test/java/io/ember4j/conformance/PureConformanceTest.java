package io.ember4j.conformance;

import io.ember4j.backend.pure.PureBackendProvider;
import io.ember4j.spi.BackendProvider;

/** The pure backend keeps the specification. */
class PureConformanceTest extends BackendConformance {
  @Override
  protected BackendProvider provider() {
    return new PureBackendProvider();
  }
}
