package io.ember4j.conformance;

import io.ember4j.spi.BackendProvider;

/** The backend that the tests break keeps every rule while it is whole. */
class NaiveConformanceTest extends BackendConformance {
  @Override
  protected BackendProvider provider() {
    return new TestProvider("naive", NaiveBackend::new);
  }

  @Override
  protected boolean isOnClassPath() {
    return false;
  }
}
