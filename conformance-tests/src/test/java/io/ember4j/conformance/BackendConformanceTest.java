package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.spi.BackendProvider;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What the kit asks beside the rules. */
class BackendConformanceTest {
  private static BackendConformance of(boolean onClassPath) {
    return new BackendConformance() {
      @Override
      protected BackendProvider provider() {
        return new TestProvider("forgotten", NaiveBackend::new);
      }

      @Override
      protected boolean isOnClassPath() {
        return onClassPath;
      }
    };
  }

  @Test
  void aProviderThatNobodyCanFindIsRefused() {
    AssertionFailedError refused =
        assertThrows(AssertionFailedError.class, () -> of(true).providerIsRegistered());
    assertTrue(
        refused
            .getMessage()
            .contains(
                "io.ember4j.conformance.TestProvider; put its name into"
                    + " src/main/resources/META-INF/services/io.ember4j.spi.BackendProvider"),
        refused.getMessage());
  }

  @Test
  void aProviderThatIsOnlyRegisteredByCodeNeedNotBeFound() {
    assertThrows(TestAbortedException.class, () -> of(false).providerIsRegistered());
  }

  @Test
  void onlyTheLinesThatDifferAreShown() {
    List<String> checkedIn = List.of("# 3 rules", "PASS A-1.a", "PASS A-2.b");
    List<String> now = List.of("# 3 rules", "PASS A-1.a", "FAIL A-2.b", "PASS A-3.c");
    assertEquals(
        List.of("-PASS A-2.b", "+FAIL A-2.b", "+PASS A-3.c"),
        BackendConformance.differences(checkedIn, now));
    assertEquals(List.of(), BackendConformance.differences(now, now));
  }
}
