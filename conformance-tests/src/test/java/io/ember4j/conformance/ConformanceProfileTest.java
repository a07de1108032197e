package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformanceProfileTest {
  @Test
  void readsWhatItsFormatDescribes() {
    ConformanceProfile profile =
        ConformanceProfile.parse(
            List.of(
                "# a comment",
                "",
                "capability softmax float32",
                "capability native gelu float64",
                "deviation EW-7.max-nan the library's max drops NaN",
                "deviation MM-1.bound os=macos arch=aarch64 Accelerate rounds otherwise",
                "bound exp float32 6.5 the library's fast exponential"),
            "test");
    assertEquals(
        Set.of(
            Capability.of(Capability.Kind.SOFTMAX, DType.FLOAT32),
            new Capability(Capability.Kind.NATIVE, "gelu", DType.FLOAT64)),
        profile.capabilities());
    assertEquals(
        List.of(
            new Deviation("EW-7.max-nan", "", "", "the library's max drops NaN"),
            new Deviation("MM-1.bound", "macos", "aarch64", "Accelerate rounds otherwise")),
        profile.deviations());
    assertEquals(
        List.of(new DeclaredBound("exp", DType.FLOAT32, 6.5, "the library's fast exponential")),
        profile.bounds());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "capabilty softmax float32|is not one of capability, deviation, bound",
        "capability softmax|expected: capability",
        "capability native gelu|expected: capability",
        "capability speed float32|is not one of softmax",
        "capability softmax float16|is not a dtype",
        "deviation|expected: deviation",
        "deviation EW-7.max-nan|has no reason",
        "deviation EW-7.max-nan os=linux|has no reason",
        "deviation EW-7.max-nan os=beos it is old|use one of linux",
        "bound exp float32 6|expected: bound",
        "bound exp float32 many it is fast|is not a number",
        "bound exp float32 -1 it is fast|use a finite number > 0",
        "bound expp float32 6 it is fast|is not a function",
        "bound composed/exp float32 6 it is fast|is not a function",
      })
  void refusesALineWithItsNumber(String line, String message) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> ConformanceProfile.parse(List.of("# head", line), "toy.conformance"));
    assertTrue(refused.getMessage().startsWith("toy.conformance:2: "), refused.getMessage());
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void refusesToDeclareTwice() {
    String line = "capability softmax float32";
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> ConformanceProfile.parse(List.of(line, line), "toy.conformance"));
    assertTrue(refused.getMessage().contains(":2: declared twice"), refused.getMessage());
  }
}
