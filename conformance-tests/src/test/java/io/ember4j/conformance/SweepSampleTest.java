package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sample of the sweep over all float32 inputs, on the default backend. */
class SweepSampleTest {
  /** A prime, so that the sample has no pattern in the bits; it takes 400,000 inputs. */
  private static final SweepInputs SAMPLE = new SweepInputs(10_007);

  static Stream<SweepFunction> functions() {
    return SweepFunction.values().stream();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyResultIsWithinTheBoundAndSpecialCasesAreExact(SweepFunction function) {
    SweepTally tally =
        Sweep.run(
                SweepSubject.of("pure"),
                List.of(function),
                SAMPLE,
                1,
                null,
                (f, done, all, s) -> {})
            .get(0)
            .tally();
    assertEquals(SAMPLE.count(), tally.inputs());
    assertEquals(0, tally.differences(), () -> "first at " + tally.differenceInput());
    double bound = function.bound("pure");
    assertTrue(bound <= 4, () -> "the bound is " + bound);
    assertTrue(tally.worst() <= bound, () -> tally.worst() + " ULP at " + tally.worstInput());
  }
}
