package toy;

import io.ember4j.conformance.BackendConformance;
import io.ember4j.spi.BackendProvider;

class ToyConformanceTest extends BackendConformance {
  @Override
  protected BackendProvider provider() {
    return new ToyProvider();
  }
}
