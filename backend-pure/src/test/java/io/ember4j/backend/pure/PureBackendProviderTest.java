package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.Backends;
import io.ember4j.spi.BackendProvider;
import org.junit.jupiter.api.Test;

class PureBackendProviderTest {
  @Test
  void pureIsCurrentWhenNobodyChose() {
    assertEquals("pure", Backends.current().name());
  }

  @Test
  void claimsThePriorityOfTheEmbeddedDefault() {
    PureBackendProvider provider = new PureBackendProvider();
    assertEquals(BackendProvider.EMBEDDED_DEFAULT_PRIORITY, provider.priority());
    assertEquals(BackendProvider.SPI_VERSION, provider.spiVersion());
    assertTrue(provider.availability().available());
    assertNotNull(provider.version());
  }
}
